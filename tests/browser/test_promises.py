"""What every answer promises, on the page: all selections of up to two ticks, and random ones."""

from __future__ import annotations

import itertools
import random

import pytest
from playwright.sync_api import Browser, expect

from signs.model.entries import Promise
from tests.browser.conftest import SCREEN, Answer, Visit
from tests.browser.test_answer import DOORS, IMMEDIATE, ITEMS, SIGN_LIST, expected
from tests.conftest import Served

ADVICE = {advice.id: advice for advice in SIGN_LIST.advice}
TRUSTED, TONIGHT, TELL = (
    {id_ for id_, advice in ADVICE.items() if advice.role is promise}
    for promise in (Promise.TRUSTED_ADULT, Promise.TONIGHT, Promise.TELL)
)
PROTECTING = {id_ for id_, advice in ADVICE.items() if advice.protects}
PRESSING = {id_ for id_, cause in SIGN_LIST.causes.items() if cause.urgency != "none"}
SUSPECTS = ("auteur-direction", "auteur-personnel", "auteur-parent")
"""Who may be the author, and whose friends: what stands for the earlier stands for the later."""
AWAY = ("adulte-loin-de-la-direction", "adulte-loin-du-personnel", "adulte-hors-de-la-maison")
"""The adult the pupil trusts, away from each of them."""

Selection = tuple[str, ...]


def _selections() -> list[Selection]:
    """Return nothing, each door and tick, each two of them, and random sets, each with one more."""
    picker = random.Random(20261129)
    random_sets: list[Selection] = []
    for _ in range(150):
        fewer = picker.sample(ITEMS, picker.randint(2, 20))
        door = picker.choice([*DOORS, ""])
        more = picker.choice([item for item in ITEMS if item not in fewer])
        random_sets += [_key(*fewer, door), _key(*fewer, door, more)]
    singles = [*DOORS, *ITEMS]
    pairs = (_key(*pair) for pair in itertools.combinations(singles, 2) if pair[1] not in DOORS)
    return [(), *((each,) for each in singles), *pairs, *random_sets]


def _key(*ids: str) -> Selection:
    return tuple(id_ for id_ in (*DOORS, *ITEMS) if id_ in ids)


def _stood_for(id_: str) -> set[str]:
    """Return what an advice takes the place of, and what that takes the place of in turn."""
    replaced = ADVICE[id_].replaces
    return {*replaced, *itertools.chain.from_iterable(map(_stood_for, replaced))}


@pytest.fixture(scope="module")
def seen(chromium: Browser, served: Served) -> dict[Selection, Answer]:
    """Return what the page shows for all of them, asked of it at once."""
    page = chromium.new_page(viewport=SCREEN)
    selections = list(dict.fromkeys(_selections()))
    answers = Visit(page, served.url).open().answers(selections)
    page.close()
    return dict(zip(selections, answers, strict=True))


def test_open_lines_are_those_that_orient_says(seen: dict[Selection, Answer]) -> None:
    assert len(seen) > 3000
    for selection, answer in seen.items():
        assert answer == expected(selection), selection


def test_one_adult_the_pupil_trusts_always_stands_open(
    seen: dict[Selection, Answer], visit: Visit
) -> None:
    adults = visit.page.locator("[data-role=adulte]:visible")  # at first, nothing opened or pressed
    expect(adults).to_have_count(1)
    expect(adults).to_contain_text("adulte")
    for selection, answer in seen.items():
        assert len(TRUSTED.intersection(answer.open_advice)) == 1, selection
        assert len(TRUSTED.intersection(answer.advice)) == 1, selection


def test_tonight_stands_open_for_all_that_presses(seen: dict[Selection, Answer]) -> None:
    pressing = {
        selection: seen[selection] for selection in seen if PRESSING.intersection(selection)
    }
    assert len(pressing) > 1500
    for selection, answer in pressing.items():
        assert len(TONIGHT.intersection(answer.open_advice)) == 1, selection


def test_whom_to_tell_stands_open_and_no_step_is_empty(seen: dict[Selection, Answer]) -> None:
    for selection, answer in seen.items():
        assert TELL.intersection(answer.open_advice), selection
        steps = {ADVICE[id_].step.value for id_ in answer.open_advice}
        assert steps >= {"maintenant", "aujourdhui", "jamais"}, selection


@pytest.mark.parametrize("suspect", SUSPECTS)
def test_who_may_be_the_author_is_never_the_trusted_adult(
    seen: dict[Selection, Answer], suspect: str
) -> None:
    suspected = {selection: seen[selection] for selection in seen if suspect in selection}
    assert len(suspected) > 75
    for selection, answer in suspected.items():
        adult = TRUSTED.intersection(answer.open_advice)
        assert adult <= set(AWAY[: SUSPECTS.index(suspect) + 1]), selection


def test_a_further_choice_folds_nothing_that_protects(seen: dict[Selection, Answer]) -> None:
    """What no longer stands open has something that protects in its place."""
    tried = 0
    for selection, answer in seen.items():
        for gone in selection:
            fewer = tuple(id_ for id_ in selection if id_ != gone)
            if fewer not in seen:
                continue
            tried += 1
            lost = PROTECTING.intersection(seen[fewer].open_advice).difference(answer.open_advice)
            for id_ in lost:
                instead = {each for each in answer.open_advice if id_ in _stood_for(each)}
                assert PROTECTING & instead, (fewer, gone, id_)
    assert tried > 5000


def test_18_years_takes_no_emergency_gesture_away(seen: dict[Selection, Answer]) -> None:
    assert len(IMMEDIATE) > 5
    for item in IMMEDIATE:
        assert "famille-et-secours" in seen[_key(item, "eleve-majeur")].open_advice, item


def test_the_alerted_pupil_is_not_forgotten(visit: Visit) -> None:
    """Who alerts is not who suffers: that pupil is believed, and told it is not their fault."""
    alerts = [
        s.id
        for s in SIGN_LIST.situations
        if s.moment == "alerte" and s.id != "image-adulte"  # the target is then of the staff
    ]
    told = ADVICE["adulte-pour-l-eleve-vise"].triggers or ()
    assert len(alerts) > 5
    for selection in (
        ["alerte"],
        *(["alerte", each] for each in alerts),
        *([each] for each in told),
    ):
        visit.answer(selection)
        text = visit.page.locator("#reperes-resultat").inner_text()
        assert "Je te crois" in text, selection
        assert "Ce n’est pas ta faute" in text, selection
