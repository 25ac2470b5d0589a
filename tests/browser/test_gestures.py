"""What a hand does: open a door anywhere, copy a sentence, follow the bar, hit what it aims at."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import MORNING, Visit, VisitOn
from tests.conftest import Served

PARTS = ("h3", ".reperes-premiers-mots", ".reperes-galet")
"""The title, the words and the pebble of a door."""


@pytest.mark.parametrize("javascript", [True, False])
def test_a_door_opens_wherever_one_presses_it(
    chromium: Browser, served: Served, javascript: bool
) -> None:
    context = chromium.new_context(java_script_enabled=javascript)
    page = Visit(context.new_page(), served.url).open().page
    for moment, part in zip(("danger", "alerte", "signes"), PARTS, strict=True):
        box = page.locator(f"[data-moment={moment}] {part}").bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        lists = page.locator(f"[data-moment={moment}] .reperes-cocher > summary")
        expect(lists.first).to_be_visible()
        page.locator(f"[data-moment={moment}] > details > summary").click()  # and shuts
        expect(lists.first).to_be_hidden()
    context.close()


def test_first_words_can_be_selected_without_opening_the_door(visit: Visit) -> None:
    page = visit.page
    sentence = page.locator("[data-moment=parole] .reperes-premiers-mots p").bounding_box()
    assert sentence
    page.mouse.move(sentence["x"] + 40, sentence["y"] + 10)
    page.mouse.down()
    page.mouse.move(sentence["x"] + 200, sentence["y"] + 10, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString().length") > 5
    assert visit.door() is None


def test_a_sentence_to_say_is_copied_and_that_is_said(visit: Visit) -> None:
    """One has a button of its own: the one that stands first."""
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.tick("confidence")
    button = page.get_by_role("button", name="Copier la phrase")
    expect(button).to_have_count(1)
    button.click()
    expect(page.get_by_role("status")).to_have_text("Phrase copiée.")
    expect(page.locator("[data-copie]")).to_have_text(re.compile("^Copier"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Merci")
    assert "«" not in copied
    assert copied in page.locator("[data-conseil=dire-que-je-crois]").inner_text()
    visit.tick("alerte-camarade")
    expect(button).to_have_count(1)
    button.click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Tu as bien fait")
    expect(page.locator("[data-copie]")).to_have_count(1)  # the last one


def test_without_a_clipboard_the_sentence_is_selected(visit: Visit) -> None:
    """As on a page served without https; where even the old way fails, it is said what to do."""
    page = visit.page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visit.open_door("signes")
    button = page.get_by_role("button", name="Copier la phrase")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Phrase copiée")
    page.evaluate("document.execCommand = () => false")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("Ctrl+C")
    assert "J’ai remarqué" in page.evaluate("getSelection().toString()")


def test_nothing_to_avoid_is_offered_to_be_copied(visit: Visit) -> None:
    visit.tick("confidence", "telephone-montre")
    expect(visit.page.locator("[data-temps=jamais] .reperes-copier")).to_have_count(0)


# What is in the middle of a sentence is as high as its line (WCAG 2.5.8 says so too).
SMALL = """(least) => [...document.querySelectorAll("a, button, summary, label")]
    .filter((element) => element.checkVisibility() && !element.closest(".reperes-source"))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([element, { width, height, right }]) => right > 0 && // a skip link waits outside
        !element.closest(".reperes-texte a, .reperes-appel") &&
        (height < least - 0.5 || width < Math.min(least, 44) - 0.5) &&
        getComputedStyle(element).position !== "fixed")
    .map(([element, { width, height }]) =>
        `${element.outerHTML.slice(0, 90)} ${Math.round(width)}×${Math.round(height)}`)"""


@pytest.mark.parametrize("touch", [False, True])
def test_nothing_to_press_is_too_small(chromium: Browser, served: Served, touch: bool) -> None:
    """24 pixels for a mouse, 44 for a finger."""
    size = {"width": 390, "height": 844} if touch else {"width": 1280, "height": 800}
    context = chromium.new_context(viewport=size, has_touch=touch, is_mobile=touch)
    visit = Visit(context.new_page(), served.url).open()
    visit.tick("danger-suicide", "confidence", "argent-exige", "sommeil")
    visit.page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert visit.page.evaluate(SMALL, 44 if touch else 24) == []
    context.close()


@pytest.fixture
def watched(chromium: Browser, served: Served) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries()))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    yield Visit(page, served.url).open().page
    page.close()


SETTLED = """new Promise((done) => requestAnimationFrame(() =>
    requestAnimationFrame(() => done(performance.now()))))"""
"""Resolve with the time, once what was done before has been painted."""
SHIFTS_SINCE = """async (start) => {
    const frames = () => new Promise(requestAnimationFrame);
    await frames().then(frames);
    const end = performance.now();
    // A shift is told some time after its frame: one of ours says that all before it are told.
    const ours = Object.assign(document.createElement("p"), { style: "height: 400px" });
    document.body.prepend(ours);
    while (!shifts.some(({ startTime }) => startTime >= end)) await frames();
    ours.remove();
    return shifts
        .filter(({ startTime }) => startTime >= start && startTime < end)
        .map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.textContent)]);
}"""
"""Return what moved since a time, in milliseconds: how much, then the texts of what did."""


def test_nothing_moves_by_itself(watched: Page) -> None:
    """Neither when the page comes, nor once a tick has been answered, nor as minutes pass."""
    assert watched.evaluate(SHIFTS_SINCE, 0) == []
    Visit(watched, watched.url).tick("danger-suicide", "confidence", "sommeil")
    answered = watched.evaluate(SETTLED)
    watched.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert watched.evaluate(SHIFTS_SINCE, answered) == []


REMEMBER = """() => { window.places = [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && !element.closest("svg"))
    .filter((element) => element.getBoundingClientRect().height) // it takes room
    .map((element) => [element, JSON.stringify(element.getBoundingClientRect())]); }"""
MOVED = """() => places
    .map(([element, before]) => [element, before, JSON.stringify(element.getBoundingClientRect())])
    .filter(([element, before, after]) => before !== after)
    .map(([element, before, after]) => [element.outerHTML.slice(0, 80), before, after])"""


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_moves_when_the_script_comes_late(
    chromium: Browser, served: Served, width: int
) -> None:
    """On a slow machine the page is painted before its scripts have run: they move nothing."""
    page = chromium.new_page(viewport={"width": width, "height": 800})

    def hold_the_scripts(route: Route) -> None:
        html = route.fetch().text().replace("<script>", '<script type="text/plain">')
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route(served.url, hold_the_scripts)
    page.clock.install(time=MORNING)  # every service with hours is open or shut
    page.goto(served.url)
    page.evaluate(REMEMBER)
    page.evaluate("document.querySelectorAll('script').forEach((s) => eval(s.textContent))")
    expect(page.locator("[data-vivant]")).to_have_count(1)
    assert page.evaluate(MOVED) == []
    page.close()


TOO_LONG = """() => [...document.querySelectorAll("p")].filter((p) => {
    if (!p.checkVisibility()) return false;
    const ruler = document.createElement("span");
    ruler.textContent = "0".repeat(70);
    ruler.style.cssText = "position:absolute;white-space:nowrap";
    p.prepend(ruler);
    const { width } = ruler.getBoundingClientRect();
    ruler.remove();
    return p.getBoundingClientRect().width > width + 1;
}).map((p) => p.textContent.slice(0, 60))"""


def test_no_line_is_longer_than_seventy_letters(visit_on: VisitOn) -> None:
    visit = visit_on(1900, 900)
    visit.tick("danger-suicide", "confidence")
    assert visit.page.evaluate(TOO_LONG) == []


def test_what_is_new_is_marked_and_the_first_answer_is_not_all_new(visit: Visit) -> None:
    new = visit.page.locator("#reperes-resultat .reperes-nouveau")
    said = visit.page.locator("#reperes-resultat .reperes-neuf")
    visit.tick("confidence")
    expect(new).to_have_count(0)
    expect(said).to_have_count(0)
    before = {*visit.shown(), *visit.shown("service")}
    visit.tick("auteur-parent")
    added = {*visit.shown(), *visit.shown("service")} - before
    marked = new.evaluate_all("(all) => all.map((e) => e.dataset.conseil ?? e.dataset.service)")
    assert set(marked) == added
    # Said in words too, before those of each advice; gone again at the next tick.
    assert {word.strip() for word in said.all_text_contents()} == {"Nouveau"}
    assert said.count() == visit.page.locator("[data-conseil].reperes-nouveau").count()
    expect(said.locator("visible=true").first).to_be_visible()
    visit.open_list("auteur-parent").uncheck()
    visit.open_list("confidence").uncheck()
    visit.tick("confidence")
    expect(new).to_have_count(0)
    expect(said).to_have_count(0)
