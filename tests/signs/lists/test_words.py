"""What the shipped list says of whom, and what it names to nobody."""

from __future__ import annotations

import re

import pytest

import signs
from signs.rules import vocabulary

SIGN_LIST = signs.load()
# What may be ticked with « l'image vise un adulte », when no pupil is said to be a target.
ABOUT_NO_PUPIL = (
    *("image-montage", "image-circule", "image-vendue", "image-recue", "image-vue"),
    *("image-reseau", "menace-diffusion", "menaces-en-cours", "argent-exige", "auteur-eleve"),
    *("plusieurs-eleves", "auteur-en-ligne", "auteur-connu", "auteur-personnel"),
    *("auteur-direction", "alerte-collegue", "alerte-parent", "alerte-anonyme", "rumeur"),
    *("lendemain", "poids", "sans-suite", "hors-temps-scolaire", "voyage-internat", "outre-mer"),
    *("etablissement-prive", "statut-precaire", "ecole-primaire"),
)


def _texts(*ticks: str, moment: str | None = None) -> dict[str, str]:
    answer = signs.orient(SIGN_LIST, ticks, moment=moment)
    return {a.id: " ".join(f"{a.text} {a.in_short}".split()) for a in answer.advice}


@pytest.mark.parametrize("moment", [None, "alerte"])
def test_a_member_of_staff_who_is_the_target_is_never_called_a_pupil(moment: str | None) -> None:
    """« L'élève » is then the possible author; a pupil who is a target too is « un élève »."""
    for other in ((), *((tick,) for tick in ABOUT_NO_PUPIL)):
        for id_, text in _texts("image-adulte", *other, moment=moment).items():
            assert not re.search(
                r"\bl'élève\b(?! (?:mis en cause|soupçonné))", text, re.IGNORECASE
            ), (other, id_)


def test_a_member_of_staff_who_is_the_target_is_told_what_is_theirs() -> None:
    texts = _texts("image-adulte", "image-montage", "menace-diffusion", "auteur-eleve", "poids")
    told = " ".join(texts.values())
    for words in (
        *("porter plainte", "protection fonctionnelle", "Ne répondez pas", "StopNCII", "3114"),
        *("À qui pouvez-vous en parler", "garde tout, sur son appareil", "personne mise en cause"),
    ):
        assert words in told
    assert "faire pression sur l'élève" not in told


def test_a_pupil_who_is_a_target_too_loses_nothing() -> None:
    told = " ".join(_texts("image-adulte", "confidence", "image-montage").values())
    for words in ("À quel adulte pourrais-tu en parler ?", "3018", "Take It Down", "sa famille"):
        assert words in told


def test_the_head_s_own_duty_is_said_as_the_head_s_and_not_where_the_head_may_be_the_author() -> (
    None
):
    duty = "du-cote-de-la-direction"
    assert "pas le vôtre" in _texts("confidence")[duty]
    for tick in SIGN_LIST.items:
        assert duty not in _texts("auteur-direction", "confidence", tick)


def _everything() -> list[tuple[str, str]]:
    return [
        (f"{name}/{entry.id}", text)
        for name in type(SIGN_LIST).model_fields
        if isinstance(entries := getattr(SIGN_LIST, name), tuple)
        for entry in entries
        for _path, text in vocabulary.texts(entry)
    ]


def test_no_violent_group_is_named_and_no_law_that_was_struck_down() -> None:
    unsaid = re.compile(r"\b764\b|The Com\b|\bCVLT\b|majorité numérique|moins de 15 ans")
    for where, text in _everything():
        assert not unsaid.search(text), where


def test_pupils_read_no_middle_dot() -> None:
    for where, text in _everything():
        assert "·" not in text, where


DIAGNOSES = re.compile(
    r"eczéma|crise d'angoisse|dépress|phobi|trouble|anorexi|boulimi|hypervigil|traumati",
    re.IGNORECASE,
)


def test_what_is_ticked_and_its_other_causes_name_no_illness_of_the_mind_or_skin() -> None:
    for sign in SIGN_LIST.signs:
        assert not DIAGNOSES.search(f"{sign.label} {sign.other_causes}"), sign.id
        assert "d'une autre origine" not in sign.other_causes  # than the blackmail: presupposes it
        assert "d'autres violences" not in sign.other_causes
