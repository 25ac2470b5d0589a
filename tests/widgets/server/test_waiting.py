"""Nobody waits for a page that is being made; what takes too long is ended."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest

from tests.conftest import run_async
from tests.widgets.conftest import CacheHarness
from widgets.server import page_cache
from widgets.server.page_cache import PageUnavailableError, Timeouts


def test_who_waits_too_long_gets_the_last_good_page_meanwhile(harness: CacheHarness) -> None:
    harness.cache.timeouts = Timeouts(patience=0.05)

    async def wait() -> None:
        good = await harness.cache.page()
        harness.working.clear()
        harness.change("liste.toml", "2026.11", "2026.12")
        assert await harness.cache.page() is good
        harness.working.set()
        await harness.cache.follow()
        assert b"2026.12" in (await harness.cache.page()).html

    run_async(wait())


def test_the_wait_is_counted_once_a_rendering_and_not_once_a_visitor(
    harness: CacheHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However late they come, they wait for what is left of it, and at last for nothing."""
    given: list[float] = []
    patience = Timeouts().patience
    now = time.monotonic()
    monkeypatch.setattr(page_cache, "time", SimpleNamespace(monotonic=lambda: now))
    wait = asyncio.wait

    async def note(tasks: set[asyncio.Task[None]], timeout: float) -> object:
        given.append(timeout)
        return await wait(tasks, timeout=0)

    async def visit() -> None:
        nonlocal now
        await harness.cache.page()
        harness.working.clear()
        harness.change("liste.toml", "2026.11", "2026.12")
        monkeypatch.setattr(asyncio, "wait", note)
        for later in (0, patience - 0.25, 0.25, 30):
            now += later
            given.clear()
            await harness.cache.page()
            told.append(max(given))
        monkeypatch.setattr(asyncio, "wait", wait)
        await harness.cache.close()

    told: list[float] = []
    run_async(visit())
    assert told == pytest.approx([patience, 0.25, 0, 0], abs=1e-6)


def test_who_has_no_page_to_be_given_does_not_wait_for_ever(harness: CacheHarness) -> None:
    harness.cache.timeouts = Timeouts(first=0.05)

    async def wait() -> None:
        harness.working.clear()
        with pytest.raises(PageUnavailableError):
            await harness.cache.page()
        harness.working.set()
        await harness.cache.follow()
        assert (await harness.cache.page()).html
        assert len(harness.snapshots) == 1

    run_async(wait())


def test_a_rendering_that_never_ends_is_ended_and_tried_again_later_only(
    harness: CacheHarness,
) -> None:
    harness.cache.timeouts = Timeouts(longest=0.05, retry=0)

    async def wait() -> None:
        harness.working.clear()
        with pytest.raises(PageUnavailableError):
            await harness.cache.page()
        assert len(harness.snapshots) == 2  # that of each look, none twice
        assert "après 0.05 secondes" in harness.reported[0]
        assert list(harness.workdir.iterdir()) == []
        harness.cache.timeouts = Timeouts()
        harness.working.set()
        assert (await harness.cache.page()).html
        assert harness.cache.health().current

    run_async(wait())


def test_a_rendering_that_is_done_again_has_the_whole_time_again(harness: CacheHarness) -> None:
    limits: list[float | None] = []
    harness.failures = 1
    true = asyncio.timeout

    def note(delay: float | None) -> asyncio.Timeout:
        limits.append(delay)
        return true(delay)

    async def die() -> None:
        assert (await harness.cache.page()).html
        assert limits == [Timeouts().longest] * 2

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "timeout", note)
        run_async(die())


def test_a_slow_rendering_gives_way_to_newer_sources_and_is_told_once(
    harness: CacheHarness,
) -> None:
    harness.cache.timeouts = Timeouts(slow=0.05, look=0.01)

    async def wait() -> None:
        harness.working.clear()
        following = asyncio.create_task(harness.cache.follow())
        while not harness.reported:
            await asyncio.sleep(0.01)
        assert "se prépare depuis 0.05 secondes" in harness.reported[0]
        assert harness.cache.health().making_for
        harness.change("liste.toml", "2026.11", "2026.12")
        while len(harness.snapshots) == 1:
            await asyncio.sleep(0.01)
        harness.working.set()
        await following
        assert b"2026.12" in (await harness.cache.page()).html
        assert harness.cache.health().making_for is None
        assert not [said for said in harness.reported if "pas été refaite" in said]

    run_async(wait())


def test_closed_while_a_page_is_made_nothing_is_begun_again(harness: CacheHarness) -> None:
    async def close() -> None:
        harness.working.clear()
        making = harness.cache.refresh().task
        while not harness.snapshots:
            await asyncio.sleep(0)
        await harness.cache.close()
        assert making.cancelled()
        assert len(harness.snapshots) == 1
        assert list(harness.workdir.iterdir()) == []
        assert not harness.reported

    run_async(close())


def test_pages_wait_for_their_turn(harness: CacheHarness) -> None:
    async def turns() -> None:
        harness.working.clear()
        async with harness.cache.turns:
            making = harness.cache.refresh().task
            await asyncio.wait({making}, timeout=0.2)
            assert not harness.snapshots
        harness.working.set()
        await making
        assert len(harness.snapshots) == 1

    run_async(turns())
