"""The real server: what it answers, what it does not, and what it leaves behind."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import psutil
import pytest

from signs.loading.loader import SHIPPED, Choice, load
from tests.conftest import Run, lacking
from tests.widgets.server.conftest import Home, home
from widgets.page.registry import PAGES
from widgets.publication.publication import PUBLICATION_NAMES
from widgets.server import ServingError, Settings, serve
from widgets.server.cached_app import Server
from widgets.server.handlers import HealthHandler, NotFoundHandler, PageHandler, RobotsHandler
from widgets.server.publication import PublicationHandler

VERSION = load().info.version


@dataclass
class Ours(Home):
    """A server of a list of our own, that may be changed."""

    list_folder: Path
    given: Path
    """The link to it that the server was given."""
    mounted: Path
    """The school's file, behind two links."""

    def change(self, name: str, before: str, after: str) -> None:
        """Save one file of the list with a text replaced everywhere."""
        file = self.list_folder / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")

    def restore(self) -> None:
        """Put the shipped list back."""
        for file in (SHIPPED / "sextorsion").glob("*.toml"):
            copy = self.list_folder / file.name
            if copy.read_bytes() != file.read_bytes():
                copy.write_bytes(file.read_bytes())


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ours]:
    """Return the server, its first page made; the last tests change its list, then end it."""
    target = tmp_path_factory.mktemp("listes") / "ma-liste"
    list_folder = Path(shutil.copytree(SHIPPED / "sextorsion", target))
    given = target.parent / "lien" / "ma-liste"
    given.parent.mkdir()
    given.symlink_to(list_folder)
    mounted = _config_map(target.parent / "cm", "Alizé")
    with home("--liste", str(given), "--ecole", str(mounted)) as at_home:
        at_home.server.page()
        yield Ours(**vars(at_home), list_folder=list_folder, given=given, mounted=mounted)


def _config_map(folder: Path, school: str) -> Path:
    """Lay a school's file as kubelet does, or change it so; return the path one mounts."""
    version = folder / f"..{school}"
    version.mkdir(parents=True)
    lines = (
        "format = 1",
        "[[contact]]",
        'role = "direction"',
        f'nom = "{school}"',
        'telephone = "01 99 00 12 34"',
        "[editeur]",
        f'nom = "Lycée {school}"',
        'contact = "lycee@exemple.fr"',
    )
    (version / "ecole.toml").write_text("\n".join(lines), "utf-8")
    before = (folder / "..data").resolve() if (folder / "..data").exists() else None
    (folder / "..data_tmp").symlink_to(version.name)
    (folder / "..data_tmp").rename(folder / "..data")
    if before:
        shutil.rmtree(before)
    else:
        (folder / "ecole.toml").symlink_to("..data/ecole.toml")
    return folder / "ecole.toml"


