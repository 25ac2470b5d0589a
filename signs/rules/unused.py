"""Remarks on unused entries: not errors, but worth a look."""

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
    """Yield ticks without effect, and entries that are never shown or referred to."""
    yield from _ticks(sign_list, tables)
    yield from _never_shown(sign_list, tables)
    yield from _never_referred_to(tables, "source", "unused-source")
    yield from _never_referred_to(tables, "famille", "unused-family")


def _ticks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    entries: tuple[Triggered, ...] = (*sign_list.advice, *sign_list.services)
    triggers = {id_ for entry in entries for id_ in entry.triggers or ()}
    labels: dict[str, str] = {}
    for kind in TICKS:
        for subject, tick in tables[kind].subjects(kind, Tick):
            if tick.id not in triggers:
                yield Problem("tick-without-effect", subject, ("id",))
            if tick.label in labels:
                params = {"other": Id(labels[tick.label])}
                yield Problem("duplicate-label", subject, ("libelle",), params)
            labels.setdefault(tick.label, tick.id)


def _never_shown(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        replaced = sign_list.replaced_when[advice.id]
        if advice.triggers is not None and replaced.issuperset(advice.triggers):
            yield Problem("unseen-advice", subject, ("quand",))


def _never_referred_to(tables: Tables, target: str, code: str) -> Iterator[Problem]:
    cited = {
        id_
        for kind, table in tables.items()
        for _key, attribute, targets in references_of(KINDS[kind].entry)
        if targets == (target,)
        for _index, entry in table.valid_entries(Identified)
        for id_ in named(getattr(entry, attribute))
    }
    for index, id_ in enumerate(tables[target].ids):
        if id_ not in cited:
            yield Problem(code, Subject(target, id_, index), ("id",))
