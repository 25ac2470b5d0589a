"""What a browser wrote into its profile, decoded: every file, every record, whatever packs it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import cramjam

_GZIP, _ZSTD, _JSONLZ4 = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"mozLz40\0"
_SIMPLE_CACHE = struct.pack("<Q", 0xFCFB6D1BA7725C30)
_SQLITE = b"SQLite format 3\0"
_LEVELDB = bytes.fromhex("57fb808b247547db")
_LZ4_HEAD = 12


def found(profile: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """Return where each word is found, in UTF-8 or UTF-16; numbers in places are left out.

    A place is a file, and the table of a database.
    """
    wanted = {word: (word.encode(), word.encode("utf-16-le")) for word in words}
    places: dict[str, set[str]] = {word: set() for word in wanted}
    for file in sorted(profile.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        for table, data in _contents(file):
            for word, forms in wanted.items():
                if any(form in data for form in forms):
                    places[word].add(place(file.relative_to(profile), table))
    return places


def place(file: Path, table: str = "") -> str:
    """Return the kind of a file, whatever its number is."""
    return _NUMBER.sub("*", file.as_posix()) + (f" ({table})" if table else "")


_NUMBER = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{8,}|\d+")


def _contents(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        raw = file.read_bytes()
    except OSError:  # gone meanwhile
        return
    for data in decoded(raw):
        yield "", data
    if raw.startswith(_SQLITE):
        yield from _rows(file)


def decoded(raw: bytes, depth: int = 2) -> Iterator[bytes]:
    """Yield some bytes, and all they hold once unpacked."""
    yield raw
    if not depth:
        return
    for inner in (*_unzipped(raw), *_blocks(raw), *_bodies(raw)):
        yield from decoded(inner, depth - 1)


def _unzipped(raw: bytes) -> Iterator[bytes]:
    for at in _all_of(raw, _GZIP):
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(raw[at:])
    for at in _all_of(raw, _ZSTD):
        with suppress(cramjam.DecompressionError):
            yield bytes(cramjam.zstd.decompress(raw[at:]))
    if raw.startswith(_JSONLZ4):
        size = int.from_bytes(raw[8:_LZ4_HEAD], "little")
        with suppress(cramjam.DecompressionError):
            yield bytes(cramjam.lz4.decompress_block(raw[_LZ4_HEAD:], output_len=size))


def _all_of(raw: bytes, magic: bytes) -> Iterator[int]:
    at = raw.find(magic)
    while at >= 0:
        yield at
        at = raw.find(magic, at + 1)


def _bodies(raw: bytes) -> Iterator[bytes]:
    """Yield what Chromium's cache holds, where it may be Brotli, which has no mark of its own."""
    if not raw.startswith(_SIMPLE_CACHE):
        return
    body = raw[24 + int.from_bytes(raw[12:16], "little") :]
    with suppress(cramjam.DecompressionError, OSError):
        unpacker = cramjam.brotli.Decompressor()
        unpacker.decompress(body)
        yield bytes(unpacker.finish())


def _blocks(raw: bytes) -> Iterator[bytes]:
    """Yield the blocks of a LevelDB table, which Snappy packs."""
    if not raw.endswith(_LEVELDB):
        return
    with suppress(IndexError, cramjam.DecompressionError):
        footer = raw[-48:]
        _, _, index_at, index_size = _varints(footer, 4)
        index = _block(raw, index_at, index_size)
        yield index
        at, end = 0, len(index) - 4 - 4 * int.from_bytes(index[-4:], "little")
        while at < end:
            (_, unshared, length), start = _varints(index, 3, at), _after(index, 3, at)
            value = index[start + unshared : start + unshared + length]
            offset, size = _varints(value, 2)
            yield _block(raw, offset, size)
            at = start + unshared + length


def _block(raw: bytes, at: int, size: int) -> bytes:
    data = raw[at : at + size]
    return bytes(cramjam.snappy.decompress_raw(data)) if raw[at + size] == 1 else data


def _varints(data: bytes, count: int, at: int = 0) -> list[int]:
    numbers = []
    for _ in range(count):
        number = shift = 0
        while True:
            byte = data[at]
            at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        numbers.append(number)
    return numbers


def _after(data: bytes, count: int, at: int) -> int:
    for _ in range(count):
        while data[at] & 0x80:
            at += 1
        at += 1
    return at


def _rows(file: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every value of a database, what its journal holds included."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, folder))
        for suffix in ("-wal", "-journal"):
            beside = file.with_name(file.name + suffix)
            if beside.exists():
                shutil.copy(beside, folder)
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as database:
            database.text_factory = bytes
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in tables.fetchall():
                with suppress(sqlite3.Error):
                    for row in database.execute(f'SELECT * FROM "{name.decode()}"'):  # noqa: S608 (its own name)
                        for value in row:
                            if isinstance(value, bytes):
                                yield from ((name.decode(), data) for data in decoded(value))
