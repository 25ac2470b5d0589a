"""The public doors say what they take, give and raise, and their examples are true."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import signs
import widgets
from tests.conftest import ROOT
from widgets.page.exporter import PageExporter

DOORS: list[Callable[..., object]] = [
    *(getattr(signs, name) for name in signs.__all__),
    *(getattr(widgets, name) for name in widgets.__all__),
    PageExporter,
]
WITH_EXAMPLES = [
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in ("signs", "widgets")
    for file in sorted((ROOT / package).rglob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_are_true(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert tried
    assert not failed, "see what is printed"


def _section(text: str, title: str) -> str:
    """Return what a numpy section says; empty where there is none."""
    found = re.search(
        rf"^{title}\n-+\n(.*?)(?=\n\n\w[\w ]*\n-+\n|\Z)", text, re.MULTILINE | re.DOTALL
    )
    return found[1] if found else ""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_public_door_has_every_section(door: Callable[..., object]) -> None:
    text = inspect.getdoc(door) or ""
    assert _section(text, "Examples").startswith(">>> ")
    own = inspect.isfunction(door) or "__init__" in vars(door)
    made_by_hand = own and not hasattr(door, "__dataclass_fields__")
    if made_by_hand:
        named = re.findall(r"^\*{0,2}(\w+)$", _section(text, "Parameters"), re.MULTILINE)
        assert named == [name for name in inspect.signature(door).parameters if name != "self"]
    if inspect.isfunction(door):
        assert _section(text, "Returns")
        raised = re.findall(r"^ +raise (\w+)", inspect.getsource(door), re.MULTILINE)
        assert {*raised} == {*re.findall(r"^(\w+)$", _section(text, "Raises"), re.MULTILINE)}
