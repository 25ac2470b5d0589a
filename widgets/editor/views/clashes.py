"""What two people changed differently, as short texts with their differences marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.files.merge import WHOLE
from signs.model.sign_list import HEAD
from signs.text.typography import typography
from widgets.editor.forms.fields import fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.titles import title_of
from widgets.editor.views.marked import in_words, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from signs.files.merge import Clash


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
        mine, theirs = (in_words(field, value, titles) for value in (clash.mine, clash.theirs))
    mine_pieces, their_pieces = marked(typography(mine), typography(theirs))
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
