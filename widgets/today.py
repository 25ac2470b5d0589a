"""The day a page is made for, which what it shows depends on: hours ahead, what is overdue."""

from __future__ import annotations

import os
from datetime import date, datetime

from signs import hours

DATE_VARIABLE = "REPERES_DATE"
"""Environment variable by which the exporter tells a notebook the day, such as `2026-11-25`."""


def today() -> date:
    """Return the day to make pages for: the one an export was asked for, else today in Paris."""
    given = os.environ.get(DATE_VARIABLE)
    return date.fromisoformat(given) if given else hours.today()


def day_of(moment: datetime | None) -> date:
    """Return the day of a moment, in Paris; :func:`today` where none is given."""
    return hours.local(moment).date() if moment else today()
