"""What a printed page is checked for, whatever is on it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_TOUCHING = 1.5
"""Points: lines of text, which are boxed as high as their letters, may come so near."""


def run_together(text: str) -> str:
    """Return the letters of a text: lines of a sheet break at spaces and at hyphens."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", text)


def overprinted(page: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    """Return the runs of text that are printed one over the other."""
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    return [
        (text.get_text_bounded(*one), text.get_text_bounded(*other))
        for one, other in combinations(boxes, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > _TOUCHING
        and min(one[3], other[3]) - max(one[1], other[1]) > _TOUCHING
    ]
