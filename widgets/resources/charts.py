"""Charts of the figures: what is drawn, in numbers that the template puts in SVG.

Words stand in HTML beside the drawing, never in it: they grow with the reader's text. The form
follows from what a figure compares, and nothing is drawn on an axis that its numbers do not share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from signs.model.training import Figure, FigureValue


class Year(NamedTuple):
    """What sources say of one year."""

    year: int
    words: str
    low: float
    """Percentage of the greatest value of the figure."""
    high: float
    points: tuple[float, ...]
    """One for each number that a source gives."""


class Minutes(NamedTuple):
    """A duration, as cells of an hour."""

    words: str
    cells: tuple[bool, ...]
    landmarks: tuple[str, ...]


class Many(NamedTuple):
    """How many of one thing there are for one of another."""

    one: str
    many: str
    times: int


class Large(NamedTuple):
    """A number that says enough by itself."""

    words: str
    what: str


class Chart(NamedTuple):
    """The drawing of a figure: one of its fields holds something."""

    years: tuple[Year, ...] = ()
    minutes: Minutes | None = None
    many: Many | None = None
    large: Large | None = None


_HOUR = 60
_COUNTABLE = range(2, 41)
"""How many things are counted at a glance, or nearly."""


def chart_of(figure: Figure, values: Sequence[FigureValue]) -> Chart | None:
    """Return the chart of a figure; `None` where it is not drawn.

    Parameters
    ----------
    figure
        What was counted.
    values
        What each source says of it; those without a number are left to the table.
    """
    counted = [value for value in values if value.number is not None]
    if not figure.drawn or not counted:
        return None
    said = [value for value in counted if not value.landmark]
    if all(value.year is not None for value in counted):
        return Chart(years=_years(counted))
    if len(said) == 1:
        return _alone(figure, said[0], [value for value in counted if value.landmark])
    return _compared(said)


def _years(values: Sequence[FigureValue]) -> tuple[Year, ...]:
    longest = max(map(_most, values)) or 1
    years = sorted({value.year or 0 for value in values})
    return tuple(
        _year(year, [value for value in values if value.year == year], longest) for year in years
    )


def _year(year: int, values: Sequence[FigureValue], longest: int) -> Year:
    numbers = sorted({value.number or 0 for value in values} | set(map(_most, values)))
    points = tuple(round(100 * (number / longest), 2) for number in numbers)
    lowest = min(values, key=lambda value: value.number or 0)
    # Of two that go as far, the one that gives a number rather than a range.
    highest = max(values, key=lambda value: (_most(value), value.up_to is None))
    if len(numbers) > 1 and lowest is not highest:
        words = f"{_of(lowest.written)} à {highest.written}"
    else:
        words = lowest.written
    if len({value.source for value in values}) == 1:
        words += " (une seule source)"
    return Year(year, words, points[0], points[-1], points)


def _most(value: FigureValue) -> int:
    return max(value.number or 0, value.up_to or 0)


def _of(words: str) -> str:
    return f"d'{words}" if words[:1].lower() in "aeéèêiouy" else f"de {words}"


def _alone(figure: Figure, value: FigureValue, landmarks: Sequence[FigureValue]) -> Chart:
    number = value.number or 0
    if figure.unit == "minutes" and number <= _HOUR:
        cells = tuple(minute < number for minute in range(_HOUR))
        compared = tuple(f"{each.label} : {each.written}" for each in landmarks if each.label)
        return Chart(minutes=Minutes(value.written, cells, compared))
    start = landmarks[0].number if len(landmarks) == 1 else None
    if start:
        times = f"{number / start:.1f}".removesuffix(".0").replace(".", ",")
        return Chart(large=Large(f"× {times}", value.label or ""))
    return Chart(large=Large(value.written, value.label or ""))


def _compared(values: Sequence[FigureValue]) -> Chart | None:
    """Return how many there are of one thing for one of the other, if it can be counted."""
    few, *others = sorted(values, key=lambda value: value.number or 0)
    many = others[-1]
    if len(others) > 1 or not few.number or (many.number or 0) % few.number:
        return None
    count = (many.number or 0) // few.number
    if count not in _COUNTABLE:
        return None
    return Chart(many=Many(few.label or few.written, many.label or many.written, count))
