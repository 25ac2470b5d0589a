"""What cannot wait comes first, because of what was ticked."""

from __future__ import annotations

import pytest

import signs
from signs.model.entries import AdviceStep
from tests.cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_cannot_wait_is_read_first(case: Case, sign_list: signs.SignList) -> None:
    answer = signs.orient(sign_list, case.coche, moment=case.porte)
    shown = {advice.id: advice for advice in answer.advice}
    assert answer.advice[0].id == case.premier
    assert answer.advice[0].unfolded
    assert shown.keys().isdisjoint(case.absent)
    for id_ in case.deplie:
        later = answer.urgent and shown[id_].step is not AdviceStep.NOW
        assert shown[id_].unfolded or (later and not shown[id_].protects), id_


def test_what_is_ticked_decides_what_comes_first() -> None:
    assert len({case.premier for case in CASES}) >= 15
    assert len({case.nom for case in CASES}) == len(CASES)
