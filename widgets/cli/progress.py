"""How far a long command is, on a terminal and nowhere else."""

from __future__ import annotations

import sys

_WIDTH = 24


def tell_progress(done: int, total: int, what: str) -> None:
    """Draw the bar again, on one line of the terminal; the line goes away once all is done."""
    if not sys.stderr.isatty():
        return
    filled = _WIDTH * done // total
    bar = "#" * filled + "." * (_WIDTH - filled)
    line = f"[{bar}] {done}/{total} {what}" if done < total else ""
    sys.stderr.write(f"\r\x1b[K{line}")
    sys.stderr.flush()
