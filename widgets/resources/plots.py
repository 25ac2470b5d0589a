"""Bar charts of the figures, with matplotlib: small SVG images in light and dark.

Matplotlib is an extra. Without it, nothing is drawn and nothing is wrong: each figure has its
table.
"""

from __future__ import annotations

import io
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from signs.model.entries import Source
    from signs.model.training import Figure, FigureValue

# Placeholder colours, replaced by CSS variables: the image carries a light and a dark palette.
_INK, _SOFT, _BAR, _LANDMARK = "#010101", "#020202", "#030303", "#040404"
_PALETTES = {
    "light": {_INK: "#22302f", _SOFT: "#4c5a58", _BAR: "#0d5a56", _LANDMARK: "#8b8270"},
    "dark": {_INK: "#f0f1ec", _SOFT: "#bfcac6", _BAR: "#8fd3ca", _LANDMARK: "#788783"},
}
_STYLE: Any = {
    "font.family": "sans-serif",
    "font.size": 11,
    "svg.fonttype": "none",  # the reader's own letters, and a small file
    "svg.hashsalt": "reperes",  # the same bytes each time
    "text.color": _INK,
    "text.parse_math": False,  # two dollars are two dollars
    "text.usetex": False,
}


def data_image(
    figure: Figure, values: Sequence[FigureValue], sources: Mapping[str, Source]
) -> str | None:
    """Return a figure as a `data:` address; `None` where it is not drawn.

    Parameters
    ----------
    figure
        What was counted.
    values
        What each source says of it; those without a number are left to the table.
    sources
        By id, for the name of each bar.
    """
    counted = [value for value in values if value.number is not None]
    if not figure.drawn or not counted:
        return None
    try:
        from matplotlib import rc_context  # noqa: PLC0415 (an extra)
        from matplotlib.figure import Figure as Canvas  # noqa: PLC0415 (an extra)
    except ImportError:
        return None
    with rc_context(_STYLE), warnings.catch_warnings():
        # Of letters that matplotlib's own font lacks: the reader's has them.
        warnings.simplefilter("ignore", UserWarning)
        rows = [
            _Row(value, _lines(_name(value, sources), _LEFT), _lines(value.written, _RIGHT))
            for value in counted
        ]
        height = 0.1 + sum(row.height for row in rows)
        canvas = Canvas(figsize=(_WIDTH, height))
        # One scale for all drawings: their letters are of one size.
        canvas.subplots_adjust(left=0.41, right=0.64, bottom=0.05 / height, top=1 - 0.05 / height)
        _bars(canvas.subplots(), rows)
        written = io.StringIO()
        canvas.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    return f"data:image/svg+xml,{quote(_small(written.getvalue()), safe=_SAFE)}"


_SAFE = " =:/;,()'!*+-._~"
"""Characters that need no escaping between the double quotes of an attribute."""


_WIDTH = 5.6
"""Width of a drawing, in inches."""
_LEFT, _RIGHT = 156.0, 136.0
"""Width for the words on either side of the bars, in points."""
_ROW, _LINE = 0.36, 0.19
"""Inches of a row, and of each line that its words have besides the first."""


class _Row(NamedTuple):
    """A bar, and the lines of the words on either side of it."""

    value: FigureValue
    name: list[str]
    stated: list[str]

    @property
    def height(self) -> float:
        """Inches it takes."""
        return _ROW + _LINE * (max(len(self.name), len(self.stated)) - 1)


def _bars(axes: Any, rows: Sequence[_Row]) -> None:  # noqa: ANN401 (matplotlib's)
    # As shares of the longest: no number is too large to be drawn.
    longest = max(max(row.value.number or 0, row.value.up_to or 0) for row in rows) or 1
    below = sum(row.height for row in rows)
    axes.set_ylim(0, below)
    for row in rows:
        y = below - row.height / 2
        below -= row.height
        value = row.value
        number = (value.number or 0) / longest
        end = max(number, (value.up_to or 0) / longest)
        axes.barh(y, number, 0.62 * _ROW, color=_LANDMARK if value.landmark else _BAR)
        if end > number:
            axes.barh(y, end - number, 0.62 * _ROW, left=number, color=_BAR, alpha=0.45)
        _write(axes, row.name, (0, y), "right")
        _write(axes, row.stated, (end, y), "left")
    axes.set_axis_off()


def _write(axes: Any, lines: Sequence[str], at: tuple[float, float], side: str) -> None:  # noqa: ANN401 (matplotlib's)
    """Write lines beside a point, each anchored there, whatever the reader's font."""
    beside = 5 if side == "left" else -7
    for number, line in enumerate(lines):
        above = ((len(lines) - 1) / 2 - number) * _LINE * _POINTS
        offset = {"xytext": (beside, above), "textcoords": "offset points"}
        axes.annotate(line, at, ha=side, va="center_baseline", annotation_clip=False, **offset)


_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Characters that XML does not allow."""


def _lines(text: str, width: float) -> list[str]:
    """Return a text in lines that fit, in the widest letters that screens commonly have.

    A word that no line holds goes on in the next.
    """
    lines: list[str] = []
    for word in re.split(r"[ \t\n\r]+", _NOT_XML.sub("", typography(text))):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, width))
    return lines


def _pieces(word: str, width: float) -> Iterator[str]:
    """Cut a word that is wider than a line."""
    while len(word) > 1 and _width_of(word) > width:
        end = next(
            end for end in range(len(word) - 1, 0, -1) if end == 1 or _width_of(word[:end]) <= width
        )
        yield word[:end]
        word = word[end:]
    yield word


def _width_of(text: str) -> float:
    """Return how wide a line is, in points."""
    return sum(map(_advance, text))


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415 (an extra)
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 (an extra)

    size = float(_STYLE["font.size"])
    font = get_font(findfont(FontProperties()))
    if not font.get_char_index(ord(letter)):
        return _UNKNOWN * size
    font.set_size(size, _POINTS)
    glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536


_POINTS = 72
"""In an inch."""
_UNKNOWN = 1.3
"""Width in ems of a character the font lacks: no Chinese character or emoji is wider."""


def _name(value: FigureValue, sources: Mapping[str, Source]) -> str:
    publisher = sources[value.source].publisher if value.source else ""
    return value.label or f"{value.year}, {re.split(r' ?[,(]', publisher)[0]}"


def _small(svg: str) -> str:
    """Return the image minified, with its colours as variables and both palettes."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*\n\s*", " ", svg)
    svg = re.sub(r"<[^>]*>", _small_tag, svg)  # what is written between them stays as it is
    light, dark = (
        ";".join(f"--c{name}:{colour}" for name, colour in enumerate(palette.values()))
        for palette in _PALETTES.values()
    )
    style = f"<style>:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    return svg.replace("<defs>", f"{style}<defs>", 1)


def _small_tag(match: re.Match[str]) -> str:
    tag = match[0]
    for name, colour in enumerate(_PALETTES["light"]):
        tag = tag.replace(colour, f"var(--c{name})")
    return tag.replace("'", "").replace('"', "'")  # font names need no quotes
