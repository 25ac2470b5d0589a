"""What is left on the disk: the whole profile of a browser, after *opened* and after *ticked*.

Run it with `uv run python -m tests.benchmarks.traces`, some minutes a browser; it prints a table,
and ends with 1 where a profile after ticking holds what one after opening does not: an id, a label
or the advice that a tick calls, in any file or table of a kind where *opened* has none. First a
word is planted in each store of the browser, and has to be found there.

Memory, swap and pictures of the screen are not looked at.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import psutil
from playwright.sync_api import BrowserContext, Page, sync_playwright

import signs
from signs.text.typography import typography
from tests.browser.conftest import FLAGS, executable
from tests.browser.firefox import BidiError, Firefox, firefox
from tests.profiles import found, place
from tests.servers import serving

TICKS = ("danger-rendez-vous", "confidence")
HOMES = ("served", "file", "frame", "no script")
ENDS = ("quit", "close", "crash")
SETTLED = {"chromium": 12.0, "firefox": 17.0}
"""Seconds after which a browser has written what it holds: sessions, preferences."""
FORM_STATE = "serialized form state"
"""How Chromium heads what it remembers of fields."""
TICK = """(ids) => ids.forEach((id) => {
    const root = document.querySelector("iframe")?.contentDocument ?? document;
    for (const door of root.querySelectorAll(".reperes-porte")) {
        const waits = door.querySelector("noscript");
        if (waits?.textContent.includes(`value="${id}"`) || door.querySelector(`[value="${id}"]`))
            if (!door.querySelector("details").open) door.querySelector("summary").click();
    }
    const box = root.querySelector(`[value="${id}"]`);
    if (!box.checked) box.click();
})"""


class Case(NamedTuple):
    """One way of using the page and of ending."""

    browser: str
    home: str
    end: str

    def __str__(self) -> str:
        return ", ".join(self)


def words() -> list[str]:
    """Return what would tell of the ticks: their ids and labels, and the advice they call."""
    sign_list = signs.load()
    always = {each.id for each in signs.orient(sign_list, set()).advice}
    called = [each for each in signs.orient(sign_list, set(TICKS)).advice if each.id not in always]
    labels = [typography(sign_list.items[id_].label) for id_ in TICKS]
    texts = [typography(each.in_short)[:40] for each in called]
    return [*TICKS, *labels, *(each.id for each in called), *texts, FORM_STATE]


@contextmanager
def homes(folder: Path) -> Iterator[dict[str, str]]:
    """Serve the page, write it as a file, and frame it; return the addresses."""
    with serving(cwd=folder) as server:
        html = server.page().encode()
        (folder / "reperes.html").write_bytes(html)

        class Site(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = html if self.path == "/page" else b"<title>ENT</title><iframe src=/page>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        ent = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=ent.serve_forever, daemon=True).start()
        framed = f"http://127.0.0.1:{ent.server_port}/"
        file = (folder / "reperes.html").as_uri()
        yield {"served": server.url, "file": file, "frame": framed, "no script": server.url}
        ent.shutdown()


Use = Callable[[Callable[[str], object]], None]


def tick(evaluate: Callable[[str], object]) -> None:
    """Tick as a script does, by the same events as a person."""
    evaluate(f"({TICK})({list(TICKS)})")


def plant(evaluate: Callable[[str], object]) -> None:
    """Leave a word in each store."""
    evaluate(
        "(localStorage.setItem('canari-magasin', 'canari-local'),"
        " document.cookie = 'canari-biscuit=1;max-age=999999',"
        " history.replaceState('canari-etat', '', '?canari-adresse'),"
        " document.title = 'canari-titre', null)"
    )


CANARIES = ("canari-local", "canari-adresse", "canari-titre")


def in_chromium(profile: Path, case: Case, address: str, use: Use | None, settle: float) -> None:
    """Use the page in a Chromium as people have it, kept pages included."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=executable(),
            args=FLAGS,
            ignore_default_args=["--disable-back-forward-cache"],
            java_script_enabled=case.home != "no script",
        )
        page = context.new_page()
        page.goto(address)
        if use and case.home == "no script":
            _tick_without_script(page)
        elif use:
            page.wait_for_timeout(300)
            use(page.evaluate)
        page.wait_for_timeout(settle * 1000)
        if case.end == "quit":
            _quit(page, case)
        if case.end == "crash":
            _kill(profile)
        _close(context)


