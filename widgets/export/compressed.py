"""Write the files of a site, each beside the compressed forms that hosts send to browsers."""

from __future__ import annotations

import gzip
import hashlib
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, text: str) -> str:
    """Write a file, its `.gz`, and its `.br` where there is a library; return its digest."""
    data = text.encode()
    path.write_bytes(data)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    if library := brotli():
        path.with_name(f"{path.name}.br").write_bytes(import_module(library).compress(data))
    return digest(data)


@lru_cache(maxsize=1)
def brotli() -> str:
    """Return the name of the library that makes `.br` files, where there is one."""
    for name in ("brotli", "brotlicffi"):
        with suppress(ImportError):
            import_module(name)
            return name
    return ""


def digest(data: bytes) -> str:
    """Return what tells these bytes from any others."""
    return hashlib.sha256(data).hexdigest()
