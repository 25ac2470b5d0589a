"""Where a person goes on the page: doors, the way back to what is ticked, whom to call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OnScreen, Visit
from tests.browser.test_answer import DOORS, SIGN_LIST, expected
from tests.conftest import Served

FIRST = {
    "danger": "appeler-112",
    "parole": "dire-que-je-crois",
    "alerte": "aller-vers-l-eleve-vise",
    "signes": "une-question-ouverte",
}


def test_a_door_answers_by_itself_and_one_is_open_at_a_time(visit: Visit) -> None:
    for moment in DOORS:
        visit.open_door(moment)
        assert visit.door() == moment
        answer = expected([moment])
        assert (visit.open_lines(), visit.shown()) == (answer.open_advice, answer.advice), moment
        assert answer.advice[0] == FIRST[moment]
        expect(visit.page.get_by_role("status")).to_contain_text("Voici quoi faire, en 3 étapes.")
    expect(visit.page.locator(".reperes-modifier")).to_be_hidden()  # nothing is ticked
    visit.page.locator("[data-moment=signes] > details > summary").click()
    expect(visit.page.get_by_role("heading", name="Dans tous les cas")).to_be_visible()
    assert visit.open_lines() == []
    expect(visit.page.get_by_role("button", name="Tout effacer")).to_be_hidden()


def test_closing_a_door_keeps_its_ticks_and_their_answer(visit: Visit) -> None:
    page = visit.page
    visit.tick("confidence", "refus-aide")
    door = page.locator("[data-moment=parole]")
    door.locator("> details > summary").click()
    assert visit.door() is None
    expect(door.locator("summary").first).to_contain_text("2 cochées")
    assert visit.open_lines() == expected(["confidence", "refus-aide"]).open_advice
    visit.open_door("signes")  # another door: what was ticked stays, and counts
    expect(door.locator("summary").first).to_contain_text("2 cochées")
    assert visit.open_lines() == expected(["confidence", "refus-aide", "signes"]).open_advice
    modify = page.locator(".reperes-modifier")
    modify.locator("summary").click()
    lines = modify.locator("li")
    words = [SIGN_LIST.items[id_].label.replace("'", "’") for id_ in ("confidence", "refus-aide")]
    expect(lines).to_have_count(2)
    for line, label in zip(lines.all(), words, strict=True):
        expect(line).to_contain_text(label)
    lines.nth(1).get_by_role("button", name="Retirer").click()
    expect(lines).to_have_count(1)
    expect(modify.locator("summary")).to_be_focused()
    expect(door.locator("summary").first).to_contain_text("1 cochée")
    assert visit.open_lines() == expected(["confidence", "signes"]).open_advice
    modify.get_by_role("link", name="Revenir aux questions").click()
    expect(page.get_by_role("heading", name="Que se passe-t-il")).to_be_in_viewport()
    lines.get_by_role("button", name="Retirer").click()
    expect(modify).to_be_hidden()
    assert visit.open_lines() == expected(["signes"]).open_advice


@pytest.mark.parametrize("screen", ["phone", "wide"])
def test_after_tout_effacer_one_is_at_the_top_and_no_door_is_open(
    on_screen: OnScreen, screen: str
) -> None:
    visit = on_screen(screen)
    page = visit.page
    visit.tick("danger-suicide", "confidence", "sommeil")
    page.locator("[data-temps=jamais]").scroll_into_view_if_needed()
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.get_by_role("status")).to_have_text("Tout est effacé.")
    expect(page.locator(".reperes-choix")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0
    assert visit.door() is None
    expect(
        page.locator("input:checked, [data-moment] [open], .reperes-modifier[open]")
    ).to_have_count(0)
    assert visit.open_lines() == []
    expect(page.locator("[data-role=adulte]:visible")).to_have_count(1)


def test_what_completes_the_doors_comes_once_something_is_chosen(visit: Visit) -> None:
    complements = visit.page.locator(".reperes-complement")
    expect(complements.locator("visible=true")).to_have_count(0)
    visit.open_door("parole")
    expect(complements.locator("visible=true")).to_have_count(2)
    visit.tick("menace-diffusion")
    assert visit.door() == "parole"  # they are no doors: the one that is open stays so
    expect(visit.page.locator("[data-moment=faits] summary").first).to_contain_text("1 cochée")


# --- The sheet of numbers -------------------------------------------------------------------


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('dialog, .reperes-barre')?.className"))


@pytest.mark.parametrize("door", [None, "parole", "signes"])
def test_whom_to_call_is_a_sheet_of_at_most_three_numbers(
    on_screen: OnScreen, door: str | None
) -> None:
    visit = on_screen("phone")
    page = visit.page
    if door:
        visit.open_door(door)
    button = page.locator(".reperes-qui-appeler")
    button.click()
    sheet = page.get_by_role("dialog", name="Qui appeler")
    expect(sheet).to_be_in_viewport(ratio=1)
    assert "reperes-feuille" in _focused(page)
    numbers = sheet.locator("a[href^='tel:']")
    assert 1 <= numbers.count() <= 3
    expect(numbers.first).to_have_attribute("href", "tel:119")
    for number in numbers.all():
        box = number.bounding_box()
        assert box
        assert box["height"] >= 44
    for _ in range(8):  # the focus stays on the sheet, or in the browser's own bars
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('dialog') !== null"
            " || document.activeElement === document.body"
        )
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    button.press("Enter")
    sheet.get_by_role("button", name="Fermer").click()
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()


@pytest.fixture
def plain(chromium: Browser, served: Served) -> Iterator[Visit]:
    """Return the page on a phone that runs no script."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    yield Visit(context.new_page(), served.url).open()
    context.close()


def test_without_javascript_whom_to_call_leads_to_the_numbers(plain: Visit) -> None:
    plain.open_door("parole")
    plain.page.get_by_role("link", name="Qui appeler").click()
    expect(plain.page.locator("#reperes-services")).to_be_in_viewport()
    expect(
        plain.page.locator("#reperes-services a[href='tel:119']:visible").first
    ).to_be_in_viewport()


def test_without_javascript_a_door_is_an_answer_and_one_is_open_at_a_time(plain: Visit) -> None:
    """All that is called stands open; what would need a script is not offered."""
    page = plain.page
    for moment in DOORS:
        plain.open_door(moment)
        assert plain.open_lines() == expected([moment], folded=False).open_advice, moment
        expect(page.locator(".reperes-cadre .reperes-appeler:visible")).to_have_count(
            1 if moment == "danger" else 0
        )
    names = ("Copier", "Imprimer", "Voir tous les gestes", "Pourquoi ces conseils", "Modifier")
    for name in names:
        expect(page.get_by_text(name).locator("visible=true")).to_have_count(0)
    reason = page.locator("[data-conseil=une-question-ouverte] .reperes-raison")
    expect(reason).to_contain_text("Source :")
    expect(reason).to_be_visible()
