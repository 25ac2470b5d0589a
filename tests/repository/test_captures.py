"""The pictures of README and CONTRIBUTING are there, small, and told to who cannot see them."""

from __future__ import annotations

import re

from tests.conftest import ROOT

TEXT = "".join(
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
)
SHOWN = re.findall(r"!\[([^\]]+)\]\((docs/[^)]+)\)", TEXT)
TAGS = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]+)"', TEXT)


def test_pictures_are_small_and_described() -> None:
    pictures = {path: words for words, path in SHOWN} | dict(TAGS)
    assert len(pictures) == 7
    for path, words in pictures.items():
        assert (ROOT / path).stat().st_size < 120_000
        assert len(words) > 60
    drawn = [file for ending in ("png", "svg") for file in (ROOT / "docs").rglob(f"*.{ending}")]
    kept = {file.relative_to(ROOT).as_posix() for file in drawn}
    assert kept == set(pictures)


def test_each_journey_of_a_trainer_has_its_picture() -> None:
    for journey in ("deux-minutes", "vingt-minutes", "deux-heures"):
        assert f"(docs/captures/editeur-{journey}.png)" in TEXT
