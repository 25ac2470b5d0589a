"""Clumsy and hostile visitors, faults of the machine: it goes on answering."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import psutil
import pytest

from tests.benchmarks.fuzz import session
from tests.servers import PATIENCE, REPERES, Served, free_port
from tests.widgets.server.conftest import Home, home
from widgets.page.registry import PAGES

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


FEW = 200
"""Files that it may have open, connections included."""


def limited(files: int) -> tuple[str, ...]:
    """Return a command that starts another, which may open so many files only."""
    return (
        sys.executable,
        "-c",
        f"import os, resource as r, sys; r.setrlimit(r.RLIMIT_NOFILE, ({files}, {files}));"
        "os.execv(sys.argv[1], sys.argv[1:])",
    )


STRAY = (
    '{"VoilaConfiguration": {"show_tracebacks": true, "template": "lab"}, '
    '"Voila": {"ip": "0.0.0.0"}}'
)


@dataclass
class Harsh(Home):
    """A server that has seen everything, and what was seen of it while it started."""

    health: tuple[int, dict[str, Any]]
    """What it told a probe before any page was there."""
    listening: dict[int, set[tuple[str, int]]]
    """Where it and its kernels listened until all pages were made, by process."""
    answers: list[tuple[int, dict[str, str], bytes]]
    """What a burst of first visitors got."""


@pytest.fixture(scope="module")
def harsh() -> Iterator[Harsh]:
    """Return a server that may open few files, that was started beside somebody's configuration.

    A burst of visitors came before any page was there, and its first kernel was killed.
    """
    with (
        home(under=limited(FEW), files={"voila.json": STRAY}) as at_home,
        ThreadPoolExecutor(12) as visitors,
    ):
        server = at_home.server
        coming = [visitors.submit(server.ask) for _ in range(24)]
        end = time.monotonic() + PATIENCE
        while len(family := at_home.family()) == 1:
            assert time.monotonic() < end
        family[1].kill()
        health = server.health()
        listening: dict[int, set[tuple[str, int]]] = {}
        while server.health()[1]["etat"] == "en préparation":
            assert time.monotonic() < end
            for process in at_home.family():
                listening.setdefault(process.pid, set()).update(addresses(process))
            time.sleep(0.1)
        yield Harsh(
            **vars(at_home),
            health=health,
            listening=listening,
            answers=[visitor.result() for visitor in coming],
        )


def addresses(process: psutil.Process) -> set[tuple[str, int]]:
    """Return where a process listens."""
    try:
        lines = process.net_connections(kind="tcp")
    except psutil.Error:  # one that has just ended listens no more
        return set()
    return {(each.laddr.ip, each.laddr.port) for each in lines if each.status == psutil.CONN_LISTEN}


def raw(server: Served, sent: bytes, *, and_no_more: bool = False) -> bytes:
    """Return all that comes back for these very bytes, until the line is closed.

    Whoever says that no more will come is taken at their word: half a request is dropped at once.
    """
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        line.sendall(sent)
        if and_no_more:
            line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize("files", [48, 64, 99])
def test_where_too_few_files_may_be_opened_it_says_so_at_once(files: int) -> None:
    command = [*limited(files), str(REPERES), "--sans-navigateur", "--port", str(free_port())]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 1
    assert f"{files} fichiers" in ran.stderr.replace("\u00a0", " ")
    assert "ulimit -n 1024" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("HEAD", "/"), ("POST", "/"), ("GET", "/rien"), ("GET", "/sante")],
)
def test_every_answer_has_every_header(harsh: Harsh, method: str, path: str) -> None:
    _status, headers, _body = harsh.server.ask(path, method)
    assert headers.keys() >= HEADERS
    assert {"Server", "Set-Cookie", "X-Powered-By"}.isdisjoint(headers)
    assert not [name for name in headers if name.startswith("Access-Control")]


def test_an_answer_without_a_page_has_them_too(harsh: Harsh) -> None:
    _status, headers, _body = harsh.server.ask()
    status, headers, _body = harsh.server.ask(If_None_Match=headers["Etag"])
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
def test_what_is_no_request_is_refused_with_our_page(harsh: Harsh, sent: bytes) -> None:
    answer = raw(harsh.server, sent).decode()
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
def test_what_is_too_little_is_dropped(harsh: Harsh, sent: bytes) -> None:
    assert raw(harsh.server, sent, and_no_more=True) == b""
    assert harsh.server.ask()[0] == 200


@pytest.mark.parametrize(
    "path", ["/%0d%0aSet-Cookie:%20a=b", "/?x=%0d%0aSet-Cookie:%20a=b", "/%00", "/%ff%fe", "/;a=b"]
)
def test_nothing_asked_for_comes_back_in_a_header(harsh: Harsh, path: str) -> None:
    _status, headers, body = harsh.server.ask(
        path, Origin="https://exemple.fr", X_Forwarded_Host="exemple.fr", X_Forwarded_Proto="https"
    )
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers
    assert "exemple.fr" not in str(headers)
    assert b"Set-Cookie" not in body


def test_a_burst_of_first_visitors_gets_the_whole_page_though_a_kernel_was_killed(
    harsh: Harsh,
) -> None:
    assert {status for status, *_ in harsh.answers} == {200}
    assert len({body for *_, body in harsh.answers}) == 1
    assert b"reperes-board" in harsh.answers[0][2]


def test_probes_are_told_that_it_was_not_ready_before(harsh: Harsh) -> None:
    status, told = harsh.health
    assert (status, told["etat"]) == (503, "en préparation")


def test_nobody_outside_reaches_it_or_its_kernels(harsh: Harsh) -> None:
    kernels = dict(harsh.listening)
    server = kernels.pop(harsh.server.process.pid)
    assert server == {("127.0.0.1", harsh.server.port)}  # whatever a stray configuration says
    assert len(kernels) >= len(PAGES)
    for seen in kernels.values():
        opened = seen - server  # a process that is just being started still has it
        # ipykernel opens one for what its own children print; five if spoken to through ports.
        assert len(opened) <= 1
        assert {host for host, _port in opened} <= {"127.0.0.1"}


def test_a_crowd_that_says_nothing_keeps_nobody_out(harsh: Harsh) -> None:
    process = psutil.Process(harsh.server.process.pid)
    with ExitStack() as crowd:
        for number in range(3 * FEW):
            line = crowd.enter_context(
                socket.create_connection(("127.0.0.1", harsh.server.port), timeout=PATIENCE)
            )
            with suppress(OSError):
                line.sendall(b"GET / HTTP/1.1\r\nHost: h\r\n" if number % 2 else b"G")
            if number % 100 == 99:
                assert harsh.server.ask()[0] == 200
        assert process.num_fds() < FEW
        spent = sum(process.cpu_times()[:2])
        time.sleep(1)  # and it does not turn in circles
        assert sum(process.cpu_times()[:2]) - spent < 0.5


def test_damaged_requests_are_answered_sensibly_or_not_at_all(harsh: Harsh) -> None:
    """A few of them; `python -m tests.benchmarks.fuzz` sends as many as one likes."""
    assert session(harsh.server, 200, seed=5) == []


def test_memory_stays_as_it_is(harsh: Harsh) -> None:
    process = psutil.Process(harsh.server.process.pid)

    def visits(times: int) -> int:
        line = http.client.HTTPConnection("127.0.0.1", harsh.server.port, timeout=PATIENCE)
        for number in range(times):
            line.request("GET", "/", headers={"Accept-Encoding": "gzip"})
            assert line.getresponse().read()
            if number % 10 == 9:  # somebody else
                line.close()
        line.close()
        return int(process.memory_info().rss)

    before = visits(500)
    assert visits(500) - before < 3_000_000


def test_a_visit_writes_nothing_anywhere(harsh: Harsh) -> None:
    process = psutil.Process(harsh.server.process.pid)
    harsh.server.wait_until("à jour")
    before, opened = harsh.contents(), {file.path for file in process.open_files()}
    for path in ("/", "/rien", "/sante", "/?confidence=1", "/%2e%2e/etc/passwd"):
        harsh.server.ask(path)
    assert harsh.contents() == before
    assert {file.path for file in process.open_files()} == opened


def test_after_all_this_ctrl_c_leaves_nothing(harsh: Harsh) -> None:
    """The last of this file: it ends what the others look at."""
    harsh.server.wait_until("à jour")
    # Five seconds are promised, on a machine that is not running other tests meanwhile.
    harsh.assert_it_leaves_nothing_when_told_to_end("SIGINT", within=30)
