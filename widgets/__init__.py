"""Everything a person sees: the board, the page around it, the web app, the command line.

Imports `signs`; `signs` never imports this.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from widgets.board import Board

__all__ = ["Board"]


def __getattr__(name: str) -> object:
    """Import the board when a notebook asks for it: the command line starts without Jupyter."""
    if name == "Board":
        from widgets.board import Board

        return Board
    raise AttributeError(name)
