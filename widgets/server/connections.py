"""An HTTP server that limits its connections and evicts the longest idle for a new one."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from socket import SHUT_WR
from typing import TYPE_CHECKING, Any

import tornado.ioloop
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate, RequestStartLine
from tornado.iostream import IOStream, UnsatisfiableReadError

from widgets.server.handlers import error_page
from widgets.server.settings import ServingError

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from asyncio import Future
    from collections.abc import Awaitable
    from socket import socket

    from tornado.httputil import HTTPConnection, HTTPHeaders, ResponseStartLine


@dataclass(frozen=True)
class Limits:
    """Timeouts (seconds) and sizes (bytes) allowed to one client."""

    idle: float = 20.0
    """To send a complete request, or to reuse a keep-alive connection."""
    slowest: float = 60.0
    """To read a complete response."""
    leaving: float = 2.0
    """To read a refusal and stop sending (lingering close)."""
    request: int = 32 * 1024
    """Of what is asked. On a site shared with others, a browser sends their cookies too."""
    body: int = 16 * 1024
    """Of what is sent besides; nothing of it is ever read."""


BACKLOG = 1024
"""How many connections may wait to be accepted: a whole school arriving at once."""
_MOST = 10_000
_RESERVE = 100
"""File descriptors that connections leave to kernels and files."""
BARE_REFUSAL = b"HTTP/1.1 400 Bad Request\r\n\r\n"
"""What tornado writes automatically to what is not HTTP; it has no API for another answer."""


def connection_capacity() -> int:
    """Raise the limit of open files as far as allowed; return how many connections that leaves.

    Raises
    ------
    ServingError
        When too few may be opened for a page to be made.
    """
    if resource is None:
        return _MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST + _RESERVE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return _MOST
    if soft < _RESERVE:
        raise ServingError(
            f"Le système ne laisse ouvrir à Repères que {soft} fichiers à la fois ; il en faut au "
            f"moins {_RESERVE}. Lancez d'abord : ulimit -n 1024, ou demandez à la personne qui "
            "gère cet ordinateur de relever cette limite."
        )
    return min(_MOST, max(soft - _RESERVE, soft // 4))


class _Connection(IOStream):
    """A connection that answers a malformed request with our error page."""

    def __init__(self, sock: socket, server: LimitedHTTPServer) -> None:
        super().__init__(sock)
        self._server = server
        self._refused = False

    def write(self, data: bytes | memoryview) -> Future[None]:
        """Write data; our refusal replaces tornado's bare one."""
        self._server.note(self)
        self._refused = data == BARE_REFUSAL
        return super().write(self._server.refusal if self._refused else data)

    def close(self, exc_info: Any = False) -> None:  # noqa: ANN401 (tornado's)
        """Close; after a refusal, linger so that the client can read it."""
        too_long = isinstance(exc_info, UnsatisfiableReadError)
        if (too_long or self._refused) and not self.closed():
            with suppress(OSError):  # not even one more file may be opened
                self._server.linger_close(
                    self.socket.dup(), self._server.refusal if too_long else b""
                )
        super().close(exc_info)


