"""A school's own file: people and words laid over a list, nothing lost that always holds."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import signs
from signs.diagnostics.problem import Severity, render
from signs.files.document import open_document, parse, read
from signs.loading.loader import files_of, folder_of
from signs.model.entries import Section
from signs.model.outlines import OUTLINES, SCHOOL_OUTLINE
from signs.model.school import Role
from signs.model.sign_list import KINDS, references_of
from tests.conftest import stopped_on
from tests.signs.schools import SCHOOL
from tests.started import started_list


@pytest.fixture
def school_file(tmp_path: Path) -> Path:
    file = tmp_path / "ecole.toml"
    file.write_text(SCHOOL, encoding="utf-8")
    return file


def _with(tmp_path: Path, text: str, where: str | Path = "sextorsion") -> signs.Inspection:
    file = tmp_path / "autre.toml"
    file.write_text(text, encoding="utf-8")
    return signs.inspect(where, file)


def _told(inspection: signs.Inspection) -> str:
    return render(inspection.problems).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_school_is_laid_over_the_list_by_id(school_file: Path) -> None:
    with stopped_on("2026-11-25"):  # its contacts were checked in September
        inspection = signs.inspect(school=school_file)
        assert inspection.problems == signs.inspect().problems
    sign_list = signs.load(school=school_file)
    assert sign_list.items["sommeil"].label == "Dort en classe, surtout le matin"
    assert sign_list.items["sommeil"].source_section == signs.load().items["sommeil"].source_section
    assert "thesee" not in {service.id for service in sign_list.services}
    assert len(sign_list.signs) == len(signs.load().signs) + 1


def test_what_was_read_is_as_it_was_whatever_was_laid_over_it(school_file: Path) -> None:
    files = [school_file, *filter(Path.exists, files_of(folder_of("sextorsion")))]
    signs.inspect(school=school_file)  # keeps what it read for the next time
    for file in files:
        outline = OUTLINES.get(file.name, SCHOOL_OUTLINE)
        assert open_document(file, outline).content == parse(read(file))


def test_an_extra_sign_calls_what_it_is_like(school_file: Path) -> None:
    sign_list = signs.load(school=school_file)
    like, other = (signs.orient(sign_list, {id_}) for id_ in ("casque", "isolement"))
    assert [a.id for a in like.advice] == [a.id for a in other.advice]
    assert [s.id for s in like.services] == [s.id for s in other.services]


def test_the_school_s_people_come_in_reading_order_and_typed(school_file: Path) -> None:
    school = signs.load(school=school_file).school
    assert school is not None
    assert [contact.role for contact in school.people] == [Role.HEAD, Role.NURSE]
    assert [contact.label for contact in school.local_services] == ["CRIP du département"]
    assert school.people[1].name == "Mme Diallo"
    assert not school.overseas


def test_people_of_the_school_are_not_named_when_one_of_them_may_be_the_author(
    school_file: Path,
) -> None:
    sign_list = signs.load(school=school_file)
    assert set(sign_list.staff_suspected) == {"auteur-personnel", "auteur-direction"}
    calm = signs.orient(sign_list, {"confidence"}).contacts
    assert [contact.role for contact in calm] == [Role.HEAD, Role.NURSE, Role.CRIP]
    for tick in sign_list.staff_suspected:
        contacts = signs.orient(sign_list, {"confidence", tick}).contacts
        assert [contact.role for contact in contacts] == [Role.CRIP]


@pytest.mark.parametrize(
    "answers",
    [
        {"genre": genre, "statut": statut, "territoire": territoire}
        for genre, statut, territoire in product(
            ("ecole", "college", "lycee"), ("public", "prive"), ("metropole", "mayotte")
        )
    ],
    ids=lambda answers: " ".join(answers.values()),
)
def test_what_kind_of_school_it_is_is_not_asked_any_more(
    tmp_path: Path, answers: dict[str, str]
) -> None:
    file = tmp_path / "ecole.toml"
    file.write_text(
        "".join(f'{k} = "{v}"\n' for k, v in {"format": 1, **answers}.items()).replace('"1"', "1"),
        "utf-8",
    )
    sign_list, whole = signs.load(school=file), signs.load()
    shown = {each.id for each in (*sign_list.advice, *sign_list.services)}
    for handout in sign_list.handouts:
        assert shown.issuperset(handout.advice)
    settled = {s.id for s in whole.situations if s.true_for}
    assert settled == {"ecole-primaire", "etablissement-prive", "outre-mer"}
    assert settled.isdisjoint(sign_list.items)
    true = {
        id_
        for id_, holds in {
            "ecole-primaire": answers["genre"] == "ecole",
            "etablissement-prive": answers["statut"] == "prive",
            "outre-mer": answers["territoire"] != "metropole",
        }.items()
        if holds
    }

    @settings(max_examples=20, deadline=None)
    @given(
        st.sets(st.sampled_from(sorted(sign_list.items))),
        st.sampled_from([None, *sign_list.doors]),
    )
    def _answers_as_if_it_were_ticked(ticks: set[str], door: str | None) -> None:
        here = signs.orient(sign_list, ticks, moment=door)
        there = signs.orient(whole, ticks | true, moment=door)
        assert [(a.id, a.unfolded) for a in here.advice] == [
            (a.id, a.unfolded) for a in there.advice
        ]
        assert {s.id for s in here.services} == {s.id for s in there.services}
        assert {Section.TALK, Section.TELL} <= {a.section for a in here.advice}

    _answers_as_if_it_were_ticked()


def test_a_door_that_has_nothing_left_to_ask_is_gone_with_all_that_names_it(
    tmp_path: Path,
) -> None:
    started_list(tmp_path / "liste", standalone=True)
    for name, text in {
        "situations": '[[moment]]\nid = "lieu"\ntitre = "Où je travaille"\n'
        'premiers_mots = "Ici."\nsource = "guide"\nsection = "x"\n'
        '[[situation]]\nid = "en-lycee"\nmoment = "lieu"\nlibelle = "Dans un lycée"\n'
        'vrai_pour = ["lycee"]\ncomme = "isolement"\nsource = "guide"\nsection = "x"\n',
        "conseils": '[[conseil]]\nid = "ici"\nrubrique = "noter"\ntexte = "Notez-le."\n'
        'quand = ["isolement", "lieu"]\nrang = 40\nsource = "guide"\nsection = "x"\n'
        '[[conseil]]\nid = "ailleurs"\nrubrique = "noter"\ntexte = "Relisez-le."\n'
        'quand = ["lieu"]\nrang = 41\nsource = "guide"\nsection = "x"\n',
    }.items():
        with (tmp_path / "liste" / f"{name}.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")
    whole = signs.load(tmp_path / "liste")
    assert whole.doors.keys() >= {"lieu"}
    here = _with(tmp_path, 'format = 1\ngenre = "college"\n', tmp_path / "liste").sign_list
    assert here is not None
    assert "lieu" not in here.doors
    advice = {each.id: each for each in here.advice}
    assert advice["ici"].when == ("isolement",)
    assert "ailleurs" not in advice


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("maternelle", False),
        ("elementaire", False),
        ("lycee-professionnel", False),
        ("cite-scolaire", False),
        ("erea", False),
        ("medico-social", True),
    ],
)
def test_each_kind_of_school_settles_what_is_the_same_for_all_its_pupils(
    tmp_path: Path, kind: str, asked: bool
) -> None:
    file = tmp_path / "ecole.toml"
    file.write_text(f'format = 1\ngenre = "{kind}"\n', "utf-8")
    sign_list = signs.load(school=file)
    assert ("ecole-primaire" in sign_list.items) is asked
    assert sign_list.school is not None
    answers = sign_list.school.answers
    if kind in ("cite-scolaire", "erea"):  # a pupil is at the collège or at the lycée
        assert answers == {"ecole": False}


@pytest.mark.parametrize(
    ("territory", "number"),
    [
        ("nouvelle-caledonie", "25 00 00"),
        ("wallis-et-futuna", "72 00 00"),
        ("polynesie", "40 41 00 00"),
        ("la-reunion", "0262 41 00 00"),
    ],
)
def test_a_number_is_written_as_one_calls_it_there(
    tmp_path: Path, territory: str, number: str
) -> None:
    contact = f'[[contact]]\nrole = "direction"\ntelephone = "{number}"\n'
    inspection = _with(tmp_path, f'format = 1\nterritoire = "{territory}"\n{contact}')
    assert inspection.sign_list is not None
    assert "autre.toml" not in _told(inspection)


RULES = "change des mots, pas des règles"
# What a school may not do, and what it is told.
REFUSED = {
    'cacher = ["danger-suicide"]': "« danger-suicide » ne peut pas être caché : c'est une urgence",
    'cacher = ["samu"]': "« samu » ne peut pas être caché : c'est un service d'urgence",
    'cacher = ["enfance-en-danger-119"]': "caché : ce service répond quoi que l'on coche",
    'cacher = ["pas-de-mediation"]': "caché : ce conseil dit ce qui pourrait nuire",
    'cacher = ["jamais-l-image"]': "caché : ce conseil protège l'élève",
    'cacher = ["adulte-de-confiance"]': "caché : ce conseil tient une promesse de chaque réponse",
    'cacher = ["ce-soir"]': "caché : ce conseil tient une promesse de chaque réponse",
    'cacher = ["appeler-15"]': "caché : ce conseil dit quoi faire en cas de danger",
    'cacher = ["ne-pas-appeler-la-famille"]': "ne peut pas être caché",
    'cacher = ["une-question-ouverte"]': "il est toujours montré",
    'cacher = ["guide"]': "seuls les signes, les situations, les conseils et les services",
    'cacher = ["danger"]': "seuls les signes, les situations, les conseils et les services",
    '[[situation]]\nid = "danger-suicide"\nurgence = "aujourdhui"': RULES,
    '[[situation]]\nid = "danger-suicide"\nappeler_d_abord = "17"': RULES,
    '[[moment]]\nid = "danger"\nurgence = "aujourdhui"': RULES,
    '[[conseil]]\nid = "ce-soir"\nprotege = false': RULES,
    '[[conseil]]\nid = "adulte-de-confiance"\nrole = "prevenir"': RULES,
    '[[conseil]]\nid = "ne-rien-payer"\netape = "ensuite"': RULES,
    '[[conseil]]\nid = "appeler-15"\nquand = ["sommeil"]': RULES,
    '[[conseil]]\nid = "appeler-15"\ntexte = "Attendez demain."': "en cas de danger immédiat",
    '[[conseil]]\nid = "jamais-l-image"\ntexte = "Copiez-la."': "ce conseil protège l'élève",
    '[[conseil]]\nid = "appeler-15"\ncourt = "Attendez demain."': "en cas de danger immédiat",
    '[[conseil]]\nid = "ne-pas-appeler-la-famille"\ncourt = "Appelez-la."': "tient une promesse",
    '[[service]]\nid = "enfance-en-danger-119"\nadresse = "https://autre.example"': "répond quoi",
    '[[service]]\nid = "samu"\ntelephone = "01 99 00 12 34"': "c'est un service d'urgence",
    '[[service]]\nid = "enfance-en-danger-119"\nhoraires = "Mo 10:00-11:00"': "service répond quoi",
    '[[moment]]\nid = "danger"\npremiers_mots = "Restez calme."': "ces mots donnent les num",
    '[[moment]]\nid = "danger"\nporte = false': RULES,
    '[[conseil]]\nid = "se-taire"\nrubrique = "eviter"\ntexte = "Rien."\nquand = ["sommeil"]\n'
    'remplace = ["ne-pas-enqueter"]\nrang = 1\nsource = "guide"\nsection = "x"': (
        "ne peut pas prendre la place de « ne-pas-enqueter »"
    ),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_always_holds_cannot_be_taken_away_and_the_school_is_told_where(
    tmp_path: Path, text: str
) -> None:
    inspection = _with(tmp_path, text + "\n")
    assert inspection.sign_list is None
    errors = [p for p in inspection.problems if p.severity is Severity.ERROR]
    assert REFUSED[text] in _told(inspection).replace("’", "'")
    assert {Path(p.file).name for p in errors} == {"autre.toml"}


# What an upgrade of the list may leave behind in a school's file.
ORPHANS = {
    'cacher = ["disparu"]': "« disparu » n'est pas dans la liste",
    '[[signe]]\nid = "disparu"\nlibelle = "Un autre mot"': "cette entrée est laissée de côté",
    '[[signe]]\nid = "someil"\nlibelle = "Un autre mot"': "Vouliez-vous dire « sommeil »",
}


@pytest.mark.parametrize("text", ORPHANS)
def test_what_an_upgrade_left_behind_is_a_remark(tmp_path: Path, text: str) -> None:
    inspection = _with(tmp_path, text + "\n")
    assert inspection.sign_list is not None
    assert ORPHANS[text] in _told(inspection).replace("’", "'")


SEVERAL = ("quand", "remplace", "autres_sources", "affiches", "conseils", "coches", "conduit_a")
NAMED = [
    (kind, reference.key)
    for kind, described in KINDS.items()
    for reference in references_of(described.entry)
]


def _block(kind: str, raw: dict[str, object]) -> str:
    """Return an entry as a file writes it; JSON spells these values as TOML does."""
    lines = (
        f"{key} = {json.dumps(value, default=str)}"
        for key, value in raw.items()
        if not isinstance(value, dict)
    )
    return "\n".join((f"[[{kind}]]", *lines, ""))


@pytest.mark.parametrize(("kind", "key"), NAMED)
def test_whatever_names_an_id_that_is_gone_is_a_remark_in_the_list_s_entry_and_in_a_new_one(
    tmp_path: Path, kind: str, key: str
) -> None:
    file = KINDS[kind].file
    entries = open_document(folder_of("sextorsion") / file, OUTLINES[file]).content[kind]
    raw = max(entries, key=lambda raw: (key in raw, len(raw)))
    gone = ["disparu"] if key in SEVERAL else "disparu"
    rules = (
        "urgence",
        "remplace",
        "role",
        "protege",
    )  # a school's own entry has none of the list's
    new = {name: value for name, value in raw.items() if name not in rules}
    texts = [_block(kind, {"id": raw["id"], key: gone})]
    if kind != "affiche":  # a new one must promise a number too
        texts.append(_block(kind, {**new, "id": "neuf", key: gone}))
    for text in texts:
        inspection = _with(tmp_path, text)
        told = _told(inspection)
        assert inspection.sign_list is not None, told
        assert re.search(r"autre\.toml:\d+ : remarque : L’identifiant « disparu » n’est", told)
        before, after = (
            {entry.id: entry for entry in getattr(each, KINDS[kind].field)}
            for each in (signs.load(), inspection.sign_list)
        )
        assert after.keys() <= before.keys() | {"neuf"}
        assert after.items() >= before.items()


def test_what_names_what_was_left_aside_is_left_aside_too(tmp_path: Path) -> None:
    advice = 'rubrique = "parler"\ntexte = "Parlez."\nrang = 1\nsource = "guide"\nsection = "x"\n'
    inspection = _with(
        tmp_path,
        f'[[conseil]]\nid = "a"\nquand = ["casque"]\n{advice}'
        f'[[conseil]]\nid = "b"\nquand = ["casque", "sommeil"]\n{advice}'
        '[[signe]]\nid = "bruit"\ncomme = "casque"\nfamille = "physique"\nlibelle = "Bruit"\n'
        'autres_causes = "x"\nsource = "guide"\nsection = "x"\n'
        '[[signe]]\nid = "casque"\nfamille = "disparue"\nlibelle = "Casque"\n'
        'autres_causes = "x"\nsource = "guide"\nsection = "x"\n',
    )
    assert inspection.sign_list is not None, _told(inspection)
    told = [p.line for p in inspection.problems if Path(p.file).name == "autre.toml"]
    assert set(told) >= {3, 11, 19, 27}
    assert "casque" not in inspection.sign_list.items
    assert "bruit" in inspection.sign_list.items
    by_id = {each.id: each for each in inspection.sign_list.advice}
    assert by_id["b"].when == ("sommeil",)
    assert "a" not in by_id


def test_a_mistake_in_a_school_s_file_is_explained_there(tmp_path: Path) -> None:
    inspection = _with(tmp_path, '[[contact]]\nrole = "infirmière"\ntelephone = "3018"\n')
    (problem,) = [p for p in inspection.problems if p.severity is Severity.ERROR]
    assert (Path(problem.file).name, problem.line) == ("autre.toml", 2)
    assert "« infirmerie »" in _told(inspection)
    nowhere = _with(tmp_path, '[[contact]]\nrole = "cpe"\n')
    assert "ni téléphone, ni courriel, ni lieu, ni adresse" in _told(nowhere)
