"""Every mistake a person can make, as files, with the expected report beside them.

`invalid/layered/CODE/` is a list that starts from a small valid one, `invalid/standalone/CODE/`
is copied over it, `invalid/school/CODE/` holds a school's file for it, `invalid/academy/CODE/` an
académie's, and maybe that of one of its schools; where a code has several, `--` and a word set
them apart. Each has its complete report in `attendu.txt`. Add a folder and it is tested;
`REPERES_ATTENDU=ecrire` writes the actual report there, to be reviewed before it is committed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

import signs
from signs.diagnostics.catalog import catalog, phrases
from signs.diagnostics.problem import Severity, render
from signs.scaffold import STANDALONE
from tests.conftest import stopped_on
from tests.started import started_list

MISTAKES = Path(__file__).parent / "invalid"
CASES = sorted(folder for folder in MISTAKES.glob("*/*") if folder.is_dir())
EXPECTED = "attendu.txt"
READ_ON = date(2026, 11, 25)
"""The day of every report here: some mistakes depend on it."""
HEAD = """\
format = 1
base = "../standalone"
titre = "Une liste qui part d'une autre"
version = "1"
responsable = "Le test"
relu_le = {today}
a_revoir_avant = {later}
"""


def _report(case: Path, folder: Path) -> tuple[signs.Inspection, str]:
    """Set a case up in a folder; return its inspection and its report, with paths from there."""
    today = READ_ON
    list_folder = folder / "standalone"
    started_list(list_folder, standalone=True, today=today)
    school = None
    if case.parent.name in ("academy", "school"):
        own = [Path(shutil.copy(file, folder)) for file in sorted(case.glob("*.toml"))]
        school = own[-1]  # ecole.toml, where there is one
    else:
        if case.parent.name == "layered":
            list_folder = folder / "layered"
            list_folder.mkdir()
            later = today.replace(year=today.year + 1, day=1)
            head = HEAD.format(today=today, later=later)
            (list_folder / "liste.toml").write_text(head, encoding="utf-8")
        for file in case.iterdir():
            if file.suffix == ".absent":
                (list_folder / file.stem).unlink()
            elif file.is_dir():
                (list_folder / file.name).unlink(missing_ok=True)
                shutil.copytree(file, list_folder / file.name)
            elif file.name != EXPECTED:
                shutil.copy(file, list_folder)
    with stopped_on(READ_ON):
        inspection = signs.inspect(list_folder, school)
    report = render(inspection.problems).replace(f"{folder}{os.sep}", "") + "\n"
    paths = re.compile(r"^.+?(?=:\d+ : )", re.MULTILINE)
    return inspection, paths.sub(lambda path: path[0].replace(os.sep, "/"), report)


ENGLISH = re.compile(
    r"\b(?:Input|should|Field|required|Expected|at line|string|valid|Extra|None|Traceback)\b"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_mistake_is_reported_as_expected(case: Path, tmp_path: Path) -> None:
    inspection, report = _report(case, tmp_path)
    expected = case / EXPECTED
    if os.environ.get("REPERES_ATTENDU") == "ecrire":
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")
    assert inspection.problems, "a mistake that is not reported"
    assert _code(case) in {problem.code for problem in inspection.problems}
    errors = [p for p in inspection.problems if p.severity is Severity.ERROR]
    assert (inspection.sign_list is None) is bool(errors)
    for line in report.splitlines():
        found = re.fullmatch(r"(.+?):(\d+) : (erreur|remarque) : (.+)", line)
        assert found, line
        assert int(found[2]) >= 1
        assert not ENGLISH.search(found[4]), line
        assert found[4].endswith((".", "?", "…")), line


def _code(case: Path) -> str:
    """Return the code that a case is named by."""
    return case.name.partition("--")[0]


def test_every_code_has_a_case() -> None:
    assert {_code(case) for case in CASES} == catalog().keys() - ELSEWHERE


def test_a_code_is_a_noun_phrase_in_kebab_case() -> None:
    assert [code for code in catalog() if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", code)] == []


def test_there_is_a_case_for_every_group() -> None:
    assert {case.parent.name for case in CASES} == {"layered", "standalone", "academy", "school"}
    assert len(CASES) > 100


def test_what_the_cases_start_from_is_valid(tmp_path: Path) -> None:
    started_list(tmp_path / "l", standalone=True)
    assert signs.inspect(tmp_path / "l").sign_list is not None
    assert sorted(STANDALONE.glob("*.toml"))


def _templates() -> Iterator[tuple[str, str]]:
    """Yield every template of the verifier, with its code."""
    for code, entry in catalog().items():
        for wording in (entry.message, entry.remedy):
            for template in [wording] if isinstance(wording, str) else wording.values():
                yield code, template
    yield from phrases().items()


def _plain(text: str) -> str:
    text = re.sub(r"[\u00a0\u202f ]", " ", text).replace("’", "'").replace("…", "...")
    return text.replace("« ", "«").replace(" »", "»")


ELSEWHERE = {
    # The path given is not a list folder: see `loading/test_loader`.
    *("not-a-list", "unknown-list", "unreadable-folder", "unreadable-file"),
    *("list-file", "nested-list", "empty-folder"),
    # A case of that size would be too large: see `test_lengths`.
    *("oversized-file", "oversized-line", "oversized-text"),
    # What sites of the web answer: see `widgets/cli/test_links`.
    *("moved-link", "home-link", "unencrypted-link", "missing-link", "guarded-link"),
    *("failing-link", "unknown-host", "unreachable-link", "slow-link", "untrusted-link"),
    *("endless-link", "unreadable-answer"),
    # For whatever the parser may object to one day.
    "unknown-syntax",
}
"""Codes that no case can show."""
NOT_OF_A_LIST = "Vérifiez le chemin."
"""The remedy for a missing school's file."""


def test_every_sentence_of_the_verifier_is_in_a_case() -> None:
    reports = "\n".join(_plain((case / EXPECTED).read_text(encoding="utf-8")) for case in CASES)
    missing = []
    for code, template in _templates():
        parts = Formatter().parse(_plain(template))
        spelled = "".join(re.escape(text) + (".*" if name else "") for text, name, _, _ in parts)
        letter, rest = spelled[:1], spelled[1:].removesuffix(r"\.")
        if code in ELSEWHERE or template == NOT_OF_A_LIST:
            continue
        if not re.search(f"(?i:{letter}){rest}", reports):
            missing.append(f"{code}: {template}")
    assert missing == []
