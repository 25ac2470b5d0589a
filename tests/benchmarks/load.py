"""What one process bears: pages per second, a class arriving at once, a changed list, memory.

Run it with `uv run python -m tests.benchmarks.load`; it prints a table and asserts nothing.
Pages per second need `wrk`; a numeral after the command is how many visits memory is measured
over (100000 by default).
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
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psutil

from signs.loading.loader import SHIPPED
from tests.conftest import Served, serving

ARRIVALS = 30
SECONDS = 10


def pages_per_second(server: Served) -> str:
    """Let wrk ask for the compressed page for ten seconds, on 16 connections."""
    if shutil.which("wrk") is None:
        return "needs wrk (apt-get install wrk)"
    ran = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", server.url],
        capture_output=True,
        text=True,
        check=True,
    )
    failed = "Non-2xx" in ran.stdout or "Socket errors" in ran.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", ran.stdout)
    assert found is not None
    return f"{float(found[1]):,.0f}{' (some failed)' if failed else ''}"


def arrivals(folder: Path) -> tuple[int, float]:
    """Let 30 visitors arrive within one second on a server that has just been started.

    Return how many got a complete page, and how long the slowest waited.
    """
    with serving(cwd=folder) as server, ThreadPoolExecutor(ARRIVALS) as visitors:
        began = time.monotonic()

        def visit(number: int) -> tuple[bool, float]:
            time.sleep(max(0.0, began + number / ARRIVALS - time.monotonic()))
            came = time.monotonic()
            status, _headers, body = server.ask()
            return status == http.HTTPStatus.OK and b"</html>" in body, time.monotonic() - came

        came = list(visitors.map(visit, range(ARRIVALS)))
    return sum(complete for complete, _ in came), max(waited for _, waited in came)


def after_saving(server: Served, list_folder: Path) -> float:
    """Return how long after a list was saved the first request, made at once, got the new page."""
    file = list_folder / "signes.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("S'endort en classe", "Somnole en classe"), encoding="utf-8")
    began = time.monotonic()
    assert "Somnole en classe" in server.page()
    return time.monotonic() - began


def growth(server: Served, visits: int) -> tuple[float, float]:
    """Return by how many kB memory grew, per 10,000 visits and in all, after as many to warm up."""
    process = psutil.Process(server.process.pid)

    def visit(times: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for number in range(times):
            line.request("GET", "/", headers={"Accept-Encoding": "gzip"})
            line.getresponse().read()
            if number % 100 == 99:  # a new visitor
                line.close()
        line.close()

    visit(10_000)
    before = process.memory_info().rss
    visit(visits)
    grown = (process.memory_info().rss - before) / 1000
    return grown / visits * 10_000, grown


def main() -> None:
    """Measure and print."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        list_folder = Path(shutil.copytree(SHIPPED / "sextorsion", folder / "liste"))
        complete, slowest = arrivals(folder)
        server = stack.enter_context(serving("--liste", str(list_folder), cwd=folder))
        server.page()
        saved = after_saving(server, list_folder)
        rate = pages_per_second(server)
        each, grown = growth(server, visits)
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print("| one process | |")
    print("| --- | ---: |")
    print(f"| pages per second (wrk, 16 connections) | {rate} |")
    print(f"| {ARRIVALS} arrivals in a second on a cold server: whole pages | {complete} |")
    print(f"| the slowest of them | {slowest:.2f} s |")
    print(f"| a saved list, to its page | {saved:.2f} s |")
    print(f"| memory per 10,000 further visits, of {visits:,} | {each:+.0f} kB |")
    print(f"| in all | {grown:+.0f} kB |")


if __name__ == "__main__":
    main()
