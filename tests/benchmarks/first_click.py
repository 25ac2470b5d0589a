"""How long until the first click is answered: ours, stock Voila, and a plain file server.

Run it with `uv run python -m tests.benchmarks.first_click`; it prints a table and asserts
nothing. All three show the same notebook; the file server sends the very bytes that ours
does (uncompressed, as `python -m http.server` sends). Each visit has a cold cache, the
three take turns in an order that changes, each once the machine is quiet again (a kernel that
stock Voila has just started would slow down whoever comes next), and the figures are medians of
one run.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, executable
from tests.conftest import ROOT
from tests.servers import free_port, launched, serving

# From inside the page: click until the click is answered and painted, then tell the time.
# Looking costs next to nothing: the collections are live.
CLICK = """
(() => {
    const boxes = document.getElementsByTagName("input");
    const boards = document.getElementsByClassName("reperes-board");
    const tell = () => console.log(`answered ${performance.now()}`);
    const attempt = () => {
        const box = boxes.length && document.querySelector("input[value=sommeil]");
        const advice = box && boards[0].querySelector("[data-conseil=dire-ce-que-je-vois]");
        if (advice) {
            box.click();
            if (!advice.hidden) return void requestAnimationFrame(() => setTimeout(tell));
            box.click();
        }
        setTimeout(attempt, 4);
    };
    attempt();
})();
"""


@dataclass(frozen=True)
class Machine:
    """What the visitor has."""

    name: str
    visits: int
    slower: int = 1
    megabits: float = 0
    latency: int = 0


MACHINES = [
    Machine("this machine", visits=31),
    Machine("weak PC (CPU ÷4, 10 Mbit/s, 40 ms)", visits=11, slower=4, megabits=10, latency=40),
]


@dataclass
class Measured:
    """The visits to one server from one machine."""

    times: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)


def settle() -> None:
    """Wait until the machine is quiet, ten seconds at most."""
    for _ in range(50):
        if psutil.cpu_percent(interval=0.2) < QUIET:
            return


QUIET = 10  # percent of all cores


def visit(browser: Browser, url: str, machine: Machine, measured: Measured) -> None:
    """Visit once with a cold cache and note what it took."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(120_000)
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    if machine.slower > 1:
        client.send("Emulation.setCPUThrottlingRate", {"rate": machine.slower})
    if machine.megabits:
        speed = machine.megabits * 1_000_000 / 8
        client.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": machine.latency,
                "downloadThroughput": speed,
                "uploadThroughput": speed,
            },
        )
    received, asked = [0], [0]

    def finished(event: dict[str, float]) -> None:
        received[0] += int(event["encodedDataLength"])

    def sent(event: dict[str, dict[str, str]]) -> None:
        asked[0] += not event["request"]["url"].startswith("data:")

    client.on("Network.loadingFinished", finished)
    client.on("Network.requestWillBeSent", sent)
    page.add_init_script(CLICK)
    with page.expect_console_message(lambda message: message.text.startswith("answered")) as caught:
        page.goto(url, wait_until="commit")
    measured.times.append(float(caught.value.text.split()[1]))
    measured.requests.append(asked[0])
    measured.bytes.append(received[0])
    context.close()


@contextmanager
def listening(command: list[str], cwd: Path, ready: str) -> Iterator[psutil.Process]:
    """Start a server and wait until it says so."""
    unbuffered = {"PYTHONUNBUFFERED": "1"}
    with launched(command, re.escape(ready), cwd=cwd, env=unbuffered) as (process, _said):
        yield psutil.Process(process.pid)


def main() -> None:
    """Measure and print."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(serving(cwd=folder))
        (folder / "index.html").write_text(ours.page(), encoding="utf-8")
        voila_port, file_port = free_port(), free_port()
        python = sys.executable
        voila = stack.enter_context(
            listening(
                [
                    python,
                    "-m",
                    "voila",
                    "notebooks/reperer.ipynb",
                    "--no-browser",
                    f"--port={voila_port}",
                ],
                ROOT,
                f":{voila_port}",
            )
        )
        stack.enter_context(
            listening([python, "-m", "http.server", str(file_port)], folder, "Serving HTTP")
        )
        servers = {
            "reperes": ours.url,
            "python -m http.server, same bytes": f"http://127.0.0.1:{file_port}/",
            "stock voila": f"http://localhost:{voila_port}/",
        }
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        print(
            f"Chromium {browser.version}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
        )
        for url in servers.values():  # warm the servers, not the browser's cache
            visit(browser, url, MACHINES[0], Measured())
        for machine in MACHINES:
            results = {name: Measured() for name in servers}
            for turn in range(machine.visits):
                names = deque(servers)
                names.rotate(turn)
                for name in names:
                    settle()
                    visit(browser, servers[name], machine, results[name])
            _print(machine, results)
        browser.close()
        kernels = len(voila.children(recursive=True))
        left = len(psutil.Process(ours.process.pid).children(recursive=True))
        print(f"\nKernels left running: reperes {left}, stock voila {kernels}.")


def _print(machine: Machine, results: dict[str, Measured]) -> None:
    ours = statistics.median(results["reperes"].times)
    print(f"\nFirst answered click, {machine.name}, median of {machine.visits} visits\n")
    print(f"| {'server':35} | {'ms':>7} | reperes is | requests | {'kB received':>11} |")
    print(f"| {'-' * 35} | {'-' * 7} | {'-' * 10} | {'-' * 8} | {'-' * 11} |")
    for name, measured in results.items():
        median = statistics.median(measured.times)
        ratio = f"{median / ours:.2f}×"
        requests = statistics.median(measured.requests)
        kilobytes = statistics.median(measured.bytes) / 1000
        print(f"| {name:35} | {median:7.0f} | {ratio:>10} | {requests:8.0f} | {kilobytes:11.1f} |")
    print("\n(« reperes is 2.00× » on a row: twice as fast as that server.)")


if __name__ == "__main__":
    main()
