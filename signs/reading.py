"""From one file of a list to its TOML content, or to why it cannot be read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from signs.explaining import explain_syntax
from signs.problems import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from signs.positions import Positions


class UnreadableError(Exception):
    """A file that cannot be read: carries the line, the message and the remedy, in French."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        self.line, self.message, self.remedy = line, message, remedy
        super().__init__(message)


@dataclass(frozen=True, eq=False)
class Document:
    """One file that was read: what it says, and where each value stands."""

    path: Path
    text: str
    content: dict[str, Any]

    def line(self, *path: str | int) -> int:
        """Return the 1-based line of a value, or of the nearest block that should hold it."""
        return self._positions.line(*path)

    @cached_property
    def _positions(self) -> Positions:
        """A file is only searched, and what searches only loaded, once something is wrong."""
        from signs.positions import Positions  # noqa: PLC0415 (a sound file needs none)

        return Positions(self.text)


def open_document(path: Path) -> Document:
    """Read a file.

    Raises
    ------
    UnreadableError
        When it cannot be read, or is not sound TOML.
    """
    text = read(path)
    return Document(path, text, parse(text))


def read(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    UnreadableError
        When it is missing, not a file, not ours to read, or not in UTF-8.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for, for ever
            raise UnreadableError(1, "Ce n'est pas un fichier.", "Mettez un fichier à sa place.")
        raw = path.read_bytes()
    except FileNotFoundError:
        near = nearest(path.name, (other.name for other in path.parent.iterdir()))
        raise UnreadableError(
            1,
            "Ce fichier manque.",
            f"« {near} » porte un nom proche : renommez-le « {path.name} »."
            if near
            else "Une liste a besoin de tous ses fichiers.",
        ) from None
    except OSError:
        raise UnreadableError(
            1, "Ce fichier ne peut pas être lu.", "Vérifiez vos droits d'accès."
        ) from None
    wrong = raw.find(0)  # no text of ours, but every other letter of UTF-16
    try:
        text = raw.decode("utf-8-sig")  # Notepad adds a mark that nobody sees
    except UnicodeDecodeError as error:
        wrong = error.start
    if wrong >= 0:
        raise UnreadableError(
            raw[:wrong].count(b"\n") + 1,
            "Ce fichier n'est pas enregistré en UTF-8.",
            "Dans votre éditeur : « Enregistrer sous », encodage UTF-8.",
        )
    return text


def parse(text: str) -> dict[str, Any]:
    """Return the tables of a text in TOML.

    Raises
    ------
    UnreadableError
        When it is not sound TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(*explain_syntax(error, text)) from None
    except (RecursionError, ValueError):  # what tomllib itself stumbles over
        raise UnreadableError(
            1,
            "Ce fichier contient un nombre ou des crochets démesurés.",
            "Reprenez une copie qui marchait.",
        ) from None
