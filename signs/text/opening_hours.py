"""Opening hours: parse OpenStreetMap notation, compute openings ahead, word them in French."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

from signs.text import clock
from signs.text.given import GivenError
from signs.text.grammar import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator

PARIS = ZoneInfo("Europe/Paris")
WEEK = timedelta(weeks=1)
DAY_NAMES = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
WORKING_DAY = date(2026, 11, 18)
"""An ordinary Wednesday."""
# A public holiday for each day from Monday to Sunday.
_HOLIDAYS = (
    *(date(2026, 5, 25), date(2026, 7, 14), date(2026, 11, 11), date(2026, 5, 14)),
    *(date(2026, 12, 25), date(2026, 8, 15), date(2027, 8, 15)),
)

Span = tuple[time, time]

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_SOME_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_SPAN = r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_RULE = rf"(?:{_MONTH}(?:-{_MONTH})? )?{_SOME_DAYS} (?:{_SPAN}(?:,{_SPAN})*|off|unknown)"
# The part of the notation that we can put in words. The rest of it (school holidays, sunsets,
# comments, open ends) would be parsed, and printed as an unconfirmed fact.
_NOTATION = re.compile(rf"24/7|{_RULE}(?:; {_RULE})*")
_NO_TIME = re.compile(r"(\d\d:\d\d)-\1")


class Run(NamedTuple):
    """A weekly recurring opening, in UTC minutes.

    Or one stretch of which nobody can say whether the service answers.
    """

    start: int
    """Minutes from 1970-01-01T00:00Z to the first opening."""
    length: int
    """Duration in minutes."""
    weeks: int
    """Number of weekly occurrences."""
    known: bool = True
    """`False` when unknown."""

    @property
    def in_words(self) -> tuple[str, str, str]:
        """The day it opens, when it opens and when it closes, in Paris and in French."""
        opens, closes = (
            datetime.fromtimestamp(minutes * 60, PARIS)
            for minutes in (self.start, self.start + self.length)
        )
        return DAY_NAMES[opens.weekday()], _clock(opens.time()), _clock(closes.time())


@lru_cache(maxsize=256)
def parse(notation: str, country: str | None = "FR") -> OpeningHours:
    """Read days and hours in OpenStreetMap `opening_hours` notation, in Paris time.

    Parameters
    ----------
    notation
        `24/7`, or days with their hours, such as `Mo-Su 09:00-23:00` or
        `Mo-Fr 09:00-12:00,14:00-18:30; PH off`.
    country
        Whose public holidays `PH` means; `None` ignores holidays.

    Raises
    ------
    ValueError
        Where the expression cannot be read.
    """
    readable = _NOTATION.fullmatch(notation) and not _NO_TIME.search(notation)
    if not readable or not validate(notation) or not re.search(r"\d", notation):
        raise ValueError(notation)
    return OpeningHours(notation, timezone=PARIS, country=country)


def local(at: datetime) -> datetime:
    """Return `at` in Paris time; a time without a zone is taken to be Paris time already.

    A clock time that summer time skips becomes the one an hour later.

    Examples
    --------
    >>> local(datetime(2026, 11, 25, 11, tzinfo=UTC)).isoformat()
    '2026-11-25T12:00:00+01:00'
    >>> local(datetime(2026, 3, 29, 2, 30)).isoformat()
    '2026-03-29T03:30:00+02:00'
    """
    if not isinstance(at, datetime):
        raise GivenError(at, _MOMENT, _AT)
    aware = at.replace(tzinfo=PARIS) if at.tzinfo is None else at
    try:
        return aware.astimezone(UTC).astimezone(PARIS)
    except OverflowError:  # the first day of the calendar, or the last
        raise GivenError(at, _MOMENT, _AT) from None


_MOMENT, _AT = "un moment", "at=datetime(2026, 11, 25, 10, 30)"


def today() -> date:
    """Return the current day in Paris, whatever the zone of the machine."""
    return clock.now().astimezone(PARIS).date()


def midnight(day: date) -> int:
    """Return when a day begins in Paris, in minutes from 1970-01-01T00:00Z."""
    return int(datetime.combine(day, time(), PARIS).timestamp()) // 60


def is_open(notation: str | None, at: datetime) -> bool | None:
    """Tell whether a service answers at `at`; `None` when unknown.

    Nobody can say of a day whose public holidays the library does not know, where they matter.

    Parameters
    ----------
    notation
        The hours, as :func:`parse` reads them; `None` where nobody confirmed them.
    at
        The moment; a time without a zone is Paris time.

    Returns
    -------
    bool or None
        Whether it is open; `None` when unknown.

    Examples
    --------
    >>> is_open("Mo-Fr 09:00-18:30; PH off", datetime(2026, 11, 25, 9))
    True
    >>> is_open("Mo-Fr 09:00-18:30; PH off", datetime(2026, 12, 25, 9))
    False
    >>> is_open(None, datetime(2026, 11, 25, 9)) is None
    True
    """
    if notation is None:
        return None
    if always_open(notation):
        return True
    there = local(at)
    if not _is_known(notation, there.year):
        return None
    state = parse(notation).state(there)[0]
    return None if state == State.UNKNOWN else state == State.OPEN


def always_open(notation: str | None) -> bool:
    """Tell whether a service never closes."""
    if notation is None:
        return False
    some_day = datetime.combine(WORKING_DAY, time(), PARIS)
    read = parse(notation)
    return read.state(some_day)[0] == State.OPEN and read.next_change(some_day) is None


@lru_cache(maxsize=1)
def _years_with_holidays() -> range:
    """Return the years whose public holidays the library knows."""
    far = (datetime(year, 1, 1, tzinfo=PARIS) for year in (1900, 2200))
    intervals = parse("PH 00:00-24:00").intervals(*far)
    years = [begin.year for begin, _, state, _ in intervals if state == State.OPEN]
    return range(years[0], years[-1] + 1)


def _is_known(notation: str, year: int) -> bool:
    """Tell whether the library knows all that a notation refers to in a year."""
    if "PH" in notation:
        return year in _years_with_holidays()
    return year >= _FIRST_YEAR


_FIRST_YEAR = 1900
"""Before it, the library takes everything to be closed."""


def openings(notation: str, first: date, days: int) -> tuple[Run, ...]:
    """Compute the openings of `days` days from `first`, public holidays included.

    Openings that come back weekly are folded, so a year of ordinary office hours is
    some twenty runs. A page then compares its clock with UTC instants and needs to
    know nothing of time zones, summer time or holidays.

    Parameters
    ----------
    notation
        The hours, as :func:`parse` reads them.
    first
        The first day, in Paris.
    days
        How many days, that one included.

    Returns
    -------
    tuple of Run
        In the order of their first opening; starts and lengths are in minutes.

    Examples
    --------
    >>> (run,) = openings("We 09:00-12:00", date(2026, 11, 25), 14)
    >>> run.length, run.weeks
    (180, 2)
    >>> datetime.fromtimestamp(run.start * 60, UTC).isoformat()
    '2026-11-25T08:00:00+00:00'
    """
    start = datetime.combine(first, time(), PARIS)
    end = datetime.combine(first + timedelta(days=days), time(), PARIS)
    runs: list[Run] = []
    # Index of the run to extend, by the same hours both in UTC and in Paris time.
    expected: dict[tuple[datetime, int, bool, timedelta | None], int] = {}
    for opening, closing, known in _stretches(notation, start, end):
        length, offset = _minutes(closing - opening), opening.astimezone(PARIS).utcoffset()
        index = expected.pop((opening, length, known, offset), None)
        if index is None:
            index = len(runs)
            runs.append(Run(_minutes(opening - datetime.fromtimestamp(0, UTC)), length, 0, known))
        runs[index] = runs[index]._replace(weeks=runs[index].weeks + 1)
        expected[opening + WEEK, length, known, offset] = index
    return tuple(runs)


def _stretches(
    notation: str, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, bool]]:
    """Yield the intervals that are open or unknown, split into at most a week each."""
    for begin, stop, known in _unsplit_intervals(notation, start, end):
        opening, closing = begin.astimezone(UTC), stop.astimezone(UTC)
        while closing - opening > WEEK:
            yield opening, opening + WEEK, known
            opening += WEEK
        yield opening, closing, known


def _unsplit_intervals(
    notation: str, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, bool]]:
    """Yield the same intervals unsplit; public holidays of some years are unknown."""
    all_known = all(_is_known(notation, moment.year) for moment in (start, end))
    while start < end:
        stop = end
        if start.year < end.year and not all_known:  # then year by year
            stop = datetime(start.year + 1, 1, 1, tzinfo=PARIS)
        if not _is_known(notation, start.year):
            yield start, stop, False
        else:
            for opening, closing, state, _comment in parse(notation).intervals(start, stop):
                if state != State.CLOSED:
                    yield opening, closing, state == State.OPEN
        start = stop


def in_words(notation: str) -> str:
    """Return the hours in French.

    Examples
    --------
    >>> in_words("Mo-Fr 09:00-18:30; PH off")
    'du lundi au vendredi, de 9 h à 18 h 30, sauf les jours fériés'
    >>> in_words("24/7")
    'jour et nuit, tous les jours'
    """
    if always_open(notation):
        return "jour et nuit, tous les jours"
    week = ordinary_week(notation)
    if re.search(_MONTH, notation) or not any(week):
        return "horaires variables : voyez le site du service"
    days_of: dict[tuple[Span, ...], list[int]] = {}
    for day, spans in enumerate(week):
        if spans:
            days_of.setdefault(spans, []).append(day)
    openings = " ; ".join(
        f"{days_in_words(days)}, {_times_in_words(spans)}" for spans, days in days_of.items()
    )
    return openings + _holidays_in_words(notation)


def _spans(notation: str, day: date, country: str | None) -> tuple[Span, ...]:
    """Return the openings of one day as clock times, those of other days left out."""
    begin = datetime.combine(day, time(), PARIS)
    intervals = parse(notation, country).intervals(begin, begin + timedelta(days=1))
    return tuple((a.time(), b.time()) for a, b, state, _ in intervals if state == State.OPEN)


def ordinary_week(notation: str) -> list[tuple[Span, ...]]:
    """Return the openings of each day from Monday to Sunday, public holidays left aside.

    Raises
    ------
    ValueError
        Where the expression cannot be read.
    """
    monday = WORKING_DAY - timedelta(days=WORKING_DAY.weekday())
    return [_spans(notation, monday + timedelta(days=n), None) for n in range(7)]


def days_in_words(days: list[int]) -> str:
    """Return days of the week, 0 for Monday, in French."""
    first, last = days[0], days[-1]
    if (first, last, len(days)) == (0, 6, 7):
        return "tous les jours"
    if len(days) > 2 and last - first + 1 == len(days):  # noqa: PLR2004 (two days are named)
        return f"du {DAY_NAMES[first]} au {DAY_NAMES[last]}"
    named = [f"le {DAY_NAMES[day]}" for day in days]
    return enumeration(named, "et")


def _times_in_words(spans: tuple[Span, ...]) -> str:
    if spans == ((time(), time()),):
        return "jour et nuit"
    return " et ".join(f"de {_clock(a)} à {_clock(b)}" for a, b in spans)


def _clock(at: time) -> str:
    if at == time():
        return "minuit"
    return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"


def _holidays_in_words(notation: str) -> str:
    """Return what holds on public holidays, whatever day of the week they fall on."""
    week = ordinary_week(notation)
    if "PH" not in notation:  # nobody said; every day is every day
        return ", jours fériés compris" if all(week) else ""
    if any(_is_unknown(notation, day) for day in _HOLIDAYS):
        return ""
    on_holidays = [_spans(notation, day, "FR") for day in _HOLIDAYS]
    if not any(on_holidays):
        return ", sauf les jours fériés"
    if on_holidays == week:
        return ", jours fériés compris"
    if len(set(on_holidays)) > 1:
        return " ; pour les jours fériés, voyez le site du service"
    return f" ; les jours fériés, {_times_in_words(on_holidays[0])}"


def _is_unknown(notation: str, day: date) -> bool:
    begin = datetime.combine(day, time(), PARIS)
    intervals = parse(notation).intervals(begin, begin + timedelta(days=1))
    return any(state == State.UNKNOWN for _begin, _end, state, _comment in intervals)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
