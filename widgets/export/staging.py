"""Where a site is built: beside its place, by one command at a time, resumed after a kill."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from widgets.export.compressed import digest
from widgets.export.writer import ExportError

try:
    import fcntl
except ImportError:  # no such locks on Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_JOURNAL = ".journal"
_WORKERS = ".processus"
"""Locked by every process that writes pages here: it may outlive the command by an instant."""


class Written(NamedTuple):
    """A page that was written."""

    name: str
    """Of the page, or of the school's file."""
    path: str
    """Of its file, in the site."""
    source: str
    """Digest of the school's file; empty for a page of the list."""
    page: str
    """Digest of the page."""


class Journal:
    """What was written already: a line each, so that a kill loses one page at most."""

    def __init__(self, staging: Path, key: str) -> None:
        """Open it; what is there of other inputs is removed.

        Parameters
        ----------
        staging
            The folder the site is built in.
        key
            What the pages depend on besides the schools' files.
        """
        self._file = staging / _JOURNAL
        self.done = {each.name: each for each in self._resumed(staging, key)}
        """By name, the pages that stand."""

    def _resumed(self, staging: Path, key: str) -> list[Written]:
        lines: list[Any] = []
        with suppress(OSError):
            for line in self._file.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError):  # the last line, when it was cut
                    lines.append(json.loads(line))
        if lines[:1] != [key]:
            for inside in staging.iterdir():
                if inside.is_dir() and not inside.is_symlink():
                    shutil.rmtree(inside)
                elif inside.name != _WORKERS:
                    inside.unlink()
            self._file.write_text(f"{json.dumps(key)}\n", encoding="utf-8")
            return []
        with self._file.open("a", encoding="utf-8") as journal:
            journal.write("\n")
        noted = [Written(*line) for line in lines[1:] if isinstance(line, list)]
        return [each for each in noted if _stands(staging, each)]

    def note(self, written: Written) -> None:
        """Add a page."""
        with self._file.open("a", encoding="utf-8") as journal:
            journal.write(f"{json.dumps(written)}\n")

    def close(self) -> None:
        """Remove it: the site is whole."""
        self._file.unlink()
        with suppress(OSError):
            self._file.with_name(_WORKERS).unlink()


def _stands(staging: Path, written: Written) -> bool:
    with suppress(OSError):
        return digest((staging / written.path).read_bytes()) == written.page
    return False


@contextmanager
def staging_of(site: Path) -> Iterator[Path]:
    """Context manager: the folder in which a site is built, by nobody else meanwhile.

    Raises
    ------
    ExportError
        When another command builds that site.
    """
    staging = site.absolute().with_name(f".reperes-{site.absolute().name}-etablissements")
    staging.mkdir(exist_ok=True)
    if fcntl is None:
        yield staging
        return
    folder = os.open(staging, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ExportError(
                f"Une autre commande écrit déjà le site {site}. Attendez qu'elle ait fini."
            ) from error
        workers = os.open(staging / _WORKERS, os.O_RDWR | os.O_CREAT, 0o600)
        try:  # wait for those of a command that was killed
            fcntl.flock(workers, fcntl.LOCK_EX)
        finally:
            os.close(workers)
        yield staging
    finally:
        os.close(folder)


def lock_for_worker(staging: Path) -> None:
    """Make the next command wait until this process has ended."""
    if fcntl is not None:
        fcntl.flock(os.open(staging / _WORKERS, os.O_RDWR), fcntl.LOCK_SH)
