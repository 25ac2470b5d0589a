"""What is ticked never leaves the browser, and is not there for the next person."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import cramjam
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import signs
from tests.benchmarks.traces import (
    FORM_STATE,
    Case,
    canaries,
    home,
    left_after,
    tick_all,
    words,
)
from tests.browser.conftest import Visit, same_place
from tests.conftest import Served, serving
from tests.profiles import Left, differences, is_of_maker, left_in

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


def test_the_browser_s_profile_does_not_tell_ticked_from_opened() -> None:
    """Everything Chromium wrote to disk, unpacked; `tests.benchmarks.traces` does it whole."""
    for what, places in canaries("chromium", stay=1):
        assert places, what  # what is there is found
    left = {}
    for scripts in ("served", "no script"):
        case = Case("chromium", scripts, "leave")
        with TemporaryDirectory() as folder, home(scripts, Path(folder)) as at:
            left[scripts] = left_after(case, at, tick_all, words(), stay=0)
    for ticked in left.values():
        assert ticked.words[TICKS[0]], "the page itself, packed in the cache"
        assert {where for places in ticked.words.values() for where in places} == {
            "profile/Default/Cache/Cache_Data/*_*"
        }
        assert not ticked.words[FORM_STATE]


def leveldb_table(value: bytes) -> bytes:
    """Return a LevelDB table of one entry, whose blocks are packed by Snappy."""

    def varint(number: int) -> bytes:
        low, rest = number & 0x7F, number >> 7
        return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])

    def block(key: bytes, content: bytes) -> bytes:
        entry = b"\0" + varint(len(key)) + varint(len(content)) + key + content
        return bytes(cramjam.snappy.compress_raw(entry + struct.pack("<LL", 0, 1)))

    ending = b"\x01" + bytes(4)  # packed by Snappy; a checksum that nobody looks at
    data = block(b"key12345678", value)
    index = block(b"key12345678", varint(0) + varint(len(data)))
    handles = varint(0) * 2 + varint(len(data) + len(ending)) + varint(len(index))
    magic = bytes.fromhex("57fb808b247547db")
    return data + ending + index + ending + handles.ljust(40, b"\0") + magic


def leveldb_log(value: bytes) -> bytes:
    """Return a LevelDB log of one entry that the end of a page cuts in two."""
    size = len(value)
    entry = bytes(12) + b"\x01\x03key" + bytes([size & 0x7F | 0x80, size >> 7]) + value
    cut = entry.index(b"suicide") + 3
    filling = b"\0" * 4 + struct.pack("<HB", 32768 - 14 - cut, 1) + bytes(32768 - 14 - cut)
    first = b"\0" * 4 + struct.pack("<HB", cut, 2) + entry[:cut]
    return filling + first + b"\0" * 4 + struct.pack("<HB", len(entry) - cut, 4) + entry[cut:]


def test_whatever_packs_a_word_it_is_found(tmp_path: Path) -> None:
    word = "danger-suicide, bien caché"
    # In pieces first, from which it is put together: no packed form holds it as it is.
    text = b"danger-suici; ide, bien cach; " * 20 + f"avant {word} après".encode()
    block = bytes(cramjam.lz4.compress_block(text, store_size=False))
    packed_files = {
        "plain": text,
        "wide": text.decode().encode("utf-16-le"),
        "one-byte": text.decode().encode("latin-1"),
        "address": quote(text.decode()).encode(),
        "gzip": b"head" + gzip.compress(text),
        "zstd": b"head" + bytes(cramjam.zstd.compress(text)) + b"tail",
        "session": b"mozLz40\0" + len(text).to_bytes(4, "little") + block,
        "cache": struct.pack("<QLLLL", 0xFCFB6D1BA7725C30, 5, 4, 0, 0)
        + b"key:"
        + bytes(cramjam.brotli.compress(text)),
        "body": bytes(cramjam.brotli.compress(text)) + b"what is known of it",
        "snappy": bytes(cramjam.snappy.compress_raw(text)),
        "state": b'{"state": "' + b64encode(text) + b'"}',
        "table": leveldb_table(text),
        "kept.log": leveldb_log(text[-60:]),
    }
    for name, packed in packed_files.items():
        assert name == "plain" or word.encode() not in packed, name
        (tmp_path / name).write_bytes(packed)
    (tmp_path / word).touch()
    with closing(sqlite3.connect(tmp_path / "rows")) as database:
        database.execute("CREATE TABLE kept (value BLOB)")
        database.execute("CREATE TABLE names (key BLOB)")
        database.execute("INSERT INTO kept VALUES (?)", (gzip.compress(text),))
        shifted = bytes(byte + 1 for byte in word[:-1].encode()) + b"\x80\x6a"  # as Firefox does
        database.execute("INSERT INTO names VALUES (?)", (shifted,))
        database.commit()
    left = left_in(tmp_path, words=[word, "absent"])
    names = {*packed_files, word, "rows (kept)", "rows (names)"}
    assert left.words == {word: names | (left.words[word] & {"rows"}), "absent": set()}


def test_a_kind_of_record_is_seen_whatever_it_says(tmp_path: Path) -> None:
    def profile(name: str, form: object, at: int, command: int) -> Left:
        folder = tmp_path / name
        folder.mkdir()
        session = json.dumps({"tabs": [{"url": f"/{at}", "formdata": form}]}).encode()
        block = bytes(cramjam.lz4.compress_block(session, store_size=False))
        head = b"mozLz40\0" + len(session).to_bytes(4, "little")
        (folder / f"session-{at}").write_bytes(head + block)
        commands = b"".join(struct.pack("<HB", 3, each) + b"ab" for each in (1, command))
        (folder / f"Tabs_{at}").write_bytes(b"SNSS" + struct.pack("<L", 3) + commands)
        (folder / "prefs.js").write_text(f'user_pref("seen.{at}", {at});\n', "utf-8")
        with closing(sqlite3.connect(folder / "rows")) as database:
            database.execute("CREATE TABLE visits (site, pressed)")
            database.execute("INSERT INTO visits VALUES (?, ?)", (at, at if form else 0))
            database.commit()
        return left_in(folder)

    opened = profile("opened", {}, at=1234, command=2)
    assert differences(opened, profile("again", {}, at=56, command=1)) == []
    assert differences(opened, profile("ticked", {"box": True}, at=789, command=9)) == [
        *("Tabs_* #9", "rows (visits.pressed)", "session-* .tabs[].formdata.box")
    ]


def test_whose_answer_the_cache_keeps_is_told(tmp_path: Path) -> None:
    """What Firefox asks of its maker, when it comes to that in time, tells nothing of a page."""

    def profile(name: str, *addresses: str) -> Left:
        entries = tmp_path / name / "cache2" / "entries"
        entries.mkdir(parents=True)
        for number, address in enumerate(addresses):
            body = b"a body that names ,:https://ailleurs.example/ itself"
            key = f"O^partitionKey=%28http%29,:{address}\0".encode()
            known = bytes(40) + key + b"response-head\0Location: http://non.example\0"
            file = entries / f"{number:040X}"
            file.write_bytes(body + known + len(body).to_bytes(4, "big"))
        return left_in(tmp_path / name)

    page = "http://127.0.0.1:8866/"
    opened = profile("opened", page)
    asked = profile(
        "asked", page, "https://firefox.settings.mozilla.com/v1", "http://signe.example:80/a"
    )
    assert differences(opened, profile("again", page, f"{page}favicon.ico")) == []
    only = differences(opened, asked)
    assert only == [
        "cache*/entries/* of firefox.settings.mozilla.com",
        "cache*/entries/* of signe.example",
    ]
    assert list(map(is_of_maker, only)) == [True, False]
    assert not is_of_maker("cache*/entries/* of notmozilla.com")


def test_a_codec_that_a_browser_could_not_download_is_its_maker_s(tmp_path: Path) -> None:
    """Its settings are told from those that a page could make a browser write."""
    lines = [
        'user_pref("media.gmp-gmpopenh264.lastInstallStart", 1796026348);',
        'user_pref("media.gmp-gmpopenh264.lastDownloadFailed", 1796026348);',
        'user_pref("media.gmp-gmpopenh264.lastDownloadFailReason", "Error: no network");',
        'user_pref("media.gmp-gmpopenh264.enabled", true);',
        'user_pref("danger.lastDownloadFailed", 1796026348);',
    ]
    (tmp_path / "prefs.js").write_text("\n".join(lines), encoding="utf-8")
    settings = {each for each in left_in(tmp_path).records if "{" in each}
    assert {each for each in settings if not is_of_maker(each)} == {
        "prefs.js {media.gmp-gmpopenh*.enabled}",
        "prefs.js {danger.lastDownloadFailed}",
    }
    assert len(settings) == len(lines)
    told = "profile/datareporting/archived/*.main.jsonlz* .environment.settings.userPrefs"
    assert is_of_maker(f"{told}.media.gmp-gmpopenh*.lastInstallStart")
    assert is_of_maker("profile/cache*/doomed/* of ciscobinary.openh*.org")
    assert not is_of_maker("profile/cache*/entries/* of exemple.org")
