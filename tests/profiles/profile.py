"""What is left in a folder: where some words are, and which kinds of records there are."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import struct
import tempfile
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tests.profiles.leveldb import entries
from tests.profiles.unpacking import unpacked

_SQLITE, _SNSS = b"SQLite format 3\0", b"SNSS"
_CLEAR_SESSIONS = {b"\1", b"\3"}
"""The versions of Chromium's sessions that are not encrypted; those that are hold the same."""
_JSON = {b"{", b"["}
_BASE64 = re.compile(rb'"([A-Za-z0-9+/]{16,}={0,2})"')
_NUMBER = re.compile(
    r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|[0-9A-F]{32,}|"
    r"[0-9a-f]{8,}|\d+"
)
_UNSEEN = re.compile(r"[^\x20-\x7e]+")
_IN_CACHE = re.compile(r"(?:^|/)cache\*/(?:entries|doomed)/")
_CACHE_KEY = re.compile(rb",:https?://([^/:]+)")
_OF_MAKER = re.compile(
    r" of (?:(?:.+\.)?(?:mozilla|firefox)\.(?:com|net|org)|ciscobinary\.openh(?:264|\*)\.org)$"
)
_CODEC = re.compile(
    r"(?:\{|\.userPrefs\.)media\.gmp-[^.]+"
    r"\.last(?:InstallStart|DownloadFailed|DownloadFailReason)\}?$"
)
"""What Firefox writes of a codec that it could not download.

It looks for it 30 s after its start, unless its maker has already answered by then what it asks in
the first idle moment after 20 s: whoever ticks nothing has these too where that answer is slow.
"""
_SETTING = re.compile(rb'^user_pref\("([^"]+)"', re.MULTILINE)
_NAMING = {"type", "name", "key"}
"""Columns whose values are names of what the other columns hold."""


class Left(NamedTuple):
    """What is left in a folder."""

    words: dict[str, set[str]]
    """Where each word that was looked for is: a kind of file, or a table of a database."""
    records: set[str]
    """The kinds of files, and of what they hold: columns that are not empty, keys, settings."""

    def __or__(self, other: object) -> Left:
        """Return what one or the other left."""
        if not isinstance(other, Left):
            return NotImplemented
        words = {word: places | other.words[word] for word, places in self.words.items()}
        return Left(words, self.records | other.records)


def differences(opened: Left, ticked: Left) -> list[str]:
    """Return what only the second holds: words and where they are, kinds of records."""
    words = [
        f"« {word} » : {where}"
        for word, places in ticked.words.items()
        for where in sorted(places - opened.words[word])
    ]
    return [*words, *sorted(ticked.records - opened.records)]


def is_of_maker(record: str) -> bool:
    """Tell whether a kind of record comes of what a browser asks the sites of its maker."""
    return bool((_IN_CACHE.search(record) and _OF_MAKER.search(record)) or _CODEC.search(record))


def left_in(*folders: Path, words: Iterable[str] = ()) -> Left:
    """Return what is left in folders, whatever packs it; no file is left out.

    A word is looked for in UTF-8, in UTF-16, in Latin-1, and as addresses write it.
    """
    wanted = tuple((word, _forms(word)) for word in words)
    left = Left({word: set() for word, _ in wanted}, set())
    for folder in folders:
        for file in _files(folder):
            small: dict[str, list[bytes]] = {}
            for piece in _pieces(file, kind_of(file.relative_to(folder).as_posix())):
                left.records.update(piece.records)
                if len(piece.data) < _LARGE:
                    small.setdefault(piece.where, []).append(piece.data)
                else:
                    for word in _search_once(piece.data, wanted):
                        left.words[word].add(piece.where)
            for where, pieces in small.items():  # at once: there may be thousands
                for word in _search(b"\0\n\0".join(pieces), wanted):
                    left.words[word].add(where)
    return left


_Wanted = tuple[tuple[str, tuple[bytes, ...]], ...]
"""Words, each with its forms."""


def _search(data: bytes, wanted: _Wanted) -> frozenset[str]:
    return frozenset(word for word, forms in wanted if any(form in data for form in forms))


def _search_once(data: bytes, wanted: _Wanted) -> frozenset[str]:
    """Return the words in some bytes: what browsers bring along is the same in each profile."""
    known = _known.setdefault(wanted, {})
    digest = sha256(data).digest()
    if digest not in known:
        known[digest] = _search(data, wanted)
    return known[digest]


_LARGE = 1024
_known: dict[_Wanted, dict[bytes, frozenset[str]]] = {}


