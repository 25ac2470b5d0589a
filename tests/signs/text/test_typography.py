"""French typography: what printers do, once, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import signs
from signs.text.typography import date_in_words, first_sentence, opening, typography

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
        ("45 000 personnes", f"45{N}000{N}personnes"),
        ("0 800 235 236", f"0{N}800{N}235{N}236"),
        ("de 9 h à 18 h 30", f"de 9{N}h à 18{N}h{N}30"),
        ("moins de 10 ans", f"moins de 10{N}ans"),
        ("Vraiment ?!", f"Vraiment{F}?!"),
        ("Voir (qui ?), puis agir", f"Voir (qui{F}?), puis agir"),
        ("**Parti ?** Appelez", f"**Parti{F}?** Appelez"),
        ("etc. ; ensuite", f"etc.{F}; ensuite"),
        ("01 45 39 40 00", f"01{N}45{N}39{N}40{N}00"),
        ("0262 90 00 00", f"0262{N}90{N}00{N}00"),
        ("0 810 00 90 00", f"0{N}810{N}00{N}90{N}00"),
        ("vaut « Mo-Fr 09:00-17:00; PH off » ;", f"vaut «{N}Mo-Fr 09:00-17:00; PH off{N}»{F};"),
        ("+33 1 45 39 40 00", f"+33{N}1{N}45{N}39{N}40{N}00"),
        ("le 116 000 répond", f"le 116{N}000 répond"),
        ("50% des élèves, 20 €.", f"50{N}% des élèves, 20{N}€."),
        ("deux fois 10 minutes", f"deux fois 10{N}minutes"),
        ("le 22 juillet et le 1er mai", f"le 22{N}juillet et le 1er{N}mai"),
        ("l'article 40, p. 12, n° 3", f"l’article{N}40, p.{N}12, n°{N}3"),
        ("M. Martin et Mme Petit", f"M.{N}Martin et Mme{N}Petit"),
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
        "/srv/l'école/page !.html",
        "l'école.toml",
        r"C:\l'école\page.html",
        "2026-01-31T23:30",
    ],
)
def test_addresses_clock_times_and_lines_are_left_alone(kept: str) -> None:
    assert typography(kept) == kept


PIECES = st.sampled_from(
    [
        *("l'", "élève", "mot", "«", "»", ":", ";", "!", "?", "...", "…", "%", "€", "h", "ans"),
        *("18", "30", "0", "800", "01", "45", "https://x.fr/?a;b", "/srv/l'un", '"24/7; PH"'),
        *(" ", "  ", N, F, "\n", "-", "(", ")", ".", ",", "**", "'", "1er", "mai", "article"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_setting_twice_changes_nothing_more(text: str) -> None:
    once = typography(text)
    assert typography(once) == once


def _letters(text: str) -> str:
    """Return what remains of a text when nobody looks at spaces and apostrophes."""
    plain = text.replace("’", "'").replace("…", "...")
    return "".join(letter for letter in plain if letter not in f" {N}{F}")


@given(TEXTS)
def test_no_letter_digit_or_line_is_added_lost_or_moved(text: str) -> None:
    assert _letters(typography(text)) == _letters(text)


@given(st.lists(PIECES.filter(lambda piece: '"' not in piece and "/" not in piece), max_size=14))
def test_no_line_can_break_where_french_forbids_it(pieces: list[str]) -> None:
    set_ = typography("".join(pieces))
    assert not re.search(
        r"« |(?<=[^\s]) (?=»|[;!?:](?=\s|$))|\d (?=[%€](?!\w))|[^\W\d_]'[\w«]", set_
    )


@given(st.from_regex(r"0[1-9]( \d\d){4}|0 8\d\d \d{3} \d{3}|116 \d{3}", fullmatch=True))
def test_no_line_can_break_inside_a_phone_number(number: str) -> None:
    assert f"au {number.replace(' ', N)}, puis" in typography(f"Appelez au {number}, puis dites-le")


def test_every_text_of_the_list_is_set_once(sign_list: signs.SignList) -> None:
    for advice in sign_list.advice:
        once = typography(advice.text)
        assert typography(once) == once
        assert " ?" not in once
        assert "'" not in once


def test_every_number_of_the_list_holds_together(sign_list: signs.SignList) -> None:
    for service in sign_list.services:
        for number in filter(None, (service.phone, service.sms)):
            assert " " not in typography(number)


def test_what_is_to_be_typed_is_left_as_it_is() -> None:
    typed = 'Écrivez : horaires = "Mo-Fr 09:00-18:30; PH off"'
    assert typography(typed) == f'Écrivez{N}: horaires = "Mo-Fr 09:00-18:30; PH off"'


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024", "2024"),
        ("2024-11", "novembre 2024"),
        ("2024-07-22", f"22{N}juillet 2024"),
        ("2025-01-01", f"1er{N}janvier 2025"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_was_given(iso: str, words: str) -> None:
    assert date_in_words(iso) == words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("**Ne payez rien.** Le chantage revient.", "Ne payez rien."),
        ("Dites : « Je te crois. Merci. » Puis. Oui.", "Dites : « Je te crois. Merci. » Puis."),
        ("C'est parti ? Appelez la banque. Vite.", "C'est parti ? Appelez la banque."),
        ("Le [3018](https://3018.fr)\n(ouv. à 9 h.) aide. Oui.", "Le 3018 (ouv. à 9 h.) aide."),
        ("Sans point final", "Sans point final"),
    ],
)
def test_a_text_is_shortened_to_its_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_a_text_is_named_by_how_it_begins() -> None:
    texts = {
        "N'enquêtez pas : ni question, ni face-à-face.": "N'enquêtez pas : ni question…",
        "Ne promettez pas le secret.": "Ne promettez pas le secret",
        "Dites : « Est-ce que tu penses à mourir ? » Puis.": "Dites : « Est-ce que tu penses"
        " à mourir…\u00a0»",
        "Merci": "Merci",
    }
    assert {text: opening(text) for text in texts} == texts
