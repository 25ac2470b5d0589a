"""What is wrong, in the words of the form: at its field, whatever the sentences say."""

from __future__ import annotations

from pathlib import Path

import pytest

from signs.diagnostics import reporter
from signs.diagnostics.catalog import catalog
from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Id, Near, NearKey
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.session import EditingSession
from widgets.editor.views.form_reporter import Spot, in_form
from widgets.editor.views.state import StateView


def _spots(session: EditingSession) -> list[tuple[str, int, str, bool]]:
    problems = StateView(session, session.inspection(), None).problems
    return [(p["kind"], p["place"], p["key"], p["severe"]) for p in problems]


def test_a_sentence_said_otherwise_moves_no_problem(
    list_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = EditingSession(list_folder)
    session.set_value(EntryRef("service", 1), "nom", "")
    session.set_value(EntryRef("signe", 3), "libelle", "")
    session.set_value(EntryRef("conseil", 0), "quand", [])
    before = _spots(session)
    assert {("service", 1, "nom", True), ("conseil", 0, "quand", True)} <= set(before)
    assert ("signe", 3, "libelle", True) in before
    reworded = {
        code: entry._replace(message="Autre chose.", remedy="Autrement.")
        for code, entry in catalog().items()
    }
    monkeypatch.setattr(reporter, "catalog", lambda: reworded)
    assert sorted(_spots(session)) == sorted(before)


def test_what_cannot_be_hidden_is_told_at_its_entry(list_folder: Path) -> None:
    for kind, index in (("famille", 0), ("source", 2)):
        session = EditingSession(list_folder)
        session.hide(EntryRef(kind, index), hidden=True)
        assert (kind, index, "", True) in _spots(session)
        (reported,) = (
            p for p in StateView(session, session.inspection(), None).problems if p["severe"]
        )
        assert "Faites" in reported["text"]
        assert "ligne" not in reported["text"]


def test_suggestions_are_said_by_title_and_by_label() -> None:
    titles = {"isolement": "Reste à l'écart"}
    entry, spot = Subject("signe", "x", 0), Spot("signe", 0, "comme")
    params = {"named": Id("isolment"), "near": Near("isolement"), "targets": ()}
    reported = in_form(Problem("unknown-reference", entry, ("comme",), params), spot, titles)
    assert "«\N{NO-BREAK SPACE}Reste à l’écart\N{NO-BREAK SPACE}»" in reported
    key = {"near": NearKey("libelle"), "known": ""}
    reported = in_form(
        Problem("unknown-key", entry, ("libele",), key), Spot("signe", 0, ""), titles
    )
    assert "«\N{NO-BREAK SPACE}Libellé\N{NO-BREAK SPACE}»" in reported


def test_a_value_is_no_label_though_it_is_spelled_like_a_key() -> None:
    entry, spot = Subject("etape", "x", 0), Spot("etape", 0, "contenu")
    for word in ("texte", "titre"):
        params = {
            "value": reporter.Value(word),
            "expected": f"un mot parmi « {word} »",
            "example": reporter.Assignment("contenu", f'"{word}"'),
        }
        reported = in_form(Problem("invalid-choice", entry, ("contenu",), params), spot, {})
        assert reported.count(f"«\N{NO-BREAK SPACE}{word}\N{NO-BREAK SPACE}»") == 2


def test_what_breaks_a_promise_is_told_by_the_words_of_the_form(list_folder: Path) -> None:
    session = EditingSession(list_folder)
    ids = [str(raw["id"]) for raw in session.blocks("conseil")]
    tonight = EntryRef("conseil", ids.index("ce-soir"))
    session.set_value(tonight, "protege", False)
    session.set_value(tonight, "quand", ["confidence"])
    problems = StateView(session, session.inspection(), None).problems
    severe = [p for p in problems if p["severe"]]
    told = {p["key"]: p["text"].replace("\N{NO-BREAK SPACE}", " ") for p in severe}
    assert "(« la soirée »)" in told["role"]
    assert "« Protège » : oui" in told["role"]
    assert "« Promesse tenue » est « la soirée »" in told["urgence"]
    for text in told.values():
        assert "la ligne" not in text
        assert " = " not in text
