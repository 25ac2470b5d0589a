"""Cases a school knows: what cannot wait is first, and near the top of a phone's screen."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from signs.model.entries import AdviceStep
from tests.browser.conftest import OnScreen
from tests.browser.test_answer import SIGN_LIST
from tests.browser.test_promises import PROTECTING
from tests.cases import CASES, Case

NOW = {advice.id for advice in SIGN_LIST.advice if advice.step is AdviceStep.NOW}
HIGH = 700
"""Pixels below the answer's top: a phone shows them at once."""

LINES = """() => {
    const answer = document.querySelector("#reperes-resultat");
    const { top } = answer.getBoundingClientRect();
    return [...answer.querySelectorAll("[data-conseil]")].filter((line) => line.checkVisibility())
        .map((line) => [line.dataset.conseil, line.getBoundingClientRect().top - top]);
}"""


class Read(NamedTuple):
    """What the answer to a case holds, and how far down each open line begins."""

    called: list[str]
    tops: dict[str, float]


def _selection(case: Case) -> list[str]:
    return [*case.coche, *([case.porte] if case.porte else [])]


@pytest.fixture(scope="module")
def answered(on_screen: OnScreen) -> dict[str, Read]:
    visit = on_screen("phone")
    read = {}
    for case in CASES:
        called = visit.answer(_selection(case)).advice
        read[case.nom] = Read(called, dict(visit.page.evaluate(LINES)))
    return read


def test_the_gesture_that_cannot_wait_is_first(answered: dict[str, Read]) -> None:
    assert len(answered) > 40
    for case in CASES:
        called, tops = answered[case.nom]
        assert next(iter(tops)) == case.premier, case.nom
        assert set(case.absent).isdisjoint(called), case.nom
        urgent = any(SIGN_LIST.causes[id_].urgency == "immediate" for id_ in _selection(case))
        for id_ in case.deplie:  # in danger, what is for later and does not protect may wait
            assert id_ in (called if urgent and id_ not in PROTECTING | NOW else tops), case.nom


def test_what_is_for_now_is_within_the_first_screen(answered: dict[str, Read]) -> None:
    low = [
        (case.nom, id_, round(answered[case.nom].tops[id_]))
        for case in CASES
        for id_ in (case.premier, *NOW.intersection(case.deplie))
        if answered[case.nom].tops[id_] > HIGH
    ]
    assert low == []


def test_what_is_ticked_decides_what_comes_first(answered: dict[str, Read]) -> None:
    firsts = {next(iter(read.tops)) for read in answered.values()}
    assert len(firsts) >= 15
    assert "choisir-le-moment" not in firsts  # the line that once began nearly every answer
