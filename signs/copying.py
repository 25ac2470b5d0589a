"""The trainer's own copy of a list: made once, never the one that comes with the package."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from signs.loading.loader import DEFAULT, SHIPPED
from signs.model.entries import HEAD
from signs.text.typography import typography

PLACE = "ma-liste"
"""Where a trainer's copy stands, in the current folder, unless told otherwise."""

SCHEMA = "liste.schema.json"
"""What editors of text read, beside the shipped lists (:mod:`signs.files.json_schema` makes it)."""


class PlaceError(Exception):
    """A folder that cannot hold a trainer's list; its message is a French sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


def own_copy(folder: Path) -> bool:
    """Make sure that a folder holds a list of the trainer's own.

    The shipped list is copied there, whole or not at all, where nothing is yet.

    Returns
    -------
    bool
        Whether it has just been copied.

    Raises
    ------
    PlaceError
        When the folder is the package's own, holds something else, or cannot be written.
    """
    if folder.resolve().is_relative_to(SHIPPED.resolve()):
        raise PlaceError(
            "La liste fournie avec Repères ne se change pas sur place. Donnez un autre dossier, "
            f"par exemple --liste {PLACE} : elle y sera copiée."
        )
    if (folder / HEAD).is_file():
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlaceError(
            f"{folder} existe déjà et n'est pas une liste : il n'y a pas de {HEAD}. Donnez le "
            "dossier d'une liste, ou un dossier qui n'existe pas encore."
        )
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".reperes-") as room:
            copied = Path(room) / "liste"
            shutil.copytree(SHIPPED / DEFAULT, copied)
            _with_schema(copied)
            if folder.exists():
                folder.rmdir()  # it was empty
            copied.rename(folder)
    except OSError as error:
        raise PlaceError(
            f"{folder} ne peut pas être écrit : vérifiez la place et le droit d'y écrire, ou "
            "donnez un "
            "autre dossier avec --liste."
        ) from error
    return True


def _with_schema(copied: Path) -> None:
    """Put the schema beside the files, which name it there."""
    shutil.copy(SHIPPED / SCHEMA, copied)
    for file in copied.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        beside = text.replace(f"#:schema ../{SCHEMA}", f"#:schema ./{SCHEMA}", 1)
        file.write_text(beside, "utf-8", newline="\n")
