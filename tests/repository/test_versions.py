"""The program counts as programs do, a list bears the date of its review; both are told.

That the foot of a page tells both: `tests/widgets/page/test_exporter.py`.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

import signs
from signs.loading.loader import SHIPPED
from tests.conftest import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROGRAM, CONTENT = CHANGELOG.split("\n## ")[1:]


def test_the_program_has_a_number_in_three_parts_and_its_changes_are_told() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert version("reperes") == VERSION, "uv sync"
    assert f"\n### {VERSION}" in PROGRAM
    manifests = (ROOT / "deploiement" / "kubernetes.yaml").read_text(encoding="utf-8")
    assert f"image: reperes:{VERSION}\n" in manifests


def test_each_list_bears_the_month_of_its_review_and_its_changes_are_told_apart() -> None:
    for folder in SHIPPED.iterdir():
        if folder.is_dir():
            info = signs.load(folder.name).info
            assert info.version.startswith(info.reviewed_on[:7].replace("-", "."))
            assert f"« {folder.name} », {info.version}" in CONTENT
