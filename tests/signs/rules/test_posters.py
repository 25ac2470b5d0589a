"""What a poster promises a pupil holds, or the list is not served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import render


def _report(list_folder: Path, file: str, old: str, new: str) -> str:
    path = list_folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    inspection = signs.inspect(list_folder)
    assert inspection.sign_list is None
    return re.sub(r"[\u00a0\u202f]", " ", render(inspection.problems))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'service = "thesee"',
            'service = "cmp"',
            "est un code à scanner, mais le service « cmp » n’a",
        ),
        ('service = "police-secours"', 'service = "pharos"', "donne un numéro à appeler"),
        ('service = "thesee"', 'service = "ma-securite"', "qui n’est pas pour eux"),
        (
            'numero = "enfance-en-danger-119"',
            'numero = "pharos"',
            "« affiche-ecole » donne un numéro à appeler, mais le service « pharos » n’en a pas",
        ),
        ('service = "thesee"', 'service = "these"', "Vouliez-vous dire « thesee » ?"),
        ('age = "lycee"', 'age = "lycée"', "Vouliez-vous dire « lycee » ?"),
        ('titre = "On menace', 'title = "On menace', "Vouliez-vous dire « titre » ?"),
    ],
)
def test_a_help_that_helps_nobody_is_told_with_its_line(
    list_folder: Path, old: str, new: str, message: str
) -> None:
    report = _report(list_folder, "affiche.toml", old, new)
    assert message in report
    assert re.search(r"affiche\.toml:\d+ : erreur", report)


def test_a_poster_names_somebody_who_answers_at_night(list_folder: Path) -> None:
    path = list_folder / "affiche.toml"
    text = path.read_text(encoding="utf-8")
    for id_ in ("numero-119", "numero-3114", "numero-15", "numero-17", "numero-112"):
        start = text.index(f'id = "{id_}"\n')
        text = text[:start] + text[start:].replace(
            'affiches = ["affiche-college", "affiche-lycee"]', 'affiches = ["affiche-lycee"]', 1
        )
    path.write_text(text, encoding="utf-8")
    report = re.sub(r"[\u00a0\u202f]", " ", render(signs.inspect(list_folder).problems))
    assert "« affiche-college » ne donne aucun numéro qui réponde jour et nuit" in report
    assert "« affiche-lycee » ne donne" not in report


def test_a_sheet_is_of_a_kind_that_can_be_drawn(list_folder: Path) -> None:
    report = _report(list_folder, "fiches.toml", 'modele = "note"', 'modele = "roman"')
    assert "un mot parmi « observation »" in report


def test_a_sheet_repeats_advice_that_there_is(list_folder: Path) -> None:
    report = _report(list_folder, "fiches.toml", '"tenir-parole"', '"tenir-paroles"')
    assert "Vouliez-vous dire « tenir-parole » ?" in report


def test_posters_and_sheets_may_be_missing(list_folder: Path) -> None:
    for name in ("affiche.toml", "fiches.toml"):
        (list_folder / name).unlink()
    sign_list = signs.load(list_folder)
    assert (sign_list.posters, sign_list.handouts) == ((), ())
