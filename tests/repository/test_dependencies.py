"""What is declared is used, what is used is declared, and each group has what it needs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = {
    "jupyterlab": ("widgets/cli/jupyterlab.py", "jupyterlab"),
    "mypy": (".ci/lint", "uv run mypy"),
    "nbval": ("pyproject.toml", "--nbval-lax"),
    "pytest-xdist": ("pyproject.toml", "--dist=loadfile"),
    "ruff": (".ci/lint", "uv run ruff"),
    "tzdata": ("signs/text/opening_hours.py", "from zoneinfo import ZoneInfo"),
}
"""What nothing imports, because it is run: by which file, with which words."""
FOR_AN_EXTRA = {
    "tomlkit": {"signs/files/edit.py"},
    "matplotlib": {"widgets/resources/plots.py"},
}
"""What an extra brings, and the only files of ours that ask for it."""
COMES_WITH = {"pydantic-core": "pydantic"}
"""What we import from a dependency of a dependency, which asks for one exact version of it."""
OURS = {"signs", "widgets", "tests"}


def _declared(lines: list[str]) -> set[str]:
    return {
        canonicalize_name(Requirement(line).name)
        for line in lines
        if not line.startswith("reperes[")
    }


RUNTIME = _declared(PROJECT["project"]["dependencies"])
EXTRA = {name for lines in EXTRAS.values() for name in _declared(lines)}
DEV = _declared(PROJECT["dependency-groups"]["dev"])


def _code(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def _modules(file: Path) -> Iterator[str]:
    """Yield the top of each module that a file imports from outside, wherever in the file."""
    for node in ast.walk(ast.parse(_code(file))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports from here are written whole"
            yield str(node.module).partition(".")[0]


@cache
def _imported(*folders: str) -> dict[str, set[str]]:
    """Return each distribution that these folders import, with the files that do."""
    brought_by = packages_distributions()
    found: dict[str, set[str]] = {}
    for file in (
        file
        for folder in folders
        for pattern in ("*.py", "*.ipynb")
        for file in (ROOT / folder).rglob(pattern)
        if ".ipynb_checkpoints" not in file.parts
    ):
        for module in set(_modules(file)) - sys.stdlib_module_names - OURS:
            for name in brought_by.get(module, [module]):
                place = file.relative_to(ROOT).as_posix()
                found.setdefault(canonicalize_name(name), set()).add(place)
    return found


def _of_the_program() -> dict[str, set[str]]:
    return _imported("signs", "widgets", "notebooks")


def test_what_the_program_imports_is_declared_and_extras_stay_where_they_are_needed() -> None:
    imported = _of_the_program()
    assert imported.keys() - RUNTIME - COMES_WITH.keys() == FOR_AN_EXTRA.keys()
    assert {name: imported[name] for name in FOR_AN_EXTRA} == FOR_AN_EXTRA
    assert FOR_AN_EXTRA.keys() <= EXTRA
    for name, through in COMES_WITH.items():
        assert name in imported
        assert any(line.startswith(f"{name}==") for line in requires(through) or ())


def test_what_the_tests_import_is_declared_for_them() -> None:
    imported = _imported("tests", ".ci")
    assert imported.keys() <= RUNTIME | EXTRA | DEV
    assert not DEV & (RUNTIME | EXTRA), "declared already, for the program"


@pytest.mark.parametrize(
    ("declared", "folders"),
    [(RUNTIME | EXTRA, ("signs", "widgets", "notebooks")), (DEV, ("tests", ".ci"))],
    ids=["program", "tests"],
)
def test_what_is_declared_is_used(declared: set[str], folders: tuple[str, ...]) -> None:
    assert declared - _imported(*folders).keys() - RUN.keys() == set()


@pytest.mark.parametrize("name", RUN)
def test_what_nothing_imports_is_run(name: str) -> None:
    file, words = RUN[name]
    assert words in (ROOT / file).read_text(encoding="utf-8")
    assert name in RUNTIME | EXTRA | DEV
    assert name not in _of_the_program()


def test_the_program_loads_where_no_extra_is_installed() -> None:
    brought_by = packages_distributions()
    absent = [module for module, names in brought_by.items() if {*names} & EXTRA]
    assert {"tomlkit", "matplotlib", "jupyterlab"} <= {*absent}
    code = f"""
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys({absent!r}))
import signs, widgets
for package in (signs, widgets):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.name not in {{"signs.files.edit", "widgets.editor"}}:
            importlib.import_module(module.name)
print(len([name for name in sys.modules if name.startswith(("signs.", "widgets."))]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) > 50
