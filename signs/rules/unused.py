"""Entries that nobody will ever read: not wrong, but somebody should look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Id
from signs.model.entries import Advice, Triggered
from signs.model.fields import TICKS, Identified
from signs.model.sign_list import KINDS, references_of
from signs.model.ticks import Tick
from signs.rules.ids import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def unused_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield ticks that call nothing, and what nothing calls, cites or shows."""
    yield from _ticks(sign_list, tables)
    yield from _never_shown(sign_list, tables)
    yield from _never_named(tables, "source", "unused-source")
    yield from _never_named(tables, "famille", "unused-family")


def _ticks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    entries: tuple[Triggered, ...] = (*sign_list.advice, *sign_list.services)
    called = {id_ for entry in entries for id_ in entry.triggers or ()}
    labels: dict[str, str] = {}
    for kind in TICKS:
        for subject, item in tables[kind].subjects(kind, Tick):
            if item.id not in called:
                yield Problem("tick-without-effect", subject, ("id",))
            if item.label in labels:
                params = {"other": Id(labels[item.label])}
                yield Problem("duplicate-label", subject, ("libelle",), params)
            labels.setdefault(item.label, item.id)


def _never_shown(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        replaced = sign_list.replaced_when[advice.id]
        if advice.triggers is not None and replaced.issuperset(advice.triggers):
            yield Problem("unseen-advice", subject, ("quand",))


def _never_named(tables: Tables, target: str, code: str) -> Iterator[Problem]:
    cited = {
        id_
        for kind, table in tables.items()
        for _key, attribute, targets in references_of(KINDS[kind].entry)
        if targets == (target,)
        for _index, entry in table.valid_entries(Identified)
        for id_ in named(getattr(entry, attribute))
    }
    for place, id_ in enumerate(tables[target].ids):
        if id_ not in cited:
            yield Problem(code, Subject(target, id_, place), ("id",))
