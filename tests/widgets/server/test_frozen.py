"""Nobody waits for a page that is being made, whatever becomes of the kernel that makes it."""

from __future__ import annotations

import math
import os
import re
import signal
import time
from collections.abc import Iterator

import psutil
import pytest

from tests.conftest import PATIENCE
from tests.widgets.server.freezing import Freezable, bad_time, freezable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes that stop are POSIX's")

LONGEST = 40
"""Seconds that a rendering may take on the server of these tests; who waits for it, waits so."""
AT_ONCE = 15
"""Well below that, and far above two seconds: a busy machine takes its time."""


@pytest.fixture(scope="module")
def icy() -> Iterator[Freezable]:
    """Return a server where slow is one second."""
    with freezable(slow=1, longest=LONGEST, retry=1) as it:
        yield it


def freeze(it: Freezable) -> psutil.Process:
    """Freeze the next kernel that executes a cell; return it."""
    kernel = it.in_a_cell()
    kernel.suspend()
    return kernel


def gone(kernel: psutil.Process) -> None:
    """Wait until a kernel is no more."""
    end = time.monotonic() + PATIENCE
    while kernel.is_running() and kernel.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.extended
def test_a_kernel_frozen_within_a_cell_twice_keeps_nobody_waiting_nor_the_mended_list(
    icy: Freezable,
) -> None:
    icy.close_gate()
    frozen = []
    for label in ("Somnole en classe", "Dort en classe"):
        icy.save(label)
        frozen.append(freeze(icy))
        for _ in range(3):
            began = time.monotonic()
            assert "endort en classe" in icy.server.page()
            assert time.monotonic() - began < AT_ONCE
    status, told = icy.server.health()
    assert (status, told["etat"]) == (200, "en retard")
    end = time.monotonic() + PATIENCE
    while (icy.server.health()[1]["pages"]["/"]["se_prepare_depuis"] or 0) < 1:
        assert time.monotonic() < end
        time.sleep(0.05)
    icy.open_gate()
    icy.save("Sommeille en classe")
    icy.until_the_page_says("Sommeille en classe")
    for kernel in frozen:
        gone(kernel)
    told = icy.server.wait_until("à jour")
    assert {page["se_prepare_depuis"] for page in told["pages"].values()} == {None}


def test_killed_and_frozen_at_any_moment_under_visitors_nobody_waits(icy: Freezable) -> None:
    """A few times; `python -m tests.benchmarks.freezing` does it for as long as one likes."""
    seen = bad_time(icy, times=4, seed=7)
    assert seen.statuses == {200}
    assert max(seen.waits) < AT_ONCE


def test_told_to_end_with_a_frozen_kernel_it_leaves_nothing(icy: Freezable) -> None:
    """The last that asks for this server: it ends it."""
    icy.close_gate()
    icy.save("Rêve en classe")
    freeze(icy)
    said = icy.assert_it_leaves_nothing_when_told_to_end("SIGTERM", within=AT_ONCE)
    assert "Une page se prépare depuis 1" in said
    assert "La dernière bonne page reste affichée" in said


@pytest.mark.extended
def test_at_its_limit_a_frozen_kernel_is_ended_and_the_page_is_made_a_little_later() -> None:
    with freezable(retry=1) as it:
        began = time.monotonic()
        it.save("Bâille en classe")
        it.until_the_page_says("Bâille en classe")
        longest = 2 * math.ceil(time.monotonic() - began)  # a slow machine takes its time
        it.set_timeouts(longest=longest, retry=1)
        it.close_gate()
        it.save("Somnole en classe")
        for _ in range(2):  # no other kernel is begun within the same limit
            kernel = freeze(it)
            gone(kernel)
        told = it.server.wait_for(lambda told: told["pages"]["/"]["refus"])
        assert f"s’exécute encore après {longest}" in told["pages"]["/"]["refus"]
        it.open_gate()
        it.until_the_page_says("Somnole en classe")
        said = it.server.stop(signal.SIGTERM)
        assert (
            re.sub(r"\s+", " ", said).count("page reste affichée. Le carnet s’exécute encore") == 1
        )
