"""Everything a person sees: the board, the page around it, the web app, the command line.

Imports `signs`; `signs` never imports this.

Examples
--------
>>> from widgets import Board
>>> Board().static_view().widget  # the last line of a cell, `Board()`, shows it
'board'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from widgets.board import Board
    from widgets.booklet import Booklet
    from widgets.editor import Editor
    from widgets.resources import Resources
    from widgets.workshop import Workshop

__all__ = ["Board", "Booklet", "Editor", "Resources", "Workshop"]


def __getattr__(name: str) -> object:
    """Import a widget when a notebook asks for it: the command line starts without Jupyter."""
    if name == "Editor":
        from widgets.runtime.extras import EDITOR, require

        require(EDITOR, "L'éditeur", "reperes formateur")
    if name in __all__:
        return getattr(import_module(f"widgets.{name.lower()}"), name)
    if name.startswith("_"):
        raise AttributeError(name)
    from signs.text.names import UnknownNameError

    raise UnknownNameError(name, "widgets", lambda: {each: each for each in __all__})
