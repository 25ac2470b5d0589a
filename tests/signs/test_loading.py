"""A list is read whole or objected to whole: every problem at once, in French, with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import signs
from signs.loading import files_of, folder_of, shipped
from signs.problems import Severity, render


def test_the_shipped_list_is_sound_without_a_remark() -> None:
    assert signs.inspect().problems == ()
    assert shipped() == ["sextorsion"]


def test_a_list_is_read_from_its_name_or_from_any_path(list_folder: Path) -> None:
    assert signs.load("sextorsion").id == "sextorsion"
    assert signs.load(list_folder).id == "ma-liste"
    assert signs.load(str(list_folder)).signs == signs.load().signs


def test_windows_line_ends_and_a_byte_order_mark_aside_a_list_is_the_same(
    list_folder: Path,
) -> None:
    for file in files_of(list_folder):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert signs.load(list_folder).signs == signs.load().signs


# name: (file, what stood there, what stands there now, what the message says)
DAMAGES = {
    "an unknown key": (
        "signes.toml",
        'libelle = "S\'endort en classe, dit mal dormir"',
        'libele = "S\'endort en classe, dit mal dormir"',
        "La clé « libele » de signe « sommeil » n'existe pas. Vouliez-vous dire « libelle » ?",
    ),
    "a missing field": (
        "conseils.toml",
        'rang = 30\nsource = "radio-3114"\nsection = "Poser la question"\n\n',
        'source = "radio-3114"\nsection = "Poser la question"\n\n',
        "Il manque « rang » à conseil « demander-mourir ».",
    ),
    "a wrong type": (
        "conseils.toml",
        "rang = 33",
        'rang = "33"',
        "« rang » de conseil « signaler-disparition » vaut « 33 » ; il faut un nombre entier",
    ),
    "an empty text": (
        "signes.toml",
        'libelle = "S\'endort en classe, dit mal dormir"',
        'libelle = "  "',
        "« libelle » de signe « sommeil » est vide.",
    ),
    "an unknown id in quand": (
        "conseils.toml",
        'quand = ["danger-menace-physique"]',
        'quand = ["danger-menace-fisique"]',
        "nomme « danger-menace-fisique », qui n'existe pas (signe ou situation). "
        "Vouliez-vous dire « danger-menace-physique » ?",
    ),
    "an unknown id in remplace": (
        "conseils.toml",
        'remplace = ["ne-pas-rester-seul"]',
        'remplace = ["ne-pas-rester-seule"]',
        "Vouliez-vous dire « ne-pas-rester-seul » ?",
    ),
    "an unknown source": (
        "conseils.toml",
        'source = "canope"\nsection = "Aller vers l\'élève"',
        'source = "canopee"\nsection = "Aller vers l\'élève"',
        "Vouliez-vous dire « canope » ?",
    ),
    "an unknown section": (
        "conseils.toml",
        'id = "mettre-a-l-abri"\nrubrique = "securite"',
        'id = "mettre-a-l-abri"\nrubrique = "sécurité"',
        "de conseil « mettre-a-l-abri » vaut « sécurité » ; il faut une rubrique parmi",
    ),
    "an unknown urgency": (
        "situations.toml",
        'libelle = "Un rendez-vous est fixé ou exigé"\nurgence = "immediate"',
        'libelle = "Un rendez-vous est fixé ou exigé"\nurgence = "tout de suite"',
        "vaut « tout de suite » ; il faut « immediate » ou « aujourdhui »",
    ),
    "a duplicate id": (
        "services.toml",
        'id = "pharos"',
        'id = "sommeil"',
        "L'id « sommeil » sert déjà.",
    ),
    "a badly written id": (
        "situations.toml",
        'id = "rumeur"',
        'id = "Rumeur !"',
        "vaut « Rumeur ! » ; il faut un identifiant",
    ),
    "wrong hours": (
        "services.toml",
        'horaires = "Mo-Fr 10:00-17:00; PH unknown"',
        'horaires = "du lundi au vendredi"',
        "vaut « du lundi au vendredi » ; il faut des horaires en notation OpenStreetMap",
    ),
    "a wrong address": (
        "services.toml",
        'adresse = "https://3018.fr"',
        'adresse = "3018.fr"',
        "il faut une adresse qui commence par https://",
    ),
    "a wrong number": (
        "services.toml",
        'telephone = "3018"',
        'telephone = "trois-mille-dix-huit"',
        "il faut un numéro, chiffres et espaces",
    ),
    "nobody may call": (
        "services.toml",
        'pour = ["famille"]',
        'pour = ["tous"]',
        "une liste parmi « vous », « eleve », « famille »",
    ),
    "a date that is none": (
        "services.toml",
        'verifie_le = "2023"',
        'verifie_le = "hier"',
        "vaut « hier » ; il faut une date",
    ),
    "a check of tomorrow": (
        "services.toml",
        'verifie_le = "2023"',
        'verifie_le = "2199"',
        "est dans le futur",
    ),
    "a table of another file": (
        "services.toml",
        '[[service]]\nid = "pharos"',
        '[[servise]]\nid = "pharos"',
        "« servise » n'a pas sa place ici. Vouliez-vous dire « service » ?",
    ),
    "a missing quote": (
        "services.toml",
        'nom = "Pharos"',
        'nom = "Pharos',
        "Un guillemet manque à la fin d'un texte.",
    ),
    "a key twice": (
        "services.toml",
        'nom = "Pharos"',
        'nom = "Pharos"\nnom = "Pharos"',
        "La même clé est écrite deux fois.",
    ),
    "a quotation mark in a text": (
        "services.toml",
        'nom = "Pharos"',
        'nom = "Le "Pharos""',
        "Il y a quelque chose de trop après la valeur.",
    ),
    "a forgotten equals sign": (
        "services.toml",
        'nom = "Pharos"',
        'nom "Pharos"',
        "Le signe « = » manque après une clé.",
    ),
    "an accent in a key": (
        "services.toml",
        'nom = "Pharos"',
        'prénom = "Pharos"',
        "Une clé s'écrit sans accent.",
    ),
    "a format of the future": (
        "liste.toml",
        "format = 1",
        "format = 99",
        "Cette liste a le format 99",
    ),
    "a circle of replacements": (
        "conseils.toml",
        'quand = ["peur-des-parents"]\nremplace = ["expliquer-a-la-famille"]',
        'quand = ["peur-des-parents"]\nremplace = ["ne-pas-appeler-la-famille"]',
        "se remplacent l'un l'autre",
    ),
    "a replacement of another section": (
        "conseils.toml",
        'remplace = ["une-question-ouverte"]',
        'remplace = ["ne-pas-enqueter"]',
        "d'une autre rubrique",
    ),
    "a calm item called an emergency": (
        "conseils.toml",
        'quand = ["danger-menace-physique"]',
        'quand = ["danger-menace-physique", "sommeil"]',
        "réservée aux urgences immédiates ; ce n'est pas le cas de « sommeil »",
    ),
    "an emergency nothing answers": (
        "signes.toml",
        'id = "sommeil"\nfamille = "physique"',
        'id = "sommeil"\nurgence = "immediate"\nfamille = "physique"',
        "« sommeil » est une urgence immédiate, et aucun conseil",
    ),
    "no line that always answers": (
        "services.toml",
        'quand = "toujours"\nrang = 30',
        'quand = ["sommeil"]\nrang = 30',
        None,  # the 3114 still answers: the list stays sound
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_is_told_in_french_on_its_line(list_folder: Path, damage: str) -> None:
    name, before, after, message = DAMAGES[damage]
    file = list_folder / name
    text = file.read_text(encoding="utf-8")
    assert text.count(before) >= 1
    damaged = text.replace(before, after, 1)
    file.write_text(damaged, encoding="utf-8")
    found = signs.inspect(list_folder)
    if message is None:
        assert found.sign_list is not None
        return
    assert found.sign_list is None
    told = [p for p in found.problems if _plain(message) in _plain(p.text)]
    assert told, render(found.problems)
    first = text[: text.index(before)].count("\n") + 1
    around = range(first - 8, first + after.count("\n") + 8)
    assert any(p.file == str(file) and p.line in around for p in told), render(found.problems)
    _assert_french(found.problems)


def test_all_problems_are_told_at_once_sorted_by_file_and_line(list_folder: Path) -> None:
    for name, before, after in (
        ("signes.toml", 'id = "sommeil"', 'id = "sommeil"\nrigolo = 1'),
        ("signes.toml", 'famille = "psychosocial"', 'famille = "psycho"'),
        ("services.toml", 'telephone = "119"', "telephone = 119"),
        ("conseils.toml", "rang = 10", 'rang = "dix"'),
    ):
        file = list_folder / name
        file.write_text(file.read_text().replace(before, after, 1))
    problems = signs.inspect(list_folder).problems
    assert len(problems) == 4
    assert list(problems) == sorted(problems)
    with pytest.raises(signs.ListError) as caught:
        signs.load(list_folder)
    assert caught.value.problems == problems
    assert str(caught.value).count("\n") == 3


def test_one_mistake_in_an_entry_is_not_told_again_by_those_who_name_it(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(file.read_text().replace('id = "sommeil"', 'id = "sommeil"\nrigolo = 1', 1))
    assert len(signs.inspect(list_folder).problems) == 1


def test_an_unreadable_file_does_not_make_every_reference_unknown(list_folder: Path) -> None:
    (list_folder / "signes.toml").write_text("[[signe]\n")
    problems = signs.inspect(list_folder).problems
    assert [Path(p.file).name for p in problems] == ["signes.toml"]


@pytest.mark.parametrize("name", ["liste.toml", "sources.toml", "signes.toml", "services.toml"])
def test_a_missing_file_is_named(list_folder: Path, name: str) -> None:
    (list_folder / name).unlink()
    problems = signs.inspect(list_folder).problems
    assert any(Path(p.file).name == name and "manque" in p.message for p in problems)


def test_a_file_in_another_encoding_is_named_with_the_line(list_folder: Path) -> None:
    file = list_folder / "services.toml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252", errors="replace"))
    (problem,) = signs.inspect(list_folder).problems
    assert "UTF-8" in problem.message
    lines = file.read_bytes().decode("cp1252").splitlines()
    assert problem.line == 1 + [line.isascii() for line in lines].index(False)


def test_a_folder_that_is_none_is_a_french_sentence(tmp_path: Path) -> None:
    for where in ("sextortion", str(tmp_path / "rien"), __file__):
        (problem,) = signs.inspect(where).problems
        assert problem.line == 1
        assert "sextorsion" in problem.text or "liste.toml" in problem.text
    assert "Vouliez-vous dire" in signs.inspect("sextortion").problems[0].text
    assert folder_of("sextorsion").is_dir()


def test_an_orphan_is_a_remark_and_the_list_is_still_served(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(
        file.read_text()
        + '\n[[signe]]\nid = "orphelin"\nfamille = "physique"\nlibelle = "Un signe"\n'
        'autres_causes = "Tout."\nsource = "guide"\nsection = "x"\n'
    )
    inspection = signs.inspect(list_folder)
    assert inspection.sign_list is not None
    (remark,) = inspection.problems
    assert remark.severity is Severity.REMARK
    assert "orphelin" in remark.text


def test_the_way_out_cannot_be_edited_away(list_folder: Path) -> None:
    conseils, services = list_folder / "conseils.toml", list_folder / "services.toml"
    conseils.write_text(conseils.read_text().replace('quand = "toujours"', 'quand = ["sommeil"]'))
    services.write_text(services.read_text().replace('quand = "toujours"', 'quand = ["sommeil"]'))
    told = render(signs.inspect(list_folder).problems)
    assert "aider à parler" in told
    assert "dire à qui en parler" in told
    assert "ouvert jour et nuit" in told


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("’", "'")


ENGLISH = re.compile(r"\b(?:Input|should|Field|required|Expected|at line|string|valid|Extra)\b")


def _assert_french(problems: tuple[signs.Problem, ...]) -> None:
    for problem in problems:
        assert not ENGLISH.search(problem.text), problem.text
        assert problem.line >= 1
        assert problem.text.endswith((".", "?", "…"))
