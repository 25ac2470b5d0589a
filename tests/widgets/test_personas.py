"""The personas through the command line."""

from __future__ import annotations

import json

import pytest

import signs
from tests.conftest import Run
from tests.personas import PERSONAS, Persona
from widgets.cli.reporters import answer_text

WORDS_IN_FOUR_MINUTES = 950
"""What an upset adult can read of advice in four minutes, at some 240 words a minute: what stands
open in full, the rest in one line."""


@pytest.mark.parametrize("persona", PERSONAS, ids=str)
def test_a_person_is_told_the_right_way_by_the_command(
    persona: Persona, command: Run, sign_list: signs.SignList
) -> None:
    ran = command("orienter", *persona.coche, "--json")
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    answer = signs.orient(sign_list, persona.coche)
    persona.assert_answered(
        told["urgence"],
        [advice["id"] for advice in told["conseils"]],
        [service["id"] for service in told["services"]],
        answer_text(answer, sign_list),
    )
    read = (advice.text if advice.unfolded else advice.in_short for advice in answer.advice)
    assert sum(len(text.split()) for text in read) <= WORDS_IN_FOUR_MINUTES


def test_together_they_meet_most_of_the_situations(sign_list: signs.SignList) -> None:
    ticked = {id_ for persona in PERSONAS for id_ in persona.coche}
    assert len(PERSONAS) >= 12
    never = {situation.id for situation in sign_list.situations} - ticked
    assert len(never) <= len(sign_list.situations) / 4, never
