"""Verdicts: every one of a corpus is found wherever it stands, and no ordinary sentence is."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import Severity
from signs.model.sign_list import KINDS
from signs.rules import vocabulary
from signs.rules.verdicts import families, verdicts
from signs.rules.wording import findings
from signs.scaffold import SCHOOL
from signs.text.phrases import LONGEST_GAP
from tests.conftest import ROOT
from tests.started import started_list

HERE = Path(__file__).parent


def _corpus(name: str) -> list[tuple[str, str]]:
    """Return every sentence of a corpus, with its family."""
    content = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    parts = [part for part in content.values() if isinstance(part, dict)]
    named = [pair for part in parts or [content] for pair in part.items()]
    return [(family, sentence) for family, sentences in named for sentence in sentences]


CORPUS = _corpus("verdicts.toml")
PASSING = [each for each in CORPUS if each[0] == "known"]
VERDICTS = [each for each in CORPUS if each not in PASSING]
ORDINARY = _corpus("ordinary.toml")


def test_the_corpora_are_large_and_repeat_nothing() -> None:
    for corpus, least in ((VERDICTS, 200), (ORDINARY, 300)):
        sentences = [sentence for _family, sentence in corpus]
        assert len(set(sentences)) == len(sentences) >= least


def test_every_verdict_is_found() -> None:
    assert [each for each in VERDICTS if not verdicts(each[1])] == []


def test_what_still_passes_is_known() -> None:
    """Once it is found, it goes among the others."""
    assert [each for each in PASSING if verdicts(each[1])] == []


@pytest.mark.parametrize(
    "said",
    [
        str.upper,
        lambda text: text.replace("'", "’").replace(" ", "\u00a0"),
        lambda text: f"**{text}**",
        lambda text: f"Répondez ceci : « {text} »",
        lambda text: f"L'infirmerie est ouverte. {text} Prévenez la direction.",
        lambda text: f"- Une ligne\n- {text}\n",
    ],
    ids=["capitals", "typography", "bold", "said aloud", "among others", "in a list"],
)
def test_a_verdict_is_one_however_it_is_written(said: Callable[[str], str]) -> None:
    assert [each for each in VERDICTS if not verdicts(said(each[1]))] == []


def test_no_ordinary_sentence_is_a_verdict() -> None:
    found = [(text, found.family.id) for _part, text in ORDINARY for found in verdicts(text)]
    assert found == []


def test_ordinary_sentences_stay_so_together() -> None:
    """What stands before a sentence makes it no verdict, and excuses none either."""
    for (_, first), (_, second) in pairwise(ORDINARY):
        assert verdicts(f"{first} {second}") == (), (first, second)
    for (_, ordinary), (_, verdict) in zip(ORDINARY, VERDICTS, strict=False):
        assert verdicts(f"{ordinary} {verdict}"), (ordinary, verdict)


@pytest.mark.parametrize(
    "text",
    [
        "Évitez d'hésiter, dites « L'élève est victime. »",
        "Plutôt que d'attendre, dites : « C'est une sextorsion. »",
        "N'hésitez pas à dire qu'il est victime.",
        "N'est-il pas évident que cet élève est victime ?",
        "Il ne dort plus : il est victime.",
        "Il ne dort plus et il est victime de chantage.",
        "Ce ne peut être qu'un chantage.",
        "Ce n'est rien d'autre qu'un chantage.",
        "Cet élève est « victime ».",
        "Cet·te élève est abusé·e.",
        "Cet(te) élève a été manipulé(e).",
        "Si vous cochez trois signes, l'élève est victime.",
        "Ne dites pas qu'il va mal : dites qu'il est victime.",
        "Ne dites pas « il ment ». Dites « elle est victime ».",
        "Sans hésiter, notez : l'élève est victime.",
        "L'ELEVE EST VICTIME D'UN CHANTAGE",
    ],
)
def test_a_word_of_denial_elsewhere_is_no_excuse(text: str) -> None:
    assert verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ne dites pas : « Rassure-toi. Tout va bien. »",
        "Pas de « rien de grave », « tout va bien », « rassurez-vous ».",
        "Ni « tout va bien », ni « c'est une victime ».",
        "Ne dites pas que l'élève va mal et qu'il est victime.",
        "Un élève est victime quand on le menace.",
        "Rien ne dit que l'élève est victime.",
        "Elle dit qu'elle est victime d'un chantage.",
    ],
)
def test_what_is_denied_supposed_or_reported_is_no_verdict(text: str) -> None:
    assert verdicts(text) == ()


@pytest.mark.parametrize(
    "hidden",
    [
        "Cet e\u0301le\u0300ve est victime de sextorsion.",
        "Cet élève est vic\u00adtime de sex\u200btorsion.",
        "Cet élève est \u202evictime\u202c de sextorsion.",
        "Cet élève est v\u0456ct\u0456m\u0435 de sextorsion.",  # Cyrillic
        "Cet élève est ｖｉｃｔｉｍｅ de sextorsion.",
        "Cet élève est \U0001d42f\U0001d422\U0001d41c\U0001d42d\U0001d422\U0001d426\U0001d41e.",
        "Le comportement con\ufb01rme le chantage.",
        "Cet\u2009élève\u202fest\u00a0victime.",
    ],
)
def test_what_the_eye_reads_decides(hidden: str) -> None:
    assert verdicts(hidden)


def test_an_advice_on_what_to_avoid_may_say_it_and_no_other() -> None:
    quoted, told = "Par exemple : « Cet élève est victime. »", "Conclure que l'élève est victime."
    assert (verdicts(quoted, avoiding=True), verdicts(told, avoiding=True)) == ((), ())
    assert verdicts(quoted)
    assert verdicts("Cet élève est victime de sextorsion.", avoiding=True)


def test_lists_that_we_ship_say_none(tmp_path: Path) -> None:
    for sign_list in (signs.load(), signs.load(started_list(tmp_path / "liste", standalone=True))):
        for kind in KINDS.values():
            for entry in getattr(sign_list, kind.field):
                assert list(findings(entry)) == []
    school = shutil.copy(SCHOOL, tmp_path)  # beside an académie's file, it would be one of its own
    assert signs.inspect(school=Path(school)).sign_list


def test_families_have_a_remedy_that_is_no_verdict() -> None:
    for family in families():
        assert family.why.endswith(".")
        assert verdicts(family.why) == ()
        assert all(found.family.id != family.id for found in verdicts(f"Écrivez {family.instead}."))
    assert len({family.id for family in families()}) == len(families())
    severities = {family.id: family.severity for family in families()}
    assert [id_ for id_, each in severities.items() if each is Severity.REMARK] == [
        "signes-de",
        "eleve-a-risque",
        "rassurer-un-peu",
    ]


def test_every_group_serves_and_every_phrase_can_be_written() -> None:
    content = tomllib.loads((ROOT / "signs/rules/verdicts.toml").read_text(encoding="utf-8"))
    used = " ".join(str(each) for each in content["famille"])
    inner = " ".join(" ".join(words) for words in content["groupes"].values())
    context = {
        *("negation", "fausse_negation", "restriction", "dire", "dire_affirmatif", "eviter"),
        *("supposition", "rapporte", "general", "frequence", "lien"),
    }
    unused = [name for name in content["groupes"] if f"<{name}>" not in used + inner]
    assert set(unused) == context
    assert LONGEST_GAP < 8, "a gap that takes half a sentence finds what nobody wrote"


def _every_text_of(folder: Path) -> list[tuple[Path, str, str]]:
    """Return a line to change for each key that holds a text of ours, with its file."""
    found: dict[tuple[str, str], tuple[Path, str, str]] = {}
    for file in sorted(folder.glob("*.toml")):
        for kind, blocks in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if kind not in KINDS or not isinstance(blocks, list):
                continue
            keys = {
                path[0]
                for block in blocks
                for path, _text in vocabulary.texts(KINDS[kind].entry.model_validate(block))
            }
            for key in keys:
                found[kind, str(key)] = (file, kind, str(key))
    return list(found.values())


def test_a_verdict_is_an_error_at_every_place_of_a_list() -> None:
    """In each text of each kind, of the entry that has it; a story alone gets a remark."""
    passed = []
    for _file, kind, key in _every_text_of(ROOT / "signs" / "lists" / "sextorsion"):
        model = KINDS[kind].entry
        entries = getattr(signs.load(), KINDS[kind].field)
        name = next(n for n, f in model.model_fields.items() if (f.alias or n) == key)
        entry = next(each for each in entries if getattr(each, name))
        said: object = "Trois signes ou plus : le chantage est certain."
        said = (said,) if isinstance(getattr(entry, name), tuple) else said
        levels = {each.severity for each in findings(entry.model_copy(update={name: said}), kind)}
        if Severity.ERROR not in levels:
            passed.append((kind, key))
    assert passed == []


def test_a_story_may_say_of_its_characters_what_is_a_remark() -> None:
    (story,) = (each for each in signs.load().vignettes if each.id == signs.load().vignettes[0].id)
    told = story.model_copy(update={"text": "Lina est victime d'un chantage."})
    proof = story.model_copy(update={"text": "Ces signes prouvent un chantage."})
    notes = story.model_copy(update={"notes": "Lina est victime d'un chantage."})
    assert {each.severity for each in findings(told, "vignette")} == {Severity.REMARK}
    assert Severity.ERROR in {each.severity for each in findings(proof, "vignette")}
    assert Severity.ERROR in {each.severity for each in findings(notes, "vignette")}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('titre = "Référente dépression"\npresence = "Score de risque élevé : le lundi"', "risque"),
        ('lieu = "Bureau 3 : cet élève est victime"', "victime"),
        ('nom = "Mme Alerte rouge"', "rouge"),
    ],
)
def test_a_contact_of_a_school_is_read_as_the_rest(tmp_path: Path, line: str, found: str) -> None:
    school = tmp_path / "ecole.toml"
    start = 'format = 1\n[[contact]]\nrole = "infirmerie"\ntelephone = "01 23 45 67 89"\n'
    school.write_text(start + line + "\n", encoding="utf-8")
    inspection = signs.inspect(school=school)
    assert inspection.sign_list is None
    errors = [each for each in inspection.problems if each.severity is Severity.ERROR]
    assert errors
    assert all(each.line > 4 and found in each.text for each in errors)


def test_a_name_of_somebody_is_no_word_of_ours(tmp_path: Path) -> None:
    school = tmp_path / "ecole.toml"
    school.write_text(
        'format = 1\netablissement = "Collège du Drame"\n[[contact]]\nrole = "cpe"\n'
        'nom = "Mme Proietti"\ntelephone = "01 23 45 67 89"\n',
        encoding="utf-8",
    )
    assert [p for p in signs.inspect(school=school).problems if p.code == "harmful-words"] == []
