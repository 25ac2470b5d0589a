"""One layer over another: what changes, what is added, what is hidden, what an upgrade left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Id, Near
from signs.files.tables import Row
from signs.loading.protected import why_not_hideable
from signs.loading.prune import cascade, drop_references
from signs.model.entries import Advice, Retired, Triggered
from signs.model.fields import TICKS, Identified
from signs.model.sign_list import HEAD, KINDS
from signs.model.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def merge_rows(lower: Row, upper: Row) -> Row:
    """Return an entry with what a later file changes in it."""
    raw = {**cast("dict[str, Any]", lower.raw), **cast("dict[str, Any]", upper.raw)}
    return Row(lower.id, raw, (*lower.origins, *upper.origins))


def why_ignored(kind: str, row: Row, below: SignList, standing: Collection[str]) -> Problem | None:
    """Return why an entry is left aside: it changes what the list below does not have (any more).

    A new entry says nearly all that one needs; what says little was to change another.
    """
    needed = [
        f.alias or name for name, f in KINDS[kind].entry.model_fields.items() if f.is_required()
    ]
    if 2 * len(row.origins[0].keys.intersection(needed)) > len(needed):
        return None
    retired = {each.id: each.replaced_by for each in below.info.retired}
    if row.id in retired:
        instead = Id(retired[row.id] or "")
        return Problem("retired-entry", row.subject(kind), ("id",), {"instead": instead})
    near = Near.to(row.id or "", standing)
    return Problem("unknown-entry", row.subject(kind), ("id",), {"near": near})


def expand_aliases(tables: Tables) -> None:
    """Have what is « comme » another call whatever that one calls."""
    like = {
        entry.id: entry.like
        for kind in TICKS
        for _place, entry in tables[kind].placed(Tick)
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
        for place, entry in table.placed(Triggered):
            called = entry.triggers or ()
            more = [id_ for tick in called for id_ in alike.get(tick, ()) if id_ not in called]
            if more:
                when = (*called, *dict.fromkeys(more))
                table.rows[place].entry = entry.model_copy(update={"when": when})


def hide(
    hidden: Collection[str],
    retired: Collection[Retired],
    advice: Collection[Advice],
    tables: Tables,
) -> Iterator[Problem]:
    """Take entries out of the tables; yield what cannot be taken.

    Parameters
    ----------
    hidden
        Their ids.
    retired
        The ids that the list had once.
    advice
        All there was before anything was hidden, what is alike called alike.
    """
    if not hidden:
        return
    once = {each.id for each in retired}
    going: set[str] = set()
    for position, id_ in enumerate(hidden):
        entry = _by_id(tables).get(id_)
        key, hidden_id = ("cacher", position), {"hidden": Id(id_)}
        if id_ in once or (entry is None and id_ not in going):
            near = {"near": Near.to(id_, _by_id(tables))}
            yield Problem("unknown-hidden-entry", Subject(HEAD), key, {**hidden_id, **near})
        elif entry is not None and (why := _why_stays(entry, advice, tables)):
            yield Problem("protected-hidden-entry", Subject(HEAD), key, {**hidden_id, **why})
        else:
            going.add(id_)
    if going:
        _take_out(going, tables)


def _why_stays(
    entry: Identified, advice: Collection[Advice], tables: Tables
) -> dict[str, str] | None:
    """Return why an entry cannot be hidden, nor what goes with it: what is « comme » it."""
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
        entry.id: entry for table in tables.values() for _place, entry in table.placed(Identified)
    }


def _take_out(going: set[str], tables: Tables) -> None:
    """Remove entries, what nothing calls without them, and their ids where others name them."""
    gone = cascade(going, _by_id(tables).values())
    for table in tables.values():
        table.rows = [
            replace(row, entry=row.entry and drop_references(row.entry, gone))
            for row in table.rows
            if row.id not in gone
        ]
