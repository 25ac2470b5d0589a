"""The contacts to check: who is due, what to ask, and a call as a check of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

import signs
from signs.loading.assembler import OwnFiles
from tests.conftest import stopped_on
from widgets import Editor
from widgets.board.board import markup
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.session import EditingSession
from widgets.editor.views.due import due_contacts
from widgets.editor.views.state import StateView
from widgets.resources import Resources
from widgets.runtime.build_date import DATE_VARIABLE

DAY = "2026-11-25"
"""When the contacts of the shipped list are due: on an earlier one, none is."""
TODAY = date.fromisoformat(DAY)


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(DATE_VARIABLE, DAY)
    with stopped_on(DAY):
        yield


def _at(session: EditingSession, id_: str) -> EntryRef:
    ids = [raw["id"] for raw in session.blocks("service")]
    return EntryRef("service", ids.index(id_))


def test_what_is_due_comes_oldest_first_and_what_is_put_off_last(list_folder: Path) -> None:
    session = EditingSession(list_folder)
    session.hide(_at(session, "stopncii"), hidden=True)
    due = due_contacts(session, TODAY)["contacts"]
    checked = {s.id: s.checked_on for s in signs.load().services if not s.permanent}
    dates = [checked[each["id"]] for each in due]
    assert dates == sorted(dates)
    ids = {each["id"] for each in due}
    assert "stopncii" not in ids
    assert ids >= {id_ for id_, on in checked.items() if on < "2024"} - {"stopncii"}
    assert all(TODAY - date.fromisoformat(f"{on}-01-01"[:10]) > timedelta(365) for on in dates)
    first, second, *_ = (each["id"] for each in due)
    put_off = [each["id"] for each in due_contacts(session, TODAY, [second, first])["contacts"]]
    assert put_off[-2:] == [second, first]


def test_a_call_today_is_a_check_of_its_own_and_can_be_undone(list_folder: Path) -> None:
    session = EditingSession(list_folder)
    before = session.texts
    called = next(
        each for each in due_contacts(session, TODAY)["contacts"] if each["by"] == "appel"
    )
    session.check(_at(session, called["id"]), "appel", TODAY)
    assert called["id"] not in {each["id"] for each in due_contacts(session, TODAY)["contacts"]}
    sign_list = session.inspection().sign_list
    assert sign_list is not None
    (service,) = (each for each in sign_list.services if each.id == called["id"])
    assert (service.checked_on, service.checked_how) == (DAY, ", par un appel")
    session.undo()
    assert session.texts == before


@pytest.mark.parametrize(
    ("changes", "by", "told"),
    [
        ({"telephone": "15", "adresse": "https://exemple.fr"}, "", "ne s’appelle pas"),
        ({"telephone": None, "sms": "114"}, "", "ne s’appelle pas"),
        ({"telephone": None, "adresse": "https://exemple.fr"}, "site", ""),
        ({"telephone": None, "adresse": None}, "", "cherchez un document récent"),
        ({"telephone": "01 23 45 67 89", "adresse": "https://exemple.fr"}, "appel", ""),
    ],
)
def test_how_to_check_follows_from_what_there_is(
    list_folder: Path, changes: dict[str, str | None], by: str, told: str
) -> None:
    session = EditingSession(list_folder)
    where = _at(session, "cmp")
    for key, value in changes.items():
        session.set_value(where, key, value or "")
    (contact,) = (each for each in due_contacts(session, TODAY)["contacts"] if each["id"] == "cmp")
    assert contact["by"] == by
    assert told in contact["note"]
    assert contact["corrected"] is (session.changed() > 0)


def test_what_was_called_needs_no_document_and_says_so_on_every_page(list_folder: Path) -> None:
    session = EditingSession(list_folder)
    where = _at(session, "cmp")
    session.set_value(where, "source", "")
    told = StateView(session, session.inspection(), None).problems
    (missing,) = (each["text"] for each in told if each["key"] == "source" and each["severe"])
    assert "si vous avez appelé" in missing
    session.check(where, "appel", TODAY)
    sign_list = session.inspection().sign_list
    assert sign_list is not None
    for html in (markup(sign_list).html, Resources(sign_list).html):
        assert ", par un appel" in html


SCHOOL = f"""\
format = 1
etablissement = "Collège"
departement = "78"

# Ceci reste.
[[contact]]
role = "infirmerie"
lieu = "Bâtiment B"

