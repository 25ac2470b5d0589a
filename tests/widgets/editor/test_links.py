"""The links of entries: seen and made from both ends, told before one is removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.session import EditingSession
from widgets.editor.views.state import StateView


@pytest.fixture
def session(list_folder: Path) -> EditingSession:
    return EditingSession(list_folder)


def _place(session: EditingSession, kind: str, id_: str) -> EntryRef:
    return EntryRef(kind, [raw["id"] for raw in session.blocks(kind)].index(id_))


def _naming(session: EditingSession, kind: str, key: str, id_: str) -> set[str]:
    return {raw["id"] for raw in session.blocks(kind) if id_ in raw.get(key, [])}


@pytest.mark.parametrize(
    ("kind", "id_", "of", "key"),
    [("signe", "vols", "conseil", "quand"), ("affiche", "affiche-college", "aide", "affiches")],
)
def test_a_link_made_from_its_other_end_is_the_same(
    session: EditingSession, kind: str, id_: str, of: str, key: str
) -> None:
    """Just what is ticked names it; what is always shown is left as it is; one step undoes it."""
    where, before = _place(session, kind, id_), session.texts
    named = _naming(session, of, key, id_)
    others = [
        str(raw["id"])
        for raw in session.blocks(of)
        if isinstance(raw.get(key), list) and raw["id"] not in named
    ]
    wanted = {*sorted(named)[1:], others[0], others[-1]}
    session.set_value(where, f"@{of}.{key}", sorted(wanted))
    assert _naming(session, of, key, id_) == wanted
    session.undo()
    assert session.texts == before


@pytest.mark.parametrize(
    ("kind", "id_"), [("source", "guide"), ("service", "violences-numeriques-3018")]
)
def test_what_takes_the_place_of_an_entry_is_named_by_all(
    session: EditingSession, kind: str, id_: str
) -> None:
    where = _place(session, kind, id_)
    instead = next(raw["id"] for raw in session.blocks(kind) if raw["id"] != id_)
    users = {use.where for use in session.uses(where)}
    told = StateView(session, session.inspection(), None).uses(where)
    assert {EntryRef(each["kind"], each["place"]) for each in told} == users
    assert all(each["becomes"].startswith("«") for each in told)
    assert session.remove(where, instead) == len(users) > 1
    left = [text for text in session.texts.values() if f'"{id_}"' in text]
    assert left == []
    assert not [p for p in session.inspection().problems if p.code == "unknown-reference"]


@pytest.mark.parametrize(
    ("kind", "of", "key"), [("signe", "signe", "comme"), ("source", "service", "source")]
)
def test_an_entry_that_goes_or_comes_back_with_a_version_is_named_alike(
    session: EditingSession, kind: str, of: str, key: str
) -> None:
    """Alone in a key too, as where one removes it: what named it names nothing, then it again."""
    without = session.texts
    session.add(kind, "Une entrée nouvelle")
    id_ = str(session.block(session.where)["id"])
    session.set_value(EntryRef(of, 0), key, id_)
    with_it = session.texts
    session.bring_back(without, "à la version 1", (kind, id_))
    assert key not in session.block(EntryRef(of, 0))
    session.bring_back(with_it, "à la version 2", (kind, id_))
    assert session.block(EntryRef(of, 0))[key] == id_


def test_a_related_entry_is_added_where_one_is(session: EditingSession) -> None:
    """From either end, in one step, and the form stays where it was."""
    sign, before = _place(session, "signe", "vols"), session.texts
    added = session.add_linked(sign, "@conseil.quand", "Demandez s'il lui faut de l'argent")
    assert session.block(added)["quand"] == ["vols"]
    session.undo()
    source = session.add_linked(sign, "source", "Une note de l'académie")
    assert session.block(sign)["source"] == session.block(source)["id"]
    session.undo()
    assert session.texts == before


@pytest.mark.parametrize(
    ("typed", "number", "key", "said"),
    [
        ("04.72.40.12.34 poste 12", "04 72 40 12 34", "poste", "12"),
        ("01 45 39 40 00 (int. 214)", "01 45 39 40 00", "poste", "214"),
        ("Tél. +33 1 45 39 40 00, tapez 3", "01 45 39 40 00", "limites", "Touche 3."),
    ],
)
def test_an_extension_typed_after_a_number_has_its_place(
    session: EditingSession, typed: str, number: str, key: str, said: str
) -> None:
    """Whatever pauses there are in it, and after what stands there already."""
    where = _place(session, "service", "samu")
    before = str(session.block(where).get(key, "")).strip()
    for part in (typed[:-1], typed):
        session.set_value(where, "telephone", part)
    assert session.block(where)["telephone"] == number
    assert session.block(where)[key].strip() == f"{before} {said}".strip()
