"""Nothing jumps once the scripts have run: the page is painted first, then they arrive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser

from tests.conftest import PATIENCE

WATCH = """window.moved = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
    .observe({ type: "layout-shift", buffered: true });"""
PAINTED = """new Promise((done) => {
    const look = () => requestAnimationFrame(
        performance.getEntriesByName("first-contentful-paint").length
            && document.querySelector("footer.page-pied > :last-child") ? done : look);
    look();
})"""
SETTLED = """new Promise((done) => {
    const turn = (left) => requestAnimationFrame(() => left ? turn(left - 1) : done());
    turn(5);
})"""
"""Five frames: what moves is told with the frame after it."""
MOST = 0.02


class _InTwo(BaseHTTPRequestHandler):
    """Sends a file up to its scripts; these once the page was seen."""

    def __init__(self, *args: object, folder: Path, seen: Event) -> None:
        self.folder, self.seen = folder, seen
        super().__init__(*args)  # type: ignore[arg-type] # whatever the server gives

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        page = (self.folder / self.path.lstrip("/")).read_bytes()
        end = page.rindex(b"</footer>\n<script>")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page[:end])
        self.wfile.flush()
        assert self.seen.wait(PATIENCE)
        self.wfile.write(page[end:])


@pytest.fixture(scope="module")
def slow(exported_folder: Path) -> Iterator[tuple[str, Event]]:
    """Return a host of the exported pages, and what lets their scripts through."""
    seen = Event()
    handler = partial(_InTwo, folder=exported_folder, seen=seen)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()
        thread.join()


def test_nothing_jumps_on_a_phone_when_the_scripts_arrive(
    chromium: Browser, slow: tuple[str, Event]
) -> None:
    host, seen = slow
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(WATCH)
    moved = {}
    for name in ("reperer", "atelier", "ressources", "affiche-college", "fiche-chaine"):
        page = context.new_page()
        seen.clear()
        page.goto(f"{host}/{name}.html", wait_until="commit")
        page.evaluate(PAINTED)
        seen.set()
        page.wait_for_load_state("load")
        page.evaluate(SETTLED)
        moved[name] = page.evaluate("moved")
        # The measure itself: what is put on top of the page makes it jump.
        page.evaluate(
            "document.body.prepend(Object.assign(document.createElement('p'), "
            "{ textContent: 'x', style: 'height: 400px' }))"
        )
        page.evaluate(SETTLED)
        assert page.evaluate("moved") > MOST, name
        page.close()
    context.close()
    assert {name: by for name, by in moved.items() if by > MOST} == {}