def _forms(word: str) -> tuple[bytes, ...]:
    codings = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
    forms = {word.encode(coding, "ignore") for coding in codings}
    return tuple({*forms, quote(word).encode(), json.dumps(word)[1:-1].encode()})


def _files(folder: Path) -> Iterator[Path]:
    for parent, _folders, names in os.walk(folder):
        for name in sorted(names):
            yield Path(parent, name)


def kind_of(name: str) -> str:
    """Return a name without what changes from one visit to the next."""
    return _NUMBER.sub("*", name)


class _Piece(NamedTuple):
    """Some bytes of a file, unpacked."""

    where: str
    data: bytes
    records: tuple[str, ...] = ()
    """The kinds of records they are, or hold."""


def _pieces(file: Path, name: str) -> Iterator[_Piece]:
    """Yield all that a file holds, its name included."""
    try:
        raw = file.read_bytes()
    except OSError:  # gone meanwhile, or nothing that is read
        raw = b""
    site = _cached_site(raw) if _IN_CACHE.search(name) else ""
    yield _Piece(name, os.fsencode(file), (f"{name} of {site}" if site else name,))
    for data in unpacked(raw):
        yield _Piece(name, data, tuple(f"{name} {kind}" for kind in _kinds(data)))
        if data[:1] in _JSON:
            for base64 in _BASE64.findall(data):
                yield _Piece(name, b64decode(base64[: len(base64) // 4 * 4]))
    for key, value in entries(raw, file.name):
        yield _Piece(name, key, (f"{name} [{_readable(key)}]",))
        for data in unpacked(value):
            yield _Piece(name, data)
    if raw.startswith(_SQLITE):
        yield from _of_database(file, name)


def _cached_site(entry: bytes) -> str:
    """Return whose answer an entry of Firefox's cache is; its last bytes say where the key is."""
    key = _CACHE_KEY.search(entry, int.from_bytes(entry[-4:], "big"))
    return kind_of(key[1].decode("latin-1")) if key else ""


def _of_database(file: Path, name: str) -> Iterator[_Piece]:
    for table, column, value in _cells(file):
        where = f"{name} ({table})"
        yield _Piece(where, b"", (f"{name} ({table}.{column})",))
        if isinstance(value, bytes):
            if column in _NAMING:
                yield _Piece(where, b"", (f"{name} ({table}: {_readable(value)})",))
            for data in unpacked(value):
                yield _Piece(where, data)
            if column == "key":
                with suppress(IndexError, ValueError):
                    yield _Piece(where, _of_indexed_db(value).encode())


def _readable(key: bytes) -> str:
    """Return what a key begins with: numbers and what else is packed into it come after."""
    return kind_of(_UNSEEN.split(key.decode("latin-1"))[0])[:80]


def _kinds(data: bytes) -> Iterator[str]:
    """Yield the kinds of records in what is not a database: JSON, settings, sessions."""
    if data[:1] in _JSON:
        with suppress(ValueError):
            yield from set(_paths(json.loads(data)))
    elif data.startswith(_SNSS) and data[4:5] in _CLEAR_SESSIONS:
        yield from {f"#{command}" for command in _commands(data)}
    for setting in _SETTING.findall(data):
        yield f"{{{_readable(setting)}}}"


def _paths(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, f"{path}.{kind_of(key)}")
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, f"{path}[]")
    elif value not in {"", None}:
        yield path


def _commands(data: bytes) -> Iterator[int]:
    """Yield the kind of each command of a session of Chromium."""
    at = 8
    while at + 3 <= len(data):
        size, command = struct.unpack_from("<HB", data, at)
        yield command
        at += 2 + max(size, 1)


def _cells(file: Path) -> Iterator[tuple[str, str, object]]:
    """Yield every value of a database that is there, with its table and its column."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, folder))
        for suffix in ("-wal", "-journal"):
            beside = file.with_name(file.name + suffix)
            if beside.exists():
                shutil.copy(beside, folder)
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                database.text_factory = bytes
                with suppress(sqlite3.Error):
                    rows = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (its own name)
                    columns = [each[0] for each in rows.description]
                    for row in rows:
                        for column, value in zip(columns, row, strict=True):
                            if value:
                                yield table, column, value


def _of_indexed_db(key: bytes) -> str:
    """Return a key of IndexedDB, as Firefox writes it: each character is one more than it is."""
    text, at = "", 0
    while at < len(key):
        if key[at] < _TWO_BYTES:
            text, at = text + chr(max(0, key[at] - 1)), at + 1
        else:
            text += chr(((key[at] & 0x3F) << 8 | key[at + 1]) + _TWO_BYTES - 1)
            at += 2
    return text


_TWO_BYTES = 0x80
