"""Kernels frozen or killed in the midst of a cell, on a server that waits for less long."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import psutil

from signs.files.save import atomic_write
from signs.loading.loader import SHIPPED
from tests.conftest import PATIENCE
from tests.widgets.server.conftest import Home, home
from widgets.page.registry import NOTEBOOKS

_START = """
import json, sys
from pathlib import Path
from widgets.cli.main import main
from widgets.page import registry
from widgets.server import page_cache
registry.NOTEBOOKS = Path({notebooks!r})
page_cache.PageCache.timeouts = property(
    lambda cache: page_cache.Timeouts(**json.loads(Path({pace!r}).read_text("utf-8")))
)
del sys.argv[0]
main()
"""
"""The command line, with other notebooks, and timeouts that a file says at any moment."""
_GATE = """
import os, pathlib, time
gate = pathlib.Path({gate!r})
(gate / str(os.getpid())).touch()
while (gate / "closed").exists(): time.sleep(0.01)
"""
"""What every notebook does first here: say that a cell is executed, and wait where it is told."""


@dataclass
class Freezable(Home):
    """A server whose kernels can be stopped within a cell."""

    gate: Path
    list_folder: Path
    timeouts: Path
    label: str = "S'endort en classe"
    seen: set[int] = field(default_factory=set)

    def close_gate(self) -> None:
        """Let cells wait from now on."""
        (self.gate / "closed").touch()

    def open_gate(self) -> None:
        """Let cells go on, those that are not frozen."""
        (self.gate / "closed").unlink()

    def set_timeouts(self, **seconds: float) -> None:
        """Let the server have these timeouts from now on, and else those it always has."""
        atomic_write(self.timeouts, json.dumps(seconds).encode())

    def save(self, label: str) -> None:
        """Write another label in the list."""
        file = self.list_folder / "signes.toml"
        text = file.read_text(encoding="utf-8")
        assert self.label in text
        file.write_text(text.replace(self.label, label), encoding="utf-8")
        self.label = label

    def in_a_cell(self) -> psutil.Process:
        """Wait for a kernel not met before to execute a cell; return it."""
        end = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < end
            for number in {int(each.name) for each in self.gate.glob("[0-9]*")} - self.seen:
                self.seen.add(number)
                with suppress(psutil.NoSuchProcess):  # one that had done its work
                    return psutil.Process(number)
            time.sleep(0.01)

    def until_the_page_says(self, label: str) -> None:
        """Ask for the page until it has this label."""
        end = time.monotonic() + PATIENCE
        while label not in self.server.page().replace("’", "'"):
            assert time.monotonic() < end, self.server.health()
            time.sleep(0.05)


@contextmanager
def freezable(**timeouts: float) -> Iterator[Freezable]:
    """Start such a server; every page of it was made once when this returns."""
    with tempfile.TemporaryDirectory() as temp:
        folder, gate, pace = (Path(temp) / name for name in ("carnets", "gate", "timeouts.json"))
        pace.write_text(json.dumps(timeouts), encoding="utf-8")
        gate.mkdir()
        list_folder = Path(shutil.copytree(SHIPPED / "sextorsion", Path(temp) / "ma-liste"))
        shutil.copytree(NOTEBOOKS, folder)
        for file in folder.glob("*.ipynb"):
            notebook = json.loads(file.read_text(encoding="utf-8"))
            cell = next(each for each in notebook["cells"] if each["cell_type"] == "code")
            cell["source"] = [_GATE.format(gate=str(gate)), *cell["source"]]
            file.write_text(json.dumps(notebook), encoding="utf-8")
        start = _START.format(notebooks=str(folder), pace=str(pace))
        with home("--liste", str(list_folder), under=(sys.executable, "-c", start)) as at_home:
            at_home.server.wait_until("à jour")
            it = Freezable(**vars(at_home), gate=gate, list_folder=list_folder, timeouts=pace)
            it.seen |= {int(each.name) for each in gate.iterdir()}
            yield it


@dataclass(frozen=True)
class Visits:
    """What visitors saw of a bad time."""

    waits: list[float]
    """Of each visit, in seconds."""
    statuses: set[int]


def bad_time(it: Freezable, times: int, seed: int, visitors: int = 4) -> Visits:
    """Save the list, then kill or freeze a kernel at some moment; again and again.

    Visitors ask for the page all the while.
    """
    chance, over = random.Random(seed), Event()

    def visit() -> Visits:
        waits, statuses = [], set()
        while not over.is_set():
            began = time.monotonic()
            statuses.add(it.server.ask()[0])
            waits.append(time.monotonic() - began)
            over.wait(0.02)
        return Visits(waits, statuses)

    with ThreadPoolExecutor(visitors) as crowd:
        coming = [crowd.submit(visit) for _ in range(visitors)]
        try:
            for number in range(times):
                it.save(f"Signe {number} de {seed}")
                # The moment is what is tried: nothing is waited for.
                time.sleep(chance.uniform(0, 1.5))
                how = chance.choice((signal.SIGSTOP, signal.SIGKILL))
                for kernel in it.family()[1:]:
                    with suppress(OSError):
                        os.kill(kernel.pid, how)
            it.save(f"Bon signe de {seed}")
            it.until_the_page_says(it.label)
        finally:
            over.set()
        seen = [each.result() for each in coming]
    return Visits(
        [wait for each in seen for wait in each.waits],
        {status for each in seen for status in each.statuses},
    )
