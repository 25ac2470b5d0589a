"""Everybody can use it: by keyboard, by ear, small, large, dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Visit, VisitOn
from tests.browser.screens import BY_LOOK, PHONE, axe, axe_finds_nothing, axe_whole, looks
from tests.browser.test_answer import DOORS, IMMEDIATE, SIGN_LIST, oriented
from tests.conftest import Served

STATES = {
    "in danger": ("danger", "danger-suicide", "danger-rendez-vous"),
    "today": ("parole", "confidence", "auteur-parent", "image-recue"),
    "signs": ("signes", "sommeil", "isolement"),
}
"""A door that is open, and ticks."""
THREE = ("confidence", "menace-diffusion", "sommeil")


def in_each_state(visit: Visit) -> Iterator[str]:
    """Bring the page just opened into every state, the last with everything open and ticked."""
    page = visit.page
    yield "at first"
    page.get_by_role("button", name="Voir tous les gestes utiles").click()
    yield "always useful"
    for moment in DOORS:
        visit.open_door(moment)
        yield f"door {moment}"
    visit.tick(*THREE)
    yield "three ticks"
    page.locator(".reperes-modifier > summary").click()
    yield "to modify"
    visit.tick("danger-suicide")
    yield "in danger"
    page.get_by_role("button", name="Pourquoi ces conseils").click()
    visit.answer(page.locator("input").evaluate_all("(all) => all.map((box) => box.value)"))
    # All but the menu, which lies over what is below it while it is open.
    opened = ":not(.page-chemins) > details"
    page.evaluate(f"document.querySelectorAll('{opened}').forEach((d) => (d.open = true))")
    yield "everything"


WHOLE = {"at first", "everything"}
"""States in which all of the page is looked at, in every look."""
CHANGING = ".reperes-colonnes"
"""What differs in the other states."""
SAME_COLOURS = {f"door {moment}" for moment in DOORS[:-1]}
"""States that show nothing of another kind than the last door does."""


@pytest.mark.parametrize("at_length", [False, pytest.param(True, marks=pytest.mark.extended)])
def test_axe_finds_nothing(visit: Visit, at_length: bool) -> None:
    for state in in_each_state(visit):
        for look, rules in looks(visit.page):
            if look == "forced colours" and state not in WHOLE:
                continue  # the colours are the person's: what differs is only what is shown
            if rules and state in SAME_COLOURS and not at_length:
                continue
            within = CHANGING if state not in WHOLE and (rules or not at_length) else None
            assert axe_whole(visit.page, within, rules=rules) == [], (state, look)


@pytest.mark.extended
def test_axe_finds_nothing_on_a_phone(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(**PHONE)
    visit = Visit(context.new_page(), served.url).open()
    for state in in_each_state(visit):
        within, rules = (None, None) if state in WHOLE else (CHANGING, BY_LOOK)
        assert axe_whole(visit.page, within, rules=rules) == [], state
    context.close()


def test_axe_finds_nothing_on_the_sheet_of_numbers(visit_on: VisitOn) -> None:
    visit = visit_on(390, 844)
    page = visit.page
    page.locator(".reperes-qui-appeler").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert axe(page) == []
    for scheme, colours in (("dark", "none"), ("light", "active")):
        page.emulate_media(color_scheme=scheme, forced_colors=colours)  # type: ignore[arg-type]
        assert axe(page, "dialog", rules=BY_LOOK) == [], (scheme, colours)
    page.emulate_media(color_scheme="light", forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Fermer").click()


def test_what_is_urgent_has_a_contrast_of_seven(visit: Visit) -> None:
    visit.tick("danger-suicide", "danger-compte-a-rebours")
    for look, _rules in looks(visit.page):
        if look != "forced colours":  # those of the person, not ours
            for block in (".reperes-cadre", ".reperes-barre"):
                violations = axe(visit.page, block, rules=["color-contrast-enhanced"])
                assert violations == [], (look, block)


def test_axe_finds_nothing_on_an_error_page(chromium: Browser, served: Served) -> None:
    page = chromium.new_page()
    page.goto(f"{served.url}rien")
    axe_finds_nothing(page)
    page.close()


FOCUSED = """() => {
    const { textContent, value } = document.activeElement;
    if (document.activeElement === document.body) return ""; // on the way round
    return `${textContent} ${value ?? ""}`.replace(/\\s/g, " ");
}"""


def test_the_keyboard_alone_leads_to_the_answer_and_to_the_call(visit: Visit) -> None:
    keys, page = visit.page.keyboard, visit.page

    def tab_to(name: str) -> None:
        for _ in range(150):
            keys.press("Tab")
            if name in page.evaluate(FOCUSED):
                return
        raise AssertionError(f"no way to {name}")

    urgent = page.get_by_role("heading", name="Agissez maintenant")
    tab_to("Aller au contenu")
    keys.press("Enter")
    tab_to("Danger maintenant")
    keys.press("Space")
    expect(urgent).to_be_visible()
    tab_to("danger-compte-a-rebours")
    keys.press("Space")
    assert page.evaluate("document.activeElement.value") == "danger-compte-a-rebours"
    tab_to("Voir la réponse")
    keys.press("Enter")
    tab_to("Appeler le 17")
    assert page.evaluate("document.activeElement.href") == "tel:17"
    tab_to("Pourquoi ces conseils")
    keys.press("Space")
    expect(page.get_by_text("Source :").first).to_be_visible()
    tab_to("Tout effacer")
    keys.press("Space")
    expect(urgent).to_be_hidden()
    expect(page.locator(".reperes-choix")).to_be_focused()


def test_focus_is_always_visible(visit: Visit) -> None:
    visit.open_door("danger")
    for _ in range(25):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement === document.body"):
            continue  # on the way round
        outline = visit.page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)] })()"
        )
        assert outline[0] != "none"
        assert outline[1] >= 2


def _top(element: Locator) -> float:
    return float(element.evaluate("(e) => e.getBoundingClientRect().top"))


def test_a_tick_moves_neither_the_focus_nor_the_page(visit: Visit) -> None:
    box = visit.open_list("fugue")
    box.scroll_into_view_if_needed()
    box.focus()
    before = _top(box)
    visit.page.keyboard.press("Space")
    expect(box).to_be_checked()
    assert abs(_top(box) - before) < 1  # the door that counts it is a hair higher
    expect(box).to_be_focused()


def test_what_changed_is_said_briefly_and_nothing_is_counted(visit: Visit) -> None:
    status = visit.page.get_by_role("status")
    expect(status).to_have_text("")
    visit.open_door("signes")
    expect(status).to_have_text("Voici quoi faire, en 3 étapes.")
    visit.tick("concentration")
    visit.tick("memoire")
    expect(status).to_have_text("Les conseils affichés restent les mêmes.")
    visit.tick("crise-angoisse")  # services only
    expect(status).to_have_text("La réponse a changé.")
    visit.open_list("crise-angoisse").uncheck()
    expect(status).to_have_text("La réponse a changé.")
    visit.tick("rumeur")
    expect(status).to_have_text("À faire aujourd’hui. La réponse a changé.")
    visit.tick("danger-suicide")
    expect(status).to_have_text("Agissez maintenant : appeler le 15. La réponse a changé.")


def test_urgency_is_said_again_at_each_tick_and_in_the_bar(visit_on: VisitOn) -> None:
    visit = visit_on(390, 844)
    page = visit.page
    bar = page.locator(".reperes-qui-appeler")
    visit.tick("danger-suicide", "confidence", "sommeil", "memoire")
    expect(page.get_by_role("status")).to_contain_text("Agissez maintenant : appeler le 15.")
    expect(bar).to_have_text("Appeler le 15")
    expect(bar).to_be_in_viewport(ratio=1)
    visit.open_list("danger-suicide").uncheck()
    visit.open_door("parole")
    expect(bar).to_have_text("Qui appeler")


@pytest.mark.parametrize("width", [1280, 390])
def test_whoever_ticks_a_danger_has_the_number_in_sight(visit_on: VisitOn, width: int) -> None:
    """Wherever the box is on the page; and so has who ticks another, the number being another."""
    visit = visit_on(width, 800)
    assert len(IMMEDIATE) > 5
    for item in IMMEDIATE:
        visit.tick(item)
        number = oriented([*IMMEDIATE[: IMMEDIATE.index(item) + 1], str(visit.door())]).call_first
        calls = visit.page.locator(f"a[href='tel:{number}']", has_text="Appeler le")
        seen = [call for call in calls.all() if _is_in_view(call)]
        assert seen, (item, number)


def _is_in_view(element: Locator) -> bool:
    return bool(
        element.evaluate(
            """(e) => { const { top, bottom, height } = e.getBoundingClientRect();
            return height > 0 && top >= 0 && bottom <= innerHeight; }"""
        )
    )


# Wide and low, phone, phone on its side, 400 % zoom: the lower the screen, the more bars hide.
SCREENS = [(1280, 540), (390, 844), (667, 320), (320, 256)]


@pytest.mark.parametrize("size", SCREENS)
def test_what_stays_put_hides_neither_the_focus_nor_the_last_buttons(
    visit_on: VisitOn, size: tuple[int, int]
) -> None:
    visit = visit_on(*size)
    page = visit.page
    visit.tick("danger-suicide", "confidence")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.get_by_role("button", name="Tout effacer").click(trial=True)
    page.get_by_role("link", name="Quitter").click(trial=True)
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    hidden = []
    reached = "(all) => all.filter((each) => each.checkVisibility()).length"
    count = page.locator("a, button, summary, input").evaluate_all(reached)
    assert count > 40
    for _ in range(count):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """(() => {
                const focused = document.activeElement;
                const { x, y, width, height } = focused.getBoundingClientRect();
                const top = document.elementFromPoint(x + Math.min(width / 2, 20), y + height / 2);
                return focused === document.body || !!top && (focused.contains(top) ||
                    top.contains(focused) || !!top.closest("label")?.contains(focused));
            })()"""
        )
        if not seen:
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert hidden == []


def test_text_twice_as_large_stays_within_a_phone(visit_on: VisitOn) -> None:
    # At twice the text a screen has half as many rem, for media queries too.
    visit = visit_on(195, 422)
    visit.tick("danger-suicide", "confidence")
    for width in (195, 160):
        visit.page.set_viewport_size({"width": width, "height": 422})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_wider_letters_and_lines_hide_nothing(chromium: Browser, served: Served) -> None:
    """WCAG 1.4.12."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = context.new_page()
    visit = Visit(page, served.url).open()
    visit.tick("danger-suicide", "confidence")
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    ends = page.locator(".reperes-evitement").evaluate_all(
        "(links) => links.map((link) => link.getBoundingClientRect().right)"
    )
    assert ends
    assert max(ends) <= 0, "a way round is out of sight until it has the focus"
    context.close()


