"""What is left on the disk: whole profiles of browsers, after *opened* and after *ticked*.

`uv run python -m tests.benchmarks.traces` takes more than an hour; `--help` says how to do less. A
visit opens the page and presses its title; one that ticks does so besides, by real presses. Those
that tick nothing go on pressing the title; the shortest ends when the shortest of those that tick
does, the longest a fifth later than their longest: a browser does some of its own work after some
time, or when it has nothing else to do. Each is done ten times, then all that they left is
compared: the command ends with 1 where some visit after which boxes were ticked left a word that
tells of the ticks (an id, a label, the advice they call) where no other did, or a kind of file or
of record that none of the others left. Browsers write some of it once an hour, or when they are
slow: where the ten others left less, up to thirty more are made. First words are planted in each
store of the browser, and have to be found there; and a box that is ticked in a page that takes no
care has to be seen.

Memory, swap and pictures of the screen are not looked at.
"""

from __future__ import annotations

import argparse
import functools
import re
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree, rmtree, which
from typing import NamedTuple

import cramjam

import signs
from signs.text.typography import typography
from tests.browser.devtools import DevToolsError
from tests.browser.firefox import BidiError
from tests.browser.people import Tab, in_chromium, in_firefox, kill, tick
from tests.profiles import Left, differences, is_of_maker, left_in
from tests.servers import serving

TICKS = ("danger-rendez-vous", "confidence")
HOMES = ("served", "file", "frame", "no script", "jupyterlab")
ENDS = ("quit", "leave", "close", "crash", "print", "save", "translate")
_PLAIN_ENDS = ENDS[:4]
"""Those that need none of the browser's own dialogs."""
BROWSERS = {"chromium": in_chromium, "firefox": in_firefox}
RUNS = 10
MORE = 3
"""How often as many more visits that tick nothing are made, where these leave less."""
STAY = 10.0
"""Seconds that a browser runs at least, so that what is written with time is written in each."""
LONGER = 1.2
"""How many times as long the longest visit lasts that ticks nothing: time alone brings things."""
PAUSE = 5.0
"""Seconds between the last press and the end: Firefox writes what fields hold within these."""
UNTIL_CRASH = {"chromium": 14.0, "firefox": 6.0}
"""Seconds after which a browser has written what it holds: sessions, preferences."""
FORM_STATE = "serialized form state"
"""How Chromium heads what it remembers of fields."""
BOX = "checkbox"
"""What it calls a box there."""
ENT = """<!doctype html><title>ENT</title><input id=recherche>
<script>setTimeout(() => { document.querySelector("input").value = "cantine"; }, 3000);</script>
<iframe src=/page width=1200 height=1300></iframe>"""
"""What frames the page, and a field of its own: Firefox may not write it because one ticks."""
_OWN_FIELDS = {"jupyterlab"}
"""Homes that have fields of their own, which Chromium remembers."""


class Case(NamedTuple):
    """One way of using the page and of ending."""

    browser: str
    home: str
    end: str

    def __str__(self) -> str:
        return ", ".join(self)

    @property
    def scripts(self) -> bool:
        """Whether the browser runs them."""
        return self.home != "no script"

    @property
    def is_possible(self) -> bool:
        """Whether it can be done: the dialogs of Chromium need a screen, and a cell no way out."""
        if self.home != "served":
            ends = ("close", "crash") if self.home == "jupyterlab" else _PLAIN_ENDS
            return self.end in ends
        return self.browser != "chromium" or not self.has_dialog or _has_screen()

    @property
    def has_dialog(self) -> bool:
        """Whether it ends with one of the browser's own."""
        return self.end not in _PLAIN_ENDS

    @property
    def needs_window(self) -> bool:
        """Whether the browser's own window is used: what drives Firefox leaves no file without."""
        return self.has_dialog or self == Case("firefox", "file", "leave")


def _has_screen() -> bool:
    return bool(which("Xvfb") and which("xdotool"))


