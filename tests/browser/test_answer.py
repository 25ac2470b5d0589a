"""What the page shows is what `orient()` says, and the urgent comes first on the screen."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Browser, expect

import signs
from signs.model.entries import AdviceStep
from signs.orientation import AdviceNow, ServiceNow
from tests.browser.conftest import Answer, Visit

SIGN_LIST = signs.load()
ITEMS = list(SIGN_LIST.items)
DOORS = list(SIGN_LIST.doors)
STEPS = list(AdviceStep)
IMMEDIATE = [id_ for id_, item in SIGN_LIST.items.items() if item.urgency == "immediate"]


def selections(how_many: int) -> list[list[str]]:
    """Return the empty selection, the full one, and random ones of every size, some with a door."""
    picker = random.Random(20261121)
    sizes = (picker.choice((1, 1, 2, 3, 5, 8, 13, 30)) for _ in range(how_many - 2))
    found = [picker.sample(ITEMS, size) for size in sizes]
    for selection in found[::2]:
        selection.append(picker.choice(DOORS))
    return [[], ITEMS, *found]


def oriented(selection: Sequence[str]) -> signs.Orientation:
    """Return what `orient()` says for ticks and, among them, a door that is open."""
    door = next((id_ for id_ in selection if id_ in DOORS), None)
    return signs.orient(SIGN_LIST, [id_ for id_ in selection if id_ != door], moment=door)


def expected(selection: Sequence[str], *, folded: bool = True) -> Answer:
    """Return what the page has to show; without its script nothing folds."""
    answer = oriented(selection)
    advice: list[AdviceNow] = list(answer.advice)
    services: list[ServiceNow] = list(answer.services)
    if folded:  # what stands open comes before what waits in its step
        advice.sort(key=lambda each: (STEPS.index(each.step), not each.unfolded))
        services.sort(key=lambda each: not each.unfolded)
    return Answer(
        [each.id for each in advice],
        [each.id for each in services],
        [each.id for each in advice if each.unfolded or not folded],
        [each.id for each in services if each.unfolded or not folded],
    )


def assert_agree(
    answers: Callable[[list[list[str]]], list[Answer]],
    selections: list[list[str]],
    *,
    folded: bool = True,
) -> None:
    """Hold what a page shows for each selection against what `orient()` says."""
    for selection, shown in zip(selections, answers(selections), strict=True):
        assert shown == expected(selection, folded=folded), selection


@pytest.mark.parametrize("home", ["exported"], indirect=True)
def test_without_javascript_they_agree_on_300_selections(chromium: Browser, home: str) -> None:
    """On the file; that the server sends the same bytes, another test says."""
    context = chromium.new_context(java_script_enabled=False)
    visit = Visit(context.new_page(), home).open()
    assert_agree(visit.answers, selections(300), folded=False)
    context.close()


@pytest.mark.parametrize(
    ("home", "javascript"), [("served", True), ("exported", False)], indirect=["home"]
)
def test_ticking_as_a_person_does_shows_the_same(
    chromium: Browser, home: str, javascript: bool
) -> None:
    context = chromium.new_context(java_script_enabled=javascript)
    visit = Visit(context.new_page(), home).open()
    ticks = ["confidence", "auteur-parent", "sommeil"]

    def assert_shown(*ticks: str) -> None:
        answer = expected([*ticks, "signes"], folded=javascript)
        assert visit.door() == "signes"
        assert (visit.shown(), visit.shown("service")) == answer[:2]
        assert (visit.open_lines(), visit.open_lines("service")) == answer[2:]

    visit.tick(*ticks)
    assert_shown(*ticks)
    visit.open_list("auteur-parent").uncheck()
    assert_shown("confidence", "sommeil")
    context.close()


@pytest.mark.parametrize("item", ["scarifications", "menace-diffusion"])
def test_today_is_not_an_emergency(visit: Visit, item: str) -> None:
    visit.open_door("signes")
    visit.tick(item)
    result = visit.page.locator("#reperes-resultat")
    expect(result.get_by_text("À faire aujourd’hui")).to_be_visible()
    expect(result.get_by_text("Agissez maintenant")).to_be_hidden()
    expect(result.locator(".reperes-bouton[href^='tel:']:visible")).to_have_count(0)


def test_nothing_ticked_is_no_reassurance_and_still_a_way_out(visit: Visit) -> None:
    """Three lines before anything is chosen: an adult, whom to tell, a number; all, when asked."""
    result = visit.page.locator("#reperes-resultat")
    expect(result.get_by_text("Ne rien cocher ne veut pas dire que tout va bien")).to_be_visible()
    lines = result.locator("li:visible")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text(re.compile(r"«\s.*adulte.*\s»"))
    expect(lines.nth(1)).to_contain_text("CPE, infirmerie, service social, direction")
    expect(lines.nth(2)).to_contain_text("119")
    expect(lines.nth(2)).to_contain_text("Répond maintenant, jour et nuit")
    result.get_by_role("button", name="Voir tous les gestes utiles").click()
    assert visit.open_lines() == expected([]).open_advice
    expect(result.locator("[data-service=enfance-en-danger-119]")).to_be_visible()
    result.get_by_role("button", name="Voir tous les gestes utiles").click()
    expect(lines).to_have_count(3)


def test_first_words_are_there_before_any_tick(visit: Visit) -> None:
    for moment in DOORS:
        door = visit.page.locator(f"[data-moment={moment}]")
        expect(door.locator(".reperes-premiers-mots")).to_be_in_viewport()
        expect(door.locator("h3")).to_be_in_viewport()
    expect(visit.page.locator("input:visible")).to_have_count(0)


def test_other_causes_are_said_for_signs_and_never_once_a_pupil_has_spoken(visit: Visit) -> None:
    visit.tick("sommeil")
    page = visit.page
    line = page.locator(".reperes-ligne", has=page.locator("input[value=sommeil]"))
    line.locator("summary").click()
    causes = page.get_by_text("Autres causes possibles").locator("visible=true")
    chapo = page.get_by_text("peuvent avoir d’autres causes")
    expect(causes).to_have_count(1)
    expect(chapo).to_be_visible()
    visit.tick("confidence")
    visit.open_list("sommeil")
    expect(line.locator("details[open]")).to_be_visible()
    expect(causes).to_have_count(0)
    expect(chapo).to_be_hidden()


def test_each_advice_says_why_with_what_was_chosen_and_the_source(visit: Visit) -> None:
    visit.tick("sommeil", "isolement")
    advice = visit.page.locator("[data-conseil=noter-ce-qui-change]")
    reason = advice.locator(".reperes-raison")
    expect(reason).to_be_hidden()
    visit.page.get_by_role("button", name="Pourquoi ces conseils, et leurs sources").click()
    labels = [SIGN_LIST.items[id_].label.replace("'", "’") for id_ in ("sommeil", "isolement")]
    expect(reason).to_contain_text(f"Parce que vous avez choisi : {' ; '.join(labels)}")
    expect(advice).to_contain_text("Source : Comportements sexistes et violences sexuelles")
    visit.tick("memoire")  # it is said again at each choice
    expect(reason).to_contain_text(SIGN_LIST.items["memoire"].label.replace("'", "’"))
    reasons = visit.page.locator("[data-conseil]:not([hidden]) > .reperes-raison")
    for each in reasons.filter(visible=True).all():
        expect(each).to_contain_text("Source :")
        assert len(each.inner_text()) > 60  # the whole text too
    source = reason.get_by_role("link").first
    source.click()
    target = str(source.get_attribute("href"))
    expect(visit.page.locator(target)).to_be_focused()
    expect(visit.page.locator(target)).to_be_in_viewport()


def test_no_gauge_no_score_no_verdict_is_on_the_screen(visit: Visit) -> None:
    visit.answer(ITEMS)
    text = visit.page.locator("body").inner_text().lower()
    for word in ("score", "%", "risque élevé", "détecté", "diagnostic positif", "probabilité"):
        assert word not in text
    expect(visit.page.locator("meter, progress")).to_have_count(0)
