"""Clumsy and hostile visitors, faults of the machine: it goes on answering."""

from __future__ import annotations

import hashlib
import shutil
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from tests.conftest import PATIENCE, Served, lacking, serving

HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Cache-Control",
}


def raw(server: Served, sent: bytes, *, and_no_more: bool = False) -> bytes:
    """Return all that comes back for these very bytes, until the line is closed.

    Whoever says that no more will come is taken at their word: half a request is dropped at once.
    """
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        line.sendall(sent)
        if and_no_more:
            line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("HEAD", "/"), ("POST", "/"), ("GET", "/rien"), ("GET", "/sante")],
)
def test_every_answer_has_every_header(served: Served, method: str, path: str) -> None:
    _status, headers, _body = served.ask(path, method)
    assert headers.keys() >= HEADERS
    assert {"Server", "Set-Cookie", "X-Powered-By"}.isdisjoint(headers)
    assert not [name for name in headers if name.startswith("Access-Control")]


def test_an_answer_without_a_page_has_them_too(served: Served) -> None:
    _status, headers, _body = served.ask()
    status, headers, _body = served.ask(If_None_Match=headers["Etag"])
    assert status == 304
    assert headers.keys() >= HEADERS


@pytest.mark.parametrize(
    "sent",
    [
        b"bonjour\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
        b"\0" * 100_000,
    ],
)
def test_what_is_no_request_is_refused_with_our_page(served: Served, sent: bytes) -> None:
    answer = raw(served, sent).decode()
    assert answer.startswith("HTTP/1.1 400 ")
    head, _, page = answer.partition("\r\n\r\n")
    assert {line.partition(":")[0] for line in head.split("\r\n")} >= HEADERS
    assert 'href="tel:15"' in page


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # the start of TLS
        b"GET / HTTP/1.1\r\nHost: h\r\n",  # half a request
        b"",
    ],
)
def test_what_is_too_little_is_dropped(served: Served, sent: bytes) -> None:
    assert raw(served, sent, and_no_more=True) == b""
    assert served.ask()[0] == 200


@pytest.mark.parametrize(
    "path", ["/%0d%0aSet-Cookie:%20a=b", "/?x=%0d%0aSet-Cookie:%20a=b", "/%00", "/%ff%fe", "/;a=b"]
)
def test_nothing_asked_for_comes_back_in_a_header(served: Served, path: str) -> None:
    _status, headers, body = served.ask(
        path, Origin="https://exemple.fr", X_Forwarded_Host="exemple.fr", X_Forwarded_Proto="https"
    )
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers
    assert "exemple.fr" not in str(headers)
    assert b"Set-Cookie" not in body


def test_a_crowd_that_says_nothing_keeps_nobody_out(tmp_path: Path) -> None:
    if shutil.which("prlimit") is None:
        lacking("prlimit", "Sous Debian : apt-get install util-linux.")
    few = ("prlimit", "--nofile=200:200")
    with serving(cwd=tmp_path, under=few) as server, ExitStack() as crowd:
        server.page()
        process = psutil.Process(server.process.pid)
        for number in range(600):  # three times what the process may open
            line = crowd.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            with suppress(OSError):
                line.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n" if number % 2 else b"G")
            if number % 100 == 99:
                began = time.monotonic()
                assert server.ask()[0] == 200
                assert time.monotonic() - began < 5
        assert process.num_fds() < 200
        spent = sum(process.cpu_times()[:2])
        time.sleep(1)  # and it does not turn in circles
        assert sum(process.cpu_times()[:2]) - spent < 0.5


def test_memory_stays_as_it_is(served: Served) -> None:
    served.page()
    process = psutil.Process(served.process.pid)

    def visits(times: int) -> int:
        with ThreadPoolExecutor(8) as visitors:
            list(visitors.map(lambda _: served.ask(Accept_Encoding="gzip"), range(times)))
        return int(process.memory_info().rss)

    before = visits(600)
    assert visits(600) - before < 3_000_000


def test_a_kernel_killed_while_it_works_is_started_again(tmp_path: Path) -> None:
    with serving(cwd=tmp_path) as server:
        process = psutil.Process(server.process.pid)
        end = time.monotonic() + 30
        while not (kernels := process.children(recursive=True)):
            assert time.monotonic() < end
        kernels[0].kill()
        assert "reperes-board" in server.page()


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in folder.rglob("*")
    }


def test_a_visit_writes_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "ici").mkdir()
    with serving(cwd=tmp_path / "ici") as server:
        server.page()
        end = time.monotonic() + 60
        while server.ask("/sante")[0] != 200:
            assert time.monotonic() < end
        before = contents(tmp_path)
        opened = {file.path for file in psutil.Process(server.process.pid).open_files()}
        for path in ("/", "/rien", "/sante", "/?confidence=1", "/%2e%2e/etc/passwd"):
            server.ask(path)
        assert contents(tmp_path) == before
        assert {f.path for f in psutil.Process(server.process.pid).open_files()} == opened


def test_two_servers_of_one_list_give_the_same_page(served: Served, tmp_path: Path) -> None:
    with serving(cwd=tmp_path) as other:
        assert other.page() == served.page()
        assert other.ask()[1]["Etag"] == served.ask()[1]["Etag"]
