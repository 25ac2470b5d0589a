"""The dossier to print: every text with what a committee needs, and where to answer and sign."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from widgets.editor.forms.labels import KIND_WORDS
from widgets.page.shell import Head, render_html_page
from widgets.printables.printables import A4
from widgets.render.assets import stylesheet
from widgets.render.html import render_template

if TYPE_CHECKING:
    from datetime import date

    from signs.model.sign_list import SignList
    from widgets.committee.rows import TextRow

SIGNATURES = 8
"""Lines to sign on."""


def render_dossier(sign_list: SignList, rows: dict[str, list[TextRow]], on: date) -> str:
    """Return the rows of a list as one page, made for A4 paper.

    Parameters
    ----------
    sign_list
        The list.
    rows
        See :func:`widgets.committee.rows.text_rows`.
    on
        The day, which is printed on it.
    """
    parts = [
        (KIND_WORDS[kind].title, [[*texts] for _id, texts in groupby(rows[kind], _entry)])
        for kind in KIND_WORDS
        if kind in rows
    ]
    html = render_template(
        "committee/dossier.html.j2",
        list=sign_list,
        parts=parts,
        on=on.isoformat(),
        paper=A4.words,
        signatures=SIGNATURES,
    )
    return render_html_page(
        Head("Dossier de relecture – Repères", "À imprimer en A4 : chaque texte, et où répondre."),
        Markup(html),  # noqa: S704 (drawn by a template of ours)
        f"{A4.css}{stylesheet('committee')}",
        leave=sign_list.exit,
    )


def _entry(row: TextRow) -> str:
    return row.reference.id
