"""Codes to scan, as inline SVG."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Light modules around a code, as ISO/IEC 18004 asks."""


@lru_cache(maxsize=32)
def code(address: str) -> Markup:
    """Return the code that leads to an address, with its light border.

    Correction level M: a crease or a stain may hide some 15 % of it. The element names no
    colour scheme: dark on light, whatever the page, since some readers know nothing else.
    """
    drawn = segno.make_qr(address, error="m").svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    name = Markup.escape(f"Code à scanner : {in_words(address)}")
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1))  # noqa: S704


def in_words(address: str) -> str:
    """Return an address as one types it: neither scheme, nor `www.`, nor a last slash."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"
