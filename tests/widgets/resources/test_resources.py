"""The resources' HTML: every contact, word and figure, drawn where it can be, with its source."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

import signs
from widgets.resources.resources import markup

AT = datetime(2026, 11, 21, 12)


@pytest.fixture(scope="module")
def html(sign_list: signs.SignList) -> str:
    return markup(sign_list, at=AT)


def test_every_contact_word_figure_and_addition_is_there(
    html: str, sign_list: signs.SignList
) -> None:
    services = re.findall(r'data-service="([^"]+)"', html)
    assert sorted(services) == sorted(s.id for s in sign_list.services)
    groups = re.findall(r'data-besoin="([^"]+)"', html)
    assert groups == ["maintenant", "conseil", "retirer", "plainte", "soin"]
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


def _figure(html: str, id_: str) -> str:
    """Return what the page shows of a figure, before its table."""
    start = html.index(f'id="{id_}"')
    return re.sub(r"\s+", " ", unescape(html[start : html.index("<details>", start)]))


def test_where_sources_disagree_a_year_shows_their_range(html: str) -> None:
    drawn = _figure(html, "chiffre-signalements")
    rows = re.findall(r"<li><b>(\d+)</b>(.*?)</li>", drawn)
    said = {year: (row.count("<circle"), re.sub("<[^>]*>", "", row).strip()) for year, row in rows}
    assert said["2022"] == (2, "d’une dizaine à 1 174")
    assert said["2023"] == (4, "de 5 549 à plus de 12 000")
    assert said["2024"][1].startswith("28 767")
    (last,) = re.findall(r'<circle cx="([\d.]+)%', dict(rows)["2024"])
    assert float(last) == 100


def test_each_fact_has_the_drawing_that_it_asks_for(html: str) -> None:
    hour = _figure(html, "chiffre-45-minutes")
    assert (hour.count("<rect"), hour.count("dessin-vide")) == (60, 15)
    people = _figure(html, "chiffre-effectif")
    assert people.count("dessin-pli") == 20
    assert "35" not in re.sub(r"<p>(?!<).*", "", people)  # two units share no axis


VALUE = """
[[chiffre]]
id = "chiffre-essai"
titre = "Essai"
phrase = "Pour voir."
reserve = "Aucune."
dessin = true
source = "guide"
section = "Essai"
"""


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ([(None, 100, True), (None, 357, False)], "× 3,6"),
        ([(None, 3, False), (None, 12, False)], " : <b>4</b>"),
        ([(None, 10**400, False)], "<b>lu</b> & 1"),
        ([(2021, 0, False), (2022, 0, False)], 'cx="0.0%"'),
        ([(2021, 10**400, False), (2022, 10**401, False)], 'cx="10.0%"'),
    ],
)
def test_a_list_of_ones_own_is_drawn_by_what_it_compares(
    values: list[tuple[int | None, int, bool]], seen: str, list_folder: Path
) -> None:
    file = list_folder / "chiffres.toml"
    added = VALUE
    for rank, (year, number, landmark) in enumerate(values):
        added += f"""
[[valeur]]
id = "valeur-essai-{rank}"
chiffre = "chiffre-essai"
{f"annee = {year}" if year else f'etiquette = "<b>lu</b> & {rank}"'}
ecrit = "<b>lu</b> & 1"
nombre = {number}
repere = {str(landmark).lower()}
source = "guide"
"""
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    html = markup(signs.load(list_folder), at=AT)
    assert "<b>lu</b>" not in html
    assert seen in _figure(html, "chiffre-essai")


def test_two_numbers_that_nothing_makes_comparable_are_left_to_their_table(
    list_folder: Path,
) -> None:
    file = list_folder / "chiffres.toml"
    text = file.read_text(encoding="utf-8")
    assert "nombre = 700" in text
    file.write_text(text.replace("nombre = 700", "nombre = 701"), encoding="utf-8")
    html = markup(signs.load(list_folder), at=AT)
    assert "dessin" not in _figure(html, "chiffre-effectif")
