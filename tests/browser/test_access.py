"""Everybody can use it: by keyboard, by ear, small, large, dark, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, VisitOn
from tests.browser.screens import BY_LOOK, PHONE, axe, axe_finds_nothing, axe_whole, looks
from tests.conftest import Served

STATES = {
    "at first": (),
    "urgent": ("danger-suicide", "danger-rendez-vous"),
    "today": ("confidence", "auteur-parent", "image-recue"),
    "signs": ("sommeil", "isolement"),
}


def in_each_state(visit: Visit) -> Iterator[str]:
    """Bring the page into every state, the last with everything open and ticked."""
    for state, ticks in STATES.items():
        visit.answer([])
        visit.tick(*ticks)
        yield state
    visit.page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    visit.answer(visit.page.locator("input").evaluate_all("(all) => all.map((box) => box.value)"))
    yield "everything"


WHOLE = {"at first", "everything"}
"""States in which all of the page is looked at, in every look."""
CHANGING = ".reperes-resultat, .reperes-aller"
"""What differs in the other states."""


def test_axe_finds_nothing(visit: Visit) -> None:
    for state in in_each_state(visit):
        for look, rules in looks(visit.page):
            within = CHANGING if rules and state not in WHOLE else None
            assert axe_whole(visit.page, within, rules=rules) == [], (state, look)


def test_axe_finds_nothing_on_a_phone(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(**PHONE)
    visit = Visit(context.new_page(), served.url).open()
    for state in in_each_state(visit):
        within, rules = (None, None) if state in WHOLE else (CHANGING, BY_LOOK)
        assert axe_whole(visit.page, within, rules=rules) == [], state
    context.close()


def test_what_is_urgent_has_a_contrast_of_seven(visit: Visit) -> None:
    visit.tick("danger-suicide", "danger-compte-a-rebours")
    for look, _rules in looks(visit.page):
        if look != "forced colours":  # those of the person, not ours
            for block in ("[data-rubrique=securite]", ".reperes-aller"):
                violations = axe(visit.page, block, rules=["color-contrast-enhanced"])
                assert violations == [], (look, block)


def test_axe_finds_nothing_on_an_error_page(chromium: Browser, served: Served) -> None:
    page = chromium.new_page()
    page.goto(f"{served.url}rien")
    axe_finds_nothing(page)
    page.close()


FOCUSED = """() => {
    const { textContent, value } = document.activeElement;
    return `${textContent} ${value ?? ""}`.replace(/\\s/g, " ");
}"""


def test_tab_and_space_do_everything(visit: Visit) -> None:
    keys, page = visit.page.keyboard, visit.page

    def tab_to(name: str) -> None:
        for _ in range(150):
            keys.press("Tab")
            if name in page.evaluate(FOCUSED):
                return
        raise AssertionError(f"no way to {name}")

    tab_to("Aller au contenu")
    keys.press("Enter")
    tab_to("Préciser : Danger maintenant")
    keys.press("Space")
    tab_to("danger-compte-a-rebours")
    keys.press("Space")
    expect(page.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    assert page.evaluate("document.activeElement.value") == "danger-compte-a-rebours"
    tab_to("Tout effacer")
    keys.press("Space")
    expect(page.get_by_role("heading", name="Agissez maintenant")).to_be_hidden()
    keys.press("Shift+Tab")
    tab_to("Pourquoi")
    keys.press("Space")
    expect(page.get_by_text("Toujours utile").first).to_be_visible()


def test_focus_is_always_visible(visit: Visit) -> None:
    for _ in range(25):
        visit.page.keyboard.press("Tab")
        outline = visit.page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)] })()"
        )
        assert outline[0] != "none"
        assert outline[1] >= 2


def test_a_tick_moves_neither_the_focus_nor_the_page(visit: Visit) -> None:
    visit.open_door("signes")
    box = visit.page.locator("input[value=fugue]")
    box.scroll_into_view_if_needed()
    box.focus()
    before = visit.page.evaluate("scrollY")
    visit.page.keyboard.press("Space")
    expect(box).to_be_checked()
    assert visit.page.evaluate("scrollY") == before
    expect(box).to_be_focused()


def test_what_changed_is_said_briefly(visit: Visit) -> None:
    status = visit.page.get_by_role("status")
    expect(status).to_have_text("")
    visit.tick("poids")
    expect(status).to_have_text("1 conseil ajouté.")
    visit.page.locator("input[value=poids]").uncheck()
    # What it had taken the place of comes back.
    expect(status).to_have_text("1 conseil ajouté, 1 conseil retiré.")
    visit.tick("rumeur")
    expect(status).to_contain_text("À faire aujourd’hui.")
    visit.tick("danger-suicide")
    expect(status).to_have_text(re.compile(r"^Agissez maintenant\. \d conseils ajoutés\.$"))


def test_urgency_is_said_again_at_each_tick_and_in_the_bar(visit_on: VisitOn) -> None:
    visit = visit_on(390, 844)
    page = visit.page
    visit.tick("danger-suicide", "confidence", "sommeil", "memoire")
    expect(page.get_by_role("status")).to_contain_text("Agissez maintenant.")
    expect(page.locator(".reperes-aller")).to_have_text("Agissez maintenant")
    page.locator("input[value=danger-suicide]").uncheck()
    expect(page.locator(".reperes-aller")).to_have_text("Voir quoi faire")


def test_a_new_order_to_call_is_brought_into_sight(visit: Visit) -> None:
    visit.tick("danger-suicide")
    result = visit.page.locator(".reperes-resultat")
    result.evaluate("(panel) => { panel.scrollTop = panel.scrollHeight }")
    visit.tick("danger-menace-physique")
    expect(visit.page.locator("[data-conseil=appeler-17]")).to_be_in_viewport()


def test_a_tick_that_adds_no_advice_is_not_silent(visit: Visit) -> None:
    status = visit.page.get_by_role("status")
    visit.tick("concentration", "memoire")
    expect(status).to_have_text("Les conseils affichés restent les mêmes.")
    visit.tick("crise-angoisse")
    expect(status).to_have_text("2 services ajoutés.")


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
    for _ in range(page.locator("a, button, summary, input").count()):
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
        ".map((h) => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Numéros d’urgence")).to_be_visible()
    visit.open_door("signes")
    for group in ("Le corps, le sommeil", "L’attention, le travail scolaire"):
        expect(page.get_by_role("group", name=group)).to_be_visible()
    expect(page.get_by_role("checkbox", name="S’endort en classe, dit mal dormir")).to_be_visible()


def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    for state in in_each_state(visit):
        for width in (1280, 768, 390, 320):
            visit.page.set_viewport_size({"width": width, "height": 640})
            wide = visit.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (state, width)


def test_a_phone_has_a_bar_that_leads_to_the_answer_and_back(
    visit_on: VisitOn,
) -> None:
    visit = visit_on(390, 844)
    page = visit.page
    visit.tick("confidence")
    address = page.url
    page.get_by_role("link", name="Voir quoi faire").click()
    expect(page.get_by_role("heading", name="Ce que vous pouvez faire")).to_be_in_viewport()
    page.get_by_role("link", name="Revenir à ce qui se passe").click()
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
- main:
  - heading "Un élève vous inquiète ?" [level=1]
  - paragraph
  - link "Aller à « Ce que vous pouvez faire »"
  - heading "Que se passe-t-il ?" [level=2]
  - heading "Danger maintenant" [level=3]
  - paragraph
  - group: "Préciser : Danger maintenant"
  - heading "Un élève me parle, ou vient de me parler" [level=3]
  - paragraph:
    - button "Copier la phrase « Merci de me le dire… »"
  - status
  - button "Imprimer"
  - button "Tout effacer"
  - region "Ce que vous pouvez faire":
    - heading "Ce que vous pouvez faire" [level=2]
    - heading "Parler avec l’élève" [level=3]
    - heading "Prévenir les bonnes personnes" [level=3]
    - heading "Éviter" [level=3]
    - list:
      - listitem:
        - group: "Pourquoi ? (N’enquêtez pas : ni question sur les faits…)"
    - region "Qui appeler":
      - heading "Qui appeler" [level=3]
"""
READ_WHEN_URGENT = """
- group:
  - group "Danger maintenant":
    - checkbox "L’élève dit vouloir mourir" [checked]
    - checkbox "Blessure, malaise, produit ou médicaments avalés"
- status: /^Agissez maintenant\\. \\d+ conseils ajoutés\\.$/
- region "Ce que vous pouvez faire":
  - region "Agissez maintenant":
    - heading "Agissez maintenant" [level=2]
    - list:
      - listitem:
        - link "Appeler le 15":
          - /url: tel:15
    - list:
      - listitem:
        - group: /^Pourquoi ?/
  - heading "Ce que vous pouvez faire" [level=2]
"""


def test_the_main_journey_reads_aloud_in_its_order(visit: Visit) -> None:
    body = visit.page.locator("body")
    expect(body).to_match_aria_snapshot(READ_AT_FIRST)
    visit.tick("danger-suicide")
    expect(body.get_by_role("main")).to_match_aria_snapshot(READ_WHEN_URGENT)
