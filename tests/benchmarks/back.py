"""What Back shows, and what is restored, under each header that might empty a page.

`uv run python -m tests.benchmarks.back` prints, for Chromium and for Firefox as people have them
(pages kept for Back), how many of two ticks are there again, with JavaScript and without, and what
each header costs a second visit. What is restored is tried in Firefox alone: a Chromium that is
driven from outside restores nothing.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.traces import BROWSERS, TICKS
from tests.browser.people import Tab, kill, tick
from tests.servers import serving

CLEAR = 'Clear-Site-Data: "cache"'
HEADERS = {
    "no-cache": {"Cache-Control": "no-cache"},
    "no-store": {"Cache-Control": "no-store"},
    f"no-cache, {CLEAR}": {"Cache-Control": "no-cache", "Clear-Site-Data": '"cache"'},
    f"no-store, {CLEAR}": {"Cache-Control": "no-store", "Clear-Site-Data": '"cache"'},
}
"""Of the page."""
WAYS_OUT = {"a link": "/ailleurs", f"a way out with {CLEAR}": "/sortie"}
HERE = "[data-moment]"


class Site(NamedTuple):
    """Where the page is, under some header, and what was asked for and sent."""

    address: str
    sent: list[tuple[str, int]]


@contextmanager
def site(html: bytes, headers: Mapping[str, str]) -> Iterator[Site]:
    """Serve the page with some headers, and two places to go to."""
    sent: list[tuple[str, int]] = []

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # for a browser to ask whether what it has is still good

        def do_GET(self) -> None:
            page = self.path == "/"
            known = page and self.headers["If-None-Match"] == '"1"'
            body = b"" if known else html if page else b"<!doctype html><p>ailleurs</p>"
            self.send_response(304 if known else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"1"')
            for name, value in headers.items() if page else ():
                self.send_header(name, value)
            if self.path == "/sortie":
                self.send_header("Clear-Site-Data", '"cache"')
            self.end_headers()
            self.wfile.write(body)
            sent.append((self.path, len(body)))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}", sent)
        server.shutdown()


def back(tab: Tab, at: Site, way_out: str) -> int:
    """Return how many ticks Back shows."""
    tab.open(f"{at.address}/")
    tick(tab, *TICKS)
    tab.open(at.address + way_out)
    tab.back()
    tab.wait_for(HERE)
    return len(tab.locate("input:checked"))


def again(tab: Tab, at: Site) -> int:
    """Return how many bytes a second visit costs."""
    tab.open(f"{at.address}/")
    tab.open(f"{at.address}/ailleurs")
    at.sent.clear()
    tab.open(f"{at.address}/")
    return sum(size for path, size in at.sent if path == "/")


def restored(browser: str, html: bytes, headers: Mapping[str, str], *, scripts: bool) -> int:
    """Return how many ticks are there when a browser that was killed restores its pages."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder, start = Path(name), BROWSERS[browser]
        with site(html, headers) as at:
            with start(folder, scripts=scripts) as tab:
                tab.open(f"{at.address}/")
                tick(tab, *TICKS)
                tab.until_written()
                kill(tab.process)
            at.sent.clear()
            with start(folder, scripts=scripts, restore=True) as tab:
                tab.turn_to(f"{at.address}/")
                tab.wait_for(HERE)
                return len(tab.locate("input:checked"))


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, serving(cwd=Path(name)) as server:
        html = server.page().encode()
    for browser, start in BROWSERS.items():
        for scripts in (False, True):
            told = f"{browser}, JavaScript {'on' if scripts else 'off'}"
            with (
                tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name,
                start(Path(name), scripts=scripts) as tab,
            ):
                for header, values in HEADERS.items():
                    with site(html, values) as at:
                        for way, path in WAYS_OUT.items():
                            print(f"{told}, {header}, {way}, Back: {back(tab, at, path)} ticks")
                        if scripts:
                            print(f"{told}, {header}: {again(tab, at)} bytes a second time")
                    sys.stdout.flush()
            for header in ("no-cache", "no-store") if browser == "firefox" else ():
                ticks = restored(browser, html, HEADERS[header], scripts=scripts)
                print(f"{told}, {header}, killed and restored: {ticks} ticks", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
