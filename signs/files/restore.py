"""Bring back an entry of an earlier version; everything else stays as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files import edit
from signs.files.document import parse_or_empty
from signs.files.edit import Ref
from signs.files.mentions import mentions, without_mentions
from signs.model.readings import READING
from signs.model.sign_list import HEAD, KINDS, file_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def restore_entry(
    now: Mapping[str, str], then: Mapping[str, str], kind: str, id_: str
) -> dict[str, str]:
    """Return the texts of the files with one entry as it was: changed, put back or removed.

    One that is put back is named again where it was named; one that is removed, nowhere any more.

    Parameters
    ----------
    now, then
        The files now, and as they were, by name.
    kind, id_
        The entry; the name of the head's file, and nothing, for the head.

    Raises
    ------
    UnreadableError
        When one of the texts is not valid TOML.
    EditError
        When it cannot be written.
    """
    texts = dict(now)
    name = file_of(kind)
    text, was = texts.get(name, ""), then.get(name, "")
    if kind == HEAD:
        texts[name] = _changed_back(text, was, None)
    elif id_ not in edit.ids(was, kind):
        texts[name] = edit.remove(text, Ref(kind, id_)) if id_ in edit.ids(text, kind) else text
        texts = without_mentions(texts, kind, id_)
    elif id_ in edit.ids(text, kind):
        texts[name] = _changed_back(text, was, Ref(kind, id_))
        texts = _with_readings(texts, then, id_)
    else:
        texts[name] = with_entry(text, was, kind, id_)
        texts = _with_readings(_with_mentions(texts, then, kind, id_), then, id_)
    return texts


def _changed_back(now: str, then: str, ref: Ref | None) -> str:
    was, is_ = edit.values(then, ref), edit.values(now, ref)
    for key in {**was, **is_}:
        if was.get(key) != is_.get(key):
            now = edit.set_value(now, ref, key, was.get(key))
    return now


def with_entry(text: str, other: str, kind: str, id_: str) -> str:
    """Return a text with an entry of another, after the neighbour that it has there."""
    block = edit.toml_of(other, Ref(kind, id_)).strip("\n")
    ids = [str(each) for each in edit.ids(other, kind)]
    there = {str(each) for each in edit.ids(text, kind)}
    earlier = [each for each in ids[: ids.index(id_)] if each in there]
    if not earlier:
        return f"{text.rstrip()}\n\n{block}\n".lstrip("\n")
    above = edit.toml_of(text, Ref(kind, earlier[-1]))
    return text.replace(above, f"{above}\n\n{block}", 1)


def _with_readings(now: dict[str, str], then: Mapping[str, str], id_: str) -> dict[str, str]:
    """Put back what was read of an entry's words, which are those again."""
    file = KINDS[READING].file
    for raw in parse_or_empty(then.get(file, "")).get(READING, []):
        text = now.get(file, "")
        if raw.get("entree") == id_ and raw.get("id") not in edit.ids(text, READING):
            now[file] = with_entry(text, then[file], READING, raw["id"])
    return now


def _with_mentions(
    now: dict[str, str], then: Mapping[str, str], kind: str, id_: str
) -> dict[str, str]:
    for file, ref, of, key, value, _needed in mentions(then, kind, id_):
        text = now.get(file, "")
        if ref is not None and (not isinstance(of, str) or of not in edit.ids(text, ref.kind)):
            continue
        here = ref and Ref(ref.kind, str(of))
        named = edit.values(text, here).get(key)
        if named is None:
            now[file] = edit.set_value(text, here, key, value if isinstance(value, str) else [id_])
        elif isinstance(named, list) and isinstance(value, list) and id_ not in named:
            again = [each for each in value if each in {*named, id_}]
            others = [each for each in named if each not in again]
            now[file] = edit.set_value(text, here, key, [*again, *others])
    return now
