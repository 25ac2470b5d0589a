"""Leaving in a hurry, and covering the page: what is on screen goes at once, never to come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Route, expect

from tests.browser.conftest import FLAGS, Visit, executable
from tests.conftest import PATIENCE, Run, Served

ENT, HELP, EXIT = (
    "https://ent.example.fr/",
    "https://aide.example.org/",
    "https://meteo.example.net/",
)
TICKS = ("confidence", "danger-suicide")
GONE = """(event) => addEventListener(event, () => localStorage.setItem(
    "left",
    (localStorage.left ?? "") + (document.body.textContent + document.title ? "1" : "0")))"""
"""Keeps whether anything is on screen in the task of the event itself, after all that answers."""
LEFT_OPEN = "details[open], dialog[open], input:checked"
UNFOLD = """() => {
    for (const each of document.querySelectorAll("details:not([open]) > summary"))
        if (each.checkVisibility()) each.click();
    scrollTo(0, 300);
}"""
GLIDING = """() => {
    for (const _ of [1, 2, 3]) for (const event of [
        new WheelEvent("wheel", { shiftKey: true, bubbles: true }),
        new KeyboardEvent("keydown", { key: "Shift", bubbles: true }),
    ]) document.body.dispatchEvent(event);
}"""
"""Presses Shift three times while the page still moves from before."""
IN_FRAME = """(selector) => {
    const { body } = document.querySelector("iframe")?.contentDocument ?? {};
    return body?.querySelector("h1") && !body.querySelector(`${selector}, [data-urgent]`);
}"""


@pytest.fixture(scope="module")
def remembering(chromium: Browser) -> Iterator[Browser]:
    """Return a browser that keeps pages for Back, as people's do and Playwright's does not."""
    kept = ["--disable-back-forward-cache"]
    browser = chromium.browser_type.launch(
        executable_path=executable(), args=FLAGS, ignore_default_args=kept
    )
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE * 1000))
    yield browser
    browser.close()


def sites(context: BrowserContext, page: str, sandbox: str | None = None) -> list[str]:
    """Serve the page, an ENT that frames it, and where it leads; return what is asked for."""
    asked: list[str] = []
    attribute = "" if sandbox is None else f' sandbox="{sandbox}"'
    bodies = {
        ENT: f'<title>ENT</title><iframe src="{HELP}" width=1200 height=700{attribute}></iframe>',
        f"{HELP}ent": f'<iframe src="{HELP}"></iframe>',
        HELP: page,
        EXIT: "<title>Météo</title>Beau temps",
    }

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        body = bodies.get(route.request.url)
        if body is None:
            route.abort()
        else:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

    context.route(re.compile("^https://"), answer)
    return asked


def framed(page: Page) -> Frame:
    frame = page.frame(url=HELP)
    assert frame
    return frame


def ticked_in_an_ent(context: BrowserContext, html: str, sandbox: str | None) -> Frame:
    """Return the help page in a frame of an ENT's page, with ticks made."""
    sites(context, html, sandbox)
    page = context.new_page()
    page.goto(ENT)
    frame = framed(page)
    tick_by_script(frame)
    return frame


def tick_by_script(frame: Frame) -> None:
    frame.evaluate(
        """(ids) => ids.forEach((id) => {
            const door = [...document.querySelectorAll("[data-moment]")].find((each) =>
                each.querySelector("noscript")?.textContent.includes(`value="${id}"`) ||
                each.querySelector(`[value="${id}"]`));
            door.querySelector("summary").click();
            const box = document.querySelector(`[value="${id}"]`);
            if (!box.checked) box.click();
        })""",
        list(TICKS),
    )


@pytest.mark.parametrize("press", ["click", "key"])
def test_the_content_is_gone_in_the_task_of_the_press_itself(
    press: str, context: BrowserContext, exported: Path
) -> None:
    visit = Visit(context.new_page(), exported.as_uri()).open()
    visit.tick(*TICKS)
    entries = visit.page.evaluate("history.length")
    visit.page.evaluate(GONE, "click" if press == "click" else "keydown")
    press_to_leave(visit.page.main_frame, press)
    visit.page.wait_for_url("about:blank")
    assert visit.page.evaluate("history.length") == entries
    visit.open()
    assert visit.page.evaluate("localStorage.left") == ("0" if press == "click" else "110")


def press_to_leave(frame: Frame, press: str) -> None:
    """Leave as a person does."""
    if press == "click":
        frame.get_by_role("link", name="Quitter").click()
        return
    frame.locator("h1").click()  # it has the keyboard
    for _ in range(3):
        frame.page.keyboard.press("Shift")


