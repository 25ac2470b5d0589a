"""What is proposed for a line that is no TOML: once written, the verifier takes it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import ListError, Problem
from signs.loading.many_schools import SchoolLoader
from signs.model.academy import Academy, AcademyContact
from signs.model.entries import ListInfo, Retired
from signs.model.fields import Entry
from signs.model.keys import keys_of
from signs.model.publisher import Publisher
from signs.model.school import Contact, School
from signs.model.sign_list import KINDS
from tests.started import started_list

SECTIONS: dict[tuple[str, str], type[Entry] | None] = {
    ("liste.toml", ""): ListInfo,
    ("liste.toml", "[[retire]]"): Retired,
    ("signes.toml", ""): None,
    ("signes.toml", "[[conseil]]"): None,
    **{(its.file, f"[[{kind}]]"): its.entry for kind, its in KINDS.items()},
    ("ecole.toml", ""): School,
    ("ecole.toml", "[[contact]]"): Contact,
    ("ecole.toml", "[editeur]"): Publisher,
    ("ecole.toml", "[[service]]"): KINDS["service"].entry,
    ("ecole.toml", "[[valeur]]"): KINDS["valeur"].entry,
    ("ecole.toml", "[[rien]]"): None,
    ("academie.toml", ""): Academy,
    ("academie.toml", "[[contact]]"): AcademyContact,
    ("academie.toml", "[editeur]"): Publisher,
}
"""The model of the lines of each file, under each heading; `None` where there may be none."""
HEADINGS = {"contact", "editeur", "retire"}
"""Keys of models that are no lines."""
KEYS = [
    (file, heading, key)
    for (file, heading), model in SECTIONS.items()
    if model is not None
    for key in keys_of(model)
    if heading or key not in HEADINGS
]
STRANGE = ("nom", "libelle", "rang", "internat", "quand", "departement", "verifie_le", "voiture")
"""Keys of some files, not of the others; and of none."""
WAYS = (
    "{key} = dix",
    "{key} = sommeil",
    "{key} = mars 2026",
    "{key} = 3/4/2026",
    "{key} = oui",
    "{key}: peut-être",
    "{key} : 10",
    "{key} = “10”",
    "{key} = « sommeil »",
    "{key} = @",
    "{key} lundi",
    "{key} = www.exemple.fr",
    "{key} = 06 12 34 56 78",
    "{key} = [un, deux]",
    "{key} = {{vous}}",
)
"""How people write a value without its quotation marks, whatever the key wants."""
SAID = ("crivez : ", "crivez alors : ", "crivez par exemple : ", "premier en-tête : ")


class Verifier:
    """Says what is wrong with a line of a file.

    Nothing else is in the files of a list: they are read, and lack what they lack.
    """

    def __init__(self, folder: Path) -> None:
        self._list = folder / "seule"
        whole = started_list(folder / "liste", standalone=True)
        self._list.mkdir()
        shutil.copy(whole / "liste.toml", self._list)
        self._loader = SchoolLoader(whole)
        self._found: dict[tuple[str, str, str], Problem | None] = {}

    def problem(self, file: str, heading: str, line: str) -> Problem | None:
        """Return the first problem of a line alone in a file, under a heading."""
        if (file, heading, line) not in self._found:
            self._found[file, heading, line] = self._problem(file, heading, line)
        return self._found[file, heading, line]

    def _problem(self, file: str, heading: str, line: str) -> Problem | None:
        path = (self._list if file in FILES else self._list.parent) / file
        before = path.read_text("utf-8") if path.is_file() else None
        path.write_text(f"{heading}\n{line}\n", encoding="utf-8")
        try:
            self._read(path)
        except ListError as error:
            problems = (p for p in error.problems if Path(p.file) == path and p.line == LINE)
            return next(problems, None)
        finally:
            path.unlink()
            if before is not None:
                path.write_text(before, encoding="utf-8")
        return None

    def _read(self, path: Path) -> None:
        if path.name in FILES:
            signs.load(self._list)
        elif path.name == "academie.toml":
            SchoolLoader(self._list, path)
        else:
            self._loader.load(path)


LINE = 2
FILES = {"liste.toml", *(kind.file for kind in KINDS.values())}


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    """Return the verifier of the files of a small list, of a school and of an académie."""
    return Verifier(tmp_path_factory.mktemp("proposed"))


def _proposed(remedy: str) -> str:
    """Return the line that a remedy proposes; empty where it proposes none."""
    after = next((remedy.partition(said)[2] for said in SAID if said in remedy), "")
    several = r",? ou " if "[" in after else r",? ou |(?<=\"), (?=\")"
    return re.split(several, after.removesuffix("."))[0]


def _refused(verifier: Verifier, first: Problem, file: str, heading: str) -> str:
    """Return why the line that a problem proposes is refused; empty where it is not."""
    if "en haut du fichier" in first.remedy:
        heading = ""
    next_one = verifier.problem(file, heading, _proposed(first.remedy))
    return "" if next_one is None or next_one.code in LEFT else next_one.message


LEFT = {"unknown-reference", "stale-reference", "duplicate-id", "placeholder", "missing-base"}
"""Codes of what no line by itself can tell."""


@pytest.mark.parametrize(("file", "heading", "key"), KEYS)
def test_what_is_proposed_for_a_value_without_quotes_is_not_refused_next(
    verifier: Verifier, file: str, heading: str, key: str
) -> None:
    for way in WAYS:
        line = way.format(key=key)
        first = verifier.problem(file, heading, line)
        assert first, line
        assert _proposed(first.remedy).startswith(f"{key} = "), (line, first.message, first.remedy)
        assert not _refused(verifier, first, file, heading), (line, first.remedy)


@pytest.mark.parametrize(("file", "heading"), SECTIONS)
def test_a_line_of_another_file_is_not_proposed(
    verifier: Verifier, file: str, heading: str
) -> None:
    model = SECTIONS[file, heading]
    known = set() if model is None else {*keys_of(model)}
    for key in STRANGE:
        if key in known:
            continue
        for way in ("{key} = dix", "{key} = [un, deux]", "{key}: 3/4/2026", "{key} = oui"):
            line = way.format(key=key)
            first = verifier.problem(file, heading, line)
            assert first, line
            proposed = _proposed(first.remedy)
            if proposed:
                assert not _refused(verifier, first, file, heading), (line, first.remedy)
            elif known:
                assert re.search(rf"« {key} » n'est pas prévue .* {min(known)}\b", first.remedy)
            else:
                assert re.search(r"n-tête.*\[", first.remedy), (line, first.remedy)
