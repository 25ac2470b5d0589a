"""How long until the page answers, until a first click is answered, and until a door has opened.

    uv run python -m tests.benchmarks.first_click [--goals] [--visits 11]

It prints tables and asserts nothing; `--goals` leaves out stock Voila and all but the weak PC.
Every server shows the same notebook, but for the bare form: 34 tick boxes in plain HTML and the
few lines of script that any page would need to answer, the least that this task can cost.

*Ready* is not an event of loading: it is the moment when a click on a tick box (on a door, where
no box stands in the document yet) has changed what `#reperes-resultat` shows. *First click* is
when that change has been painted. *Door* is what passes between a click on a door of a page at
rest and the frame that shows all it changes.

Each visit has a cold cache, the servers take turns in an order that changes, each once the
machine is quiet again (a kernel that stock Voila has just started would slow down whoever comes
next), and the figures are those of one run: only their ratios compare with another's.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, executable
from tests.conftest import ROOT
from tests.servers import REPERES, free_port, launched, serving

DOORS = ".reperes-board [data-moment] summary:not(details details > summary)"
BOXES = "input[type=checkbox][value]"

# From inside the page: click until the click is answered and painted, then tell both times. A
# record of changes costs next to nothing while the page loads; that what is *shown* has changed is
# only looked at afterwards, by taking the click back: a page still being read changes as well.
CLICK = """
(() => {
    let result = null;
    let changedAt = 0;
    const changed = () => { changedAt ||= performance.now(); };
    const observer = new MutationObserver(changed);
    const later = () => new Promise((done) => setTimeout(done)); // after a door's own event
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const attempt = async () => {
        const found = document.getElementById("reperes-resultat");
        const target = document.querySelector("BOXES") ?? document.querySelector("DOORS");
        if (!found || !target) return false;
        if (found !== result) {
            observer.disconnect();
            observer.observe(result = found,
                { attributes: true, childList: true, characterData: true, subtree: true });
        }
        observer.takeRecords();
        changedAt = 0;
        target.click();
        if (observer.takeRecords().length) changed();
        else await later();
        const ready = changedAt;
        if (!ready) return target.click(), false;
        await painted();
        const answered = performance.now();
        const shown = result.innerText;
        target.click();
        await later();
        if (shown === result.innerText) return false; // something else had changed
        console.log(`answered ${ready} ${answered}`);
        return true;
    };
    const again = async () => (await attempt()) || setTimeout(again, 4);
    again();
})();
""".replace("BOXES", BOXES).replace("DOORS", DOORS)

# Open a door and take the time of the frame after which nothing in the board changes any more:
# a door may open at once and its answer come with an event of its own.
OPEN = """async ([doors, number]) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const board = document.querySelector(".reperes-board");
    const before = board.innerText;
    let changes = 0;
    const observer = new MutationObserver(() => { changes += 1; });
    observer.observe(board,
        { attributes: true, childList: true, characterData: true, subtree: true });
    await painted();
    changes = 0;
    const began = performance.now();
    document.querySelectorAll(doors)[number].click();
    let took = 0;
    for (let seen = -1; seen !== changes;) {
        seen = changes;
        await painted();
        if (seen !== changes || !took) took = performance.now() - began;
    }
    observer.disconnect();
    const after = board.innerText;
    await new Promise((done) => setTimeout(done, 1000));
    if (after === before) throw new Error("this door shows nothing");
    if (after !== board.innerText) throw new Error("the answer came later than was looked at");
    return took;
}"""
AT_REST = "() => new Promise((done) => setTimeout(() => requestIdleCallback(done), 500))"


def bare_form() -> str:
    """Return the form that everything is compared with: 34 boxes, and a line for each ticked."""
    boxes = "\n".join(
        f'<p><label><input type="checkbox" value="signe-{number}"> '
        f"Signe {number}, dit en quelques mots simples</label></p>"
        for number in range(1, 35)
    )
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Un formulaire</title>
<link rel="icon" href="data:,">
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1rem auto; }}</style>
</head>
<body>
<h1>Un formulaire</h1>
<form>
{boxes}
</form>
<ul id="reperes-resultat"></ul>
<script>
const result = document.getElementById("reperes-resultat");
document.querySelector("form").addEventListener("change", () => {{
    result.replaceChildren(...[...document.querySelectorAll("input:checked")].map((box) => {{
        const line = document.createElement("li");
        line.textContent = box.parentElement.textContent;
        return line;
    }}));
}});
</script>
</body>
</html>
"""


