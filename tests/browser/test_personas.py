"""The personas through the screen: one open page, their boxes ticked, what a person then reads."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.personas import PERSONAS

WAYS = {"Agissez maintenant": "immediate", "À faire aujourd’hui": "aujourdhui"}


def test_each_person_is_shown_the_right_way_on_the_screen(visit: Visit) -> None:
    for persona in PERSONAS:
        advice, services = visit.answer(persona.coche)
        text = read_off(visit.page)
        first = next((way for way in WAYS if way in text), None)
        persona.assert_answered(WAYS.get(first or "", "aucune"), advice, services, text)


def read_off(page: Page) -> str:
    """Return the answer as somebody reads it: what is hidden is not there."""
    return page.locator("#reperes-resultat").inner_text()