class LimitedHTTPServer(HTTPServer):
    """An HTTP server that closes the longest idle connection when a new one exceeds its limit.

    A client that opens many connections and sends nothing shuts no one out.
    """

    def initialize(  # type: ignore[override] # tornado's way to be made
        self,
        application: Any,  # noqa: ANN401 (tornado's)
        most: int,
        headers: dict[str, str],
        limits: Limits = Limits(),
        **options: Any,  # noqa: ANN401 (tornado's)
    ) -> None:
        """Prepare to serve.

        Parameters
        ----------
        application
            What answers.
        most
            How many connections may be open.
        headers
            What every answer carries, the refusal of what is no request included.
        limits
            How long and how much a visitor may take.
        options
            Of tornado's server.
        """
        super().initialize(
            application,
            idle_connection_timeout=limits.idle,
            body_timeout=limits.idle,
            max_header_size=limits.request,
            max_body_size=limits.body,
            **options,
        )
        self._most = most
        self._limits = limits
        self.refusal = _refusal(headers)
        self._last_active: dict[IOStream, float] = {}  # the longest idle first
        self._leaving: set[asyncio.Task[None]] = set()
        self._clock = tornado.ioloop.IOLoop.current().time
        tornado.ioloop.PeriodicCallback(self._close_the_slowest, limits.slowest * 500).start()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Accept a connection; at the limit, evict the longest idle one."""
        connection = _Connection(stream.socket, self)
        self._evict_oldest_for(connection)
        super().handle_stream(connection, address)

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Record activity: a connection opened, or was just answered."""
        self.note(server_conn.stream)  # type: ignore[attr-defined] # tornado's connection
        return _InOriginForm(super().start_request(server_conn, request_conn))

    def on_close(self, server_conn: object) -> None:
        """Forget a connection."""
        self._last_active.pop(server_conn.stream, None)  # type: ignore[attr-defined]
        super().on_close(server_conn)

    def note(self, stream: IOStream) -> None:
        """Record activity on a connection, which makes it the last to be evicted."""
        if self._last_active.pop(stream, None) is not None:
            self._last_active[stream] = self._clock()

    def linger_close(self, sock: socket, answer: bytes) -> None:
        """Send a final response, if any, then half-close and drain the socket (lingering close)."""
        leaving = asyncio.ensure_future(self._linger_close(sock, answer))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    def _evict_oldest_for(self, stream: IOStream) -> None:
        if len(self._last_active) >= self._most:
            oldest = next(iter(self._last_active))
            del self._last_active[oldest]
            oldest.close()
        self._last_active[stream] = self._clock()

    def _close_the_slowest(self) -> None:
        late = self._clock() - self._limits.slowest
        for stream, since in list(self._last_active.items()):
            if since < late and stream.writing():
                stream.close()

    async def _linger_close(self, sock: socket, answer: bytes) -> None:
        """Drain the socket before closing it: closing at once would lose the refusal.

        (The system answers data on a closed socket with a reset, upon which many clients drop
        what they had received.)
        """
        stream = IOStream(sock)
        self._evict_oldest_for(stream)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._limits.leaving):
                if answer:
                    await stream.write(answer)
                sock.shutdown(SHUT_WR)
                while True:
                    await stream.read_bytes(64 * 1024, partial=True)
                    await asyncio.sleep(0)  # whoever sends fast yields to the other connections
        self._last_active.pop(stream, None)
        stream.close()


class _InOriginForm(HTTPMessageDelegate):
    """Rewrites the absolute form of a request (`GET http://host/path`) to the origin form.

    Both are one request (RFC 9112, 3.2.2); the second form is the one that applications know.
    """

    def __init__(self, application: HTTPMessageDelegate) -> None:
        self._application = application
        self.data_received = application.data_received  # type: ignore[method-assign]
        self.finish = application.finish  # type: ignore[method-assign]
        self.on_connection_close = application.on_connection_close  # type: ignore[method-assign]

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Pass on the request, in origin form."""
        if isinstance(start_line, RequestStartLine):
            absolute = _ABSOLUTE_URL.fullmatch(start_line.path)
            if absolute is not None:
                headers["Host"] = absolute["host"]
                path = absolute["path"]
                start_line = start_line._replace(path=path if path[:1] == "/" else f"/{path}")
        return self._application.headers_received(start_line, headers)


_ABSOLUTE_URL = re.compile(r"(?i:https?)://(?P<host>[^/?#@]+)(?P<path>(?:[/?].*)?)")


def _refusal(headers: dict[str, str]) -> bytes:
    page = error_page(400)
    lines = {
        **headers,
        "Cache-Control": "no-store",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page.html)),
        "Content-Security-Policy": page.policy,
        "Connection": "close",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 400 Bad Request\r\n{head}\r\n".encode() + page.html
