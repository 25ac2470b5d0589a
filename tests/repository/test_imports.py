"""The direction of the arrows: `widgets` imports `signs`, never the other way round."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# What the domain may lean on: nothing of Jupyter, HTML or the web.
SIGNS_MAY_IMPORT = {
    *("opening_hours", "pydantic", "pydantic_core", "tree_sitter", "tree_sitter_toml"),
    "phonenumbers",  # signs/rules/phone_numbers.py alone, once somebody verifies a list
    "tomlkit",  # signs/files/edit.py alone: for trainers, in an extra
}


def _imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("file", sorted((ROOT / "signs").rglob("*.py")), ids=lambda f: f.name)
def test_signs_knows_nothing_of_widgets_jupyter_html_or_the_web(file: Path) -> None:
    foreign = _imports(file) - set(sys.stdlib_module_names) - {"signs"}
    assert foreign <= SIGNS_MAY_IMPORT
    assert {"html", "http", "urllib", "socket"}.isdisjoint(_imports(file))


def test_the_command_starts_without_jupyter() -> None:
    heavy = ("voila", "anywidget", "nbconvert", "tomlkit", "phonenumbers")
    code = f"import sys, widgets.cli.main; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_board_does_not_know_the_page_nor_the_server() -> None:
    for file in (ROOT / "widgets" / "board").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "widgets.page" not in text
        assert "widgets.server" not in text
