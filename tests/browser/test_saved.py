"""A page that a browser saved while it was in use works when it is opened, and holds no tick."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Visit
from tests.browser.test_mount import WIDGETS

TICKS = {
    "calm": ("confidence", "sommeil", "argent-exige"),
    "urgent": ("danger-suicide", "confidence"),
}
SAVED = """() => {
    // As Firefox writes them: what is ticked and typed becomes an attribute.
    for (const box of document.querySelectorAll("[type=checkbox], [type=radio]"))
        box.toggleAttribute("checked", box.checked);
    for (const field of document.querySelectorAll("[type=search]"))
        field.setAttribute("value", field.value);
    return "<!DOCTYPE html>" + document.documentElement.outerHTML;
}"""


def saved(visit: Visit, folder: Path) -> Visit:
    """Return a visit of the page as a browser saves it now."""
    file = folder / "enregistrée.html"
    file.write_text(visit.page.evaluate(SAVED), encoding="utf-8")
    return Visit(visit.page.context.new_page(), file.as_uri()).open()


@pytest.mark.parametrize("before", TICKS)
def test_a_saved_board_answers_as_the_page_does(
    before: str, context: BrowserContext, exported: Path, tmp_path: Path
) -> None:
    visit = Visit(context.new_page(), exported.as_uri()).open()
    fresh = [visit.answer(list(ticks)) for ticks in TICKS.values()]
    visit.open()
    visit.tick(*TICKS[before])
    seen = visit.shown()
    if before == "urgent":
        visit.page.get_by_role("button", name="Pourquoi ces conseils").click()
    else:
        visit.page.set_viewport_size({"width": 390, "height": 844})
        visit.page.get_by_role("link", name="Qui appeler").click()
    title = visit.page.title()
    for _ in range(2):  # and saved again
        if before == "urgent":  # when « Masquer » is wanted most
            visit.page.keyboard.press("Escape")
            expect(visit.page.locator("h1")).to_be_hidden()
        visit = saved(visit, tmp_path)
        expect(visit.page.locator("h1")).to_be_visible()
        expect(visit.page).to_have_title(title)
        expect(visit.page.locator("input:checked")).to_have_count(0)
        expect(visit.page.locator("details[open], dialog[open]")).to_have_count(0)
        assert [visit.answer(list(ticks)) for ticks in TICKS.values()] == fresh
        visit.page.get_by_role("button", name="Tout effacer").click()
        expect(visit.page.locator("input:checked")).to_have_count(0)
        visit.tick(*TICKS[before])
        assert visit.shown() == seen
        assert visit.complaints == []


@pytest.mark.parametrize("name", ["resources", "workshop"])
def test_a_saved_widget_starts_again(
    name: str, context: BrowserContext, exported_folder: Path, tmp_path: Path
) -> None:
    widget = WIDGETS[name]
    visit = Visit(context.new_page(), (exported_folder / f"{widget.page}.html").as_uri()).open()
    first = visit.page.evaluate(widget.seen)
    visit.page.evaluate(widget.act)
    assert visit.page.evaluate(widget.seen) != first
    again = saved(visit, tmp_path)
    assert again.page.evaluate(widget.seen) == first
    again.page.evaluate(widget.act)
    assert again.page.evaluate(widget.seen) != first
    assert again.complaints == []
