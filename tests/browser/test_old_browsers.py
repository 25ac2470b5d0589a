"""The exported pages in a browser of five years: without `:has()`, without what came since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import signs
from tests.browser.conftest import Visit

# What browsers learnt after November 2021 and a script might lean on.
FORGET = """
for (const [owner, names] of [
    [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "with"]],
    [String.prototype, ["at", "isWellFormed", "toWellFormed"]],
    [Object, ["hasOwn", "groupBy"]],
    [Map, ["groupBy"]],
    [Set.prototype, ["union", "intersection", "difference", "isSubsetOf", "isDisjointFrom"]],
    [Promise, ["withResolvers", "try"]],
    [Iterator.prototype, ["map", "filter", "take", "toArray", "forEach", "some", "find"]],
    [Element.prototype, ["checkVisibility", "setHTML", "moveBefore"]],
    [HTMLElement.prototype, ["showPopover", "hidePopover", "togglePopover", "inert"]],
    [Document.prototype, ["startViewTransition"]],
    [AbortSignal, ["timeout", "any"]],
    [URL, ["canParse", "parse"]],
    [window, ["structuredClone", "navigation", "scheduler", "reportError"]],
]) for (const name of names) delete owner[name];
"""


def _aged(file: Path, folder: Path) -> Path:
    """Return a copy that uses a selector nobody knows wherever `:has()` stood."""
    aged = folder / file.name
    page = file.read_text(encoding="utf-8")
    assert ":has(" in page
    aged.write_text(page.replace(":has(", ":inconnu("), encoding="utf-8")
    return aged


@pytest.fixture
def aged(exported_folder: Path, tmp_path: Path) -> Path:
    return _aged(exported_folder / "reperer.html", tmp_path)


@pytest.fixture
def old(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a browser that forgot what it learnt since; the copy has other hashes."""
    context = chromium.new_context(offline=True, bypass_csp=True)
    context.add_init_script(FORGET)
    yield context
    context.close()


def test_the_whole_journey_works_in_an_old_browser(
    old: BrowserContext, aged: Path, sign_list: signs.SignList
) -> None:
    visit = Visit(old.new_page(), aged.as_uri()).open()
    assert visit.page.evaluate("[].at") is None  # forgotten indeed
    assert not visit.page.evaluate("CSS.supports('selector(:inconnu(*))')")
    visit.tick("danger-suicide")
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_visible()
    visit.tick("confidence", "sommeil")
    ticked = ("danger-suicide", "confidence", "sommeil")
    answer = signs.orient(sign_list, ticked, moment="signes")  # where the last is
    assert set(visit.shown()) == {advice.id for advice in answer.advice}
    assert set(visit.shown("service")) == {service.id for service in answer.services}
    visit.page.get_by_role("button", name="Tout effacer").click()
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_hidden()
    assert visit.complaints == []


@pytest.mark.extended
def test_every_sheet_works_in_an_old_browser(old: BrowserContext, exported_folder: Path) -> None:
    page = old.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for file in sorted(exported_folder.glob("*.html")):
        page.goto(file.as_uri())
        assert page.locator("h1").first.is_visible(), file.name
    assert complaints == []


def test_without_javascript_an_old_browser_shows_all_advice(chromium: Browser, aged: Path) -> None:
    """It cannot say which: it hides nothing that somebody might need."""
    context = chromium.new_context(offline=True, bypass_csp=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(aged.as_uri())
    for kind in ("conseil", "service"):
        every = page.locator(f"[data-{kind}]")
        assert every.count() > 20
        assert page.locator(f"[data-{kind}]:visible").count() == every.count()
    context.close()


def test_an_old_browser_prints_all_that_it_shows(old: BrowserContext, aged: Path) -> None:
    visit = Visit(old.new_page(), aged.as_uri()).open()
    visit.tick("confidence")
    shown = visit.shown()
    visit.page.emulate_media(media="print")
    assert visit.shown() == shown
