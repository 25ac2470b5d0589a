"""What a page and a cell carry of our scripts: all they import, each name once."""

from __future__ import annotations

import re

import pytest

from widgets.render.assets import WIDGETS, modules, script

SCRIPTS = sorted(file.relative_to(WIDGETS).as_posix() for file in WIDGETS.rglob("*.js"))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_and_what_it_imports_are_one_that_imports_nothing(name: str) -> None:
    joined = script(name)
    assert not re.search(r"^(?:import\b|export (?!default\b))", joined, re.MULTILINE)
    files = modules(name)
    given = [
        found
        for file in files
        for found in re.findall(
            r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)",
            file.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    assert len(given) == len(set(given)), "one scope: each name once"
