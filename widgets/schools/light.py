"""The light form of a board: its texts wait in one script that all schools of a site share.

A board keeps most of itself as text in `<noscript>` (see `board.html.j2`). In a site these texts
are taken out: those of the list stand once, cut into pieces, in a script of the site; a school's
page says which pieces its own texts are made of, and holds what no other has. `assemble.js` puts
them together as the page opens. Without JavaScript the page still has what stands open on the
board, the school's contacts, and a link to the list's whole page.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from widgets.render.html import render_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.sign_list import SignList

_WAITING = re.compile(r"<noscript>(.*?)</noscript>", re.DOTALL)
_PIECES = re.compile(r"(<(?:li|div|section|label|input|fieldset|span)\b[^>]*>)")
_MARK = "\f"
"""Between the texts, where one of its own becomes a blank."""
_SHORTEST = 16
"""Characters of a piece that is worth a reference of its own."""
BROKEN = 'id="reperes-fichier-fautif"'
"""What the page of a school whose file cannot be read holds, and no other."""
_ANSWER = '<div class="reperes-reponse"'

WITHOUT_SCRIPT = (
    ".reperes-barre,.reperes-tout,.reperes-prive,.reperes-complement,.reperes-vers-sources"
    "{display:none}"
    ".reperes-porte>.reperes-premiers-mots{display:block!important}"
    ".reperes-porte noscript p{padding-inline:1rem}"
)
"""The style of a light board where no script runs: nothing to tick, the first words always."""

Piece = str | list[int]
"""A text of its own, or the first and past the last of the shared pieces."""


def lighten(html: str, sign_list: SignList, whole: str) -> Markup:
    """Return a board without the texts that wait in it.

    Parameters
    ----------
    html
        The board.
    sign_list
        Its list, with the school's file.
    whole
        The address of the list's whole page.
    """
    hint = Markup('<noscript><p><a href="{}">{}</a></p></noscript>').format(
        whole, "Cocher ce que je sais, sur la page complète"
    )
    contacts = render_template("schools/contacts.html.j2", school=sign_list.school, whole=whole)
    light = _WAITING.sub(lambda _: hint, html)
    before, answer, after = light.partition(_ANSWER)
    return Markup(f"{before}{contacts}{answer}{after}")  # noqa: S704 (templates of ours)


class SharedTexts:
    """The texts that wait in a list's board, cut into the pieces that schools share."""

    def __init__(self, html: str) -> None:
        self.pieces = list(_pieces_of(html))
        self._first: dict[str, int] = {}
        for index, piece in enumerate(self.pieces):
            self._first.setdefault(piece, index)

    def script(self) -> str:
        """Return the script that gives the pieces to `assemble.js`."""
        return f"globalThis.reperesTextes = {_json(self.pieces)};\n"

    def made_of(self, html: str) -> str:
        """Return, as JSON, what the waiting texts of a school's board are made of."""
        parts: list[Piece] = []
        following = 0
        for piece in _pieces_of(html):
            index = self._where(piece, following)
            if index is None or (index != following and len(piece) < _SHORTEST):
                if parts and isinstance(parts[-1], str):
                    parts[-1] += piece
                else:
                    parts.append(piece)
                following += index is None
                continue
            last = parts[-1] if parts else None
            if isinstance(last, list) and last[1] == index:
                last[1] = index + 1
            else:
                parts.append([index, index + 1])
            following = index + 1
        return _json(parts)

    def _where(self, piece: str, following: int) -> int | None:
        """Return where a piece stands: the one expected, the one after it, or the first."""
        for index in (following, following + 1):
            if index < len(self.pieces) and self.pieces[index] == piece:
                return index
        return self._first.get(piece)


def _pieces_of(html: str) -> Iterator[str]:
    texts = _MARK.join(text.replace(_MARK, " ") for text in _WAITING.findall(html))
    return (piece for piece in _PIECES.split(texts) if piece)


def _json(value: object) -> str:
    """Return JSON that ends no script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def banner(sign_list: SignList, name: str, *, broken: bool) -> Markup:
    """Return the line that says whose page it is, above everything else.

    Parameters
    ----------
    sign_list
        The list, with the school's file.
    name
        Of the file, for a school that has no other.
    broken
        Whether the school's file cannot be read: the page says that its contacts are not there.
    """
    html = render_template(
        "schools/banner.html.j2", school=sign_list.school, name=name, broken=broken
    )
    return Markup(html)  # noqa: S704 (rendered by a template of ours)
