"""What many schools take: their site written as files, and their pages served by one process.

    uv run python -m tests.benchmarks.schools [10 100 1000 10000]

Prints two tables, a line as soon as it is known; every figure is of this run, on this machine,
whose load is said with each line. What growth is linear is told by the time and the size of each
school more than on the line above. Requests per second need `wrk`, or are those of one client in
Python. The suite does it with a few schools.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

import psutil

from tests.conftest import REPERES, Served, serving

if TYPE_CHECKING:
    from collections.abc import Callable

SCHOOL = """\
format = 1
etablissement = "{kind} numéro {number}"
commune = "Ville {town}"
genre = "{genre}"
statut = "{status}"

[[contact]]
role = "direction"
telephone = "01 99 00 {high:02} {low:02}"

[[contact]]
role = "infirmerie"
lieu = "Bâtiment {town}"

[[contact]]
role = "crip"
telephone = "01 99 00 56 78"
"""
KINDS = (("École", "ecole"), ("Collège", "college"), ("Lycée", "lycee"))
SECONDS = 5
"""Of asking."""
CONNECTIONS = 16


def write_schools(folder: Path, count: int) -> None:
    """Write the files of made-up schools."""
    folder.mkdir()
    for number in range(count):
        kind, genre = KINDS[number % 3]
        text = SCHOOL.format(
            kind=kind,
            genre=genre,
            status="prive" if number % 5 == 0 else "public",
            number=number,
            town=number % 400,
            high=number // 100 % 100,
            low=number % 100,
        )
        (folder / f"075{number:04}A.toml").write_text(text, encoding="utf-8")


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


class Used(NamedTuple):
    """What a process and those it started used."""

    processor: float
    """Seconds."""
    memory: int
    """The most that all of them had at a time, in bytes; what they share counts for each."""


class Watch:
    """Looks at a process, and at those it starts, until it is told to stop."""

    def __init__(self, process: int) -> None:
        self._process = psutil.Process(process)
        self._seconds: dict[int, float] = {}
        self._memory = 0
        self._stop = Event()
        self._thread = Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(0.1):
            memory = 0
            with suppress(psutil.Error):
                for each in (self._process, *self._process.children(recursive=True)):
                    with suppress(psutil.Error):
                        memory += each.memory_info().rss
                        times = each.cpu_times()
                        self._seconds[each.pid] = times.user + times.system
            self._memory = max(self._memory, memory)

    def seconds(self) -> float:
        """Return the processor's seconds until now."""
        return sum(tuple(self._seconds.values()))

    def used(self) -> Used:
        """Stop looking; return what was used."""
        self._stop.set()
        self._thread.join()
        return Used(self.seconds(), self._memory)


class Exported(NamedTuple):
    """A site that was written."""

    schools: int
    took: float
    used: Used
    size: int

    def line(self, before: Exported | None) -> tuple[str, ...]:
        """Return its line of the table, which compares it with the line above."""
        more = self.schools - before.schools if before else 0
        time, size = "", ""
        if before and more:
            time = f"{(self.used.processor - before.used.processor) / more * 1e3:.0f} ms"
            size = f"{(self.size - before.size) / more / 1e3:.1f} kB"
        return (
            f"{self.schools:,}",
            f"{self.took:.0f} s",
            f"{self.used.processor:.1f} s",
            time,
            f"{self.used.memory / 1e6:.0f} MB",
            f"{self.size / 1e6:.1f} MB",
            size,
        )


EXPORTED = (
    *("schools, as files", "clock", "processor", "each school more", "most memory"),
    *("size of the site", "each school more"),
)


def export(folder: Path, count: int) -> Exported:
    """Write a site of so many schools."""
    schools, site = folder / "ecoles", folder / "site"
    write_schools(schools, count)
    began = time.monotonic()
    command = [REPERES, "exporter", "--ecoles", schools, "-o", site]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Watch(process.pid)
    assert process.wait() == 0
    took = time.monotonic() - began
    return Exported(count, took, watch.used(), size_of(site))


class Reached(NamedTuple):
    """When a server came to something."""

    clock: float
    """Seconds from its start."""
    processor: float
    """Seconds that it used until then, with the kernels it started."""

    def __str__(self) -> str:
        """Return both, as the table shows them."""
        return f"{self.processor:.1f} s ({self.clock:.1f} s)"


class Crowd(NamedTuple):
    """A server whose pages are made, asked for those of different schools."""

    rate: float
    """Pages per second."""
    rate_alone: float
    """Pages per second of its processor."""
    idle: float
    """Seconds of its processor per second when nobody asks."""


class Answered(NamedTuple):
    """A server of many schools."""

    schools: int
    first: Reached
    """Its first page."""
    all_made: Reached
    """Every page was made, or as many as are kept."""
    memory: int
    crowd: Crowd

    def line(self) -> tuple[str, ...]:
        """Return its line of the table."""
        return (
            f"{self.schools:,}",
            f"{self.first}",
            f"{self.all_made}",
            f"{self.memory / 1e6:.0f} MB",
            f"{self.crowd.rate_alone:,.0f} ({self.crowd.rate:,.0f})",
            f"{self.crowd.idle:.1%}",
        )


