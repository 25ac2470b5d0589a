"""What deptry (`.ci/lint`) cannot say: what is run, what comes with another, and no extras."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
IGNORED = PROJECT["tool"]["deptry"]["per_rule_ignores"]
RUN = {
    "deptry": (".ci/lint", "uv run deptry"),
    "import-linter": (".ci/lint", "uv run lint-imports"),
    "ipywidgets": ("widgets/render/notebook_widget.py", "anywidget.AnyWidget"),
    "jupyterlab": ("widgets/cli/jupyterlab.py", "jupyterlab"),
    "jupyterlab-language-pack-fr-fr": ("widgets/cli/jupyterlab.py", "jupyterlab"),
    "mypy": (".ci/lint", "uv run mypy"),
    "nbval": ("pyproject.toml", "--nbval-lax"),
    "notebook": ("tests/browser/test_jupyterlab.py", "--JupyterNotebookApp"),
    "pytest-xdist": ("pyproject.toml", "--dist=loadfile"),
    "reperes": ("pyproject.toml", '"reperes[atelier,brotli]"'),
    "ruff": (".ci/lint", "uv run ruff"),
    "tzdata": ("signs/text/opening_hours.py", "from zoneinfo import ZoneInfo"),
}
"""What nothing imports, because it is run: by which file, with which words."""


def _declared(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


RUNTIME = _declared(PROJECT["project"]["dependencies"])
EXTRA = {
    name
    for lines in PROJECT["project"]["optional-dependencies"].values()
    for name in _declared(lines)
}
DEV = _declared(PROJECT["dependency-groups"]["dev"])


def test_nothing_is_declared_for_the_tests_that_the_program_brings() -> None:
    assert not DEV & (RUNTIME | EXTRA)


def test_what_nothing_imports_is_known() -> None:
    assert {*IGNORED["DEP002"]} == RUN.keys()


@pytest.mark.parametrize("name", RUN)
def test_what_nothing_imports_is_run(name: str) -> None:
    file, words = RUN[name]
    assert words in (ROOT / file).read_text(encoding="utf-8")
    assert name in RUNTIME | EXTRA | DEV


def test_what_is_imported_from_another_s_dependency_has_one_exact_version() -> None:
    assert IGNORED["DEP003"] == ["pydantic_core"]
    assert any(line.startswith("pydantic-core==") for line in requires("pydantic") or ())


COMMITTEE = ROOT / "widgets" / "committee"


def test_the_program_loads_where_no_extra_is_installed() -> None:
    brought_by = packages_distributions()
    absent = [module for module, names in brought_by.items() if {*names} & EXTRA]
    assert {"tomlkit", "jupyterlab"} <= {*absent}
    names = ("edit", "mentions", "merge", "readings", "restore")
    editing = {*(f"signs.files.{name}" for name in names), "widgets.editor"}
    editing |= {f"widgets.committee.{file.stem}" for file in COMMITTEE.glob("[!_]*.py")}
    code = f"""
import importlib, pkgutil, sys
sys.modules.update(dict.fromkeys({absent!r}))
import signs, widgets
for package in (signs, widgets):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.name not in {editing!r}:
            importlib.import_module(module.name)
print(len([name for name in sys.modules if name.startswith(("signs.", "widgets."))]))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) > 50
