"""A progress bar for long commands, on a terminal only."""

from __future__ import annotations

import sys

_WIDTH = 24


def tell_progress(done: int, total: int, what: str) -> None:
    """Redraw the bar on its line; clear the line once all is done."""
    if not sys.stderr.isatty():
        return
    filled = _WIDTH * done // total
    bar = "#" * filled + "." * (_WIDTH - filled)
    line = f"[{bar}] {done}/{total} {what}" if done < total else ""
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()
