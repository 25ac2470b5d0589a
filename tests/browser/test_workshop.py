"""The workshop in a real browser: alone, before a group by keyboard, and with nothing collected."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import signs
from signs.text.typography import typography
from tests.browser.conftest import Visit
from tests.browser.paper import empty_share, run_together, smallest_letters
from tests.browser.screens import BY_LOOK, PHONE, axe_finds_nothing, axe_whole, looks
from tests.conftest import Served


@pytest.fixture(scope="module")
def lasting(chromium: Browser, served: Served) -> Iterator[Visit]:
    """Return one visit for all tests, by a clock of ours."""
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.clock.install()
    yield Visit(page, f"{served.url}atelier")
    context.close()


@pytest.fixture
def workshop(lasting: Visit) -> Iterator[Page]:
    """Return the workshop, just opened; afterwards, nothing was sent and nothing was stored."""
    page = lasting.open_anew(1280, 800).page
    opened = len(lasting.requests)
    yield page
    lasting.assert_quiet()
    later = {r.url for r in lasting.requests[opened:] if not r.url.startswith("data:")}
    assert later <= {lasting.address}, "nothing but the page itself, when it is asked for again"
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        *(0, 0, ""),
    ]
    assert page.url == lasting.address


def step(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Étapes de l’atelier").get_by_role(
        "button", name=name
    )


def go_to(page: Page, vignette: str) -> Locator:
    """Go to a story as a participant does, and return it."""
    step(page, "Les vignettes").click()
    story = page.locator(f"[data-vignette={vignette}]")
    while not story.is_visible():
        page.get_by_role("button", name="Suivant").click()
    return story


def test_alone_one_reads_ticks_discusses_reveals_and_compares(
    workshop: Page, sign_list: signs.SignList
) -> None:
    expect(workshop.get_by_role("heading", name="Le cadre")).to_be_visible()
    expect(workshop.get_by_text("Étape 1 sur 7")).to_be_visible()
    expect(workshop.locator(".reperes-board")).to_be_hidden()
    story = go_to(workshop, "vignette-fin-de-cours")
    expect(workshop.get_by_text("Étape 4 sur 7, vignette 1 sur 5")).to_be_visible()
    expect(story.get_by_role("heading", name="À la fin du cours")).to_be_focused()
    expect(story.get_by_text("Pourquoi", exact=True)).to_be_hidden()
    board = Visit(workshop, workshop.url)
    board.tick("confidence", "sommeil")
    expect(workshop.locator("[data-conseil=dire-que-je-crois]")).to_be_visible()
    story.get_by_text("Voir à quoi l’histoire conduit").click()
    expect(story.locator("[data-coche=confidence]")).to_contain_text("vous aussi")
    expect(story.locator("[data-coche=menace-diffusion]")).to_contain_text("pas sur votre tableau")
    expect(story.locator(".atelier-en-plus")).to_contain_text("S’endort en classe")
    story.get_by_role("button", name="Montrer ces coches sur le tableau").click()
    answer = signs.orient(sign_list, ["confidence", "menace-diffusion"], moment=board.door())
    assert set(board.shown()) == {advice.id for advice in answer.advice}
    workshop.get_by_role("button", name="Suivant").click()
    expect(workshop.locator(".reperes-board input:checked")).to_have_count(0)
    expect(workshop.locator(".atelier-revelation[open]")).to_have_count(0)
    assert not re.search(
        r"votre score|\d ?/ ?\d|bravo|bonne réponse", workshop.inner_text("main").lower()
    )


def test_every_story_shows_on_the_board_what_it_says_it_leads_to(
    workshop: Page, sign_list: signs.SignList
) -> None:
    workshop.get_by_text("Préparer la séance").click()
    workshop.evaluate(
        "for (const box of document.querySelectorAll('[name=vignette]'))"
        " if (!box.checked) box.click()"
    )
    step(workshop, "Les vignettes").click()
    for vignette in sign_list.vignettes:
        workshop.get_by_role("button", name="Suivant").click()
        story = workshop.locator(f"[data-vignette={vignette.id}]")
        story.locator(".atelier-revelation > summary").click()
        story.get_by_role("button", name="Montrer ces coches").click()
        assert set(vignette.leads_to) <= set(Visit(workshop, workshop.url).shown()), vignette.id


def lead(page: Page, **size: int) -> None:
    """Start the group mode on a screen of that size."""
    page.set_viewport_size({"width": 1280, "height": 720, **size})
    page.get_by_text("Préparer la séance").click()
    page.get_by_role("checkbox", name="Mode groupe").check()


SLIDE = """() => {
    const seen = (each) => each.checkVisibility({ visibilityProperty: true });
    const texts = [...document.querySelectorAll(".atelier-ecran *")].filter((each) =>
        seen(each) && !each.closest(".reperes-lu")
        && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const areas = [...document.querySelectorAll(".atelier-ecran")].filter(seen);
    return {
        tall: document.documentElement.scrollHeight - innerHeight,
        over: Math.max(0, ...areas.map((area) => area.scrollHeight - area.clientHeight)),
        least: Math.min(...texts.map((each) => parseFloat(getComputedStyle(each).fontSize)))
            / innerHeight,
        board: seen(document.querySelector(".reperes-board")),
        said: texts.map((each) => each.textContent.trim()).join(" "),
        band: seen(document.querySelector(".page-bandeau")),
        doors: document.querySelectorAll(".reperes-board [data-moment] > details[open]").length,
        title: [...document.querySelectorAll(".atelier-ecran :is(h2, h3)")].filter(seen)
            .map((each) => Math.round(each.getBoundingClientRect().top)).join(),
        foot: document.querySelector(".atelier-avancer").getBoundingClientRect().height,
    };
}"""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_before_a_group_each_slide_is_one_screen(
    workshop: Page, sign_list: signs.SignList, width: int, height: int
) -> None:
    """All of the long path, one key after the other: nothing scrolls but the board, all is said."""
    lead(workshop, width=width, height=height)
    following = workshop.get_by_role("button", name="Suivant")
    said, boards = [], 0
    before = {"title": ""}
    while True:
        slide = workshop.evaluate(SLIDE)
        assert slide["tall"] <= 0
        assert slide["over"] <= 1, slide["said"]
        assert slide["board"] or slide["least"] >= 0.03, slide["said"]
        assert not slide["band"]
        assert slide["foot"] <= 40
        assert slide["doors"] == 0, "the board says nothing before somebody ticks"
        if before["title"] and slide["said"].startswith(before["said"]):
            assert slide["title"] == before["title"], "what is shown stays in its place"
        before = slide
        boards += slide["board"]
        said.append(slide["said"])
        if following.is_disabled():
            break
        workshop.keyboard.press("PageDown")
    assert boards == 5, "once a story"
    whole = re.sub(r"\s", "", " ".join(said))
    for vignette in sign_list.vignettes:
        if "long" in vignette.paths:
            for question in vignette.questions:
                assert re.sub(r"\s", "", typography(question)) in whole
    for myth in sign_list.myths:
        assert re.sub(r"\s", "", typography(myth.idea)) in whole
    assert len(said) > 60, "one thing more at a time"


def test_arrows_go_on_after_any_tick_and_both_ways(workshop: Page) -> None:
    lead(workshop)
    keys = workshop.keyboard
    keys.press("ArrowRight")  # the focus is on the box of the group mode
    expect(workshop.locator("#etape-cadre li:visible")).to_have_count(1)
    keys.press("ArrowRight")
    expect(workshop.locator("#etape-cadre li:visible")).to_have_count(2)
    keys.press("ArrowLeft")
    expect(workshop.locator("#etape-cadre li:visible")).to_have_count(1)
    board = workshop.locator(".reperes-board")
    while not board.is_visible():
        keys.press("ArrowRight")
    expect(workshop.get_by_text("Étape 4 sur 7, vignette 1 sur 5")).to_be_visible()
    Visit(workshop, workshop.url).tick("confidence")
    keys.press("ArrowRight")
    expect(board).to_be_hidden()
    expect(workshop.get_by_role("heading", name="Ce que l’histoire dit")).to_be_visible()
    expect(workshop.locator(":focus-visible:is(h2, h3)")).to_have_count(0)
    keys.press("Escape")
    expect(workshop.get_by_role("checkbox", name="Mode groupe")).to_be_focused()
    warned = workshop.get_by_text("jamais devant une grande assemblée d’élèves").first
    expect(warned).to_be_visible()
    workshop.get_by_role("radio", name="Une heure").focus()
    keys.press("ArrowRight")  # elsewhere an arrow keeps its meaning
    expect(workshop.get_by_role("radio", name="Vingt minutes")).to_be_checked()


def test_the_short_path_takes_twenty_minutes(workshop: Page) -> None:
    workshop.get_by_text("Préparer la séance").click()
    expect(workshop.get_by_text("Durée prévue : 88 minutes.").first).to_be_visible()
    workshop.get_by_role("radio", name="Vingt minutes").check()
    expect(workshop.get_by_text("Durée prévue : 20 minutes.").first).to_be_visible()
    expect(step(workshop, "Ce qu’on croit")).to_be_hidden()


def test_a_trainer_chooses_the_stories_and_nothing_is_kept(workshop: Page) -> None:
    workshop.get_by_text("Préparer la séance").click()
    while workshop.locator("[name=vignette]:checked").count():
        workshop.locator("[name=vignette]:checked").first.uncheck()
    workshop.get_by_role("checkbox", name="Le secret de la maison").check()
    story = go_to(workshop, "vignette-beau-pere")
    expect(workshop.get_by_text("vignette 1 sur 1")).to_be_visible()
    expect(story).to_be_visible()
    workshop.reload()
    expect(workshop.get_by_text("Étape 1 sur 7")).to_be_visible()
    expect(workshop.locator("[name=vignette]:checked")).to_have_count(5)


def test_time_is_told_politely_and_stops_nothing(workshop: Page) -> None:
    workshop.get_by_role("button", name="Lancer le minuteur").click()
    timer = workshop.get_by_role("timer")
    expect(timer).to_have_text("8 min 00 s")
    workshop.clock.fast_forward(7 * 60_000 + 2_000)  # a busy page looks at no given second
    expect(workshop.locator(".atelier-annonce")).to_have_text("Il reste une minute.")
    workshop.clock.run_for(58_000)
    expect(workshop.locator(".atelier-annonce")).to_contain_text("Le temps prévu est écoulé")
    expect(workshop.get_by_role("heading", name="Le cadre")).to_be_visible()
    workshop.get_by_role("button", name="Suivant").click()
    expect(timer).to_be_hidden()


def test_leaving_erases_what_was_chosen(workshop: Page) -> None:
    go_to(workshop, "vignette-fin-de-cours")
    workshop.locator("form.reperes-colonnes").evaluate("(form) => form.reset()")
    workshop.locator(".atelier-conduite").evaluate("(form) => form.reset()")
    expect(workshop.get_by_text("Étape 1 sur 7")).to_be_visible()


def test_without_javascript_all_of_it_can_be_read(
    chromium: Browser, served: Served, sign_list: signs.SignList
) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{served.url}atelier")
    expect(page.locator("[data-vignette]:visible")).to_have_count(len(sign_list.vignettes))
    expect(page.locator("[data-etape]:visible")).to_have_count(len(sign_list.steps))
    expect(page.locator(".atelier-conduite")).to_be_hidden()
    expect(page.locator(".atelier-montrer:visible")).to_have_count(0)
    page.locator(".atelier-revelation > summary").first.click()
    expect(page.get_by_text("Ce à quoi cela conduit").first).to_be_visible()
    page.close()


def test_axe_finds_nothing_in_any_state(chromium: Browser, served: Served) -> None:
    """The first state, where nothing is open, is looked at with every other page."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served.url}atelier")
    page.get_by_text("Préparer la séance").click()
    go_to(page, "vignette-fin-de-cours").locator(".atelier-revelation > summary").click()
    page.get_by_role("button", name="Montrer ces coches").click()
    axe_finds_nothing(page)
    page.get_by_role("checkbox", name="Mode groupe").check()
    page.set_viewport_size({"width": 1280, "height": 720})
    for _ in range(4):
        axe_finds_nothing(page)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    step(page, "On ne dit plus").click()
    axe_finds_nothing(page)
    context.close()


