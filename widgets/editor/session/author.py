"""Who saves: a role or initials, asked once on each computer; it may stay empty."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import platformdirs

from signs.files.backups import plain

if TYPE_CHECKING:
    from pathlib import Path


def _file() -> Path:
    return platformdirs.user_config_path("reperes") / "qui"


def author() -> str | None:
    """Return who saves on this computer; nothing where they would not say, `None` if not asked."""
    try:
        return plain(_file().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def set_author(words: str) -> str:
    """Take note of who saves on this computer; return it as it will be written."""
    words = plain(words)
    with suppress(OSError):  # it is asked again another time
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(words, encoding="utf-8")
    return words
