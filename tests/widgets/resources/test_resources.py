"""The resources' HTML: every contact, word and figure, drawn where it can be, with its source."""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

import signs
from signs.text.typography import typography
from widgets.resources.plots import data_image
from widgets.resources.resources import markup

AT = datetime(2026, 11, 21, 12)
SVG = "{http://www.w3.org/2000/svg}"


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
    assert len(of_2023) == 5
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


_WORDS = re.compile(
    r"<text [^>]*text-anchor: (start|end)[^>]* x='([\d.]+)' y='([\d.]+)'[^>]*>([^<]*)</text>"
)


def test_no_word_of_a_drawing_is_cut_at_its_edge(sign_list: signs.SignList) -> None:
    """In the widest letters that screens commonly have, those it is drawn with."""
    textpath = pytest.importorskip("matplotlib.textpath")
    for name, image in drawings(sign_list).items():
        svg = unquote(image)
        right = float(svg.split("viewBox='0 0 ")[1].split()[0])
        words = _WORDS.findall(svg)
        assert len(words) == svg.count("<text ") >= 4, name
        for anchor, x, _y, said in words:
            width = textpath.TextPath((0, 0), said, size=11).get_extents().width
            room = right - float(x) if anchor == "start" else float(x)
            assert width < room - 1, (name, said)


PLAIN = (
    "Police, de 200 $ à 500 $ demandés",
    r"Franceinfo $$\href{javascript:x}{x}$$ et \$5 \\ $\frac{1$",
    'a_b^c % {d} #010101 ~&amp; <b>gras</b> <!-- non --> "dit" 5\' \\',
    "\u200f\u05e9\u05dc\u05d5\u05dd \u202e12\u202c \u0645\u0631\u062d\u0628\u0627 \u200e(24)",
    "Une étiquette très longue, qui ne tient sur aucune ligne, et dont tout doit rester lisible",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "m" * 300,
    "🙂 一二三 sur deux\nlignes",
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_that_verifies_is_drawn_as_it_is_and_whole(text: str, list_folder: Path) -> None:
    textpath = pytest.importorskip("matplotlib.textpath")
    file = list_folder / "chiffres.toml"
    written = json.dumps(text, ensure_ascii=False)  # a string of TOML too
    file.write_text(
        file.read_text(encoding="utf-8")
        + f"""
[[chiffre]]
id = "chiffre-essai"
titre = "Essai"
phrase = "Pour voir."
reserve = "Aucune."
dessin = true
source = "guide"
section = "Essai"

[[valeur]]
id = "valeur-essai"
chiffre = "chiffre-essai"
etiquette = {written}
ecrit = {written}
nombre = {10**400}
""",
        encoding="utf-8",
    )
    sign_list = signs.inspect(list_folder).sign_list
    assert sign_list is not None
    svg = unquote(drawings(sign_list)["chiffre-essai"].partition(",")[2])
    drawn = [each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314
    assert re.sub(r"\s", "", "".join(drawn)) == re.sub(r"\s", "", typography(text)) * 2
    right, bottom = map(float, re.findall(r"viewBox='0 0 ([\d.]+) ([\d.]+)'", svg)[0])
    lines = _WORDS.findall(svg)
    assert len(lines) == len(drawn)
    for anchor, x, y, said in lines:
        plain = unescape(said).replace("$", r"\$")
        width = textpath.TextPath((0, 0), plain, size=11).vertices[:, 0].max()
        assert width < (right - float(x) if anchor == "start" else float(x)) - 1, said
        assert 11 < float(y) < bottom - 3, said


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
