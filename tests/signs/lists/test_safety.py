"""What must always hold, over the real list: each item, each pair, random sets.

What every answer promises is in `test_promises`. The same rules are looked at again through the
rendered page in `tests/browser`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import signs
from signs.model.entries import Section
from tests.signs.answers import Answers

SIGN_LIST = signs.load()
ITEMS = list(SIGN_LIST.items)
LEVELS = ("none", "today", "immediate")
IMMEDIATE = [item.id for item in SIGN_LIST.items.values() if item.urgency == "immediate"]
TODAY = [item.id for item in SIGN_LIST.items.values() if item.urgency == "today"]
ANSWERS = Answers(SIGN_LIST)
SMALL = [*ANSWERS.small(), *ANSWERS.with_a_door([(), *((id_,) for id_ in ANSWERS.ticks)])]
"""Nothing, each tick, each pair; each door, alone and with each tick."""

# Advices that would contradict each other if both were on screen, and why. Whatever replaces what,
# these stay apart; what replaces another is besides never shown with it.
CONTRADICTIONS = [
    ("expliquer-a-la-famille", "ne-pas-appeler-la-famille"),
    ("famille-redoutee", "ne-pas-appeler-la-famille"),
    ("famille-d-un-majeur", "ne-pas-appeler-la-famille"),
    ("expliquer-a-la-famille", "famille-redoutee"),
    ("expliquer-a-la-famille", "famille-d-un-majeur"),
    ("famille-redoutee", "famille-d-un-majeur"),
    ("ne-pas-rester-seul", "contourner-la-direction"),  # the one tells the head, the other not
    ("prevenir-en-primaire", "contourner-la-direction"),
    ("ne-pas-rester-seul", "prevenir-en-primaire"),  # two chains for one school
    ("une-question-ouverte", "laisser-raconter"),  # ask one question, or none any more
    ("dire-ce-que-je-vois", "laisser-raconter"),  # "a sign does not say its cause": doubt
    ("choisir-le-moment", "parler-dans-l-urgence"),  # without a witness, or never alone
    ("une-question-ouverte", "parler-dans-l-urgence"),  # "my door stays open" is leaving
    ("choisir-le-moment", "quand-l-eleve-est-retrouve"),  # nobody to sit down with
    ("une-question-ouverte", "quand-l-eleve-est-retrouve"),
    ("expliquer-a-la-famille", "famille-et-secours"),  # never in a hurry, or now
    ("famille-redoutee", "famille-et-secours"),
    ("famille-d-un-majeur", "famille-et-secours"),
    ("ne-pas-appeler-la-famille", "famille-et-secours"),
    ("ne-pas-rester-seul", "contourner-le-collegue"),  # the nurse or the head may be the one
    ("prevenir-en-primaire", "contourner-le-collegue"),
    ("contourner-la-direction", "contourner-le-collegue"),
    ("bloquer-sans-effacer", "contourner-le-collegue"),  # whoever keeps the network may be
    ("bloquer-sans-effacer", "contourner-la-direction"),
    ("ecouter-le-parent", "ecouter-sans-rien-reveler"),  # who comes may be the author
    ("croiser-les-regards", "contourner-le-collegue"),  # asking around warns the author
    ("croiser-les-regards", "contourner-la-direction"),
    ("saisir-le-procureur", "signaler-pour-un-majeur"),  # the CRIP is for minors
    ("information-preoccupante", "signaler-pour-un-majeur"),
    # who confides came by themselves: listened to, and not to be kept in the dark
    ("parler-aux-eleves-separement", "ecouter-qui-a-fait-pression"),
    ("ne-pas-avertir-l-auteur", "ne-pas-avertir-les-autres"),
    # heard as a victim, or as a suspect: not the same rights
    ("preparer-la-convocation", "convocation-de-qui-a-fait-pression"),
    ("faire-voir-par-l-infirmerie", "faire-voir-en-primaire"),  # no infirmary there
    ("garder-les-preuves", "preuves-d-un-jeune-enfant"),  # nothing rests on a child of nine
    ("porter-plainte", "plainte-d-un-jeune-enfant"),
    ("croiser-les-regards", "saisir-le-procureur"),  # facts are told, not talked over
    ("penser-a-soi", "ce-que-vous-faites-aide"),  # the same comfort, said once
    ("appeler-15", "appeler-a-l-etranger"),  # no number of ours answers there
    ("appeler-17", "appeler-a-l-etranger"),
    ("famille-et-secours", "mots-pour-la-famille"),  # whom the rescue says, or one's own call
    ("ne-pas-appeler-la-famille", "mots-pour-la-famille"),
    ("ne-pas-appeler-la-famille", "prendre-des-nouvelles"),  # from home, or not from there
    ("contourner-la-direction", "du-cote-de-la-direction"),  # the head's duty, or the head's deed
    ("contourner-la-direction", "hors-du-temps-scolaire"),
    ("contourner-le-collegue", "hors-du-temps-scolaire"),
    ("relancer", "ne-pas-rester-seul"),  # the head, who has been told already
    ("relancer", "hors-du-temps-scolaire"),
    ("hors-du-temps-scolaire", "ne-pas-rester-seul"),  # no infirmary on a Sunday night
    ("croiser-les-regards", "ne-pas-nourrir-la-rumeur"),  # ask colleagues, or tell none
    ("croiser-les-regards", "noter-l-alerte"),
    ("porter-plainte", "signaler-pour-un-majeur"),  # "even a minor", said of an adult
    ("pas-de-morale", "ne-pas-condamner"),  # no reproach, twice
    ("dire-que-je-crois", "repondre-par-ecrit"),  # spoken, or written
    ("choisir-le-moment", "laisser-raconter"),  # the moment has been chosen
    ("garder-les-preuves", "preuves-de-la-personne-visee"),
    ("trois-questions-permises", "questions-a-l-adulte-vise"),
    ("aller-vers-l-eleve-vise", "aller-vers-l-adulte-vise"),
]

moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31))
selections = st.sets(st.sampled_from(ITEMS), max_size=len(ITEMS))


def _assert_way_out(answer: signs.Orientation) -> None:
    sections = {advice.section for advice in answer.advice}
    assert Section.TALK in sections, "no conversation"
    assert Section.TELL in sections, "nobody to tell"
    assert any("vous" in s.audience and s.open and s.phone for s in answer.services), (
        "no answer now"
    )
    # Neither a number nor a prohibition has the last word: whoever helps is told that it counts.
    assert answer.last_word is not None
    assert "Ce n'est pas à vous de tout porter." in answer.last_word.text


def test_every_small_selection_leads_to_a_conversation_and_to_somebody_to_tell() -> None:
    sections = [
        ANSWERS.where(lambda advice: advice.section is Section.TALK),
        ANSWERS.where(lambda advice: advice.section is Section.TELL),
        ANSWERS.where(lambda advice: "Ce n'est pas à vous de tout porter." in advice.text),
    ]
    for selection in SMALL:
        shown = ANSWERS.shown(selection)
        assert all(shown & section for section in sections), selection


@given(selections, moments)
def test_any_selection_at_any_hour_leads_out(ticks: set[str], at: datetime) -> None:
    _assert_way_out(signs.orient(SIGN_LIST, ticks, at))


@pytest.mark.parametrize("item", IMMEDIATE)
def test_one_immediate_item_alone_is_enough_and_comes_first(item: str) -> None:
    answer = signs.orient(SIGN_LIST, {item})
    assert answer.urgent
    assert answer.advice[0].section is Section.SAFETY
    assert re.search(r"Appelez le 1[157]", answer.advice[0].text)
    assert {"samu", "police-secours", "urgence-112", "urgence-114"} <= {
        service.id for service in answer.services[:6]
    }


def test_nothing_but_immediate_items_is_called_safety() -> None:
    calm = [id_ for id_ in ITEMS if id_ not in IMMEDIATE]
    answer = signs.orient(SIGN_LIST, calm)
    assert not answer.urgent
    assert all(advice.section is not Section.SAFETY for advice in answer.advice)


@pytest.mark.parametrize("item", TODAY)
def test_a_today_item_alone_is_today(item: str) -> None:
    assert signs.orient(SIGN_LIST, {item}).urgency == "today"


def test_the_design_s_examples_of_each_level() -> None:
    def urgency(id_: str) -> str:
        return SIGN_LIST.items[id_].urgency

    for id_ in (
        *("danger-suicide", "propos-suicidaires", "danger-blessure", "danger-menace-physique"),
        *("danger-rendez-vous", "danger-disparition", "danger-compte-a-rebours"),
    ):
        assert urgency(id_) == "immediate"
    for id_ in ("scarifications", "confidence", "menace-diffusion", "deja-cede"):
        assert urgency(id_) == "today"


@given(selections, selections)
def test_adding_ticks_to_any_selection_is_never_less(some: set[str], others: set[str]) -> None:
    """For pairs, and for what stands open, see `test_promises`."""
    before, after = signs.orient(SIGN_LIST, some), signs.orient(SIGN_LIST, some | others)
    assert LEVELS.index(after.urgency) >= LEVELS.index(before.urgency)
    covered = set().union(*(ANSWERS.stands_for(advice.id) for advice in after.advice))
    for advice in before.advice:
        assert advice.id in covered, f"{advice.id} has gone and nothing stands for it"
    lost = {s.id for s in before.services} - {s.id for s in after.services}
    assert all(SIGN_LIST.out_of_age[id_] & (some | others) for id_ in lost), lost


def test_no_two_advices_that_contradict_each_other_are_shown_together() -> None:
    pairs = [ANSWERS.bit(*pair) for pair in CONTRADICTIONS]
    for selection in (*SMALL, tuple(ITEMS)):
        shown = ANSWERS.shown(selection)
        for pair in pairs:
            assert shown & pair != pair, f"{ANSWERS.ids(pair)} with {selection}"


@given(selections)
def test_no_selection_shows_a_contradiction_or_what_another_stands_for(ticks: set[str]) -> None:
    shown = {advice.id for advice in signs.orient(SIGN_LIST, ticks).advice}
    for one, other in CONTRADICTIONS:
        assert not {one, other} <= shown, f"{one} and {other} with {ticks}"
    for id_ in shown:
        assert shown.isdisjoint(ANSWERS.stands_for(id_) - {id_}), id_


# Orders that no two texts on one screen may give, whatever their ids are: one, and its contrary.
OPPOSITES = [
    (r"(?<!N')(?<!n')[Aa]ppelez la famille", r"N'appelez pas la famille"),
    (r"(?<!pas )à la direction(?! académique)|à la directrice", r"N'en parlez pas à la direction"),
    (r"[Ff]aites couper l'accès par", r"La police fait couper l'accès"),
    (r"captures des messages", r"ni captures"),
    (r"N'abordez pas vous-même l'élève mis en cause", r"cet élève a pu agir"),
    (r"Une seule question", r"Laissez l'élève dire ses mots"),
    (r"où l'on ne vous entend pas", r"Ne laissez pas l'élève seul"),
    (r"(?:^|[.!?] )(?![^.]*mineur)[^.]*CRIP", r"L'élève est majeur"),  # the CRIP is for minors
    (r"(?<!autre )personne mise en cause", r"À l'élève qui s'est confié"),
]


def test_each_order_and_its_contrary_are_really_given_by_some_texts() -> None:
    texts = [advice.text for advice in SIGN_LIST.advice]
    for pair in OPPOSITES[1:]:
        for order in pair:
            assert any(re.search(order, text) for text in texts), order


def _giving(order: str) -> int:
    return ANSWERS.where(lambda advice: bool(re.search(order, advice.text)))


def test_no_two_texts_give_opposite_orders() -> None:
    pairs = [(_giving(order), _giving(contrary)) for order, contrary in OPPOSITES]
    for selection in (*SMALL, *ANSWERS.wide(2_000), tuple(ITEMS)):
        shown = ANSWERS.shown(selection)
        for orders, contraries in pairs:
            against = shown & contraries
            told = ANSWERS.ids(shown & orders & ~contraries) if against else []
            assert not told, f"{told} against {ANSWERS.ids(against)} with {selection}"


def test_the_pairs_that_could_contradict_name_real_advices() -> None:
    known = {advice.id for advice in SIGN_LIST.advice}
    assert {id_ for pair in CONTRADICTIONS for id_ in pair} <= known


# Whoever may be the author is not alerted: what the shown texts then must not say.
SUSPECTS = {
    "auteur-parent": r"(?<!N')(?:[Aa]ppelez|[Pp]révenez|[Ii]nformez) (?:la famille|les parents|ses)"
    r"|elle est en principe prévenue",
    "auteur-direction": r"à la direction|à la directrice|au directeur|chef d'établissement"
    r"|[Dd]emandez à .{0,20}collègues",
    "auteur-personnel": r"[Dd]emandez à .{0,20}collègues|Appuyez-vous sur un collègue",
}


@given(selections, st.sampled_from(sorted(SUSPECTS)))
def test_nobody_who_may_be_the_author_is_alerted(ticks: set[str], suspect: str) -> None:
    answer = signs.orient(SIGN_LIST, ticks | {suspect})
    for advice in answer.advice:
        told = re.search(SUSPECTS[suspect], advice.text)
        assert told is None or "N'en parlez pas" in advice.text, advice.id


@pytest.mark.parametrize(
    "suspect", ["auteur-parent", "auteur-personnel", "auteur-direction", "auteur-eleve"]
)
def test_the_author_whoever_it_is_must_learn_nothing(suspect: str) -> None:
    assert "ne-pas-avertir-l-auteur" in {a.id for a in signs.orient(SIGN_LIST, {suspect}).advice}


def test_a_pupil_who_confides_having_pressed_others_is_heard_protected_and_learns_nothing() -> None:
    alone = {a.id for a in signs.orient(SIGN_LIST, {"auteur-se-confie"}).advice}
    assert {"laisser-raconter", "trois-questions-permises", "saisir-le-procureur"} <= alone
    assert {"ne-pas-condamner", "ne-rien-faire-effacer", "pas-de-mediation"} <= alone
    for suspect in ("auteur-eleve", "auteur-parent", "auteur-personnel", "auteur-direction"):
        texts = " ".join(
            a.text for a in signs.orient(SIGN_LIST, {"auteur-se-confie", suspect}).advice
        )
        assert "Ne faites rien savoir à une autre personne mise en cause" in texts


@given(selections)
def test_whatever_is_ticked_the_adult_neither_investigates_nor_looks_nor_promises(
    ticks: set[str],
) -> None:
    shown = {advice.id for advice in signs.orient(SIGN_LIST, ticks).advice}
    assert {"ne-pas-enqueter", "jamais-l-image", "pas-de-promesse"} <= shown


def test_an_image_already_seen_is_not_reopened_forwarded_or_deleted_alone() -> None:
    for item in ("image-vue", "image-recue"):
        texts = " ".join(a.text for a in signs.orient(SIGN_LIST, {item}).advice)
        for words in (
            "Ne la rouvrez pas",
            "ne la transférez pas",
            "Notez l'heure",
            "avant d'effacer",
        ):
            assert words in texts


def test_an_image_received_has_one_order_only_on_one_screen() -> None:
    """Not to touch it, until the police say; "never keep it" would have it deleted first."""
    for items in ({"image-recue"}, {"image-vue", "image-circule"}):
        for advice in signs.orient(SIGN_LIST, items).advice:
            assert not re.search(r"ne (?:la )?gardez|(?<!n')effacez", advice.text), advice.id


def test_safety_questions_are_the_said_exception() -> None:
    texts = " ".join(a.text for a in signs.orient(SIGN_LIST, {"confidence"}).advice)
    for question in ("penses à mourir", "en danger en ce moment", "rendez-vous prévu"):
        assert question in texts


def test_the_answer_holds_for_a_year_of_hours() -> None:
    """The line open now is there at each hour of a week around every change of the clocks."""
    for change in (datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2026, 12, 31)):
        for hours in range(72):
            _assert_way_out(signs.orient(SIGN_LIST, (), change + timedelta(hours=hours - 36)))
