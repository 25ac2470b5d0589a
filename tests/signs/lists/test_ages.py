"""Services by the pupil's age: none outside its ages, whatever else is ticked."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import signs
from signs.model.fields import EMERGENCY, EMERGENCY_SMS

SIGN_LIST = signs.load()
ITEMS = list(SIGN_LIST.items)
# Whom each is for, as the services themselves say; a chat is not proposed to a small child.
AGES = {
    "fil-sante-jeunes": (12, 25),
    "paej": (12, 25),
    "maison-des-adolescents": (11, 21),
    "espace-mineurs": (10, 17),
    "enfants-disparus-116000": (None, 17),
    "uaped": (None, 17),
}
PUPILS = {
    "moins-de-dix-ans": range(3, 10),
    "ecole-primaire": range(3, 12),
    "eleve-majeur": (18, 30),
}


def _services(ticks: set[str]) -> set[str]:
    return {service.id for service in signs.orient(SIGN_LIST, ticks).services}


def test_the_ages_are_those_of_the_services_and_no_emergency_number_has_any() -> None:
    aged = {s.id: (s.age_min, s.age_max) for s in SIGN_LIST.services if s.age_min or s.age_max}
    assert aged == AGES
    for service in SIGN_LIST.services:
        assert not (service.on_every_page and service.id in aged)


@given(st.sets(st.sampled_from(ITEMS)), st.sampled_from(sorted(PUPILS)))
def test_no_pupil_is_sent_to_a_service_for_others(ticks: set[str], pupil: str) -> None:
    shown = _services(ticks | {pupil})
    for id_, (youngest, oldest) in AGES.items():
        if not any((youngest or 0) <= age <= (oldest or 99) for age in PUPILS[pupil]):
            assert id_ not in shown


@pytest.mark.parametrize("pupil", PUPILS)
def test_an_age_takes_away_no_line_that_answers_everybody(pupil: str) -> None:
    for ticks in combinations(ITEMS, 1):
        lost = _services(set(ticks)) - _services({*ticks, pupil})
        assert lost <= AGES.keys()
    everybody = {"119", "3018", "3114"}
    for item in SIGN_LIST.items.values():
        answer = signs.orient(SIGN_LIST, {item.id, pupil})
        numbers = {service.phone or service.sms for service in answer.services}
        assert everybody <= numbers
        assert not answer.urgent or {*EMERGENCY, *EMERGENCY_SMS} <= numbers


@pytest.mark.parametrize(("age", "out"), [(17, False), (18, True)])
def test_ages_that_touch_are_not_out_of_age(age: int, out: bool) -> None:
    """A service up to 17 is for somebody of 17 at least."""
    fields = {name: getattr(SIGN_LIST, name) for name in signs.SignList.model_fields}
    fields["situations"] = tuple(
        situation.model_copy(update={"age_min": age}) if situation.age_min else situation
        for situation in SIGN_LIST.situations
    )
    sign_list = signs.SignList.of_valid(**fields)
    assert ("eleve-majeur" in sign_list.out_of_age["espace-mineurs"]) is out


def test_a_primary_school_s_own_file_leaves_out_what_its_pupils_are_too_young_for(
    tmp_path: Path,
) -> None:
    school = tmp_path / "ecole.toml"
    for kind, left_out in (("ecole", True), ("college", False)):
        school.write_text(
            f'format = 1\netablissement = "École des Essais"\ngenre = "{kind}"\n', encoding="utf-8"
        )
        services = {service.id for service in signs.load("sextorsion", school=school).services}
        assert ("fil-sante-jeunes" not in services) is left_out
        assert {"enfance-en-danger-119", "espace-mineurs"} <= services


def test_a_member_of_staff_keeps_what_is_for_adults_whatever_the_pupils_ages() -> None:
    for pupil in PUPILS:
        assert {"stopncii", "cyber-17", "france-victimes"} <= _services({"image-adulte", pupil})
