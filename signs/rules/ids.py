"""Rules on ids: unique ids, and references to entries that exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Assignment, Id, Kinds, Near
from signs.model.fields import ALWAYS, ID_PATTERN, Identified
from signs.model.sign_list import KINDS, references_of
from signs.text.normalize import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from signs.files.tables import Tables
    from signs.model.entries import ListInfo


def identity_problems(tables: Tables) -> Iterator[Problem]:
    """Yield duplicate ids and unknown references, as far as they can be determined.

    An entry with an error elsewhere still counts as known: one mistake is reported once.
    """
    yield from _repeated_ids(tables)
    yield from _unknown_references(tables)


def retired_problems(info: ListInfo, tables: Tables) -> Iterator[Problem]:
    """Yield retired ids that are in use again, and those whose replacement does not exist."""
    known = {id_ for table in tables.values() for id_ in table.ids if id_}
    for index, retired in enumerate(info.retired):
        subject = Subject("retire", retired.id, index)
        if retired.id in known:
            yield Problem("retired-id-in-use", subject, ("id",))
        if retired.replaced_by and retired.replaced_by not in known:
            near = Near.to(retired.replaced_by, known)
            params = {"named": Id(retired.replaced_by), "near": near}
            yield Problem("unknown-replacement", subject, ("remplace_par",), params)


def _repeated_ids(tables: Tables) -> Iterator[Problem]:
    """Yield ids that are not unique across all kinds, and the reserved one."""
    first: dict[str, Subject] = {}
    for kind, table in tables.items():
        for index, id_ in enumerate(table.ids):
            if id_ is None:
                continue
            subject = Subject(kind, id_, index)
            if id_ == ALWAYS:
                yield Problem("reserved-id", subject, ("id",))
            if id_ in first:
                yield Problem("duplicate-id", subject, ("id",), other=first[id_])
            else:
                first[id_] = subject


def _unknown_references(tables: Tables) -> Iterator[Problem]:
    """Yield references to ids that do not exist.

    A misspelt id is reported where it is defined, not where it is referred to.
    """
    suggestions = _Suggestions()
    for kind, table in tables.items():
        for key, attribute, targets in references_of(KINDS[kind].entry):
            if not all(tables[target].readable for target in targets):
                continue
            known = {id_ for target in targets for id_ in tables[target].ids if id_}
            for subject, entry in table.subjects(kind, Identified):
                value = getattr(entry, attribute)
                alone = isinstance(value, str)
                for position, id_ in enumerate(named(value)):
                    path = (key,) if alone else (key, position)
                    if id_ in known:
                        continue
                    near = suggestions.nearest(id_, known)
                    if not _is_miswritten(near):
                        params = {"named": Id(id_), "targets": Kinds(targets)}
                        params |= _instead(id_, key, near, tables)
                        yield Problem("unknown-reference", subject, path, params)


def _instead(id_: str, key: str, near: str | None, tables: Tables) -> dict[str, Any]:
    """Return parameters that suggest what an unknown reference meant."""
    if id_ == ALWAYS:
        return {"always": Id(ALWAYS), "meant": Assignment(key, f'"{ALWAYS}"')}
    other = next((kind for kind, table in tables.items() if id_ in table.ids), None)
    return {"other": Kinds((other,))} if other else {"near": Near(near or "")}


class _Suggestions:
    """Nearest known ids, cached, and limited in number.

    Where every reference is wrong, as when a file was emptied, the first suggestions are enough.
    """

    def __init__(self) -> None:
        self._cache: dict[str, str | None] = {}

    def nearest(self, id_: str, known: Iterable[str]) -> str | None:
        if id_ not in self._cache:
            self._cache[id_] = nearest(id_, known) if len(self._cache) < _MAX_SUGGESTIONS else None
        return self._cache[id_]


_MAX_SUGGESTIONS = 100


def _is_miswritten(id_: str | None) -> bool:
    return id_ is not None and not re.fullmatch(ID_PATTERN, id_)


def named(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the ids that a value refers to: one, several, or none."""
    if value is None or value == ALWAYS:
        return ()
    return (value,) if isinstance(value, str) else value
