"""Serve from the installed wheel, here, and hold the page against the exported file.

Usage: python wheel.py REPERES PAGE (the installed command, the file it exported).
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path


def main(reperes: str, exported: Path) -> None:
    """Start the server, ask for the page, stop the server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    server = subprocess.Popen(
        [reperes, "--sans-navigateur", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        said = server.stdout.readline()
        assert address in said, said
        with urllib.request.urlopen(address) as answer:
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
