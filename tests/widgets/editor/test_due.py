"""The contacts to check: who is due, what to ask, and a call as a check of its own."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import signs
from tests.conftest import DAY
from widgets.board.board import markup
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.session import EditingSession
from widgets.editor.views.due import due_contacts
from widgets.editor.views.state import StateView
from widgets.resources import Resources

TODAY = date.fromisoformat(DAY)


def _at(session: EditingSession, id_: str) -> EntryRef:
    ids = [raw["id"] for raw in session.blocks("service")]
    return EntryRef("service", ids.index(id_))


def test_what_is_due_comes_oldest_first_and_what_is_put_off_last(list_folder: Path) -> None:
    session = EditingSession(list_folder)
    session.hide(_at(session, "stopncii"), hidden=True)
    due = due_contacts(session, TODAY)
    checked = {s.id: s.checked_on for s in signs.load().services if not s.permanent}
    dates = [checked[each["id"]] for each in due]
    assert dates == sorted(dates)
    ids = {each["id"] for each in due}
    assert "stopncii" not in ids
    assert ids >= {id_ for id_, on in checked.items() if on < "2024"} - {"stopncii"}
    assert all(TODAY - date.fromisoformat(f"{on}-01-01"[:10]) > timedelta(365) for on in dates)
    first, second, *_ = (each["id"] for each in due)
    put_off = [each["id"] for each in due_contacts(session, TODAY, [second, first])]
    assert put_off[-2:] == [second, first]


def test_a_call_today_is_a_check_of_its_own_and_can_be_undone(list_folder: Path) -> None:
    session = EditingSession(list_folder)
    before = session.texts
    called = next(each for each in due_contacts(session, TODAY) if each["by"] == "appel")
    session.check(_at(session, called["id"]), "appel", TODAY)
    assert called["id"] not in {each["id"] for each in due_contacts(session, TODAY)}
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
    (contact,) = (each for each in due_contacts(session, TODAY) if each["id"] == "cmp")
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
