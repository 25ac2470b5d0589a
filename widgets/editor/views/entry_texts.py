"""The texts of entries: what one searches, and which field says a sentence of the page."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from signs.model.sign_list import HEAD, KINDS
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import Control, fields_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from widgets.editor.session.session import EditingSession

Texts = list[tuple[str, str]]
"""The key of a field, and what it says."""

_SAID = {
    *(Control.LINE, Control.TEXT, Control.MARKDOWN, Control.LINES),
    *(Control.PHONE, Control.ADDRESS, Control.DATE),
}
"""The controls of texts: what is chosen or ticked is found by the entry that it names."""


def texts_of(kind: str, raw: Mapping[str, Any]) -> Texts:
    """Return what an entry says, in the order of its form."""
    return [
        (field.key, text)
        for field in fields_of(kind)
        if field.control in _SAID and field.key in raw and (text := field.shown(raw).strip())
    ]


def all_texts(session: EditingSession) -> dict[str, Texts]:
    """Return what every entry says, by its kind and its id."""
    return {
        f"{where.kind} {raw.get('id', where.place)}": texts_of(where.kind, raw)
        for where, raw in _entries(session)
    }


def find_sentence(
    session: EditingSession, words: str, ids: Collection[str]
) -> tuple[EntryRef, str] | None:
    """Return the field that says a sentence of the page; `None` where no field of the list does.

    Parameters
    ----------
    session
        The list.
    words
        What one reads on the page.
    ids
        What stands around it there: an entry of these is preferred to one that says the same.
    """
    read = _bare(words)
    if not read:
        return None
    found = [
        (where.kind != HEAD and raw.get("id") in ids, *match, where, key)
        for where, raw in _entries(session)
        for key, text in texts_of(where.kind, raw)
        if (match := _match(read, _bare(text)))
    ]
    if not found:
        return None
    *_, where, key = max(found, key=lambda each: each[:3])
    return where, key


def _match(read: str, text: str) -> tuple[bool, float] | None:
    """Return how well a text says what is read: whether it says all of it, and how much more.

    Where it says a part of it, that part is most of what is read.
    """
    if re.search(rf"\b{re.escape(read)}\b", text):
        return True, len(read) / len(text)
    share = len(text) / len(read)
    return (False, share) if share > _MOST and text in read else None


_MOST = 0.5


def _entries(session: EditingSession) -> Iterator[tuple[EntryRef, dict[str, Any]]]:
    for kind in (HEAD, *KINDS):
        for place, raw in enumerate(session.blocks(kind)):
            yield EntryRef(kind, place), raw


def _bare(text: str) -> str:
    """Return the words of a text, as the page and the file both have them."""
    shown = unicodedata.normalize("NFKD", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    letters = (each for each in shown.lower() if unicodedata.category(each) not in {"Mn", "Cf"})
    return " ".join(re.findall(r"\w+", "".join(letters)))
