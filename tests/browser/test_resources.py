"""The resources in a real browser: looked through, filtered, and by the clock of the board."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

import signs
from signs.loading.loader import Choice, folder_of
from signs.text import opening_hours
from tests.browser.conftest import Visit
from tests.browser.paper import empty_share, run_together, smallest_letters, titles_alone
from tests.browser.screens import BY_LOOK, PHONE, axe_finds_nothing, axe_whole, looks
from tests.browser.test_paper import CROWD
from tests.conftest import DAY, Served
from widgets.export.writer import Inputs, export_page


@pytest.fixture(scope="module")
def lasting(chromium: Browser, served: Served) -> Iterator[Visit]:
    """Return one visit for all tests."""
    context = chromium.new_context(locale="fr-FR")
    yield Visit(context.new_page(), f"{served.url}ressources")
    context.close()


@pytest.fixture
def resources(lasting: Visit) -> Iterator[Page]:
    yield lasting.open_anew(1280, 800).page
    lasting.assert_quiet()
    assert lasting.page.url == lasting.address


@pytest.fixture
def on_a_phone(chromium: Browser, served: Served) -> Iterator[Page]:
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{served.url}ressources")
    yield page
    context.close()


def shown(page: Page) -> list[str]:
    ids: list[str] = page.locator("[data-service]:visible").evaluate_all(
        "(all) => all.map((each) => each.dataset.service)"
    )
    return ids


def test_contacts_are_found_by_word_as_one_types_it(resources: Page) -> None:
    search = resources.get_by_role("search", name="Chercher un contact")
    search.get_by_role("searchbox").fill("numerique")
    assert "violences-numeriques-3018" in shown(resources)
    assert "samu" not in shown(resources)
    search.get_by_role("searchbox").fill("L'ELEVE l'image")  # the page has curly apostrophes
    assert "stopncii" in shown(resources)
    for number in ("0800235236", "0800 235 236", "116006", "01.56.56.62.62", "+33 156566262"):
        search.get_by_role("searchbox").fill(number)
        assert len(shown(resources)) == 1, number
    search.get_by_role("searchbox").fill("nume\u0301ri\u00adque")  # decomposed, and a soft hyphen
    assert "violences-numeriques-3018" in shown(resources)
    search.get_by_role("searchbox").fill("zzz")
    expect(search.get_by_role("status")).to_contain_text("Rien ne correspond")
    search.get_by_role("button", name="Tout montrer").click()
    expect(resources.locator("[data-service]:visible").first).to_be_visible()
    assert "samu" in shown(resources)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("30 18", "violences-numeriques-3018"),
        ("116000", "enfants-disparus-116000"),
        ("+33 1 56 56 62 62", "enfant-bleu"),
        ("01.56.56.62.62", "enfant-bleu"),
        ("0033 (0)8-00-23-52-36", "fil-sante-jeunes"),
        ("+33 116 006", "france-victimes"),
    ],
)
def test_a_number_is_found_however_it_is_typed(resources: Page, typed: str, found: str) -> None:
    resources.get_by_role("searchbox").first.fill(typed)
    assert shown(resources) == [found]


def test_contacts_are_filtered_by_who_calls(resources: Page, sign_list: signs.SignList) -> None:
    for who in ("vous", "eleve", "famille"):
        resources.locator(f"[name=pour][value={who}]").check()
        assert set(shown(resources)) == {s.id for s in sign_list.services if who in s.audience}


def test_open_now_says_what_python_says(
    chromium: Browser, served: Served, sign_list: signs.SignList
) -> None:
    page = chromium.new_page()
    first = datetime.fromisoformat(DAY)
    for after in (timedelta(hours=3), timedelta(hours=10.5), timedelta(days=3, hours=21)):
        moment = opening_hours.local(first + after)
        page.clock.set_fixed_time(moment)
        page.goto(f"{served.url}ressources")
        page.get_by_role("checkbox", name="Ouvert maintenant").check()
        services = sign_list.services
        wanted = {s.id for s in services if opening_hours.is_open(s.hours, moment)}
        assert set(shown(page)) == wanted, after
    page.clock.set_fixed_time(first - timedelta(days=900))  # wrong: of the others nobody can say
    page.reload()
    page.get_by_role("checkbox", name="Ouvert maintenant").check()
    always = {s.id for s in sign_list.services if opening_hours.always_open(s.hours)}
    assert set(shown(page)) == always
    assert "samu" in always
    page.close()


def test_words_are_found_in_the_glossary(resources: Page) -> None:
    resources.get_by_text(re.compile("^Les 16 mots")).click()
    box = resources.get_by_role("search", name="Chercher un mot").get_by_role("searchbox")
    box.fill("deepfake")
    expect(resources.locator(".ressources-lexique [data-entree]:visible")).to_have_count(1)
    expect(resources.get_by_text("l’image est fausse")).to_be_visible()


CUT = """() => {
    const folds = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folds) fold.open = true;
    const cut = [];
    const range = document.createRange();
    const parts = ".ressources-chiffre :is(h3, th, td), .dessin, h4";
    for (const part of document.querySelectorAll(parts)) {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            for (const word of texts.currentNode.data.matchAll(/[^ \\n-]+/g)) {
                range.setStart(texts.currentNode, word.index);
                range.setEnd(texts.currentNode, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map((each) => each.top));
                if (lines.size > 1) cut.push(word[0]);
            }
        }
    }
    for (const fold of folds) fold.open = false;
    return cut;
}"""
"""The words and numbers that a line's end cuts."""


