"""An académie between the list and its schools: it says once whom all of them tell."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import LayerName
from signs.loading.loader import ACADEMY_FILE, DEFAULT, SHIPPED, Choice, files_of, take_snapshot
from signs.loading.many_schools import SchoolLoader
from signs.model.academy import Academy, AcademyContact
from signs.model.school import Contact, School
from tests.started import started_list

ACADEMY_TEXT = """\
format = 1
academie = "Versailles"
departements = ["78", "91"]
sortie = "https://www.ac-exemple.fr"
cacher = ["thesee"]

[[contact]]
role = "crip"
departement = "78"
telephone = "01 99 00 78 00"

[[contact]]
role = "crip"
departement = "91"
telephone = "01 99 00 91 00"

[[contact]]
role = "dsden"
courriel = "social@ac-exemple.fr"

[[contact]]
role = "circonscription"
circonscription = "Circonscription de Trappes"
telephone = "01 99 00 12 00"

[[signe]]
id = "sommeil"
libelle = "Dort en classe, disent les collègues"
"""
SCHOOLS = {
    "0783774D": """\
format = 1
etablissement = "Collège des Sources"
genre = "college"
departement = "78"

[[contact]]
role = "cpe"
lieu = "Bureau 12"

[[contact]]
role = "crip"
telephone = "0199007800"
""",
    "0780002D": """\
format = 1
etablissement = "École du Lac"
genre = "ecole"
departement = "78"
circonscription = "circonscription de TRAPPES"
sortie = "https://www.commune-exemple.fr"

[[signe]]
id = "sommeil"
libelle = "S'endort l'après-midi"
""",
    "0910001G": 'format = 1\ndepartement = "91"\n',
    "ailleurs": "format = 1\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of schools, with their académie's file."""
    folder = tmp_path / "ecoles"
    folder.mkdir()
    (folder / ACADEMY_FILE).write_text(ACADEMY_TEXT, encoding="utf-8")
    for name, text in SCHOOLS.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def _told(contacts: tuple[Contact, ...]) -> list[tuple[str, str | None]]:
    return [(contact.label, contact.phone or contact.mail or contact.place) for contact in contacts]


DSDEN = ("Service social de la DSDEN", "social@ac-exemple.fr")
OF_ALL = [
    DSDEN,
    ("CRIP du département (78)", "01 99 00 78 00"),
    ("CRIP du département (91)", "01 99 00 91 00"),
]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "0783774D",  # its own CRIP is that of the académie: once, and as it wrote it
            [("CPE", "Bureau 12"), DSDEN, ("CRIP du département", "0199007800")],
        ),
        (
            "0780002D",
            [
                ("Inspection de circonscription (IEN)", "01 99 00 12 00"),
                DSDEN,
                ("CRIP du département", "01 99 00 78 00"),
            ],
        ),
        ("0910001G", [DSDEN, ("CRIP du département", "01 99 00 91 00")]),
        ("ailleurs", OF_ALL),  # it does not say where it is: nothing is left out
        ("academie", OF_ALL),
    ],
)
def test_a_school_tells_its_own_people_and_the_services_of_where_it_is(
    folder: Path, name: str, told: list[tuple[str, str]]
) -> None:
    sign_list = signs.load(school=folder / f"{name}.toml")
    assert _told(signs.orient(sign_list, ["sommeil"]).contacts) == told
    # Where somebody of the school may be the author, who is outside of it stays.
    safe = signs.orient(sign_list, [sign_list.staff_suspected[0]]).contacts
    assert _told(safe) == [each for each in told if each[0] != "CPE"]


def test_its_words_lie_over_the_list_s_and_below_the_school_s(folder: Path) -> None:
    words = {
        name: signs.load(school=folder / f"{name}.toml").items["sommeil"].label
        for name in ("0783774D", "0780002D", "academie")
    }
    assert words["0783774D"] == words["academie"] == "Dort en classe, disent les collègues"
    assert words["0780002D"] == "S'endort l'après-midi"
    college, school = (signs.load(school=folder / f"{x}.toml") for x in ("0783774D", "0780002D"))
    assert college.exit == "https://www.ac-exemple.fr"
    assert school.exit == "https://www.commune-exemple.fr"
    assert not {"thesee"} & {service.id for service in (*college.services, *school.services)}


