"""Opening hours as entered in a form: seven days with their times, and public holidays.

What the notation says and a week cannot (months, hours of holidays) stays as notation: it is
never lost by being shown.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.text import opening_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

ALWAYS_OPEN = "24/7"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_YEAR = 366
_SOME_DAY = date(2026, 1, 1)

Times = tuple[tuple[str, str], ...]
"""Openings of one day: `HH:MM` it opens, `HH:MM` it closes (`00:00` is the midnight after)."""


class Holidays(StrEnum):
    """How public holidays are handled."""

    LIKE_OTHERS = "compris"
    CLOSED = "ferme"
    UNKNOWN = "inconnu"


_HOLIDAY_RULES = {
    Holidays.LIKE_OTHERS: "",
    Holidays.CLOSED: "; PH off",
    Holidays.UNKNOWN: "; PH unknown",
}


class Week(NamedTuple):
    """Hours that come back every week."""

    days: tuple[Times, ...]
    """Seven, from Monday."""
    holidays: Holidays = Holidays.LIKE_OTHERS

    @property
    def notation(self) -> str:
        """The same in OpenStreetMap notation; empty where no day opens."""
        days_of: dict[Times, list[int]] = {}
        for day, times in enumerate(self.days):
            if times:
                days_of.setdefault(times, []).append(day)
        rules = [f"{days_as_written(days)} {_spans(times)}" for times, days in days_of.items()]
        return "; ".join(rules) + _HOLIDAY_RULES[self.holidays] if rules else ""


def read(notation: str) -> Week | None:
    """Return the week that a notation means; `None` where a week cannot express it.

    Examples
    --------
    >>> week = read("Mo,We 09:00-12:00; PH off")
    >>> week.days[0], week.days[1], week.holidays.value
    ((('09:00', '12:00'),), (), 'ferme')
    >>> read("Jul-Aug Mo-Fr 09:00-12:00") is None
    True
    """
    try:
        days = opening_hours.ordinary_week(notation)
    except ValueError:
        return None
    times = tuple(
        tuple((f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in spans) for spans in days
    )
    meant = opening_hours.openings(notation, _SOME_DAY, _YEAR)
    for holidays in Holidays:
        week = Week(times, holidays)
        if week.notation and opening_hours.openings(week.notation, _SOME_DAY, _YEAR) == meant:
            return week
    return None


def from_form(days: Sequence[Sequence[Sequence[Any]]], holidays: str) -> Week:
    """Parse the values of a form: seven days of pairs of times; an empty pair is left out.

    Examples
    --------
    >>> from_form([[["09:00", "18:00"]]] * 5 + [[["", ""]], []], "ferme").notation
    'Mo-Fr 09:00-18:00; PH off'
    """
    return Week(
        tuple(tuple((str(a), str(b)) for a, b in day if a or b) for day in days),
        Holidays(holidays),
    )


def days_as_written(days: list[int]) -> str:
    """Return days that follow each other as a range, others one by one."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs
    )


def _spans(times: Times) -> str:
    closing = {"00:00": "24:00"}
    return ",".join(f"{opens}-{closing.get(closes, closes)}" for opens, closes in times)
