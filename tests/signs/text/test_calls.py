"""A number is a call where the words say so, and never where it may be anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signs.text.calls import SHORT, numbers_to_call

_SHORT = st.sampled_from(sorted(SHORT))


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Appelez le {}.",
            "**Appelez d'abord le {}**",
            "Un doute ? Composez le {}, même la nuit.",
        ),
        *("Le {} répond jour et nuit.", "La CRIP et le {} vous conseillent.", "la police ({})"),
        *(
            "En cas de danger, le {}.",
            "La nuit : le {} ou le 17.",
            "Demandez au {} qui la prévient.",
            "le {} (SAMU)",
        ),
        *("Appelez le {} ou le 112", "joindre le {} et le 17", "N'appelez pas : écrivez au {}."),
    ],
)
@given(number=_SHORT)
def test_what_one_is_told_to_call_is_a_call(said: str, number: str) -> None:
    assert number in [call.number for call in numbers_to_call(said.format(number))]


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Bureau {}.",
            "salle {}, au fond",
            "Le bus {} passe à 8 h.",
            "pages {} à 20",
            "page ({})",
        ),
        *("article {}", "le {} mars", "Permanence le {} de chaque mois.", "le {}/09", "n° {}"),
        *("au {}, rue Pasteur", "au {} bis", "{} élèves", "{} %", "dès {} ans", "à {} h 30"),
        *("entre le {} et le 20", "Rendez-vous le {}.", "Prévenez la famille le {}.", "1{}"),
        *("Appelez la famille le {}.", "Appelez le {} mars.", "appelez le {} à 18 h", "{}e étage"),
        *("Réunion : le {} ou le 18.", "Bureaux {} ou 17", "lot {}, porte 15", "{}-2", "{},5"),
    ],
)
@given(number=_SHORT)
def test_what_may_be_anything_else_is_no_call(said: str, number: str) -> None:
    assert numbers_to_call(said.format(number)) == []


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("le 3018 répond, au 39 19, (36 46)", ["3018", "3919", "3646"]),
        ("3018", ["3018"]),
        ("3018 élèves, salle 3018, en 3018, 3018,5", []),
        ("01.23.45.67.89 ou 0262 90 00 00", ["0123456789", "0262900000"]),
        ("+33 (0)1 23 45 67 89, 116 006", ["+33123456789", "116006"]),
        ("12 01 23 45 67 89, 0123456789012, n-0800235236", []),
    ],
)
def test_longer_numbers_can_be_nothing_else(text: str, called: list[str]) -> None:
    assert [call.number for call in numbers_to_call(text)] == called