def test_a_problem_says_which_layer_to_change(folder: Path, list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(file.read_text("utf-8").replace('libelle = "', 'libele = "', 1), "utf-8")
    academy = folder / ACADEMY_FILE
    academy.write_text(ACADEMY_TEXT.replace('"01 99 00 12 00"', '"12"'), encoding="utf-8")
    school = folder / "0910001G.toml"
    school.write_text('format = 1\ndepartment = "91"\n', encoding="utf-8")
    problems = signs.inspect(list_folder, school).problems
    errors = {
        (Path(each.file).name, each.layer) for each in problems if each.severity.name == "ERROR"
    }
    assert errors == {
        ("signes.toml", LayerName.LIST),
        (ACADEMY_FILE, LayerName.ACADEMY),
        ("0910001G.toml", LayerName.SCHOOL),
    }


def test_many_schools_are_what_each_is_by_itself(folder: Path) -> None:
    loader = SchoolLoader(SHIPPED / DEFAULT, folder / ACADEMY_FILE)
    (folder / "casse.toml").write_text('genre = "colege"\n', encoding="utf-8")
    with pytest.raises(signs.ListError, match=r"casse\.toml:1"):
        loader.load(folder / "casse.toml")
    checked = {name: signs.inspect(school=folder / f"{name}.toml").sign_list for name in SCHOOLS}
    for name in [*SCHOOLS, *SCHOOLS]:  # the first leaves nothing behind for those after it
        file = folder / f"{name}.toml"
        assert loader.load(file) == signs.load(school=file) == checked[name]
    assert loader.sign_list == signs.load(school=folder / ACADEMY_FILE)
    (folder / ACADEMY_FILE).write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(signs.ListError, match="academie"):
        SchoolLoader(SHIPPED / DEFAULT, folder / ACADEMY_FILE)


@pytest.mark.parametrize("above", [False, True])
def test_it_is_watched_and_copied_with_the_school(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, above: bool
) -> None:
    school = folder / "0910001G.toml"
    if above:
        (folder / ACADEMY_FILE).rename(folder.parent / ACADEMY_FILE)
    monkeypatch.chdir(folder)
    for given in (school, Path(school.name), Path("..") / "ecoles" / school.name):
        watched = {file.resolve() for file in files_of(SHIPPED / DEFAULT, given)}
        assert {folder / ACADEMY_FILE, folder.parent / ACADEMY_FILE, school} <= watched
        copy = take_snapshot(Choice(SHIPPED / DEFAULT, given), tmp_path / "copie")
        assert signs.load(*copy.choice).school == signs.load(school=school).school
        assert _told(signs.load(school=given).school.contacts)[-1] == DSDEN  # type: ignore[union-attr] # it has one


def test_overseas_is_told_by_the_departement_of_the_school_or_of_its_academie(
    tmp_path: Path,
) -> None:
    """Hours are those of Paris: a page read elsewhere has to say so, whoever said where it is."""
    school = tmp_path / "ecole.toml"
    for text, overseas in (
        ('departement = "974"\n', True),
        ('departement = "976"\nterritoire = "mayotte"\n', True),
        ('departement = "974"\nterritoire = "metropole"\n', False),
        ('departement = "2A"\n', False),
    ):
        school.write_text(f"format = 1\n{text}", encoding="utf-8")
        read = signs.load(school=school).school
        assert read is not None
        assert read.overseas is overseas, text
    noumea = 'departement = "988"\n[[contact]]\nrole = "cpe"\ntelephone = "25 10 00"\n'
    school.write_text(f"format = 1\n{noumea}", encoding="utf-8")
    assert signs.load(school=school).school
    academy = Academy.model_validate({"academie": "La Réunion", "departements": ["974"]})
    assert academy.as_school().overseas


def test_a_constituency_is_one_of_its_departement_however_it_is_spelled() -> None:
    contact = AcademyContact.model_validate(
        {
            "role": "circonscription",
            "departement": "93",
            "circonscription": "Circonscription de Saint-Denis",
            "telephone": "01 99 00 12 00",
        }
    )
    for name, department, covered in (
        ("circonscription de saint denis", "93", True),
        ("Circonscription de Saint-Denis", "95", False),
        ("Circonscription de Saint-Denis", None, True),
        ("Circonscription de Bobigny", "93", False),
    ):
        values = {"circonscription": name} | ({"departement": department} if department else {})
        assert contact.covers(School.model_validate(values)) is covered, (name, department)


def test_a_copy_names_files_by_the_end_of_their_paths(folder: Path, tmp_path: Path) -> None:
    lists = started_list(tmp_path / "ma-liste")
    base = shutil.copytree(SHIPPED / DEFAULT, tmp_path / "de-l-academie")
    head = (lists / "liste.toml").read_text("utf-8").replace(f'"{DEFAULT}"', '"../de-l-academie"')
    (lists / "liste.toml").write_text(head, encoding="utf-8")
    (base / "conseils.toml").write_text("[[conseil]]\nid = deux\n", encoding="utf-8")
    (folder / ACADEMY_FILE).write_text("format = 1\nacademie = trois\n", encoding="utf-8")
    (folder / "0910001G.toml").write_text("format = 1\nuai = quatre\n", encoding="utf-8")
    copy = take_snapshot(Choice(lists, folder / "0910001G.toml"), tmp_path / "copie")
    with pytest.raises(signs.ListError) as refused:
        signs.load(*copy.choice)
    told = copy.in_short(str(refused.value)).replace("\\", "/")
    assert re.findall(r"^(.+):\d+ : erreur", told, re.MULTILINE) == [
        "ecoles/0910001G.toml",
        "ecoles/academie.toml",
        "de-l-academie/conseils.toml",
        "ma-liste/liste.toml",
    ]
    assert str(tmp_path) not in told
