"""The personas through the screen: one open page, their boxes ticked, what a person then reads."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.personas import PERSONAS

WAYS = {"Agissez maintenant": "immediate", "À faire aujourd’hui": "aujourdhui"}


def test_each_person_is_shown_the_right_way_on_the_screen(visit: Visit) -> None:
    visit.answer([])
    visit.page.get_by_role("button", name="Pourquoi ces conseils").click()
    for persona in PERSONAS:
        answer = visit.answer(persona.coche)
        text = read_off(visit.page)
        first = next((way for way in WAYS if way in text), None)
        persona.assert_answered(
            WAYS.get(first or "", "aucune"), answer.advice, answer.services, text
        )


def read_off(page: Page) -> str:
    """Return the answer as somebody reads it who unfolds it all: what is hidden is not there."""
    result = page.locator("#reperes-resultat")
    result.evaluate("(e) => e.querySelectorAll('details').forEach((each) => { each.open = true; })")
    return result.inner_text()