def _tick_without_script(page: Page) -> None:
    for id_ in TICKS:
        page.locator(".reperes-porte", has=page.locator(f"[value={id_}]")).locator(
            "summary"
        ).first.click()
        rows = page.locator(".reperes-cocher", has=page.locator(f"[value={id_}]"))
        if rows.count():
            rows.first.locator("> summary").click()
        page.locator(f"[value={id_}]").check()


def _quit(page: Page, case: Case) -> None:
    frame = page.frames[-1]
    if case.home == "no script":
        page.locator(".page-effacer").click()
    else:
        frame.locator(".page-quitter").click()
        page.wait_for_url("about:blank")


def _close(context: BrowserContext) -> None:
    with suppress(Exception):  # it was killed
        context.close()


def _kill(profile: Path) -> None:
    """Kill the browser of this profile, which we started: as a crash or a lost battery does."""
    ours = psutil.Process().children(recursive=True)
    for process in ours:
        with suppress(psutil.Error):
            if any(str(profile) in part for part in process.cmdline()):
                os.kill(process.pid, signal.SIGKILL)


def in_firefox(profile: Path, case: Case, address: str, use: Use | None, settle: float) -> None:
    """Use the page in a Firefox with the settings people have."""
    with suppress(OSError, EOFError), firefox(profile, {"remote.prefs.recommended": False}) as tab:
        tab.open(address)
        if use:
            use(tab.evaluate)
        time.sleep(settle)
        if case.end == "quit":
            _quit_firefox(tab)
        if case.end == "crash":
            _kill(profile)
        else:
            with suppress(Exception):  # it ends while it answers
                tab.send("browser.close")


def _quit_firefox(tab: Firefox) -> None:
    with suppress(BidiError):
        tab.evaluate(
            "((document.querySelector('iframe')?.contentDocument ?? document)"
            ".querySelector('.page-quitter').click(), null)"
        )
    tab.wait_until("location.href === 'about:blank'")


BROWSERS = {"chromium": in_chromium, "firefox": in_firefox}


def profile_after(
    case: Case, address: str, use: Use | None, wanted: list[str], settle: float | None = None
) -> tuple[dict[str, set[str]], set[str]]:
    """Return where words are found after a visit, and the kinds of files there are."""
    with tempfile.TemporaryDirectory(prefix="profil", ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        wait = SETTLED[case.browser] if settle is None else settle
        with ThreadPoolExecutor(1) as apart:  # Playwright runs once in a thread
            apart.submit(BROWSERS[case.browser], profile, case, address, use, wait).result()
        files = {place(file.relative_to(profile)) for file in profile.rglob("*") if file.is_file()}
        return found(profile, wanted), files


def differences(opened: dict[str, set[str]], ticked: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Return each word and place that only ticking leaves."""
    return [(word, where) for word, places in ticked.items() for where in places - opened[word]]


def main() -> int:
    """Print what each way of using and ending leaves."""
    failed = False
    chosen = sys.argv[1:] or list(BROWSERS)
    with tempfile.TemporaryDirectory() as folder, homes(Path(folder)) as addresses:
        for browser in chosen:
            look = partial(profile_after, Case(browser, "served", "close"), addresses["served"])
            canaries, _files = look(plant, list(CANARIES))
            for word, places in canaries.items():
                print(f"{browser}, canary {word}: {sorted(places) or 'NOT FOUND'}")
                failed |= not places
            for home in HOMES:
                if (browser, home) == ("firefox", "no script"):
                    continue  # no driver ticks a box there where scripts are off
                for end in ENDS:
                    case = Case(browser, home, end)
                    opened, files = profile_after(case, addresses[home], None, words())
                    ticked, more = profile_after(case, addresses[home], tick, words())
                    only = differences(opened, ticked)
                    held = sorted({each for places in opened.values() for each in places})
                    print(f"{case}: {len(only)} only after ticking; opened is in {held}")
                    for word, where in only:
                        print(f"    {word!r} in {where}")
                    print(f"    kinds of files only after ticking: {sorted(more - files)}")
                    failed |= bool(only)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
