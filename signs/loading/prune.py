"""Remove entries from a list, with the references to them and the entries that depend on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from signs.model.fields import ALWAYS, Identified
from signs.model.sign_list import references_of
from signs.model.training import Vignette

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

E = TypeVar("E", bound=Identified)


def cascade(going: Collection[str], entries: Iterable[Identified]) -> set[str]:
    """Return these ids and those of the entries that depend on them."""
    gone, waiting = set(going), list(entries)
    while True:
        more = {e.id for e in waiting if e.id not in gone and drop_references(e, gone) is None}
        if not more:
            return gone
        gone |= more


def drop_references(
    entry: E, gone: Collection[str], instead: Mapping[str, str] | None = None
) -> E | None:
    """Return an entry without references to these ids; `None` when it requires one of them.

    Parameters
    ----------
    instead
        Replacements of some of them.
    """
    remaining: dict[str, tuple[str, ...]] = {}
    for _key, field, _kinds in references_of(type(entry)):
        value = getattr(entry, field)
        if value is None or value == ALWAYS:
            continue
        if isinstance(value, str):
            if value in gone:
                return None
        elif any(id_ in gone for id_ in value):
            if instead is None and isinstance(entry, Vignette):
                return None  # a story is complete, or not told
            replaced = [(instead or {}).get(id_, id_) for id_ in value]
            remaining[field] = tuple(dict.fromkeys(id_ for id_ in replaced if id_ not in gone))
            if not remaining[field] and type(entry).model_fields[field].is_required():
                return None
    return entry.model_copy(update=remaining) if remaining else entry
