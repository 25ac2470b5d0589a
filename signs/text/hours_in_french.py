"""Opening hours as people write them, put into the notation that files have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from opening_hours import OpeningHours, validate

from signs.errors import ReperesError
from signs.text import doubtful_hours, opening_hours
from signs.text.weekly_hours import ALWAYS_OPEN, DAYS, Holidays, Week

_WEEK = range(7)
_NAMES = (
    *("lundi|lun|lu", "mardi|mar|ma", "mercredi|mer|me", "jeudi|jeu|je", "vendredi|ven|ve"),
    *("samedi|sam|sa", "dimanche|dim|di"),
)
_ALL_DAY = (("00:00", "00:00"),)
_HOLIDAYS = r"(?:les |des )?(?:jours? )?feries?"
# What each word or sign means: the first pattern that matches counts.
_WORDS: dict[str, str] = {
    "round_the_clock": r"24 ?(?:h(?:eures?)?)? ?(?:/|sur) ?24(?: ?h(?:eures?)?)?|24h24"
    r"|jour et nuit",
    "open_on_holidays": rf"(?:y compris|meme|ainsi que) {_HOLIDAYS}|{_HOLIDAYS} (?:compris|inclus)",
    "closed_on_holidays": rf"(?:sauf|hors|excepte|ferme\w*) {_HOLIDAYS}",
    "holidays": _HOLIDAYS,
    "everyday": r"tous les jours|chaque jour|7 ?j(?:ours?)? ?(?:/|sur) ?7(?: ?j\w*)?|7 ?/ ?7|7j7",
    "workdays": r"en semaine|(?:les )?jours ouvres",
    "weekend": r"week-?ends?",
    "but": r"(?:sauf|hors|excepte|ferme\w*)\b",
    "time": r"(?P<hour>\d{1,2}) ?(?:h(?:eures?)?\b|h(?=\d)|:) ?(?P<minute>[0-5]\d)?(?!\d)"
    r"|(?P<noon>midi)|(?P<midnight>minuit)",
    "bare": r"\d{1,2}(?![\d/])",
    "day": "|".join(
        rf"(?P<d{index}>(?:{names}|{english.lower()})s?\b\.?)"
        for index, (names, english) in enumerate(zip(_NAMES, DAYS, strict=True))
    ),
    "to": r"jusqu'a(?:u)?\b|aux?\b|a\b|-",
    "slash": "/",
    "blank": r"[\s,;.&+():]+|(?:et|puis|ou|de|du|des|le|la|les|entre|ouverte?s?|ouverture|"
    r"horaires?|accueil|telephonique|appels?|permanence|joignable|disponible|repond|matin|matinee|"
    r"apres-midi|non-stop|non stop|sans interruption|en continu|en journee)\b",
}


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _WORDS.items()))


class _Token(NamedTuple):
    kind: str
    days: frozenset[int] = frozenset()
    clock: str = ""


class _NotUnderstoodError(ReperesError):
    """A word or an order of words that has no sure meaning; never shown."""


def suggest_notation(text: str) -> str:
    """Return what a text means, in the notation of files; empty where a part is not understood.

    Examples
    --------
    >>> suggest_notation("8h-12h / 14h-17h lundi au vendredi")
    'Mo-Fr 08:00-12:00,14:00-17:00'
    >>> suggest_notation("du lundi au vendredi de 9h à 18h30, sauf jours fériés")
    'Mo-Fr 09:00-18:30; PH off'
    >>> suggest_notation("7j/7, 24h/24"), suggest_notation("Mo–Fr 9:00–18:00")
    ('24/7', 'Mo-Fr 09:00-18:00')
    >>> suggest_notation("sur rendez-vous")
    ''
    """
    plain = _plain(text)
    return _from_notation(plain) or _from_words(plain.lower())


def _plain(text: str) -> str:
    """Return a text with ordinary spaces and hyphens, without accents and nothing invisible."""
    letters = []
    for letter in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(letter)
        if category == "Pd" or letter == "\u2212":
            letters.append("-")
        elif category.startswith("Z") or letter in "\t\n":
            letters.append(" ")
        elif category not in ("Mn", "Cf", "Cc"):
            letters.append("'" if letter == "\u2019" else letter)
    return re.sub(" +", " ", "".join(letters)).strip(" .\"'")


def _from_notation(plain: str) -> str:
    """Return a notation that its library reads, as files have it: « mo-fr 8h30 - 12:00 »."""
    written = re.sub(r"(?<=\d) ?[hH] ?(?=\d\d)", ":", plain)
    written = re.sub(r"(?<=\d) ?[hH]\b", ":00", written)
    written = re.sub(r" ?- ?", "-", written)
    written = re.sub(r", ?(?=PH )", "; ", written)
    if not validate(written):
        return ""
    return _readable(str(OpeningHours(written).normalize()).replace("closed", "off"))


def _readable(notation: str) -> str:
    """Return a notation that files may have, unless it closes before it opens by a slip."""
    try:
        opening_hours.parse(notation)
    except ValueError:
        return ""
    return "" if doubtful_hours.long_nights(notation) else notation


@dataclass
class _Reading:
    """Days and times read so far: either comes first, then they alternate."""

    pairs: list[tuple[set[int], list[tuple[str, str]]]] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    times: list[tuple[str, str]] = field(default_factory=list)
    days_first: bool | None = None

    def add_days(self, days: set[int]) -> None:
        if self.days_first is None:
            self.days_first = True
        if self.days_first and self.times:
            self.pair()
        self.days |= days

    def add_times(self, times: list[tuple[str, str]]) -> None:
        if self.days_first is None:
            self.days_first = False
        if not self.days_first and self.days:
            self.pair()
        self.times += times

    def exclude(self, days: set[int]) -> None:
        for paired, _times in self.pairs:
            paired.difference_update(days)
        self.days -= days

    def pair(self) -> None:
        if not self.days or not self.times:
            raise _NotUnderstoodError
        self.pairs.append((self.days, self.times))
        self.days, self.times = set(), []


def _from_words(plain: str) -> str:
    try:
        return _notation(_read_words(plain))
    except _NotUnderstoodError:
        return ""


def _notation(read: tuple[_Reading, Holidays]) -> str:
    reading, holidays = read
    of_day: list[list[tuple[str, str]]] = [[] for _ in _WEEK]
    for days, times in reading.pairs:
        for day in days:
            of_day[day] += times
    notation = Week(tuple(tuple(sorted(times)) for times in of_day), holidays).notation
    return _readable(ALWAYS_OPEN if notation == "Mo-Su 00:00-24:00" else notation)


def _read_words(plain: str) -> tuple[_Reading, Holidays]:
    tokens = _split(plain)
    reading, holidays = _Reading(), Holidays.LIKE_OTHERS
    but, at = False, 0
    while at < len(tokens):
        kind = tokens[at].kind
        after = _kinds(tokens, at + 1, 1)
        if kind == "but":
            but, at = True, at + 1
        elif kind in _ON_HOLIDAYS and (but or kind != "holidays"):
            holidays, but, at = _ON_HOLIDAYS[kind], False, at + 1
        elif kind in _DAYS:
            days, at = _days_at(tokens, at)
            if but:
                but = _but(reading, days, _kinds(tokens, at, 1))
            else:
                reading.add_days(days)
        elif kind == "round_the_clock":
            reading.add_times(list(_ALL_DAY))
            if not any(token.kind in _DAYS for token in tokens):
                reading.add_days(set(_WEEK))
            at += 1
        elif kind in _TIMES and after == ["to"]:
            reading.add_times([_span(tokens[at], tokens[at + 2 : at + 3])])
            at += 3
        elif kind == "slash" and "day" not in (tokens[at - 1].kind, *after):
            at += 1  # between two openings; between two days it may be « and », or « to »
        else:
            raise _NotUnderstoodError
    reading.pair()
    return reading, holidays


_ON_HOLIDAYS = {
    "closed_on_holidays": Holidays.CLOSED,
    "open_on_holidays": Holidays.LIKE_OTHERS,
    "holidays": Holidays.CLOSED,  # where « closed » was said before
}
_DAYS = ("day", "everyday", "workdays", "weekend")
_TIMES = ("time", "bare")


def _days_at(tokens: list[_Token], at: int) -> tuple[set[int], int]:
    """Return the days named from a place, and the place after them."""
    days = tokens[at].days
    if _kinds(tokens, at, 3) != ["day", "to", "day"]:
        return set(days), at + 1
    (first,), (last,) = days, tokens[at + 2].days
    if last <= first:
        raise _NotUnderstoodError
    return set(range(first, last + 1)), at + 3


def _but(reading: _Reading, days: set[int], after: list[str]) -> bool:
    """Take days away from what was read; return whether more of them follow.

    With times of their own, they are days like others.
    """
    if reading.days_first is None:
        raise _NotUnderstoodError
    own_times = bool(after) and after[0] in _TIMES and bool(reading.times)
    if own_times:
        reading.pair()
    reading.exclude(days)
    if own_times:
        reading.days = days
    return after in (["day"], ["holidays"])


def _kinds(tokens: list[_Token], at: int, count: int) -> list[str]:
    return [token.kind for token in tokens[at : at + count]]


def _span(opens: _Token, after: list[_Token]) -> tuple[str, str]:
    if not after or after[0].kind not in _TIMES:
        raise _NotUnderstoodError
    if opens.kind == after[0].kind == "bare":  # 9-18: hours, or a date
        raise _NotUnderstoodError
    return opens.clock, after[0].clock


def _split(plain: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(plain):
        found = _tokens().match(plain, at)
        if found is None or found.end() == at:
            raise _NotUnderstoodError
        at = found.end()
        kind = next(name for name in _WORDS if found[name] is not None)
        if kind in _DAYS:
            named = {day for day in _WEEK if found[f"d{day}"]}
            tokens.append(_Token(kind, frozenset(_MANY_DAYS.get(kind, named))))
        elif kind in _TIMES:
            tokens.append(_Token(kind, clock=_clock(found)))
        elif kind != "blank":
            tokens.append(_Token(kind))
    return tokens


_MANY_DAYS = {"everyday": _WEEK, "workdays": range(5), "weekend": range(5, 7)}


def _clock(found: re.Match[str]) -> str:
    if found["noon"]:
        return "12:00"
    hour = 0 if found["midnight"] else int(found["hour"] or found[0])
    if hour > 24:  # noqa: PLR2004
        raise _NotUnderstoodError
    return f"{hour % 24:02}:{found['minute'] or '00'}"
