"""`verifier --liens`: what becomes of each address, asked of servers of ours on loopback."""

from __future__ import annotations

import json
import re
import socket
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import pytest

from tests.conftest import PATIENCE, Run
from tests.deploiement.fronts import program
from tests.started import started_list
from widgets.cli.link_check import Answer, Finding, ask_all

HEAD_REFUSED = {"/sans-head": 405, "/tete-en-panne": 501, "/tete-interdite": 403}
STATUS = {"/absent": 404, "/retire": 410, "/panne": 503, "/garde": 403, "/sans-corps": 204}
REDIRECTS = {
    "/parti": (301, "/nouveau"),
    "/parti-loin": (308, "/parti"),
    "/ailleurs": (302, "/bien"),
    "/puis-ailleurs": (301, "/ailleurs"),
    "/boucle": (302, "/encore"),
    "/encore": (307, "/boucle"),
    "/ancienne-page": (301, "/"),
    "/fichier": (302, "file:///etc/hostname"),
    "/accents": (301, "/pr\u00e9venir"),
    "/vers-une-panne": (301, "/panne"),
}


class _Site(BaseHTTPRequestHandler):
    """A web site, and a proxy to sites whose every page is answered the same way."""

    over: threading.Event
    """Set once the test is over."""
    together: threading.Barrier
    """What waits for four pages of the kind to be asked at once."""
    asked: list[tuple[str, str]]
    seen_together: list[list[str]]
    """Each time four were, all that had been asked."""
    certificate: tuple[Path, Path]
    root: str

    def do_HEAD(self) -> None:
        self._answer()

    do_GET = do_HEAD  # noqa: N815 (the library's)

    def do_CONNECT(self) -> None:
        """Be a proxy, and the site behind it."""
        self.send_response(200)
        self.end_headers()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.certificate)
        host = self.path.partition(":")[0]
        with suppress(OSError), context.wrap_socket(self.connection, server_side=True) as inner:
            self.rfile, self.wfile = inner.makefile("rb"), inner.makefile("wb", 0)
            self.raw_requestline = self.rfile.readline()
            if self.parse_request():
                self.path = f"https://{host}{self.path}"
                self._answer()
        self.close_connection = True

    def _answer(self) -> None:
        path = urlsplit(self.path).path
        self.asked.append((self.command, self.path))
        head = self.command == "HEAD"
        if path == "/ensemble":
            self.together.wait(PATIENCE)
        if path == "/muet" or (path == "/muet-en-tete" and head):
            self.over.wait()
        elif path == "/goutte":
            self._drip()
        elif not (path == "/raccroche" and head):
            self._status(path, head=head)
        self.close_connection = True

    def _status(self, path: str, *, head: bool) -> None:
        refused = HEAD_REFUSED.get(path) if head else None
        status, location = REDIRECTS.get(path, (refused or STATUS.get(path, 200), ""))
        self.send_response(status)
        if location:
            raw = f"Location: {location}\r\n".encode()
            self._headers_buffer.append(raw)  # type: ignore[attr-defined] # send_header is Latin-1
        self.end_headers()

    def _drip(self) -> None:
        """Send one letter at a time, for ever."""
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not self.over.wait(0.05):
                self.wfile.write(b".")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _site(certificate: tuple[Path, Path], *, tls: bool = False) -> Iterator[type[_Site]]:
    class Site(_Site):
        over = threading.Event()
        asked: ClassVar[list[tuple[str, str]]] = []
        seen_together: ClassVar[list[list[str]]] = []
        together = threading.Barrier(
            4, lambda: Site.seen_together.append([path for _, path in Site.asked])
        )

    Site.certificate = certificate
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.daemon_threads = True
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        Site.root = f"http{'s' * tls}://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Site
        finally:
            Site.over.set()
            server.shutdown()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate that nobody vouches for, and its key."""
    folder = tmp_path_factory.mktemp("certificat")
    files = folder / "site.pem", folder / "cle.pem"
    names = "subjectAltName=DNS:*.exemple.fr,DNS:exemple.fr"
    command = [
        *(program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
        *("-subj", "/CN=exemple.fr", "-addext", names, "-days", "2"),
        *("-out", str(files[0]), "-keyout", str(files[1])),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return files


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_what_becomes_of_each_address(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with _site(certificate) as site, _site(certificate, tls=True) as unsafe:
        root = site.root
        moved = Answer(Finding.MOVED, f"{root}/nouveau")
        expected = {
            **dict.fromkeys(["/bien", "/ailleurs", "/sans-corps", "/raccroche"], Answer()),
            **dict.fromkeys(HEAD_REFUSED, Answer()),
            "/parti": moved,
            "/parti-loin": moved,
            "/parti#partie": Answer(Finding.MOVED, f"{root}/nouveau#partie"),
            "/puis-ailleurs": Answer(Finding.MOVED, f"{root}/ailleurs"),
            "/accents": Answer(Finding.MOVED, f"{root}/prévenir"),
            "/prévenir": Answer(),
            "/ancienne-page": Answer(Finding.HOME, f"{root}/"),
            "/absent": Answer(Finding.MISSING, status=404),
            "/retire": Answer(Finding.MISSING, status=410),
            "/garde": Answer(Finding.GUARDED, status=403),
            "/panne": Answer(Finding.FAILING, status=503),
            "/vers-une-panne": Answer(Finding.FAILING, status=503),
            "/boucle": Answer(Finding.ENDLESS),
            "/fichier": Answer(Finding.UNREADABLE, "file:///etc/hostname"),
        }
        others = {
            f"{unsafe.root}/bien": Answer(Finding.UNTRUSTED),
            f"http://127.0.0.1:{_closed_port()}/": Answer(Finding.UNREACHABLE),
            "http://nulle-part.invalid/page": Answer(Finding.UNKNOWN_HOST),
            f"https://{urlsplit(root).netloc}/": Answer(Finding.UNREADABLE),  # http spoken there
        }
        answers = ask_all([f"{root}{path}" for path in expected] + [*others])
        assert answers == {f"{root}{path}": each for path, each in expected.items()} | others
        heads = Counter(path for method, path in site.asked if method == "HEAD")
        gets = {path for method, path in site.asked if method == "GET"}
        refused = {*HEAD_REFUSED, "/absent", "/retire", "/panne", "/garde", "/raccroche"}
        assert gets == refused
        assert heads["/bien"] == 3, "once for itself, and where two others lead"
        assert unsafe.asked == []


def test_an_address_has_so_many_seconds_and_no_more(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence, one letter at a time, or silence to HEAD alone."""
    monkeypatch.setenv("no_proxy", "*")
    with _site(certificate) as site:
        paths = [f"{site.root}/{name}" for name in ("muet", "goutte")]
        assert {*ask_all(paths, limit=0.2).values()} == {Answer(Finding.SLOW)}
        only_get = f"{site.root}/muet-en-tete"
        assert ask_all([only_get], limit=3) == {only_get: Answer()}


