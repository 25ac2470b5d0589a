"""Spreadsheets as plain cells of text, whatever their format.

Nothing in a cell is ever a formula: what begins with « = », « + », « - » or « @ » is written,
and read, as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from signs.errors import ReperesError
from signs.text.normalize import LINE_SEPARATORS
from signs.text.typography import typography


class SheetError(ReperesError):
    """A file that cannot be read or written as a spreadsheet; its message is a French sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


class Column(NamedTuple):
    """A column of a sheet to write."""

    title: str
    width: int
    """In characters."""
    to_fill: bool = False
    choices: tuple[str, ...] = ()
    """What may be chosen in its cells."""
    technical: bool = False
    """Whether it is there for the program: small and grey."""

    @property
    def style(self) -> str:
        """The name of the style of its cells."""
        return "to_fill" if self.to_fill else "technical" if self.technical else "plain"


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: rows of cells, below the titles of its columns."""

    name: str
    columns: tuple[Column, ...]
    rows: list[list[str]]
    headed: bool = True
    """Whether the titles of the columns are written, and stay in sight."""
    wide: bool = True
    """Whether it is printed in landscape."""
    filled_rows: frozenset[int] | None = None
    """The rows with cells to fill; all of them by default."""

    def style(self, row: int, column: Column) -> str:
        """Return the name of the style of a cell."""
        fills = self.filled_rows is None or row in self.filled_rows
        return "plain" if column.to_fill and not fills else column.style

    def height(self, row: int) -> int:
        """Return how many lines a row takes: programs do not measure what they have not drawn."""
        return max(
            sum(1 + len(line) // column.width for line in cell.split("\n"))
            for column, cell in zip(self.columns, self.rows[row], strict=True)
            if not column.technical
        )


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as it was read: the text of each cell."""

    name: str
    rows: list[list[str]] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    """What people hung on cells, by row and column."""

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell; nothing where there is none."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def hung_on(self, row: int) -> list[str]:
        """Return the comments on the cells of a row, from left to right."""
        return [text for (at, _column), text in sorted(self.comments.items()) if at == row]

    def place(self, row: int, column: int) -> str:
        """Return how people name a cell: « feuille Conseils, cellule D12 »."""
        return typography(f"feuille « {self.name} », cellule {letters(column)}{row + 1}")


def letters(column: int) -> str:
    """Return the letters of a column.

    Examples
    --------
    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


LONGEST_CELL = 32_000
"""Characters: a spreadsheet takes no more in a cell."""


def as_text(value: object) -> str:
    """Return the value of a cell as somebody typed it.

    Examples
    --------
    >>> as_text(3018.0), as_text(1.5), as_text(True), as_text(None), as_text("=1+1")
    ('3018', '1,5', 'oui', '', '=1+1')
    >>> as_text(date(2026, 10, 3))
    '03/10/2026'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value) if value.is_integer() else value).replace(".", ",")
    if isinstance(value, date):
        has_hour = isinstance(value, datetime) and value.time() != time()
        return f"{value:%d/%m/%Y %H:%M}" if has_hour else f"{value:%d/%m/%Y}"
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")


def writable(text: str) -> str:
    """Return a text that XML can hold: what it cannot is left out, a line ends in one way."""
    return _UNWRITABLE.sub("", re.sub(f"\r\n|[\r{LINE_SEPARATORS}]", "\n", text))


_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
