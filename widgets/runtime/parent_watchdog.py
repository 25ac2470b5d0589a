"""Run a module that ends when its parent process does.

Usage: `python -m widgets.runtime.parent_watchdog MODULE …`.

The parent holds the other end of its standard input, and writes nothing: the system closes that
end however the parent dies, even killed, and this process then ends too.
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
"""Seconds allowed for cleanup."""


def _end_with(pipe: int) -> None:
    """Send this process SIGTERM once the other end of the pipe is closed."""
    while os.read(pipe, 1024):
        pass
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(_MAIN, signal.SIGTERM)
        time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    _MAIN = get_ident()
    _pipe = os.dup(0)
    _nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(_nothing, 0)  # the program must not read from that pipe
    os.close(_nothing)
    Thread(target=_end_with, args=(_pipe,), daemon=True).start()
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