@dataclass(frozen=True)
class Machine:
    """What the visitor has."""

    name: str
    visits: int
    slower: int = 1
    megabits: float = 0
    latency: int = 0

    def be(self, page: Page) -> None:
        """Make a page as slow as this machine."""
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.send("Emulation.setCPUThrottlingRate", {"rate": self.slower})
        if self.megabits:
            speed = self.megabits * 1_000_000 / 8
            conditions = {"downloadThroughput": speed, "uploadThroughput": speed}
            client.send(
                "Network.emulateNetworkConditions",
                {"offline": False, "latency": self.latency, **conditions},
            )


MACHINES = [
    Machine("this machine", visits=31),
    Machine("weak PC (CPU ÷4, 10 Mbit/s, 40 ms)", visits=11, slower=4, megabits=10, latency=40),
]


@dataclass
class Measured:
    """The visits to one server from one machine, in milliseconds and bytes."""

    ready: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)


def settle() -> None:
    """Wait until the machine is quiet, ten seconds at most."""
    for _ in range(50):
        if psutil.cpu_percent(interval=0.2) < QUIET:
            return


QUIET = 10  # percent of all cores


@contextmanager
def cold(browser: Browser, machine: Machine) -> Iterator[Page]:
    """Give an empty page of a browser that has seen nothing, on some machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(120_000)
    page = context.new_page()
    machine.be(page)
    yield page
    context.close()


def visit(browser: Browser, url: str, machine: Machine, measured: Measured) -> None:
    """Visit once with a cold cache and note what it took."""
    received, asked = [0], [0]

    def finished(event: dict[str, float]) -> None:
        received[0] += int(event["encodedDataLength"])

    def sent(event: dict[str, dict[str, str]]) -> None:
        asked[0] += not event["request"]["url"].startswith("data:")

    with cold(browser, machine) as page:
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", finished)
        client.on("Network.requestWillBeSent", sent)
        page.add_init_script(CLICK)
        with page.expect_console_message(lambda said: said.text.startswith("answered")) as caught:
            page.goto(url, wait_until="commit")
        _, ready, answered = caught.value.text.split()
    measured.ready.append(float(ready))
    measured.answered.append(float(answered))
    measured.requests.append(asked[0])
    measured.bytes.append(received[0])


def doors(browser: Browser, url: str, machine: Machine, first: int) -> list[float]:
    """Open every door once, beginning with one of them, and return what each took."""
    with cold(browser, machine) as page:
        page.goto(url, wait_until="load")
        count = page.locator(DOORS).count()
        assert count, f"nothing is {DOORS}"
        order = deque(range(count))
        order.rotate(-first)
        taken = []
        for number in order:
            page.evaluate(AT_REST)
            taken.append(float(page.evaluate(OPEN, [DOORS, number])))
        return taken


@contextmanager
def files(contents: dict[str, bytes]) -> Iterator[str]:
    """Serve some files, compressed beforehand, from memory; give the address they are below."""
    packed = {name: gzip.compress(content, 9, mtime=0) for name, content in contents.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = packed.get(self.path.removeprefix("/"))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def listening(command: list[str], cwd: Path, ready: str) -> Iterator[psutil.Process]:
    """Start a server and wait until it says so."""
    unbuffered = {"PYTHONUNBUFFERED": "1"}
    with launched(command, re.escape(ready), cwd=cwd, env=unbuffered) as (process, _said):
        yield psutil.Process(process.pid)


EXPORTED = "reperes, exported file"
BARE = "bare form of 34 boxes"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--goals", action="store_true")
    parser.add_argument("--visits", type=int)
    asked = parser.parse_args()
    machines = MACHINES[1:] if asked.goals else MACHINES
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "index.html"
        subprocess.run([REPERES, "exporter", "-o", file], check=True, capture_output=True)
        stored = file.read_bytes()
        small = stack.enter_context(files({"page": stored, "bare": bare_form().encode()}))
        servers = {EXPORTED: f"{small}page", BARE: f"{small}bare"}
        running: dict[str, psutil.Process] = {}
        if not asked.goals:
            _start_others(stack, folder, servers, running)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        print(
            f"Chromium {browser.version}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
        )
        for url in servers.values():  # warm the servers, not the browser's cache
            visit(browser, url, MACHINES[0], Measured())
        opened: list[list[float]] = []
        for machine in machines:
            results = {name: Measured() for name in servers}
            visits = asked.visits or machine.visits
            for turn in range(visits):
                names = deque(servers)
                names.rotate(turn)
                for name in names:
                    settle()
                    visit(browser, servers[name], machine, results[name])
                if machine is MACHINES[-1]:
                    settle()
                    opened.append(doors(browser, servers[EXPORTED], machine, turn))
            _print(machine, visits, results)
        browser.close()
        _print_goals(results, stored, opened)
        if running:
            left = {name: len(each.children(recursive=True)) for name, each in running.items()}
            print("\nKernels left running:", ", ".join(f"{n} {left[n]}" for n in left) + ".")


def _start_others(
    stack: ExitStack, folder: Path, servers: dict[str, str], running: dict[str, psutil.Process]
) -> None:
    """Start our own server, a plain one of files and stock Voila."""
    ours = stack.enter_context(serving(cwd=folder))
    voila_port, file_port = free_port(), free_port()
    command = ["-m", "voila", "notebooks/reperer.ipynb", "--no-browser", f"--port={voila_port}"]
    voila = stack.enter_context(listening([sys.executable, *command], ROOT, f":{voila_port}"))
    command = ["-m", "http.server", str(file_port)]
    stack.enter_context(listening([sys.executable, *command], folder, "Serving HTTP"))
    servers |= {
        "reperes": ours.url,
        "python -m http.server, same file": f"http://127.0.0.1:{file_port}/",
        "stock voila": f"http://localhost:{voila_port}/",
    }
    running |= {"reperes": psutil.Process(ours.process.pid), "stock voila": voila}


def _spread(times: list[float]) -> str:
    return f"{statistics.median(times):5.0f} ({min(times):.0f}–{max(times):.0f})"


def _print(machine: Machine, visits: int, results: dict[str, Measured]) -> None:
    bare = statistics.median(results[BARE].answered)
    print(f"\n{machine.name}: {visits} visits, ms, median (min–max)\n")
    heads = {"server": 34, "ready": 18, "first click": 18, "of bare": 7, "requests": 8, "kB": 7}
    print("".join(f"| {head:{width}} " for head, width in heads.items()) + "|")
    print("".join(f"| {'-' * width} " for width in heads.values()) + "|")
    for name, measured in results.items():
        ratio = f"{statistics.median(measured.answered) / bare:.2f}×"
        requests = statistics.median(measured.requests)
        kilobytes = statistics.median(measured.bytes) / 1000
        print(
            f"| {name:34} | {_spread(measured.ready):>18} | {_spread(measured.answered):>18} "
            f"| {ratio:>7} | {requests:8.0f} | {kilobytes:7.1f} |"
        )


def _print_goals(results: dict[str, Measured], stored: bytes, opened: list[list[float]]) -> None:
    ours, bare = results[EXPORTED], results[BARE]
    ready = statistics.median(ours.ready) / statistics.median(bare.ready)
    answered = statistics.median(ours.answered) / statistics.median(bare.answered)
    firsts = [taken[0] for taken in opened]
    others = [each for taken in opened for each in taken[1:]]
    rows = [
        ("ready, of the bare form", f"{ready:.2f}×", "2.2×"),
        ("first click, of the bare form", f"{answered:.2f}×", "2.2×"),
        ("stored", f"{len(stored) / 1000:.1f} kB", "200 kB"),
        ("sent, gzip", f"{len(gzip.compress(stored, 9)) / 1000:.1f} kB", "35 kB"),
        ("the first door of a visit", f"{_spread(firsts).strip()} ms", "50 ms"),
        ("the doors after it", f"{_spread(others).strip()} ms", "50 ms"),
    ]
    print("\n| the exported file, on the weak PC | measured | goal, at most |")
    print("| --- | ---: | ---: |")
    for name, measured, goal in rows:
        print(f"| {name} | {measured} | {goal} |")


if __name__ == "__main__":
    main()
