"""What is seen beside the form: the page, the workshop, the resources, a sheet to print.

The page itself is a live board; anything else, and the page at another size, is a whole document
for a frame, where nothing runs.
"""

from __future__ import annotations

import re
from enum import StrEnum
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from signs.text import opening_hours
from signs.text.normalize import folded
from signs.text.typography import typography
from widgets.board.board import cited_sources
from widgets.board.board import markup as board_markup
from widgets.page.shell import shared_style, without_script_style
from widgets.printables import render_sheet, sheets_of
from widgets.render.html import render_template
from widgets.resources.resources import markup as resources_markup
from widgets.workshop.workshop import content as workshop_content

if TYPE_CHECKING:
    from signs.model.sign_list import SignList


class Shape(StrEnum):
    """At which size something is seen."""

    HERE = "ici"
    PHONE = "telephone"
    PAPER = "papier"


class Sight(NamedTuple):
    """What is seen, and at which size."""

    name: str
    """`BOARD`, `WORKSHOP`, `RESOURCES`, or the name of a sheet."""
    shape: Shape


BOARD, WORKSHOP, RESOURCES = "reperer", "atelier", "ressources"
LIVE = Sight(BOARD, Shape.HERE)
"""The board, which is mounted beside the form."""
_PAGES = {BOARD: "La page", WORKSHOP: "L'atelier", RESOURCES: "Les ressources"}
_ON_PAGES = {
    **dict.fromkeys(("etape", "phrase", "vignette", "mythe"), WORKSHOP),
    **dict.fromkeys(("terme", "chiffre", "valeur", "apport", "ecart"), RESOURCES),
}
"""Where each kind is read; what is not here is on the board, or on a sheet."""


def sight_titles(sign_list: SignList | None) -> list[tuple[str, str]]:
    """Return the names of all there is to see, with their titles."""
    sheets = {} if sign_list is None else sheets_of(sign_list)
    titles = _PAGES | {name: sheet.title for name, sheet in sheets.items()}
    return [(name, typography(title)) for name, title in titles.items()]


def sight_of(sign_list: SignList | None, kind: str, raw: dict[str, Any], key: str) -> Sight:
    """Return where a text of an entry is best seen.

    Parameters
    ----------
    sign_list
        The list when it was last valid.
    kind, raw
        The entry, as its file has it.
    key
        Its text that is edited; empty where none is.
    """
    usual = Sight(_ON_PAGES.get(kind, BOARD), Shape.HERE)
    if sign_list is None:
        return usual
    if kind == "source":
        cited = {source.id for source in cited_sources(sign_list)}
        return usual if raw.get("id") in cited else Sight(RESOURCES, Shape.HERE)
    if kind not in {"affiche", "aide", "fiche"}:
        return usual
    sights = [Sight(name, Shape.PAPER) for name in _sheets_of_entry(sign_list, kind, raw)]
    for text in filter(None, (_said(raw.get(each)) for each in (key, "pour", "titre"))):
        for sight in sights:
            if text in _said(_document(sight, sign_list)):
                return sight
    return next(iter(sights), usual)


def _sheets_of_entry(sign_list: SignList, kind: str, raw: dict[str, Any]) -> list[str]:
    """Return the names of the sheets that an entry is on."""
    ids = raw.get("affiches") if kind == "aide" else [raw.get("id")]
    ids = ids if isinstance(ids, list) else []
    return [
        name
        for name in sheets_of(sign_list)
        if any(name == id_ or name.startswith(f"{id_}-") for id_ in ids)
    ]


def document_of(sight: Sight, sign_list: SignList) -> str:
    """Return what is seen as a whole HTML document, which needs no script."""
    html = _POLICY.sub("", _document(sight, sign_list))
    return html.replace("@media print", "@media all") if sight.shape is Shape.PAPER else html


_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
"""It names the styles by their hashes; the frame lets no script run."""


def _document(sight: Sight, sign_list: SignList) -> str:
    today = opening_hours.today()
    if sight.name == WORKSHOP:
        html = render_template(
            "workshop/workshop.html.j2",
            **workshop_content(sign_list, sign_list.vignettes),
            all_chosen=False,
            board="",
            in_notebook=False,
        )
        return _page(html, "board", "workshop")
    if sight.name == RESOURCES:
        return _page(resources_markup(sign_list), "board", "resources")
    sheet = sheets_of(sign_list).get(sight.name)
    if sheet is not None:
        return render_sheet(sheet, sign_list, today)
    board = board_markup(sign_list)
    return _page(board.html, "board", css=board.css)


def _page(html: str, *folders: str, css: str = "") -> str:
    """Return a page with its styles, as a browser without JavaScript shows it."""
    return render_template(
        "editor/views/sight.html.j2",
        styles=[Markup(each) for each in (shared_style(*folders), without_script_style(css))],  # noqa: S704 (our own files, and ids the model checked)
        html=Markup(html),  # noqa: S704 (drawn by templates of ours)
    )


def _said(value: object) -> str:
    """Return the letters of a text or of a document, however they are set."""
    if not isinstance(value, str):
        return ""
    bare = re.sub(r"<style.*?</style>|<[^>]*>|[*]", " ", value, flags=re.DOTALL)
    return folded(unescape(bare)).replace("-", "")