@functools.cache
def words() -> tuple[str, ...]:
    """Return what would tell of the ticks: their ids and labels, and the advice they call."""
    sign_list = signs.load()
    always = {each.id for each in signs.orient(sign_list, set()).advice}
    called = [each for each in signs.orient(sign_list, set(TICKS)).advice if each.id not in always]
    labels = [typography(sign_list.items[id_].label) for id_ in TICKS]
    texts = [typography(each.in_short)[:40] for each in called]
    return (*TICKS, *labels, *(each.id for each in called), *texts, FORM_STATE, BOX)


Use = Callable[[Tab], None]


class Home(NamedTuple):
    """Where the page is, and what else is written there."""

    address: str
    use: Use
    """What has to be done before the page is there."""
    folders: tuple[Path, ...] = ()
    title: str = "h1"
    """What can be pressed and does nothing."""


@contextmanager
def home(name: str, folder: Path) -> Iterator[Home]:
    """Serve the page, or write it as a file, frame it, or open it as a notebook."""
    if name == "jupyterlab":
        from tests.benchmarks.traces_jupyterlab import notebook  # noqa: PLC0415 (starts Jupyter)

        with notebook(folder) as (address, use):
            yield Home(address, use, (folder,), ".reperes-board h2")
        return
    with serving(cwd=folder) as server:
        server.wait_until("à jour")
        html = server.page().encode()
        if name == "file":
            file = folder / "reperes.html"
            file.write_bytes(html)
            yield Home(file.as_uri(), _ready)
        elif name == "frame":
            with pages({"/": (ENT.encode(), ""), "/page": (html, "")}) as address:
                yield Home(address, _ready_in_frame)
        else:
            yield Home(server.url, _ready if name == "served" else _still)


def _ready(tab: Tab) -> None:
    tab.wait_for("[data-vivant]")
    tab.point("h1")


def _ready_in_frame(tab: Tab) -> None:
    tab.enter_frame()
    _ready(tab)


def _still(tab: Tab) -> None:
    tab.point("h1")


