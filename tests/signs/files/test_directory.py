"""Schools as the official directory has them: `annuaire.csv`, made up, has the columns of its file.

Each line of it is a trap, or what a school looks like without one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import Severity
from signs.files.directory import DirectoryError, DirectorySchool, read_directory
from signs.scaffold import start_school, start_schools
from tests.conftest import Run

FILE = Path(__file__).parent / "annuaire.csv"
TEXT = FILE.read_text(encoding="utf-8")
LINES = TEXT.splitlines()


def _changed(change: Callable[[list[str]], list[str]], separator: str = ";") -> str:
    """Return the directory with its first line and its columns written otherwise."""
    rows = list(csv.reader(LINES, delimiter=";"))
    rows[0] = change(rows[0])
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def _read(folder: Path, text: str, encoding: str = "utf-8") -> dict[str, DirectorySchool]:
    file = folder / "telecharge.csv"
    file.write_bytes(text.encode(encoding, errors="replace"))
    schools = read_directory(file).of_academy("Versailles")
    return {school.uai: school for school in schools}


def test_each_school_is_what_the_directory_says_of_it() -> None:
    directory = read_directory(FILE)
    schools = {school.uai: school for school in directory.of_academy("versailles")}
    kinds = {uai: (school.kind, school.status, school.boarding) for uai, school in schools.items()}
    assert kinds == {
        "0780001C": ("ecole", "public", None),
        "0780002D": ("maternelle", "public", False),
        "0780003E": ("lycee-professionnel", "public", True),
        "0780004F": ("lycee", "public", True),
        "0780005G": ("cite-scolaire", "prive", False),
        "0780006H": ("elementaire", None, False),
        "0780009L": ("erea", "public", True),
        "0780010M": ("medico-social", None, False),
        "0780011N": ("college", "public", False),
        "0780012P": ("college", "public", False),
        "0783774D": ("college", "public", False),
        "0910001G": ("college", "public", False),
    }
    assert schools["0780002D"].town == "Trappes"
    assert schools["0780001C"].name == "École primaire Les Tilleuls"
    assert schools["0780012P"].department == "78"
    assert schools["0780001C"].constituency.endswith("de Versailles Nord")
    told = {notice.line: notice.text for notice in directory.notices}
    # A sentence for each line that cannot be taken as it is, and none for the others.
    assert {line: LINES[line - 1][:8] for line in told} == {
        9: "0780005G",
        10: "0780006H",
        11: "0780007J",
        12: "0780008K",
        14: "0780010M",
        15: "0780011N",
    }
    for line, words in {9: "noms", 10: "hors contrat", 11: "fermé", 12: "service"}.items():
        assert words in told[line]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("78", 11),
        ("078", 11),
        ("Yvelines", 11),
        ("2a", 1),
        ("corse-du-sud", 1),
        ("974", 1),
        ("91", 1),
    ],
)
def test_a_departement_is_found_by_its_code_or_its_name(wanted: str, expected: int) -> None:
    assert len(read_directory(FILE).of_department(wanted)) == expected


def test_overseas_and_corsica_are_where_they_are() -> None:
    directory = read_directory(FILE)
    volcano, cape = directory.school("9740001H"), directory.school("6200001G")
    assert (volcano.department, volcano.territory) == ("974", "la-reunion")
    assert (cape.department, cape.territory) == ("2A", None)
    assert len(directory.of_academy("27")) == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "utf-8-sig"),
        (TEXT, "iso-8859-1"),
        (TEXT.replace("\n", "\r\n"), "utf-16"),
        (_changed(lambda names: [name.capitalize() for name in names], ","), "utf-8"),
        (_changed(lambda names: [name.replace("_", " ").upper() for name in names]), "cp1252"),
        (
            _changed(
                lambda names: [n.replace("etablissement", "établissement") for n in names], "\t"
            ),
            "utf-8",
        ),
        # With what spreadsheets and people put above the titles.
        ("\n;;;\n" + TEXT, "utf-8-sig"),
        ("sep=;\r\n" + TEXT.replace("\n", "\r\n"), "cp1252"),
        ("Annuaire, rentrée 2026\n\n" + _changed(lambda names: names, ","), "utf-8"),
        # With the line ends of an old Macintosh, and with its letters.
        (TEXT.replace("\n", "\r"), "utf-8"),
        (TEXT.replace("\n", "\r"), "mac_roman"),
        # As a spreadsheet writes it again: without its zeros.
        (TEXT.replace("\n0", "\n").replace(";078;", ";78;").replace(";091;", ";91;"), "utf-8"),
    ],
)
def test_the_same_schools_are_read_however_the_file_was_written(
    tmp_path: Path, text: str, encoding: str
) -> None:
    def facts(schools: dict[str, DirectorySchool]) -> list[tuple[object, ...]]:
        return [(s.uai, s.name, s.kind, s.department, s.boarding) for s in schools.values()]

    assert facts(_read(tmp_path, text, encoding)) == facts(_read(tmp_path, TEXT))


def test_the_lines_that_a_column_leaves_out_are_told(tmp_path: Path) -> None:
    file = tmp_path / "vieux.csv"
    file.write_text(_changed(lambda n: [x.replace("hebergement", "dortoir") for x in n]), "utf-8")
    with file.open("a", encoding="utf-8") as more:
        more.write("0783775E;Coupée;Collège\n1234567A;Autre" + ";" * 70 + "\n")
    directory = read_directory(file)
    assert directory.school("0783774D").boarding is None
    told = {notice.line: notice.text for notice in directory.notices}
    assert "hebergement" in told[1]
    assert "3 colonnes au lieu de 72" in told[len(LINES) + 1]
    assert "n’est pas un UAI" in told[len(LINES) + 2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\n", "est vide"),
        (b"PK\x03\x04classeur", "n’est pas un fichier CSV"),
        (b'[{"identifiant_de_l_etablissement": "0783774D"}]', "n’est pas un fichier CSV"),
        ("département;ville\n78;Trappes\n".encode(), "ne nomme aucune colonne"),
        (LINES[0].replace("type_", "sorte_").encode(), "type_etablissement"),
        (LINES[0].encode(), "ne contient aucun établissement"),
        (b"uai;" + b"x" * 200_000, "ce n’est pas du CSV"),
        (TEXT.encode().decode("latin-1").encode(), "accents"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "fichier.csv"
    file.write_bytes(content)
    with pytest.raises(DirectoryError, match=words):
        read_directory(file)


@pytest.mark.parametrize(
    ("uai", "words"),
    [("0783774E", "bonne lettre"), ("0010001W", "n’est pas dans"), ("0780007J", "^Ligne 11")],
)
def test_a_school_that_has_no_page_says_why_and_of_no_other_line(uai: str, words: str) -> None:
    directory = read_directory(FILE)
    directory.of_academy("Versailles")
    with pytest.raises(DirectoryError, match=words) as refused:
        directory.school(uai)
    assert "\n" not in str(refused.value)


def test_a_file_is_written_for_each_and_no_blank_reaches_a_page(tmp_path: Path) -> None:
    schools = read_directory(FILE).of_academy("Versailles")
    started = start_schools(schools, tmp_path / "ecoles", FILE)
    assert [path.stem for path in started.written] == [school.uai for school in schools]
    for path, school in zip(started.written, schools, strict=True):
        inspection = signs.inspect(school=path)
        own = [problem for problem in inspection.problems if problem.file == str(path)]
        assert not [each for each in own if each.severity is Severity.ERROR]
        assert {each.code for each in own} <= {"boarding-without-on-call"}
        assert inspection.sign_list is not None
        read = inspection.sign_list.school
        assert read is not None
        assert (read.uai, read.name, read.kind) == (school.uai, school.name, school.kind)
        assert (read.department, read.town, read.academy) == (
            *(school.department, school.town),
            school.academy,
        )
        assert not read.contacts
        text = path.read_text(encoding="utf-8")
        for private in ("0100000000", "ce.exemple", "12 rue", "2026-11-20"):
            assert private not in text
    example = start_school(tmp_path / "ecole.toml")
    school_alone = signs.load(school=example).school
    assert school_alone is not None
    assert school_alone.name is None
    assert all("crivez" not in str(contact) for contact in school_alone.contacts)


def test_a_new_directory_changes_no_file_and_says_what_it_says_otherwise(
    command: Run, tmp_path: Path
) -> None:
    (tmp_path / "annuaire.csv").write_text(TEXT, encoding="utf-8")
    order = ("nouvelle-ecole", "--annuaire", "annuaire.csv", "--departement", "78")
    first = command(*order)
    assert first.returncode == 0
    assert "11 fichiers sont écrits dans ecoles" in first.stdout
    assert "annuaire.csv:11" in first.stderr
    file = tmp_path / "ecoles" / "0783774D.toml"
    ours = file.read_text(encoding="utf-8").replace('"college"', '"lycee"')
    ours = ours.replace("Collège des Sources", "COLLEGE DES SOURCES")  # no news
    file.write_text(ours, encoding="utf-8")
    (tmp_path / "ecoles" / "0780007J.toml").write_text("format = 1\n", encoding="utf-8")
    (tmp_path / "ecoles" / "0010001W.toml").write_text("format = 1\n", encoding="utf-8")
    (tmp_path / "ecoles" / "0780012P.toml").unlink()
    again = command(*order)
    assert "10 fichiers étaient déjà là" in again.stdout
    assert "0780012P.toml" in again.stdout
    assert "0783774D.toml n’est pas changé" in again.stderr
    assert 'genre = "college"' in again.stderr
    assert "etablissement =" not in again.stderr
    assert "l’annuaire dit cet établissement fermé (ligne 11)" in again.stderr
    assert "cet établissement n’est pas dans l’annuaire" in again.stderr
    assert file.read_text(encoding="utf-8") == ours
    assert "ne nomme pas" not in again.stderr
    assert "département 91" in command(*order[:-1], "91").stderr  # with no CRIP of its own yet
    alone = command("nouvelle-ecole", "--annuaire", "annuaire.csv", "--uai", "0783774D")
    assert (tmp_path / "0783774D.toml").is_file()
    assert "reperes verifier --ecole 0783774D.toml" in alone.stdout
    assert command(*order[:3]).returncode == 1
