"""Cache of one page: rendered once from a snapshot of its sources, served to everybody.

A page is rendered again when a source or the day changes, and cached only if it is complete.
While a new one cannot be rendered, the last good one stays.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import math
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import signs
from signs.errors import ReperesError
from widgets.page.csp import policy_of
from widgets.page.shell import reason
from widgets.server.background import run_in_thread
from widgets.server.sources import UnsteadyError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from signs.model.sign_list import SignList
    from widgets.server.sources import Fingerprint, Snapshot, Sources


class PageUnavailableError(ReperesError):
    """No page can be served: none was ever rendered completely."""


@dataclass(frozen=True)
class Page:
    """A complete page, ready to send."""

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
            gzip.compress(html, 9, mtime=0),
            policy_of(text),
            hashlib.sha256(html).hexdigest()[:32],
        )

    @property
    def html(self) -> bytes:
        """The page itself; only the compressed one is kept, as nearly every browser takes it."""
        return gzip.decompress(self.gzipped)


@dataclass(frozen=True)
class Timeouts:
    """Timeouts and delays, in seconds."""

    quiet: float = 0.05
    """Without any change, before sources are read: a file may be half written."""
    patience: float = 2.0
    """To wait for a rendering, from its start, while an older page can be served."""
    first: float = 30.0
    """To wait for a rendering while no page can be served."""
    slow: float = 10.0
    """Of rendering, before it is reported, and before newer sources take precedence."""
    longest: float = 60.0
    """Of one rendering; it is cancelled then."""
    retry: float = 30.0
    """Before retrying a page that failed for another reason than its sources."""
    look: float = 0.5
    """Between two checks of a rendering in progress."""


@dataclass(frozen=True)
class Health:
    """The state of a page, for health checks; it names no folder of the machine."""

    available: bool
    """There is a page to serve."""
    current: bool
    """The page matches its sources."""
    tried: bool
    """A rendering was attempted."""
    refusal: str | None
    """Why the last rendering failed, as a French text."""
    version: str | None
    """Of the list on the page."""
    title: str | None
    """Of the list on the page."""
    making_for: float | None
    """Seconds since the rendering in progress started, if any."""


@dataclass(frozen=True)
class _CachedPage:
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
    """Fingerprint of the sources, once they are read."""

    @property
    def took(self) -> float:
        return time.monotonic() - self.began


class PageCache:
    """Renders and caches one page.

    Parameters
    ----------
    sources
        What the page is made of.
    render
        Renders a snapshot, and the list read from it, to HTML; raises when the page is incomplete.
        When cancelled, it ends at once, and so does its kernel.
    report
        Receives a French text: why a new page could not be rendered, or that it is slow.
    read
        Reads the list of a snapshot; raises `ListError` when it has an error.
    """

    timeouts = Timeouts()
    """Timeouts and delays."""

    def __init__(
        self,
        sources: Sources,
        render: Callable[[Snapshot, SignList], Awaitable[str]],
        report: Callable[[str], None],
        read: Callable[[Snapshot], SignList] | None = None,
    ) -> None:
        self._sources = sources
        self._read = read or _checked
        self._render = render
        self._report = report
        self.turns = asyncio.Semaphore()
        """Limits concurrent renderings; several caches may share it."""
        self._cached: _CachedPage | None = None
        self._refused: _Refused | None = None
        self.reported: set[str] = set()
        """What was reported since the last time that the page could be made."""
        self._making: _Making | None = None

    async def page(self) -> Page:
        """Return the page for the current sources, rendered first if needed.

        Concurrent requests share one rendering. If it takes too long, the last good page is
        returned: at once for requests that arrive after that.

        Raises
        ------
        PageUnavailableError
            When no page was ever rendered completely.
        """
        came = time.monotonic()
        # The rendering in progress may have started before this request; the next one did not.
        for _ in range(2):
            if self.is_settled():
                break
            making = self.refresh()
            until = min(came, making.began) + self.timeouts.patience
            if self._cached is None:
                until = came + self.timeouts.first
            # A cancelled request does not cancel the rendering that others await.
            await asyncio.wait({making.task}, timeout=max(0, until - time.monotonic()))
        if self._cached is None:
            raise PageUnavailableError("La page n'est pas encore prête.")
        return self._cached.page

    def refresh(self) -> _Making:
        """Start a rendering if none is in progress; return the one in progress.

        A slow one whose sources have changed meanwhile is cancelled.
        """
        making = self._making
        if making is None:
            making = _Making(asyncio.create_task(self._make()), time.monotonic())
            making.task.add_done_callback(self._done_making)
            self._making = making
        elif making.took > self.timeouts.slow and making.stamp not in {None, self._sources.stamp()}:
            making.task.cancel()
        return making

    async def follow(self) -> None:
        """Render the page again if its sources or the day changed, ahead of requests."""
        while not self.is_settled():
            await asyncio.wait({self.refresh().task}, timeout=self.timeouts.look)

    def health(self) -> Health:
        """Return the state of the page."""
        cached, refused, making = self._cached, self._refused, self._making
        return Health(
            available=cached is not None,
            current=cached is not None and cached.made_from == self._sources.stamp(),
            tried=cached is not None or refused is not None,
            refusal=None if refused is None else refused.why,
            version=None if cached is None else cached.version,
            title=None if cached is None else cached.title,
            making_for=None if making is None else making.took,
        )

    @property
    def kept(self) -> int:
        """How many bytes its page takes."""
        return 0 if self._cached is None else len(self._cached.page.gzipped)

    async def close(self) -> None:
        """Cancel the rendering in progress."""
        if self._making is not None:
            self._making.task.cancel()
            await asyncio.wait({self._making.task})

    def _done_making(self, _task: asyncio.Task[None]) -> None:
        self._making = None

    def is_settled(self) -> bool:
        """Return whether nothing is to be done: the page is current, or its sources failed."""
        stamp = self._sources.stamp()
        if self._cached is not None and self._cached.made_from == stamp:
            return True
        refused = self._refused
        return refused is not None and (
            refused.stamp == stamp and time.monotonic() < refused.retry_at
        )

    async def _make(self) -> None:
        try:
            snapshot = await self._sources.read(self.timeouts.quiet)
        except UnsteadyError as unsteady:
            self._refuse(unsteady.stamp, str(unsteady))
            return
        stamp = snapshot.stamp
        if self._making is not None:
            self._making.stamp = stamp
        try:
            async with self.turns, self._report_if_slow():
                await self._make_from(snapshot)
        except TimeoutError:
            limit = f"{self.timeouts.longest:g}"
            self._refuse(stamp, f"Le carnet s'exécute encore après {limit} secondes.")
        except UnsteadyError as unsteady:
            self._refuse(stamp, str(unsteady))
        except Exception as error:
            failed = "Le carnet ne s'exécute pas jusqu'au bout"
            self._refuse(stamp, f"{failed}.", details=f"{failed} : {reason(error)}")
        finally:
            snapshot.discard()

    @asynccontextmanager
    async def _report_if_slow(self) -> AsyncIterator[None]:
        limit, longest = self.timeouts.slow, self.timeouts.longest
        slow = asyncio.get_running_loop().call_later(
            limit,
            self._tell,
            f"Une page se prépare depuis {limit:g} secondes ; au bout de {longest:g} secondes, "
            f"cet essai sera arrêté.{self._last_page_notice}",
        )
        try:
            yield
        finally:
            slow.cancel()

    async def _make_from(self, snapshot: Snapshot) -> None:
        try:
            sign_list = await run_in_thread(self._read, snapshot)
        except signs.ListError as error:
            snapshot.check()
            problems = str(error)
            self._refuse(
                snapshot.stamp,
                snapshot.in_short(problems),
                details=snapshot.as_known(problems),
                retry=math.inf,
            )
            return
        rendered = await self._rendered(snapshot, sign_list)
        snapshot.check()
        page = await run_in_thread(Page.of, rendered)
        info = sign_list.info
        self._cached, self._refused = (
            _CachedPage(page, snapshot.stamp, info.version, info.title),
            None,
        )
        self.reported.clear()

    async def _rendered(self, snapshot: Snapshot, sign_list: SignList) -> str:
        """Render; retry once after a failure, as a kernel may have been killed meanwhile.

        Each attempt has its own timeout; one that timed out is not retried.
        """
        try:
            return await self._render_in_time(snapshot, sign_list)
        except TimeoutError:
            raise
        except Exception:
            return await self._render_in_time(snapshot, sign_list)

    async def _render_in_time(self, snapshot: Snapshot, sign_list: SignList) -> str:
        async with asyncio.timeout(self.timeouts.longest):
            return await self._render(snapshot, sign_list)

    @property
    def _last_page_notice(self) -> str:
        return " La dernière bonne page reste affichée." if self._cached else ""

    def _refuse(
        self,
        stamp: Fingerprint,
        why: str,
        *,
        details: str | None = None,
        retry: float | None = None,
    ) -> None:
        """Keep the cached page and record why; report it once, with all details."""
        already_reported = self._refused is not None and self._refused.why == why
        retry_at = time.monotonic() + (self.timeouts.retry if retry is None else retry)
        self._refused = _Refused(stamp, why, retry_at)
        if not already_reported:
            self._tell(f"La page n'a pas été refaite.{self._last_page_notice}\n{details or why}")

    def _tell(self, text: str) -> None:
        self.reported.add(text)
        self._report(text)


def _checked(snapshot: Snapshot) -> SignList:
    inspection = signs.inspect(*snapshot.choice)
    if inspection.sign_list is None:
        raise signs.ListError(inspection.problems)
    return inspection.sign_list
