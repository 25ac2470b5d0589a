"""The house stays tidy: small files, thin notebooks, no circles."""

from __future__ import annotations

import ast
import json
import re
from itertools import chain
from pathlib import Path

import pytest

from tests.conftest import ROOT

LONGEST = 400
FOLDERS = ("signs", "widgets", "notebooks", "tests", ".ci", ".github")
WRITTEN = {".css", ".ipynb", ".j2", ".js", ".json", ".md", ".py", ".toml", ".txt", ".yml", ""}
FILES = [
    file
    for file in chain(ROOT.glob("*.*"), *((ROOT / folder).rglob("*") for folder in FOLDERS))
    if file.is_file()
    and file.suffix in WRITTEN
    and not {"__pycache__", ".ipynb_checkpoints", "invalid"} & {*file.parts}
    and file.name not in {".gitignore", ".coverage"}
]


def test_no_file_is_long() -> None:
    # A list is exempt: trainers look for all entries of a kind in one file.
    long = {
        str(file.relative_to(ROOT))
        for file in FILES
        if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST
        and not file.is_relative_to(ROOT / "signs" / "lists")
    }
    assert long == set()


# --- Notebooks -------------------------------------------------------------------------------

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


# --- Circles ---------------------------------------------------------------------------------


def _imported_at_once(module: str, file: Path) -> set[str]:
    """Return our modules that importing this one imports: not in a function, nor for types."""
    found: set[str] = set()
    waiting: list[ast.stmt] = ast.parse(file.read_text(encoding="utf-8")).body
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Try | ast.If | ast.With):
            waiting.extend(node.body)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= inner or {node.module}
    return found & (MODULES.keys() - {module})


MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for package in ("signs", "widgets")
    for file in (ROOT / package).rglob("*.py")
}


def test_no_module_imports_in_circles() -> None:
    graph = {module: _imported_at_once(module, file) for module, file in MODULES.items()}
    while free := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for module in free:
            del graph[module]
    assert graph == {}


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
