"""The real server: what it answers, what it does not, and what it leaves behind."""

from __future__ import annotations

import gzip
import os
import re
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from signs.loading import SHIPPED, Choice
from tests.conftest import REPERES, Run, Served, serving
from widgets.pages import PAGES
from widgets.server import Settings
from widgets.server.handlers import HealthHandler, NotFoundHandler, PageHandler
from widgets.server.kept import Server


@pytest.mark.parametrize("base", ["/", "/reperes/"])
def test_the_routes_are_these_and_no_other(tmp_path: Path, base: str) -> None:
    serving = Settings(base_url=base)
    choices = [Choice(SHIPPED / "sextorsion")]
    server = Server(choices=choices, room=tmp_path, say=print, serving=serving)
    below = base.rstrip("/")
    assert [(route, handler) for route, handler, *_ in server.init_handlers()] == [
        *((re.escape(below + page.route), PageHandler) for page in PAGES.values()),
        (f"{below}/sante", HealthHandler),
        (r".*", NotFoundHandler),
    ]


HOSTILE = [
    "/voila/files/reperer.ipynb",
    "/voila/static/voila.js",
    "/voila/templates/lab/static/x",
    "/voila/api/shutdown/00000000-0000-0000-0000-000000000000",
    "/api/kernels",
    "/api/kernels/00000000-0000-0000-0000-000000000000/channels",
    "/api/contents",
    "/tree",
    "/login",
    "/logout",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "//etc/passwd",
    "/reperer.ipynb",
    "/favicon.ico",
    "/" + "a" * 5000,
    "/%C3%A9",
]


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_other_address_is_our_french_404(served: Served, path: str, method: str) -> None:
    status, headers, body = served.ask(path, method)
    assert status == 404
    assert "Cette page n’existe pas" in body.decode()
    assert "tel:15" in body.decode()
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("query", ["?template=lab", "?theme=dark", "?template=/etc", "?x=<script>"])
def test_no_query_changes_the_page(served: Served, query: str) -> None:
    assert served.ask("/" + query)[2] == served.ask("/")[2]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_page_is_only_read(served: Served, method: str) -> None:
    status, _headers, body = served.ask("/", method)
    assert status == 405
    assert "n’est pas acceptée" in body.decode()


def test_a_websocket_is_refused(served: Served) -> None:
    status, *_ = served.ask(
        "/api/kernels/00000000-0000-0000-0000-000000000000/channels",
        Upgrade="websocket",
        Connection="Upgrade",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        Sec_WebSocket_Version="13",
    )
    assert status == 404


@pytest.mark.parametrize("path", ["/", "/rien"])
def test_every_answer_has_the_headers_and_no_cookie(served: Served, path: str) -> None:
    _status, headers, _body = served.ask(path)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


def test_a_page_the_browser_has_is_not_sent_again(served: Served) -> None:
    for encoding in ("gzip", "identity"):
        _status, headers, body = served.ask(Accept_Encoding=encoding)
        status, _headers, again = served.ask(
            Accept_Encoding=encoding, If_None_Match=headers["Etag"]
        )
        assert (status, again) == (304, b"")
        assert len(body) > 1000


def test_compressed_or_not_it_is_the_same_page(served: Served) -> None:
    compressed, plain = served.ask(Accept_Encoding="gzip"), served.ask()
    assert gzip.decompress(compressed[2]) == plain[2]
    assert compressed[1]["Etag"] != plain[1]["Etag"]
    assert compressed[1]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["gzip;q=0", "gzip; q=0.0, br", "not-gzip", "identity"])