ALL_AT_ONCE = """() => {
    for (const part of document.querySelectorAll(".atelier [data-etape], .atelier-texte,"
        + ".atelier-vignette, .atelier-notes, .atelier-montrer")) part.hidden = false;
    for (const part of document.querySelectorAll(".atelier details")) part.open = true;
    document.querySelector(".atelier-tableau").hidden = true; // tested with the page of the board
}"""


@pytest.mark.extended
def test_no_look_makes_any_part_of_it_unreadable(chromium: Browser, served: Served) -> None:
    """All steps and stories at once; on narrow screens, as projected too."""
    for options in ({}, PHONE):
        context = chromium.new_context(**options)
        page = context.new_page()
        page.goto(f"{served.url}atelier")
        page.evaluate(ALL_AT_ONCE)
        assert page.locator("[data-vignette]:visible").count() > 10
        others = (
            ("phone",) if options else (look for look, _rules in looks(page) if look != "light")
        )
        for look in others:
            assert axe_whole(page, rules=BY_LOOK) == [], look
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
            page.get_by_role("checkbox", name="Mode groupe").check()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
            page.keyboard.press("Escape")
            page.evaluate(ALL_AT_ONCE)
        context.close()


@pytest.mark.parametrize(("route", "most"), [("atelier", 18), ("carnet-formateur", 18)])
def test_on_paper_everything_is_open_and_nothing_can_be_pressed(
    chromium: Browser, served: Served, sign_list: signs.SignList, route: str, most: int
) -> None:
    page = chromium.new_page()
    page.goto(f"{served.url}{route}")
    page.emulate_media(media="print")
    stories = page.locator(".atelier-vignette:visible, .carnet-vignette:visible")
    expect(stories).to_have_count(len(sign_list.vignettes))
    expect(page.locator("button:visible")).to_have_count(0)
    assert 9 <= smallest_letters(page) < 99
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert 5 < len(pdf) <= most, "two stories to a page"
    for number, sheet in enumerate(pdf, start=1):
        ends = number == len(pdf) and route == "atelier"
        assert empty_share(sheet) < (0.25 if route == "atelier" else 0.15) or ends, number
    paper = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    for step in sign_list.steps:
        assert run_together(typography(step.title)) in run_together(paper)
    page.close()
