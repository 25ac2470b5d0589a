"""A long file is read by its blocks, and says just what it says when read as a whole."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signs.files.document import UnreadableError, parse

LONG = f"# {'Une longue liste. ' * 4_000}\n"
LINES = [
    *('[[signe]]\nid = "a"', '[[signe]]\nid = "b"\nquand = [\n"x",\n]', '[[conseil]]\nid = "c"'),
    *('titre = "Une liste"', "cacher = []", "[[a.b]]", "[signe.c]", "[conseil]", " [[signe]]"),
    *('texte = """', '"""', "autre = '''\n[[signe]]", "'''", "x = [", "[[1]],", "]", "signe = 1"),
    *("# [[signe]]", "y = 1", 'z = "[[signe]]"', "w = [{ id = 1 }]", "[[signe]] # fin", "[[w]]"),
]


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join), st.sampled_from(["", "\n"]))
def test_a_long_text_is_read_as_a_whole_one(text: str, end: str) -> None:
    text = f"{LONG}{text}{end}"
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(UnreadableError):
            parse(text)
    else:
        assert parse(text) == whole
        assert [*parse(text)] == [*whole]
