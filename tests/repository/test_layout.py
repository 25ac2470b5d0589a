"""Notebooks are thin pages, and what the documents name is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_is_a_thin_page(file: Path) -> None:
    cells = [
        cell
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    assert 1 <= len(cells) <= 3
    for cell in cells:
        code = "".join(cell["source"])
        assert len(code.splitlines()) <= 6
        assert not re.search(r"^\s*(async )?(def|class) ", code, re.MULTILINE)
        compared = "nbval-check-output" in cell["metadata"].get("tags", ())
        assert cell["outputs"] == [] or compared
        assert cell["execution_count"] is None or compared


def test_every_path_and_test_that_the_documents_name_is_there() -> None:
    tests = {file.stem for file in (ROOT / "tests").rglob("*.py")}
    for document in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]):
        written = document.read_text(encoding="utf-8")
        named = re.findall(
            r"`((?:signs|widgets|tests|notebooks|docs|\.ci|\.github)/[\w./-]+)`", written
        )
        lost = [path for path in named if not (ROOT / path).exists()]
        assert lost == [], document.name
        assert {*re.findall(r"`(test_\w+)`", written)} <= tests, document.name


def test_every_name_of_the_guide_for_developers_is_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n## For dev")[2]
    named = {*re.findall(r"`([^`\n]+)`", guide)}
    program = [
        file
        for folder in ("signs", "widgets", "tests")
        for file in (ROOT / folder).rglob("*.*")
        if file.suffix in {".css", ".j2", ".js", ".py", ".toml"} and "invalid" not in file.parts
    ]
    files = {file.name for file in program}
    alone = {name for name in named if re.fullmatch(r"[\w.]+\.(?:css|j2|html\.j2|js|py)", name)}
    assert {"board.js", "undo.py"} <= alone
    assert alone - files == {"signs.py"}, "a stranger's file, in the reader's own folder"
    words = {*re.findall(r"\w+", "\n".join(file.read_text("utf-8") for file in program))}
    code = {name.removesuffix("()") for name in named if re.fullmatch(r"[A-Za-z_]\w+(\(\))?", name)}
    assert {"EMERGENCY_NUMBERS", "SignList"} <= code
    assert code <= words
