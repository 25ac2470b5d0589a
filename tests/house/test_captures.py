"""The README's pictures are there, small, and told to who cannot see them."""

from __future__ import annotations

import re

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^\]]+)\]\((docs/[^)]+)\)", README)
TAGS = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]+)"', README)


def test_pictures_are_small_and_described() -> None:
    pictures = {path: words for words, path in SHOWN} | dict(TAGS)
    assert len(pictures) == 3
    for path, words in pictures.items():
        assert (ROOT / path).stat().st_size < 120_000
        assert len(words) > 60
    kept = {f"docs/captures/{file.name}" for file in (ROOT / "docs" / "captures").iterdir()}
    assert kept == set(pictures)
