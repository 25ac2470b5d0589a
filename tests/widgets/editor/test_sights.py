"""What is seen beside the form: each kind of entry where it is read, nothing that runs."""

from __future__ import annotations

import re
from html import unescape

import pytest

import signs
from signs.model.sign_list import HEAD, KINDS
from signs.text.normalize import folded
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.titles import label_key
from widgets.editor.views.sights import (
    LIVE,
    Shape,
    Sight,
    document_of,
    sight_of,
    sight_titles,
)


def _letters(html: str) -> str:
    text = re.sub(r"<style.*?</style>|<[^>]*>|[*]", " ", html, flags=re.DOTALL)
    return folded(unescape(text)).replace("-", "")


@pytest.mark.parametrize("kind", [kind for kind in KIND_WORDS if kind != HEAD])
def test_every_entry_is_seen_where_it_is_read(sign_list: signs.SignList, kind: str) -> None:
    entries = getattr(sign_list, KINDS[kind].field)
    assert entries
    documents: dict[Sight, str] = {}
    missing = []
    for entry in entries:
        raw = entry.model_dump(by_alias=True, mode="json", warnings=False)
        sight = sight_of(sign_list, kind, raw, label_key(kind))
        if sight not in documents:
            documents[sight] = _letters(document_of(sight, sign_list))
        if _letters(str(raw[label_key(kind)])) not in documents[sight]:
            missing.append(entry)
    if kind == "source":  # some are cited by nothing that is shown
        shown = "".join(documents.values())
        missing = [source for source in missing if _letters(source.title) in shown]
    assert missing == []


def test_each_text_of_a_poster_is_seen_on_what_is_made_of_it(sign_list: signs.SignList) -> None:
    for poster in sign_list.posters[:1]:
        raw = poster.model_dump(by_alias=True, mode="json", warnings=False)
        texts = {"titre", "explication", "pas_ta_faute", "arreter", "garder", "dire", "rassurer"}
        for key in (*texts, "meme_si", "arreter_en_bref", "ne_pas_ceder", "dire_en_bref"):
            if not raw[key]:
                continue
            sight = sight_of(sign_list, "affiche", raw, key)
            assert sight.name.startswith(poster.id), key
            assert _letters(raw[key]) in _letters(document_of(sight, sign_list)), key


def test_all_there_is_to_see_can_be_drawn_at_every_size(sign_list: signs.SignList) -> None:
    for name, title in sight_titles(sign_list):
        assert title
        drawn = {shape: document_of(Sight(name, shape), sign_list) for shape in Shape}
        for shape, html in drawn.items():
            assert "Content-Security-Policy" not in html, "it would forbid its own styles"
            assert ("@media print" in html) is (shape is not Shape.PAPER), (name, shape)
        assert drawn[Shape.HERE] == drawn[Shape.PHONE], "only the frame is narrower"
    assert LIVE.name in dict(sight_titles(None)), "before a list was ever valid"
