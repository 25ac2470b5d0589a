"""The words to avoid: found in every text of ours, wherever it stands, never in what we cite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

import signs
from signs.diagnostics.problem import Severity
from signs.model.entries import Advice
from signs.model.fields import PROSE, Quoted, Text
from signs.model.sign_list import KINDS
from signs.rules import vocabulary
from signs.rules.verdicts import verdicts
from signs.rules.wording import findings
from tests.conftest import ROOT


def _found(text: str, key: str = "texte") -> set[str]:
    """Return the genres found in an advice with this text."""

    class Entry(BaseModel):
        words_of_ours: Text = Field(alias=key)

    return {f.rule for f in findings(Entry.model_validate({key: text}))}


def test_the_shipped_list_says_nothing_that_harms(sign_list: signs.SignList) -> None:
    for name in type(sign_list).model_fields:
        value = getattr(sign_list, name)
        for entry in value if isinstance(value, tuple) else ():
            assert list(findings(entry)) == []
    assert list(findings(sign_list.info)) == []


# The guide's table, row by row: what is no longer said, and what is said.
GUIDE_TABLE = {
    "Un pédophile": "pédocriminel",
    "La pédopornographie": "exploitation sexuelle des enfants",
    "Le tourisme sexuel": "pédocriminalité itinérante",
    "Des images pédopornographiques": "images pédocriminelles",
    "La pornographie mettant en scène des enfants": "exploitation sexuels d'enfants",
}


@pytest.mark.parametrize("outdated", GUIDE_TABLE)
def test_the_guide_s_table_is_known_row_by_row(outdated: str) -> None:
    rules = [rule for rule in vocabulary.all_words() if rule.genre == "depasse"]
    assert _found(outdated) == {"depasse"}
    assert any(GUIDE_TABLE[outdated] in rule.instead and rule.source == "guide" for rule in rules)


@pytest.mark.parametrize("rule", vocabulary.all_words(), ids=lambda rule: rule.forms[0])
def test_every_form_is_found_whatever_its_case_spaces_and_apostrophes(
    rule: vocabulary.Words,
) -> None:
    key = rule.only_in[0] if rule.only_in else "texte"
    for form in rule.forms:
        phrase = form.replace("*", "e")
        for written in (phrase, phrase.upper(), phrase.replace("'", "’").replace(" ", "\u00a0")):
            assert rule.genre in _found(f"Voici : {written}.", key), form
        assert rule.genre not in _found(f"Voicix{phrase}x.", key) or form.endswith("*"), form
    for phrase in rule.unless:
        assert rule.genre not in _found(f"Ici, {phrase} l'on sait tout.", key), phrase


def test_rules_are_written_plainly_and_all_serve() -> None:
    known = {source.id for source in signs.load().sources}
    for rule in vocabulary.all_words():
        for phrase in (*rule.forms, *rule.unless):
            assert phrase == phrase.lower().replace("’", "'").strip()
        assert rule.instead
        assert rule.why.endswith(".")
        assert rule.source is None or rule.source in known
    assert {rule.genre for rule in vocabulary.all_words()} == set(vocabulary.genres())


def test_only_a_diagnosis_keeps_a_list_from_being_served() -> None:
    errors = {g.id for g in vocabulary.genres().values() if g.severity is Severity.ERROR}
    assert errors == {"diagnostic"}


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("L'ELEVE AVOUE", {"doute"}),
        ("Une bêtise, une be\u0302tise, une bê\u00adtise", {"minimisant"}),
        ("L'élève avoue une imprudence.", {"doute", "culpabilisant"}),
        ("C'est **un fléau**.", {"alarmant"}),
        ("Dites : « Tu aurais dû m'en parler. »", {"culpabilisant"}),
        ("Ni « tu aurais dû », ni « es-tu sûr ? ».", set()),
        ("Évitez « ce n'est rien ». Dites : « Pourquoi as-tu fait ça ? »", {"culpabilisant"}),
        ("Écrivez « confie » plutôt que « avoue ».", set()),
        ("Mieux vaut ne pas dire « es-tu sûr ? ».", set()),
        ("N'insistez pas. Dites : « es-tu sûr ? »", {"doute"}),
        ("« Je ne dirai rien », ou : « montre-moi la photo ».", {"promesse", "enquete"}),
        ("Un deuil, une dépression déjà suivie.", set()),
        ("Montre du doigt, le dramaturge, en vertu de la loi.", set()),
    ],
)
def test_our_voice_is_bound_and_what_is_quoted_as_not_to_be_said_is_not(
    text: str, genres: set[str]
) -> None:
    assert _found(text) == genres


def test_an_illness_is_named_as_another_cause_and_never_as_what_one_ticks() -> None:
    assert _found("Une phobie, une dépression déjà suivie.", "autres_causes") == set()
    assert _found("Une phobie", "libelle") == {"diagnostic"}


def test_what_an_advice_says_to_avoid_may_be_quoted() -> None:
    required = {"quand": "toujours", "rang": 1, "source": "guide", "section": "x"}
    fields = {"id": "a", "texte": "Pas de « montre-moi », par exemple.", **required}
    assert list(findings(Advice.model_validate({**fields, "rubrique": "parler"})))
    assert not list(findings(Advice.model_validate({**fields, "rubrique": "eviter"})))


def test_texts_are_found_at_any_depth_and_cited_words_are_left_alone() -> None:
    class Step(BaseModel):
        said: Text = Field(alias="dit")
        heard: Quoted | None = Field(None, alias="entendu")

    class Story(BaseModel):
        title: Text | None = Field(None, alias="titre")
        steps: tuple[Step, ...] = Field((), alias="etapes")
        words: tuple[Text, ...] = Field((), alias="mots")
        others: tuple[Quoted, ...] = Field((), alias="autres")

    story = Story.model_validate(
        {
            "titre": "Un fléau",
            "etapes": [{"dit": "Rien"}, {"dit": "Un fléau", "entendu": "Un fléau"}],
            "mots": ["un fléau"],
            "autres": ["un fléau"],
        }
    )
    assert [f.path for f in findings(story)] == [
        ("titre",),
        ("etapes", 1, "dit"),
        ("mots", 0),
    ]


def test_every_kind_of_entry_has_texts_that_are_read() -> None:
    """A new kind whose sentences were declared as mere strings would slip through."""
    for kind in KINDS.values():
        if kind.entry.__name__ == "Source" or not kind.has_form:
            continue  # names of documents; who read what
        fields = kind.entry.model_fields.values()
        assert any(
            PROSE in field.metadata or vocabulary.declares_prose(field.annotation)
            for field in fields
        ), kind


def test_verifier_shows_them_with_file_and_line(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    text = file.read_text(encoding="utf-8")
    before = 'autres_causes = "Des écrans tard le soir, un trajet long'
    assert before in text
    file.write_text(text.replace(before, before + ", un fléau"), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1
    inspection = signs.inspect(list_folder)
    assert inspection.sign_list is not None
    (remark,) = [p for p in inspection.problems if Path(p.file) == file]
    assert (Path(remark.file), remark.line, remark.severity) == (file, line, Severity.REMARK)
    assert "« fléau »".replace(" ", "\u00a0") in remark.text
    assert "Écrivez plutôt" in remark.text


def test_a_diagnosis_on_a_tick_box_or_in_the_title_is_an_error(list_folder: Path) -> None:
    for name, before, after in (
        ("signes.toml", 'libelle = "Tristesse', 'libelle = "Dépression, tristesse'),
        ("liste.toml", 'titre = "', 'titre = "Score de risque : '),
    ):
        file = list_folder / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")
    inspection = signs.inspect(list_folder)
    assert inspection.sign_list is None
    assert [Path(p.file).name for p in inspection.problems] == ["liste.toml", "signes.toml"]
    assert all(p.severity is Severity.ERROR for p in inspection.problems)


def test_a_school_s_own_words_are_read_too(tmp_path: Path) -> None:
    school = tmp_path / "ecole.toml"
    school.write_text('[[signe]]\nid = "sommeil"\nremarque = "Un vrai fléau."\n', encoding="utf-8")
    remarks = [p for p in signs.inspect(school=school).problems if "fléau" in p.text]
    assert [(Path(remark.file), remark.line) for remark in remarks] == [(school, 3)]


OURS = ("README.md", "notebooks/*.ipynb", "signs/**/*.py", "widgets/**/*.py", "widgets/**/*.j2")
"""What our pages and commands say outside the lists."""


def test_nothing_that_our_pages_and_commands_say_harms() -> None:
    files = [file for pattern in OURS for file in ROOT.glob(pattern)]
    assert len(files) > 40
    for file in files:
        text = re.sub(r"(?s)<[^>]*>|{[%#].*?[%#]}", "\n", file.read_text(encoding="utf-8"))
        assert [(file.name, found) for found, _rule in vocabulary.harmful(text)] == []
        if file.suffix == ".j2":
            assert [(file.name, each.sentence) for each in verdicts(text)] == []


def test_annotations_are_looked_into() -> None:
    assert vocabulary.declares_prose(Text | None)
    assert vocabulary.declares_prose(tuple[Text, ...])
    assert not vocabulary.declares_prose(Quoted | None)