def test_shift_leaves_only_when_nothing_is_typed_and_no_other_key_comes_between(
    context: BrowserContext, exported_folder: Path
) -> None:
    page = context.new_page()
    page.goto((exported_folder / "ressources.html").as_uri())
    field = page.get_by_role("searchbox").first
    for _ in range(4):
        field.press("Shift")
    field.blur()
    for key in ("Shift", "Shift", "ArrowDown", "Shift", "Shift+End", "Shift"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("about:blank")


def test_a_wheel_turned_with_shift_moves_the_page_and_does_not_leave_it(visit: Visit) -> None:
    page = visit.page
    visit.tick(*TICKS)
    page.evaluate("addEventListener('wheel', () => window.turns = (window.turns ?? 0) + 1)")
    page.locator("h1").hover()
    for turns in (1, 2, 3):
        page.keyboard.down("Shift")
        unhurried(page)  # as after the turn before
        page.mouse.wheel(0, 100)
        page.wait_for_function("(turns) => window.turns === turns", arg=turns)
        page.keyboard.up("Shift")
    expect(page.locator("input:checked")).to_have_count(len(TICKS))
    page.evaluate(GLIDING)
    page.wait_for_url("about:blank")


def test_the_middle_button_leaves_too_and_the_right_one_does_not(visit: Visit) -> None:
    way_out = visit.page.locator(".page-quitter")
    visit.tick(*TICKS)
    way_out.click(button="right")
    expect(visit.page.locator("input:checked")).to_have_count(len(TICKS))
    way_out.click(button="middle")
    visit.page.wait_for_url("about:blank")


@pytest.mark.parametrize("address", ["https://meteo.example.fr:99999/", "https://www.\u0661.fr"])
def test_an_address_that_no_browser_reads_keeps_nobody_here(
    address: str, context: BrowserContext, exported: Path
) -> None:
    html = exported.read_text("utf-8")
    assert html.count('href="about:blank"') == 1
    sites(context, html.replace('href="about:blank"', f'href="{address}"'))
    visit = Visit(context.new_page(), HELP).open()
    visit.tick(*TICKS)
    visit.page.get_by_role("link", name="Quitter").click()
    visit.page.wait_for_url("about:blank")


def test_it_leads_where_the_school_says_and_asks_for_nothing_before(
    context: BrowserContext, reperes: Run, tmp_path: Path
) -> None:
    (tmp_path / "ecole.toml").write_text(f'format = 1\nsortie = "{EXIT}"\n', "utf-8")
    written = reperes("exporter", "--ecole", "ecole.toml", "-o", "page.html")
    assert written.returncode == 0, written.stderr
    asked = sites(context, (tmp_path / "page.html").read_text("utf-8"))
    visit = Visit(context.new_page(), HELP).open()
    visit.tick(*TICKS)
    assert asked == [HELP]
    visit.page.get_by_role("link", name="Quitter").click()
    visit.page.wait_for_url(EXIT)
    assert asked == [HELP, EXIT]


@pytest.mark.parametrize("press", ["click", "key"])
@pytest.mark.parametrize(
    "sandbox", [None, "allow-scripts allow-same-origin allow-top-navigation-by-user-activation"]
)
def test_in_a_frame_it_takes_the_whole_tab_along(
    press: str, sandbox: str | None, context: BrowserContext, exported: Path
) -> None:
    frame = ticked_in_an_ent(context, exported.read_text("utf-8"), sandbox)
    page = frame.page
    press_to_leave(frame, press)
    page.wait_for_url("about:blank")


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-same-origin"])
def test_a_frame_that_may_not_leave_erases_and_says_so(
    sandbox: str, context: BrowserContext, exported: Path
) -> None:
    frame = ticked_in_an_ent(context, exported.read_text("utf-8"), sandbox)
    page = frame.page
    way_out = frame.locator(".page-quitter")
    if sandbox == "allow-scripts":  # no script may know in the other case
        expect(way_out).to_have_text("Effacer")
    frame.evaluate(UNFOLD)
    if sandbox == "allow-scripts":
        way_out.click()
    else:
        frame.locator("h1").click()
        frame.evaluate("document.querySelector('dialog').showModal()")
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(way_out).to_have_text("Effacer")
    expect(frame.locator(LEFT_OPEN)).to_have_count(0)
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    expect(frame.get_by_role("status").first).to_have_text("Tout est effacé.")
    assert (frame.evaluate("scrollY"), page.url) == (0, ENT)


@pytest.mark.parametrize("home", ["served", "file", "frame"])
def test_back_never_shows_a_tick_nor_an_open_door(
    home: str, remembering: Browser, served: Served, exported: Path
) -> None:
    context = remembering.new_context()
    page = context.new_page()
    sites(context, exported.read_text("utf-8"))
    page.goto({"served": served.url, "file": exported.as_uri(), "frame": f"{HELP}ent"}[home])
    frame = framed(page) if home == "frame" else page.main_frame
    for leave in ("elsewhere", "out"):
        tick_by_script(frame)
        expect(frame.locator("[data-conseil=appeler-15]")).to_have_count(1)
        page.goto(EXIT) if leave == "elsewhere" else frame.locator(".page-quitter").click()
        page.wait_for_url(EXIT if leave == "elsewhere" else "about:blank")
        if leave == "elsewhere":
            page.go_back(wait_until="commit")
            if home == "frame":  # kept, and unknown to Playwright from now on
                page.wait_for_function(IN_FRAME, arg=LEFT_OPEN)
                return
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.locator(f"{LEFT_OPEN}, [data-urgent]")).to_have_count(0)
    page.go_back(wait_until="commit")
    expect(page.locator(LEFT_OPEN)).to_have_count(0)


