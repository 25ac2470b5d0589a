"""Create starter files: a new list, a school's file, a trainer's copy of the shipped list."""

from __future__ import annotations

import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from signs.errors import ReperesError
from signs.files.directory import Notice
from signs.files.file_names import is_empty
from signs.files.json_schema import PARTIAL_SCHEMA, SCHEMA, as_text
from signs.files.school_file import (
    academy_text,
    differences,
    school_text,
    unlisted_departments,
)
from signs.loading.loader import ACADEMY_FILE, DEFAULT, SHIPPED, own_files
from signs.model.sign_list import HEAD
from signs.text import opening_hours
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from signs.files.directory import DirectorySchool

TEMPLATES = Path(__file__).parent / "templates"
DERIVED, STANDALONE = TEMPLATES / "layered", TEMPLATES / "standalone"
"""Templates of a list derived from the shipped one, and of a standalone list."""
ACADEMY_TEMPLATE = TEMPLATES / "academie.toml"
"""Template of an académie's file, with what a directory knows between braces."""
SCHOOL = TEMPLATES / "ecole.toml"
"""Template of a school's own file.

A JSON Schema is written beside each: `#:schema` at the head of the files refers to it.
"""


class StartError(ReperesError):
    """The list cannot be written there; its message is a French sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


def start_list(target: Path, *, standalone: bool = False, today: date | None = None) -> list[Path]:
    """Write a list to start from.

    Parameters
    ----------
    target
        A folder that does not exist yet, or is empty.
    standalone
        Whether it is standalone; by default it derives from the shipped list and contains only
        what it changes.
    today
        The day it is marked as reviewed on.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    StartError
        When the folder is not empty, or cannot be written.
    """
    try:
        if target.is_dir() and not is_empty(target):
            raise StartError(
                f"Le dossier {target} n'est pas vide : rien n'y est écrit. Donnez un autre nom."
            )
        if target.exists() and not target.is_dir():
            raise StartError(f"{target} est un fichier. Donnez le nom d'un dossier à créer.")
        target.mkdir(parents=True, exist_ok=True)
        written = _copy_files(STANDALONE if standalone else DERIVED, target)
        _date(target / HEAD, today or opening_hours.today())
        name = SCHEMA if standalone else PARTIAL_SCHEMA
        (target / name).write_text(as_text(partial=not standalone), "utf-8", newline="\n")
    except OSError as error:
        raise StartError(
            f"La liste ne peut pas être écrite dans {target} : vérifiez la place et le droit "
            "d'y écrire."
        ) from error
    return written


def _copy_files(source: Path, target: Path) -> list[Path]:
    """Copy the files of a list, without their rights: an installation may be read-only."""
    return [
        Path(shutil.copyfile(file, target / file.name)) for file in sorted(source.glob("*.toml"))
    ]


def _date(head: Path, today: date) -> None:
    """Mark the list as reviewed today, and due for review in a year."""
    text = head.read_text(encoding="utf-8")
    next_review = (today.replace(day=1) if (today.month, today.day) == (2, 29) else today).replace(
        year=today.year + 1
    )
    text = re.sub(r"(?m)^relu_le = .*$", f"relu_le = {today}", text)
    text = re.sub(r"(?m)^a_revoir_avant = .*$", f"a_revoir_avant = {next_review}", text)
    head.write_text(text, "utf-8", newline="\n")


def start_school(target: Path) -> Path:
    """Write a school's file to start from; see :func:`start_list` for what it raises."""
    if target.exists():
        raise StartError(f"{target} existe déjà : rien n'y est écrit. Donnez un autre nom.")
    try:
        (target.parent / PARTIAL_SCHEMA).write_text(as_text(partial=True), "utf-8", newline="\n")
        return Path(shutil.copyfile(SCHOOL, target))
    except OSError as error:
        raise StartError(
            f"{target} ne peut pas être écrit : vérifiez le dossier, la place et le droit d'y "
            "écrire."
        ) from error


@dataclass
class StartedSchools:
    """What was written for the schools of a directory."""

    written: list[Path] = field(default_factory=list)
    academy: Path | None = None
    """The file of their académie, where it has just been written."""
    present: int = 0
    """How many had their file already: it is left as it is."""
    notices: list[Notice] = field(default_factory=list)
    """Where such a file says otherwise than the directory, with the line of the directory."""
    unlisted: list[str] = field(default_factory=list)
    """Départements that the file of their académie, there already, does not name."""


