"""The entries of LevelDB: of its logs, put together again, and of its tables, unpacked."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import cramjam

_MAGIC = bytes.fromhex("57fb808b247547db")
_FOOTER = 48
_PAGE, _HEAD = 32768, 7
_FULL, _FIRST, _LAST = 1, 2, 4
_BATCH_HEAD = 12
_SNAPPY, _ZSTD = 1, 2


class Entry(NamedTuple):
    """A key, and what is kept by that name."""

    key: bytes
    value: bytes


def entries(raw: bytes, name: str) -> Iterator[Entry]:
    """Yield the entries of a file, if it is LevelDB's."""
    if raw.endswith(_MAGIC):
        with suppress(IndexError, cramjam.DecompressionError):
            yield from _of_table(raw)
    elif name.endswith(".log"):
        for record in _records(raw):
            with suppress(IndexError):  # it is no batch
                yield from _of_batch(record)


def _of_table(raw: bytes) -> Iterator[Entry]:
    _, _, at, size = _varints(raw[-_FOOTER:], 4)[0]
    for index in _of_block(_block(raw, at, size)):
        (offset, length), _ = _varints(index.value, 2)
        for key, value in _of_block(_block(raw, offset, length)):
            yield Entry(key[:-8], value)  # eight bytes say when it was written


def _block(raw: bytes, at: int, size: int) -> bytes:
    data, packing = raw[at : at + size], raw[at + size]
    if packing == _SNAPPY:
        return bytes(cramjam.snappy.decompress_raw(data))
    return bytes(cramjam.zstd.decompress(data)) if packing == _ZSTD else data


def _of_block(block: bytes) -> Iterator[Entry]:
    """Yield the entries of a block, whose keys leave out what they share with the one before."""
    at, end, key = 0, len(block) - 4 - 4 * int.from_bytes(block[-4:], "little"), b""
    while at < end:
        (shared, unshared, length), at = _varints(block, 3, at)
        key = key[:shared] + block[at : at + unshared]
        at += unshared + length
        yield Entry(key, block[at - length : at])


def _records(raw: bytes) -> Iterator[bytes]:
    """Yield the records of a log, which cuts them where its pages end."""
    at, parts = 0, b""
    while at + _HEAD <= len(raw):
        if _PAGE - at % _PAGE < _HEAD:
            at += _PAGE - at % _PAGE
            continue
        _sum, size, kind = struct.unpack_from("<LHB", raw, at)
        at += _HEAD
        parts = (b"" if kind in {_FULL, _FIRST} else parts) + raw[at : at + size]
        at += size
        if kind in {_FULL, _LAST}:
            yield parts


def _of_batch(record: bytes) -> Iterator[Entry]:
    at = _BATCH_HEAD
    while at < len(record):
        kept = record[at]
        key, at = _string(record, at + 1)
        value, at = _string(record, at) if kept else (b"", at)
        yield Entry(key, value)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    (size,), at = _varints(data, 1, at)
    return data[at : at + size], at + size


def _varints(data: bytes, count: int, at: int = 0) -> tuple[list[int], int]:
    """Return some numbers, and where what follows them begins."""
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
    return numbers, at