@pytest.mark.parametrize("base", ["/", "/reperes/"])
def test_the_routes_are_these_and_no_other(tmp_path: Path, base: str) -> None:
    serving = Settings(base_url=base)
    choices = [Choice(SHIPPED / "sextorsion")]
    server = Server(choices=choices, workdir=tmp_path, say=print, serving=serving)
    below = base.rstrip("/")
    assert [(route, handler) for route, handler, *_ in server.init_handlers()] == [
        *((re.escape(below + page.route), PageHandler) for page in PAGES.values()),
        (f"{below}/sante", HealthHandler),
        (re.escape(f"{below}/robots.txt"), RobotsHandler),
        *((re.escape(f"{below}/{name}"), PublicationHandler) for name in PUBLICATION_NAMES),
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
def test_every_other_address_is_our_french_404(ours: Ours, path: str, method: str) -> None:
    status, headers, body = ours.server.ask(path, method)
    assert status == 404
    assert "Cette page n’existe pas" in body.decode()
    assert "tel:15" in body.decode()
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("query", ["?template=lab", "?theme=dark", "?template=/etc", "?x=<script>"])
def test_no_query_changes_the_page(ours: Ours, query: str) -> None:
    assert ours.server.ask("/" + query)[2] == ours.server.ask("/")[2]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_page_is_only_read(ours: Ours, method: str) -> None:
    status, _headers, body = ours.server.ask("/", method)
    assert status == 405
    assert "n’est pas acceptée" in body.decode()


def test_a_websocket_is_refused(ours: Ours) -> None:
    status, *_ = ours.server.ask(
        "/api/kernels/00000000-0000-0000-0000-000000000000/channels",
        Upgrade="websocket",
        Connection="Upgrade",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        Sec_WebSocket_Version="13",
    )
    assert status == 404


@pytest.mark.parametrize("path", ["/", "/rien"])
def test_every_answer_has_the_headers_and_no_cookie(ours: Ours, path: str) -> None:
    _status, headers, _body = ours.server.ask(path)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


def test_a_page_the_browser_has_is_not_sent_again(ours: Ours) -> None:
    for encoding in ("gzip", "identity"):
        _status, headers, body = ours.server.ask(Accept_Encoding=encoding)
        status, _headers, again = ours.server.ask(
            Accept_Encoding=encoding, If_None_Match=headers["Etag"]
        )
        assert (status, again) == (304, b"")
        assert len(body) > 1000


def test_compressed_or_not_it_is_the_same_page(ours: Ours) -> None:
    compressed, plain = ours.server.ask(Accept_Encoding="gzip"), ours.server.ask()
    assert gzip.decompress(compressed[2]) == plain[2]
    assert compressed[1]["Etag"] != plain[1]["Etag"]
    assert compressed[1]["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["gzip;q=0", "gzip; q=0.0, br", "not-gzip", "identity"])
def test_who_does_not_take_gzip_gets_none(ours: Ours, accepted: str) -> None:
    assert "Content-Encoding" not in ours.server.ask(Accept_Encoding=accepted)[1]


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "GZIP"])
def test_who_takes_gzip_gets_it(ours: Ours, accepted: str) -> None:
    assert ours.server.ask(Accept_Encoding=accepted)[1]["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("target", ["http://exemple.fr/nulle-part", "ftp://exemple.fr/", "*"])
def test_an_address_of_another_form_is_our_404_too(ours: Ours, target: str) -> None:
    with socket.create_connection(("127.0.0.1", ours.server.port)) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 404")
    assert "Content-Security-Policy" in answer
    assert 'href="tel:15"' in answer
    assert "Server:" not in answer


def test_head_says_what_get_would_without_the_page(ours: Ours) -> None:
    status, headers, body = ours.server.ask(method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["Etag"] == ours.server.ask()[1]["Etag"]


def test_no_kernel_is_left_once_the_pages_are_kept(ours: Ours) -> None:
    told = ours.server.wait_until("à jour")
    assert {page["etat"] for page in told["pages"].values()} == {"à jour"}
    assert [member.name() for member in ours.family()[1:]] == []


def test_probes_are_told_that_the_pages_are_there_and_of_which_list(ours: Ours) -> None:
    told = ours.server.wait_until("à jour")
    assert ours.server.health()[0] == 200
    assert told["version"] == VERSION
    assert list(told["pages"]) == [page.route for page in PAGES.values()]
    status, headers, body = ours.server.ask("/sante", "HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"
    assert ours.server.ask("/sante", "POST")[0] == 405


def test_who_publishes_is_said_on_pages_that_every_page_leads_to(ours: Ours) -> None:
    for name in PUBLICATION_NAMES:
        assert f'<a href="{name}"' in ours.server.page()
        status, headers, body = ours.server.ask(f"/{name}")
        assert status == 200
        assert "Lycée Alizé" in body.decode() or name == "rgesn"
        assert "script-src 'sha256-" in headers["Content-Security-Policy"]
        assert '<a href="./">' in body.decode()
    sheet = ours.server.ask("/dpd-rssi")[2].decode()
    for name, value in Settings().headers().items():
        assert f"<code>{name}: {value}</code>" in sheet
    ours.server.wait_until("à jour")
    weights = re.findall(r"\d+\u00a0ko", ours.server.ask("/rgesn")[2].decode())
    assert len(weights) == len(PAGES)


def test_search_engines_are_answered_in_text(ours: Ours) -> None:
    status, headers, body = ours.server.ask("/robots.txt")
    assert (status, headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    robots = RobotFileParser()
    robots.parse(body.decode().splitlines())
    assert robots.can_fetch("Essai", "/ressources")
    assert b"<" not in body


def test_a_port_in_use_is_a_french_sentence(ours: Ours, reperes: Run) -> None:
    port = ours.server.port
    ran = reperes("--sans-navigateur", "--port", str(port))
    assert ran.returncode == 1
    assert f"port {port}" in ran.stderr.replace("\u00a0", " ")
    assert "déjà pris" in ran.stderr
    assert f"reperes --port {port + 1 if port < 65535 else port - 1}" in ran.stderr
    assert "Traceback" not in ran.stderr


def _refusal(told: dict[str, Any]) -> str:
    return told["pages"]["/"]["refus"] or ""


def test_a_changed_list_is_on_the_page_once_it_is_made_and_a_broken_one_never(ours: Ours) -> None:
    """How long one waits for it at the most is another test's."""
    assert "S’endort en classe" in ours.server.page()
    ours.change("signes.toml", "S'endort en classe", "Somnole en classe")
    ours.change("signes.toml", "L'élève se gratte", "L'élève se gr\u00adatte")  # one remark more
    ours.server.wait_until("à jour")
    assert "Somnole en classe" in ours.server.page()
    ours.change("signes.toml", "libelle", "libele")
    told = ours.server.wait_for(_refusal)
    assert "Somnole en classe" in ours.server.page()
    assert ours.server.health()[0] == 200  # the last good page is there: nobody is kept away
    assert told["etat"] == "en retard"
    refusal = told["pages"]["/"]["refus"]
    assert "libele" in refusal
    assert "ma-liste/signes.toml:" in refusal
    assert "remarque" not in refusal  # the error alone, not drowned in what can wait
    everything = json.dumps(told)
    for path in (ours.folder, ours.list_folder, SHIPPED):
        assert str(path) not in everything


def test_where_the_disk_is_full_it_still_serves_and_catches_up_once_it_is_not(ours: Ours) -> None:
    resource = pytest.importorskip("resource")  # of POSIX; what limits another process, of Linux
    if not hasattr(resource, "prlimit"):
        lacking("prlimit", "Lancez les tests sous Linux pour remplir un disque.")
    process = ours.server.process.pid
    before = ours.server.page()
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))  # not one byte in any file
    try:
        ours.restore()
        ours.change("signes.toml", "S'endort en classe", "Dort en classe")
        told = ours.server.wait_for(lambda told: "lu ou copié" in _refusal(told))
        assert told["etat"] == "en retard"
        assert ours.server.page() == before
        assert ours.server.health()[0] == 200
        assert ours.server.ask("/rien")[0] == 404
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))
    ours.change("liste.toml", f'version = "{VERSION}"', 'version = "2099.01"')
    ours.server.wait_for(lambda told: told["version"] == "2099.01")  # before anybody asks for it
    assert "Dort en classe" in ours.server.page()


