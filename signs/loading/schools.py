"""The schools of a folder: one file each, whose name is the address of its page."""

from __future__ import annotations

import tomllib
import unicodedata
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from signs.errors import ReperesError
from signs.files.document import LARGEST_FILE
from signs.files.file_names import is_clutter
from signs.model.school import School
from signs.text.normalize import as_read, without_accents

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_SUFFIX = ".toml"
_LAYERS = frozenset({"academie"})
"""Files of such a folder that are no school's."""
_NAME, _TOWN = (str(School.model_fields[field].alias) for field in ("name", "town"))
_UAI = "uai"


class SchoolsError(ReperesError):
    """There is no school in that folder; its message is a French sentence with a remedy."""


class SchoolFile(NamedTuple):
    """The file of one school."""

    name: str
    """Its name without its suffix, accents composed: the address of the school's page."""
    path: Path


class SchoolSummary(NamedTuple):
    """What one finds a school by."""

    name: str
    """As in :class:`SchoolFile`: mostly its UAI."""
    title: str
    """What the school is called; the name of its file where its file does not say."""
    town: str
    uai: str
    """As its file says, in capitals; empty where it does not."""


class Folder(NamedTuple):
    """The schools of a folder, by the name of their file."""

    schools: dict[str, SchoolFile]
    refused: dict[str, str]
    """For each file that has no address, why: a French sentence."""


def key_of(name: str) -> str:
    """Return what the spellings of one address have in common: case, accents composed or not."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def schools_in(folder: Path, taken: Collection[str] = ()) -> Folder:
    """Return the schools of a folder, sorted by the name of their file.

    Parameters
    ----------
    folder
        A folder of `.toml` files; what is hidden in it, and `academie.toml`, is no school's.
    taken
        Names that are the address of something else.

    Raises
    ------
    SchoolsError
        When it is no folder that can be read, or holds no school's file.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise SchoolsError(
            f"{folder} n'est pas un dossier qui peut être lu. Donnez le dossier qui contient un "
            "fichier par établissement, comme 0750001A.toml."
        ) from error
    schools: dict[str, SchoolFile] = {}
    refused: dict[str, str] = {}
    known = dict.fromkeys(map(key_of, taken), "d'une autre page")
    for file in names:
        stem, dot, suffix = file.rpartition(".")
        if file.startswith(".") or is_clutter(file) or f"{dot}{suffix}".lower() != _SUFFIX:
            continue
        name = unicodedata.normalize("NFC", stem)
        if without_accents(key_of(name)) in _LAYERS:
            if name not in _LAYERS or suffix != _SUFFIX[1:]:
                refused[file] = (
                    "Ce fichier n'est pas lu : celui d'une académie s'appelle academie.toml, en "
                    "minuscules et sans accent. Renommez-le."
                )
            continue
        if _is_no_file(folder / file):
            refused[file] = "Ce n'est pas un fichier. Retirez-le, ou donnez-lui un autre nom."
            continue
        if other := known.get(key_of(name)):
            refused[file] = (
                f"L'adresse /{name}/ est déjà celle {other}. Donnez un autre nom à ce fichier."
            )
            continue
        known[key_of(name)] = f"de {file}"
        schools[name] = SchoolFile(name, folder / file)
    if not schools:
        raise SchoolsError(
            f"Le dossier {folder} ne contient aucun fichier d'établissement. Mettez-y un fichier "
            "par établissement, comme 0750001A.toml."
        )
    return Folder(schools, refused)


def _is_no_file(path: Path) -> bool:
    """Tell whether it is a folder, or a pipe: reading that would block for ever."""
    try:
        return not S_ISREG(path.stat().st_mode)
    except OSError:  # reported when its page is made
        return False


def summary_of(school: SchoolFile) -> SchoolSummary:
    """Return what one finds a school by; of a file that cannot be read, its name is known."""
    content: dict[str, object] = {}
    try:
        if school.path.stat().st_size <= LARGEST_FILE:
            content = tomllib.loads(school.path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):  # reported when its page is made
        pass
    title, town, uai = (_text(content.get(key)) for key in (_NAME, _TOWN, _UAI))
    return SchoolSummary(school.name, title or school.name, town, uai.upper())


def _text(value: object) -> str:
    """Return a name of a file that nobody has checked yet."""
    return as_read(value).strip()[:_LONGEST] if isinstance(value, str) else ""


_LONGEST = 200
