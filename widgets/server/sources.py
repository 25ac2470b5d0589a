"""The source files of a page: change detection and consistent snapshots."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from signs.errors import ReperesError
from signs.loading.loader import Choice, academies_of, academy_of, files_of, take_snapshot
from widgets.runtime.build_date import today
from widgets.runtime.workdir import restore_folder

Mark = tuple[int, ...] | None
MarkOf = Callable[[str], Mark]
Fingerprint = tuple[str, tuple[Mark, ...]]
"""The day, and for each file what cheaply detects a change."""
_READINGS = 10
"""How many times to retry reading sources that change meanwhile."""


class UnsteadyError(ReperesError):
    """No consistent snapshot could be made; its message is a French sentence."""

    def __init__(self, why: str, stamp: Fingerprint) -> None:
        self.stamp = stamp
        super().__init__(why)


@dataclass(frozen=True)
class Snapshot:
    """A consistent copy of the sources of one page, in its own folder."""

    notebook: Path
    choice: Choice
    """The list and the school's file, as copied."""
    as_known: Callable[[str], str]
    """Replaces the paths of the snapshot in a text by the original ones."""
    in_short: Callable[[str], str]
    """Replaces them by what they end with: it says nothing of the machine."""
    stamp: Fingerprint
    """Of the sources at that moment."""
    files: tuple[Path, ...] = ()
    """All of its files."""

    def check(self) -> None:
        """Check that all of it is still there: temporary folders are cleaned by others.

        Raises
        ------
        UnsteadyError
            When some of it is gone: what was read of it says nothing of the sources.
        """
        if not all(each.is_file() for each in self.files):
            raise UnsteadyError("Le dossier de travail a été vidé pendant la lecture.", self.stamp)

    @property
    def folder(self) -> Path:
        """The folder of the snapshot."""
        return self.notebook.parent

    def discard(self) -> None:
        """Remove the snapshot from the disk."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Sources:
    """A notebook, the list it shows and the school's file.

    Parameters
    ----------
    notebook
        What the page is made of.
    choice
        The list and the school's file it shows.
    workdir
        A private folder for the snapshots.
    mark
        Returns what detects a change of a file; other sources may share what it remembers.
    """

    def __init__(
        self, notebook: Path, choice: Choice, workdir: Path, mark: MarkOf | None = None
    ) -> None:
        self._notebook = notebook
        self._choice = choice
        self._workdir = workdir
        self._mark = mark or mark_of
        self._files = self._find()

    def stamp(self) -> Fingerprint:
        """Return a value that changes when a source or the day does; called at every request.

        The set of files depends on the `liste.toml` of each list, which are among them.
        """
        return (today().isoformat(), tuple(map(self._mark, self._files)))

    async def read(self, quiet: float) -> Snapshot:
        """Copy the sources; the copy is complete and consistent.

        Parameters
        ----------
        quiet
            Seconds without any change that are required before reading.

        Raises
        ------
        UnsteadyError
            When they cannot be copied, or never stop changing.
        """
        stamp = self.stamp()
        try:
            for _ in range(_READINGS):
                stamp = await self._wait_until_quiet(quiet)
                snapshot = self._copy(stamp)
                if self.stamp() == stamp:
                    return snapshot
                snapshot.discard()
        except OSError as error:
            name = Path(error.filename or self._choice.folder).name
            raise UnsteadyError(
                f"Un fichier ne peut pas être lu ou copié : {name}.", stamp
            ) from error
        raise UnsteadyError("Les fichiers changent sans cesse : ils n'ont pas pu être lus.", stamp)

    def _find(self) -> list[str]:
        return [str(self._notebook), *map(str, files_of(*self._choice))]

    async def _wait_until_quiet(self, quiet: float) -> Fingerprint:
        """Wait until no source has changed for a moment, within limits; return the stamp."""
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

    def _copy(self, stamp: Fingerprint) -> Snapshot:
        restore_folder(self._workdir)
        folder = Path(tempfile.mkdtemp(dir=self._workdir))
        try:
            notebook = Path(shutil.copyfile(self._notebook, folder / self._notebook.name))
            copy = take_snapshot(self._choice, folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        files = tuple(each for each in folder.rglob("*") if each.is_file())
        return Snapshot(notebook, copy.choice, copy.as_known, copy.in_short, stamp, files)


class SchoolSources(Sources):
    """Sources of the page of one school of many; that their folder is gone is told once."""

    async def read(self, quiet: float) -> Snapshot:
        """Copy the sources, as any."""
        school = self._choice.school
        if school is not None and not school.parent.is_dir():
            raise UnsteadyError("Le dossier des établissements ne peut pas être lu.", self.stamp())
        return await super().read(quiet)


class AcademySources(Sources):
    """Sources of a page of the list that many schools share; their académie's file may come or go.

    Parameters
    ----------
    folder
        The schools' files.
    """

    def __init__(
        self,
        notebook: Path,
        choice: Choice,
        workdir: Path,
        mark: MarkOf | None = None,
        *,
        folder: Path,
    ) -> None:
        self._folder = folder
        super().__init__(notebook, choice, workdir, mark)

    def _find(self) -> list[str]:
        if self._folder.is_dir():  # else it is moved, or a share is gone for a moment
            self._choice = self._choice._replace(school=academy_of(self._folder))
        academies = (each for each in academies_of(self._folder) if each != self._choice.school)
        return [*super()._find(), *map(str, academies)]


def mark_of(path: str) -> Mark:
    """Return what cheaply detects a change of a file; `None` where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 (called for every file at every request)
    except OSError:
        return None
    # The last two: what is put in place of a file may have its date, its size and its number.
    return (
        status.st_mtime_ns,
        status.st_size,
        status.st_ino,
        status.st_dev,
        status.st_ctime_ns,
    )
