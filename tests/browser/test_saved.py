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
OPEN_TODAY = ".reperes-ouvert:visible:text-matches('jusqu|Fermé')"
"""What is true of some hours only."""
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


@pytest.mark.parametrize(
    ("name", "covered"), [("reperer", False), ("reperer", True), ("ressources", False)]
)
def test_a_single_file_in_which_no_script_runs_says_so_and_claims_nothing(
    name: str, covered: bool, context: BrowserContext, exported_folder: Path, tmp_path: Path
) -> None:
    """As phones keep pages: everything in one .mhtml, as it stood, and no script."""
    page = context.new_page()
    visit = Visit(page, (exported_folder / f"{name}.html").as_uri()).open()
    if name == "reperer":
        visit.tick(*TICKS["calm"])
    expect(page.locator(".page-figee")).to_be_hidden()
    assert page.locator(OPEN_TODAY).count() > 0
    if covered:
        page.keyboard.press("Escape")
    file = tmp_path / "enregistrée.mhtml"
    shot = context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})
    file.write_bytes(shot["data"].encode())
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Cette page enregistrée est figée")).to_be_visible()
    expect(page.locator("button:visible, [type=search]:visible")).to_have_count(0)
    expect(page.locator(OPEN_TODAY)).to_have_count(0)
    assert page.locator(".reperes-heures:visible").count() > 0