SERVED = (
    *("schools, served", "first page: processor (clock)", "all pages made", "most memory"),
    *("pages/s of its processor (of the clock)", "idle"),
)


def serve(folder: Path, count: int) -> Answered:
    """Serve so many schools, whose files are in the folder already."""
    began = time.monotonic()
    with serving("--ecoles", str(folder / "ecoles"), cwd=folder) as server:
        return watch_server(server, folder, count, began)


def watch_server(server: Served, folder: Path, count: int, began: float) -> Answered:
    """Look at a server that just started: its first page, all of them, and a crowd."""
    watch = Watch(server.process.pid)

    def reached() -> Reached:
        return Reached(time.monotonic() - began, watch.seconds())

    try:
        while not _is_answered(server, f"{_name(count // 2)}/"):
            time.sleep(0.01)
        first = reached()
        while server.health()[1]["etat"] == "en préparation":
            time.sleep(0.5)
        all_made = reached()
        crowd = ask_for_pages(server, folder, count)
    finally:
        used = watch.used()
    return Answered(count, first, all_made, used.memory, crowd)


def ask_for_pages(server: Served, folder: Path, count: int, seconds: float = SECONDS) -> Crowd:
    """Leave a server alone for a while, then ask for its pages for as long."""
    process = psutil.Process(server.process.pid)
    idle = _busy(process, time.sleep, seconds)
    rates: list[float] = []
    busy = _busy(
        process, lambda _: rates.append(pages_per_second(server, folder, count, seconds)), seconds
    )
    return Crowd(rates[0], rates[0] / max(busy, 0.01), idle)


def _busy(process: psutil.Process, do: Callable[[float], object], seconds: float) -> float:
    """Return the seconds of processor that it uses a second meanwhile."""
    before = sum(process.cpu_times()[:2])
    do(seconds)
    return float(sum(process.cpu_times()[:2]) - before) / seconds


def _name(number: int) -> str:
    return f"075{number:04}A"


def _is_answered(server: Served, path: str) -> bool:
    try:
        address = f"/{server.base}{path}"
        return server.ask(address, Accept_Encoding="gzip")[0] == http.HTTPStatus.OK
    except OSError:
        return False


def pages_per_second(server: Served, folder: Path, count: int, seconds: float) -> float:
    """Ask for the pages of a hundred schools in turn, compressed."""
    numbers = range(0, count, max(1, count // 100))
    addresses = [f"/{server.base}{_name(number)}/" for number in numbers]
    for address in addresses:  # those beyond the pages that are kept are made now
        assert server.ask(address)[0] == http.HTTPStatus.OK
    if shutil.which("wrk") is None or seconds < 1:
        return _asked_by_one(server, addresses, seconds)
    paths = ", ".join(f'"{address}"' for address in addresses)
    script = folder / "ecoles.lua"
    script.write_text(
        f"local paths, turn = {{ {paths} }}, 0\n"
        "request = function()\n"
        "  turn = turn % #paths + 1\n"
        '  return wrk.format("GET", paths[turn], { ["Accept-Encoding"] = "gzip" })\n'
        "end\n",
        encoding="utf-8",
    )
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-s", script, server.url]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Non-2xx" not in ran.stdout, ran.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", ran.stdout)
    assert found is not None
    return float(found[1])


def _asked_by_one(server: Served, addresses: list[str], seconds: float) -> float:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    began, answered = time.monotonic(), 0
    while time.monotonic() < began + seconds:
        address = addresses[answered % len(addresses)]
        line.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        assert answer.status == http.HTTPStatus.OK
        answered += 1
    line.close()
    return answered / (time.monotonic() - began)


def _print_line(cells: tuple[str, ...]) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _print_head(titles: tuple[str, ...]) -> None:
    print()
    _print_line((*titles, "load"))
    _print_line(("---:",) * (len(titles) + 1))


def main() -> None:
    """Measure and print."""
    counts = [int(each) for each in sys.argv[1:]] or [10, 100, 1_000, 10_000]
    asking = f"wrk, {CONNECTIONS} connections" if shutil.which("wrk") else "one client in Python"
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}; pages asked by {asking}")
    with tempfile.TemporaryDirectory() as temp:
        folders = {count: Path(temp, f"{count}") for count in counts}
        _print_head(EXPORTED)
        before = None
        for count, folder in folders.items():
            folder.mkdir()
            exported = export(folder, count)
            shutil.rmtree(folder / "site")
            _print_line((*exported.line(before), f"{os.getloadavg()[0]:.1f}"))
            before = exported
        _print_head(SERVED)
        for count, folder in folders.items():
            _print_line((*serve(folder, count).line(), f"{os.getloadavg()[0]:.1f}"))


if __name__ == "__main__":
    main()
