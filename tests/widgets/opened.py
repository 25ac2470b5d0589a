"""A command that opens the browser, in a home of its own, with a browser that only looks."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import psutil

from tests.servers import PATIENCE, REPERES, free_port

LOOKS = """#!/bin/sh
echo "$$ $1" > "$HOME/demande.neuf"
mv "$HOME/demande.neuf" "$HOME/demande"
exec tail -f /dev/null > /dev/null 2>&1
"""
"""A browser: says what it was given, and stays."""


@dataclass
class Opened:
    """A command that has opened the browser."""

    home: Path
    """What every user of the machine may look into, as far as its files let them."""
    process: subprocess.Popen[str]
    port: int
    address: str
    """As it was printed."""
    given: str
    """As the browser was given it."""
    family: list[psutil.Process]

    @property
    def secret(self) -> str:
        """What one has to know to be let in."""
        return re.split(r"[/=]", self.address.rstrip("/"))[-1]

    @property
    def file(self) -> Path:
        """What the browser was given, a file."""
        return Path(url2pathname(urlsplit(self.given).path))

    def ask(self, path: str, told: object = None, **headers: str) -> str:
        """Return what it answers; `told` is sent, as JSON."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            body = None if told is None else json.dumps(told)
            line.request("GET" if body is None else "POST", path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
            assert answer.status < 300, text
            return text
        finally:
            line.close()

    def end(self, how: signal.Signals) -> str:
        """End it in some way; return what else it said."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=PATIENCE)[0]


@contextmanager
def opened(*arguments: str, beside: dict[str, str] | None = None) -> Iterator[Opened]:
    """Run a command of ours until it has opened the browser; all is gone afterwards.

    `beside` are files where it is run. The folder's name is short, so that kernels are spoken
    to as they are for everybody.
    """
    home = Path(tempfile.mkdtemp(prefix="r"))
    home.chmod(0o755)
    browser = home / "navigateur"
    browser.write_text(LOOKS, encoding="utf-8")
    browser.chmod(0o755)
    (home / "tmp").mkdir()
    (home / "ici").mkdir()
    for name, text in (beside or {}).items():
        (home / "ici" / name).write_text(text, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "XDG_", "IPYTHON"))}
    port = free_port()
    process = subprocess.Popen(
        [REPERES, *arguments, "--port", str(port)],
        cwd=home / "ici",
        env={**kept, "HOME": str(home), "TMPDIR": str(home / "tmp"), "BROWSER": str(browser)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    looking = 0
    try:
        assert process.stdout is not None
        said = ""
        while not (found := re.search(r"http://\S+", said)):
            line = process.stdout.readline()
            assert line, said
            said += line
        end = time.monotonic() + PATIENCE
        while not (home / "demande").exists():
            assert time.monotonic() < end
            assert process.poll() is None
        number, given = (home / "demande").read_text(encoding="utf-8").split()
        looking = int(number)
        itself = psutil.Process(process.pid)
        family = [m for m in itself.children(recursive=True) if m.pid != looking]
        yield Opened(home, process, port, found[0], given, [itself, *family])
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
        if looking:
            os.kill(looking, signal.SIGKILL)
        shutil.rmtree(home)