@pytest.mark.parametrize(
    "name",
    [
        "reperer",
        *(pytest.param(name, marks=pytest.mark.extended) for name in ("atelier", "served")),
    ],
)
def test_without_javascript_one_erases_before_leaving(
    name: str, remembering: Browser, exported_folder: Path, served: Served
) -> None:
    context = remembering.new_context(java_script_enabled=False)
    file = exported_folder / f"{name}.html"
    visit = Visit(context.new_page(), served.url if name == "served" else file.as_uri()).open()
    page = visit.page
    expect(page.locator(".page-quitter, .page-masquer").locator("visible=true")).to_have_count(0)
    expect(page.locator(".page-partir")).to_be_visible()  # nothing looks into `noscript` by words
    expect(page.locator(".page-figee")).to_be_hidden()
    away = [
        link.get_attribute("href")
        for link in page.locator("a:not([target=_blank])").all()
        if not (link.get_attribute("href") or "").startswith(("#", "tel:", "sms:", "mailto:"))
    ]
    assert away == ["about:blank"]  # the way out with JavaScript, which is not there
    if name != "atelier":
        visit.tick(*TICKS)
        erase = page.locator(".page-effacer")
        erase.focus()
        page.keyboard.press("Enter") if name == "served" else erase.click()
        expect(page.locator("input:checked")).to_have_count(0)
        page.goto("about:blank")
        page.go_back(wait_until="commit")
        expect(page.locator("input:checked")).to_have_count(0)
    context.close()


def test_covered_it_tells_nothing_and_uncovered_it_is_as_it_was(visit: Visit) -> None:
    page = visit.page
    visit.tick(*TICKS)
    title, icon = page.title(), page.locator("link[rel=icon]").get_attribute("href")
    shown = visit.shown()
    for cover, uncover in (("button", "key"), ("key", "button"), ("key", "key")):
        if cover == "button":
            page.get_by_role("button", name="Masquer").click()
        else:
            page.keyboard.press("Escape")
        assert page.title() == "Nouvel onglet"
        assert page.locator("link[rel=icon]").get_attribute("href") == "data:,"
        expect(page.locator("body > :visible")).to_have_count(1)
        page.keyboard.press("Control+a")
        assert page.evaluate("getSelection().toString()") == "", "nothing to copy"
        back = page.get_by_role("button")
        expect(back).to_be_focused()
        expect(back).to_have_accessible_name(
            "Revenir : tout est masqué, rien n’est effacé. Échap fait la même chose."
        )
        if uncover == "key":
            unhurried(page)
            page.keyboard.press("Escape")
        else:
            back.click()
        assert (page.title(), page.locator("link[rel=icon]").get_attribute("href")) == (title, icon)
        expect(page.locator("input:checked")).to_have_count(len(TICKS))
        assert visit.shown() == shown


def unhurried(page: Page) -> None:
    """Let the time pass in which a second press is that of a hurried hand."""
    now = page.evaluate("performance.now()")
    page.wait_for_function("(since) => performance.now() - since > 400", arg=now)


def test_what_is_pressed_twice_or_held_in_a_hurry_covers(visit: Visit) -> None:
    page = visit.page
    visit.tick(*TICKS)
    button = page.locator(".page-masquer")

    def hold_return() -> None:
        button.focus()
        page.keyboard.down("Enter")
        unhurried(page)
        for _ in range(3):  # as it repeats
            page.keyboard.down("Enter")
        page.keyboard.up("Enter")

    def escape_twice() -> None:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")

    for press in (button.dblclick, escape_twice, hold_return):
        press()
        expect(page.locator("body > :visible")).to_have_count(1)
        unhurried(page)
        page.keyboard.press("Escape")
        expect(page.locator("input:checked")).to_have_count(len(TICKS))
        assert page.title() != "Nouvel onglet"


def test_escape_covers_what_is_typed_and_keeps_it(
    context: BrowserContext, exported_folder: Path
) -> None:
    page = context.new_page()
    page.goto((exported_folder / "ressources.html").as_uri())
    field = page.get_by_role("searchbox").first
    for words in ("police", ""):
        field.fill(words)
        page.keyboard.press("Escape")
        expect(page.locator("body > :visible")).to_have_count(1)
        unhurried(page)
        page.keyboard.press("Escape")
        expect(field).to_be_focused()
        expect(field).to_have_value(words)


def test_the_button_is_there_once_there_is_an_answer_to_hide(visit: Visit) -> None:
    button = visit.page.locator(".page-masquer")
    expect(button).to_be_hidden()
    visit.page.get_by_role("button", name="Voir tous les gestes utiles").click()
    expect(button).to_be_visible()


def test_escape_keeps_its_own_meaning_in_a_dialog(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    visit.tick("confidence")
    page.get_by_role("link", name="Qui appeler").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
