"""Every value has a line; what is missing has the line of the block that should hold it."""

from __future__ import annotations

import tomllib

import pytest

from signs.diagnostics.problem import Key
from signs.files.source_map import SourceMap
from signs.loading.loader import SHIPPED

TOML = '''titre = "x"
date = 2026-01-01

# une remarque
[[signe]]
id = "a"
quand = [
    "un", # deux sur la même ligne n'est pas un problème
    "deux", "trois",
]
texte = """
[[faux]]
id = "piège"
"""

[[signe]]
"id" = "b"
sous.cle = 1
bloc = { x = 1, y = "é" }

[table]
z = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("titre",), 1),
        (("date",), 2),
        (("signe",), 5),
        (("signe", 0), 5),
        (("signe", 0, "id"), 6),
        (("signe", 0, "quand"), 7),
        (("signe", 0, "quand", 0), 8),
        (("signe", 0, "quand", 2), 9),
        (("signe", 0, "texte"), 11),
        (("signe", 1), 16),
        (("signe", 1, "id"), 17),
        (("signe", 1, "sous", "cle"), 18),
        (("signe", 1, "bloc", "y"), 19),
        (("table",), 21),
        (("table", "z"), 22),
        (("signe", 1, "absente"), 16),
        (("signe", 0, "quand", 9), 7),
        (("inconnue",), 1),
    ],
)
def test_a_value_is_found_on_its_line(path: Key, line: int) -> None:
    assert SourceMap(TOML).line(*path) == line


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*/*.toml")), ids=lambda path: path.name)
def test_every_key_of_the_shipped_lists_is_on_the_line_that_writes_it(file: object) -> None:
    text = file.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    lines = text.splitlines()
    positions = SourceMap(text)
    for kind, entries in tomllib.loads(text).items():
        if not isinstance(entries, list):
            continue
        for index, entry in enumerate(entries):
            assert lines[positions.line(kind, index) - 1] == f"[[{kind}]]"
            for key in entry:
                assert lines[positions.line(kind, index, key) - 1].startswith(f"{key} = ")
