"""Connections: as many as the machine allows, and none that keeps a newcomer out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tornado.ioloop
from tornado.httpserver import HTTPServer

from widgets.server.handlers import error_page

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from tornado.httputil import HTTPConnection, HTTPMessageDelegate
    from tornado.iostream import IOStream

IDLE = 20.0
"""Seconds to send a whole request, or to ask again on a connection that is kept."""
SLOWEST = 60.0
"""Seconds to take a whole answer."""
BACKLOG = 1024
"""How many connections may wait to be accepted: a whole school arriving at once."""
_MOST = 10_000
_RESERVE = 100
"""File descriptors that connections leave to kernels and files."""
_BARE_REFUSAL = b"HTTP/1.1 400 Bad Request\r\n\r\n"
"""What tornado writes by itself to what is not HTTP."""


def room_for_connections() -> int:
    """Raise the limit of open files as far as allowed; return how many connections that leaves."""
    if resource is None:
        return _MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST + _RESERVE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return _MOST
    return min(_MOST, max(soft - _RESERVE, soft // 4))


class CrowdServer(HTTPServer):
    """An HTTP server in which the connection that was idle the longest makes room for the next.

    Whoever opens connections and sends nothing, however many, keeps nobody out.
    """

    def initialize(  # type: ignore[override] # tornado's way to be made
        self,
        application: Any,  # noqa: ANN401 (tornado's)
        most: int,
        headers: dict[str, str],
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
        options
            Of tornado's server.
        """
        super().initialize(
            application,
            idle_connection_timeout=IDLE,
            body_timeout=IDLE,
            max_header_size=16 * 1024,
            max_body_size=16 * 1024,  # nothing is ever read from a body
            **options,
        )
        self._most = most
        self._refusal = _refusal(headers)
        self._since: dict[IOStream, float] = {}  # the longest idle first
        self._clock = tornado.ioloop.IOLoop.current().time
        tornado.ioloop.PeriodicCallback(self._close_the_slowest, SLOWEST * 500).start()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Welcome a connection; where there is no room left, make it."""
        if len(self._since) >= self._most:
            oldest = next(iter(self._since))
            del self._since[oldest]
            oldest.close()
        self._since[stream] = self._clock()
        write = stream.write
        stream.write = lambda data: write(  # type: ignore[method-assign] # written bare otherwise
            self._refusal if data == _BARE_REFUSAL else data
        )
        super().handle_stream(stream, address)

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Note that a connection has just been answered, or begins."""
        stream: IOStream = server_conn.stream  # type: ignore[attr-defined] # tornado's connection
        if self._since.pop(stream, None) is not None:
            self._since[stream] = self._clock()
        return super().start_request(server_conn, request_conn)

    def on_close(self, server_conn: object) -> None:
        """Forget a connection."""
        self._since.pop(server_conn.stream, None)  # type: ignore[attr-defined]
        super().on_close(server_conn)

    def _close_the_slowest(self) -> None:
        late = self._clock() - SLOWEST
        for stream, since in list(self._since.items()):
            if since < late and stream.writing():
                stream.close()


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
