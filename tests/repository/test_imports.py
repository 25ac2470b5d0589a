"""What the contracts of imports (`[tool.importlinter]` in pyproject.toml) cannot say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import defaultdict
from xml.etree import ElementTree

import grimp
import pytest

from tests.conftest import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]

SIGNS_MAY_IMPORT = {
    *("opening_hours", "pydantic", "pydantic_core", "tree_sitter", "tree_sitter_toml"),
    *("phonenumbers", "tomlkit"),  # one module each, as contracts say
}
"""What the domain may lean on, beside Python: nothing of Jupyter, HTML or the web."""
OF_THE_WEB = {"html", "http", "socket", "urllib"}
"""And what it may not, though Python brings it."""


def test_signs_knows_nothing_of_jupyter_html_or_the_web() -> None:
    graph = grimp.build_graph("signs", include_external_packages=True, cache_dir=None)
    outside = {module for module in graph.modules if graph.is_module_squashed(module)}
    assert outside - sys.stdlib_module_names == SIGNS_MAY_IMPORT
    assert outside & OF_THE_WEB == set()


def test_the_command_starts_without_jupyter() -> None:
    heavy = ("voila", "anywidget", "nbconvert", "tomlkit", "phonenumbers")
    code = f"import sys, widgets.cli.main; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["signs", "widgets"])
def test_the_picture_shows_every_room_on_its_line(package: str) -> None:
    (layers,) = (
        contract["layers"]
        for contract in CONTRACTS["contracts"]
        if contract.get("containers") == [package]
    )
    lines: defaultdict[float, set[str]] = defaultdict(set)
    svg = {"": "http://www.w3.org/2000/svg"}
    picture = ElementTree.parse(ROOT / "docs" / "rooms.svg")  # noqa: S314 (ours)
    boxes = picture.findall(f".//g[@id='{package}']/rect[@class='box']", svg)
    rooms = picture.findall(f".//g[@id='{package}']/text[@class='room']", svg)
    for box, room in zip(boxes, rooms, strict=True):
        lines[float(box.get("y", ""))].add(room.text or "")
    shown = [lines[y] for y in sorted(lines)]
    assert shown == [{*layer.strip("()").split(" | ")} for layer in layers]
