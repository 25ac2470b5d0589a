"""Three replicas of many schools behind HAProxy: two killed under load, the list changed.

It counts what is lost, whichever school's page is asked for. Run it with
`uv run python -m tests.benchmarks.replicas`; it prints a table, and ends with status 1 when a
request was lost or a page of the old list was given too late. Needs `haproxy`.
"""

from __future__ import annotations

import http.client
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from signs.loading.loader import SHIPPED
from tests.benchmarks.schools import write_schools
from tests.conftest import REPERES, Served, serving
from tests.deploiement.fronts import haproxy

CLIENTS = 16
SCHOOLS = 1_000
ASKED = [f"/075{number:04}A/" for number in range(0, SCHOOLS, SCHOOLS // 10)]
"""The pages of ten of them: how many a server can make anew in the time a saved list may take."""
BETWEEN = 2.0
"""Seconds between two events."""
LATEST = 3.0
"""Seconds in which every page must be of the new list."""
BEFORE, AFTER = "S’endort en classe", "Somnole en classe"


@dataclass
class Load:
    """Visitors who come one after the other, each on a connection of its own."""

    port: int
    answered: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    last_old: float = 0.0
    first_new: float = 0.0
    slowest: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def visit(self) -> None:
        """Ask for one page after another until stopped."""
        for address in cycle(ASKED):
            if self.stop.is_set():
                return
            began = time.monotonic()
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                line.request("GET", address)
                answer = line.getresponse()
                page = answer.read().decode()
                complete = answer.status == http.HTTPStatus.OK and page.rstrip().endswith("</html>")
                lost = "" if complete else f"status {answer.status}, {len(page)} letters"
            except (OSError, http.client.HTTPException) as error:
                lost, page = type(error).__name__, ""
            finally:
                line.close()
            with self.lock:
                self._note(began, page, lost)

    def _note(self, began: float, page: str, lost: str) -> None:
        if lost:
            self.lost.append(lost)
            return
        old, new = BEFORE in page, AFTER in page
        if old == new:
            self.lost.append("a page of two lists" if old else "a page of no list")
            return
        self.answered["new" if new else "old"] += 1
        self.slowest = max(self.slowest, time.monotonic() - began)
        if old:
            self.last_old = max(self.last_old, began)
        elif not self.first_new:
            self.first_new = time.monotonic()


def _until_ready(server: Served) -> None:
    """Wait until visitors can be sent there: a replica that still makes its pages gets none."""
    end = time.monotonic() + 60
    while True:
        try:
            if server.ask("/sante")[0] == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        assert time.monotonic() < end, "no answer"
        time.sleep(0.1)


def run(clients: int = CLIENTS, between: float = BETWEEN) -> tuple[Load, float]:
    """Play the whole story; return what the visitors saw, and when the list was saved."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        list_folder = Path(shutil.copytree(SHIPPED / "sextorsion", folder / "liste"))
        schools = folder / "ecoles"
        write_schools(schools, SCHOOLS)
        replicas = [
            stack.enter_context(
                serving("--liste", str(list_folder), "--ecoles", str(schools), cwd=folder)
            )
            for _ in range(3)
        ]
        for replica in replicas:
            _until_ready(replica)
        outage = folder / "panne.html"
        command = [REPERES, "exporter", "--page", "panne", "-o", outage]
        subprocess.run(command, check=True, capture_output=True)
        ports = [replica.port for replica in replicas]
        front = stack.enter_context(haproxy(folder, ports, outage))
        _until_ready(front)
        load = Load(front.port)
        visitors = [threading.Thread(target=load.visit) for _ in range(clients)]
        for visitor in visitors:
            visitor.start()
        try:
            for replica in replicas[:2]:
                time.sleep(between)
                replica.process.send_signal(signal.SIGKILL)
            time.sleep(between)
            file = list_folder / "signes.toml"
            text = file.read_text(encoding="utf-8")
            changed = text.replace("S'endort en classe", "Somnole en classe")
            assert changed != text
            file.write_text(changed, encoding="utf-8")
            saved = time.monotonic()
            time.sleep(LATEST + between)
        finally:
            load.stop.set()
            for visitor in visitors:
                visitor.join()
    return load, saved


def main() -> int:
    """Play it, and print what came of it."""
    if shutil.which("haproxy") is None:
        print("HAProxy is needed: apt-get install haproxy")
        return 2
    load, saved = run()
    late = max(0.0, load.last_old - saved)
    print("| three replicas behind HAProxy, two killed under load | |")
    print("| --- | ---: |")
    print(f"| requests answered | {sum(load.answered.values())} |")
    print(f"| requests lost | {len(load.lost)} |")
    print(f"| first page of the new list, after it was saved | {load.first_new - saved:.1f} s |")
    print(f"| last request that got the old list, after it was saved | {late:.1f} s |")
    print(f"| slowest answer | {load.slowest:.1f} s |")
    for why, times in Counter(load.lost).items():
        print(f"lost {times} times: {why}")
    return int(bool(load.lost) or late > LATEST or not load.answered["new"])


if __name__ == "__main__":
    sys.exit(main())