def test_charts_are_words_that_a_phone_shows_large_enough(on_a_phone: Page) -> None:
    """At 14 pixels at least, twice that with text at 200 %, none cut, nothing beside the page."""
    page = on_a_phone
    sizes = """() => [...document.querySelectorAll(".dessin :is(b, p, span)")]
        .map((each) => parseFloat(getComputedStyle(each).fontSize))"""
    for zoom in (1, 2):
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * zoom}%'")
        assert min(page.evaluate(sizes)) >= 14 * zoom
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cut = page.evaluate(CUT)
        assert cut == [], (zoom, cut)
    assert page.locator(".ressources-chiffre svg text, .ressources-chiffre img").count() == 0
    for chart in page.locator(".dessin svg").all():
        chart.scroll_into_view_if_needed()
        assert chart.evaluate("(svg) => svg.getBoundingClientRect().width > 10")
    page.get_by_text("Les nombres et leurs sources").first.click()
    expect(page.get_by_role("row", name=re.compile("^2024")).first).to_contain_text("28 767")


def test_on_a_phone_the_page_is_short_and_its_parts_are_folded(on_a_phone: Page) -> None:
    page = on_a_phone
    assert page.evaluate("document.documentElement.scrollHeight") <= 6000
    assert page.locator(".ressources details[open]").count() == 0
    expect(page.get_by_role("button", name="Tout montrer")).to_have_count(0)
    for part in ("contacts", "lexique", "chiffres", "documents"):
        page.locator(f".ressources-sommaire a[href='#{part}']").press("Enter")
        title = page.locator(f"#{part}")
        expect(title).to_be_focused()
        expect(title).to_have_css("outline-style", "none")


SCHOOLS = {"no contact": 'etablissement = "Collège"\n', "many contacts": CROWD}


@pytest.mark.parametrize("school", SCHOOLS)
def test_on_paper_no_page_is_half_empty_and_no_title_stands_alone(
    chromium: Browser, tmp_path: Path, school: str
) -> None:
    (tmp_path / "ecole.toml").write_text(SCHOOLS[school], encoding="utf-8")
    choice = Choice(folder_of("sextorsion"), tmp_path / "ecole.toml")
    inputs = Inputs(choice, date.fromisoformat(DAY))
    page = chromium.new_page()
    page.goto(export_page("ressources", inputs, tmp_path / "page.html").as_uri())
    page.emulate_media(media="print")
    said = page.locator(".ressources :is(h2, h3, h4, dt, summary):visible").all_inner_texts()
    titles = {run_together(each) for each in said}
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(titles) > 50
    assert 9 <= smallest_letters(page) < 99
    assert 5 < len(pdf) <= 10
    for number, sheet in enumerate(pdf, start=1):
        assert number == len(pdf) or empty_share(sheet) < 0.33, number
        assert titles_alone(sheet, titles) == [], number
    paper = run_together("".join(sheet.get_textpage().get_text_range() for sheet in pdf))
    assert [each for each in titles if each not in paper] == []
    page.close()


OPEN_ALL = "document.querySelectorAll('details').forEach((d) => (d.open = true))"
CONTACTS = ".ressources-partie:has(#contacts)"


def test_axe_finds_nothing(resources: Page) -> None:
    """With everything open, and with what is looked for only."""
    resources.evaluate(OPEN_ALL)
    for look, rules in looks(resources):
        assert axe_whole(resources, rules=rules) == [], look
        assert resources.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
    resources.get_by_role("searchbox").first.fill("119")
    for look, rules in looks(resources):
        assert axe_whole(resources, CONTACTS, rules=rules) == [], look


@pytest.mark.extended
def test_axe_finds_nothing_on_a_phone(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{served.url}ressources")
    page.evaluate(OPEN_ALL)
    axe_finds_nothing(page, rules=BY_LOOK)
    page.get_by_role("searchbox").first.fill("119")
    axe_finds_nothing(page, CONTACTS, rules=BY_LOOK)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
