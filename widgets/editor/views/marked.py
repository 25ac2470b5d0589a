"""Two texts side by side, with what differs marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from widgets.editor.forms.fields import Field

Pieces = list[tuple[str, bool]]
"""A text in pieces, each with whether it is only in this one of two texts."""


def in_words(field: Field, value: object, titles: Mapping[str, str]) -> str:
    """Return a value of a field as one reads it.

    Parameters
    ----------
    field, value
        What the file says of it; `None` where there is nothing.
    titles
        The title of each entry that it may name, by id.
    """
    shown = field.shown({} if value is None else {field.key: value})
    if isinstance(shown, bool):
        return "oui" if shown else "non"
    if isinstance(shown, dict):  # hours
        return str(shown["mots"] or shown["notation"] or "aucun horaire")
    names = {**titles, **dict(field.options), "toujours": "toujours"}
    if isinstance(shown, list):
        return "\n".join(names.get(str(each), str(each)) for each in shown) or "rien"
    return names.get(str(shown), str(shown)) or "rien"


def marked(mine: str, theirs: str) -> tuple[Pieces, Pieces]:
    """Cut two texts into words they share and words that only one has; blanks are not marked."""
    words: list[list[str]] = [re.findall(r"\S+|\s+", text) for text in (mine, theirs)]
    pieces: tuple[Pieces, Pieces] = ([], [])
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        for side, (start, end) in enumerate(((a, b), (c, d))):
            text = "".join(words[side][start:end])
            bare = text.strip()
            before, after = text[: text.find(bare)], text[text.find(bare) + len(bare) :]
            parts = [(before, False), (bare, what != "equal"), (after, False)]
            pieces[side].extend(part for part in parts if part[0])
    return pieces
