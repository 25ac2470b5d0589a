"""The figures as drawings: small SVG images that follow the reader's light or dark screen.

Matplotlib is an extra. Without it, nothing is drawn and nothing is wrong: each figure has its
table.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from signs.wording import typography

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from signs.model import Source
    from signs.training import Figure, FigureValue

# Drawn in these, and then named: the image carries both palettes and asks the screen which.
_INK, _SOFT, _BAR, _LANDMARK = "#010101", "#020202", "#030303", "#040404"
_PALETTES = {
    "light": {_INK: "#22302f", _SOFT: "#4c5a58", _BAR: "#0d5a56", _LANDMARK: "#8b8270"},
    "dark": {_INK: "#f0f1ec", _SOFT: "#bfcac6", _BAR: "#8fd3ca", _LANDMARK: "#788783"},
}
_STYLE: Any = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": _SOFT,
    "font.family": "sans-serif",
    "font.size": 11,
    "svg.fonttype": "none",  # the reader's own letters, and a small file
    "svg.hashsalt": "reperes",  # the same bytes each time
    "text.color": _INK,
    "xtick.color": _SOFT,
    "ytick.color": _INK,
    "xtick.bottom": False,
    "ytick.left": False,
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
    with rc_context(_STYLE):
        height = 0.1 + 0.36 * len(counted)
        canvas = Canvas(figsize=(5.6, height))
        # One scale for all drawings: their letters are of one size.
        canvas.subplots_adjust(left=0.41, right=0.64, bottom=0.05 / height, top=1 - 0.05 / height)
        _bars(canvas.subplots(), counted, sources)
        written = io.StringIO()
        canvas.savefig(written, format="svg", transparent=True, metadata={"Date": None})
    return f"data:image/svg+xml,{quote(_small(written.getvalue()), safe=_SAFE)}"


_SAFE = " =:/;,()'!*+-._~"
"""What may stand as it is between the double quotes of an attribute."""


def _bars(axes: Any, values: Sequence[FigureValue], sources: Mapping[str, Source]) -> None:  # noqa: ANN401 (matplotlib's)
    numbers = [value.number or 0 for value in values]
    ends = [value.up_to or value.number or 0 for value in values]
    rows = range(len(values), 0, -1)
    colours = [_LANDMARK if value.landmark else _BAR for value in values]
    axes.barh(rows, numbers, 0.62, color=colours)
    ranges = [(row, number, end) for row, number, end in zip(rows, numbers, ends, strict=True)]
    for row, number, end in ranges:
        if end > number:
            axes.barh(row, end - number, 0.62, left=number, color=_BAR, alpha=0.45)
    for (row, _number, end), value in zip(ranges, values, strict=True):
        said = typography(value.written)
        axes.annotate(said, (end, row), (5, 0), textcoords="offset points", va="center")
    axes.set_yticks(list(rows), [_name(value, sources) for value in values])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _name(value: FigureValue, sources: Mapping[str, Source]) -> str:
    publisher = sources[value.source].publisher if value.source else ""
    return typography(value.label or f"{value.year}, {re.split(r' ?[,(]', publisher)[0]}")


def _small(svg: str) -> str:
    """Return the image without what no reader sees, its colours by name, both palettes in it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*\n\s*", " ", svg)
    for name, colour in enumerate(_PALETTES["light"]):
        svg = svg.replace(colour, f"var(--c{name})")
    light, dark = (
        ";".join(f"--c{name}:{colour}" for name, colour in enumerate(palette.values()))
        for palette in _PALETTES.values()
    )
    style = f"<style>:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    svg = svg.replace("'", "").replace('"', "'")  # names of letters do without theirs
    return svg.replace("<defs>", f"{style}<defs>", 1)
