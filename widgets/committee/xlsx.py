"""Sheets in Excel's format: written with XlsxWriter, read with python-calamine."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

from widgets.committee.archive import (
    LARGEST_UNPACKED,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Archive,
    damaged,
    too_large,
)
from widgets.committee.comments import comments_of
from widgets.committee.sheets import ReadSheet, Sheet, as_text, writable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_AS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

_LINE, _HIGHEST = 15, 409
"""Points: the height of a line, and that of the highest row."""


def as_bytes(sheets: list[Sheet]) -> bytes:
    """Return sheets as a file of Excel's format."""
    file = BytesIO()
    with Workbook(file, _AS_TEXT) as book:
        plain = {"valign": "top", "text_wrap": True, "num_format": "@"}
        formats = {
            "plain": book.add_format({**plain, "bottom": 1, "bottom_color": "#c0c0c0"}),
            "to_fill": book.add_format({**plain, "bg_color": "#fff8e1", "border": 1}),
            "technical": book.add_format(
                {"valign": "top", "font_color": "#767676", "font_size": 7, "num_format": "@"}
            ),
            "head": book.add_format(
                {"valign": "top", "text_wrap": True, "bold": True, "bg_color": "#e8edf3"}
            ),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, formats)
    return file.getvalue()


def _write(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    for row in range(len(sheet.rows)):
        lines = sheet.height(row)
        page.set_row(row + int(sheet.headed), min(lines * _LINE, _HIGHEST) if lines > 1 else None)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        if sheet.headed:
            page.write_string(0, at, column.title, formats["head"])
        for index, cells in enumerate(sheet.rows):
            row, style = index + int(sheet.headed), formats[sheet.style(index, column)]
            if cells[at]:
                page.write_string(row, at, writable(cells[at]), style)
            elif style is formats["to_fill"]:
                page.write_blank(row, at, None, style)
        if column.choices and sheet.rows:
            page.data_validation(
                *(1, at, len(sheet.rows), at),
                {
                    "validate": "list",
                    "source": [*column.choices],
                    "error_type": "information",
                },
            )
    if sheet.headed:
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
    if sheet.wide:
        page.set_landscape()
        seen = sum(not column.technical for column in sheet.columns)
        page.print_area(0, 0, len(sheet.rows), seen - 1)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def read(archive: Archive) -> list[ReadSheet]:
    """Return the sheets of a file.

    Raises
    ------
    SheetError
        When it is damaged, or would fill the memory.
    """
    _check(archive)
    try:
        comments = comments_of(archive)
        book = CalamineWorkbook.from_filelike(BytesIO(archive.content))
        return [
            ReadSheet(
                name,
                [
                    [as_text(cell) for cell in row]
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
                comments.get(name, {}),
            )
            for name in book.sheet_names
        ]
    except CalamineError as error:
        raise damaged() from error


def _check(archive: Archive) -> None:
    """Raise where a few bytes would make many cells: the reader allots a rectangle at once."""
    strings = archive.parts.get("xl/sharedStrings.xml", b"")
    lengths = [len(found) for found in re.findall(rb"<si\b.*?</si>", strings, re.DOTALL)]
    written = 0
    for part in archive.parts.values():  # a sheet may be called anything
        if b"sheetData" not in part:
            continue
        if len(re.findall(rb"<(?:\w+:)?c[\s/>]", part)) > MOST_CELLS:
            raise too_large()
        for column, row in re.findall(rb"\br\s*=\s*[\"']\s*([A-Za-z]*)(\d+)", part):
            if len(row) > _DIGITS or int(row) > MOST_ROWS or _number(column.upper()) > MOST_COLUMNS:
                raise too_large()
        for index in re.findall(rb"<v>\s*(\d{1,9})\s*</v>", part):
            written += lengths[int(index)] if int(index) < len(lengths) else 0
    if written > LARGEST_UNPACKED:
        raise too_large()


_DIGITS = 7
"""Of the number of the last row that a spreadsheet program has."""


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number
