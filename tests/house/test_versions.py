"""The program counts as programs do, a list bears the date of its review; both are told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import signs
from signs.loading import SHIPPED
from tests.conftest import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROGRAM, CONTENT = CHANGELOG.split("\n## ")[1:]


def test_the_program_has_a_number_in_three_parts_and_its_changes_are_told() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert f"\n### {VERSION}" in PROGRAM


def test_each_list_bears_the_month_of_its_review_and_its_changes_are_told_apart() -> None:
    for folder in SHIPPED.iterdir():
        if folder.is_dir():
            info = signs.load(folder.name).info
            assert info.version.startswith(info.reviewed_on[:7].replace("-", "."))
            assert f"« {folder.name} », {info.version}" in CONTENT


def test_the_foot_of_a_page_tells_both(exported: Path, sign_list: signs.SignList) -> None:
    page = exported.read_text(encoding="utf-8")
    (about_list,) = re.findall(r'<div class="reperes-liste">(.*?)</div>', page, re.DOTALL)
    (foot,) = re.findall(r"<footer\b.*?</footer>", page, re.DOTALL)
    assert f"version {sign_list.info.version}" in about_list
    assert f"Repères {VERSION}." in foot
