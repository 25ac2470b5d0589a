"""What every answer promises, over the real list, whatever is ticked and whichever door is open.

Every selection of up to two ticks is tried, behind no door and behind each, and wide ones. The
same promises are looked at on the rendered page in `tests/browser`.
"""

from __future__ import annotations

import re

import signs
from signs.model.entries import MOST_PROTECTING, AdviceStep, Promise, Section
from tests.signs.answers import Answers, Selection, first

SIGN_LIST = signs.load()
ANSWERS = Answers(SIGN_LIST)
EVERY = list(ANSWERS.all())
CALLS = ANSWERS.where(lambda a: bool(re.search(r"Appelez le 1[157]", a.text)))
KEPT = {
    promise: ANSWERS.bit(*(each.id for each in SIGN_LIST.advice if each.role is promise))
    for promise in Promise
}
ADULTS = ("auteur-parent", "auteur-personnel", "auteur-direction")
"""The possible authors whom a pupil could choose as an adult to trust."""


def _said(selection: Selection, bits: int) -> str:
    return f"{'+'.join(selection) or 'nothing'}: {ANSWERS.ids(bits)}"


def test_these_answers_are_those_of_orient() -> None:
    singles = [(id_,) for id_ in ANSWERS.ticks]
    some = [(), *singles, *ANSWERS.with_a_door([(), *singles]), *ANSWERS.wide(200)]
    for selection in some:
        door = next((id_ for id_ in selection if id_ in ANSWERS.doors), None)
        ticks = [id_ for id_ in selection if id_ != door]
        answer = signs.orient(SIGN_LIST, ticks, moment=door)
        assert [a.id for a in answer.advice] == ANSWERS.ids(ANSWERS.shown(selection))
        unfolded = [a.id for a in answer.advice if a.unfolded]
        assert unfolded == ANSWERS.ids(ANSWERS.unfolded(selection)), selection


def test_one_adult_whom_the_pupil_trusts_stands_open_whatever_is_chosen() -> None:
    for selection in EVERY:
        shown = ANSWERS.shown(selection) & KEPT[Promise.TRUSTED_ADULT]
        assert shown.bit_count() == 1, _said(selection, shown)
        assert shown & ANSWERS.unfolded(selection), _said(selection, shown)


def test_who_may_be_the_author_is_never_the_adult_to_trust() -> None:
    away = {
        "auteur-parent": r"ailleurs que chez toi|loin de cette personne",
        "auteur-personnel": r"loin de cette personne",
        "auteur-direction": r"loin de cette personne",
    }
    texts = {advice.id: advice.text for advice in SIGN_LIST.advice}
    for selection in EVERY:
        suspects = set(ADULTS).intersection(selection)
        for suspect in suspects:
            (told,) = ANSWERS.ids(ANSWERS.shown(selection) & KEPT[Promise.TRUSTED_ADULT])
            asked = " ".join(texts[told].split())
            both = len(suspects) > 1  # the widest words are then enough
            wanted = away["auteur-direction"] if both else away[suspect]
            assert re.search(wanted, asked), _said(selection, ANSWERS.bit(told))
            assert "répéterait" in asked


def test_a_pupil_whom_others_alert_about_is_believed_and_not_forgotten() -> None:
    adult = next(a for a in SIGN_LIST.advice if a.id == "adulte-pour-l-eleve-vise")
    texts = {advice.id: advice.text for advice in SIGN_LIST.advice}
    for alert in adult.triggers or ():
        for suspect in (None, "auteur-eleve", "auteur-en-ligne", *ADULTS):
            selection = (alert,) if suspect is None else (alert, suspect)
            told = " ".join(texts[id_] for id_ in ANSWERS.ids(ANSWERS.unfolded(selection)))
            for words in ("Je te crois", "Ce n'est pas ta faute"):
                assert words in told, (selection, words)


def test_tonight_stands_open_once_for_whatever_presses() -> None:
    for selection in EVERY:
        shown = ANSWERS.shown(selection) & KEPT[Promise.TONIGHT]
        pressing = any(ANSWERS.urgency[id_] != "none" for id_ in selection)
        assert shown.bit_count() <= 1, _said(selection, shown)
        if pressing:
            assert shown & ANSWERS.unfolded(selection), _said(selection, shown)


