"""The trainer's booklet: the workshop on paper, with its notes, its timing and where it leads."""

from widgets.booklet.booklet import Booklet

__all__ = ["Booklet"]
