"""Nothing jumps as a page arrives: it comes in pieces, its scripts last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Semaphore, Thread

import pytest
from playwright.sync_api import Browser

from tests.conftest import PATIENCE

WATCH = """window.moved = 0;
new PerformanceObserver((list) => { for (const each of list.getEntries()) moved += each.value; })
    .observe({ type: "layout-shift", buffered: true });"""
PAINTED = """(last) => new Promise((done) => {
    const look = () => requestAnimationFrame(
        performance.getEntriesByName("first-contentful-paint").length
            && document.querySelector(last) ? done : look);
    look();
})"""
SETTLED = """new Promise((done) => {
    const turn = (left) => requestAnimationFrame(() => left ? turn(left - 1) : done());
    turn(5);
})"""
"""Five frames: what moves is told with the frame after it."""
ARRIVED = """(last) => new Promise((done) => {
    const look = () => document.querySelector(last) ? done() : setTimeout(look);
    look();
})"""
TEXTS = {
    ".page-marque span": b">Rep\xc3\xa8res<",
    ".page-quitter": b">Quitter<",
    "nav summary": b">Menu<",
}
MOST = 0.02


@dataclass
class _Slow:
    """A host of the exported pages that sends them in pieces."""

    folder: Path
    address: str = ""
    cuts: list[bytes] = field(default_factory=list)
    """What ends each piece but the last."""
    more: Semaphore = field(default_factory=lambda: Semaphore(0))
    """Released once for each piece after the first."""


class _InPieces(BaseHTTPRequestHandler):
    """Sends a file up to a cut, and on when told so."""

    def __init__(self, *args: object, slow: _Slow) -> None:
        self.slow = slow
        super().__init__(*args)  # type: ignore[arg-type] # whatever the server gives

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        page = (self.slow.folder / self.path.lstrip("/")).read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        for cut in self.slow.cuts:
            piece, page = page[: (end := page.index(cut) + len(cut))], page[end:]
            self.wfile.write(piece)
            self.wfile.flush()
            assert self.slow.more.acquire(timeout=PATIENCE)
        self.wfile.write(page)


@pytest.fixture(scope="module")
def slow(exported_folder: Path) -> Iterator[_Slow]:
    slow = _Slow(exported_folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_InPieces, slow=slow)) as server:
        slow.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield slow
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("name", "width"), [("reperer", 1280), ("ressources", 390)])
@pytest.mark.parametrize("last", TEXTS)
def test_the_top_of_a_page_comes_at_once_and_stays(
    chromium: Browser, slow: _Slow, name: str, width: int, last: str
) -> None:
    """A half of it is not painted; what then comes below moves none of it."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH)
    slow.cuts = [TEXTS[last], b"</h1>", b"</main>"]
    page.goto(f"{slow.address}/{name}.html", wait_until="commit")
    page.evaluate(ARRIVED, last)
    assert page.evaluate("performance.getEntriesByType('paint')") == []
    slow.more.release()
    page.evaluate(PAINTED, "h1")
    slow.more.release(2)
    page.wait_for_load_state("load")
    page.evaluate(SETTLED)
    assert page.evaluate("moved") == 0
    page.close()


def test_nothing_jumps_on_a_phone_when_the_scripts_arrive(chromium: Browser, slow: _Slow) -> None:
    slow.cuts = [b"</details>\n</footer>\n"]
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(WATCH)
    moved = {}
    for name in ("reperer", "atelier", "ressources", "affiche-college", "fiche-chaine"):
        page = context.new_page()
        page.goto(f"{slow.address}/{name}.html", wait_until="commit")
        page.evaluate(PAINTED, "footer.page-pied > :last-child")
        slow.more.release()
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
