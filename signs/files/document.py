"""From one file of a list to its TOML content, or to why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from signs.diagnostics.syntax_messages import explain_syntax
from signs.errors import ReperesError
from signs.model.sign_list import HEAD, KINDS
from signs.text.normalize import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from signs.files.source_map import SourceMap


class UnreadableError(ReperesError):
    """A file that cannot be read: carries the line, the message and the remedy, in French."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        self.line, self.message, self.remedy = line, message, remedy
        super().__init__(message)


@dataclass(frozen=True, eq=False)
class Document:
    """One file that was read: what it says, and where each value stands; nobody changes it."""

    path: Path
    text: str
    content: dict[str, Any]

    def line(self, *key: str | int) -> int:
        """Return the 1-based line of a value, or of the nearest block that should hold it."""
        return self._positions.line(*key)

    @cached_property
    def _positions(self) -> SourceMap:
        """A file is only searched, and what searches only loaded, once something is wrong."""
        from signs.files.source_map import SourceMap  # noqa: PLC0415 (a sound file needs none)

        return SourceMap(self.text)


def open_document(path: Path) -> Document:
    """Read a file.

    Raises
    ------
    UnreadableError
        When it cannot be read, or is not sound TOML.
    """
    return _document(path, read(path))


LONGEST_TEXT = 5_000
"""Characters of one text: the longest of the shipped lists has 1,324. What looks at texts must
never have to look at a book."""
LONGEST_LINE = 20_000
"""Characters of one line of a file."""
LARGEST_FILE = 5_000_000
"""Bytes: more than thirty times the whole shipped list."""


@lru_cache(maxsize=64)  # a few lists: a server or an editor reads them again when one file changed
def _document(path: Path, text: str) -> Document:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:  # before anything looks for what it says
            raise UnreadableError(
                number, _too_long("Cette ligne", len(line), LONGEST_LINE), _SHORTER
            )
    document = Document(path, text, parse(text))
    for key, length in _lengths((), document.content):
        if length > LONGEST_TEXT:
            raise UnreadableError(
                document.line(*key), _too_long("Ce texte", length, LONGEST_TEXT), _SHORTER
            )
    return document


def _lengths(
    key: tuple[str | int, ...], value: object
) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Yield the length of every text, and of every name of a line, with where it stands."""
    if isinstance(value, str):
        yield key, len(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield (*key, name), len(name)
            yield from _lengths((*key, name), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _lengths((*key, place), inner)


def _too_long(what: str, length: int, most: int) -> str:
    return f"{what} a {_count(length)} caractères ; le plus long possible en a {_count(most)}."


def _count(number: int) -> str:
    return f"{number:,}".replace(",", " ")


_SHORTER = "Raccourcissez ce texte, ou faites-en plusieurs entrées."


def read(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    UnreadableError
        When it is missing, not a file, not ours to read, or not in UTF-8.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for, for ever
            raise UnreadableError(
                1,
                "Ce nom est celui d'un dossier, ou d'autre chose qu'un fichier.",
                "Mettez un fichier à sa place.",
            )
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableError(
                1,
                f"Ce fichier est trop gros : {_count(path.stat().st_size)} octets ; le plus gros "
                f"possible en a {_count(LARGEST_FILE)}.",
                _COPY,
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        known = {HEAD, *(kind.file for kind in KINDS.values())}
        others = {other.name for other in path.parent.iterdir()} if path.parent.is_dir() else set()
        near = nearest(path.name, others - known)
        raise UnreadableError(
            1,
            "Ce fichier manque.",
            f"« {near} » porte un nom proche : renommez-le « {path.name} »."
            if near
            else (
                "Remettez-le, ou reprenez-en une copie."
                if path.name in known
                else "Vérifiez le chemin."
            ),
        ) from None
    except OSError:
        raise UnreadableError(
            1, "Ce fichier ne peut pas être lu.", "Vérifiez que vous avez le droit de le lire."
        ) from None
    return decoded(raw)


def mode_of(path: Path) -> int:
    """Return what stands there and its rights, as `stat` says them; 0 where nothing stands.

    From Python 3.14, `Path.is_file` and the like answer no as well where one cannot look.

    Raises
    ------
    OSError
        When one cannot look: too long for a path, no right, a disk that does not answer.
    """
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL is in no path
        return 0


def decoded(raw: bytes) -> str:
    """Return what a file's bytes say.

    Raises
    ------
    UnreadableError
        When they are not UTF-8; it names what they seem to be.
    """
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            raise UnreadableError(1, _encoded(name), _AS)
    if raw.startswith(_PACKED):
        raise UnreadableError(1, "Ce fichier est un document de traitement de texte.", _PLAIN)
    zero = raw.find(0)
    if zero >= 0:
        half = raw.count(0) > len(raw) // 4
        raise UnreadableError(
            raw[:zero].count(b"\n") + 1,
            _encoded("UTF-16") if half else _NO_TEXT,
            _AS if half else _COPY,
        )
    try:
        return raw.decode("utf-8-sig")  # Notepad adds a mark that nobody sees
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        if _has_utf8_letters(raw):
            raise UnreadableError(
                line,
                f"Un caractère est abîmé : « {_word(raw, error.start, 'utf-8')} ».",
                "Retapez ce mot, puis enregistrez en UTF-8.",
            ) from None
        raise UnreadableError(
            line,
            f"{_encoded('ANSI (Windows-1252)')} Voyez « {_word(raw, error.start, 'cp1252')} ».",
            _AS,
        ) from None


_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x2b\x2f\x76": "UTF-7",
}
_NO_TEXT = "Ce fichier contient un caractère impossible : il est abîmé, ou n'est pas du texte."
_PACKED = b"PK\x03\x04"
"""How a Word or LibreOffice document begins, whatever its name says."""
_PLAIN = "Ouvrez-le là où il a été fait : « Enregistrer sous », texte brut, encodage UTF-8."
_AS = "Dans le Bloc-notes ou un autre éditeur de texte : « Enregistrer sous », encodage UTF-8."
_COPY = "Reprenez une copie du fichier qui marchait."


def _encoded(name: str) -> str:
    return f"Ce fichier est enregistré dans l'encodage {name}, que Repères ne lit pas."


def _word(raw: bytes, at: int, encoding: str) -> str:
    """Return the word that an odd byte stands in, as one reads it, and not too long."""
    found = re.search(rb"[^\s\"'=]{0,20}\Z", raw[:at]), re.match(rb"[^\s\"'=]{0,20}", raw[at:])
    return b"".join(each[0] for each in found if each).decode(encoding, errors="replace")


def _has_utf8_letters(raw: bytes) -> bool:
    """Tell whether a file that is not UTF-8 as a whole has accents written in it."""
    text = raw.decode("utf-8", errors="ignore")
    return any(ord(letter) > 0x7F for letter in text)  # noqa: PLR2004 (beyond ASCII)


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
            "Ce fichier contient un nombre trop long, ou trop de crochets les uns dans les autres.",
            _COPY,
        ) from None
