"""Thousands of damaged requests to our own server: it answers sensibly or not at all, and goes on.

Run it with `uv run python -m tests.benchmarks.fuzz 20000 1` (how many, and the seed); it ends with
status 1 when something was found, and prints the request to send again.
"""

from __future__ import annotations

import random
import re
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from tests.conftest import Served, serving

GOOD = (
    b"GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n",
    b'GET / HTTP/1.1\r\nHost: h\r\nIf-None-Match: "a", W/"b"\r\nConnection: close\r\n\r\n',
    b"HEAD /sante HTTP/1.0\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na=b",
    b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
    b"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    b"Content-Length: 57\r\n\r\n"
    b'--b\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n',
    b"GET /api/kernels/0/channels HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: h\r\nOrigin: https://exemple.fr\r\nRange: bytes=0-1,5-\r\n\r\n",
    b"GET /%2e%2e/%00?a=1&a=%ff#f HTTP/1.1\r\nHost: h\r\nCookie: a=b; c\r\n\r\n",
)
PIECES = (
    *(b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"%", b"%0d%0a", b"\xff\xfe", b"\x80"),
    *(b"-1", b"0", b"99999999999999999999", b"0x10", b"1e9", b"+5", b"1_0", b"\xc2\xb2"),
    *(b"HTTP/1.1", b"HTTP/2.0", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"gzip", b"chunked"),
    *(b"Transfer-Encoding: chunked\r\n", b"Content-Length: 5\r\n", b"Content-Encoding: gzip\r\n"),
    *(b"Host: \r\n", b"../" * 50, b"a" * 5000, b"X: y\r\n" * 500, b"/" * 300, b"[::1", b"http://"),
)
EVERY = 100
"""After so many damaged requests a good one is sent."""
PATIENCE = 0.2
"""Seconds to wait for an answer that may never come."""
_STATUS = re.compile(rb"HTTP/1\.1 ([1-4]\d\d) ")


def damaged(chance: random.Random) -> bytes:
    """Return one or two good requests after a few random damages."""
    sent = bytearray(b"".join(chance.choices(GOOD, k=chance.choice((1, 1, 1, 2)))))
    for _ in range(chance.randint(1, 6)):
        index = chance.randrange(len(sent) + 1)
        match chance.randrange(5):
            case 0:
                sent[index:index] = chance.choice(PIECES)
            case 1:
                del sent[index : index + chance.randint(1, 20)]
            case 2:
                sent[index : index + 1] = bytes([chance.randrange(256)])
            case 3:
                other = chance.randrange(len(sent) + 1)
                sent[index:index] = sent[min(index, other) : max(index, other)]
            case _:
                sent[index : index + 3] = chance.choice(PIECES)
    return bytes(sent)


def exchange(server: Served, sent: bytes, *, and_no_more: bool) -> bytes:
    """Send these bytes; return what comes back, as far as it comes soon."""
    answer = b""
    with (
        suppress(OSError),
        socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line,
    ):
        line.sendall(sent)
        if and_no_more:
            line.shutdown(socket.SHUT_WR)
        while chunk := line.recv(1 << 20):
            answer += chunk
    return answer


def session(server: Served, times: int, seed: int) -> list[str]:
    """Send so many damaged requests; return what was wrong with the answers, if anything."""
    chance = random.Random(seed)
    page = server.page()
    process = psutil.Process(server.process.pid)
    files, wrong = process.num_fds(), []
    for number in range(1, times + 1):
        sent = damaged(chance)
        answer = exchange(server, sent, and_no_more=chance.random() < 0.9)
        if answer and not _STATUS.match(answer):
            wrong.append(f"{sent!r} was answered {answer[:100]!r}")
        if any(word in answer for word in (b"Traceback", b"Set-Cookie", b"site-packages")):
            wrong.append(f"{sent!r} shows what is inside")
        if number % EVERY == 0 and server.page() != page:
            wrong.append(f"after {number} requests the page is another")
    if process.num_fds() > files + 10:
        wrong.append(f"{process.num_fds() - files} connections were left open")
    return wrong


def main() -> int:
    """Attack a server of our own."""
    times, seed = (int(each) for each in (*sys.argv[1:], *("20000", "1")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder, serving(cwd=Path(folder)) as server:
        server.wait_until("à jour")
        before = psutil.Process(server.process.pid).memory_info().rss
        wrong = session(server, times, seed)
        grown = (psutil.Process(server.process.pid).memory_info().rss - before) / 1e6
        said = server.stop()
    if "Traceback" in said:
        wrong.append(said)
    print(*wrong, sep="\n")
    print(f"{times} damaged requests (seed {seed}), {len(wrong)} wrong, memory {grown:+.1f} MB")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