def test_who_does_not_take_gzip_gets_none(served: Served, accepted: str) -> None:
    assert "Content-Encoding" not in served.ask(Accept_Encoding=accepted)[1]


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "GZIP"])
def test_who_takes_gzip_gets_it(served: Served, accepted: str) -> None:
    assert served.ask(Accept_Encoding=accepted)[1]["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("target", ["http://exemple.fr/", "*"])
def test_an_address_of_another_form_is_our_404_too(served: Served, target: str) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 404")
    assert "Content-Security-Policy" in answer
    assert 'href="tel:15"' in answer
    assert "Server:" not in answer


def test_head_says_what_get_would_without_the_page(served: Served) -> None:
    status, headers, body = served.ask(method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["Etag"] == served.ask()[1]["Etag"]


def test_no_kernel_is_left_once_the_pages_are_kept(served: Served) -> None:
    told = served.wait_until("à jour")
    assert {page["etat"] for page in told["pages"].values()} == {"à jour"}
    children = psutil.Process(served.process.pid).children(recursive=True)
    assert [child.name() for child in children if child.is_running()] == []


def test_a_changed_list_is_on_the_page_at_the_next_request_and_a_broken_one_never(
    list_folder: Path, tmp_path: Path
) -> None:
    signes = list_folder / "signes.toml"
    text = signes.read_text(encoding="utf-8")
    with serving("--liste", str(list_folder), cwd=tmp_path) as server:
        assert "S’endort en classe" in server.page()
        signes.write_text(text.replace("S'endort en classe", "Somnole en classe"), encoding="utf-8")
        assert "Somnole en classe" in server.page()
        signes.write_text(text.replace("libelle", "libele"), encoding="utf-8")
        assert "Somnole en classe" in server.page()
        said = server.stop()
    assert "La dernière bonne page reste affichée" in said
    assert "libele" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_stops_cleanly_and_leaves_no_process_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    with serving(cwd=tmp_path) as server:
        server.page()
        process = psutil.Process(server.process.pid)
        family = [process, *process.children(recursive=True)]
        began = time.monotonic()
        said = server.stop(signal.Signals[how])
        assert time.monotonic() - began < 5
    assert "Repères s’arrête." in said
    assert server.process.returncode == 0, said
    assert not [member for member in family if member.is_running()]
    assert [str(path) for path in (*home.rglob("*"), *temporary.rglob("*"))] == []


def test_a_burst_of_first_visitors_gets_the_whole_page(tmp_path: Path) -> None:
    with serving(cwd=tmp_path) as server, ThreadPoolExecutor(12) as visitors:
        pages = list(visitors.map(lambda _: server.ask(), range(24)))
    assert {status for status, *_ in pages} == {200}
    assert len({body for *_, body in pages}) == 1
    assert b"reperes-board" in pages[0][2]


def test_a_port_in_use_is_a_french_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = subprocess.run(
            [REPERES, "--sans-navigateur", "--port", str(port)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert f"port {port}" in ran.stderr.replace("\u00a0", " ")
    assert "déjà pris" in ran.stderr
    assert f"reperes --port {port + 1}" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("host", ["999.1.1.1", "é à"])
def test_an_address_this_machine_has_not_is_a_french_sentence(reperes: Run, host: str) -> None:
    ran = reperes("--sans-navigateur", "--host", host)
    assert ran.returncode == 1
    assert "n’a pas cette adresse" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_stray_configuration_unlocks_nothing(tmp_path: Path) -> None:
    (tmp_path / "voila.json").write_text(
        '{"VoilaConfiguration": {"show_tracebacks": true, "template": "lab"}, '
        '"Voila": {"ip": "0.0.0.0"}}'
    )
    with serving(cwd=tmp_path) as server:
        assert "reperes-board" in server.page()
        listening = psutil.Process(server.process.pid).net_connections(kind="tcp")
        assert {c.laddr.ip for c in listening if c.status == "LISTEN"} == {"127.0.0.1"}


def test_stopped_while_the_first_page_is_made_it_still_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    with serving(cwd=tmp_path) as server:  # listens, and has just begun to make the page
        said = server.stop()
    assert server.process.returncode == 0, said
    assert "Traceback" not in said
    assert list((tmp_path / "t").iterdir()) == []
    assert not [p for p in psutil.process_iter(["cmdline"]) if str(tmp_path) in str(p.info)]


@pytest.mark.skipif(os.name != "posix", reason="sockets of the kernel are files on POSIX only")
def test_no_port_is_opened_for_a_kernel(tmp_path: Path) -> None:
    with serving(cwd=tmp_path) as server:
        process = psutil.Process(server.process.pid)
        ports = {c.laddr.port for c in process.net_connections(kind="tcp") if c.status == "LISTEN"}
        assert ports == {server.port}
