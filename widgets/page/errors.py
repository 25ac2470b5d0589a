"""Why a notebook makes no page."""

from __future__ import annotations

from signs.errors import ReperesError


class PageError(ReperesError):
    """A notebook cannot be rendered as a complete page: a cell raised, or nothing to show."""
