"""The board: what one ticks, and what one can do about it."""

from widgets.board.board import Board, markup

__all__ = ["Board", "markup"]
