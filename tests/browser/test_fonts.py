"""A measure on a screen is one of the font that people's own screens draw with."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OnScreen
from tests.browser.fonts import SCREENS, families

OF_TEXT = ("summary", ".page-texte p", ".reperes-liste p")
"""What our styles draw with `system-ui`, in more than one weight; titles have a font of theirs."""


@pytest.mark.parametrize("name", SCREENS)
def test_the_page_is_drawn_with_the_font_of_the_screen(name: str, on_screen: OnScreen) -> None:
    visit, screen = on_screen(name), SCREENS[name]
    for text in OF_TEXT:
        drawn = families(visit.page, text)
        assert drawn, text
        assert all(family.startswith(screen.family) for family in drawn), (text, drawn)
    assert visit.page.viewport_size == screen.context["viewport"]
    visit.assert_quiet()