@contextmanager
def pages(bodies: dict[str, tuple[bytes, str]]) -> Iterator[str]:
    """Serve some pages, packed as they say, that a browser may keep; return their address."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, packing = bodies.get(self.path, (b"", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Cache-Control", "max-age=3600")
            if packing:
                self.send_header("Content-Encoding", packing)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


class Manner(NamedTuple):
    """How the page is used in a visit."""

    use: Use | None = None
    stay: float = STAY
    """Seconds from its start until which the visit lasts at least."""
    pressing: float = 0.0
    """Seconds from its start until which the title is pressed."""
    kept: Path | None = None
    """Where a copy of all that it leaves goes."""


def left_after(
    case: Case, at: Home, use: Use | None, looked_for: tuple[str, ...], stay: float = STAY
) -> Left:
    """Return what a visit leaves."""
    return visited(case, at, Manner(use, stay), looked_for)[0]


def visited(
    case: Case, at: Home, manner: Manner, looked_for: tuple[str, ...]
) -> tuple[Left, float]:
    """Return what a visit leaves, and how many seconds it took until it ended."""
    with tempfile.TemporaryDirectory(prefix="profil", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        start = BROWSERS[case.browser]
        began = time.monotonic()  # as a browser counts, for what it writes after some time
        with start(folder, scripts=case.scripts, window=case.needs_window) as tab:
            tab.open(at.address)
            at.use(tab)
            while time.monotonic() < began + manner.pressing:
                tab.point(at.title)
                time.sleep(1)
            if manner.use:
                manner.use(tab)
                time.sleep(min(PAUSE, manner.stay))
            took = max(time.monotonic() - began, manner.stay)
            _end(case, tab, folder, began + manner.stay)
        if manner.kept:
            copytree(folder, manner.kept / folder.name, symlinks=True)
        return left_in(folder, words=looked_for), took


def _end(case: Case, tab: Tab, folder: Path, until: float) -> None:
    if case.end == "print":
        tab.print_and_cancel()
    elif case.end == "save":
        tab.save(folder)
    elif case.end == "translate":
        tab.offer_translation()
    time.sleep(max(0, until - time.monotonic()))
    if case.end == "quit":
        tab.point(".page-quitter" if case.scripts else ".page-effacer")
        tab.wait_for("input:checked", 0)
    if case.end == "leave":
        tab.open("data:text/html,<p>ailleurs")
    if case.end == "crash":
        time.sleep(UNTIL_CRASH[case.browser])
        kill(tab.process)
    else:
        tab.close()


def tick_all(tab: Tab) -> None:
    """Tick what `words` tells of."""
    tick(tab, *TICKS)


SECRETS = (
    *("canari-gzip", "canari-brotli", "canari-zstd", "canari-titre-é", "canari-adresse"),
    *("canari-local", "canari-tassé", "canari-base", "canari-clé", "canari-état", "canari-saisie"),
)
FORM_DATA = "formdata.*canari-case"
"""How Firefox records it."""
CANARY_PAGE = """<!doctype html><meta charset=utf-8><title>canari</title><p id=fait hidden></p>
<form><input type=checkbox id=canari-case><input id=champ></form>
<script type=module>
const secret = (name) => "canari-" + name; // so that the page itself holds none
for (const packing of ["gzip", "br", "zstd"]) await fetch(`/${packing}`).catch(() => 0);
if (location.hash) {
    localStorage.setItem("a", secret("local"));
    localStorage.setItem("b", "x".repeat(9000) + secret("tassé") + "y".repeat(9000));
    history.replaceState({ état: secret("état") }, "", `/?${secret("adresse")}`);
    document.title = secret("titre-é");
    document.querySelector("#champ").value = secret("saisie");
    document.querySelector("#champ").dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => {
        const opening = indexedDB.open("base");
        opening.onupgradeneeded = () => opening.result.createObjectStore("o");
        opening.onsuccess = () => {
            const change = opening.result.transaction("o", "readwrite");
            change.objectStore("o").put(secret("base"), secret("clé"));
            for (let i = 0; i < 600; i++)
                change.objectStore("o").put("rien de secret ".repeat(1000), `n${i}`);
            change.oncomplete = done;
        };
    });
}
document.querySelector("#fait").className = "fait";
</script>"""


@contextmanager
def canary_home() -> Iterator[Home]:
    """Serve a page that takes no care, and what it fetches, packed in each way."""
    packers = {"gzip": cramjam.gzip, "brotli": cramjam.brotli, "zstd": cramjam.zstd}
    bodies = {"/": (CANARY_PAGE.encode(), "")}
    for name, packer in packers.items():
        body = f"canar; ari-{name[:3]} {'remplissage ' * 40} canari-{name}"
        packing = name.replace("brotli", "br")
        bodies[f"/{packing}"] = (bytes(packer.compress(body.encode())), packing)
    with pages(bodies) as address:
        yield Home(address, _fetched)


def _fetched(tab: Tab) -> None:
    tab.wait_for(".fait")


def tick_canary(tab: Tab) -> None:
    """Tick the box of a page that takes no care."""
    tab.point("#canari-case")


def canaries(browser: str, stay: float = STAY) -> Iterator[tuple[str, set[str]]]:
    """Yield each word planted in a browser, and where it is found; then what a tick leaves."""
    case = Case(browser, "canary", "leave")
    with canary_home() as at:
        planted = at._replace(address=f"{at.address}#planter")
        yield from left_after(case, planted, tick_canary, SECRETS, stay).words.items()
        opened = left_after(case, at, None, (FORM_STATE, BOX), stay)
        ticked = left_after(case, at, tick_canary, (FORM_STATE, BOX), stay)
        told = {each for each in differences(opened, ticked) if re.search(FORM_DATA, each)}
        remembered = ticked.words[FORM_STATE] & ticked.words[BOX]
        yield "a box ticked in a page that takes no care", told | remembered


def compare(case: Case, runs: int, workers: int, kept: Path | None = None) -> list[str]:
    """Return what only ticking leaves, of many visits; those that tick nothing last as long.

    The profiles of those that tick stay in `kept`, where something is theirs alone.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        place = Path(name, "place")  # the same for both: it is in the address of a file
        visits = functools.partial(_visits, case, place, workers=workers)
        ticked, seconds = visits([Manner(tick_all, kept=kept)] * runs)
        alike = functools.partial(visits, _as_long(seconds))
        opened, _ = alike()
        for _ in range(MORE):
            if not (only := _of_the_page(differences(opened, ticked))):
                break
            print(f"    so far only after ticking: {'; '.join(only)}", flush=True)
            opened |= alike()[0]
    print(f"    {len(opened.records)} and {len(ticked.records)} kinds of records")
    told = [places for word, places in opened.words.items() if word != BOX]
    held = sorted(set[str]().union(*told))
    print(f"    the page itself: {', '.join(held) or 'nowhere'}")
    # It has a place for each field, whatever is in it: none of ours may be there at all.
    sign = BOX if case.home in _OWN_FIELDS else FORM_STATE
    remembered = {each for each in ticked.words[sign] if "/Sessions/" in each}
    different = differences(opened, ticked)
    for each in filter(is_of_maker, different):
        print(f"    by chance: {each}")  # its words were looked for too
    only = [f"{sign} : {each}" for each in sorted(remembered)] + _of_the_page(different)
    if kept and not only:
        rmtree(kept)
    return only


