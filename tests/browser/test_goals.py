"""How short an answer is, on the screens that people have, with those screens' fonts."""

from __future__ import annotations

import math
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OnScreen

WORDS = r"(text) => text.split(/\s+/u).filter((run) => /[\p{L}\p{N}]/u.test(run)).length"
SIZE = f"""(answer) => {{
    const words = {WORDS};
    const controls = [...answer.querySelectorAll("a, button, summary, input")];
    return {{
        height: answer.getBoundingClientRect().height,
        words: words(answer.innerText),
        controls: controls.filter((each) => each.checkVisibility()).length,
        page: document.documentElement.scrollHeight,
    }};
}}"""
"""What stands open; of what is closed, the handle counts."""
THREE = ("confidence", "menace-diffusion", "sommeil")
TWELVE = (
    *("confidence", "telephone-montre", "menace-diffusion", "argent-exige", "images-exigees"),
    *("deja-cede", "auteur-en-ligne", "peur-des-parents", "hors-temps-scolaire", "sommeil"),
    *("detresse", "isolement"),
)


class Goal(NamedTuple):
    """How much an answer may be."""

    ticks: tuple[str, ...]
    height: float
    words: int
    controls: float = math.inf
    page: float = math.inf


GOALS = {
    "three ticks": Goal(THREE, height=2_100, words=280, controls=16, page=4_000),
    "wants to die": Goal(("danger-suicide",), height=1_050, words=130, controls=9),
    "twelve ticks": Goal(TWELVE, height=2_600, words=420),
}


@pytest.mark.parametrize("name", GOALS)
def test_an_answer_is_short_on_a_phone(on_screen: OnScreen, name: str) -> None:
    goal = GOALS[name]
    visit = on_screen("phone")
    visit.tick(*goal.ticks)
    size = visit.page.locator("#reperes-resultat").evaluate(SIZE)
    for what, value in size.items():
        assert value <= getattr(goal, what), (what, value)
    assert size["words"] > 60
    if name == "three ticks":
        tell = visit.page.locator("[data-role=prevenir]:visible").first
        assert _top(tell) - _top(visit.page.locator("#reperes-resultat")) <= 650


def _top(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["y"]


IN_VIEW = """([selector]) => [...document.querySelectorAll(selector)].filter((each) => {
    const { top, bottom, left, right } = each.getBoundingClientRect();
    return each.checkVisibility({ visibilityProperty: true }) && bottom > 0 && top < innerHeight
        && right > 0 && left < innerWidth && bottom > top;
}).length"""
WORDS_IN_VIEW = r"""() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let words = 0;
    while (walker.nextNode()) {
        const text = walker.currentNode;
        if (!text.parentElement.checkVisibility({ visibilityProperty: true })) continue;
        for (const run of text.data.matchAll(/\S*[\p{L}\p{N}]\S*/gu)) {
            range.setStart(text, run.index);
            range.setEnd(text, run.index + run[0].length);
            const { top, bottom, left, right } = range.getBoundingClientRect();
            words += bottom > 0 && top < innerHeight && right > Math.max(left, 0)
                && left < innerWidth;
        }
    }
    return words;
}"""


def test_the_first_screen_of_a_wide_page_is_calm(on_screen: OnScreen) -> None:
    page = on_screen("wide").page
    controls = page.evaluate(IN_VIEW, ["a, button, summary, input"])
    words = page.evaluate(WORDS_IN_VIEW)
    assert 60 < words <= 140
    assert 6 < controls <= 14


DANGER = {
    "door alone": ((), "112"),
    "suicide": (("danger-suicide",), "15"),
    "injury": (("danger-blessure",), "15"),
    "threat": (("danger-menace-physique",), "17"),
    "meeting": (("danger-rendez-vous",), "17"),
    "missing": (("danger-disparition", "auteur-en-ligne"), "17"),
    "countdown": (("danger-compte-a-rebours", "argent-exige"), "17"),
    "two numbers": (("danger-suicide", "danger-menace-physique"), "112"),
}


def test_danger_has_one_primary_action(on_screen: OnScreen) -> None:
    """One button in the red frame with two lesser ones, the same number in the bar, no card."""
    visit = on_screen("phone")
    page = visit.page
    frame = page.locator(".reperes-cadre")
    for name, (ticks, number) in DANGER.items():
        visit.answer(["danger", *ticks])
        primary = page.locator(".reperes-appeler:visible")
        assert primary.evaluate_all("(all) => all.map((a) => a.getAttribute('href'))") == [
            f"tel:{number}"
        ], name
        expect(frame.locator(".reperes-appeler:visible")).to_have_count(1)
        expect(frame.locator("a:visible, button:visible")).to_have_count(3)
        expect(frame.locator("a[href='sms:114']:visible")).to_have_count(1)
        assert 1 <= frame.locator("li:visible").count() <= 3, name
        expect(page.locator(".reperes-barre a:visible")).to_have_attribute("href", f"tel:{number}")
        expect(page.locator(".reperes-barre a:visible")).to_have_text(f"Appeler le {number}")
        expect(page.locator("[data-service]:visible"), name).to_have_count(0)
    result = page.locator("#reperes-resultat")
    assert result.locator("h2").inner_text() == "Agissez maintenant"
    # Without danger, none; and what was the last danger leaves nothing behind.
    visit.answer(["confidence", "parole"])
    expect(page.locator(".reperes-appeler:visible")).to_have_count(0)
    expect(page.locator(".reperes-barre a:visible")).to_have_text("Qui appeler")


def test_three_taps_lead_from_the_page_to_119(on_screen: OnScreen) -> None:
    """One opens the door, one the sheet of numbers; the third rings."""
    visit = on_screen("phone")
    page = visit.page
    page.locator("[data-moment=parole] > details > summary").tap()
    page.get_by_role("link", name="Qui appeler").tap()
    ring = page.get_by_role("dialog").get_by_role("link", name="119")
    expect(ring).to_be_in_viewport()
    expect(ring).to_have_attribute("href", "tel:119")
    ring.tap(trial=True)
