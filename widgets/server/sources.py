"""What a page is made of: whether it changed, and a copy of it as it was at one moment."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signs.errors import ReperesError
from signs.loading.loader import Choice, files_of, take_snapshot
from widgets.runtime.build_date import today

if TYPE_CHECKING:
    from collections.abc import Callable

Fingerprint = tuple[str, tuple[tuple[int, int, int] | None, ...]]
"""The day, and what tells cheaply whether a file changed."""
_READINGS = 10
"""How many times sources that change while they are read are read again."""


class UnsteadyError(ReperesError):
    """No copy could be made: why, as a French sentence, and of which state."""

    def __init__(self, why: str, stamp: Fingerprint) -> None:
        self.stamp = stamp
        super().__init__(why)


@dataclass(frozen=True)
class Snapshot:
    """The sources of one page as they were at one moment, in a folder of their own."""

    notebook: Path
    choice: Choice
    """The list and the school's file, as copied."""
    as_known: Callable[[str], str]
    """Gives a text the paths that the trainer knows, not those of the snapshot."""
    stamp: Fingerprint
    """Of the sources at that moment."""

    @property
    def folder(self) -> Path:
        """Where it stands, alone."""
        return self.notebook.parent

    def throw_away(self) -> None:
        """Remove it from the disk."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Sources:
    """A notebook, the list it shows and the school's file.

    Parameters
    ----------
    notebook
        What the page is made of.
    choice
        The list and the school's file it shows.
    room
        A private folder for the snapshots.
    """

    def __init__(self, notebook: Path, choice: Choice, room: Path) -> None:
        self._notebook = notebook
        self._choice = choice
        self._room = room
        self._files = self._find()

    def stamp(self) -> Fingerprint:
        """Return what changes when a source or the day does; it is asked at every request.

        Which files there are depends on the heads of lists, which are among them.
        """
        return (today().isoformat(), tuple(map(_fingerprint, self._files)))

    async def read(self, quiet: float) -> Snapshot:
        """Copy the sources; what was read is whole, and of one moment.

        Parameters
        ----------
        quiet
            For how many seconds no source may have changed when it is read.

        Raises
        ------
        UnsteadyError
            When they cannot be copied, or never stop changing.
        """
        stamp = self.stamp()
        try:
            for _ in range(_READINGS):
                stamp = await self._when_quiet(quiet)
                snapshot = self._copied(stamp)
                if self.stamp() == stamp:
                    return snapshot
                snapshot.throw_away()
        except OSError as error:
            name = Path(error.filename or self._choice.folder).name
            raise UnsteadyError(
                f"Un fichier ne peut pas être lu ou copié : {name}.", stamp
            ) from error
        raise UnsteadyError("Les fichiers changent sans cesse : ils n'ont pas pu être lus.", stamp)

    def _find(self) -> list[str]:
        return [str(self._notebook), *map(str, files_of(*self._choice))]

    async def _when_quiet(self, quiet: float) -> Fingerprint:
        """Return the stamp once no source has changed for a moment (or never stops to)."""
        for _ in range(20):
            self._files = self._find()
            stamp = self.stamp()
            now = time.time_ns()
            ages = (now - mark[0] for mark in stamp[1] if mark)
            # A file dated in the future is as good as old, and hides no other.
            if not any(0 <= age < quiet * 1e9 for age in ages):
                break
            await asyncio.sleep(quiet)
        return stamp

    def _copied(self, stamp: Fingerprint) -> Snapshot:
        folder = Path(tempfile.mkdtemp(dir=self._room))
        try:
            notebook = Path(shutil.copy(self._notebook, folder))
            copy = take_snapshot(self._choice, folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Snapshot(notebook, copy.choice, copy.as_known, stamp)


def _fingerprint(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 (asked for every file at every request)
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
