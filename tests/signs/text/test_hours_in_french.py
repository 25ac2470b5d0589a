"""Hours as people write them are put into the notation of files, or left alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from signs.text import opening_hours
from signs.text.hours_in_french import suggest_notation
from signs.text.weekly_hours import Holidays, Week


@pytest.mark.parametrize(
    ("notation", "written"),
    [
        (notation, written)
        for notation, all_written in {
            "24/7": (
                "24h/24",
                "7j/7, 24h/24",
                "24/24 7/7",
                "24h24 7j7",
                "jour et nuit",
                "Mo-Su 00:00-24:00",
            ),
            "Mo-Fr 08:00-12:00,14:00-17:00": (
                "8h-12h / 14h-17h lundi au vendredi",
                "Du lundi au vendredi : 8 h 00 à midi et 14 h à 17 h.",
                "lun-ven 8h-12h, 14h-17h",
                "Mo–Fr 8:00–12:00, 14:00–17:00",
                "mo-fr 08h00-12h00,14h-17h",
                "en semaine de 8 heures à 12 heures puis de 14 heures à 17 heures",
            ),
            "Mo-Fr 09:00-18:30": ("du lundi au vendredi de 9h à 18h30", "lundi-vendredi 9-18h30"),
            "Mo-Fr 09:00-18:30; PH off": (
                "du lundi au vendredi, 9h-18h30, sauf jours fériés",
                "9h–18h30 du lundi au vendredi (hors jours fériés)",
                "Mo-Fr 09:00-18:30;PH off",
                "Mo-Fr 09:00-18:30, PH off",
                "du lundi au vendredi 9h-18h30, fermé samedi, dimanche et jours fériés",
            ),
            "Mo-Su 09:00-23:00": (
                "7 jours sur 7 de 9h à 23h, jours fériés compris",
                "tous les jours, 9h-23h",
            ),
            "Mo-Tu,Th-Fr 09:00-17:00; We 13:00-19:00": (
                "du lundi au vendredi de 9h à 17h, sauf le mercredi de 13h à 19h",
                "lundi, mardi, jeudi et vendredi : 9h-17h ; mercredi : 13h-19h",
            ),
            "Mo-Sa 08:00-20:00": ("tous les jours sauf le dimanche, de 8 h à 20 h",),
            "Mo-Su 22:00-06:00": ("tous les jours de 22h à 6h",),
            "": (
                *("sur rendez-vous", "le lundi", "9h-17h", "9-18", "7j/7", "lundi 9h"),
                *("le 1er lundi de 9h à 12h", "lundi/vendredi 9h-17h", "lundi 25h-26h"),
                *("Mo-Fr 13:30-12:00", "du lundi au vendredi 9h-17h hors vacances scolaires"),
                *("Mo-Fr 09:00-17:00; PH,SH off", "du lundi au vendredi", "de 9h à"),
            ),
        }.items()
        for written in all_written
    ],
)
def test_hours_are_understood_or_left_alone(notation: str, written: str) -> None:
    assert suggest_notation(written) == notation


_HALVES = st.tuples(st.integers(14, 23), st.integers(24, 28), st.integers(29, 46))
_TIMES = _HALVES.map(lambda at: ((_at(at[0]), _at(at[1])), (_at(at[1] + 1), _at(at[2] + 1))))


def _at(half: int) -> str:
    return f"{half // 2:02}:{half % 2 * 30:02}"


@given(
    days=st.tuples(*[st.lists(_TIMES, min_size=0, max_size=1) for _ in range(7)]),
    spans=st.integers(1, 2),
    holidays=st.sampled_from([Holidays.LIKE_OTHERS, Holidays.CLOSED]),
)
def test_what_the_page_says_is_understood(
    days: tuple[list[tuple[tuple[str, str], tuple[str, str]]], ...], spans: int, holidays: Holidays
) -> None:
    week = Week(tuple(tuple(times[0][:spans]) if times else () for times in days), holidays)
    assume(week.notation)
    assert suggest_notation(opening_hours.in_words(week.notation)) == week.notation
