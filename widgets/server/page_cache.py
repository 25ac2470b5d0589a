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
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import signs
from signs.diagnostics.problem import render
from signs.errors import ReperesError
from widgets.page.csp import policy_of
from widgets.page.shell import reason
from widgets.server.background import aside
from widgets.server.sources import Snapshot, Sources, UnsteadyError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from signs.loading.loader import Choice
    from widgets.server.sources import Fingerprint


class PageUnavailableError(ReperesError):
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
class Timeouts:
    """How long to wait for what, in seconds."""

    quiet: float = 0.05
    """No source may have changed for so long when it is read: it may be half written."""
    patience: float = 2.0
    """For a page that is being made, since that began, where there is an older one to give."""
    first: float = 30.0
    """For a page where there is none to give."""
    slow: float = 10.0
    """For a page to be made, before that is said, and before newer sources are made of instead."""
    longest: float = 60.0
    """For one rendering."""
    retry: float = 30.0
    """Before a page is tried again that failed for another reason than its sources."""
    look: float = 0.5
    """Between two looks at a page that is being made."""


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
    making_for: float | None
    """For how many seconds it is being made now; `None` where it is not."""


@dataclass(frozen=True)
class _Kept:
    page: Page
    made_from: Fingerprint
    version: str
    title: str


@dataclass(frozen=True)
class _Refused:
    stamp: Fingerprint
    why: str
    retry_at: float


@dataclass
class _Making:
    task: asyncio.Task[None]
    began: float
    stamp: Fingerprint | None = None
    """Of the sources it is made from, once they are read."""

    @property
    def took(self) -> float:
        return time.monotonic() - self.began


