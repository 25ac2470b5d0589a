"""French typography: what printers do, once, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import signs
from signs.wording import date_in_words, typography

N, F = "\u00a0", "\u202f"  # no-break, and narrow (« fine »)


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Que faire ?", f"Que faire{F}?"),
        ("Attention!", f"Attention{F}!"),
        ("Trop tard ; parlez", f"Trop tard{F}; parlez"),
        ("Dites : oui", f"Dites{N}: oui"),
        ("« Merci »", f"«{N}Merci{N}»"),
        ("«Merci»", f"«{N}Merci{N}»"),
        ("« Comment vas-tu ? »", f"«{N}Comment vas-tu{F}?{N}»"),
        ("l'élève", "l’élève"),
        ("qu'« on »", f"qu’«{N}on{N}»"),
        ("puis...", "puis…"),
        ("45 000 personnes", f"45{N}000 personnes"),
        ("0 800 235 236", f"0{N}800{N}235{N}236"),
        ("de 9 h à 18 h 30", f"de 9{N}h à 18{N}h{N}30"),
        ("moins de 10 ans", f"moins de 10{N}ans"),
        ("Vraiment ?!", f"Vraiment{F}?!"),
    ],
)
def test_french_marks_keep_to_their_word(plain: str, set_: str) -> None:
    assert typography(plain) == set_


@pytest.mark.parametrize(
    "kept",
    [
        "https://www.allo119.gouv.fr/?page=1;2",
        "il est 09:30",
        "Mo-Su 09:00-23:00",
        "tel:0800235236",
        "une ligne\nune autre",
    ],
)
def test_addresses_clock_times_and_lines_are_left_alone(kept: str) -> None:
    assert typography(kept) == kept


@given(st.text(alphabet="ab é 19'«»:;!?.\u00a0\u202f\n-", max_size=40))
def test_setting_twice_changes_nothing_more(text: str) -> None:
    once = typography(text)
    assert typography(once) == once


def test_every_text_of_the_list_is_set_once(sign_list: signs.SignList) -> None:
    for advice in sign_list.advice:
        once = typography(advice.text)
        assert typography(once) == once
        assert " ?" not in once
        assert "'" not in once


def test_what_is_to_be_typed_is_left_as_it_is() -> None:
    typed = 'Écrivez : horaires = "Mo-Fr 09:00-18:30; PH off"'
    assert typography(typed) == f'Écrivez{N}: horaires = "Mo-Fr 09:00-18:30; PH off"'


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024", "2024"),
        ("2024-11", "novembre 2024"),
        ("2024-07-22", "22 juillet 2024"),
        ("2025-01-01", "1er janvier 2025"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_was_given(iso: str, words: str) -> None:
    assert date_in_words(iso) == words