[[contact]]
role = "crip"
telephone = "01 23 45 67 89"
verifie_le = 2023-05-02

[[contact]]
role = "cpe"
telephone = "01 23 45 67 80"
verifie_le = {DAY}
"""
ACADEMY = """\
format = 1
academie = "Versailles"

[[contact]]
role = "dsden"
departement = "78"
adresse = "https://exemple.fr/dsden"
verifie_le = "2022"

[[contact]]
role = "crip"
departement = "91"
telephone = "01 23 45 67 81"
"""


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Path]:
    """Return the file of a school, beside that of its académie, at the noon of the day."""
    file = tmp_path / "ecoles" / "ecole.toml"
    file.parent.mkdir()
    file.write_text(SCHOOL, "utf-8")
    file.with_name("academie.toml").write_text(ACADEMY, "utf-8")
    with stopped_on(DAY):
        yield file


def _asked(editor: Editor, **question: object) -> dict[str, Any]:
    """Ask the editor, as its page does; return its answer."""
    answers: list[dict[str, Any]] = []
    with patch.object(editor, "send", answers.append):
        editor.receive(editor, {"de": "a", "n": next(_NUMBERS), **question}, [])
    return answers[-1]


_NUMBERS = count()


def test_the_contacts_of_a_school_are_among_them_and_dated_in_their_own_file(
    list_folder: Path, school: Path
) -> None:
    editor = Editor(list_folder, school)
    _asked(editor, do="bonjour", panel="contacts")
    due = _asked(editor, do="panneau", name="contacts")["panel"]["data"]
    assert due["unread"] == []
    own = [each for each in due["contacts"] if each["kind"] == "contact"]
    assert [(each["title"], each["by"], each["checked"]) for each in own] == [
        ("Infirmerie", "place", "jamais"),
        ("Service social de la DSDEN", "site", "2022"),
        ("CRIP du département", "appel", "2\xa0mai 2023"),
    ]
    others = [each["kind"] for each in due["contacts"]]
    assert others[0] == "contact"
    assert "service" in others[: others.index("contact", 2) + 1], "all are in one order"
    nurse, service, _crip = own
    assert any("Bâtiment B" in each for each in nurse["questions"])
    assert "ecole.toml, ligne 6" in nurse["of"]

    for contact in (nurse, service):
        said = _asked(editor, do="verifier", by=contact["by"], **_place(contact))
        assert not said["failed"]
        assert "enregistré dans" in said["message"]
        left = {each["id"] for each in said["panel"]["data"]["contacts"]}
        assert contact["id"] not in left
    dated = f'lieu = "Bâtiment B"\nverifie_le = {DAY}\n'
    assert school.read_text("utf-8") == SCHOOL.replace('lieu = "Bâtiment B"\n', dated)
    academy = school.with_name("academie.toml")
    assert academy.read_text("utf-8") == ACADEMY.replace('"2022"', DAY)
    kept = {file.read_text("utf-8") for file in (school.parent / "copies").glob("*.toml")}
    assert {SCHOOL, ACADEMY} <= kept
    assert signs.load(list_folder, school).school is not None
    assert editor.session.changed() == 0


def test_a_contact_that_changed_meanwhile_is_not_dated(list_folder: Path, school: Path) -> None:
    editor = Editor(list_folder, school)
    due = due_contacts(editor.session, TODAY, own=OwnFiles(None, school))["contacts"]
    crip = next(each for each in due if each["title"].startswith("CRIP"))
    moved = SCHOOL.replace("# Ceci reste.", '[[contact]]\nrole = "adjoint"\nlieu = "A1"\n')
    school.write_text(moved, "utf-8")
    said = _asked(editor, do="verifier", by="appel", **_place(crip))
    assert not said["failed"], "another contact before it changes nothing"
    assert school.read_text("utf-8") == moved.replace("2023-05-02", DAY)
    again = _asked(editor, do="verifier", by="appel", **_place(crip))
    assert (again["failed"], "Relisez-le" in again["message"]) == (True, True)
    school.write_text("[[contact", "utf-8")
    due = _asked(editor, do="panneau", name="contacts")["panel"]["data"]
    assert "ecole.toml" in due["unread"][0]
    assert {each["kind"] for each in due["contacts"] if "académie" not in each["of"]} == {"service"}


def _place(contact: dict[str, Any]) -> dict[str, Any]:
    return {key: contact[key] for key in ("kind", "place", "id")}