def _of_the_page(records: list[str]) -> list[str]:
    """Leave out what the browser asked of its maker's sites, when it came to that in time."""
    return [each for each in records if not is_of_maker(each)]


def _as_long(seconds: Sequence[float]) -> list[Manner]:
    """Return as many visits that tick nothing, evenly from the shortest to beyond the longest."""
    first, last = min(seconds), max(seconds) * LONGER
    shares = [number / max(1, len(seconds) - 1) for number in range(len(seconds))]
    lengths = [first + share * (last - first) for share in shares]
    return [Manner(stay=each, pressing=each / LONGER - PAUSE) for each in lengths]


def _visits(
    case: Case, place: Path, manners: Sequence[Manner], workers: int
) -> tuple[Left, tuple[float, ...]]:
    """Return what many visits leave together, and how long each took."""
    place.mkdir()
    with ThreadPoolExecutor(workers) as pool, home(case.home, place) as at:
        one = functools.partial(visited, case, at, looked_for=words())
        lefts, seconds = zip(*pool.map(one, manners), strict=True)
    besides = [left_in(each, words=words()) for each in at.folders]
    rmtree(place)
    return functools.reduce(Left.__or__, [*lefts, *besides]), seconds


def main() -> int:
    """Print what each way of using and ending leaves."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--browser", choices=BROWSERS, nargs="*", default=list(BROWSERS))
    parser.add_argument("--home", choices=HOMES, nargs="*", default=list(HOMES))
    parser.add_argument("--end", choices=ENDS, nargs="*", default=list(ENDS))
    parser.add_argument("--runs", type=int, default=RUNS, help="visits of each kind")
    parser.add_argument("--at-once", type=int, default=3, help="visits at the same time")
    parser.add_argument("--keep", type=Path, help="where to keep profiles that tell of ticks")
    chosen = parser.parse_args()
    failed = False
    for browser in chosen.browser:
        for word, places in canaries(browser):
            print(f"{browser}, {word}: {'; '.join(sorted(places)) or 'NOT FOUND'}", flush=True)
            failed |= not places
        for case in (Case(browser, at, end) for at in chosen.home for end in chosen.end):
            if not case.is_possible:
                continue
            print(case, flush=True)
            try:
                kept = chosen.keep and chosen.keep / "-".join(case)
                only = compare(case, chosen.runs, chosen.at_once, kept)
            except (AssertionError, OSError, BidiError, DevToolsError) as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                print(f"    NOT DONE: {error!r} ({where.name}, {where.line})", flush=True)
                failed = True
                continue
            for each in only:
                print(f"    ONLY AFTER TICKING: {each}")
            print(f"    {len(only)} only after ticking", flush=True)
            failed |= bool(only)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
