"""The kept page: rendered once from a snapshot of its sources, given to everybody.

A page is made again when a source changed or the day did, and kept only when it is whole.
While a new one cannot be made, the last good one stays.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import math
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import signs
from signs.loading import Choice, copy_of, files_of
from signs.problems import render
from widgets.page.shell import policy_of, reason
from widgets.today import today

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class PageUnavailableError(Exception):
    """No page can be given: none was ever whole."""


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

    notebook: Path
    choice: Choice
    """The list and the school's file, as copied."""
    as_known: Callable[[str], str]
    """Gives a text the paths that the trainer knows, not those of the snapshot."""


Stamp = tuple[str, tuple[tuple[int, int, int] | None, ...]]
"""The day, and what tells cheaply whether a file changed."""


@dataclass(frozen=True)
class Pace:
    """How long to wait for what, in seconds."""

    quiet: float = 0.05
    """No source may have changed for so long when it is read: it may be half written."""
    patience: float = 10.0
    """For a new page where there is an older one to give."""
    longest: float = 60.0
    """For a page to be made."""
    retry: float = 30.0
    """Before a page is tried again that failed for another reason than its sources."""


_READINGS = 10
"""How many times sources that change while they are read are read again."""


@dataclass(frozen=True)
class Health:
    """How a page stands, for whoever asks; it names no folder of the machine."""

    kept: bool
    """There is a page to give."""
    current: bool
    """It says what the sources say."""
    tried: bool
    """It was made, or could not be."""
    refusal: str | None
    """Why the last one could not be made, as a French text."""
    version: str | None
    """Of the list on the page."""
    title: str | None
    """Of the list on the page."""


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

    pace = Pace()
    """How long to wait for what."""

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
        self._version: str | None = None
        self._title: str | None = None
        self._made_from: Stamp | None = None
        self._refused: Stamp | None = None
        self._refusal: str | None = None
        self._retry_at = math.inf
        self._making: asyncio.Task[None] | None = None
        self._sources = self._find_sources()

    async def page(self) -> Page:
        """Return the page for what the sources say now, made first where need be.

        Requests that come together wait for one and the same rendering. Where it takes too
        long, the last good page is given meanwhile.

        Raises
        ------
        PageUnavailableError
            When no whole page was ever made.
        """
        # The rendering under way may have begun before this request came; the next one did not.
        for _ in range(2):
            if self._is_settled():
                break
            # One caller who goes away does not stop the rendering the others wait for.
            await asyncio.wait({self.refresh()}, timeout=self.pace.patience if self._page else None)
        if self._page is None:
            raise PageUnavailableError
        return self._page

    def refresh(self) -> asyncio.Task[None]:
        """Begin to make the page where need be; return the rendering under way."""
        if self._making is None:
            self._making = asyncio.create_task(self._make())
            self._making.add_done_callback(self._done_making)
        return self._making

    async def follow(self) -> None:
        """Make the page again where its sources or the day changed, before anybody asks."""
        if not self._is_settled():
            await asyncio.wait({self.refresh()})

    def health(self) -> Health:
        """Return how the page stands."""
        return Health(
            kept=self._page is not None,
            current=self._made_from == self._stamp(),
            tried=self._page is not None or self._refusal is not None,
            refusal=self._refusal,
            version=self._version,
            title=self._title,
        )

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

    def _is_settled(self) -> bool:
        """Tell whether there is nothing to make: all is as it was, or was refused as it is."""
        stamp = self._stamp()
        return stamp == self._made_from or (
            stamp == self._refused and time.monotonic() < self._retry_at
        )

    async def _make(self) -> None:
        stamp = await self._when_quiet()
        try:
            for _ in range(_READINGS):
                snapshot = self._snapshot()
                if self._stamp() == stamp:
                    break
                _throw_away(snapshot)  # what was copied may be of two moments
                stamp = await self._when_quiet()
            else:
                self._refuse(stamp, "Les fichiers changent sans cesse : ils n'ont pas pu être lus.")
                return
        except OSError as error:
            name = Path(error.filename or self._choice.folder).name
            self._refuse(stamp, f"Un fichier ne peut pas être lu ou copié : {name}.")
            return
        try:
            inspection = await asyncio.to_thread(signs.inspect, *snapshot.choice)
            if inspection.sign_list is None:
                problems = render(inspection.problems)
                folder = f"{snapshot.notebook.parent}{os.sep}"
                self._refuse(
                    stamp,
                    problems.replace(folder, ""),
                    to_us=snapshot.as_known(problems),
                    retry=math.inf,
                )
                return
            async with asyncio.timeout(self.pace.longest):
                html = await self._render_twice(snapshot)
            self._page = await asyncio.to_thread(Page.of, html)
            self._version = inspection.sign_list.info.version
            self._title = inspection.sign_list.info.title
            self._made_from, self._refused, self._refusal = stamp, None, None
        except TimeoutError:
            limit = f"{self.pace.longest:g}"
            self._refuse(stamp, f"Le carnet s'exécute encore après {limit} secondes.")
        except Exception as error:
            failed = "Le carnet ne s'exécute pas jusqu'au bout"
            self._refuse(stamp, f"{failed}.", to_us=f"{failed} : {reason(error)}")
        finally:
            _throw_away(snapshot)

    async def _render_twice(self, snapshot: Snapshot) -> str:
        """Render; once more where it failed, as a kernel may have been killed meanwhile."""
        try:
            return await self._render(snapshot)
        except Exception:
            return await self._render(snapshot)

    def _refuse(
        self, stamp: Stamp, why: str, *, to_us: str | None = None, retry: float | None = None
    ) -> None:
        """Keep what there is, and say why: to whoever asks, and with all details to us, once."""
        told = self._refusal == why
        self._refused, self._refusal = stamp, why
        self._retry_at = time.monotonic() + (self.pace.retry if retry is None else retry)
        if not told:
            stays = " La dernière bonne page reste affichée." if self._page else ""
            self._report(f"La page n'a pas été refaite.{stays}\n{to_us or why}")

    def _find_sources(self) -> list[str]:
        return [str(self._notebook), *map(str, files_of(*self._choice))]

    def _stamp(self) -> Stamp:
        """Return what changes when a source or the day does; it is asked at every request.

        Which files there are depends on the heads of lists, which are among them.
        """
        return (today().isoformat(), tuple(map(_fingerprint, self._sources)))

    async def _when_quiet(self) -> Stamp:
        """Return the stamp once no source has changed for a moment (or never stops to)."""
        for _ in range(20):
            self._sources = self._find_sources()
            stamp = self._stamp()
            newest = max(mark[0] for mark in stamp[1] if mark)
            # A file dated in the future is as good as old.
            if not 0 <= time.time_ns() - newest < self.pace.quiet * 1e9:
                break
            await asyncio.sleep(self.pace.quiet)
        return stamp

    def _snapshot(self) -> Snapshot:
        """Copy the sources as they are; what is rendered is what was read, whole."""
        folder = Path(tempfile.mkdtemp(dir=self._room))
        try:
            notebook = Path(shutil.copy(self._notebook, folder))
            copy = copy_of(self._choice, folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Snapshot(notebook, copy.choice, copy.as_known)


def _throw_away(snapshot: Snapshot) -> None:
    shutil.rmtree(snapshot.notebook.parent, ignore_errors=True)


def _fingerprint(path: str) -> tuple[int, int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 (asked for every file at every request)
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)
