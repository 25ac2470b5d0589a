"""A plain install, without any extra: each command says in French what to install."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert.preprocessors import ExecutePreprocessor

from tests.conftest import PATIENCE, ROOT
from widgets.page.registry import EDITOR


def without(*modules: str) -> str:
    """Return code that hides modules, as where they are not installed."""
    return f"import sys\nsys.modules.update(dict.fromkeys({modules!r}))\n"


def run_without(
    modules: tuple[str, ...], *arguments: str, cwd: Path
) -> subprocess.CompletedProcess[str]:
    """Run the command where these modules are not installed."""
    call = f"sys.argv[1:] = {arguments!r}\nfrom widgets.cli.main import main\nmain()"
    code = f"{without(*modules)}{call}"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.parametrize(
    ("modules", "arguments", "told"),
    [
        (("tomlkit",), ("--formateur", "--sans-navigateur"), "L'éditeur a besoin de tomlkit,"),
        (("tomlkit",), ("formateur",), "L'éditeur a besoin de tomlkit,"),
        (("jupyterlab",), ("formateur",), "L'éditeur a besoin de JupyterLab,"),
        (("jupyterlab", "tomlkit"), ("formateur",), "de JupyterLab et de tomlkit, qui ne sont"),
        (("jupyterlab",), ("atelier",), "L'atelier a besoin de JupyterLab,"),
    ],
)
def test_a_command_says_which_extra_to_install(
    modules: tuple[str, ...], arguments: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    ran = run_without(modules, *arguments, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    said = re.sub(r"[\u202f\xa0]", " ", ran.stderr).replace("’", "'")
    assert told in said
    command = " ".join(each for each in arguments if each != "--sans-navigateur")
    assert 'pip install "reperes[atelier]"' in said
    assert said.endswith(f"uv run --extra atelier reperes {command}\n")
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_editor_in_a_notebook_says_it_without_a_traceback() -> None:
    notebook = nbformat.read(EDITOR, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(without("tomlkit")))
    ExecutePreprocessor(allow_errors=True, timeout=PATIENCE).preprocess(notebook)
    (error,) = next(cell for cell in notebook.cells if cell.id == "editeur").outputs
    (said,) = error.traceback
    assert said.startswith("L'éditeur a besoin de tomlkit, qui n'est pas installé. Écrivez : pip")
