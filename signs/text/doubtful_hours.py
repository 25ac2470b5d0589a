"""Opening hours that can be read, and probably say something else than what was meant.

In the notation, each rule replaces those before it on the days that it names: hours that were to
be added take the place of others, an exception that comes first is undone, and a night ends at
midnight where the next day has hours of its own.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

from signs.text import opening_hours
from signs.text.opening_hours import DAY_NAMES, PARIS, WORKING_DAY, days_in_words
from signs.text.weekly_hours import DAYS, days_as_written

HOLIDAYS = "PH"
_DAY_LONG = 24 * 60
_EVENING, _MORNING = 17 * 60, 10 * 60
_RULE = re.compile(r"(?:(?P<months>[A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?) )?(?P<days>\S+) (?P<said>\S+)")


class Span(NamedTuple):
    """One opening, in minutes of the day; it ends after the day where it goes through a night."""

    opens: int
    closes: int

    @property
    def is_night(self) -> bool:
        """Whether it ends on the next day, later than midnight."""
        return self.closes > _DAY_LONG

    def meets(self, other: Span) -> bool:
        """Tell whether both are open at some moment."""
        return self.opens < other.closes and other.opens < self.closes

    def __str__(self) -> str:
        """Return it as it is written."""
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


class Rule(NamedTuple):
    """One rule of a notation: what it says of some days."""

    days: tuple[str, ...]
    """From Monday; public holidays last."""
    said: str
    """Hours, `off` or `unknown`."""
    months: str = ""

    @property
    def spans(self) -> list[Span]:
        """The openings, in the order that they are written; none where it is closed."""
        found = re.findall(r"(\d\d):(\d\d)-(\d\d):(\d\d)", self.said)
        times = ([*map(int, each)] for each in found)
        return [_span(a * 60 + b, c * 60 + d) for a, b, c, d in times]

    @property
    def in_words(self) -> str:
        """The days, in French."""
        numbers = [DAYS.index(day) for day in self.days if day != HOLIDAYS]
        words = [days_in_words(numbers)] if numbers else []
        return " et ".join((*words, *(["les jours fériés"] if HOLIDAYS in self.days else [])))

    def __str__(self) -> str:
        """Return it as it is written."""
        numbers = [DAYS.index(day) for day in self.days if day != HOLIDAYS]
        holidays = [HOLIDAYS] if HOLIDAYS in self.days else []
        days = ",".join((*([days_as_written(numbers)] if numbers else []), *holidays))
        return " ".join(filter(None, (self.months, days, self.said)))


class Doubt(NamedTuple):
    """An opening of a rule that is doubtful, or two."""

    rule: Rule
    span: str


class Replaced(NamedTuple):
    """A rule that a later one replaces, where both were probably meant."""

    rule: Rule
    by: Rule
    both: str = ""
    """The notation that has the hours of both; empty where they cannot both be meant."""
    after: str = ""
    """The notation where the exception is last; empty where it is none."""


class CutNight(NamedTuple):
    """A night that ends at midnight, since the next day has hours of its own."""

    span: str
    day: str
    next_day: str
    morning: str


def long_nights(notation: str) -> list[Doubt]:
    """Return the openings through a night that are more often a slip than a night.

    They begin before the evening, end after a morning, or are followed by another: `13:30-12:00`
    was to be `12:00-13:30`.

    Examples
    --------
    >>> [each.span for each in long_nights("Mo-Fr 08:00-12:00,13:30-12:00; Sa 22:00-06:00")]
    ['13:30-12:00']
    """
    return [
        Doubt(rule, str(span))
        for rule in rules_of(notation)
        for number, span in enumerate(rule.spans, start=1)
        if span.is_night
        and (
            span.opens < _EVENING
            or span.closes - _DAY_LONG > _MORNING
            or any(later.opens < span.opens for later in rule.spans[number:])
        )
    ]


def overlaps(notation: str) -> list[Doubt]:
    """Return the openings of one rule of which one begins before another ends.

    Examples
    --------
    >>> [each.span for each in overlaps("Mo-Fr 08:00-12:00,11:00-17:00; Sa 09:00-12:00")]
    ['08:00-12:00,11:00-17:00']
    """
    return [
        Doubt(rule, f"{one},{other}")
        for rule in rules_of(notation)
        for one, other in combinations(rule.spans, 2)
        if one.meets(other)
    ]


def replaced(notation: str) -> list[Replaced]:
    """Return the rules of which a later one takes away what was probably meant too.

    An exception after the rule is how exceptions are written: nothing is lost.

    Examples
    --------
    >>> (found,) = replaced("Mo-Fr 08:00-12:00; Mo-Fr 14:00-18:00")
    >>> found.both
    'Mo-Fr 08:00-12:00,14:00-18:00'
    >>> replaced("We off; Mo-Fr 08:00-18:00")[0].after
    'Mo-Fr 08:00-18:00; We off'
    >>> replaced("Mo-Fr 08:00-18:00; Mo 09:00-12:00")
    []
    """
    rules = rules_of(notation)
    found = []
    for number, rule in enumerate(rules):
        replacing = {day: by for day in rule.days if (by := _replacing(day, rule, rules[number:]))}
        for by in dict.fromkeys(replacing.values()):
            whole = len(replacing) == len(rule.days)
            if by.said == rule.said or not (whole or _adds(rule, by)):
                continue
            found.append(_explained(rule, by, rules, number))
            break
    return found


def cut_nights(notation: str) -> list[CutNight]:
    """Return the nights of an ordinary week that end at midnight, each span once.

    Examples
    --------
    >>> (cut,) = cut_nights("Mo-Th 22:00-06:00; Fr 22:00-08:00; Sa,Su 10:00-12:00")[:1]
    >>> cut.span, cut.day, cut.next_day, cut.morning
    ('22:00-06:00', 'jeudi', 'vendredi', '00:00-06:00')
    """
    rules = rules_of(notation)
    if any(rule.months for rule in rules):
        return []
    hours = opening_hours.parse(notation, None)
    monday = WORKING_DAY - timedelta(days=WORKING_DAY.weekday())
    found: dict[Span, CutNight] = {}
    for number, day in enumerate(DAYS):
        spans = next((rule.spans for rule in reversed(rules) if day in rule.days), [])
        midnight = datetime.combine(monday + timedelta(days=number), datetime.min.time(), PARIS)
        for span in spans:
            if not span.is_night or hours.is_open(midnight + timedelta(minutes=span.closes - 1)):
                continue
            morning = str(Span(0, span.closes - _DAY_LONG))
            days = DAY_NAMES[number], DAY_NAMES[(number + 1) % len(DAYS)]
            found.setdefault(span, CutNight(str(span), *days, morning))
    return [*found.values()]


def rules_of(notation: str) -> list[Rule]:
    """Return the rules of a notation that can be read, in their order; none of `24/7`."""
    parts = (_RULE.fullmatch(part.strip()) for part in notation.split(";"))
    return [Rule(_days(part["days"]), part["said"], part["months"] or "") for part in parts if part]


def _days(written: str) -> tuple[str, ...]:
    days: set[str] = set()
    for part in written.split(","):
        first, _, last = part.partition("-")
        if not last or HOLIDAYS in (first, last):
            days |= {first, last} - {""}
        else:
            begin, end = DAYS.index(first), DAYS.index(last)
            days |= {DAYS[(begin + n) % len(DAYS)] for n in range((end - begin) % len(DAYS) + 1)}
    return tuple(day for day in (*DAYS, HOLIDAYS) if day in days)


def _replacing(day: str, rule: Rule, rules: list[Rule]) -> Rule | None:
    """Return the last rule, of a rule and those after it, that replaces it on a day."""
    later = (each for each in reversed(rules[1:]) if each.months in ("", rule.months))
    # A public holiday is a day of the week too.
    return next((each for each in later if day in each.days or day == HOLIDAYS), None)


def _adds(rule: Rule, by: Rule) -> bool:
    """Tell whether hours that replace others are apart from all of them."""
    return bool(rule.spans and by.spans) and not any(
        one.meets(other) for one in rule.spans for other in by.spans
    )


def _explained(rule: Rule, by: Rule, rules: list[Rule], number: int) -> Replaced:
    """Return a rule that another replaces, with what to write instead."""
    both = after = ""
    shared = tuple(day for day in rule.days if day in by.days)
    if set(rule.days) < set(by.days) or rule.days == (HOLIDAYS,) or rule.months:
        after = _sound(sorted(rules, key=_breadth))
    elif _adds(rule, by) and all(_replacing(day, rule, rules[number:]) == by for day in shared):
        spans = sorted({*rule.spans, *by.spans})
        split = [
            rule._replace(days=tuple(day for day in rule.days if day not in shared)),
            Rule(shared, ",".join(map(str, spans)), by.months),
            by._replace(days=tuple(day for day in by.days if day not in shared)),
        ]
        others = [each for at, each in enumerate(rules) if at != number]
        at = others.index(by)
        both = _sound([*others[:at], *(each for each in split if each.days), *others[at + 1 :]])
    return Replaced(rule, by, both, after)


def _breadth(rule: Rule) -> tuple[bool, bool, int]:
    """Return what sorts exceptions after what they are exceptions to."""
    return bool(rule.months), rule.days == (HOLIDAYS,), -len(rule.days)


def _sound(rules: list[Rule]) -> str:
    """Return the notation of rules; empty where something of it is replaced again."""
    notation = "; ".join(map(str, rules))
    return "" if replaced(notation) else notation


def _span(opens: int, closes: int) -> Span:
    return Span(opens, closes if closes > opens else closes + _DAY_LONG)


def _clock(minutes: int) -> str:
    """Return a time of the day; the midnight that ends it is 24:00."""
    of_day = minutes if minutes <= _DAY_LONG else minutes - _DAY_LONG
    return f"{of_day // 60:02}:{of_day % 60:02}"
