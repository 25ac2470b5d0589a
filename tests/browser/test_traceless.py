"""What is ticked never leaves the browser, and is not there for the next person."""

from __future__ import annotations

import gzip
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import cramjam
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import signs
from tests.benchmarks.traces import (
    CANARIES,
    Case,
    differences,
    plant,
    profile_after,
    tick,
    words,
)
from tests.browser.conftest import Visit, same_place
from tests.conftest import Served, serving
from tests.profiles import found

STORES = """async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: window.caches ? (await caches.keys()).length : 0,
    name: window.name,
    state: history.state,
})"""
NOTHING = {
    "cookie": "",
    "local": 0,
    "session": 0,
    "databases": 0,
    "caches": 0,
    "name": "",
    "state": None,
}
TICKS = ("confidence", "danger-suicide", "sommeil")


@pytest.fixture(scope="module")
def file(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page as a file: what is exported has the same bytes, another test says."""
    file = tmp_path_factory.mktemp("page") / "reperes.html"
    file.write_text(served.page(), encoding="utf-8")
    return file


@pytest.fixture(scope="module", params=["served", "file"])
def stay(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Visit]:
    """Return one page for all tests: the server's, and the file's where there is no network.

    Nothing went elsewhere and nothing was complained of, whatever was done with it.
    """
    served = request.param == "served"
    home = request.getfixturevalue(request.param)
    address = home.url if served else home.as_uri()
    context = chromium.new_context(offline=not served)
    visit = Visit(context.new_page(), address).open()
    yield visit
    context.close()
    assert visit.complaints == []
    assert [r.url for r in visit.requests if not same_place(r, address)] == []


@pytest.fixture
def visit(stay: Visit) -> Visit:
    """Return the page as it is when just opened; what it asks for from now on is counted."""
    stay.requests.clear()
    return stay.open()


def test_nothing_ticked_leaves_the_browser(visit: Visit) -> None:
    page = visit.page
    address = page.url
    visit.tick(*TICKS)
    answer = signs.orient(signs.load(), set(TICKS), moment="signes")
    assert set(visit.shown()) == {advice.id for advice in answer.advice}
    page.locator("input[value=sommeil]").press("Enter")  # no form is sent
    expect(page.locator("input[value=sommeil]")).to_be_checked()
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Tout est effacé.")
    expect(page.locator("[data-conseil=appeler-15]")).to_be_hidden()
    expect(page.locator("[data-moment] details[open]")).to_have_count(0)
    assert [r.url for r in visit.requests if not r.url.startswith("data:")] == [address]
    assert page.url == address
    assert page.context.cookies() == []
    assert page.evaluate(STORES) == NOTHING


def test_a_page_kept_alive_by_the_browser_was_emptied_when_left(visit: Visit) -> None:
    visit.tick(*TICKS)
    visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(visit.page.locator("input:checked, [data-moment] [open]")).to_have_count(0)
    expect(visit.page.locator("[data-conseil=appeler-15]")).to_be_hidden()


def test_reloading_or_coming_back_finds_nothing_ticked(visit: Visit) -> None:
    left = visit.page.locator("input:checked, [data-moment] [open]")
    visit.tick(*TICKS)
    visit.page.reload()
    expect(left).to_have_count(0)
    visit.tick(*TICKS)
    visit.page.goto("about:blank")
    visit.page.go_back()
    expect(left).to_have_count(0)
    expect(visit.page.get_by_role("heading", name="Dans tous les cas")).to_be_visible()
    assert visit.open_lines() == []


def test_the_page_says_what_it_cannot_erase(served: Served) -> None:
    foot = served.page().rpartition("<footer")[2]
    assert "historique" in foot
    assert "impression" in foot


def test_the_page_still_answers_after_the_server_was_killed(
    context: BrowserContext, served: Served, tmp_path: Path
) -> None:
    with serving(cwd=tmp_path) as server:
        visit = Visit(context.new_page(), server.url).open()
        assert server.page() == served.page()  # two servers of one list give the same page
        server.process.kill()
        server.process.wait()
        visit.tick("danger-compte-a-rebours", "confidence")
        assert visit.shown()[0] == "appeler-17"
        visit.page.get_by_role("button", name="Tout effacer").click()
        expect(visit.page.locator("[data-conseil=appeler-17]")).to_be_hidden()
        assert visit.complaints == []


def test_the_browser_s_profile_does_not_tell_ticked_from_opened(served: Served) -> None:
    """Everything Chromium wrote to disk, unpacked; `tests.benchmarks.traces` does it whole."""
    case = Case("chromium", "served", "close")
    planted, _files = profile_after(case, served.url, plant, list(CANARIES), settle=3)
    assert all(planted.values()), planted  # what is there is found
    opened, _files = profile_after(case, served.url, None, words(), settle=0)
    assert opened[TICKS[0]]  # the page itself, packed in the cache
    ticked, _files = profile_after(case, served.url, tick, words(), settle=0)
    assert differences(opened, ticked) == []


def test_whatever_packs_a_word_it_is_found(tmp_path: Path) -> None:
    word = "danger-suicide, bien caché"
    text = f"avant {word} après".encode()
    block = bytes(cramjam.lz4.compress_block(text, store_size=False))
    for name, packed in {
        "plain": text,
        "wide": text.decode().encode("utf-16-le"),
        "gzip": b"head" + gzip.compress(text),
        "zstd": b"head" + bytes(cramjam.zstd.compress(text)),
        "session": b"mozLz40\0" + len(text).to_bytes(4, "little") + block,
        "cache": struct.pack("<QLLLL", 0xFCFB6D1BA7725C30, 5, 4, 0, 0)
        + b"key:"
        + bytes(cramjam.brotli.compress(text)),
    }.items():
        (tmp_path / name).write_bytes(packed)
    with closing(sqlite3.connect(tmp_path / "rows")) as database:
        database.execute("CREATE TABLE kept (value BLOB)")
        database.execute("INSERT INTO kept VALUES (?)", (gzip.compress(text),))
        database.commit()
    places = found(tmp_path, [word, "absent"])
    names = {"plain", "wide", "gzip", "zstd", "session", "cache", "rows (kept)"}
    assert places == {word: names | (places[word] & {"rows"}), "absent": set()}
