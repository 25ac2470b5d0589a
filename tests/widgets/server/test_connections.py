"""Connections: refused politely, dropped when they take too long, and never in each other's way."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from threading import Thread

import pytest
import tornado.netutil
import tornado.web

from tests.conftest import Served
from widgets.server.connections import LimitedHTTPServer, Limits

HEADERS = {"X-Content-Type-Options": "nosniff"}
MOST = 5
LARGE = bytes(30_000_000)
"""More than a machine takes on behalf of somebody who does not read."""
LONG = 60.0
"""Seconds after which a test gives up; nothing waits for so long."""


class Small(tornado.web.RequestHandler):
    """Answers at once."""

    def get(self) -> None:
        self.finish(b"petit")


class Large(tornado.web.RequestHandler):
    """Answers with more than is taken at once."""

    def get(self) -> None:
        self.finish(LARGE)


class Echo(tornado.web.RequestHandler):
    """Echoes the request."""

    def get(self) -> None:
        self.finish(f"{self.request.host} {self.request.path} {self.get_argument('a', '')}")


class Crowd:
    """A server of ours with short limits, in a thread of its own."""

    def __init__(self, limits: Limits) -> None:
        self._started: Future[int] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(limits)))
        self._thread.start()
        self.port = self._started.result(LONG)

    async def _serve(self, limits: Limits) -> None:
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()
        application = tornado.web.Application([("/", Small), ("/grand", Large), ("/dit/?", Echo)])
        self.server = LimitedHTTPServer(application, most=MOST, headers=HEADERS, limits=limits)
        lines = tornado.netutil.bind_sockets(0, "127.0.0.1")
        self.server.add_sockets(lines)
        self._started.set_result(lines[0].getsockname()[1])
        await self._ended.wait()
        self.server.stop()
        await self.server.close_all_connections()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join()

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=LONG)

    def wait_until_open_are(self, many: int) -> None:
        end = time.monotonic() + LONG
        while len(self.server._last_active) != many:  # noqa: SLF001 (nobody else is to know)
            assert time.monotonic() < end
            time.sleep(0.01)

    def works(self) -> bool:
        with self.line() as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            return everything(line).endswith(b"petit")


def everything(line: socket.socket) -> bytes:
    """Return all that comes until the line is closed; a line that is cut raises."""
    return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    crowd = Crowd(Limits(idle=0.4, slowest=0.4, leaving=LONG, request=2000, body=2000))
    yield crowd
    crowd.end()


@pytest.mark.parametrize(
    "first",
    [
        b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 999999\r\n\r\n",
        b"bonjour\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: ",  # and no end to it
        b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: x\r\n\r\n",
    ],
)
def test_whoever_goes_on_sending_still_reads_the_refusal(crowd: Crowd, first: bytes) -> None:
    with crowd.line() as line:
        line.sendall(first)
        for _ in range(10):
            line.sendall(bytes(20_000))  # a line that was cut would raise here, or below
        refusal = everything(line)
    assert refusal.startswith(b"HTTP/1.1 400 ")
    assert b"nosniff" in refusal
    assert refusal.rstrip().endswith(b"</html>")
    assert b'href="tel:15"' in refusal
    assert crowd.works()


def test_whoever_never_stops_sending_is_cut_off() -> None:
    crowd = Crowd(Limits(leaving=0.2))
    try:
        with crowd.line() as line, pytest.raises(OSError, match=r"reset|[Bb]roken"):
            line.sendall(b"bonjour\r\n\r\n")
            end = time.monotonic() + LONG
            while time.monotonic() < end:
                line.sendall(bytes(1000))
                time.sleep(0.01)
    finally:
        crowd.end()


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: h\r\n"])
def test_whoever_does_not_end_a_request_is_dropped(crowd: Crowd, sent: bytes) -> None:
    with crowd.line() as line:
        line.sendall(sent)
        assert everything(line) == b""


def test_whoever_sends_a_body_drop_by_drop_is_dropped(crowd: Crowd) -> None:
    with crowd.line() as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\na")
        assert everything(line) == b""


def test_whoever_does_not_read_is_dropped(crowd: Crowd) -> None:
    with crowd.line() as line:
        line.sendall(b"GET /grand HTTP/1.1\r\nHost: h\r\n\r\n")
        line.recv(1)
        crowd.wait_until_open_are(0)
        assert len(everything(line)) < len(LARGE)


def test_whoever_reads_gets_a_large_answer_whole(crowd: Crowd) -> None:
    with crowd.line() as line:
        line.sendall(b"GET /grand HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        assert everything(line).endswith(LARGE)


def test_the_longest_idle_one_is_evicted() -> None:
    crowd = Crowd(Limits())
    try:
        with ExitStack() as stack:
            lines = [stack.enter_context(crowd.line()) for _ in range(MOST)]
            crowd.wait_until_open_are(MOST)
            lines[0].sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            assert lines[0].recv(65536).startswith(b"HTTP/1.1 200 ")  # just served: not the oldest
            assert crowd.works()
            assert lines[1].recv(1) == b""
            lines[0].sendall(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            assert lines[0].recv(65536).startswith(b"HTTP/1.1 200 ")
    finally:
        crowd.end()


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("http://hote/dit", b"hote /dit "),
        (
            "https://ailleurs.example:8443/dit?a=http://b/c",
            b"ailleurs.example:8443 /dit http://b/c",
        ),
        ("HTTP://[::1]:80/dit/?a=1", b"[::1]:80 /dit/ 1"),
        ("/dit?a=http://hote/", b"ici /dit http://hote/"),
        ("http://hote", b"petit"),
        ("http://hote?a=1", b"petit"),
    ],
)
def test_an_absolute_url_is_answered_as_its_path(crowd: Crowd, asked: str, echoed: bytes) -> None:
    with crowd.line() as line:
        line.sendall(f"GET {asked} HTTP/1.1\r\nHost: ici\r\nConnection: close\r\n\r\n".encode())
        head, _, body = everything(line).partition(b"\r\n\r\n")
    assert b" 200 " in head
    assert body == echoed


@pytest.mark.parametrize("asked", ["http:///dit", "ftp://hote/dit", "http:/dit", "//hote/dit"])
def test_what_is_no_absolute_url_is_no_page(crowd: Crowd, asked: str) -> None:
    with crowd.line() as line:
        line.sendall(f"GET {asked} HTTP/1.1\r\nHost: ici\r\nConnection: close\r\n\r\n".encode())
        assert b" 404 " in everything(line).split(b"\r\n")[0]


def test_our_pages_are_found_by_their_absolute_url(served: Served) -> None:
    for path in ("/ressources", "/", "/absente"):
        asked = served.ask(path)
        for start in (f"http://127.0.0.1:{served.port}", "https://reperes.example"):
            status, _headers, body = served.ask(f"{start}{path}")
            assert (status, body) == (asked[0], asked[2])
