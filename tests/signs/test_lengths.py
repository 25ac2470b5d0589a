"""What is beyond any sane length is refused by its length, before anything looks into it."""

from __future__ import annotations

from pathlib import Path

import pytest

import signs
from signs.files.document import LARGEST_FILE, LONGEST_TEXT
from signs.rules import text as texts
from signs.rules import vocabulary
from signs.text import typography

BOOK = 3_000_000


@pytest.fixture(autouse=True)
def _nobody_looks_into_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a costly function is given a text beyond the limit."""
    for module, name in (
        (typography, "typography"),
        (vocabulary, "harmful"),
        (texts, "longest_sentence"),
    ):
        true = getattr(module, name)

        def looked(text: str, *arguments: object, true: object = true, **options: object) -> object:
            assert len(text) < BOOK
            return true(text, *arguments, **options)  # type: ignore[operator] # it is a function

        monkeypatch.setattr(module, name, looked)


def _refused(folder: Path, school: Path | None = None) -> signs.Problem:
    inspection = signs.inspect(folder, school)
    assert inspection.sign_list is None
    (error,) = (each for each in inspection.problems if each.severity == "erreur")
    assert len(error.text) < 300
    return error


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("S'endort en classe", "a" * BOOK),
        ("S'endort en classe", "S'endort. " * (BOOK // 10)),
        ("S'endort en classe", "a" * (BOOK - 1) + '" ç"'),  # and no TOML
        ("libelle", "l" * BOOK),
        ("# ", "# " + "<" * BOOK),
    ],
)
def test_a_book_on_one_line_is_refused_at_its_line(
    list_folder: Path, before: str, after: str
) -> None:
    file = list_folder / "signes.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    error = _refused(list_folder)
    assert error.file == str(file)
    assert error.line == text[: text.index(before)].count("\n") + 1
    assert "le plus long possible en a 20\u00a0000." in error.text
    assert "Raccourcissez ce texte, ou faites-en plusieurs entrées." in error.text


def test_a_book_of_many_lines_is_refused_too(list_folder: Path) -> None:
    file = list_folder / "conseils.toml"
    book = "Une phrase courte.\n" * (BOOK // 19)
    with file.open("a", encoding="utf-8") as conseils:
        conseils.write(f'\n[[conseil]]\nid = "livre"\ntexte = """\n{book}"""\n')
    line = file.read_text(encoding="utf-8").split('id = "livre"')[0].count("\n") + 2
    assert _refused(list_folder).line == line


def test_a_school_s_book_is_refused_too(list_folder: Path, tmp_path: Path) -> None:
    school = tmp_path / "ecole.toml"
    school.write_text(f'format = 1\netablissement = "{"a" * BOOK}"\n', encoding="utf-8")
    error = _refused(list_folder, school)
    assert (error.file, error.line) == (str(school), 2)


def test_a_file_beyond_all_measure_is_refused_unread(list_folder: Path) -> None:
    for name in ("liste.toml", "services.toml"):
        file = list_folder / name
        before = file.read_bytes()
        file.write_bytes(before + b"# encore\n" * (LARGEST_FILE // 9))
        assert "le plus gros possible en a 5\u00a0000\u00a0000." in _refused(list_folder).text
        file.write_bytes(before)


def test_a_text_of_the_longest_length_is_read(list_folder: Path) -> None:
    school = list_folder / "ecole.toml"
    for length, valid in ((LONGEST_TEXT, True), (LONGEST_TEXT + 1, False)):
        school.write_text(f'format = 1\netablissement = "{"a" * length}"\n', encoding="utf-8")
        assert (signs.inspect(list_folder, school).sign_list is not None) == valid