class PageCache:
    """Keeps one page.

    Parameters
    ----------
    notebook
        The notebook the page is made of.
    choice
        The list and the school's file it shows.
    render
        Makes the page's HTML from a snapshot; raises when the page is not whole. When it is
        cancelled it ends at once, and so does its kernel.
    room
        A private folder for the snapshots.
    report
        Told, in French, why a new page could not be made, or that it takes long.
    """

    pace = Timeouts()
    """How long to wait for what."""

    def __init__(
        self,
        notebook: Path,
        choice: Choice,
        render: Callable[[Snapshot], Awaitable[str]],
        room: Path,
        report: Callable[[str], None],
    ) -> None:
        self._sources = Sources(notebook, choice, room)
        self._render = render
        self._report = report
        self.turns = asyncio.Semaphore()
        """How many pages may be made at the same time; keepers may share them."""
        self._kept: _Kept | None = None
        self._refused: _Refused | None = None
        self._making: _Making | None = None

    async def page(self) -> Page:
        """Return the page for what the sources say now, made first where need be.

        Requests that come together wait for one and the same rendering. Where it takes too
        long, the last good page is given: at once to whoever comes when it already does.

        Raises
        ------
        PageUnavailableError
            When no whole page was ever made.
        """
        came = time.monotonic()
        # The rendering under way may have begun before this request came; the next one did not.
        for _ in range(2):
            if self._is_settled():
                break
            making = self.refresh()
            until = min(came, making.began) + self.pace.patience
            if self._kept is None:
                until = came + self.pace.first
            # One caller who goes away does not stop the rendering the others wait for.
            await asyncio.wait({making.task}, timeout=max(0, until - time.monotonic()))
        if self._kept is None:
            raise PageUnavailableError("La page n'est pas encore prête.")
        return self._kept.page

    def refresh(self) -> _Making:
        """Begin to make the page where need be; return the rendering under way.

        A slow one is ended where it is of no use any more, as its sources have changed.
        """
        making = self._making
        if making is None:
            making = _Making(asyncio.create_task(self._make()), time.monotonic())
            making.task.add_done_callback(self._done_making)
            self._making = making
        elif making.took > self.pace.slow and making.stamp not in {None, self._sources.stamp()}:
            making.task.cancel()
        return making

    async def follow(self) -> None:
        """Make the page again where its sources or the day changed, before anybody asks."""
        while not self._is_settled():
            await asyncio.wait({self.refresh().task}, timeout=self.pace.look)

    def health(self) -> Health:
        """Return how the page stands."""
        kept, refused, making = self._kept, self._refused, self._making
        return Health(
            kept=kept is not None,
            current=kept is not None and kept.made_from == self._sources.stamp(),
            tried=kept is not None or refused is not None,
            refusal=None if refused is None else refused.why,
            version=None if kept is None else kept.version,
            title=None if kept is None else kept.title,
            making_for=None if making is None else making.took,
        )

    async def close(self) -> None:
        """End the rendering under way."""
        if self._making is not None:
            self._making.task.cancel()
            await asyncio.wait({self._making.task})

    def _done_making(self, _task: asyncio.Task[None]) -> None:
        self._making = None

    def _is_settled(self) -> bool:
        """Tell whether there is nothing to make: all is as it was, or was refused as it is."""
        stamp = self._sources.stamp()
        if self._kept is not None and self._kept.made_from == stamp:
            return True
        refused = self._refused
        return refused is not None and (
            refused.stamp == stamp and time.monotonic() < refused.retry_at
        )

    async def _make(self) -> None:
        try:
            snapshot = await self._sources.read(self.pace.quiet)
        except UnsteadyError as unsteady:
            self._refuse(unsteady.stamp, str(unsteady))
            return
        stamp = snapshot.stamp
        if self._making is not None:
            self._making.stamp = stamp
        try:
            async with self.turns, self._slow_is_said():
                await self._make_from(snapshot)
        except TimeoutError:
            limit = f"{self.pace.longest:g}"
            self._refuse(stamp, f"Le carnet s'exécute encore après {limit} secondes.")
        except Exception as error:
            failed = "Le carnet ne s'exécute pas jusqu'au bout"
            self._refuse(stamp, f"{failed}.", to_us=f"{failed} : {reason(error)}")
        finally:
            snapshot.throw_away()

    @asynccontextmanager
    async def _slow_is_said(self) -> AsyncIterator[None]:
        limit, longest = self.pace.slow, self.pace.longest
        slow = asyncio.get_running_loop().call_later(
            limit,
            self._report,
            f"Une page se prépare depuis {limit:g} secondes ; au bout de {longest:g} secondes, "
            f"cet essai sera arrêté.{self._stays}",
        )
        try:
            yield
        finally:
            slow.cancel()

    async def _make_from(self, snapshot: Snapshot) -> None:
        inspection = await aside(signs.inspect, *snapshot.choice)
        if inspection.sign_list is None:
            problems = render(inspection.problems)
            folder = f"{snapshot.folder}{os.sep}"
            self._refuse(
                snapshot.stamp,
                problems.replace(folder, ""),
                to_us=snapshot.as_known(problems),
                retry=math.inf,
            )
            return
        page = await aside(Page.of, await self._rendered(snapshot))
        info = inspection.sign_list.info
        self._kept, self._refused = _Kept(page, snapshot.stamp, info.version, info.title), None

    async def _rendered(self, snapshot: Snapshot) -> str:
        """Render; once more where it failed, as a kernel may have been killed meanwhile.

        Each rendering has a limit of its own; one that has reached it is not done again.
        """
        try:
            return await self._render_in_time(snapshot)
        except TimeoutError:
            raise
        except Exception:
            return await self._render_in_time(snapshot)

    async def _render_in_time(self, snapshot: Snapshot) -> str:
        async with asyncio.timeout(self.pace.longest):
            return await self._render(snapshot)

    @property
    def _stays(self) -> str:
        return " La dernière bonne page reste affichée." if self._kept else ""

    def _refuse(
        self, stamp: Fingerprint, why: str, *, to_us: str | None = None, retry: float | None = None
    ) -> None:
        """Keep what there is, and say why: to whoever asks, and with all details to us, once."""
        told = self._refused is not None and self._refused.why == why
        retry_at = time.monotonic() + (self.pace.retry if retry is None else retry)
        self._refused = _Refused(stamp, why, retry_at)
        if not told:
            self._report(f"La page n'a pas été refaite.{self._stays}\n{to_us or why}")
