"""Some bytes, and all that they hold once unpacked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

import cramjam

_GZIP, _ZSTD, _JSONLZ4 = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"mozLz40\0"
_SIMPLE_CACHE = struct.pack("<Q", 0xFCFB6D1BA7725C30)
_CACHE_HEAD = 24
_LZ4_HEAD = 12
_TOO_MUCH = 1 << 26
"""Bytes: what claims to hold more was not packed that way."""


def unpacked(raw: bytes, *, whole: bool = True, depth: int = 2) -> Iterator[bytes]:
    """Yield some bytes, and all they hold.

    Parameters
    ----------
    whole
        Whether they stand alone: what has no mark of its own, Brotli and Snappy, begins there.
    """
    yield raw
    if not depth:
        return
    for inner in (*_marked(raw), *(_unmarked(raw) if whole else ())):
        yield from unpacked(inner, depth=depth - 1)


def _marked(raw: bytes) -> Iterator[bytes]:
    for at in _all_of(raw, _GZIP):
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(raw[at:])
    for at in _all_of(raw, _ZSTD):
        unpacker = cramjam.zstd.Decompressor()
        with suppress(cramjam.DecompressionError, OSError):  # something else follows
            unpacker.decompress(raw[at:])
        yield bytes(unpacker.flush())
    if raw.startswith(_JSONLZ4):
        size = int.from_bytes(raw[8:_LZ4_HEAD], "little")
        with suppress(cramjam.DecompressionError):
            yield bytes(cramjam.lz4.decompress_block(raw[_LZ4_HEAD:], output_len=size))


def _unmarked(raw: bytes) -> Iterator[bytes]:
    body = raw
    if raw.startswith(_SIMPLE_CACHE):  # Chromium's cache: what it keeps comes after its address
        body = raw[_CACHE_HEAD + int.from_bytes(raw[12:16], "little") :]
    with suppress(cramjam.DecompressionError, OSError):
        unpacker = cramjam.brotli.Decompressor()
        unpacker.decompress(body)
        yield bytes(unpacker.finish())
    if len(raw) > 1 and _snappy_size(raw) < _TOO_MUCH:
        with suppress(cramjam.DecompressionError, OSError):
            yield bytes(cramjam.snappy.decompress_raw(raw))


def _snappy_size(raw: bytes) -> int:
    size = shift = 0
    for byte in raw[:5]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return size
    return _TOO_MUCH


def _all_of(raw: bytes, magic: bytes) -> Iterator[int]:
    at = raw.find(magic)
    while at >= 0:
        yield at
        at = raw.find(magic, at + 1)
