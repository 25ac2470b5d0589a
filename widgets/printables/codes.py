"""QR codes as inline SVG."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Light modules around a code, as ISO/IEC 18004 asks."""


@lru_cache(maxsize=32)
def code(address: str, name: str = "code") -> Markup:
    """Return the QR code of an address, with its quiet zone.

    Correction level M: a crease or a stain may hide some 15 % of it. The element names no
    colour scheme: dark on light, whatever the page, since some readers know nothing else.

    Parameters
    ----------
    address
        The address to encode.
    name
        Its id on the page, for :func:`same_code`.
    """
    return _svg(address, Markup('<g id="code-{}">{}</g>').format(name, _drawing(address).inside))


def same_code(address: str, name: str) -> Markup:
    """Return a reference to a code already on the page, without its thousands of strokes."""
    return _svg(address, Markup('<use href="#code-{}"/>').format(name))


class _Drawing(NamedTuple):
    side: str
    """In modules, its border included."""
    inside: Markup


@lru_cache(maxsize=32)
def _drawing(address: str) -> _Drawing:
    drawn = segno.make_qr(address, error="m").svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    head, _, rest = drawn.partition(">")
    inside = Markup(rest.removesuffix("</svg>"))  # noqa: S704 (drawn by the library)
    return _Drawing(head.split('viewBox="0 0 ')[1].split()[0], inside)


def _svg(address: str, inside: Markup) -> Markup:
    name = f"Code à scanner : {in_words(address)}"
    frame = '<svg role="img" aria-label="{0}" viewBox="0 0 {1} {1}">{2}</svg>'
    return Markup(frame).format(name, _drawing(address).side, inside)  # noqa: S704 (ours)


def in_words(address: str) -> str:
    """Return an address as typed: without scheme, `www.` and trailing slash."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def is_long(words: str) -> bool:
    """Tell whether an address in words has lines of its own, beside its code."""
    return len(words) > _BESIDE_CODE


_BESIDE_CODE = 60
_LINE = 28
"""How many characters of an address stand on one line of the narrowest place."""


def in_pieces(address: str) -> Markup:
    """Return an address in words, which a line's end parts after a slash only.

    A long part may be parted before any sign but a letter: a hyphen at a line's end would be taken
    for our own.
    """
    pieces = (
        Markup("<wbr>").join(map(_whole, re.split(r"(?=[-.?&=_@])", piece)))
        if len(piece) > _LINE
        else _whole(piece)
        for piece in re.split(r"(?<=/)", in_words(address))
    )
    return Markup("<wbr>").join(pieces)


def _whole(piece: str) -> Markup | str:
    if "-" not in piece or len(piece) > _LINE:
        return piece
    return Markup('<span class="feuille-entier">{}</span>').format(piece)
