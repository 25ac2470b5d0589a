"""What the console tells: each problem once, until it is mended."""

from __future__ import annotations

from tests.conftest import run_async
from tests.widgets.conftest import CacheHarness
from widgets.server.page_cache import Timeouts


def test_a_page_that_stays_slow_is_told_once_however_often_it_is_tried(
    harness: CacheHarness,
) -> None:
    harness.cache.timeouts = Timeouts(slow=0.01, longest=0.05)

    async def try_again() -> None:
        harness.working.clear()
        for _ in range(3):
            await harness.cache.refresh().task
            harness.reports.forget_resolved([harness.cache])
        assert len(harness.snapshots) == 3
        slow, stopped = harness.reported
        assert "se prépare depuis" in slow
        assert "s'exécute encore" in stopped
        harness.working.set()
        await harness.cache.refresh().task
        harness.reports.forget_resolved([harness.cache])
        harness.working.clear()
        harness.change("liste.toml", "2026.11", "2026.12")
        await harness.cache.refresh().task
        assert len(harness.reported) == 4  # again, beside the page that could be made

    run_async(try_again())
