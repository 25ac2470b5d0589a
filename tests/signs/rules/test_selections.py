"""Small selections on sets of bits, held to what every selection really shows."""

from __future__ import annotations

import random

import pytest

import signs
from signs.model.entries import AdviceStep
from signs.rules.selections import Selections, together
from tests.signs.answers import Answers


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(signs.load())


@pytest.mark.parametrize("step", AdviceStep)
@pytest.mark.parametrize("protecting", [True, False])
def test_the_most_and_the_least_are_those_of_every_small_selection(
    answers: Answers, sign_list: signs.SignList, step: AdviceStep, protecting: bool
) -> None:
    among = [a for a in sign_list.advice if a.step is step and a.protects >= protecting]
    its = answers.bit(*(advice.id for advice in among))
    singles = [(id_,) for id_ in answers.ticks]
    small = [*answers.small(), *answers.with_a_door([(), *singles])]
    selections = Selections(sign_list, among)
    selection, most = selections.most()
    assert answers.ids(answers.shown(selection) & its) == [advice.id for advice in most]
    counts = [(answers.shown(each) & its).bit_count() for each in small]
    assert len(most) == max(counts)
    empty = selections.none()
    assert (empty is None) is (min(counts) > 0)
    assert empty is None or not answers.shown(empty) & its


def test_two_lines_are_together_where_some_selection_shows_both(
    answers: Answers, sign_list: signs.SignList
) -> None:
    shown = [answers.shown(each) for each in answers.all()]
    picker = random.Random(7)
    found = []
    for _ in range(150):
        one, other = picker.sample(sign_list.advice, 2)
        both = answers.bit(one.id, other.id)
        selection = together(sign_list, one, other)
        found.append(selection is not None)
        if selection is None:
            assert not any(each & both == both for each in shown), (one.id, other.id)
        else:
            assert answers.shown(selection) & both == both
            assert sum(id_ in answers.doors for id_ in selection) <= 1
    assert any(found)
    replaced = next(advice for advice in sign_list.advice if advice.replaces)
    other = next(a for a in sign_list.advice if a.id == replaced.replaces[0])
    assert together(sign_list, replaced, other) is None
