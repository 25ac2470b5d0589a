"""The date a page is built for, on which opening hours and overdue notices depend."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from signs.text import opening_hours
from signs.text.given import GivenError

DATE_VARIABLE = "REPERES_DATE"
"""Environment variable in which the exporter passes a notebook the day, as `2026-11-25`."""

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
"""Environment variable of reproducible builds: the time, in seconds since the epoch."""
_YEARS = range(1900, 9000)


def today() -> date:
    """Return the day to build pages for: the one given to the export, else today in Paris."""
    given = os.environ.get(DATE_VARIABLE)
    return date.fromisoformat(given) if given else opening_hours.today()


def day_for(text: str | None) -> date:
    """Return the day to export pages for.

    Parameters
    ----------
    text
        The requested day; else that of reproducible builds, if any; else :func:`today`.

    Raises
    ------
    ValueError
        When it is not a date, or one outside any usable calendar.
    """
    epoch = os.environ.get(EPOCH_VARIABLE)
    if text is None and epoch:
        try:
            return opening_hours.local(datetime.fromtimestamp(int(epoch), UTC)).date()
        except (OverflowError, OSError) as error:
            raise ValueError(epoch) from error
    day = today() if text is None else date.fromisoformat(text)
    if day.year not in _YEARS:
        raise ValueError(text)
    return day


def day_of(moment: date | None) -> date:
    """Return the day of a moment, in Paris, or a day itself; :func:`today` where none is given.

    Raises
    ------
    GivenError
        When it is neither, or outside any usable calendar.
    """
    if moment is None:
        return today()
    day = moment
    if isinstance(moment, datetime) or not isinstance(moment, date):
        day = opening_hours.local(moment).date()
    if day.year not in _YEARS:
        raise GivenError(moment, "un jour du calendrier", "at=datetime(2026, 11, 25)")
    return day
