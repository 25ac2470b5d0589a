"""The resources' HTML: every contact, word and figure, drawn where it can be, with its source."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

import signs
from widgets.resources.plots import data_image
from widgets.resources.resources import markup

AT = datetime(2026, 11, 21, 12)


@pytest.fixture(scope="module")
def html(sign_list: signs.SignList) -> str:
    return markup(sign_list, at=AT)


def test_every_contact_word_figure_and_addition_is_there(
    html: str, sign_list: signs.SignList
) -> None:
    assert re.findall(r'data-service="([^"]+)"', html) == [s.id for s in sign_list.services]
    # The guide's glossary has sixteen words; its seventeenth entry is the table of words below.
    assert html.count("<div data-entree>") == len(sign_list.terms) == 16
    assert html.count('class="atelier-mots"') == 1
    for entry in (*sign_list.figures, *sign_list.additions):
        assert f'id="{entry.id}"' in html
    assert html.count("<strong>Réserve\u00a0:</strong>") == len(sign_list.figures)
    assert "Ce que nous avons laissé de côté" in html


def test_ids_stand_once(html: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_every_value_names_its_source_and_date(html: str) -> None:
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html)
    of_2023 = [row for row in rows if ">2023<" in row]
    assert len(of_2023) == 4
    for row in of_2023:
        assert re.search(r"<td>[^<]+, (?:sans date|[^<]*\d{4})</td></tr>", row), row


def drawings(sign_list: signs.SignList) -> dict[str, str]:
    sources = {source.id: source for source in sign_list.sources}
    found = {
        figure.id: data_image(
            figure, [v for v in sign_list.figure_values if v.figure == figure.id], sources
        )
        for figure in sign_list.figures
        if figure.drawn
    }
    return {id_: image for id_, image in found.items() if image}


_WORDS = re.compile(r"<text [^>]*text-anchor: (start|end)[^>]* x='([\d.]+)'[^>]*>([^<]*)</text>")


def test_no_word_of_a_drawing_is_cut_at_its_edge(sign_list: signs.SignList) -> None:
    """In the widest letters that screens commonly have, those it is drawn with."""
    textpath = pytest.importorskip("matplotlib.textpath")
    for name, image in drawings(sign_list).items():
        svg = unquote(image)
        right = float(svg.split("viewBox='0 0 ")[1].split()[0])
        words = _WORDS.findall(svg)
        assert len(words) == svg.count("<text ") >= 4, name
        for anchor, x, said in words:
            width = textpath.TextPath((0, 0), said, size=11).get_extents().width
            room = right - float(x) if anchor == "start" else float(x)
            assert width < room - 1, (name, said)


def test_drawings_are_small_sound_images_of_both_palettes(sign_list: signs.SignList) -> None:
    pytest.importorskip("matplotlib")
    drawn = drawings(sign_list)
    assert set(drawn) == {
        "chiffre-signalements",
        "chiffre-45-minutes",
        "chiffre-iwf",
        "chiffre-effectif",
    }
    for image in drawn.values():
        head, _, data = image.partition(",")
        assert head == "data:image/svg+xml"
        assert '"' not in image
        assert len(image) < 12_000
        svg = unquote(data)
        ET.fromstring(svg)  # noqa: S314 (our own)
        assert "prefers-color-scheme:dark" in svg
        assert "http" not in svg.replace("http://www.w3.org", "")
    assert drawings(sign_list) == drawn, "the same bytes each time"


def test_each_image_has_its_text_and_its_table(html: str) -> None:
    pytest.importorskip("matplotlib")
    texts = re.findall(r'<img src="data:image/svg\+xml,[^"]+" alt="([^"]+)">', html)
    assert len(texts) == 4
    assert all(text.startswith("Dessin en barres.") and text.endswith(".") for text in texts)
    assert "28\u00a0767" in texts[0]
    for image in re.finditer(r"<img .*?</article>", html, re.DOTALL):
        assert "<table>" in image[0]


def test_without_matplotlib_the_tables_stand_alone(
    sign_list: signs.SignList, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("matplotlib", "matplotlib.figure"):
        monkeypatch.setitem(sys.modules, name, None)
    html = markup(sign_list, at=AT)
    assert "<img" not in html
    assert "28\u00a0767" in html
