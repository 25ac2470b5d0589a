"""What is ticked never leaves the browser, and is not there for the next person."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

import signs
from tests.browser.conftest import BOTH_HOMES, FLAGS, Visit, executable
from tests.conftest import serving

STORES = """async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: window.caches ? (await caches.keys()).length : 0,
    name: window.name,
    state: history.state,
})"""
NOTHING = {
    "cookie": "",
    "local": 0,
    "session": 0,
    "databases": 0,
    "caches": 0,
    "name": "",
    "state": None,
}
TICKS = ("confidence", "danger-suicide", "sommeil")


@BOTH_HOMES
def test_nothing_ticked_leaves_the_browser(visit: Visit, context: BrowserContext) -> None:
    page = visit.page
    before = len(visit.requests)
    address = page.url
    visit.tick(*TICKS)
    page.get_by_role("button", name="Tout effacer").click()
    assert visit.requests[before:] == []
    assert page.url == address
    assert context.cookies() == []
    assert page.evaluate(STORES) == NOTHING


def test_two_requests_at_most_and_none_after(visit: Visit) -> None:
    visit.tick(*TICKS)
    loaded = [r.url for r in visit.requests if not r.url.startswith("data:")]
    assert len(loaded) <= 2


@BOTH_HOMES
def test_reloading_or_coming_back_finds_nothing_ticked(visit: Visit) -> None:
    boxes = visit.page.locator("input:checked")
    visit.tick(*TICKS)
    visit.page.reload()
    expect(boxes).to_have_count(0)
    visit.tick(*TICKS)
    visit.page.goto("about:blank")
    visit.page.go_back()
    expect(boxes).to_have_count(0)
    assert visit.shown()[0] == "choisir-le-moment"


def test_a_page_kept_alive_by_the_browser_was_emptied_when_left(visit: Visit) -> None:
    visit.tick(*TICKS)
    visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(visit.page.locator("input:checked")).to_have_count(0)
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_hidden()


@BOTH_HOMES
def test_tout_effacer_empties_everything_and_says_so(visit: Visit) -> None:
    visit.tick(*TICKS)
    visit.page.get_by_role("button", name="Tout effacer").click()
    expect(visit.page.locator("input:checked")).to_have_count(0)
    expect(visit.page.get_by_role("status")).to_have_text("Tout est effacé.")
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_hidden()
    expect(visit.page.locator("[data-moment] details[open]")).to_have_count(0)


def test_tout_effacer_works_without_javascript(chromium: Browser, home: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    visit = Visit(context.new_page(), home).open()
    visit.tick("danger-suicide")
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_visible()
    visit.page.get_by_role("button", name="Tout effacer").click()
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_hidden()
    context.close()


@BOTH_HOMES
def test_quitter_leaves_for_a_blank_page_that_takes_this_one_s_place(
    visit: Visit,
) -> None:
    entries = visit.page.evaluate("history.length")
    visit.tick(*TICKS)
    visit.page.get_by_role("link", name="Quitter").click()
    visit.page.wait_for_url("about:blank")
    assert visit.page.evaluate("history.length") == entries


def test_the_page_says_what_it_cannot_erase(visit: Visit) -> None:
    foot = visit.page.get_by_role("contentinfo").last
    expect(foot).to_contain_text("historique")
    expect(foot).to_contain_text("impression")


def test_no_form_can_be_sent_even_by_enter(visit: Visit) -> None:
    visit.tick("sommeil")
    before = len(visit.requests)
    visit.page.locator("input[value=sommeil]").press("Enter")
    assert visit.requests[before:] == []
    expect(visit.page.locator("input[value=sommeil]")).to_be_checked()


def test_the_page_still_answers_after_the_server_was_killed(
    context: BrowserContext, tmp_path: Path
) -> None:
    with serving(cwd=tmp_path) as server:
        visit = Visit(context.new_page(), server.url).open()
        server.process.kill()
        server.process.wait()
        visit.tick("danger-compte-a-rebours", "confidence")
        assert visit.shown()[0] == "appeler-17"
        visit.page.get_by_role("button", name="Tout effacer").click()
        expect(visit.page.locator("[data-conseil=appeler-17]")).to_be_hidden()
        assert visit.complaints == []


def test_the_file_needs_no_network_at_all(chromium: Browser, exported: Path) -> None:
    context = chromium.new_context(offline=True)
    visit = Visit(context.new_page(), exported.as_uri()).open()
    visit.tick("confidence")
    answer = signs.orient(signs.load(), {"confidence"})
    assert visit.shown() == [advice.id for advice in answer.advice]
    assert visit.complaints == []
    context.close()


def test_the_browser_s_profile_holds_no_tick(
    chromium: Browser, exported: Path, tmp_path: Path
) -> None:
    """Everything Chromium wrote to disk, searched for an id that was ticked."""
    launched = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=executable(), args=FLAGS
    )
    visit = Visit(launched.new_page(), exported.as_uri()).open()
    visit.tick("danger-rendez-vous")
    launched.close()
    for file in tmp_path.rglob("*"):
        if file.is_file() and "Cache" not in str(file):
            assert b"danger-rendez-vous" not in file.read_bytes(), file
