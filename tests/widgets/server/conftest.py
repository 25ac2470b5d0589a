"""A server in a home of its own, where all it leaves behind can be seen."""

from __future__ import annotations

import hashlib
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.conftest import PATIENCE, Served, serving

HOMES = ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
"""Wherever a program may think of writing to."""


@dataclass
class Home:
    """A folder that is home, temporary directory and working directory of one server."""

    folder: Path
    server: Served
    at_first: dict[str, str]
    """What there was in the folder before it was started."""

    def contents(self) -> dict[str, str]:
        """Return everything there is now, by its path, with what tells its content."""
        return contents(self.folder)

    def family(self) -> list[psutil.Process]:
        """Return the server's process, and those of its kernels."""
        process = psutil.Process(self.server.process.pid)
        return [process, *process.children(recursive=True)]

    def assert_it_leaves_nothing_when_told_to_end(self, how: str, within: float = PATIENCE) -> str:
        """Tell it to end; it does in so many seconds, with its kernels and files.

        Return all it said.
        """
        family = self.family()
        began = time.monotonic()
        said = self.server.stop(signal.Signals[how])
        assert time.monotonic() - began < within
        assert "Repères s’arrête." in said
        assert "Traceback" not in said
        assert self.server.process.returncode == 0, said
        assert not [member for member in family if member.is_running()]
        assert self.contents() == self.at_first
        return said


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


@contextmanager
def home(
    *arguments: str,
    under: tuple[str, ...] = (),
    files: Mapping[str, str] | None = None,
    elsewhere: str | None = None,
) -> Iterator[Home]:
    """Start a server in a home of its own, with these files where it is started.

    `elsewhere` is what it takes for its user's folders instead. The folder's name is short, so
    that kernels are spoken to as they are for everybody.
    """
    folder = Path(tempfile.mkdtemp(prefix="r"))
    try:
        for name in (*HOMES, "ici"):
            (folder / name).mkdir()
        for name, text in (files or {}).items():
            (folder / "ici" / name).write_text(text, encoding="utf-8")
        env = {name: elsewhere or str(folder / name) for name in HOMES}
        env |= {"TMPDIR": str(folder), "PYTHONWARNINGS": "error"}  # and warnings end nothing
        at_first = contents(folder)
        with serving(*arguments, cwd=folder / "ici", under=under, env=env) as server:
            yield Home(folder, server, at_first)
    finally:
        shutil.rmtree(folder)
