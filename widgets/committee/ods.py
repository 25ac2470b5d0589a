"""Sheets in LibreOffice's format, written and read with odfdo."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined, Template
from odfdo import Document, Element, Table

from widgets.committee.archive import (
    LARGEST_UNPACKED,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Archive,
    damaged,
    protected,
    too_large,
)
from widgets.committee.sheets import ReadSheet, Sheet, as_text, writable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from odfdo import Cell, Row


_LAYOUT = "//style:page-layout/style:page-layout-properties"
_PAGE = {
    "style:print-orientation": "landscape",
    "fo:page-width": "29.7cm",
    "fo:page-height": "21cm",
    "style:scale-to-X": "1",
    "style:scale-to-Y": "0",
}


def as_bytes(sheets: list[Sheet]) -> bytes:
    """Return sheets as a file of LibreOffice's format."""
    document = Document("spreadsheet")
    body = document.body
    body.clear()
    part = _template().render
    for style in part(part="styles", sheets=sheets).split("</style:style>")[:-1]:
        document.insert_style(f"{style.strip()}</style:style>", automatic=True)
    body.append(Element.from_tag(part(part="choices", sheets=sheets).strip()))
    for sheet in sheets:
        body.append(Element.from_tag(part(part="sheet", sheet=sheet).strip()))
    layout = document.styles.get_element(_LAYOUT)
    if layout is not None:
        for name, value in _PAGE.items():
            layout.set_attribute(name, value)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters["writable"] = writable
    source = Path(__file__).with_name("ods.xml.j2").read_text(encoding="utf-8")
    return environment.from_string(source)


def read(archive: Archive) -> list[ReadSheet]:
    """Return the sheets of a file.

    Raises
    ------
    SheetError
        When it is damaged, protected, or would fill the memory.
    """
    if b"encryption-data" in archive.parts.get("META-INF/manifest.xml", b""):
        raise protected()
    try:
        body = Document(BytesIO(archive.content)).body
        tables = [each for each in body.get_elements("table:table") if isinstance(each, Table)]
        return [ReadSheet(table.name or "", [*_rows(table)]) for table in tables]
    except (SyntaxError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise damaged() from error


def _rows(table: Table) -> Iterator[list[str]]:
    """Yield the rows down to the last that says something: programs add a million empty ones."""
    skipped, cells, size = 0, 0, 0
    for row in table.get_elements("descendant::table:table-row"):
        texts = _texts(row)
        times = _times(row, "rows")
        if not texts:
            skipped += times
            continue
        cells += (times + skipped) * max(len(texts), 1)
        size += times * sum(map(len, texts))
        if times + skipped > MOST_ROWS or cells > MOST_CELLS or size > LARGEST_UNPACKED:
            raise too_large()
        yield from ([] for _ in range(skipped))
        yield from (list(texts) for _ in range(times))
        skipped = 0


def _texts(row: Row | Element) -> list[str]:
    texts: list[str] = []
    skipped, size = 0, 0
    for cell in row.get_elements("table:table-cell|table:covered-table-cell"):
        text, times = _text(cell), _times(cell, "columns")
        if not text:
            skipped += times
            continue
        size += times * len(text)
        if len(texts) + skipped + times > MOST_COLUMNS or size > LARGEST_UNPACKED:
            raise too_large()
        texts += [""] * skipped + [text] * times
        skipped = 0
    return texts


def _text(cell: Cell | Element) -> str:
    paragraphs = cell.get_elements("text:p")
    if not paragraphs:
        return ""
    if cell.get_attribute("office:value-type") == "float":
        return as_text(float(str(cell.get_attribute("office:value") or 0)))
    return as_text("\n".join(_inner(paragraph) for paragraph in paragraphs))


def _inner(paragraph: Element) -> str:
    """Return what a paragraph says, without notes; blanks and ends of lines are elements."""
    return str(getattr(paragraph, "inner_text", ""))


def _times(element: Element, what: str) -> int:
    return max(int(str(element.get_attribute(f"table:number-{what}-repeated") or 1)), 1)
