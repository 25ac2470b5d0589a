"""Nobody waits for a page that is being made; what takes too long is ended."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace

import pytest

from tests.conftest import run_async
from tests.widgets.conftest import Kitchen
from widgets.server import page_cache
from widgets.server.page_cache import PageUnavailableError, Timeouts


def test_who_waits_too_long_gets_the_last_good_page_meanwhile(kitchen: Kitchen) -> None:
    kitchen.keeper.pace = Timeouts(patience=0.05)

    async def wait() -> None:
        good = await kitchen.keeper.page()
        kitchen.working.clear()
        kitchen.change("liste.toml", "2026.11", "2026.12")
        assert await kitchen.keeper.page() is good
        kitchen.working.set()
        await kitchen.keeper.follow()
        assert b"2026.12" in (await kitchen.keeper.page()).html

    run_async(wait())


def test_the_wait_is_counted_once_a_rendering_and_not_once_a_visitor(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
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
        await kitchen.keeper.page()
        kitchen.working.clear()
        kitchen.change("liste.toml", "2026.11", "2026.12")
        monkeypatch.setattr(asyncio, "wait", note)
        for later in (0, patience - 0.25, 0.25, 30):
            now += later
            given.clear()
            await kitchen.keeper.page()
            told.append(max(given))
        monkeypatch.setattr(asyncio, "wait", wait)
        await kitchen.keeper.close()

    told: list[float] = []
    run_async(visit())
    assert told == pytest.approx([patience, 0.25, 0, 0], abs=1e-6)


def test_who_has_no_page_to_be_given_does_not_wait_for_ever(kitchen: Kitchen) -> None:
    kitchen.keeper.pace = Timeouts(first=0.05)

    async def wait() -> None:
        kitchen.working.clear()
        with pytest.raises(PageUnavailableError):
            await kitchen.keeper.page()
        kitchen.working.set()
        await kitchen.keeper.follow()
        assert (await kitchen.keeper.page()).html
        assert len(kitchen.snapshots) == 1

    run_async(wait())


def test_a_rendering_that_never_ends_is_ended_and_tried_again_later_only(kitchen: Kitchen) -> None:
    kitchen.keeper.pace = Timeouts(longest=0.05, retry=0)

    async def wait() -> None:
        kitchen.working.clear()
        with pytest.raises(PageUnavailableError):
            await kitchen.keeper.page()
        assert len(kitchen.snapshots) == 2  # that of each look, none twice
        assert "après 0.05 secondes" in kitchen.said[0]
        assert list(kitchen.room.iterdir()) == []
        kitchen.keeper.pace = Timeouts()
        kitchen.working.set()
        assert (await kitchen.keeper.page()).html
        assert kitchen.keeper.health().current

    run_async(wait())


def test_a_rendering_that_is_done_again_has_the_whole_time_again(kitchen: Kitchen) -> None:
    limits: list[float | None] = []
    kitchen.failures = 1
    true = asyncio.timeout

    def note(delay: float | None) -> asyncio.Timeout:
        limits.append(delay)
        return true(delay)

    async def die() -> None:
        assert (await kitchen.keeper.page()).html
        assert limits == [Timeouts().longest] * 2

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "timeout", note)
        run_async(die())


def test_a_slow_rendering_gives_way_to_newer_sources_and_is_told_once(kitchen: Kitchen) -> None:
    kitchen.keeper.pace = Timeouts(slow=0.05, look=0.01)

    async def wait() -> None:
        kitchen.working.clear()
        following = asyncio.create_task(kitchen.keeper.follow())
        while not kitchen.said:
            await asyncio.sleep(0.01)
        assert "se prépare depuis 0.05 secondes" in kitchen.said[0]
        assert kitchen.keeper.health().making_for
        kitchen.change("liste.toml", "2026.11", "2026.12")
        while len(kitchen.snapshots) == 1:
            await asyncio.sleep(0.01)
        kitchen.working.set()
        await following
        assert b"2026.12" in (await kitchen.keeper.page()).html
        assert kitchen.keeper.health().making_for is None
        assert not [said for said in kitchen.said if "pas été refaite" in said]

    run_async(wait())


def test_closed_while_a_page_is_made_nothing_is_begun_again(kitchen: Kitchen) -> None:
    async def close() -> None:
        kitchen.working.clear()
        making = kitchen.keeper.refresh().task
        while not kitchen.snapshots:
            await asyncio.sleep(0)
        await kitchen.keeper.close()
        assert making.cancelled()
        assert len(kitchen.snapshots) == 1
        assert list(kitchen.room.iterdir()) == []
        assert not kitchen.said

    run_async(close())


def test_pages_wait_for_their_turn(kitchen: Kitchen) -> None:
    async def turns() -> None:
        kitchen.working.clear()
        async with kitchen.keeper.turns:
            making = kitchen.keeper.refresh().task
            await asyncio.wait({making}, timeout=0.2)
            assert not kitchen.snapshots
        kitchen.working.set()
        await making
        assert len(kitchen.snapshots) == 1

    run_async(turns())
