"""The day a page is made for, which what it shows depends on: hours ahead, what is overdue."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from signs.text import opening_hours

DATE_VARIABLE = "REPERES_DATE"
"""Environment variable by which the exporter tells a notebook the day, such as `2026-11-25`."""

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
"""Environment variable by which whoever builds reproducibly tells the moment, in seconds."""
_YEARS = range(1900, 9000)


def today() -> date:
    """Return the day to make pages for: the one an export was asked for, else today in Paris."""
    given = os.environ.get(DATE_VARIABLE)
    return date.fromisoformat(given) if given else opening_hours.today()


def day_for(text: str | None) -> date:
    """Return the day to export pages for.

    Parameters
    ----------
    text
        The day asked for; else that of reproducible builds, if any; else :func:`today`.

    Raises
    ------
    ValueError
        Where it is no day, or one too far away for any calendar.
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


def day_of(moment: datetime | None) -> date:
    """Return the day of a moment, in Paris; :func:`today` where none is given."""
    return opening_hours.local(moment).date() if moment else today()
