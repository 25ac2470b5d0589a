"""What two people changed differently, as short texts with their differences marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from signs.files.merge import WHOLE
from signs.model.sign_list import HEAD
from signs.text.typography import typography
from widgets.editor.forms.fields import fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from signs.files.merge import Clash

Pieces = list[tuple[str, bool]]
"""A text in pieces, each with whether it is only in this one of two texts."""


def clash_views(clashes: Iterable[Clash], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the questions to ask, as JSON values for the page.

    Parameters
    ----------
    clashes
        What both changed.
    titles
        The title of each entry, by id.
    """
    return [_view(clash, titles) for clash in clashes]


def _view(clash: Clash, titles: Mapping[str, str]) -> dict[str, Any]:
    if clash.kind not in KIND_WORDS:
        title, label = f"Le fichier {clash.kind}", ""
        mine, theirs = "Votre texte, en entier", "Le fichier tel qu'il est, illisible"
    elif clash.key == WHOLE:
        title, label = _title(clash, titles), ""
        mine, theirs = (
            "Retirée de la liste" if raw is None else "Gardée, avec ses nouveaux mots"
            for raw in (clash.mine, clash.theirs)
        )
    else:
        field = next(each for each in fields_of(clash.kind) if each.key == clash.key)
        title, label = _title(clash, titles), field.wording.label
        mine, theirs = (
            _in_words(
                field.shown({} if value is None else {clash.key: value}), field.options, titles
            )
            for value in (clash.mine, clash.theirs)
        )
    mine_pieces, their_pieces = _marked(typography(mine), typography(theirs))
    return {
        "place": clash.place,
        "title": typography(title),
        "label": typography(label),
        "mine": mine_pieces,
        "theirs": their_pieces,
    }


def _title(clash: Clash, titles: Mapping[str, str]) -> str:
    if clash.kind == HEAD:
        return KIND_WORDS[HEAD].title
    raw = clash.mine or clash.theirs if clash.key == WHOLE else {}
    return titles.get(clash.id) or title_of(clash.kind, raw if isinstance(raw, dict) else {})


def _in_words(shown: object, options: Iterable[tuple[str, str]], titles: Mapping[str, str]) -> str:
    """Return a value of a control as one reads it."""
    if isinstance(shown, bool):
        return "oui" if shown else "non"
    if isinstance(shown, dict):  # hours
        return str(shown["mots"] or shown["notation"] or "aucun horaire")
    names = {**titles, **dict(options), "toujours": "toujours"}
    if isinstance(shown, list):
        return "\n".join(names.get(str(each), str(each)) for each in shown) or "rien"
    return names.get(str(shown), str(shown)) or "rien"


def _marked(mine: str, theirs: str) -> tuple[Pieces, Pieces]:
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
