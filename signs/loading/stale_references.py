"""Drop references to ids that the base list has since removed."""

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
    """Drop from a layer's entries the ids that an upgrade of the list below removed.

    An overridden entry falls back on the value below; a new one that requires such an id is
    dropped, and so are those that refer to it.

    Parameters
    ----------
    tables
        Modified in place; complete once the iterator is exhausted.
    below
        The list that the layer overrides.
    documents
        The files of the layer.
    forgiving
        Whether unknown ids are dropped too, and not only retired ones: a school's file is never
        refused because the list changed.
    """
    filter_ = _ReferenceFilter(tables, below, forgiving=forgiving)
    again = True
    while again:
        again = False
        filter_.forget_ids()
        for kind, table in tables.items():
            rows: list[Row] = []
            for row in table.rows:
                remaining_row: Row | None = row
                if row.document in documents and row.entry is None and isinstance(row.raw, dict):
                    remaining_row, found = filter_.entry(kind, row)
                    yield from found
                if remaining_row is None:
                    again = True  # another entry may refer to it
                else:
                    rows.append(remaining_row)
            table.rows[:] = rows


class _ReferenceFilter:
    """Tells current ids from stale ones while one layer is read."""

    def __init__(self, tables: Tables, below: SignList, *, forgiving: bool) -> None:
        self._tables = tables
        self._forgiving = forgiving
        self.forget_ids()
        self._retired = {each.id: each.replaced_by for each in below.info.retired}
        self._lower_entries = {
            entry.id: entry for kind in KINDS.values() for entry in getattr(below, kind.field)
        }

    def entry(self, kind: str, row: Row) -> tuple[Row | None, list[tuple[Problem, Row]]]:
        """Return an entry without stale ids, and their problems; `None` when it requires one."""
        raw: dict[str, Any] = dict(row.raw)  # type: ignore[call-overload] # a table, as checked by the caller
        found: list[tuple[Problem, Row]] = []
        valid = True
        for reference in references_of(KINDS[kind].entry):
            if reference.key not in raw or reference.key not in row.origins[-1].keys:
                continue
            value = raw[reference.key]
            remaining, dropped = self._partition(value, reference)
            if not dropped:
                continue
            if remaining:
                raw[reference.key] = remaining if isinstance(value, list) else remaining[0]
            else:
                valid &= self._without_key(kind, row, raw, reference)
            for position, id_, near in dropped:
                key = (reference.key, position) if isinstance(value, list) else (reference.key,)
                code, params = self._problem(id_, near, stays=valid)
                found.append((Problem(code, row.subject(kind), key, params), row))
        return (replace(row, raw=raw) if valid else None), found

    def _partition(
        self, value: object, reference: Reference
    ) -> tuple[list[object], list[tuple[int, str, Near]]]:
        """Split a value into the ids that remain and those dropped: index, id, nearest known id."""
        remaining: list[object] = []
        dropped: list[tuple[int, str, Near]] = []
        known = self._known(reference.kinds)
        for position, id_ in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(id_, str) or id_ in known or id_ == ALWAYS:
                remaining.append(id_)
            elif id_ in self._retired:
                remaining.extend(filter(None, [self._retired[id_]]))
                dropped.append((position, id_, Near()))
            elif self._forgiving:
                dropped.append((position, id_, Near.to(id_, known)))
            else:
                remaining.append(id_)
        return remaining, dropped

    def forget_ids(self) -> None:
        """Clear the cache of known ids."""
        self._ids: dict[tuple[str, ...], set[str]] = {}

    def _known(self, kinds: tuple[str, ...]) -> set[str]:
        if kinds not in self._ids:
            self._ids[kinds] = {id_ for kind in kinds for id_ in self._tables[kind].ids if id_}
        return self._ids[kinds]

    def _without_key(self, kind: str, row: Row, raw: dict[str, Any], reference: Reference) -> bool:
        """Drop one key, or fall back on the value below; tell whether the entry is still valid."""
        before = self._lower_entries.get(row.id or "") if len(row.origins) > 1 else None
        fallback = getattr(before, reference.field, None)
        if fallback:
            raw[reference.key] = fallback if isinstance(fallback, str) else list(fallback)
        else:
            del raw[reference.key]
        return bool(fallback) or not KINDS[kind].entry.needs(reference.field, raw)

    def _problem(self, id_: str, near: Near, *, stays: bool) -> tuple[str, dict[str, Any]]:
        """Return the code and the parameters of the problem with a stale id."""
        params = {"named": Id(id_), "stays": stays}
        if id_ not in self._retired:
            return "stale-reference", params | {"near": near}
        return "retired-reference", params | {"instead": Id(self._retired[id_] or "")}
