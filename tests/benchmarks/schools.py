"""What many schools take: their site written as files, and their pages served by one process.

    uv run python -m tests.benchmarks.schools [10 100 1000 10000]

Prints two tables; every figure is of this run, on this machine, whose load is said. Requests per
second need `wrk`, or are those of one client in Python.
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
from typing import NamedTuple

import psutil

from tests.conftest import REPERES, Served, serving

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

    def used(self) -> Used:
        """Stop looking; return what was used."""
        self._stop.set()
        self._thread.join()
        return Used(sum(self._seconds.values()), self._memory)


class Exported(NamedTuple):
    """A site that was written."""

    took: float
    used: Used
    size: int


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
    return Exported(took, watch.used(), size_of(site))


class Answered(NamedTuple):
    """A server of many schools."""

    first: float
    """Seconds from its start to its first page."""
    all_made: float
    """Seconds from its start until every page was made, or as many as are kept."""
    used: Used
    rate: float
    """Pages per second, of different schools, once they are made."""
    idle: float
    """Seconds of processor per second, when nobody asks."""


def serve(folder: Path, count: int) -> Answered:
    """Serve so many schools, whose files are in the folder already; wait until all are made."""
    began = time.monotonic()
    with serving("--ecoles", str(folder / "ecoles"), cwd=folder) as server:
        watch = Watch(server.process.pid)
        while not _is_answered(server, f"/{_name(count // 2)}/"):
            time.sleep(0.01)
        first = time.monotonic() - began
        while server.health()[1]["etat"] != "à jour":
            time.sleep(0.5)
        all_made = time.monotonic() - began
        process = psutil.Process(server.process.pid)
        before = sum(process.cpu_times()[:2])
        time.sleep(SECONDS)
        idle = (sum(process.cpu_times()[:2]) - before) / SECONDS
        rate = pages_per_second(server, folder, count)
        return Answered(first, all_made, watch.used(), rate, idle)


def _name(number: int) -> str:
    return f"075{number:04}A"


def _is_answered(server: Served, path: str) -> bool:
    try:
        return server.ask(path, Accept_Encoding="gzip")[0] == http.HTTPStatus.OK
    except OSError:
        return False


def pages_per_second(server: Served, folder: Path, count: int) -> float:
    """Ask for the pages of a hundred schools in turn, compressed."""
    names = [_name(number) for number in range(0, count, max(1, count // 100))]
    if shutil.which("wrk") is None:
        return _asked_by_one(server, names)
    paths = ", ".join(f'"/{name}/"' for name in names)
    script = folder / "ecoles.lua"
    script.write_text(
        f"local paths, turn = {{ {paths} }}, 0\n"
        "request = function()\n"
        "  turn = turn % #paths + 1\n"
        '  return wrk.format("GET", paths[turn], { ["Accept-Encoding"] = "gzip" })\n'
        "end\n",
        encoding="utf-8",
    )
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script, server.url]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Non-2xx" not in ran.stdout, ran.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", ran.stdout)
    assert found is not None
    return float(found[1])


def _asked_by_one(server: Served, names: list[str]) -> float:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    end, answered = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        line.request(
            "GET", f"/{names[answered % len(names)]}/", headers={"Accept-Encoding": "gzip"}
        )
        answer = line.getresponse()
        answer.read()
        assert answer.status == http.HTTPStatus.OK
        answered += 1
    line.close()
    return answered / SECONDS


def main() -> None:
    """Measure and print."""
    counts = [int(each) for each in sys.argv[1:]] or [10, 100, 1_000, 10_000]
    cores, load = os.cpu_count(), os.getloadavg()[0]
    asking = "wrk, 16 connections" if shutil.which("wrk") else "one client in Python"
    print(f"{cores} cores, Python {sys.version.split()[0]}; load when this began: {load:.1f}\n")
    print("| schools, as files | time | processor | most memory | size of the site |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    served = []
    for count in counts:
        with tempfile.TemporaryDirectory() as temp:
            site = export(Path(temp), count)
            print(
                f"| {count:,} | {site.took:.1f} s | {site.used.processor:.1f} s "
                f"| {site.used.memory / 1e6:.0f} MB | {site.size / 1e6:.1f} MB |",
                flush=True,
            )
            served.append((count, serve(Path(temp), count)))
    columns = ("first page", "all pages made", "most memory", f"pages/s ({asking})", "idle")
    print(f"\n| schools, served | {' | '.join(columns)} |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for count, server in served:
        print(
            f"| {count:,} | {server.first:.2f} s | {server.all_made:.0f} s "
            f"| {server.used.memory / 1e6:.0f} MB | {server.rate:,.0f} | {server.idle:.1%} |"
        )


if __name__ == "__main__":
    main()
