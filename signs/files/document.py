"""Read one file of a list: its TOML content, or why it cannot be read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem, Range
from signs.diagnostics.reporter import Phrase
from signs.diagnostics.syntax_messages import explain_syntax
from signs.errors import ReperesError
from signs.files.file_names import conflicted_with, copied_from, near_name, visible
from signs.model.outlines import ANY_OUTLINE
from signs.model.sign_list import HEAD, KINDS
from signs.text.encodings import MACINTOSH, WINDOWS, one_byte_encoding
from signs.text.normalize import (
    LINE_SEPARATORS,
    as_read,
    hidden_characters,
    is_as_read,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from signs.diagnostics.problem import Key
    from signs.files.source_map import SourceMap
    from signs.model.outlines import Outline


class UnreadableError(ReperesError):
    """A file that cannot be read; carries the problem, not attached to a file yet."""

    def __init__(self, code: str, line: int = 1, **params: Any) -> None:  # noqa: ANN401
        where = Range(line, params.get("column"))
        self.problem = Problem(code, params=params, range=where)
        super().__init__(self.problem.message)


@dataclass(frozen=True, eq=False)
class Document:
    """One file as read: its content, and the location of each value; never modified."""

    path: Path
    text: str
    content: dict[str, Any]
    """As it is read: see `signs.text.normalize.as_read`."""
    outline: Outline
    """What such a file may hold."""
    hidden: tuple[tuple[Key, str], ...] = ()
    """The path of each text with a hidden character, and the text as it is written."""

    def line(self, *key: str | int) -> int:
        """Return the 1-based line of a value, or of the nearest block that should hold it."""
        return self.range(*key).line

    def range(self, *key: str | int) -> Range:
        """Return the range of a value and its key, or of the nearest block that should hold it."""
        return self._positions.range(*key) if self.text else Range()

    @cached_property
    def _positions(self) -> SourceMap:
        """Parsed, and the parser imported, only once there is a problem to locate."""
        from signs.files.source_map import SourceMap  # noqa: PLC0415 (a valid file needs none)

        return SourceMap(self.text)


def open_document(path: Path, outline: Outline) -> Document:
    """Read a file.

    Parameters
    ----------
    outline
        What such a file may hold: messages propose no other line.

    Raises
    ------
    UnreadableError
        When it cannot be read, or is not valid TOML.
    """
    return _document(path, read(path), outline)


LONGEST_TEXT = 5_000
"""Characters of one text: the longest of the shipped lists has 1,324. Bounds the time that rules
spend on one text."""
LONGEST_LINE = 20_000
"""Characters of one line of a file."""
LARGEST_FILE = 5_000_000
"""Bytes: more than thirty times the whole shipped list."""


@lru_cache(maxsize=64)  # a few lists: a server or an editor reads them again when one file changed
def _document(path: Path, text: str, outline: Outline) -> Document:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:  # before anything parses it
            raise UnreadableError(
                "oversized-line", number, length=_count(len(line)), most=_count(LONGEST_LINE)
            )
    raw = _content(text, outline)
    written = () if _is_plain(text) else tuple(texts_in(raw))
    hidden = tuple((key, each) for key, each in written if hidden_characters(each))
    document = Document(path, text, _as_read(raw) if written else raw, outline, hidden)
    for key, length in _lengths((), raw) if _may_say_more(text, LONGEST_TEXT) else ():
        if length > LONGEST_TEXT:
            raise UnreadableError(
                "oversized-text",
                document.line(*key),
                length=_count(length),
                most=_count(LONGEST_TEXT),
            )
    return document


def _is_plain(text: str) -> bool:
    """Tell whether a file has nothing to compose or to remove, escapes included."""
    return is_as_read(text) and "\\u" not in text and "\\U" not in text


def _as_read(value: Any) -> Any:  # noqa: ANN401 (whatever TOML has)
    if isinstance(value, str):
        return as_read(value)
    if isinstance(value, dict):
        return {as_read(key): _as_read(inner) for key, inner in value.items()}
    return [_as_read(inner) for inner in value] if isinstance(value, list) else value


def texts_in(value: object, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """Yield every text of a file as it was parsed, with its path."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_in(inner, (*key, name))


