"""Sheets in LibreOffice's format, written and read with odfdo."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
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
    styles = document.content.get_element("//office:automatic-styles")
    if styles is not None:
        styles.append(Element.from_tag(part(part="format").strip()))
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
        When it is damaged, or would fill the memory.
    """
    try:
        body = Document(BytesIO(archive.content)).body
        tables = [each for each in body.get_elements("table:table") if isinstance(each, Table)]
        return [_sheet(table) for table in tables]
    except (SyntaxError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise damaged() from error


def _sheet(table: Table) -> ReadSheet:
    comments: dict[tuple[int, int], str] = {}
    return ReadSheet(table.name or "", [*_rows(table, comments)], comments)


def _rows(table: Table, comments: dict[tuple[int, int], str]) -> Iterator[list[str]]:
    """Yield the rows down to the last that says something: programs add a million empty ones."""
    before, skipped, cells, size = 0, 0, 0, 0
    for row in table.get_elements("descendant::table:table-row"):
        texts, hung = _texts(row)
        comments |= {(before + skipped, at): text for at, text in hung.items()}
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
        before += skipped + times
        skipped = 0


def _texts(row: Row | Element) -> tuple[list[str], dict[int, str]]:
    """Return what the cells of a row say, and what is hung on them, by column."""
    texts: list[str] = []
    comments: dict[int, str] = {}
    skipped, size = 0, 0
    for cell in row.get_elements("table:table-cell|table:covered-table-cell"):
        text, times = _text(cell), _times(cell, "columns")
        if comment := "\n".join(map(_inner, cell.get_elements("office:annotation/text:p"))):
            comments[len(texts) + skipped] = comment
        if not text:
            skipped += times
            continue
        size += times * len(text)
        if len(texts) + skipped + times > MOST_COLUMNS or size > LARGEST_UNPACKED:
            raise too_large()
        texts += [""] * skipped + [text] * times
        skipped = 0
    return texts, comments


def _text(cell: Cell | Element) -> str:
    paragraphs = cell.get_elements("text:p")
    if not paragraphs:
        return ""
    value = {
        name: str(cell.get_attribute(f"office:{name}") or "")
        for name in ("value-type", "value", "date-value", "boolean-value")
    }
    match value["value-type"]:
        case "float":
            return as_text(float(value["value"] or 0))
        case "date":  # shown in the order and the length that the program is set to
            with suppress(ValueError):
                return as_text(datetime.fromisoformat(value["date-value"]))
        case "boolean":
            return as_text(value["boolean-value"].lower() == "true")
    return as_text("\n".join(_inner(paragraph) for paragraph in paragraphs))


_MOST_BLANKS = 100
"""In a row: one number can ask for as many as fill the memory."""


def _inner(element: Element) -> str:
    """Return what a paragraph shows; blanks and ends of lines are elements."""
    match element.tag:
        case "text:s":
            return " " * min(int(str(element.get_attribute("text:c") or 1)), _MOST_BLANKS)
        case "text:tab":
            return "\t"
        case "text:line-break":
            return "\n"
    rest = (f"{_inner(child)}{child.tail or ''}" for child in element.children)
    return "".join((element.text or "", *rest))


def _times(element: Element, what: str) -> int:
    return max(int(str(element.get_attribute(f"table:number-{what}-repeated") or 1)), 1)
