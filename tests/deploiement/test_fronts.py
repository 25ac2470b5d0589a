"""What a visitor meets behind nginx and HAProxy, with our servers and without any."""

from __future__ import annotations

import http.client
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path

import pytest

from tests.conftest import PATIENCE, Served, serving
from tests.deploiement.fronts import haproxy, nginx, nginx_of_files
from widgets.server.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="all of 127/8 is ours on Linux")

Front = Callable[..., AbstractContextManager[Served]]
FRONTS = pytest.mark.parametrize("front", [nginx, haproxy])
STRANGER = "127.0.0.9"
"""An address of this machine that no configuration names."""


@pytest.fixture(scope="module")
def outage(exported_folder: Path) -> Path:
    return exported_folder / "panne.html"


@pytest.fixture(
    scope="module", params=["", "reperes/", pytest.param("sante/", marks=pytest.mark.extended)]
)
def based(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Return a server, at its base address."""
    base = request.param
    folder = tmp_path_factory.mktemp("vide")
    with serving("--base-url", f"/{base}", cwd=folder) as server:
        server.base = base
        server.wait_until("à jour")
        yield server


def send(port: int, request: bytes, source: str = "127.0.0.1") -> tuple[int, dict[str, str], str]:
    """Send bytes as they are; return what is answered."""
    with socket.create_connection(
        ("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0)
    ) as line:
        with suppress(ConnectionError):  # refused before the end is read
            line.sendall(request)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        headers = {name.title(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode()


def asked(path: str, *lines: str, method: str = "GET", body: str = "") -> bytes:
    """Return a request, written as it is given."""
    head = [f"{method} {path} HTTP/1.1", "Host: reperes.example.fr", "Connection: close", *lines]
    if body:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*head, "", body]).encode()


def check_is_ours(answer: tuple[int, dict[str, str], str], status: int, outage: Path) -> None:
    """See that an answer is our page, under our headers, and tells nothing of the program."""
    got, headers, page = answer
    assert got == status
    assert page == outage.read_text(encoding="utf-8")
    wanted = {**Settings().headers(), "Cache-Control": "no-store"}
    assert {name: headers.get(name.title()) for name in wanted} == wanted
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert ("Retry-After" in headers) is (status == 503)
    assert not any(letter.isdigit() for letter in headers.get("Server", ""))


@FRONTS
def test_health_is_for_probes_of_this_machine_whatever_the_spelling(
    front: Front, based: Served, outage: Path, tmp_path: Path
) -> None:
    base = f"/{based.base}"
    with front(tmp_path, [based.port], outage) as run:
        assert send(run.port, asked(f"{base}sante"))[0] == 200
        status, _headers, page = send(run.port, asked(base), STRANGER)
        assert status == 200
        assert "reperes-board" in page
        spelled = ("sante", "sante?x=1", "%73ante", "s%61nte", "/sante", "./sante", "x/../sante")
        absolute = f"http://reperes.example.fr{base}sante"
        for path in (*(base + name for name in spelled), "/sante", "//sante", absolute):
            if path == based.base:
                continue
            status, _headers, page = send(run.port, asked(path), STRANGER)
            assert status in {403, 404}, path
            assert '"etat"' not in page, path
        check_is_ours(send(run.port, asked(f"{base}sante"), STRANGER), 403, outage)


@FRONTS
def test_what_our_server_takes_gets_through_and_its_answers_are_left_alone(
    front: Front, based: Served, outage: Path, tmp_path: Path
) -> None:
    with front(tmp_path, [based.port], outage) as run:
        cookies = f"Cookie: ent={'x' * 30_000}"
        status, headers, page = send(run.port, asked(f"/{based.base}", cookies))
        assert status == 200
        assert page == based.ask(f"/{based.base}")[2].decode()
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src")
        status, headers, page = send(run.port, asked(f"/{based.base}rien"))
        assert status == 404
        assert "Cette page n’existe pas" in page
        assert "Retry-After" not in headers


@pytest.mark.extended
@FRONTS
def test_without_any_server_the_numbers_are_there_until_one_is_back(
    front: Front, outage: Path, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(cwd=tmp_path)) for _ in range(2)]
        for server in servers:
            server.wait_until("à jour")
        ports = [server.port for server in servers]
        run = stack.enter_context(front(tmp_path, ports, outage))
        assert "reperes-board" in run.page()
        for server in servers:
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
        for path in ("/", "/atelier", "/x/y?z=7"):
            check_is_ours(send(run.port, asked(path)), 503, outage)
        check_is_ours(send(run.port, asked("/", method="POST", body="a=1")), 503, outage)
        stack.enter_context(serving("--port", str(ports[0]), cwd=tmp_path))
        end = time.monotonic() + PATIENCE
        while (answer := run.ask())[0] != 200:
            assert answer[0] == 503
            assert time.monotonic() < end
        assert b"reperes-board" in answer[2]


def test_nginx_refuses_with_our_page_too(outage: Path, tmp_path: Path) -> None:
    with nginx(tmp_path, [9], outage) as run:  # nobody is behind: nothing of it is asked
        refused = {
            b"NON\r\n\r\n": 400,
            b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n": 400,
            asked("/", "Content-Length: beaucoup"): 400,
            asked("/?5", f"Cookie: x={'x' * 60_000}"): 431,
            asked(f"/{'x' * 60_000}"): 414,
            asked("/", method="POST", body="x" * 20_000): 413,
            asked("/reperes-panne"): 404,
        }
        for request, status in refused.items():
            check_is_ours(send(run.port, request), status, outage)


def test_exported_pages_are_served_and_an_address_there_is_not_gets_our_page(
    exported_folder: Path, outage: Path, tmp_path: Path
) -> None:
    with nginx_of_files(tmp_path, exported_folder) as run:
        status, _headers, page = send(run.port, asked("/reperer.html"))
        assert status == 200
        assert "reperes-board" in page
        check_is_ours(send(run.port, asked("/dossier/rien.html")), 404, outage)
        check_is_ours(send(run.port, b"NON\r\n\r\n"), 400, outage)


def test_the_page_has_the_numbers_and_asks_nothing_of_any_server(outage: Path) -> None:
    page = outage.read_text(encoding="utf-8")
    for number in ("15", "17", "112", "119", "3018", "3114"):
        assert f'href="tel:{number}"' in page, number
    assert 'href="sms:114"' in page
    assert 'href=""' in page  # to try again, where one is
