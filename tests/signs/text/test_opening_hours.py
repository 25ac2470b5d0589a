"""Opening hours: holidays, summer time, a year ahead, and French words."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signs.text import clock, opening_hours
from signs.text.weekly_hours import DAYS

OFFICE = "Mo-Fr 09:00-18:30; PH off"
NOTATIONS = [
    "24/7",
    "Mo-Su 09:00-23:00",
    OFFICE,
    "Mo-Fr 10:00-17:00; PH unknown",
    "Mo,Tu,Th,Fr 15:00-19:00; We 13:00-19:00",
    "Mo-Su 22:00-06:00",
    "Jul-Aug Mo-Fr 10:00-12:00",
]
FIRST = date(2026, 11, 21)


@pytest.mark.parametrize(
    "holiday",
    [
        "2026-01-01",
        "2026-04-06",  # Easter Monday
        "2026-05-01",
        "2026-05-08",
        "2026-05-14",  # Ascension
        "2026-05-25",  # Whit Monday
        "2026-07-14",
        "2026-11-11",
        "2026-12-25",
    ],
)
def test_french_public_holidays_are_known(holiday: str) -> None:
    assert opening_hours.is_open(OFFICE, datetime.fromisoformat(f"{holiday}T10:00")) is False
    assert (
        opening_hours.is_open(
            "Mo-Fr 09:00-18:30; PH unknown", datetime.fromisoformat(f"{holiday}T10:00")
        )
        is None
    )


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        ("2026-11-12T09:00", True),
        ("2026-11-12T18:29", True),
        ("2026-11-12T18:30", False),
        ("2026-11-14T10:00", False),  # a Saturday
        ("2026-07-02T07:30+00:00", True),  # 9:30 in Paris, in summer
        ("2026-12-02T07:30+00:00", False),  # 8:30 in Paris, in winter
    ],
)
def test_hours_are_those_of_paris(at: str, open_: bool) -> None:
    assert opening_hours.is_open(OFFICE, datetime.fromisoformat(at)) is open_


def test_a_clock_time_that_summer_time_skips_is_still_a_time() -> None:
    assert opening_hours.is_open("24/7", datetime(2026, 3, 29, 2, 30)) is True


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a machine keeps its zone here")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_the_day_is_that_of_paris_wherever_the_machine_is(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A day apart from each other at any moment: one of the two is never the day of Paris.
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        time.tzset()
        before, day, after = clock.now(), opening_hours.today(), clock.now()
    time.tzset()
    assert opening_hours.local(before).date() <= day <= opening_hours.local(after).date()


@pytest.mark.parametrize("year", [1, 1789, 1999, 2077, 2099, 9998])
def test_of_holidays_that_are_not_known_nothing_is_claimed(year: int) -> None:
    """What never closes needs no calendar; what closes on public holidays does."""
    labour_day = datetime(year, 5, 1, 10)
    assert opening_hours.is_open("24/7", labour_day) is True
    assert opening_hours.is_open(OFFICE, labour_day) is None
    assert opening_hours.is_open("Mo-Su 09:00-19:00; PH 10:00-12:00", labour_day) is None


def test_what_is_known_ends_with_the_last_year_of_holidays() -> None:
    """In the midst of the year that a page made in 2076 speaks of."""
    runs = opening_hours.openings(OFFICE, date(2076, 11, 1), 366)
    new_year = opening_hours.midnight(date(2077, 1, 1))
    assert {run.known for run in runs if run.start < new_year} == {True}
    assert {run.known for run in runs if run.start >= new_year} == {False}
    for day, state in ((datetime(2076, 12, 30, 10), True), (datetime(2077, 1, 4, 10), None)):
        assert _state(runs, opening_hours.local(day)) is state is opening_hours.is_open(OFFICE, day)


def test_what_nobody_wrote_nobody_claims() -> None:
    assert opening_hours.is_open(None, datetime(2026, 11, 12, 10)) is None
    assert not opening_hours.always_open(None)


@pytest.mark.parametrize(
    "wrong",
    [
        *("lundi 9h", "Mo-Fr 9-18", "25/7", "Mo-Fr 09:00-25:99", "", "9h-23h"),
        # What the notation can say, and we could not say in words, or would say wrongly.
        *('"sur rendez-vous"', "Mo-Fr 09:00-17:00; SH off", "sunrise-sunset", "Mo-Fr 09:00+"),
        *("off", "Mo off", "24/7; PH off", "Mo-Su 09:00-09:00", "2020 Mo-Fr 09:00-17:00"),
    ],
)
def test_other_notations_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(wrong)}$"):
        opening_hours.parse(wrong)


def _state(runs: tuple[opening_hours.Run, ...], at: datetime) -> bool | None:
    """Read the runs the way the page does: the clock against UTC instants, nothing else."""
    now = int(at.timestamp()) // 60
    for run in runs:
        week, into = divmod(now - run.start, 7 * 24 * 60)
        if 0 <= week < run.weeks and into < run.length:
            return True if run.known else None
    return False


@given(days=st.sets(st.sampled_from(DAYS), min_size=1))
def test_holidays_are_said_whatever_the_days(days: set[str]) -> None:
    opens = f"{','.join(day for day in DAYS if day in days)} 14:00-17:00"
    for holidays, said in {
        "PH off": ", sauf les jours fériés",
        "PH 10:00-12:00": " ; les jours fériés, de 10 h à 12 h",
        "PH unknown": "17 h",
    }.items():
        assert opening_hours.in_words(f"{opens}; {holidays}").endswith(said)


@pytest.mark.parametrize("notation", NOTATIONS)
@given(minutes=st.integers(0, 366 * 24 * 60 - 1))
def test_the_openings_ahead_say_what_the_notation_says(notation: str, minutes: int) -> None:
    start = datetime.combine(FIRST, datetime.min.time(), opening_hours.PARIS).astimezone(UTC)
    at = start + timedelta(minutes=minutes)
    if at.astimezone(opening_hours.PARIS).date() < FIRST + timedelta(days=366):
        assert _state(opening_hours.openings(notation, FIRST, 366), at) == opening_hours.is_open(
            notation, at
        )


def test_a_year_of_openings_is_a_handful_of_runs() -> None:
    assert sum(len(opening_hours.openings(notation, FIRST, 366)) for notation in NOTATIONS) < 150


def test_a_run_says_its_day_and_its_hours_in_paris_before_and_after_summer_time() -> None:
    runs = opening_hours.openings("Mo 09:00-18:30", date(2026, 3, 20), 20)
    assert [run.in_words for run in runs] == [("lundi", "9 h", "18 h 30")] * 2
    assert len({run.start % (24 * 60) for run in runs}) == 2  # two UTC hours, one in Paris


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        ("24/7", "jour et nuit, tous les jours"),
        ("Mo-Su 00:00-24:00", "jour et nuit, tous les jours"),
        ("Mo-Su 09:00-23:00", "tous les jours, de 9 h à 23 h, jours fériés compris"),
        (OFFICE, "du lundi au vendredi, de 9 h à 18 h 30, sauf les jours fériés"),
        ("Mo-Fr 10:00-17:00; PH unknown", "du lundi au vendredi, de 10 h à 17 h"),
        (
            "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
            "du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h, sauf les jours fériés",
        ),
        ("Sa,Su 10:00-12:00", "le samedi et le dimanche, de 10 h à 12 h"),
        (
            "Mo,Tu,Th,Fr 15:00-19:00; We 13:00-19:00; PH off",
            "le lundi, le mardi, le jeudi et le vendredi, de 15 h à 19 h ; "
            "le mercredi, de 13 h à 19 h, sauf les jours fériés",
        ),
        # Whatever days it opens, and a Wednesday or not among them.
        (
            "Mo,Tu,Th,Fr 09:00-17:00; PH off",
            "le lundi, le mardi, le jeudi et le vendredi, de 9 h à 17 h, sauf les jours fériés",
        ),
        (
            "Mo,Th 14:00-17:00; PH off",
            "le lundi et le jeudi, de 14 h à 17 h, sauf les jours fériés",
        ),
        (
            "Mo-Fr 09:00-19:00; PH 10:00-12:00",
            "du lundi au vendredi, de 9 h à 19 h ; les jours fériés, de 10 h à 12 h",
        ),
        ("Sa,PH 10:00-12:00", "le samedi, de 10 h à 12 h ; les jours fériés, de 10 h à 12 h"),
        ("Mo-Su,PH 09:00-12:00", "tous les jours, de 9 h à 12 h, jours fériés compris"),
        # Nobody said it, and it is likely to be closed.
        ("Mo-Fr 08:30-17:00", "du lundi au vendredi, de 8 h 30 à 17 h"),
        ("Mo-Su 00:00-24:00; PH off", "tous les jours, jour et nuit, sauf les jours fériés"),
        ("Jul-Aug Mo-Fr 10:00-12:00", "horaires variables : voyez le site du service"),
    ],
)
def test_hours_are_said_in_french(notation: str, words: str) -> None:
    assert opening_hours.in_words(notation) == words
