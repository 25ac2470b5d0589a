"""« Ouvert maintenant »: the page's clock and Python's agree; past what it knows, it is silent."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

import signs
from signs.text import opening_hours
from tests.browser.conftest import Visit
from tests.conftest import DAY

SIGN_LIST = signs.load()
TODAY = datetime.fromisoformat(DAY)


def _next(month: int, day: int) -> datetime:
    """Return the next such day that the page knows the hours of."""
    year = TODAY.year + ((month, day) <= (TODAY.month, TODAY.day))
    return datetime(year, month, day)


MOMENTS = [
    TODAY + timedelta(days=1, hours=9),
    TODAY + timedelta(days=2, hours=22, minutes=59),
    TODAY + timedelta(days=2, hours=23),
    TODAY + timedelta(days=3, hours=3, minutes=30),
    _next(11, 11) + timedelta(hours=10),  # public holidays
    _next(7, 14) + timedelta(hours=16, minutes=30),
    _next(12, 25) + timedelta(hours=12),
    _next(3, 29) + timedelta(hours=9, minutes=1),  # about the change of the clocks
    _next(3, 30) + timedelta(hours=8, minutes=59),
    _next(10, 26) + timedelta(hours=18, minutes=29),
    TODAY + timedelta(days=350, hours=11),
]
ASK_FOR_ALL = "document.querySelector('.reperes-tout').click()"
"""The services wait as text until then."""
STATES = f"""() => ({ASK_FOR_ALL}, Object.fromEntries(
[...document.querySelectorAll("[data-service] [data-ouvertures]")].map((e) => [
    e.closest("[data-service]").dataset.service,
    e.hidden ? null : e.dataset.etat === "ouvert",
])))"""


def test_the_page_says_open_when_python_does(context: BrowserContext, home: str) -> None:
    visit = Visit(context.new_page(), home)
    for moment in MOMENTS:
        at = moment.replace(tzinfo=opening_hours.PARIS)
        visit.page.clock.set_fixed_time(at)
        states = visit.open().page.evaluate(STATES)
        services = [service for service in SIGN_LIST.services if service.hours]
        assert states == {s.id: opening_hours.is_open(s.hours, at) for s in services}, at


@pytest.mark.parametrize("days", [-6_000, -365, -1, 366, 500, 20_000])
def test_outside_the_days_it_knows_the_page_claims_nothing(
    context: BrowserContext, home: str, days: int
) -> None:
    """The clock of a browser may be wrong by years, either way."""
    page = context.new_page()
    page.clock.set_fixed_time(
        (TODAY + timedelta(days=days, hours=11)).replace(tzinfo=opening_hours.PARIS)
    )
    Visit(page, home).open()
    states = page.evaluate(STATES)
    assert set(states.values()) == {None}
    card = page.locator("[data-service=violences-numeriques-3018]")
    expect(card).to_contain_text("Tous les jours, de 9 h à 23 h")  # the hours stay, in words


def test_the_first_minute_and_the_last_that_the_page_knows(
    context: BrowserContext, home: str
) -> None:
    """In Paris, wherever the browser is."""
    page = context.new_page()
    first, end = (
        (TODAY + timedelta(days=days)).replace(tzinfo=opening_hours.PARIS) for days in (0, 366)
    )
    minute = timedelta(minutes=1)
    for at, known in (
        (first - minute, False),
        (first, True),
        (end - minute, True),
        (end, False),
    ):
        page.clock.set_fixed_time(at)
        states = Visit(page, home).open().page.evaluate(STATES)
        assert (states["samu"] is True) == known, at


def test_the_page_looks_at_the_clock_again_each_minute(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    evening = TODAY + timedelta(days=1, hours=22, minutes=58, seconds=30)
    page.clock.install(time=evening.replace(tzinfo=opening_hours.PARIS))
    Visit(page, home).open().page.evaluate(ASK_FOR_ALL)
    line = page.locator("[data-service=violences-numeriques-3018] .reperes-ouvert")
    expect(line).to_have_text("Ouvert maintenant, jusqu’à 23 h.")
    page.clock.run_for(120_000)
    expect(line).to_have_text("Fermé maintenant, ouvre à 9 h.")


def test_the_day_is_named_when_the_next_opening_is_far(context: BrowserContext, home: str) -> None:
    page = context.new_page()
    saturday = datetime.fromisoformat("2026-11-28T12:00")  # no public holiday is near
    page.clock.set_fixed_time(saturday.replace(tzinfo=opening_hours.PARIS))
    Visit(page, home).open().page.evaluate(ASK_FOR_ALL)
    line = page.locator("[data-service=info-escroqueries] .reperes-ouvert")
    expect(line).to_have_text("Fermé maintenant, ouvre lundi à 9 h.")


def test_a_list_past_its_review_says_so_and_stays(context: BrowserContext, home: str) -> None:
    """On the day that Python says, which begins in Paris; and so in a file, for its year."""
    due = datetime.fromisoformat(SIGN_LIST.info.review_before).replace(tzinfo=opening_hours.PARIS)
    page = context.new_page()
    page.clock.set_fixed_time(due - timedelta(minutes=1))
    Visit(page, home).open()
    notice = page.get_by_text("Cette date est passée")
    expect(notice).to_be_hidden()
    page.clock.set_fixed_time(due)
    page.reload()
    expect(notice).to_be_visible()
    expect(page.locator("[data-role=adulte]")).to_be_visible()
