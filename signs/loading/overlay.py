"""Override one layer with another: merge, add and hide entries; expand « comme »."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from signs.diagnostics.problem import Problem, Severity, Subject
from signs.diagnostics.reporter import Id, Near
from signs.files.tables import Layer, Row
from signs.loading.protected import why_not_hideable
from signs.loading.prune import cascade, drop_references
from signs.model.entries import Advice, Retired, Triggered
from signs.model.fields import ID_PATTERN, TICKS, Identified
from signs.model.sign_list import HEAD, KINDS
from signs.model.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def merge_rows(lower: Row, upper: Row) -> Row:
    """Return an entry with the values that a later file overrides."""
    raw = {**cast("dict[str, Any]", lower.raw), **cast("dict[str, Any]", upper.raw)}
    return Row(lower.id, raw, (*lower.origins, *upper.origins))


def why_ignored(
    kind: str, row: Row, layer: Layer, below: SignList, lower_ids: Collection[str]
) -> Problem | None:
    """Return why an entry is ignored: it changes one that the list below does not have (any more).

    A new entry sets nearly all required keys; one that sets few was meant to change another.
    """
    needed = [
        f.alias or name for name, f in KINDS[kind].entry.model_fields.items() if f.is_required()
    ]
    if 2 * len(row.origins[0].keys.intersection(needed)) > len(needed):
        return None
    if row.id in layer.hidden_above:
        return Problem("hidden-above", row.subject(kind), ("id",), {"hidden": Id(row.id or "")})
    retired = {each.id: each.replaced_by for each in below.info.retired}
    if row.id in retired:
        instead = Id(retired[row.id] or "")
        return Problem("retired-entry", row.subject(kind), ("id",), {"instead": instead})
    misspelled = not re.match(ID_PATTERN, row.id or "")  # no list ever had it
    params = {"near": Near.to(row.id or "", lower_ids), "misspelled": misspelled}
    level = Severity.ERROR if misspelled else None
    return Problem("unknown-entry", row.subject(kind), ("id",), params, level)


def expand_aliases(tables: Tables) -> None:
    """Have ticks that are « comme » another trigger whatever that one triggers."""
    like = {
        entry.id: entry.like
        for kind in TICKS
        for _index, entry in tables[kind].valid_entries(Tick)
        if entry.like
    }
    if not like:
        return
    alike: dict[str, list[str]] = {}
    for id_, nearest_one in like.items():
        target, seen = nearest_one, {id_}
        while target not in seen:
            seen.add(target)
            alike.setdefault(target, []).append(id_)
            target = like.get(target, target)
    for table in tables.values():
        for index, entry in table.valid_entries(Triggered):
            triggers = entry.triggers or ()
            more = [id_ for tick in triggers for id_ in alike.get(tick, ()) if id_ not in triggers]
            if more:
                when = (*triggers, *dict.fromkeys(more))
                table.rows[index].entry = entry.model_copy(update={"when": when})


def hide(
    layer: Layer,
    retired: Collection[Retired],
    advice: Collection[Advice],
    tables: Tables,
) -> Iterator[Problem]:
    """Remove hidden entries from the tables; yield a problem for each that cannot be hidden.

    Parameters
    ----------
    layer
        Whose file hides them.
    retired
        The ids that the list used to have.
    advice
        All advice before anything was hidden, aliases expanded.
    """
    if not layer.hidden:
        return
    retired_ids = {each.id for each in retired}
    going: set[str] = set()
    for position, id_ in enumerate(layer.hidden):
        entry = _by_id(tables).get(id_)
        key, hidden_id = ("cacher", position), {"hidden": Id(id_)}
        if entry is None and id_ in layer.hidden_above:
            yield Problem("hidden-above", Subject(HEAD), key, hidden_id)
        elif id_ in retired_ids or (entry is None and id_ not in going):
            near = {"near": Near.to(id_, _by_id(tables))}
            yield Problem("unknown-hidden-entry", Subject(HEAD), key, {**hidden_id, **near})
        elif entry is not None and (why := _why_not_hideable(entry, advice, tables)):
            yield Problem("protected-hidden-entry", Subject(HEAD), key, {**hidden_id, **why})
        else:
            going.add(id_)
    if going:
        _remove(going, tables)


def _why_not_hideable(
    entry: Identified, advice: Collection[Advice], tables: Tables
) -> dict[str, str] | None:
    """Return why an entry, or a tick that is « comme » it, cannot be hidden."""
    if why := why_not_hideable(entry, advice):
        return {"why": why}
    by_id = _by_id(tables)
    for id_ in sorted(cascade({entry.id}, by_id.values()) - {entry.id}):
        other = by_id[id_]
        if isinstance(other, Tick) and (why := why_not_hideable(other, advice)):
            return {"along": Id(id_), "why": why}
    return None


def _by_id(tables: Tables) -> dict[str, Identified]:
    return {
        entry.id: entry
        for table in tables.values()
        for _index, entry in table.valid_entries(Identified)
    }


def _remove(going: set[str], tables: Tables) -> None:
    """Remove entries, those that depend on them, and all references to them."""
    gone = cascade(going, _by_id(tables).values())
    for table in tables.values():
        table.rows = [
            replace(row, entry=row.entry and drop_references(row.entry, gone))
            for row in table.rows
            if row.id not in gone
        ]
