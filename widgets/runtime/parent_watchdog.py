"""A program tied to the one that started it: it ends when that one does.

`python -m widgets.runtime.parent_watchdog MODULE …` runs one.

Whoever starts it keeps the other end of its standard input, and writes nothing: the system
closes that end however one dies, killed at once included, and what reads it then ends too.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import time
from threading import Thread, get_ident

import widgets.runtime.fast_import  # noqa: F401 (before any of Jupyter)

PATIENCE = 10.0
"""Seconds that it has to put things away."""


def _end_with(line: int) -> None:
    """End this process, as the system would ask it to, once nobody holds the line's other end."""
    while os.read(line, 1024):
        pass
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(_MAIN, signal.SIGTERM)
        time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    _MAIN = get_ident()
    _line = os.dup(0)
    _nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(_nothing, 0)  # the program is not to read from that line
    os.close(_nothing)
    Thread(target=_end_with, args=(_line,), daemon=True).start()
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
