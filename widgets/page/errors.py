"""Why a notebook makes no page."""

from __future__ import annotations


class PageError(Exception):
    """A notebook that makes no whole page: a cell raised, or shows what a page cannot."""
