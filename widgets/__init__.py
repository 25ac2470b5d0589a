"""Everything a person sees: the board, the page around it, the web app, the command line.

Imports `signs`; `signs` never imports this.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from widgets.board import Board
    from widgets.editor import Editor

__all__ = ["Board", "Editor"]


def __getattr__(name: str) -> object:
    """Import a widget when a notebook asks for it: the command line starts without Jupyter."""
    if name == "Board":
        from widgets.board import Board

        return Board
    if name == "Editor":
        from widgets.editor import Editor

        return Editor
    raise AttributeError(name)