def test_distress_and_fear_speak_of_tonight_too() -> None:
    for id_ in ("detresse", "peur", "tristesse", "scarifications"):
        assert ANSWERS.unfolded((id_,)) & KEPT[Promise.TONIGHT], id_


def test_whom_to_tell_stands_open_whatever_is_chosen() -> None:
    for selection in EVERY:
        assert ANSWERS.unfolded(selection) & KEPT[Promise.TELL], selection


def test_no_answer_is_without_something_to_do_now_today_and_to_leave() -> None:
    never = ANSWERS.bit("ne-pas-enqueter", "jamais-l-image", "pas-de-promesse")
    for selection in EVERY:
        unfolded = ANSWERS.unfolded(selection)
        for step in (AdviceStep.NOW, AdviceStep.TODAY, AdviceStep.NEVER):
            assert unfolded & ANSWERS.steps[step], (selection, step)
        assert unfolded & never == never, _said(selection, never & ~unfolded)


def test_in_danger_the_number_to_call_is_read_first_and_nobody_is_left_alone() -> None:
    alone = ANSWERS.bit("rester-avec-eleve")
    for selection in EVERY:
        if ANSWERS.urgent(selection):
            now = ANSWERS.shown(selection) & ANSWERS.steps[AdviceStep.NOW]
            assert first(now, 1) & CALLS, _said(selection, now)
            assert ANSWERS.unfolded(selection) & CALLS == now & CALLS, _said(selection, now)
            present = set(selection) - {"danger-disparition"}
            if ANSWERS.urgent(tuple(present)):
                assert ANSWERS.unfolded(selection) & alone, _said(selection, now)


def test_at_most_four_lines_protect_at_once_in_a_step() -> None:
    singles = [(id_,) for id_ in ANSWERS.ticks]
    for selection in (*ANSWERS.small(), *ANSWERS.with_a_door([(), *singles])):
        for its in ANSWERS.steps.values():
            protecting = ANSWERS.shown(selection) & its & ANSWERS.protecting
            assert protecting.bit_count() <= MOST_PROTECTING, _said(selection, protecting)


CANNOT_WAIT = ANSWERS.protecting | CALLS | ANSWERS.bit("rester-avec-eleve")
INSTEAD = {
    advice.id: ANSWERS.bit(
        *(a.id for a in SIGN_LIST.advice if advice.id in ANSWERS.stands_for(a.id))
    )
    for advice in SIGN_LIST.advice
}
"""For each advice, what may stand for it, itself included."""


def _lost(bits: int, after: int) -> list[str]:
    return [id_ for id_ in ANSWERS.ids(bits & ~after) if not INSTEAD[id_] & after]


def test_a_further_tick_takes_no_advice_away_and_folds_nothing_that_cannot_wait() -> None:
    singles = [(id_,) for id_ in ANSWERS.ticks]
    for selection in ((), *singles, *ANSWERS.with_a_door([(), *singles]), *ANSWERS.wide(200)):
        shown, unfolded = ANSWERS.shown(selection), ANSWERS.unfolded(selection) & CANNOT_WAIT
        doors = ANSWERS.doors if not selection or selection[0] not in ANSWERS.doors else []
        for id_ in (*ANSWERS.ticks, *doors):
            more = (*selection, id_)
            assert not _lost(shown, ANSWERS.shown(more)), (selection, id_)
            assert not _lost(unfolded, ANSWERS.unfolded(more)), (selection, id_)


def test_eighteen_years_take_no_emergency_gesture_away() -> None:
    gestures = ANSWERS.bit("famille-et-secours", "adulte-en-danger", "adulte-au-retour")
    gestures |= CALLS | ANSWERS.where(lambda a: a.section is Section.SAFETY)
    for selection in EVERY:
        if ANSWERS.urgent(selection):
            before = ANSWERS.unfolded(selection) & gestures
            after = ANSWERS.unfolded((*selection, "eleve-majeur"))
            assert not before & ~after, _said(selection, before & ~after)
