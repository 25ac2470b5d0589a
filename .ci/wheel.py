"""Serve from the installed wheel, here, and hold the page against the exported file.

Usage: python wheel.py REPERES PAGE (the installed command, the file it exported).
"""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path


def main(reperes: str, exported: Path) -> None:
    """Start the server, ask for the page, stop the server."""
    server = subprocess.Popen(
        [reperes, "--sans-navigateur", "--port", "18866"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        said = server.stdout.readline()
        assert "http://127.0.0.1:18866/" in said, said
        with urllib.request.urlopen("http://127.0.0.1:18866/") as answer:
            page = answer.read().decode()
    finally:
        server.terminate()
        status = server.wait(timeout=20)
    assert status == 0 or os.name == "nt", status  # Windows ends a program without asking it
    for text in (page, exported.read_text(encoding="utf-8")):
        assert 'class="reperes-board"' in text
        assert 'value="danger-suicide"' in text
    print("The installed wheel serves and exports its page.")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
