"""The archive that a spreadsheet is, unpacked within bounds: nothing in it is trusted."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from widgets.committee.sheets import SheetError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 20_000_000
"""Bytes: some hundred times the sheets of the shipped list."""
LARGEST_UNPACKED = 80_000_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 400_000
"""Of what holds something: a spreadsheet program writes a million empty rows."""

_TOO_LARGE = (
    "Ce fichier est bien plus grand qu'une relecture. Donnez celui que « reperes relecture » a "
    "écrit, rempli."
)


def too_large() -> SheetError:
    """Return why a file is not read to its end."""
    return SheetError(_TOO_LARGE)


def damaged() -> SheetError:
    """Return why a file cannot be read."""
    return SheetError(
        "Ce fichier est abîmé : il ne s'ouvre pas. Rouvrez-le dans LibreOffice ou Excel, "
        "enregistrez-le de nouveau, ou redemandez-le."
    )


def protected() -> SheetError:
    """Return why a file with a password is not read."""
    return SheetError(
        "Ce fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe."
    )


@dataclass(frozen=True)
class Archive:
    """The parts of a spreadsheet, by name."""

    content: bytes
    """The file itself."""
    parts: dict[str, bytes]

    @property
    def is_ods(self) -> bool:
        """Whether it is in LibreOffice's format rather than Excel's."""
        return "content.xml" in self.parts


def open_archive(path: Path) -> Archive:
    """Unpack a file.

    Raises
    ------
    SheetError
        When it is not there, no spreadsheet, protected, damaged, or too large.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise too_large()
        content = path.read_bytes()
    except FileNotFoundError:
        raise SheetError(f"Le fichier {path} n'est pas là. Vérifiez son nom.") from None
    except OSError:
        raise SheetError(f"Le fichier {path} ne peut pas être lu. Vérifiez son nom.") from None
    if content[:4] != b"PK\x03\x04":
        raise _foreign(content)
    try:
        parts = _unpacked(content)
    except _DAMAGE as error:
        raise damaged() from error
    except RuntimeError as error:  # as `zipfile` says that it needs a password
        raise protected() from error
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise protected()
    archive = Archive(content, parts)
    if not archive.is_ods and "xl/workbook.xml" not in parts:
        raise _foreign(content)
    return archive


_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, OSError, ValueError),
)
"""What `zipfile` raises on an archive that is none to its end, in whatever way it is packed."""


def _unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive; `zipfile` reads no more of one than it declares."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise too_large()
        return {part.filename: archive.read(part) for part in parts if not part.is_dir()}


def _foreign(content: bytes) -> SheetError:
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return SheetError(
            "Ce fichier est d'un ancien format, ou protégé par un mot de passe. Enregistrez-le en "
            ".ods ou en .xlsx, sans mot de passe."
        )
    return SheetError(
        "Ce fichier n'est pas une feuille de calcul .ods ou .xlsx. Si c'en est une d'un autre "
        "format, ouvrez-la dans LibreOffice ou Excel et enregistrez-la en .ods ou en .xlsx."
    )
