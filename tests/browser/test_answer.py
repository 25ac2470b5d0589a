"""What the page shows is what `orient()` says, and the urgent comes first on the screen."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

import signs
from tests.browser.conftest import Answer, Visit

SIGN_LIST = signs.load()
ITEMS = list(SIGN_LIST.items)
IMMEDIATE = [item.id for item in SIGN_LIST.items.values() if item.urgency == "immediate"]
TODAY = [item.id for item in SIGN_LIST.items.values() if item.urgency == "today"]


def selections(how_many: int) -> list[list[str]]:
    """Return the empty selection, the full one, and random ones of every size."""
    picker = random.Random(20261121)
    sizes = (picker.choice((1, 1, 2, 3, 5, 8, 13, 30)) for _ in range(how_many - 2))
    return [[], ITEMS, *(picker.sample(ITEMS, size) for size in sizes)]


def expected(ticks: list[str]) -> Answer:
    answer = signs.orient(SIGN_LIST, ticks)
    return [advice.id for advice in answer.advice], [service.id for service in answer.services]


def assert_agree(
    answers: Callable[[list[list[str]]], list[Answer]], selections: list[list[str]]
) -> None:
    """Hold what a page shows for each selection against what `orient()` says."""
    for ticks, shown in zip(selections, answers(selections), strict=True):
        assert shown == expected(ticks), ticks


def test_the_page_and_orient_agree_on_300_selections(visit: Visit) -> None:
    assert_agree(visit.answers, selections(300))


@pytest.mark.parametrize("home", ["exported"], indirect=True)
def test_without_javascript_they_agree_on_300_selections(chromium: Browser, home: str) -> None:
    """On the file; that the server sends the same bytes, another test says."""
    context = chromium.new_context(java_script_enabled=False)
    visit = Visit(context.new_page(), home).open()
    assert_agree(visit.answers, selections(300))
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
    visit.tick(*ticks)
    assert (visit.shown("conseil"), visit.shown("service")) == expected(ticks)
    visit.page.locator("input[value=confidence]").uncheck()
    assert (visit.shown("conseil"), visit.shown("service")) == expected(ticks[1:])
    context.close()


def test_every_item_on_the_screen_leads_to_its_answer(visit: Visit) -> None:
    assert_agree(visit.answers, [[item] for item in ITEMS])


def test_an_urgent_item_comes_first_on_the_screen(visit: Visit) -> None:
    result = visit.page.locator("#reperes-resultat")
    first_heading = result.locator("h2:visible, h3:visible, h4:visible").first
    calls = result.locator(".reperes-appels a")
    assert len(IMMEDIATE) > 5
    for item in IMMEDIATE:
        visit.open().tick(item)
        expect(first_heading, item).to_have_text("Agissez maintenant")
        expect(first_heading, item).to_be_in_viewport()
        assert calls.evaluate_all("(all) => all.map((a) => a.getAttribute('href'))") == [
            *("tel:15", "tel:17", "tel:112", "sms:114"),
        ], item
        expect(calls.first, item).to_be_in_viewport()
        first = visit.shown()[0]
        assert first in {"appeler-15", "appeler-17"}, item
        expect(result.locator(f"[data-conseil={first}]"), item).to_be_in_viewport()


def test_an_urgent_item_is_seen_even_after_reading_far_down(visit: Visit) -> None:
    visit.open_door("danger")
    visit.tick("confidence")
    panel = visit.page.locator("#reperes-resultat")
    panel.evaluate("(panel) => { panel.scrollTop = panel.scrollHeight }")
    visit.page.locator("input[value=danger-suicide]").check()
    expect(panel.get_by_role("heading", name="Agissez maintenant")).to_be_in_viewport()


@pytest.mark.parametrize("item", ["scarifications", "menace-diffusion"])
def test_today_is_not_an_emergency(visit: Visit, item: str) -> None:
    visit.tick(item)
    result = visit.page.locator("#reperes-resultat")
    expect(result.get_by_text("À faire aujourd’hui")).to_be_visible()
    expect(result.get_by_text("Agissez maintenant")).to_be_hidden()


def test_nothing_ticked_is_no_reassurance_and_still_a_way_out(visit: Visit) -> None:
    result = visit.page.locator("#reperes-resultat")
    expect(result.get_by_text("Ne rien cocher ne veut pas dire que tout va bien")).to_be_visible()
    assert "une-question-ouverte" in visit.shown()
    assert "ne-pas-rester-seul" in visit.shown()
    expect(result.locator("[data-service=enfance-en-danger-119]")).to_contain_text(
        "Répond maintenant"
    )


def test_first_words_are_there_before_any_tick(visit: Visit) -> None:
    for moment in SIGN_LIST.moments:
        words = visit.page.locator(f"[data-moment={moment.id}] .reperes-premiers-mots")
        expect(words).to_be_visible()
    for moment in ("danger", "parole", "alerte", "signes"):
        expect(visit.page.locator(f"[data-moment={moment}] h3")).to_be_in_viewport()
    expect(visit.page.locator("input:visible")).to_have_count(0)


def test_other_causes_are_said_for_signs_and_never_once_a_pupil_has_spoken(visit: Visit) -> None:
    visit.tick("sommeil")
    visit.page.locator(".reperes-ligne", has=visit.page.locator("input[value=sommeil]")).locator(
        "summary"
    ).click()
    causes = visit.page.get_by_text("Autres causes possibles")
    chapo = visit.page.get_by_text("peuvent avoir d’autres causes")
    expect(causes.locator("visible=true")).to_have_count(1)
    expect(chapo).to_be_visible()
    visit.tick("confidence")
    expect(causes.locator("visible=true")).to_have_count(0)
    expect(chapo).to_be_hidden()


def test_each_advice_says_why_with_the_ticks_and_the_source(visit: Visit) -> None:
    visit.tick("sommeil", "isolement")
    advice = visit.page.locator("[data-conseil=noter-ce-qui-change]")
    advice.locator("summary").click()
    reasons = advice.locator("li:visible")
    labels = [SIGN_LIST.items[id_].label.replace("'", "’") for id_ in ("sommeil", "isolement")]
    assert reasons.all_inner_texts() == labels
    expect(advice).to_contain_text("Source : Comportements sexistes et violences sexuelles")


def test_no_gauge_no_score_no_verdict_is_on_the_screen(visit: Visit) -> None:
    visit.answer(ITEMS)
    text = visit.page.locator("body").inner_text().lower()
    for word in ("score", "%", "risque élevé", "détecté", "diagnostic positif", "probabilité"):
        assert word not in text
    expect(visit.page.locator("meter, progress")).to_have_count(0)
