"""The page to choose a school: every school is in it, so that searching asks nothing of anybody."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from signs.text.normalize import without_accents
from widgets.render.html import render_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from signs.loading.schools import SchoolSummary

TITLE = "Repères – choisir un établissement"
SCRIPT = "schools/chooser.js"
STYLE = "schools"
"""The folder of its style."""
_OTHERS = "Autres"


class _Row(NamedTuple):
    address: str
    title: str
    town: str
    code: str
    sorted_by: tuple[str, ...]


class _Letter(NamedTuple):
    id: str
    title: str
    schools: tuple[_Row, ...]


def address_of(name: str) -> str:
    """Return the address of a school's page, relative to the chooser's."""
    return f"{quote(name, safe='')}/"


def render_chooser(
    schools: Iterable[SchoolSummary], whole: str, about: Mapping[str, str] | None = None
) -> Markup:
    """Return the content of the page.

    Parameters
    ----------
    schools
        Those to choose from.
    whole
        The address of the page without a school.
    about
        For each page that a public site has, its address and its title.
    """
    rows = sorted(map(_row, schools), key=lambda row: (row.sorted_by[0] == _OTHERS, row.sorted_by))
    letters = [
        _Letter(f"lettre-{letter.lower()}", letter, tuple(group))
        for letter, group in groupby(rows, key=lambda row: row.sorted_by[0])
    ]
    html = render_template("schools/chooser.html.j2", letters=letters, whole=whole, about=about)
    return Markup(html)  # noqa: S704 (rendered by our template)


def _row(school: SchoolSummary) -> _Row:
    code = school.name if school.title != school.name else ""
    place = _plain(school.town or school.title)
    letter = place[:1].upper() if place[:1].isascii() and place[:1].isalpha() else _OTHERS
    return _Row(
        address_of(school.name),
        school.title,
        school.town,
        code,
        (letter, _numbered(place), _numbered(_plain(school.title)), school.name),
    )


def _numbered(text: str) -> str:
    """Return a text that stands, in alphabetical order, where its numbers have it stand."""
    return re.sub(r"\d+", lambda number: number[0].zfill(_LONGEST_NUMBER), text)


_LONGEST_NUMBER = 8


def _plain(text: str) -> str:
    return without_accents(text).casefold().strip()
