"""Write the files of a site, each beside the compressed forms that hosts send to browsers."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

try:
    import cramjam
except ImportError:  # of an extra
    cramjam = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, text: str) -> str:
    """Write a file, its `.gz`, and its `.br` where there is a library; return its digest."""
    data = text.encode()
    path.write_bytes(data)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    if has_brotli():
        compressed = cramjam.brotli.compress(data, _SMALLEST)
        path.with_name(f"{path.name}.br").write_bytes(bytes(compressed))
    return digest(data)


_SMALLEST = 11


def has_brotli() -> bool:
    """Return whether there is the library that makes `.br` files."""
    return cramjam is not None


def digest(data: bytes) -> str:
    """Return what tells these bytes from any others."""
    return hashlib.sha256(data).hexdigest()