def test_the_page_reads_as_an_outline(visit: Visit) -> None:
    page = visit.page
    assert page.locator("h1").count() == 1
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].filter((h) => h.checkVisibility())"
        ".map((h) => Number(h.ariaLevel ?? h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Numéros d’urgence")).to_be_visible()
    for sign, group in (("sommeil", "Le corps, le sommeil"), ("memoire", "L’attention")):
        visit.open_list(sign)
        expect(page.get_by_role("group", name=group)).to_be_visible()
        label = SIGN_LIST.items[sign].label.replace("'", "’")
        expect(page.get_by_role("checkbox", name=label)).to_be_visible()


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    for state in in_each_state(visit):
        for width in (768, 390, 320, 1280):
            visit.page.set_viewport_size({"width": width, "height": 640})
            wide = visit.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (state, width)


def test_plain_links_lead_from_the_ticks_to_the_answer_and_back(visit_on: VisitOn) -> None:
    visit = visit_on(390, 844)
    page = visit.page
    visit.tick("confidence")
    address = page.url
    page.get_by_role("link", name="Voir la réponse").click()
    expect(page.get_by_role("heading", name="Que faire, dans l’ordre")).to_be_in_viewport()
    page.get_by_text("Modifier", exact=True).click()
    back = page.get_by_role("link", name="Revenir aux questions")
    expect(back).not_to_have_class(re.compile("reperes-bouton"))
    back.click()
    expect(page.get_by_role("heading", name="Que se passe-t-il")).to_be_in_viewport()
    assert page.url == address  # not even the place one reads is in the address
    for name in ("Tout effacer", "Quitter"):
        expect(page.get_by_text(name, exact=True)).to_be_in_viewport()


