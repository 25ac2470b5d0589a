"""Hours as a week: what a form shows and writes means what the notation said."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import signs
from signs.text import opening_hours, weekly_hours

MONDAY = date(2026, 1, 5)
WRITTEN = sorted({service.hours for service in signs.load().services if service.hours})


def _openings(notation: str) -> object:
    return opening_hours.openings(notation, MONDAY, 60)


@pytest.mark.parametrize(
    "notation", [*WRITTEN, "Mo,We 09:00-12:00,14:00-24:00; Sa 10:00-12:00", "Mo-Fr 22:00-02:00"]
)
def test_a_week_says_the_same(notation: str) -> None:
    week = weekly_hours.read(notation)
    assert week is not None
    assert _openings(week.notation) == _openings(notation)
    assert opening_hours.in_words(week.notation) == opening_hours.in_words(notation)


@pytest.mark.parametrize(
    "notation", ["Jul-Aug Mo-Fr 09:00-12:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00", "n'importe quoi"]
)
def test_what_a_week_cannot_say_is_left_as_notation(notation: str) -> None:
    assert weekly_hours.read(notation) is None


quarters = st.integers(0, 95).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    """Draw one day: no, one or two openings that follow each other."""
    times = sorted(draw(st.sets(quarters, min_size=4, max_size=4)))
    return tuple(zip(times[::2], times[1::2], strict=True))[: draw(st.integers(0, 2))]


@settings(deadline=None, max_examples=40)
@given(st.lists(days(), min_size=7, max_size=7), st.sampled_from(weekly_hours.Holidays))
def test_any_week_comes_back(
    week: list[tuple[tuple[str, str], ...]], ph: weekly_hours.Holidays
) -> None:
    meant = weekly_hours.from_form(week, ph.value)
    if not any(week):
        assert meant.notation == ""
        return
    read = weekly_hours.read(meant.notation)
    assert read is not None
    assert read.days == meant.days
    assert _openings(read.notation) == _openings(meant.notation)
