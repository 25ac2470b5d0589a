"""Nothing here needs one system: neither its letters, nor its ends of lines, nor its names."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

_ENCODING_IS = {"read_text": 1, "write_text": 2}
"""Which argument says the encoding. (`open` is for ruff's PLW1514.)"""
_NOT_ON_WINDOWS = {*'<>:"|?*\\'}
_LONGEST_BELOW_THE_PROJECT = 150


def _without_encoding(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        place = _ENCODING_IS.get(node.func.attr)
        if place is None or len(node.args) >= place:
            continue
        if "encoding" not in {each.arg for each in node.keywords}:
            yield f"{file.relative_to(ROOT)}:{node.lineno}"


def test_what_is_read_and_written_says_its_encoding() -> None:
    """Elsewhere it is that of the system: an « é » would be another letter."""
    folders = ("signs", "widgets", "tests", ".ci")
    modules = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    assert len(modules) > 100
    assert [place for file in modules for place in _without_encoding(file)] == []


def test_files_reach_every_system_byte_for_byte() -> None:
    """Bash, hashes and lists in odd encodings need the ends of lines they were given."""
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in rules
    assert "tests/signs/invalid/** -text" in rules


def test_every_system_can_hold_our_files() -> None:
    kept = ("signs", "widgets", "notebooks", "tests", "docs", "deploiement", ".ci", ".github")
    names = [
        path.relative_to(ROOT).as_posix()
        for folder in kept
        for path in (ROOT / folder).rglob("*")
        if "__pycache__" not in path.parts
    ]
    assert [name for name in names if _NOT_ON_WINDOWS & {*name}] == []
    assert [name for name in names if name.endswith((".", " "))] == []
    assert max(map(len, names)) < _LONGEST_BELOW_THE_PROJECT
    assert [name for name, times in Counter(map(str.lower, names)).items() if times > 1] == []
