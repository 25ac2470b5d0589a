"""What stands in our styles is known to browsers of five years, or is missed without harm.

Browsers of November 2021: Chrome 96, Firefox 94, Safari 15.1. The scripts are held to the same
age by `.ci/javascript`; `tests/browser/test_old_browsers.py` drives the page as they would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from widgets.render.assets import WIDGETS

# The editor lives in JupyterLab, on a trainer's own machine, and asks for what JupyterLab does.
STYLES = sorted(file for file in WIDGETS.rglob("*.css") if "editor" not in file.parts)
# What an old browser would drop with the whole block, or the whole declaration, it stands in.
YOUNG = (
    r"@(?:layer|container|scope|starting-style|position-try|view-transition|property)\b",
    r"@media[^{]*[<>]",
    r"\b\d*\.?\d+(?:[dsl]v[hwbi]|[dsl]vmin|[dsl]vmax|cq[whib])\b",
    r"\b(?:color-mix|oklch|oklab|light-dark|linear|anchor|round|if|calc-size)\(",
    r":(?:popover-open|user-(?:in)?valid|open|state\(|modal)\b",
    r"\b(?:subgrid|anchor-name|position-anchor|animation-timeline|interpolate-size)\b",
)


def _code(file: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)


def _blocks(css: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands before each brace, with what stands before the braces around it."""
    around: list[str] = []
    head = ""
    for letter in css:
        if letter == "{":
            yield head.strip(), list(around)
            around.append(head.strip())
            head = ""
        elif letter == "}":
            around.pop()
            head = ""
        elif letter == ";":
            head = ""
        else:
            head += letter


def _selectors(head: str) -> list[str]:
    """Return the selectors of a list; a comma inside brackets is no border."""
    found, depth = [""], 0
    for letter in head:
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return [selector.strip() for selector in found]


@pytest.mark.parametrize("file", STYLES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_styles_say_nothing_that_is_younger_than_five_years(file: Path) -> None:
    css = _code(file)
    for pattern in YOUNG:
        assert not re.search(pattern, css), pattern


@pytest.mark.parametrize("file", STYLES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_rule_stands_inside_another(file: Path) -> None:
    for head, around in _blocks(_code(file)):
        assert all(outer.startswith("@") for outer in around), head


@pytest.mark.parametrize("file", STYLES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_selector_that_is_not_understood_takes_no_other_with_it(file: Path) -> None:
    """One unknown selector drops its whole list: such ones stand by themselves."""
    for young in (":has(", "::details-content", ":focus-visible"):
        for head, _around in _blocks(_code(file)):
            if young in head and not head.startswith("@"):
                assert all(young in selector for selector in _selectors(head)), head


def test_no_script_asks_for_has() -> None:
    """`querySelector(":has()")` raises where it is unknown, and all that follows is lost."""
    for file in WIDGETS.rglob("*.js"):
        assert ":has(" not in file.read_text(encoding="utf-8"), file.name


def test_no_script_looks_behind() -> None:
    """Safari reads that from 16.4 on: before, one such pattern stops a whole script as it opens."""
    for file in WIDGETS.rglob("*.js"):
        assert not re.search(r"\(\?<[=!]", file.read_text(encoding="utf-8")), file.name


def test_these_checks_see_what_they_look_for() -> None:
    assert [head for head, around in _blocks("a{b{c:d}}") if around] == ["b"]
    assert _selectors("a:is(b, c), d") == ["a:is(b, c)", "d"]
    for young in ("@layer a{}", "@media (width < 3rem){", "height:50dvh", "color:oklch(1 0 0)"):
        assert any(re.search(pattern, young) for pattern in YOUNG), young
