"""On paper: one sheet whatever is ticked, with what must not give way, and nothing cut."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

import signs
from signs.model.entries import Section
from signs.model.school import Role
from signs.text.typography import typography
from tests.browser.conftest import ANSWERS, Visit
from tests.browser.paper import overprinted, run_together, smallest_letters
from tests.conftest import REPERES, Served

SIGN_LIST = signs.load()
EVERYTHING = list(SIGN_LIST.items)
CALM = [id_ for id_, item in SIGN_LIST.items.items() if item.urgency != "immediate"]
STATES: dict[str, list[str]] = {
    "nothing": [],
    "signs": ["sommeil", "isolement", "evitement"],
    "today": ["confidence", "auteur-parent", "menace-diffusion"],
    "urgent": ["danger-suicide", "confidence"],
    "all that is calm": CALM,
    "everything": EVERYTHING,
}
USUAL = ("nothing", "signs", "today", "urgent")
"""What a person may tick: their sheet leaves out no advice."""


CHAIN = (Section.SAFETY, Section.TALK, Section.TELL)


@pytest.fixture(scope="module")
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(served.url)
    yield page
    page.close()


MORE = run_together("La suite est à l’écran.")


def _sheet(page: Page, ticks: list[str], *, at_most: int = 1) -> str:
    page.evaluate(ANSWERS, [ticks])
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(printed) <= at_most
    assert overprinted(printed[0]) == []
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)  # A4 in points
    return run_together("".join(each.get_textpage().get_text_range() for each in printed))


def _has(sheet: str, words: str) -> bool:
    return run_together(typography(words)) in sheet


@pytest.mark.parametrize("state", STATES)
def test_one_sheet_with_the_numbers_the_date_and_the_list(page: Page, state: str) -> None:
    sheet = _sheet(page, STATES[state])
    for words in ("15 SAMU", "17 Police", "112 Urgence", "114 Par SMS", "119 Allô Enfance"):
        assert _has(sheet, words)
    assert _has(sheet, f"version {SIGN_LIST.info.version}")
    assert re.search(r"Impriméle\d", sheet)
    for words in ("À compléter à la main, sans nom d'élève", "Qui j'ai prévenu", "le dossier"):
        assert _has(sheet, words)


@pytest.mark.parametrize("state", STATES)
def test_what_stands_open_is_all_there_and_nothing_is_cut(page: Page, state: str) -> None:
    sheet = _sheet(page, STATES[state])
    for advice in signs.orient(SIGN_LIST, STATES[state]).advice:
        whole = _has(sheet, advice.in_short)
        assert whole or not advice.unfolded, advice.id
        # Whole or not at all: its first words are not there without the last.
        assert whole or not _has(sheet, advice.in_short[:-12]), advice.id


def _left_out(sheet: str, ticks: list[str]) -> dict[str, list[str]]:
    """Return what the page shows and the sheet does not, by step.

    Emergency numbers apart: the sheet bears them on top.
    """
    answer = signs.orient(SIGN_LIST, ticks)
    missing: dict[str, list[str]] = {}
    for advice in answer.advice:
        if not _has(sheet, advice.in_short):
            missing.setdefault(advice.step.value, []).append(advice.id)
    for service in answer.services:
        if not service.on_every_page and not _has(sheet, service.name):
            missing.setdefault("services", []).append(service.id)
    return missing


@pytest.mark.parametrize("state", USUAL)
def test_a_usual_sheet_leaves_no_advice_out(page: Page, state: str) -> None:
    sheet = _sheet(page, STATES[state])
    missing = _left_out(sheet, STATES[state])
    assert missing.keys() <= {"services"}
    assert len(missing.get("services", ())) <= 3  # the last ones, and it is said
    assert sheet.count(MORE) == len(missing)


def test_before_any_choice_the_sheet_is_what_is_always_useful(
    chromium: Browser, served: Served
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(served.url)
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    assert len(printed) == 1
    sheet = run_together(printed[0].get_textpage().get_text_range())
    for advice in signs.orient(SIGN_LIST, []).advice:
        assert _has(sheet, advice.in_short) or not advice.unfolded, advice.id
        assert sheet.count(run_together(typography(advice.in_short))) <= 1, advice.id


MANY = [
    *(CALM, EVERYTHING),
    *(random.Random(size).sample(EVERYTHING, size) for size in (5, 8, 13, 20, 30)),
    *(random.Random(size).sample(CALM, size) for size in (8, 13, 30)),
]


@pytest.mark.parametrize("ticks", MANY, ids=lambda ticks: str(len(ticks)))
def test_a_full_sheet_keeps_what_stands_open_and_says_where_there_is_more(
    page: Page, ticks: list[str]
) -> None:
    sheet = _sheet(page, ticks)
    missing = _left_out(sheet, ticks)
    assert sheet.count(MORE) == len(missing)
    advice = signs.orient(SIGN_LIST, ticks).advice
    for each in advice:
        assert _has(sheet, each.in_short) or not each.unfolded, each.id
    # The safe version of a gesture gives way to nothing else that is folded.
    safe = {each.id for each in advice if each.replaces and each.section in CHAIN}
    lost = {id_ for ids in missing.values() for id_ in ids}
    others = {each.id for each in advice if not each.unfolded} - safe
    assert not safe & lost or others <= lost


def test_no_tick_is_on_the_sheet(page: Page) -> None:
    sheet = _sheet(page, EVERYTHING)
    assert [item.id for item in SIGN_LIST.items.values() if _has(sheet, item.label)] == []


@pytest.mark.parametrize("state", ["nothing", "everything"])
def test_nothing_is_printed_smaller_than_nine_points(page: Page, state: str) -> None:
    page.evaluate(ANSWERS, [STATES[state]])
    page.emulate_media(media="print")
    smallest = smallest_letters(page)
    page.emulate_media(media="null")  # paper for what is printed next
    assert smallest >= 9


def test_without_javascript_nothing_is_left_out(chromium: Browser, served: Served) -> None:
    """Nothing can choose then: one sheet for what a person may tick, two at most for all."""
    context = chromium.new_context(java_script_enabled=False)
    visit = Visit(context.new_page(), served.url).open()
    for state, ticks in STATES.items():
        sheet = _sheet(visit.page, ticks, at_most=1 if state in USUAL else 2)
        assert _left_out(sheet, ticks) == {}, state
    context.close()


def test_nothing_to_press_is_on_paper(page: Page) -> None:
    page.evaluate(ANSWERS, [["confidence"]])
    page.emulate_media(media="print")
    expect(page.locator("button:visible, input:visible, summary:visible")).to_have_count(0)
    page.emulate_media(media="null")  # paper for what is printed next


APART = 26
"""Points: lines to write on are nearer to each other, and farther with a question between."""


def _ruled(page: Page, *, scale: float) -> list[int]:
    """Return how many lines to write on are drawn on the sheet below each question."""
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))[0]
    picture = sheet.render(scale=scale).to_pil().convert("L")
    middle = picture.crop((picture.width // 4, 0, picture.width * 3 // 4, picture.height))
    rows = [middle.crop((0, y, middle.width, y + 1)).getextrema() for y in range(picture.height)]
    dark = [lightest < 250 for _, lightest in rows]  # all along; white is 255
    drawn = [
        y / scale
        for y in range(1, len(rows) - 4)
        if dark[y] and not dark[y - 1] and min(rows[y : y + 4])[0] > 100  # the frame is black
    ]
    counts = [1]
    for before, after in pairwise(drawn):
        if after - before < APART:
            counts[-1] += 1
        else:
            counts.append(1)
    return [count for count in counts if count > 1]


@pytest.mark.parametrize("ticks", [["danger-suicide", "sommeil"], ["sommeil"], ["confidence"]])
def test_each_question_has_as_many_lines_to_write_on(page: Page, ticks: list[str]) -> None:
    """As they are drawn, and at the size of a screen too, where fine lines are lost."""
    page.evaluate(ANSWERS, [ticks])
    assert _ruled(page, scale=1.5) == (counts := _ruled(page, scale=4))
    assert len(counts) == 3
    assert max(counts) - min(counts) <= 1  # (a sheet is cut to whole points)
    assert min(counts) >= 3


def test_all_begins_at_the_edge_and_nothing_says_what_was_ticked_last(visit: Visit) -> None:
    visit.tick("danger-suicide", "sommeil")
    assert visit.page.locator(".reperes-nouveau").count()
    visit.page.set_viewport_size({"width": 718, "height": 1000})  # what A4 leaves between margins
    visit.page.emulate_media(media="print")
    left = "(all) => all.map((each) => Math.round(each.getBoundingClientRect().x))"
    assert {
        *visit.page.locator("h1, .page-bandeau > div, .reperes-resultat h2").evaluate_all(left)
    } == {0}
    marked = "(all) => all.filter((each) => getComputedStyle(each).boxShadow !== 'none').length"
    assert visit.page.locator(".reperes-resultat *").evaluate_all(marked) == 0
    visit.page.emulate_media(media="null")


# --- A school's own contacts -------------------------------------------------------------------

MANY_CONTACTS = 60
FEWER: tuple[tuple[int, ...], ...] = (
    tuple(range(MANY_CONTACTS)),
    tuple(range(28)),
    (*range(5), *range(11, 18)),
    (0, 3, 14),
)
"""Which of them a smaller school has."""
SCHOOL = "Établissement régional Marie-Antoinette-de-Longueville de Saint-Exemple-sur-Loire"
KEEP = """(most) => [...document.querySelectorAll(".reperes-ici li")]
    .filter((each) => !most.includes(each.querySelector(".reperes-numero").firstChild.data
        .replace(/\\u00a0/g, " ").trim())).forEach((each) => each.remove())"""


def _phone(place: int) -> str:
    return f"01 23 45 67 {place:02}"


def _role(place: int) -> Role:
    return tuple(Role)[place % len(Role)]


@pytest.fixture(scope="module")
def crowded(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the page of a school with sixty contacts of every role, under long names."""
    folder = tmp_path_factory.mktemp("contacts")
    contacts = (
        f'[[contact]]\nrole = "{_role(place).value}"\n'
        f'nom = "Mme Marie-Charlotte Delacroix-Montbazon"\ntelephone = "{_phone(place)}"\n'
        + ('poste = "4001"\n' if place % 2 else "")
        + 'lieu = "bâtiment administratif, deuxième étage"\npresence = "lundi, mardi et jeudi"\n'
        for place in range(MANY_CONTACTS)
    )
    written = "\n".join((f'format = 1\netablissement = "{SCHOOL}"', *contacts))
    (folder / "ecole.toml").write_text(written, encoding="utf-8")
    export = [REPERES, "exporter", "--ecole", "ecole.toml", "-o", "page.html"]
    subprocess.run(export, cwd=folder, check=True, capture_output=True)
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto((folder / "page.html").as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("state", [["danger-suicide"], ["confidence"]])
def test_contacts_give_way_as_gestures_do_and_the_sheet_says_which(
    crowded: Page, state: list[str]
) -> None:
    """From sixty to three: who is to be reached whatever happens is always there."""
    crowded.reload()
    for given in FEWER:
        count = len(given)
        crowded.evaluate(ANSWERS, [state])
        crowded.evaluate(KEEP, [_phone(place) for place in given])
        sheet = _sheet(crowded, state)
        for advice in signs.orient(SIGN_LIST, state).advice:
            assert _has(sheet, advice.in_short) or not advice.unfolded, (count, advice.id)
        missing = [place for place in given if run_together(_phone(place)) not in sheet]
        firsts = [place for place in given if place < len(Role)]
        assert not [place for place in firsts if _role(place).vital and place in missing], count
        # Whoever shares a role gives way before anybody who alone has theirs.
        assert set(firsts).isdisjoint(missing) or {*given} - {*firsts} <= {*missing}
        told = Counter(_role(place).words for place in missing)
        for words, times in told.items():
            assert _has(sheet, f"{words} ({times})" if times > 1 else words), count
        assert bool(missing) == (MORE.removesuffix(".") + ":" in sheet), count
        assert count > 3 or not missing
        assert len(_ruled(crowded, scale=4)) == 3, count  # two lines or more below each question


LONG_TITLES = """() => [...document.querySelectorAll(".reperes-ici li > strong")].forEach(
    (each, at) => (each.textContent = `Personne chargée des classes de 6e, 5e et ${at} autres`))"""


def test_however_long_roles_are_what_a_sheet_left_out_is_told_in_few_words(crowded: Page) -> None:
    crowded.reload()
    crowded.evaluate(ANSWERS, [["confidence"]])
    crowded.evaluate(LONG_TITLES)
    sheet = _sheet(crowded, ["confidence"])
    said = sheet[sheet.index(MORE.removesuffix(".") + ":Personne") :]
    assert 100 < said.index("autres.") < 400
    shown = [place for place in range(MANY_CONTACTS) if run_together(_phone(place)) in sheet]
    assert shown, "who must be reached is there"
    assert all(_role(place).vital for place in shown)
    assert len(_ruled(crowded, scale=4)) == 3


def test_numbers_are_read_at_arms_length(crowded: Page) -> None:
    """A helpline and a contact at eighteen points at least, and larger the one to call first."""
    crowded.reload()
    crowded.evaluate(ANSWERS, [["danger-suicide"]])
    (sheet,) = pypdfium2.PdfDocument(crowded.pdf(prefer_css_page_size=True))
    text = sheet.get_textpage()
    words = text.get_text_range().replace("\u00a0", " ")
    for number in ("15 SAMU", "114 Par", "Appeler le 15", "119 A", "3018 V", _phone(0), _phone(14)):
        found = re.search(number.replace(" ", r"\s+"), words)
        assert found, number
        digits = re.search(r"\d", words[found.start() :])
        assert digits
        _left, bottom, _right, top = text.get_charbox(found.start() + digits.start())
        assert (top - bottom) / 0.73 >= 18 - 0.1, number