def _lengths(key: Key, value: object) -> Iterator[tuple[Key, int]]:
    """Yield the path and the length of every text and of every key name."""
    if isinstance(value, str):
        yield key, len(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield (*key, name), len(name)
            yield from _lengths((*key, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _lengths((*key, index), inner)


def _may_say_more(text: str, most: int) -> bool:
    """Tell whether a text of a file may be longer than that: most have no block that long."""
    return any(len(each) > most for each in _HEADINGS.split(text))


def _count(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def read(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    UnreadableError
        When it is missing, not a file, not readable by us, or not in UTF-8.
    """
    return decoded(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raise as :func:`read` does."""
    try:
        if path.exists() and not path.is_file():  # reading a pipe would block for ever
            raise UnreadableError("not-a-file")
        if (size := path.stat().st_size) > LARGEST_FILE:
            raise UnreadableError("oversized-file", size=_count(size), most=_count(LARGEST_FILE))
        return path.read_bytes()
    except FileNotFoundError:
        known = {HEAD, *(kind.file for kind in KINDS.values())}
        others = visible(path.parent) if path.parent.is_dir() else []
        raise UnreadableError(
            "missing-file",
            alike=_meant_for_this(
                path.name, [each.name for each in others if each.name not in known]
            ),
            name=path.name,
            listed=path.name in known,
        ) from None
    except OSError:
        raise UnreadableError("unreadable-file") from None


def _meant_for_this(name: str, others: list[str]) -> str | None:
    """Return the other name that somebody probably gave this file."""
    copies = (each for each in others if copied_from(each, [name]) or conflicted_with(each, [name]))
    return near_name(name, others) or next(copies, None)


def mode_of(path: Path) -> int:
    """Return the `st_mode` of a path, or 0 if it does not exist.

    From Python 3.14, `Path.is_file` and the like also return `False` without permission to look.

    Raises
    ------
    OSError
        When the path cannot be examined: too long, no permission, a disk that does not answer.
    """
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL is in no path
        return 0


def decoded(raw: bytes) -> str:
    """Decode the bytes of a file.

    Raises
    ------
    UnreadableError
        When they are not UTF-8; it names the likely encoding.
    """
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            raise UnreadableError("wrong-encoding", encoding=name)
    if raw.startswith(_PACKED):
        document = b"mimetype" in raw[:100] or b"[Content_Types]" in raw[:2000]
        raise UnreadableError("word-processor-document" if document else "zip-archive")
    for mark, what in _FORMATS.items():
        if raw.startswith(mark):
            raise UnreadableError("other-file-type", what=Phrase(what))
    zero = raw.find(0)
    if zero >= 0:
        line = raw[:zero].count(b"\n") + 1
        if raw.count(0) > len(raw) // 4:
            raise UnreadableError("wrong-encoding", line, encoding="UTF-16")
        raise UnreadableError("binary-content", line)
    try:
        return with_plain_line_ends(raw.decode("utf-8-sig"))  # Notepad adds an invisible mark
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        if _has_utf8_letters(raw):
            word = _word(raw, error.start, "utf-8")
            raise UnreadableError("damaged-character", line, word=word) from None
        name = one_byte_encoding(raw)
        word = _word(raw, error.start, name)
        encoding = {WINDOWS: "ANSI (Windows-1252)", MACINTOSH: "Mac Roman (ancien Macintosh)"}[name]
        raise UnreadableError("wrong-encoding", line, encoding=encoding, word=word) from None


_STRINGS = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\r\n]|\\.)*"', re.DOTALL)


def with_plain_line_ends(text: str) -> str:
    r"""Return a text whose lines end as TOML has them, whatever made it.

    Old systems end lines by a carriage return alone, bad transfers double it, and some programs
    write line separators, which only end a line outside quotation marks.

    Examples
    --------
    >>> with_plain_line_ends("a = 1\rb = 2\r\r\nc = 3\r\n")
    'a = 1\nb = 2\nc = 3\r\n'
    >>> with_plain_line_ends("# note\u2028a = 1")
    '# note\na = 1'
    """
    if re.search(r"\r(?!\n)", text):
        text = re.sub(r"\r{2,}\n|\r(?!\n)", "\n", text)
    if not any(mark in text for mark in LINE_SEPARATORS):
        return text
    parts, at = [], 0
    for string in _STRINGS.finditer(text):
        parts += [re.sub(f"[{LINE_SEPARATORS}]", "\n", text[at : string.start()]), string[0]]
        at = string.end()
    return "".join((*parts, re.sub(f"[{LINE_SEPARATORS}]", "\n", text[at:])))


_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x2b\x2f\x76": "UTF-7",
}
_PACKED = b"PK\x03\x04"
"""First bytes of an archive: a Word or LibreOffice document is one, whatever its extension."""
_FORMATS = {
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "old-office-document",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
}
"""What else a file may be, by its first bytes."""


def _word(raw: bytes, at: int, encoding: str) -> str:
    """Return the word around an undecodable byte, readable and shortened."""
    parts = re.search(rb"[^\s\"'=]{0,20}\Z", raw[:at]), re.match(rb"[^\s\"'=]{0,20}", raw[at:])
    return b"".join(part[0] for part in parts if part).decode(encoding, errors="replace")


def _has_utf8_letters(raw: bytes) -> bool:
    """Tell whether a file that is not valid UTF-8 has some accents encoded in it."""
    text = raw.decode("utf-8", errors="ignore")
    return any(ord(letter) > 0x7F for letter in text)  # noqa: PLR2004 (beyond ASCII)


@lru_cache(maxsize=64)
def parse(text: str) -> dict[str, Any]:
    """Return the tables of a text in TOML, as they are read: no hidden character is left.

    They are those of any other reading of the same text: nobody changes them.

    Raises
    ------
    UnreadableError
        When it is not valid TOML.
    """
    content = _content(text, ANY_OUTLINE)
    return content if _is_plain(text) else dict(_as_read(content))


def parse_or_empty(text: str) -> dict[str, Any]:
    """Return the same; no table where the text is not valid TOML."""
    try:
        return parse(text)
    except UnreadableError:
        return {}


def _content(text: str, outline: Outline) -> dict[str, Any]:
    """Return the tables of a text, as they are written.

    Raises
    ------
    UnreadableError
        When it is not valid TOML.
    """
    try:
        return _parsed(text)
    except tomllib.TOMLDecodeError as error:
        found = explain_syntax(error, text, outline)
        raise UnreadableError(found.code, found.line, column=found.column, **found.params) from None
    except (RecursionError, ValueError):  # raised by tomllib itself
        raise UnreadableError("excessive-nesting") from None


@lru_cache(maxsize=64)
def _parsed(text: str) -> dict[str, Any]:
    return (_by_block(text) if len(text) > _LONG else None) or tomllib.loads(text)


def _by_block(text: str) -> dict[str, Any] | None:
    """Return the tables of a long text, each block parsed once: one edits few of them at a time.

    What is valid by itself leaves nothing open, and so says the same before other blocks, as long
    as each block adds entries and no more. `None` where the text is to be parsed as a whole.
    """
    head, *blocks = _HEADINGS.split(text)
    added: dict[str, list[Any]] = {}
    try:
        content = tomllib.loads(head)
        for each in blocks:
            for kind, entries in _block(each).items():
                if not isinstance(entries, list):
                    return None
                added.setdefault(kind, []).extend(entries)
    except (RecursionError, ValueError):  # it is told once the whole is parsed
        return None
    return None if content.keys() & added else {**content, **added}


@lru_cache(maxsize=20_000)
def _block(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


_HEADINGS = re.compile(r"^(?=\[\[)", re.MULTILINE)
_LONG = 50_000
"""Characters from which a text is parsed by blocks: the file of a school is shorter."""
