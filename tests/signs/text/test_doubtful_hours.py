"""Hours that probably say something else than meant: what nobody remarks is what the page says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signs.text import opening_hours
from signs.text.doubtful_hours import cut_nights, long_nights, overlaps, replaced, rules_of
from signs.text.weekly_hours import DAYS

SPANS = ("08:00-12:00", "09:00-11:00", "14:00-18:00", "11:30-15:00", "08:00-18:00")
days = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(",".join)
said = st.sampled_from((*SPANS, "08:00-12:00,14:00-18:00", "off"))
notations = st.lists(st.tuples(days, said).map(" ".join), min_size=1, max_size=3).filter(
    lambda rules: any("0" in rule for rule in rules)
)


@settings(max_examples=80)
@given(notations)
def test_each_rule_that_nobody_remarks_holds_on_a_day_and_what_is_proposed_loses_nothing(
    rules: list[str],
) -> None:
    notation = "; ".join(rules)
    week = opening_hours.ordinary_week(notation)
    alone = {rule: _week(rule) for rule in rules}
    found = replaced(notation)
    remarked = {str(each.rule) for each in found}
    for rule, read in zip(rules, rules_of(notation), strict=True):
        holds = any(week[DAYS.index(day)] == alone[rule][DAYS.index(day)] for day in read.days)
        assert holds or str(read) in remarked
    for each in found:
        mended = each.both or each.after
        if not mended:
            continue
        read = opening_hours.ordinary_week(mended)
        spans = _week(str(each.rule))
        days = [DAYS.index(day) for day in each.rule.days if day in each.by.days]
        kept = [{*spans[day]} <= {*read[day]} for day in days]
        # An exception may have another of its own.
        assert all(kept) if each.both else any(kept)
        assert replaced(mended) == []


def _week(rule: str) -> list[tuple[opening_hours.Span, ...]]:
    """Return the openings of a rule by itself; none where it is closed."""
    return [()] * len(DAYS) if rule.endswith("off") else opening_hours.ordinary_week(rule)


@pytest.mark.parametrize(
    ("notation", "doubted"),
    [
        ("Mo-Fr 08:00-18:00; We 09:00-12:00; PH off", ""),  # an exception
        ("Mo-Fr 08:00-18:00; We off; PH off", ""),
        ("Mo-Fr 09:00-18:00; Sa-Su off", ""),  # said twice, and the same
        ("Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 09:00-12:00; PH off", ""),
        ("Jul-Aug Mo-Fr 09:00-12:00; Mo-Fr 09:00-18:00; PH off", "Jul-Aug Mo-Fr 09:00-12:00"),
        ("Mo-Fr 08:00-12:00; We 14:00-16:00; PH off", "Mo-Fr 08:00-12:00"),
        ("We 14:00-16:00; Mo-Fr 08:00-12:00; PH off", "We 14:00-16:00"),
        ("PH 10:00-12:00; Mo-Su 09:00-18:00", "PH 10:00-12:00"),
        ("Fr-Mo 20:00-23:00; Su off; PH off", ""),
        ("24/7", ""),
    ],
)
def test_what_a_later_rule_takes_away_is_remarked(notation: str, doubted: str) -> None:
    assert ", ".join(str(each.rule) for each in replaced(notation)) == doubted


@pytest.mark.parametrize(
    ("notation", "doubted"),
    [
        ("Mo 14:00-18:00,08:00-14:30", ["14:00-18:00,08:00-14:30"]),  # whichever is first
        ("Mo 08:00-12:00,13:00-14:00,09:00-10:00", ["08:00-12:00,09:00-10:00"]),
        ("Mo 22:00-06:00,23:00-24:00", ["22:00-06:00,23:00-24:00"]),
        ("Mo 08:00-12:00,12:00-14:00; Tu 11:00-13:00", []),
    ],
)
def test_openings_of_one_day_that_overlap_are_remarked(notation: str, doubted: list[str]) -> None:
    assert [each.span for each in overlaps(notation)] == doubted


def test_a_night_before_another_opening_of_its_day_is_no_night() -> None:
    assert [each.span for each in long_nights("Mo 20:00-08:00,09:00-12:00")] == ["20:00-08:00"]


@pytest.mark.parametrize(
    ("notation", "cut"),
    [
        ("Mo-Su 22:00-06:00", []),
        ("Mo-Fr 20:00-24:00; Sa 10:00-12:00", []),
        ("Sa 21:00-03:00; Su off", ["samedi"]),
        ("Mo-Th 22:00-06:00; Fr 00:00-06:00,22:00-08:00", []),
    ],
)
def test_a_night_that_the_next_day_cuts_is_remarked(notation: str, cut: list[str]) -> None:
    assert [each.day for each in cut_nights(notation)] == cut
