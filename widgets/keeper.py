"""The kept page: rendered once from a snapshot of its sources, given to everybody.

A page is made again when a source changed or the day did, and kept only when it is whole.
While a new one cannot be made, the last good one stays.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import signs
from signs import hours
from signs.loading import Choice, copy_of, files_of
from signs.problems import render
from widgets.page.shell import policy_of, reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class PageUnavailableError(Exception):
    """No page can be given: none was ever whole. Its message is a French sentence."""


@dataclass(frozen=True)
class Page:
    """A whole page, ready to be sent."""

    html: bytes
    gzipped: bytes
    policy: str
    """The Content-Security-Policy."""
    digest: str
    """Of the HTML."""

    @classmethod
    def of(cls, text: str) -> Page:
        """Encode and compress a page, once."""
        html = text.encode()
        return cls(
            html,
            gzip.compress(html, 9, mtime=0),
            policy_of(text),
            hashlib.sha256(html).hexdigest()[:32],
        )


@dataclass(frozen=True)
class Snapshot:
    """The sources of one page as they were at one moment, in a folder of their own."""

    digest: str
    notebook: Path
    choice: Choice
    """The list and the school's file, as copied."""
    as_known: Callable[[str], str]
    """Gives a text the paths that the trainer knows, not those of the snapshot."""


Stamp = tuple[str, tuple[tuple[int, int, int] | None, ...]]
"""The day, and what tells cheaply whether a file changed."""


class PageKeeper:
    """Keeps one page.

    Parameters
    ----------
    notebook
        The notebook the page is made of.
    choice
        The list and the school's file it shows.
    render
        Makes the page's HTML from a snapshot; raises when the page is not whole.
    room
        A private folder for the snapshots.
    report
        Told, in French, why a new page could not be made.
    """

    def __init__(
        self,
        notebook: Path,
        choice: Choice,
        render: Callable[[Snapshot], Awaitable[str]],
        room: Path,
        report: Callable[[str], None],
    ) -> None:
        self._notebook = notebook
        self._choice = choice
        self._render = render
        self._room = room
        self._report = report
        self._page: Page | None = None
        self._made_from: Stamp | None = None
        self._refused: Stamp | None = None
        self._making: asyncio.Task[None] | None = None

    async def page(self) -> Page:
        """Return the page for what the sources say now, made first where need be.

        Requests that come together wait for one and the same rendering.

        Raises
        ------
        PageUnavailableError
            When no whole page was ever made.
        """
        while (stamp := self._stamp()) not in (self._made_from, self._refused):
            if self._making is None:
                self._making = asyncio.create_task(self._make(stamp))
                self._making.add_done_callback(self._done_making)
            # One caller who goes away must not stop the rendering the others wait for.
            await asyncio.shield(self._making)
        if self._page is None:
            raise PageUnavailableError(
                "La page ne peut pas être préparée pour le moment. Les numéros d'urgence, eux, "
                "répondent jour et nuit."
            )
        return self._page

    async def close(self, patience: float = 3) -> None:
        """End the rendering under way: by itself if it is soon over, at once otherwise."""
        if self._making is not None:
            making = self._making
            _done, pending = await asyncio.wait([making], timeout=patience)
            for task in pending:
                task.cancel()
            await asyncio.gather(making, return_exceptions=True)

    def _done_making(self, _task: asyncio.Task[None]) -> None:
        self._making = None

    async def _make(self, stamp: Stamp) -> None:
        try:
            snapshot = self._snapshot()
        except OSError as error:
            self._refuse(stamp, f"Un fichier ne peut pas être lu : {error.filename}.")
            return
        try:
            inspection = signs.inspect(*snapshot.choice)
            if inspection.sign_list is None:
                self._refuse(stamp, snapshot.as_known(render(inspection.problems)))
                return
            self._page = Page.of(await self._render_twice(snapshot))
            self._made_from, self._refused = stamp, None
        except Exception as error:
            self._refuse(stamp, f"Le carnet ne s'exécute pas jusqu'au bout : {reason(error)}")
        finally:
            shutil.rmtree(snapshot.notebook.parent, ignore_errors=True)

    async def _render_twice(self, snapshot: Snapshot) -> str:
        """Render; once more where it failed, as a kernel may have been killed meanwhile."""
        try:
            return await self._render(snapshot)
        except Exception:
            return await self._render(snapshot)

    def _refuse(self, stamp: Stamp, why: str) -> None:
        self._refused = stamp
        stays = " La dernière bonne page reste affichée." if self._page else ""
        self._report(f"La page n'a pas été refaite.{stays}\n{why}")

    def _sources(self) -> list[Path]:
        return [self._notebook, *files_of(*self._choice)]

    def _stamp(self) -> Stamp:
        return (
            datetime.now(hours.PARIS).date().isoformat(),
            tuple(_fingerprint(path) for path in self._sources()),
        )

    def _snapshot(self) -> Snapshot:
        """Copy the sources as they are; what is rendered is what was read, whole."""
        folder = Path(tempfile.mkdtemp(dir=self._room))
        notebook = Path(shutil.copy(self._notebook, folder))
        copy = copy_of(self._choice, folder)
        digest = hashlib.sha256()
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            digest.update(file.read_bytes() + b"\0")
        return Snapshot(digest.hexdigest()[:16], notebook, copy.choice, copy.as_known)


def _fingerprint(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
