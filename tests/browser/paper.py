"""What a printed page is checked for, whatever is on it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2
    from playwright.sync_api import Page

_TOUCHING = 1.5
"""Points: lines of text, which are boxed as high as their letters, may come so near."""


def run_together(text: str) -> str:
    """Return the letters of a text: lines of a sheet break at spaces and at hyphens."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", text)


_SMALLEST = """() => Math.min(...[...document.body.querySelectorAll(":not(script, style)")]
    .filter((each) => each.checkVisibility() && !each.closest(".reperes-lu, noscript")
        && [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((each) => parseFloat(getComputedStyle(each).fontSize) * 0.75))"""


def smallest_letters(page: Page) -> float:
    """Return the size, in points, of the smallest letters of a page that looks as it is printed."""
    size: float = page.evaluate(_SMALLEST)
    return size + 0.01  # a size in points is rounded in pixels


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


def empty_share(page: pypdfium2.PdfPage) -> float:
    """Return which part of a page's height is white below all that is printed."""
    paper = page.render(scale=0.5, grayscale=True).to_pil()
    inked = paper.point(lambda shade: 255 if shade < 200 else 0).getbbox()
    return 1 - (inked[3] / paper.height if inked else 0)


_FOLLOWS = 75
"""Points: what a title is of begins so near below it, with another title between or none."""

_TELLING = 8
"""Letters: the first line of a longer title has so many."""


def titles_alone(page: pypdfium2.PdfPage, titles: set[str]) -> list[str]:
    """Return the titles, run together, that have nothing below them in their column."""
    text = page.get_textpage()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    lines = [(box, run_together(text.get_text_bounded(*box))) for box in boxes]
    heads = [
        (box, line)
        for box, line in lines
        if line in titles or (len(line) >= _TELLING and any(t.startswith(line) for t in titles))
    ]
    bodies = [box for box, line in lines if (box, line) not in heads]
    return [
        line
        for (left, bottom, right, _top), line in heads
        if not any(
            min(right, other[2]) > max(left, other[0])
            and bottom - _FOLLOWS < other[3] <= bottom + _TOUCHING
            for other in bodies
        )
    ]
