"""A list being edited: forms, drafts, undoing and saving lose nothing and change no more."""

import errno
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import signs
from signs.files.document import parse
from signs.files.edit import EditError
from signs.loading.loader import SHIPPED
from signs.model.readings import READING, Reading
from signs.model.sign_list import HEAD, KINDS
from signs.scaffold import ListFolderError, ensure_copy
from signs.text.typography import typography
from tests.widgets.editor.test_deltas import changed_by
from widgets.board.board import markup as board_markup
from widgets.editor import Editor
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import Control, fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.session import undo
from widgets.editor.session.draft import DRAFTS, Draft
from widgets.editor.session.session import EditingSession
from widgets.editor.views.personas import changes_for
from widgets.editor.views.preview import preview_entry
from widgets.editor.views.state import StateView
from widgets.editor.views.versions import VersionsView

GESTURES = ["ecrire", "ecrire", "ecrire", "ajouter", "retirer", "masquer", "annuler", "enregistrer"]
ALL = (HEAD, *(name for name, kind in KINDS.items() if kind.has_form))


@pytest.fixture
def session(list_folder: Path) -> EditingSession:
    return EditingSession(list_folder)


def _written(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.toml")}


def _value(raw: dict[str, Any], key: str) -> object:
    value = raw.get(key)
    return value.strip() if isinstance(value, str) else value


def test_every_key_of_the_model_has_a_control(session: EditingSession) -> None:
    for kind in ALL:
        keys = {key for raw in session.blocks(kind) for key in raw}
        controls = {field.key: field.control for field in fields_of(kind)}
        assert keys <= controls.keys()
        assert not [key for key in keys if controls[key] is Control.FIXED]


def test_every_kind_field_and_choice_has_words_of_its_own() -> None:
    assert set(KIND_WORDS) == {HEAD, *KINDS} - {READING}
    for kind in ALL:
        assert KIND_WORDS[kind].help or kind == "famille"
        for field in fields_of(kind):
            assert field.wording.label[0].isupper()
            assert field.wording.help
            assert len({label for _, label in field.options}) == len(field.options)


def test_what_calls_an_advice_is_chosen_among_ticks_and_doors(session: EditingSession) -> None:
    (when,) = (field for field in fields_of("conseil") if field.control is Control.WHEN)
    choices = StateView(session, session.inspection(), None).choices
    offered = {each["id"] for kind in when.kinds for each in choices[kind]}
    sign_list = signs.load()
    assert offered == {*sign_list.items, *sign_list.doors}
    headings = {each["group"] for each in choices[when.kinds[-1]]}
    assert headings == {"Portes d’entrée"}


def test_advice_is_listed_and_moved_within_its_step(session: EditingSession) -> None:
    listed = StateView(session, session.inspection(), None).entries()["conseil"]
    assert [each["id"] for each in listed] == [advice.id for advice in signs.load().advice]
    groups = list(dict.fromkeys(each["group"] for each in listed))
    assert groups == ["Maintenant", "Aujourd’hui, prévenez", "Ensuite", "À ne pas faire"]
    last = next(each for each in reversed(listed) if each["group"] == "Maintenant")
    with pytest.raises(EditError):
        session.move(EntryRef("conseil", last["place"]), 1)


def test_the_preview_follows_the_step_and_what_stands_open() -> None:
    sign_list = signs.load()
    raw = next(a for a in sign_list.advice if a.id == "ce-soir").model_dump(
        by_alias=True, mode="json", exclude_none=True
    )
    moved = preview_entry(sign_list, "conseil", raw | {"etape": "jamais", "protege": False})
    assert moved is not None
    (advice,) = (a for a in moved.advice if a.id == "ce-soir")
    assert (advice.step.value, advice.protects) == ("jamais", False)
    assert list(moved.advice) == sorted(moved.advice, key=lambda each: each.reading_order)


def test_a_step_that_changes_is_told_for_the_personas(sign_list: signs.SignList) -> None:
    raw = next(a for a in sign_list.advice if a.id == "noter-ce-qui-change").model_dump(
        by_alias=True, mode="json", exclude_none=True
    )
    moved = preview_entry(sign_list, "conseil", raw | {"etape": "aujourdhui"})
    assert moved is not None
    told = changes_for(["sommeil"], sign_list, moved)
    assert any("déplacé, dans «\xa0Aujourd’hui, prévenez" in each for each in told), told
    assert not any("Service" in each for each in told)


def test_what_is_wrong_is_told_by_the_words_of_the_form(session: EditingSession) -> None:
    wrong = {
        Control.DATE: "hier",
        Control.PHONE: "01.23.45.67",
        Control.ADDRESS: "www.exemple.fr",
        Control.NUMBER: "dix",
        Control.WHEN: [],
        Control.TICKS: [],
        Control.HOURS: {"mode": "notation", "notation": "le lundi"},
    }
    fields = [(kind, field) for kind in ALL for field in fields_of(kind)]
    for kind, field in fields:
        if field.control not in {Control.NAME, Control.FIXED, Control.FLAG}:
            session.set_value(EntryRef(kind, 0), field.key, wrong.get(field.control, ""))
    problems = [p for p in StateView(session, session.inspection(), None).problems if p["key"]]
    assert {(p["kind"], p["key"]) for p in problems} >= {
        (kind, field.key) for kind, field in fields if field.needed and field.key != "id"
    } - {("liste.toml", "format")}
    for problem in problems:
        assert not re.search(r"\w_\w| = |la ligne «|guillemet|crochet", problem["text"]), problem
        assert problem["key"] == "horaires" or '"' not in problem["text"], problem
    reported = {
        p["key"]: p["text"].replace("\u00a0", " ") for p in problems if p["kind"] == "service"
    }
    assert reported["nom"] == "« Nom » est vide. Écrivez un texte."
    assert reported["telephone"].endswith("Écrivez par exemple : 01 23 45 67 89.")
    assert reported["quand"].startswith("« S’affiche quand on coche » : rien n’est coché. Cochez")


def test_changes_are_told_by_the_words_of_the_form(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    asked("panneau", name="changements")
    blocks = asked.session.blocks("service")
    index = next(p for p, raw in enumerate(blocks) if raw["id"] == "stopncii")
    more = [*blocks[index]["quand"], "vols"]
    asked("ecrire", kind="service", place=index, key="quand", value=more)
    asked("ecrire", kind=HEAD, place=0, key="a_revoir_avant", value="01/2027")
    asked("ajouter", kind="famille", title="Une autre")
    asked("retirer", kind="famille", place=len(asked.session.blocks("famille")) - 1)
    reported = " ".join(asked("monter", kind="signe", place=1)["panel"]["data"])
    reported = reported.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "« S’affiche quand on coche » gagne « Vole de l’argent ou des objets »" in reported
    assert "La liste : « À revoir avant le » devient « 01/2027 » (c’était" in reported
    assert "Signes : un autre ordre." in reported
    assert "quand »" not in reported
    broken = asked("ecrire", kind="signe", place=0, key="libelle", value="")
    assert not broken["sound"]
    assert " ".join(broken["panel"]["data"]).count("un autre ordre") == 1


def test_showing_a_form_and_writing_it_changes_nothing(session: EditingSession) -> None:
    for kind in ALL:
        for raw in session.blocks(kind):
            for field in fields_of(kind):
                if field.control not in {Control.NAME, Control.FIXED}:
                    again = field.written(field.shown(raw))
                    value = again.strip() if isinstance(again, str) else again
                    meant = _value(raw, field.key)
                    assert value == (None if meant == field.default else meant), (raw, field.key)


@pytest.mark.parametrize(
    ("control", "typed", "written"),
    [
        (Control.PHONE, "04.72.40.12.34", "04 72 40 12 34"),
        (Control.PHONE, "+33 4 72401234 ", "04 72 40 12 34"),
        (Control.PHONE, "(04) 72-40-12-34", "04 72 40 12 34"),
        (Control.PHONE, "0472401234", "04 72 40 12 34"),
        (Control.PHONE, "116 000", "116 000"),
        (Control.PHONE, "poste 212", "poste 212"),
        (Control.PHONE, "Tél. : 0472401234", "04 72 40 12 34"),
        (Control.PHONE, "04 72 40 12 34 / 06 12 34 56 78", "04 72 40 12 34 / 06 12 34 56 78"),
        (Control.PHONE, "04.72.40.12.34 (secrétariat)", "04.72.40.12.34 (secrétariat)"),
        (Control.PHONE, "le matin au 0472401234", "le matin au 0472401234"),
        (Control.DATE, "1er mars 2026", date(2026, 3, 1)),
        (Control.DATE, "Août 2025", "2025-08"),
        (Control.DATE, "31 février 2026", "31 février 2026"),
        (Control.DATE, "hier", "hier"),
    ],
)
def test_what_is_typed_is_written_as_lists_write_it(
    control: Control, typed: str, written: object
) -> None:
    fields = (field for kind in ALL for field in fields_of(kind))
    assert next(each for each in fields if each.control is control).written(typed) == written


def test_a_glance_at_what_is_there_is_what_is_there(session: EditingSession) -> None:
    sign_list = session.saved_list
    assert sign_list is not None
    for kind in ALL:
        for raw in session.blocks(kind):
            assert preview_entry(sign_list, kind, raw) == sign_list


@pytest.mark.parametrize("kind", ["signe", "conseil", "service", "source"])
def test_an_emptied_field_is_told_at_that_field(list_folder: Path, kind: str) -> None:
    editor = Editor(list_folder)
    asked = Asked(editor)
    last = len(asked.session.blocks(kind)) - 1
    for field in fields_of(kind):
        if field.needed and field.control in {Control.LINE, Control.TEXT, Control.MARKDOWN}:
            state = asked("ecrire", kind=kind, place=last, key=field.key, value="")
            reported = [p for p in state["problems"] if p["severe"]]
            assert [(p["kind"], p["place"], p["key"]) for p in reported] == [
                (kind, last, field.key)
            ]
            assert not state["sound"]
            assert asked("annuler")["sound"]


def test_one_word_changes_one_line_and_undoing_restores_every_byte(
    session: EditingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "TYPING_GAP", 3600)  # seconds: a busy machine types slowly
    before = session.texts
    where = EntryRef("signe", 2)
    session.set_value(where, "libelle", "S'endort en cours")
    session.set_value(where, "libelle", "S'endort en cours, souvent")
    changed = [
        (old, new)
        for name, text in before.items()
        for old, new in zip(text.splitlines(), session.texts[name].splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 1
    assert session.changed() == 1
    session.undo()  # typing in one field is one gesture
    assert session.texts == before
    assert not session.undo_stack.undoable
    session.redo()
    assert "souvent" in session.texts["signes.toml"]


@pytest.mark.parametrize("kind", ["vignette", READING])
def test_undoing_takes_back_what_was_added_to_a_file_of_its_own(
    list_folder: Path, kind: str
) -> None:
    """Where the list had none of that kind, and so no such file."""
    (list_folder / KINDS[kind].file).unlink(missing_ok=True)
    session = EditingSession(list_folder)
    if kind == READING:
        session.add_reading(
            Reading(
                id="lu-x", entree="x", avis="relu", par="CPE", le="2026-11-01", empreinte="0" * 16
            )
        )
    else:
        session.add(kind, "Une histoire")
    assert session.changed() == 1
    session.undo()
    assert (session.blocks(kind), session.changed()) == ([], 0)
    session.redo()
    assert len(session.blocks(kind)) == 1


def test_nothing_is_saved_before_it_is_asked(session: EditingSession, list_folder: Path) -> None:
    before = _written(list_folder)
    session.set_value(EntryRef("signe", 0), "libelle", "Autre chose")
    session.add("service", "Infirmerie du collège")
    assert _written(list_folder) == before
    session.undo()
    copies = session.save()
    assert [copy.read_text(encoding="utf-8") for copy in copies] == [before["signes.toml"]]
    assert _written(list_folder)["signes.toml"] != before["signes.toml"]
    assert session.changed() == 0


def _gone(session: EditingSession) -> EditingSession:
    """Have nobody look at a session any more, as after a crash."""
    session.draft.release()
    return session


def test_a_draft_is_kept_beside_the_list_and_offered_back(list_folder: Path) -> None:
    first = EditingSession(list_folder)
    first.set_value(EntryRef("signe", 0), "libelle", "Tapé, jamais enregistré")
    second = EditingSession(list_folder)
    second.set_value(EntryRef("signe", 1), "libelle", "Tapé ici")
    assert second.left() == []  # somebody works on it
    _gone(first)
    (left,) = second.left()
    assert second.titles_in(left) == ["« Tapé, jamais enregistré »"]
    second.resume(left)
    labels = [raw["libelle"] for raw in second.blocks("signe")[:2]]
    assert labels == ["Tapé, jamais enregistré", "Tapé ici"]
    assert second.left() == []
    second.save()
    assert signs.load(list_folder).signs[0].label == "Tapé, jamais enregistré"
    second.undo()
    assert second.block(EntryRef("signe", 1))["libelle"] == "Tapé ici"


def test_a_draft_left_aside_is_kept_with_its_date_and_can_be_taken_up(list_folder: Path) -> None:
    first = EditingSession(list_folder)
    first.set_value(EntryRef("signe", 0), "libelle", "Tapé, jamais enregistré")
    _gone(first)
    asked = Asked(Editor(list_folder))
    (offered,) = asked("bonjour")["drafts"]
    assert (offered["aside"], offered["titles"]) == (
        False,
        ["«\N{NO-BREAK SPACE}Tapé, jamais enregistré\N{NO-BREAK SPACE}»"],
    )
    assert re.fullmatch(r"\d\d/\d\d/\d{4} à \d\d:\d\d", offered["date"])
    (aside,) = asked("brouillon", name=offered["name"], resume=False)["drafts"]
    assert aside == {**offered, "aside": True}
    again = Asked(Editor(list_folder))
    assert again("bonjour")["drafts"] == [aside]
    state = again("brouillon", name=aside["name"], resume=True)
    assert state["drafts"] == []
    assert again.session.block(EntryRef("signe", 0))["libelle"] == "Tapé, jamais enregistré"
    late = asked("brouillon", name=offered["name"], resume=True)
    assert late["failed"]


def test_a_draft_whose_folder_is_deleted_or_moved_is_kept_elsewhere(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    asked("ecrire", kind="signe", place=0, key="libelle", value="Tapé avant")
    shutil.rmtree(list_folder / DRAFTS)
    state = asked("ecrire", kind="signe", place=1, key="libelle", value="Tapé après")
    assert (state["changed"], state["unkept"]) == (2, "")
    moved = list_folder.rename(list_folder.with_name("ailleurs"))
    state = asked("ecrire", kind="signe", place=2, key="libelle", value="Tapé enfin")
    assert (state["changed"], state["unkept"]) == (3, "")
    assert state["notice"]
    assert not list_folder.exists()
    state = asked("enregistrer")
    assert state["failed"]
    assert "n’est plus là" in state["message"]
    moved.rename(list_folder)
    assert not asked("enregistrer")["failed"]
    labels = [sign.label for sign in signs.load(list_folder).signs[:3]]
    assert labels == ["Tapé avant", "Tapé après", "Tapé enfin"]


def test_a_draft_that_cannot_be_written_is_not_said_to_be_kept(
    list_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(Editor(list_folder))

    def full(_self: object, _name: str, _text: str) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(Draft, "write", full)
        state = asked("ecrire", kind="signe", place=0, key="libelle", value="Tapé")
        assert "plus de place" in state["unkept"]
        assert state["values"]["libelle"] == "Tapé"
    state = asked("ecrire", kind="signe", place=0, key="remarque", value="Encore")
    assert state["unkept"] == ""
    assert "Tapé" in asked.session.draft.texts()["signes.toml"]


def _change(folder: Path, old: str, new: str) -> None:
    """Have somebody else change a word of the signs."""
    file = folder / "signes.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


SLEEPS, OTHER = 2, 1
"""The places of « S'endort en classe » and of another sign."""


def test_what_somebody_else_saves_comes_in_beside_what_is_typed(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    asked("ecrire", kind="signe", place=OTHER, key="libelle", value="Le mien")
    asked("ecrire", kind="signe", place=SLEEPS, key="remarque", value="Le mien aussi")
    _change(list_folder, "S'endort en classe", "Somnole")
    state = asked("pouls")
    assert "Somnole" in state["message"]
    assert (state["question"], state["changed"]) == (None, 2)
    assert asked("pouls") == {"n": asked.number, "de": "ici"}
    assert not asked("enregistrer")["failed"]
    other, sleeps = signs.load(list_folder).signs[OTHER : SLEEPS + 1]
    assert sleeps.label.startswith("Somnole")
    assert (sleeps.note, other.label) == ("Le mien aussi", "Le mien")
    while asked("bonjour")["undo"]:  # undoing what is mine leaves what is theirs
        asked("annuler")
    asked("enregistrer")
    other, sleeps = signs.load(list_folder).signs[OTHER : SLEEPS + 1]
    assert sleeps.label.startswith("Somnole")
    assert other.label != "Le mien"


@pytest.mark.parametrize("mine", [True, False])
def test_only_the_same_words_are_a_question_and_before_saving(
    list_folder: Path, *, mine: bool
) -> None:
    asked = Asked(Editor(list_folder))
    words = "S'endort au cours, dit mal dormir"
    asked("choisir", kind="signe", place=SLEEPS)
    asked("ecrire", kind="signe", place=SLEEPS, key="libelle", value=words)
    asked("ecrire", kind="signe", place=OTHER, key="libelle", value="Le mien")
    _change(list_folder, "S'endort en classe", "S'endort souvent en classe")
    question = asked("pouls")["question"]
    (clash,) = question["clashes"]
    assert clash["place"] == ("signe", "sommeil", "libelle")
    assert "".join(text for text, only in clash["mine"] if only) == "aucours,"
    assert "".join(text for text, _only in clash["theirs"]).startswith("S’endort souvent en classe")
    before = _written(list_folder)
    assert asked("enregistrer")["failed"]
    assert _written(list_folder) == before
    state = asked("trancher", decided=[[clash["place"], mine]])
    assert state["question"] is None
    assert not asked("enregistrer")["failed"]
    other, sleeps = signs.load(list_folder).signs[OTHER : SLEEPS + 1]
    assert sleeps.label.startswith("S'endort au cours" if mine else "S'endort souvent")
    assert other.label == "Le mien"
    if not mine:
        assert asked("annuler")["values"]["libelle"].startswith("S'endort au cours")


def test_a_list_that_was_sound_is_not_saved_broken(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    before = _written(list_folder)
    asked("ecrire", kind="signe", place=0, key="libelle", value="")
    state = asked("enregistrer")
    assert "corrigez" in state["message"]
    assert _written(list_folder) == before


def test_what_is_removed_is_named_no_more(session: EditingSession, list_folder: Path) -> None:
    sign_list = session.saved_list
    assert sign_list is not None
    index = next(p for p, raw in enumerate(session.blocks("signe")) if raw["id"] == "sommeil")
    named = session.remove(EntryRef("signe", index))
    assert named > 0
    assert "sommeil" not in {id_ for a in session.blocks("conseil") for id_ in a["quand"]}
    session.undo()
    assert session.texts == _written(list_folder)


def test_what_is_hidden_stays_in_its_file_and_leaves_the_page(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    assert "sommeil" in asked("bonjour")["html"]
    before = asked.session.texts
    index = next(p for p, raw in enumerate(asked.session.blocks("signe")) if raw["id"] == "sommeil")
    where = {"kind": "signe", "place": index}
    state = asked("masquer", **where)
    assert state["chosenId"] == "sommeil"
    assert 'value="sommeil"' not in state["html"]
    hidden = [each["id"] for each in state["entries"]["signe"] if each["hidden"]]
    assert hidden == ["sommeil"]
    assert {n for n, text in asked.session.texts.items() if text != before[n]} == {HEAD}
    lines, comments = asked.session.texts[HEAD].splitlines(), before[HEAD].splitlines()
    assert [line for line in lines if line not in comments] == ['cacher = ["sommeil"]']
    assert [line for line in lines if line in comments] == comments
    assert 'value="sommeil"' in asked("montrer", **where)["html"]
    assert asked.session.texts == before
    asked("annuler")
    asked("enregistrer")
    assert "sommeil" not in signs.load(list_folder).items
    assert asked("retirer", **where)["removing"]  # what uses it is told first
    assert asked("retirer", **where, sure=True)["sound"]
    assert asked.session.texts[HEAD] == before[HEAD]


def test_hours_that_are_doubtful_are_told_as_the_verifier_tells_them(
    session: EditingSession,
) -> None:
    week = [[["08:00", "12:00"], ["11:00", "17:00"]], [["22:00", "06:00"]], [["07:00", "09:00"]]]
    for form, told in (
        ({"mode": "semaine", "jours": [*week, [], [], [], []], "feries": "ferme"}, "recouvrent"),
        ({"mode": "notation", "notation": "PH off; Mo 08:00-12:00"}, "Mo 08:00-12:00; PH off"),
    ):
        session.set_value(EntryRef("service", 0), "horaires", form)
        inspection = session.inspection()
        problems = StateView(session, inspection, None).problems
        ours = [p["text"] for p in problems if (p["kind"], p["key"]) == ("service", "horaires")]
        assert any(told in text for text in ours), ours
        assert len(ours) == len([p for p in inspection.problems if p.key == ("horaires",)])
    assert any("la place de" in text for text in ours)


def test_what_cannot_be_hidden_is_told_at_its_entry(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    blocks = asked.session.blocks("situation")
    index = next(p for p, raw in enumerate(blocks) if raw.get("urgence") == "immediate")
    state = asked("masquer", kind="situation", place=index)
    reported = [each for each in state["problems"] if each["severe"]]
    assert [(each["kind"], each["place"]) for each in reported] == [("situation", index)]
    assert "ne peut pas être caché" in reported[0]["text"].replace("\N{NO-BREAK SPACE}", " ")
    assert not state["sound"]
    assert "corrigez" in asked("enregistrer")["message"]
    assert asked("montrer", kind="situation", place=index)["sound"]


@pytest.mark.parametrize("kind", ["signe", "moment", "conseil", "service"])
def test_moving_down_then_up_reads_as_before(session: EditingSession, kind: str) -> None:
    def order() -> list[str]:
        sign_list = session.inspection().sign_list
        assert sign_list is not None
        return [entry.id for entry in getattr(sign_list, KINDS[kind].field)]

    before, index = order(), 1  # the first moment is that of danger, and stays so
    id_ = session.blocks(kind)[index]["id"]
    session.move(EntryRef(kind, index), 1)
    moved = order()
    assert moved.index(id_) == before.index(id_) + 1
    session.move(session.where, -1)
    assert order() == before


def test_a_copy_has_an_id_of_its_own(session: EditingSession) -> None:
    session.duplicate(EntryRef("service", 3))
    inspection = session.inspection()
    assert inspection.sign_list is not None
    assert session.block(session.where)["nom"] == session.blocks("service")[3]["nom"]


def test_the_shipped_list_is_copied_once_and_never_edited(tmp_path: Path) -> None:
    assert ensure_copy(tmp_path / "a" / "ma-liste")
    assert not ensure_copy(tmp_path / "a" / "ma-liste")
    assert signs.load(tmp_path / "a" / "ma-liste").info == signs.load().info
    with pytest.raises(ListFolderError, match="ne se change pas sur place"):
        ensure_copy(SHIPPED / "sextorsion")
    (tmp_path / "autre").mkdir()
    (tmp_path / "autre" / "notes.txt").write_text("à moi", encoding="utf-8")
    with pytest.raises(ListFolderError, match="n’est pas une liste"):
        ensure_copy(tmp_path / "autre")
    assert (tmp_path / "autre" / "notes.txt").read_text(encoding="utf-8") == "à moi"


def test_a_notebook_that_is_only_run_leaves_no_copy_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPERES_LISTE", raising=False)
    asked = Asked(Editor())
    assert (asked.editor.sign_list.id, repr(asked.editor)) == (
        "sextorsion",
        "«\u00a0ma-liste\u00a0» (Editor)",
    )
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "ma-liste").write_text("autre chose", encoding="utf-8")
    assert "existe déjà et n’est pas une liste" in asked("bonjour")["unopened"]
    (tmp_path / "ma-liste").unlink()
    assert asked("bonjour")["chosen"]
    assert asked.editor.sign_list.id == "ma-liste"


@pytest.mark.parametrize(
    "question",
    [
        {"do": "rien-de-tel"},
        {"do": "ecrire", "kind": "signe", "place": 999, "key": "libelle", "value": "x"},
        {"do": "ecrire", "kind": "inconnu", "place": 0, "key": "x", "value": None},
        {"do": "brouillon", "name": "rien", "resume": True},
        {},
    ],
)
def test_a_question_nobody_foresaw_is_answered(list_folder: Path, question: dict[str, Any]) -> None:
    asked = Asked(Editor(list_folder))
    state = asked.put(question)
    assert "Traceback" not in str(state)
    assert state["chosen"]
    assert asked.session.texts == _written(list_folder)


def test_a_question_asked_again_is_answered_alike_and_done_once(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    again = {"do": "ajouter", "kind": "signe", "title": "Mange seul", "n": 7, "de": "ici"}
    before = len(asked.session.blocks("signe"))
    for _ in range(3):  # the line was cut twice
        asked.editor.receive(None, again, None)
    assert len(asked.session.blocks("signe")) == before + 1
    assert asked.answers == asked.answers[:1] * 3
    asked.editor.receive(None, {**again, "n": 6}, None)  # and this one is late
    assert len(asked.answers) == 3


def test_a_list_with_a_broken_file_opens_and_says_where(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\nlibelle = «\n", encoding="utf-8")
    state = Asked(Editor(list_folder))("bonjour")
    assert not state["sound"]
    assert any(p["where"].startswith("signes.toml, ligne") for p in state["problems"])


def test_a_read_only_folder_still_has_its_draft(list_folder: Path) -> None:
    (list_folder / DRAFTS).write_text("", encoding="utf-8")  # no folder can be made there
    asked = Asked(Editor(list_folder))
    assert asked("bonjour")["notice"]
    asked("ecrire", kind="signe", place=0, key="libelle", value="Le mien")
    assert "Le mien" in asked.session.draft.texts()["signes.toml"]
    asked.session.draft.drop()


def test_a_panel_that_cannot_be_shown_is_told_and_leaves_nothing_stale(
    list_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(Editor(list_folder))
    asked("bonjour")
    where = {"kind": "signe", "place": 0, "key": "libelle"}
    with monkeypatch.context() as patch:
        patch.setattr("widgets.editor.widget.due_contacts", lambda *_: 1 / 0)
        told = asked("panneau", name="contacts")
        assert told["failed"]
        assert "n’a pas pu se faire" in told["message"]
        patch.setattr("widgets.editor.views.state.StateView.problems", property(lambda _: 1 / 0))
        assert asked("ecrire", **where, value="Un autre mot")["failed"]
    shown = asked("ecrire", **where, value="Un mot de plus")
    assert shown["changed"]
    assert "Un mot de plus" in asked.held["html"]
    assert "Un mot de plus" in asked.held["entries"]


class Asked:
    """An editor, asked as the browser asks it."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.answers: list[dict[str, Any]] = []
        self.number = 0
        self.held: dict[str, str] = {}
        editor.send = lambda content, *_: self.answers.append(content)  # type: ignore[method-assign]

    @property
    def session(self) -> EditingSession:
        return self.editor.session

    def put(self, question: dict[str, Any]) -> dict[str, Any]:
        self.number += 1
        self.editor.receive(None, {**question, "n": self.number, "de": "ici"}, None)
        answer = self.answers[-1]
        for name, delta in answer.get("deltas", {}).items():
            self.held[name] = changed_by(delta, self.held.get(name, ""))
            whole = self.held[name]
            answer = {**answer, name: whole if name in {"html", "frame"} else json.loads(whole)}
        return answer

    def __call__(self, do: str, **more: object) -> dict[str, Any]:
        return self.put({"do": do, **more})


@given(st.lists(st.tuples(st.sampled_from(GESTURES), st.integers(0, 9)), min_size=3, max_size=7))
@settings(max_examples=5, suppress_health_check=[*HealthCheck])
def test_what_is_kept_from_one_answer_to_the_next_is_never_stale(
    tmp_path_factory: pytest.TempPathFactory, gestures: list[tuple[str, int]]
) -> None:
    """After any gestures, an editor shows what one opened on its files shows, preview included."""
    folder = tmp_path_factory.mktemp("liste") / "ma-liste"
    ensure_copy(folder)
    asked = Asked(Editor(folder))
    shown = asked("bonjour")
    for n, (gesture, place) in enumerate(gestures):
        kind = ("signe", "conseil", "service")[place % 3]
        its = {"kind": kind, "place": place, "key": KINDS[kind].label, "value": f"Mot {n}"}
        if gesture == "ecrire":
            shown |= asked("apercu", **its)
        shown |= asked(gesture, **its, title=f"Titre {n}", sure=True)
        now = asked.editor.session.inspection().sign_list
        if now is not None:
            assert shown["html"] == board_markup(now, in_notebook=True).html
    if asked("enregistrer")["failed"]:
        return
    for cached in (parse, typography):
        cached.cache_clear()
    views = [each("bonjour") for each in (asked, Asked(Editor(folder)))]
    for name in ("html", "entries", "choices", "texts", "problems", "changed", "title"):
        assert views[0][name] == views[1][name], name


@pytest.mark.parametrize(
    "people", [5, None, {"a": 1}, [["Une"]], [["Une", None]], [[1, ["eczema"]]], ["ab"]]
)
def test_people_that_were_damaged_in_their_file_are_left_out(
    list_folder: Path, people: object
) -> None:
    (list_folder / DRAFTS).mkdir()
    known = [*people, ["Léa", ["eczema"]]] if isinstance(people, list) else people
    (list_folder / DRAFTS / "formateur.json").write_text(json.dumps({"people": known}), "utf-8")
    asked = Asked(Editor(list_folder))
    shown = asked("bonjour", panel="personnes")["panel"]["data"]
    assert [each["name"] for each in shown] == ["Léa"] * isinstance(people, list)
    assert not asked("personne-garder", name="Tom", ids=[])["failed"]


def test_what_fails_unforeseen_is_answered_and_loses_nothing_of_the_page(
    list_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(Editor(list_folder))
    asked("bonjour")
    asked("panneau", name="versions")
    monkeypatch.setattr(VersionsView, "data", lambda *_: {}[1])
    answer = asked("ajouter", kind="signe", title="Mange seul")
    assert answer["failed"]
    assert answer["panel"] is None
    asked("ecrire", kind="signe", place=0, key="libelle", value="Dort en classe")
    held = {**asked.held}
    asked("bonjour")
    assert held == asked.held
    assert "Mange seul" in held["entries"]


def test_a_page_that_is_opened_anew_shows_the_last_list_without_an_error(list_folder: Path) -> None:
    asked = Asked(Editor(list_folder))
    before = asked("bonjour")["html"]
    broken = asked("ecrire", kind="signe", place=0, key="libelle", value="")
    assert not broken["sound"]
    asked.held.clear()
    assert asked("bonjour")["html"] == before
