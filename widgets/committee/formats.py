"""Write and read spreadsheets in the two formats that people use: `.ods` and `.xlsx`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.committee import ods, xlsx
from widgets.committee.archive import open_archive

if TYPE_CHECKING:
    from pathlib import Path

    from widgets.committee.sheets import ReadSheet, Sheet

WRITERS = {".ods": ods.as_bytes, ".xlsx": xlsx.as_bytes}
"""By the ending of a file's name."""


def as_bytes(suffix: str, sheets: list[Sheet]) -> bytes:
    """Return sheets as the bytes of a file, by the ending of its name."""
    return WRITERS[suffix](sheets)


def read_sheets(path: Path) -> list[ReadSheet]:
    """Read the sheets of a file, in either format, whatever its name.

    Raises
    ------
    SheetError
        When it is no spreadsheet of these formats, is damaged, or would fill the memory.
    """
    archive = open_archive(path)
    return ods.read(archive) if archive.is_ods else xlsx.read(archive)
