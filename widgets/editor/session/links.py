"""The links between entries, from both ends: what names an entry, and what it may be named by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from signs.files import edit
from signs.files.edit import Ref
from signs.model.fields import ALWAYS
from signs.model.sign_list import KINDS
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import DOORS, Control, Field, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    Blocks = Callable[[str], list[dict[str, Any]]]

MARK = "@"
"""At the head of the key of a link that is seen from its other end: `@conseil.quand`."""


class Use(NamedTuple):
    """A key of an entry that names another."""

    where: EntryRef
    field: Field
    last: bool
    """Whether it names nothing else."""


def backlinks_of(kind: str) -> tuple[tuple[str, Field], ...]:
    """Return the keys that name several entries of a kind, each with the kind it is a key of."""
    return tuple(
        (other, field)
        for other in KINDS
        for field in fields_of(other)
        if field.control in {Control.TICKS, Control.WHEN} and _names(field, kind)
    )


def _names(field: Field, kind: str) -> bool:
    return kind in field.kinds or (kind == "moment" and DOORS in field.kinds)


def key_of(kind: str, field: Field) -> str:
    """Return the key of a link seen from its other end."""
    return f"{MARK}{kind}.{field.key}"


def shown(blocks: Blocks, where: EntryRef, id_: str) -> dict[str, list[str]]:
    """Return the ids of the entries that name one, by the key of each link from its other end."""
    return {
        key_of(kind, field): [
            str(raw["id"]) for raw in blocks(kind) if id_ in _named(raw, field.key) and "id" in raw
        ]
        for kind, field in backlinks_of(where.kind)
    }


def relinked(
    texts: Mapping[str, str], blocks: Blocks, id_: str, key: str, wanted: Collection[str]
) -> dict[str, str]:
    """Return the texts where just these entries name one, by a key seen from its other end."""
    kind, _, name = key.removeprefix(MARK).partition(".")
    changed, file = dict(texts), KINDS[kind].file
    for index, raw in enumerate(blocks(kind)):
        named, mine = _named(raw, name), str(raw.get("id"))
        if raw.get(name) == ALWAYS or (id_ in named) == (mine in wanted):
            continue
        now = [*named, id_] if mine in wanted else [each for each in named if each != id_]
        changed[file] = edit.set_value(changed[file], Ref(kind, index), name, now or None)
    return changed


def uses_of(blocks: Blocks, where: EntryRef, id_: str) -> Iterator[Use]:
    """Yield every key that names an entry, in the order of the kinds."""
    for kind in KINDS:
        fields = [each for each in fields_of(kind) if _names(each, where.kind)]
        for index, raw in enumerate(blocks(kind) if fields else ()):
            for field in fields:
                named = _named(raw, field.key)
                if id_ in named:
                    yield Use(EntryRef(kind, index), field, named == [id_])


def _named(raw: Mapping[str, Any], key: str) -> list[str]:
    value = raw.get(key)
    if isinstance(value, str):
        return [] if value == ALWAYS else [value]
    return [str(each) for each in value] if isinstance(value, list) else []
