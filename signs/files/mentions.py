"""Where the files of a list name an entry, and the same files once none of them does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from signs.files import edit
from signs.files.document import parse_or_empty
from signs.files.edit import Ref
from signs.files.readings import without_readings
from signs.model.readings import READING
from signs.model.sign_list import HEAD, KINDS, references_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HIDDEN = "cacher"


class Mention(NamedTuple):
    """A key whose value names an entry, alone or among others."""

    file: str
    ref: Ref | None
    """Of the entry that has it, by its index; `None` for the head."""
    id: object
    """Of that entry, as it is written."""
    key: str
    value: str | list[str]
    needed: bool = False
    """Whether that entry is invalid without it."""


def mentions(texts: Mapping[str, str], kind: str, id_: str) -> Iterator[Mention]:
    """Yield the keys that name an entry; none of a file that cannot be read, nor so be changed."""
    hidden = parse_or_empty(texts.get(HEAD, "")).get(_HIDDEN)
    if hidden and _names(hidden, id_):
        yield Mention(HEAD, None, None, _HIDDEN, hidden)
    for other, each in KINDS.items():
        references = [each for each in references_of(each.entry) if kind in each.kinds]
        content = parse_or_empty(texts.get(each.file, "")) if references else {}
        for index, raw in enumerate(content.get(other, [])):
            for key, field, _kinds in references if isinstance(raw, dict) else ():
                if _names(raw.get(key), id_):
                    needed = each.entry.model_fields[field].is_required()
                    ref = Ref(other, index)
                    yield Mention(each.file, ref, raw.get("id"), key, raw[key], needed)


def _names(value: object, id_: str) -> bool:
    return id_ in value if isinstance(value, list) else value == id_


def without_mentions(
    texts: Mapping[str, str], kind: str, id_: str, instead: str = ""
) -> dict[str, str]:
    """Return the texts where nothing names an entry any more, readings included.

    Parameters
    ----------
    texts
        The files, by name.
    kind, id_
        The entry.
    instead
        The id of what takes its place; nothing where none does.
    """
    changed = dict(texts)
    for file, ref, _id, key, value, needed in mentions(texts, kind, id_):
        now: str | list[str] | None = instead or None
        if isinstance(value, list):
            new = "" if ref is None or instead in value else instead
            now = [new if each == id_ else each for each in value if new or each != id_] or None
        elif needed and not instead:
            continue  # it is told as an error there: nobody else knows what to write
        changed[file] = edit.set_value(changed[file], ref, key, now)
    readings = KINDS[READING].file
    if readings in changed:
        changed[readings] = without_readings(changed[readings], id_)
    return changed
