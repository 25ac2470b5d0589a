"""Why a notebook makes no page."""

from __future__ import annotations

from signs.errors import ReperesError


class PageError(ReperesError):
    """A notebook that makes no whole page: a cell raised, or shows what a page cannot."""
