"""Entries that nobody will ever read: not wrong, but somebody should look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Severity
from signs.files.tables import Objection
from signs.model.entries import Advice, Triggered
from signs.model.fields import TICKS, Identified
from signs.model.sign_list import KINDS, references_of
from signs.model.ticks import Tick
from signs.rules.ids import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def idle_remarks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield ticks that call nothing, and what nothing calls, cites or shows."""
    yield from _ticks(sign_list, tables)
    yield from _never_shown(sign_list, tables)
    yield from _never_named(
        tables,
        "source",
        "Rien ne cite la source",
        "Nommez-la dans la ligne « source » d'une entrée, ou retirez-la.",
    )
    yield from _never_named(
        tables,
        "famille",
        "Aucun signe n'est de la famille",
        "Donnez-lui un signe, ou retirez-la.",
    )


def _ticks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    entries: tuple[Triggered, ...] = (*sign_list.advice, *sign_list.services)
    called = {id_ for entry in entries for id_ in entry.triggers or ()}
    labels: dict[str, str] = {}
    for kind in TICKS:
        for place, item in tables[kind].placed(Tick):
            if item.id not in called:
                yield Objection(
                    kind,
                    place,
                    ("id",),
                    f"Cocher « {item.id} » n'appelle ni conseil ni service.",
                    "Ajoutez cet identifiant à la ligne « quand » d'un conseil ou d'un service.",
                    Severity.REMARK,
                )
            if item.label in labels:
                yield Objection(
                    kind,
                    place,
                    ("libelle",),
                    f"« {item.id} » et « {labels[item.label]} » ont le même libellé : on ne les "
                    "distingue pas.",
                    "Changez l'un des deux libellés, ou gardez une seule entrée.",
                    Severity.REMARK,
                )
            labels.setdefault(item.label, item.id)


def _never_shown(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    for place, advice in tables["conseil"].placed(Advice):
        replaced = sign_list.replaced_when[advice.id]
        if advice.triggers is not None and replaced.issuperset(advice.triggers):
            yield Objection(
                "conseil",
                place,
                ("quand",),
                f"Le conseil « {advice.id} » ne se montre jamais : ce qui l'appelle en appelle "
                "aussi "
                "un autre, qui prend sa place.",
                "Changez sa ligne « quand », ou retirez-le.",
                Severity.REMARK,
            )


def _never_named(tables: Tables, target: str, what: str, remedy: str) -> Iterator[Objection]:
    cited = {
        id_
        for kind, table in tables.items()
        for _key, attribute, targets in references_of(KINDS[kind].entry)
        if targets == (target,)
        for _place, entry in table.placed(Identified)
        for id_ in named(getattr(entry, attribute))
    }
    for place, id_ in enumerate(tables[target].ids):
        if id_ not in cited:
            yield Objection(target, place, ("id",), f"{what} « {id_} ».", remedy, Severity.REMARK)
