"""No style, macro, icon, function of a script or key of a list is there for nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from signs.model.sign_list import KINDS
from tests.conftest import ROOT

FROM_ELSEWHERE = {"jp-LabShell": "JupyterLab", "lm-Widget": "JupyterLab"}
"""Classes that others write, and whose they are."""


def _texts(*suffixes: str) -> dict[Path, str]:
    return {
        file: file.read_text(encoding="utf-8")
        for file in sorted((ROOT / "widgets").rglob("*"))
        if file.suffix in suffixes
    }


STYLES = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", "\n".join(_texts(".css").values()), flags=re.DOTALL)
TEMPLATES = "\n".join(_texts(".j2").values())
SCRIPTS = "\n".join(_texts(".js").values())
DRAWING = "\n".join(_texts(".j2", ".js", ".py", ".svg").values())
TESTS = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("*.py"))


def _written(name: str, text: str) -> int:
    """Count where a name stands whole."""
    return _names(text)[name]


@cache
def _names(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\w-]+", text))


def _idle_classes() -> Iterator[str]:
    made = set(re.findall(r"([\w-]+-)(?:\{\{|\$\{)", DRAWING))  # « feuille-champ-{{ size }} »
    for name in set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", STYLES)) - FROM_ELSEWHERE.keys():
        if not _written(name, DRAWING) and not any(name.startswith(start) for start in made):
            yield f".{name}"


def _idle_marks() -> Iterator[str]:
    """Yield the classes that templates give, and that no style, script nor test asks for."""
    asked = STYLES + SCRIPTS + TESTS
    for given in re.findall(r'class="([^"]*)"', TEMPLATES):
        always = re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", re.sub(r"\{%.*?%\}", " ", given))
        for name in always.split():
            if not _written(name, asked):
                yield f'class="{name}"'


def _idle_variables() -> Iterator[str]:
    for name in set(re.findall(r"(--[\w-]+)\s*:", STYLES)):
        if f"var({name}" not in STYLES + DRAWING:
            yield name


def _idle_movements() -> Iterator[str]:
    for name in re.findall(r"@keyframes\s+([\w-]+)", STYLES):
        if _written(name, STYLES) < 2:
            yield f"@keyframes {name}"


def _idle_macros() -> Iterator[str]:
    for name in re.findall(r"macro (\w+)\(", TEMPLATES):
        if not re.search(rf"(?<!macro )\b{name}\(", TEMPLATES):
            yield f"macro {name}"


def _idle_icons() -> Iterator[str]:
    """Yield the drawings that no template names and that bear no section's or moment's id."""
    drawings = (ROOT / "widgets" / "render" / "partials" / "icons.html.j2").read_text(
        encoding="utf-8"
    )
    lists = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "signs" / "lists").rglob("*.toml")
    )
    for name in re.findall(r'^  "([\w-]+)": "', drawings, re.MULTILINE):
        if _written(name, TEMPLATES) < 2 and f'"{name}"' not in lists:
            yield f"icon {name}"


def _idle_functions() -> Iterator[str]:
    for name in re.findall(r"(?:function|const|let|class)\s+(\w+)", SCRIPTS):
        if _written(name, SCRIPTS) < 2:
            yield f"{name} (a script)"


def _idle_keys() -> Iterator[str]:
    """Yield the keys of the lists that the program reads and that nothing then asks for."""
    program = DRAWING + "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "signs").rglob("*.py")
    )
    for key, kind in KINDS.items():
        for name in kind.entry.model_fields:
            if not re.search(rf"\.{name}\b|\[\"{name}\"\]|\b{name} in\b", program):
                yield f"{key}.{name}"


@pytest.mark.parametrize(
    "idle",
    [
        _idle_classes,
        _idle_marks,
        _idle_variables,
        _idle_movements,
        _idle_macros,
        _idle_icons,
        _idle_functions,
        _idle_keys,
    ],
    ids=lambda idle: idle.__name__.removeprefix("_idle_"),
)
def test_nothing_is_there_for_nothing(idle: Callable[[], Iterator[str]]) -> None:
    assert sorted({*idle()}) == []
