"""The training workshop: steps, stories to practise on the real board, sentences to rewrite."""

from widgets.workshop.workshop import Workshop

__all__ = ["Workshop"]
