"""What the eye sees is what is read, and compared: hidden characters, accents, ligatures."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import signs
from signs.diagnostics.problem import Problem, Severity
from signs.files.edit import Ref, set_value, values
from signs.rules.verdicts import verdicts
from signs.text.normalize import (
    as_read,
    for_comparison,
    hidden_characters,
    hidden_name,
    is_as_read,
    without_accents,
)
from widgets.editor.forms.titles import id_of

IGNORED_BY_DEFAULT = {
    *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xE0000, 0xE1000),
}
"""What Unicode says to ignore by default, besides the formats (Cf)."""
SEEN = {chr(code) for code in (*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x08E2, 0x110BD, 0x110CD)}
SEEN |= {chr(code) for code in (0x0890, 0x0891, *range(0x13430, 0x13460))}
SEEN |= {"\t", "\n"}
"""Formats that are drawn: Arabic, Syriac and Kaithi signs of numbers, Egyptian joiners."""
HIDDEN = [
    letter
    for letter in map(chr, range(sys.maxunicode + 1))
    if (
        unicodedata.category(letter) in {"Cf", "Cc", "Zl", "Zp"}
        and letter not in SEEN | {"\t", "\n"}
    )
    or ord(letter) in IGNORED_BY_DEFAULT
]
LINES = {"\u2028", "\u2029", "\x85", "\x0b", "\x0c"}
hidden = st.sampled_from(HIDDEN)


def test_what_is_hidden_is_known_by_its_category() -> None:
    everything = "".join(map(chr, range(0x20000))) + "".join(map(chr, range(0xE0000, 0xE1000)))
    # (Each between two letters: beside an emoji or an Arabic letter some are part of it.)
    found = {letter for letter in everything if hidden_characters(f"a{letter}b")}
    assert found == set(HIDDEN)


@given(
    st.text(st.sampled_from("Victimeàéèœ ,.'«»0123456789"), min_size=1), st.lists(hidden), st.data()
)
def test_hidden_characters_anywhere_change_nothing(
    text: str, inserted: list[str], data: st.DataObject
) -> None:
    written = text
    for letter in inserted:
        at = data.draw(st.integers(0, len(written)))
        written = written[:at] + letter + written[at:]
    read = as_read(written)
    assert read.replace("\n", "") == text
    assert is_as_read(read)
    assert set(hidden_characters(written)) <= set(inserted)
    assert not hidden_characters(read)


@given(st.text())
def test_a_text_is_read_the_same_twice(text: str) -> None:
    once = as_read(text)
    assert as_read(once) == once
    assert for_comparison(for_comparison(text)) == for_comparison(text)


@given(hidden)
def test_a_hidden_character_is_named_with_its_code(letter: str) -> None:
    name = hidden_name(letter)
    assert f"(U+{ord(letter):04X})" in name
    assert name.startswith("un")
    assert name.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "👩‍🔬 et 👨‍👩‍👧",  # one drawing of several
        "❤️ ☎️ 1️⃣",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        "می\u200cخواهم",  # Persian: the joiner is spelling
        "\u200fשלום \u202e12\u202c",  # Hebrew: directions are, too
        "L'élève dit : « non » ; 18 h 30",
    ],
)
def test_what_is_part_of_a_sign_stays(text: str) -> None:
    assert as_read(text) == text
    assert hidden_characters(text) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("de\u0301pression", "dépression"),
        ("dé\u00adpression", "dépression"),
        ("con\ufb01dence", "confidence"),
        ("ｃｈａｎｔａｇｅ", "chantage"),
        ("\U0001d41c\U0001d421antage", "chantage"),
        ("ch\u0430nt\u0430g\u0435", "chantage"),
        ("l\u02bcélève\u2011ci", "l'élève-ci"),
        ("deux\u2009\u202f\u00a0 mots", "deux mots"),
    ],
)
def test_words_are_compared_as_they_look(written: str, read: str) -> None:
    assert for_comparison(written) == read


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("Cœur qui bat vite", "coeur-qui-bat-vite"),
        ("Mes sœurs", "mes-soeurs"),
        ("Et cætera", "et-caetera"),
        ("Œil au beurre noir", "oeil-au-beurre-noir"),
    ],
)
def test_ligatures_are_two_letters_in_an_id(words: str, id_: str) -> None:
    assert without_accents(words).lower().replace(" ", "-") == id_
    assert id_of(words, ()) == id_


# --- In files, and in forms ---------------------------------------------------------------------


def _problems(file: Path, text: str) -> tuple[Problem, ...]:
    file.write_text(text, encoding="utf-8")
    return tuple(p for p in signs.inspect(file.parent).problems if p.file == str(file))


@pytest.mark.parametrize("written", ["Dé\u00adpression", "De\u0301pression", "D\u0435pression"])
def test_an_illness_on_a_tick_box_does_not_pass_disguised(list_folder: Path, written: str) -> None:
    file = list_folder / "signes.toml"
    text = file.read_text(encoding="utf-8").replace("Tristesse qui dure", f"{written} qui dure")
    errors = [p for p in _problems(file, text) if p.severity is Severity.ERROR]
    assert [error.code for error in errors] == ["harmful-words"]


@pytest.mark.parametrize("letter", ["\u200b", "\u2060", "\u00ad", "\u202e", "\ufe0f", "\U000e0041"])
def test_an_id_a_number_and_an_address_are_read_as_they_look(tmp_path: Path, letter: str) -> None:
    school = tmp_path / "ecole.toml"
    school.write_text(
        f'format = 1\netablissement = "Collège{letter} Jean-Moulin"\n[[contact]]\nrole = "cpe"\n'
        f'telephone = "01 23{letter} 45 67 89"\nadresse = "https://www.ac-{letter}exemple.fr"\n'
        f'[[signe]]\nid = "som{letter}meil"\nlibelle = "Dort en classe"\n',
        encoding="utf-8",
    )
    inspection = signs.inspect(school=school)
    assert inspection.sign_list is not None
    read = inspection.sign_list.school
    assert read is not None
    assert read.name == "Collège Jean-Moulin"
    assert (read.contacts[0].phone, read.contacts[0].url) == (
        "01 23 45 67 89",
        "https://www.ac-exemple.fr",
    )
    assert (
        next(s for s in inspection.sign_list.signs if s.id == "sommeil").label == "Dort en classe"
    )
    remarks = [p for p in inspection.problems if p.code == "invisible-character"]
    assert [remark.line for remark in remarks] == [2, 5, 6, 8]
    assert all(f"U+{ord(letter):04X}" in remark.text for remark in remarks)
    assert 'telephone = "01 23 45 67 89"' in remarks[1].remedy


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_separator_in_a_text_is_a_line_of_it(separator: str) -> None:
    text = '[[signe]]\nid = "a"\nlibelle = "Un"\n'
    changed = set_value(text, Ref("signe", "a"), "libelle", f"Un.{separator}Deux.")
    assert values(changed, Ref("signe", "a"))["libelle"].strip() == "Un.\nDeux."


def test_what_is_part_of_another_script_disguises_no_word() -> None:
    assert verdicts("שלום : cet élève est vic\u200ftime.")
    assert verdicts("❤\ufe0f cet élève est victime.")


def test_what_a_form_pastes_unseen_is_not_written() -> None:
    text = '[[signe]]\nid = "a"\nlibelle = "Un"\n'
    changed = set_value(text, Ref("signe", "a"), "libelle", "E\u0301le\u0300ve vic\u00adtime\u200b")
    assert 'libelle = "Élève victime"' in changed
    assert verdicts("Cet e\u0301le\u0300ve est vic\u00adtime\u200b.")