def start_schools(
    schools: Sequence[DirectorySchool], folder: Path, directory: Path, *, alone: bool = False
) -> StartedSchools:
    """Write a file for each school that has none, named by its UAI, and one for their académie.

    Parameters
    ----------
    schools
        What the directory says of each.
    folder
        Created if needed. What is there is never changed.
    directory
        The file that they were read from.
    alone
        Whether they have no académie's file in common: none is written.

    Raises
    ------
    StartError
        When the folder cannot be written.
    """
    started = StartedSchools()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PARTIAL_SCHEMA).write_text(as_text(partial=True), "utf-8", newline="\n")
        academy = own_files(folder / "ecole.toml").academy
        if academy is None and schools and not alone:
            academy = started.academy = folder / ACADEMY_FILE
            text = academy_text(ACADEMY_TEMPLATE.read_text("utf-8"), schools)
            academy.write_text(text, "utf-8", newline="\n")
        elif academy is not None:
            with suppress(ValueError, RecursionError):  # told when it is checked
                started.unlisted = unlisted_departments(schools, academy)
        for school in schools:
            text = school_text(school, directory, under_academy=academy is not None)
            _start_one(school, folder / f"{school.uai}.toml", text, started)
    except OSError as error:
        raise StartError(
            f"Les fichiers ne peuvent pas être écrits dans {folder} : vérifiez la place et le "
            "droit d'y écrire."
        ) from error
    return started


def _start_one(school: DirectorySchool, target: Path, text: str, started: StartedSchools) -> None:
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        started.present += 1
        started.notices += _told_otherwise(school, target)
    else:
        started.written.append(target)


def _told_otherwise(school: DirectorySchool, target: Path) -> list[Notice]:
    try:
        lines = differences(school, target)
    except (OSError, ValueError, RecursionError):
        return [Notice(school.lines[0], typography(f"{target.name} ne peut pas être relu."))]
    return [
        Notice(
            school.lines[0],
            typography(f"{target.name} n'est pas changé, mais l'annuaire dit : ") + line,
        )
        for line in lines
    ]


DEFAULT_FOLDER = "ma-liste"
"""Default folder of a trainer's copy, in the current folder."""


class ListFolderError(ReperesError):
    """A folder that cannot hold a trainer's list; its message is a French sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


def ensure_copy(folder: Path) -> bool:
    """Make sure that a folder holds a list of the trainer's own.

    The shipped list is copied there atomically where there is no list yet.

    Returns
    -------
    bool
        Whether it has just been copied.

    Raises
    ------
    ListFolderError
        When the folder is the package's own, holds something else, or cannot be written.
    """
    if has_own_list(folder):
        return False
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=folder.absolute().parent, prefix=".reperes-"
        ) as staging:
            copied = Path(staging) / "liste"
            copied.mkdir()
            _copy_files(SHIPPED / DEFAULT, copied)
            _with_schema(copied)
            if folder.exists():  # it was empty, but for what systems leave
                for left in folder.iterdir():
                    left.rename(copied / left.name)
                folder.rmdir()
            copied.rename(folder)
    except OSError as error:
        raise ListFolderError(
            f"{folder} ne peut pas être écrit : vérifiez la place et le droit d'y écrire, ou "
            "donnez un autre dossier avec --liste."
        ) from error
    return True


def has_own_list(folder: Path) -> bool:
    """Return whether a folder holds a list of the trainer's own already.

    Raises
    ------
    ListFolderError
        When the folder is the package's own, or holds something else.
    """
    if folder.resolve().is_relative_to(SHIPPED.resolve()):
        raise ListFolderError(
            "La liste fournie avec Repères ne se change pas sur place. Donnez un autre dossier, "
            f"par exemple --liste {DEFAULT_FOLDER} : elle y sera copiée."
        )
    if (folder / HEAD).is_file():
        return True
    if folder.name == HEAD:
        raise ListFolderError(
            f"{folder} est un fichier d'une liste. Donnez son dossier : {folder.parent}."
        )
    if folder.exists() and not (folder.is_dir() and is_empty(folder)):
        raise ListFolderError(
            f"{folder} existe déjà et n'est pas une liste : il n'y a pas de {HEAD}. Donnez le "
            "dossier d'une liste, ou un dossier qui n'existe pas encore."
        )
    return False


def _with_schema(copied: Path) -> None:
    """Copy the schema beside the files, and have them refer to it there."""
    shutil.copyfile(SHIPPED / SCHEMA, copied / SCHEMA)
    for file in copied.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        updated = text.replace(f"#:schema ../{SCHEMA}", f"#:schema ./{SCHEMA}", 1)
        file.write_text(updated, "utf-8", newline="\n")
