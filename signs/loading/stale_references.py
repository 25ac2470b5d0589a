"""Ids that a list has no more, in what was written for it when it had them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Id, Near
from signs.model.fields import ALWAYS
from signs.model.sign_list import KINDS, Reference, references_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from signs.files.document import Document
    from signs.files.tables import Row, Tables
    from signs.model.sign_list import SignList


def drop_stale_references(
    tables: Tables, below: SignList, documents: Collection[Document], *, forgiving: bool
) -> Iterator[tuple[Problem, Row]]:
    """Leave out of a layer's entries the ids that an upgrade of the list below took away.

    An entry of the list keeps what it said before; a new one that cannot stand without them is
    left aside, and so are those that name it.

    Parameters
    ----------
    tables
        Changed in place, and whole once all is yielded.
    below
        The list that the layer is laid over.
    documents
        The files of the layer.
    forgiving
        Whether ids that nobody knows are left out too, and not only those that were retired: a
        school's file is never refused for what the list has become.
    """
    leaving = _Leaving(tables, below, forgiving=forgiving)
    again = True
    while again:
        again = False
        leaving.look_again()
        for kind, table in tables.items():
            rows: list[Row] = []
            for row in table.rows:
                left: Row | None = row
                if row.document in documents and row.entry is None and isinstance(row.raw, dict):
                    left, found = leaving.entry(kind, row)
                    yield from found
                if left is None:
                    again = True  # somebody may name it
                else:
                    rows.append(left)
            table.rows[:] = rows


class _Leaving:
    """What one reading needs to tell strangers."""

    def __init__(self, tables: Tables, below: SignList, *, forgiving: bool) -> None:
        self._tables = tables
        self._forgiving = forgiving
        self.look_again()
        self._retired = {each.id: each.replaced_by for each in below.info.retired}
        self._standing = {
            entry.id: entry for kind in KINDS.values() for entry in getattr(below, kind.field)
        }

    def entry(self, kind: str, row: Row) -> tuple[Row | None, list[tuple[Problem, Row]]]:
        """Return an entry without strangers, and those it had; `None` where it cannot stand."""
        raw: dict[str, Any] = dict(row.raw)  # type: ignore[call-overload] # a table, as was seen
        found: list[tuple[Problem, Row]] = []
        stands = True
        for reference in references_of(KINDS[kind].entry):
            if reference.key not in raw or reference.key not in row.origins[-1].keys:
                continue
            value = raw[reference.key]
            kept, gone = self._told_apart(value, reference)
            if not gone:
                continue
            if kept:
                raw[reference.key] = kept if isinstance(value, list) else kept[0]
            else:
                stands &= self._without_key(kind, row, raw, reference)
            for position, id_, near in gone:
                key = (reference.key, position) if isinstance(value, list) else (reference.key,)
                code, params = self._told(id_, near, stays=stands)
                found.append((Problem(code, row.subject(kind), key, params), row))
        return (replace(row, raw=raw) if stands else None), found

    def _told_apart(
        self, value: object, reference: Reference
    ) -> tuple[list[object], list[tuple[int, str, Near]]]:
        """Return what stays of a value, and what does not: where, which id, which one is near."""
        kept: list[object] = []
        gone: list[tuple[int, str, Near]] = []
        known = self._known(reference.kinds)
        for position, id_ in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(id_, str) or id_ in known or id_ == ALWAYS:
                kept.append(id_)
            elif id_ in self._retired:
                kept.extend(filter(None, [self._retired[id_]]))
                gone.append((position, id_, Near()))
            elif self._forgiving:
                gone.append((position, id_, Near.to(id_, known)))
            else:
                kept.append(id_)
        return kept, gone

    def look_again(self) -> None:
        """Forget which ids there are."""
        self._ids: dict[tuple[str, ...], set[str]] = {}

    def _known(self, kinds: tuple[str, ...]) -> set[str]:
        if kinds not in self._ids:
            self._ids[kinds] = {id_ for kind in kinds for id_ in self._tables[kind].ids if id_}
        return self._ids[kinds]

    def _without_key(self, kind: str, row: Row, raw: dict[str, Any], reference: Reference) -> bool:
        """Do without one key, or with what the list says of it; tell whether that can be."""
        before = self._standing.get(row.id or "") if len(row.origins) > 1 else None
        said = getattr(before, reference.field, None)
        if said:
            raw[reference.key] = said if isinstance(said, str) else list(said)
        else:
            del raw[reference.key]
        return bool(said) or not KINDS[kind].entry.model_fields[reference.field].is_required()

    def _told(self, id_: str, near: Near, *, stays: bool) -> tuple[str, dict[str, Any]]:
        """Return what is said of an id that is not there, and whether its entry stays."""
        params = {"named": Id(id_), "stays": stays}
        if id_ not in self._retired:
            return "stale-reference", params | {"near": near}
        return "retired-reference", params | {"instead": Id(self._retired[id_] or "")}