def test_erasing_and_leaving_are_always_in_sight(visit: Visit) -> None:
    visit.tick("sommeil", "confidence")
    for offset in (0, 700, 5000):
        visit.page.evaluate(f"scrollTo(0, {offset})")
        expect(visit.page.get_by_role("button", name="Tout effacer")).to_be_in_viewport()
        expect(visit.page.get_by_role("link", name="Quitter")).to_be_in_viewport()


READ_AT_FIRST = """
- banner:
  - paragraph: Repères
  - navigation "Numéros d’urgence":
    - list:
      - listitem:
        - link "15 SAMU":
          - /url: tel:15
  - link "Quitter"
- navigation "Pages de Repères":
  - group: Menu
- main:
  - heading "Un élève vous inquiète ?" [level=1]
  - paragraph
  - link "Aller à la réponse"
  - heading "Que se passe-t-il ?" [level=2]
  - group:
    - heading "Danger maintenant" [level=3]
  - paragraph
  - group:
    - heading "Un élève me parle ou m’a parlé" [level=3]
  - status
  - region "Dans tous les cas":
    - heading "Dans tous les cas" [level=2]
    - list:
      - listitem:
        - paragraph: /adulte/
      - listitem:
        - paragraph: /direction/
    - list:
      - listitem:
        - link "119, Allô Enfance en danger"
    - button "Voir tous les gestes utiles"
    - paragraph: /^Ne rien cocher ne veut pas dire que tout va bien/
- contentinfo
"""
READ_WHEN_URGENT = """
- group:
  - group:
    - group "Danger maintenant":
      - checkbox "L’élève dit vouloir mourir" [checked]
      - checkbox "Blessure, malaise, produit ou médicaments avalés"
- status: "/^Agissez maintenant .* appeler le 15. La réponse a changé.$/"
- region "Agissez maintenant":
  - heading "Agissez maintenant" [level=2]
  - link "Appeler le 15":
    - /url: tel:15
  - link "112, appeler"
  - link "SMS au 114"
  - list:
    - listitem:
      - paragraph: /15/
  - heading "Aujourd’hui, prévenez" [level=3]
  - heading "Ensuite" [level=3]
  - heading "À ne pas faire" [level=3]
  - button "Pourquoi ces conseils, et leurs sources"
"""


def test_the_main_journey_reads_aloud_in_its_order(visit: Visit) -> None:
    body = visit.page.locator("body")
    expect(body).to_match_aria_snapshot(READ_AT_FIRST)
    visit.tick("danger-suicide")
    expect(body.get_by_role("main")).to_match_aria_snapshot(READ_WHEN_URGENT)
