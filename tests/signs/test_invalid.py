"""Every mistake a person can make, as files: what is told stands beside them, word for word.

`invalid/layered/NAME/` is a list that starts from a small sound one, `invalid/standalone/NAME/` is
laid over a copy of it, `invalid/school/NAME/` holds a school's file for it. Each has the whole of
what is told in `attendu.txt`. Add a folder and it is tried; `REPERES_ATTENDU=ecrire` writes what
is told there, to be read by you before it is kept.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import Severity, render
from signs.scaffold import WHOLE, start_list
from tests.conftest import ROOT, stopped_on

MISTAKES = Path(__file__).parent / "invalid"
CASES = sorted(folder for folder in MISTAKES.glob("*/*") if folder.is_dir())
EXPECTED = "attendu.txt"
READ_ON = date(2026, 11, 25)
"""The day that everything here is told on: some mistakes are about it."""
HEAD = """\
format = 1
base = "../standalone"
titre = "Une liste qui part d'une autre"
version = "1"
responsable = "Le test"
relu_le = {today}
a_revoir_avant = {later}
"""


def _told(case: Path, folder: Path) -> tuple[signs.Inspection, str]:
    """Lay a case out in a folder, and return what is told, with paths from there."""
    today = READ_ON
    where = folder / "standalone"
    start_list(where, whole=True, today=today)
    school = None
    if case.parent.name == "school":
        school = Path(shutil.copy(case / "ecole.toml", folder))
    else:
        if case.parent.name == "layered":
            where = folder / "layered"
            where.mkdir()
            later = today.replace(year=today.year + 1, day=1)
            head = HEAD.format(today=today, later=later)
            (where / "liste.toml").write_text(head, encoding="utf-8")
        for file in case.iterdir():
            if file.suffix == ".absent":
                (where / file.stem).unlink()
            elif file.is_dir():
                (where / file.name).unlink(missing_ok=True)
                shutil.copytree(file, where / file.name)
            elif file.name != EXPECTED:
                shutil.copy(file, where)
    with stopped_on(READ_ON):
        inspection = signs.inspect(where, school)
    told = render(inspection.problems).replace(f"{folder}{os.sep}", "") + "\n"
    paths = re.compile(r"^.+?(?=:\d+ : )", re.MULTILINE)
    return inspection, paths.sub(lambda path: path[0].replace(os.sep, "/"), told)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_mistake_is_told_as_it_is_written_beside_it(case: Path, tmp_path: Path) -> None:
    inspection, told = _told(case, tmp_path)
    expected = case / EXPECTED
    if os.environ.get("REPERES_ATTENDU") == "ecrire":
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert inspection.problems, "a mistake that nobody is told of"
    errors = [p for p in inspection.problems if p.severity is Severity.ERROR]
    assert (inspection.sign_list is None) is bool(errors)


def test_there_is_a_case_for_every_group() -> None:
    assert {case.parent.name for case in CASES} == {"layered", "standalone", "school"}
    assert len(CASES) > 100


def test_what_the_cases_start_from_is_sound(tmp_path: Path) -> None:
    start_list(tmp_path / "l", whole=True)
    assert signs.inspect(tmp_path / "l").sign_list is not None
    assert sorted(WHOLE.glob("*.toml"))


ENGLISH = re.compile(
    r"\b(?:Input|should|Field|required|Expected|at line|string|valid|Extra|None|Traceback)\b"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_is_told_is_a_french_sentence_with_a_line_in_a_file_of_the_case(case: Path) -> None:
    for line in (case / EXPECTED).read_text(encoding="utf-8").splitlines():
        found = re.fullmatch(r"(.+?):(\d+) : (erreur|remarque) : (.+)", line)
        assert found, line
        assert int(found[2]) >= 1
        assert not ENGLISH.search(found[4]), line
        assert found[4].endswith((".", "?", "…")), line


def _messages() -> list[tuple[str, re.Pattern[str]]]:
    """Return every French sentence that the modules of the verifier can say, as a pattern."""
    rules = (ROOT / "signs" / "rules").glob("*.py")
    sources = [file for file in rules if file.stem != "vocabulary"]  # its words are a list's
    sources += [
        ROOT / "signs" / f"{name}.py"
        for name in (
            *("loading/assembler", "loading/collector", "loading/overlay"),
            *("loading/stale_references", "loading/protected", "files/document"),
            *("diagnostics/validation_messages", "diagnostics/syntax_messages"),
        )
    ]
    found: list[tuple[str, re.Pattern[str]]] = []
    for source in sources:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inner = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
        for node in ast.walk(tree):
            if id(node) in documented | inner:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                parts = [node.value]
            elif isinstance(node, ast.JoinedStr):
                parts = [v.value if isinstance(v, ast.Constant) else None for v in node.values]
            else:
                continue
            text = "".join(part or "" for part in parts)
            pattern_or_key = re.search(r"\\[wsb]|\(\?|[a-z']\|[A-Z']", text)
            if len(re.findall(r"[a-zà-ÿ]{2,}", text)) >= 4 and not pattern_or_key:
                spelled = "".join(".*" if p is None else re.escape(_plain(p)) for p in parts)
                spelled = re.sub(r"\\\{\w*\\\}", ".*", spelled)
                found.append((f"{source.name}: {text}", re.compile(spelled.rstrip("\\."))))
    return found


def _plain(text: str) -> str:
    text = re.sub(r"[\u00a0\u202f ]", " ", text).replace("’", "'").replace("…", "...")
    return text.replace("« ", "«").replace(" »", "»")


@cache
def _all_told() -> list[str]:
    return [_plain((case / EXPECTED).read_text(encoding="utf-8")) for case in CASES]


# Said where no case can show it, or the parser's own words.
ELSEWHERE = (
    "Expected newline",
    "Cette ligne n'est pas comprise",
    "Ce fichier ne peut pas être lu",
    "Vérifiez que vous avez le droit de le lire",
    # Nobody keeps a book among the cases: see `test_lengths`.
    "le plus long possible en a",
    "le plus gros possible en a",
    "Raccourcissez ce texte, ou faites-en plusieurs entrées",
)


@pytest.mark.parametrize(("said", "pattern"), _messages(), ids=lambda value: str(value)[:60])
def test_every_sentence_of_the_verifier_is_in_a_case(said: str, pattern: re.Pattern[str]) -> None:
    if any(sentence in said for sentence in ELSEWHERE):
        return
    assert any(pattern.search(told) for told in _all_told()), said