@pytest.fixture
def proxied(
    certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[_Site]]:
    """Give every site of the web at a proxy, as many a school has."""
    with _site(certificate) as site:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, site.root)
        monkeypatch.setenv("no_proxy", "")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        yield site


def test_hosts_are_asked_a_few_at_a_time_and_one_host_never_twice_at_once(
    proxied: type[_Site],
) -> None:
    hosts = [f"http://site-{number}.exemple.fr" for number in range(8)]
    told: list[tuple[int, int]] = []
    answers = ask_all(
        [f"{host}{page}" for page in ("/ensemble", "/bien", "/ensemble") for host in hosts],
        lambda done, total, _: told.append((done, total)),
    )
    assert {*answers.values()} == {Answer()}
    first, second = proxied.seen_together
    assert len({*first}) == len(first) == 4
    assert {urlsplit(path).path for path in first} == {"/ensemble"}
    assert len(second) == 12
    assert told == [(number, 16) for number in range(1, 17)], "each address is asked once"


def _source(name: str, address: str) -> str:
    return (
        f'\n[[source]]\nid = "texte-{name}"\ntitre = "Un texte"\nediteur = "Qui"\n'
        f'date = 2026-01-01\nadresse = "https://{address}"\n'
    )


def test_the_verifier_says_what_moved_where_it_is_written(
    command: Run, tmp_path: Path, proxied: type[_Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = started_list(tmp_path / "ma-liste", standalone=True)
    pages = {"un": "site.exemple.fr/parti", "deux": "b.exemple.fr/absent", "trois": "autre.fr/x"}
    sources, advice = folder / "sources.toml", folder / "conseils.toml"
    own = re.sub(r'(?m)^adresse = ".*"\n', "", sources.read_text("utf-8"))
    sources.write_text(own + "".join(map(_source, pages, pages.values())), "utf-8")
    link = "Lisez [ceci](https://site.exemple.fr/parti). "
    text = advice.read_text("utf-8").replace('texte = "', f'texte = "{link}', 1)
    advice.write_text(text, "utf-8")

    silent = command("verifier", str(folder))
    assert proxied.asked == [], "nothing is asked without being told"

    ran = command("verifier", str(folder), "--liens")
    assert ran.returncode == 0
    lines = {*ran.stdout.splitlines()} - {*silent.stdout.splitlines()}
    said = "\n".join(lines).replace("\xa0", " ").replace("\u202f", " ")
    assert "Liens : 3 adresses demandées, 3 à regarder." in said
    new = 'écrivez : adresse = "https://site.exemple.fr/nouveau"'
    assert re.search(rf"sources\.toml:\d+ : remarque : .* la source « texte-un » .*{new}", said)
    assert re.search(r"conseils\.toml:\d+ : remarque : .* du conseil « .*mettez la nouvelle", said)
    assert re.search(r"« https://b.exemple.fr/absent » .*« texte-deux » est introuvable", said)
    assert re.search(r"« https://autre.fr/x » .*« texte-trois » est celui d’un autre site", said)
    assert Counter(proxied.asked)["HEAD", "https://site.exemple.fr/parti"] == 1

    report = json.loads(command("verifier", str(folder), "--liens", "--json").stdout)
    assert report["liens"] == {"demandees": 3, "a_regarder": 3, "hors_ligne": False}
    codes = Counter(problem["code"] for problem in report["problemes"])
    assert (codes["moved-link"], codes["missing-link"], codes["untrusted-link"]) == (2, 1, 1)

    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{_closed_port()}")
    ran = command("verifier", str(folder), "--liens")
    assert ran.returncode == 1
    assert "remarque" in ran.stdout
    assert "introuvable" not in ran.stdout + ran.stderr
    assert "Aucune des 3 adresses" in ran.stderr

    sources.write_text(own + _source("un", "mal écrite"), "utf-8")
    ran = command("verifier", str(folder), "--liens")
    assert ran.returncode == 1
    assert "tant qu’il reste une erreur" in ran.stdout


def test_who_keeps_the_file_of_a_school_asks_its_own_addresses(
    command: Run, tmp_path: Path, proxied: type[_Site]
) -> None:
    school = tmp_path / "ecole.toml"
    school.write_text(
        'format = 1\netablissement = "Collège"\nsortie = "https://meteo.exemple.fr/ancienne-page"\n'
        '[[contact]]\nrole = "crip"\nadresse = "https://crip.exemple.fr/retire"\n',
        "utf-8",
    )
    ran = command("verifier", str(school), "--liens")
    said = ran.stdout.replace("\xa0", " ")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Liens : 2 adresses demandées, 2 à regarder." in said
    assert re.search(
        r"ecole\.toml:3 : remarque : .* du fichier de l’établissement mène à l’accueil", said
    )
    assert re.search(r"ecole\.toml:6 : remarque : .* du contact « crip » a été retirée", said)
    assert {urlsplit(path).netloc for _, path in proxied.asked} == {
        *("meteo.exemple.fr", "crip.exemple.fr")
    }