@pytest.mark.extended
def test_what_a_link_leads_to_is_served_though_the_working_folder_was_cleaned(ours: Ours) -> None:
    """A release put in place by a link, a ConfigMap, and what empties temporary folders."""
    ours.restore()
    ours.server.wait_until("à jour")
    other = Path(shutil.copytree(ours.list_folder, ours.list_folder.parent / "suivante"))
    signs_file = other / "signes.toml"
    text = signs_file.read_text("utf-8").replace("S'endort en classe", "S'assoupit en cours")
    signs_file.write_text(text, "utf-8")
    os.utime(signs_file, ns=(0, 0))
    for inside in ours.folder.glob("reperes-*/*"):
        if inside.is_dir():
            shutil.rmtree(inside)
    link = ours.given.with_name("nouveau")
    link.symlink_to(other)
    link.rename(ours.given)
    _config_map(ours.mounted.parent, "Borée")
    ours.server.wait_until("à jour")
    page = ours.server.page()
    assert "S’assoupit en cours" in page
    assert "Borée" in page
    assert "Lycée Borée" in ours.server.ask("/mentions-legales")[2].decode()
    ours.given.unlink()
    ours.given.symlink_to(ours.list_folder)
    for workdir in ours.folder.glob("reperes-*"):
        shutil.rmtree(workdir)
    ours.server.wait_until("à jour")
    assert "S’endort en classe" in ours.server.page()


def test_told_to_end_it_has_said_what_was_wrong_and_leaves_nothing(ours: Ours) -> None:
    ours.change("signes.toml", "libelle", "libele")
    ours.server.wait_for(_refusal)
    ours.server.page()  # others are being made, and have to end too
    said = ours.assert_it_leaves_nothing_when_told_to_end("SIGTERM")
    assert "La dernière bonne page reste affichée" in said
    assert "libele" in said


def test_stopped_while_the_first_page_is_made_it_still_leaves_nothing() -> None:
    with home() as at_home:  # listens, and has just begun to make the page
        said = at_home.server.stop()
        assert at_home.server.process.returncode == 0, said
        assert "Traceback" not in said
        assert at_home.contents() == at_home.at_first
        left = psutil.process_iter(["cmdline"])
        assert not [process for process in left if str(at_home.folder) in str(process.info)]


@pytest.mark.parametrize("host", ["999.1.1.1", "é à"])
def test_an_address_this_machine_has_not_is_a_french_sentence(
    host: str,
) -> None:
    with pytest.raises(ServingError, match="n'a pas cette adresse"):
        serve([Choice(SHIPPED / "sextorsion")], Settings(host=host, open_browser=False), print)
