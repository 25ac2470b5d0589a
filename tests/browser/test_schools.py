"""The pages of many schools, on a host of files and on our server; each notes what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import MORNING, Visit
from tests.browser.screens import PHONE, axe_whole, looks
from tests.conftest import PATIENCE, serving
from tests.schools import BROKEN, PUBLISHER, school_folder, site_of

FIRST_WORDS = ("Je te crois", "N’ouvrez ni n’envoyez l’image", "Comment vas-tu")
NUMBERS = ("15", "17", "112", "114")


class Host(ThreadingHTTPServer):
    """Serves below a path, and notes what it is asked."""

    behind = 0
    """The port of the server behind this one."""

    def __init__(self, handler: Callable[..., BaseHTTPRequestHandler], path: str) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}{path}"


@contextmanager
def running(host: Host) -> Iterator[Host]:
    Thread(target=host.serve_forever, daemon=True).start()
    yield host
    host.shutdown()
    host.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined] # ours
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Write nothing."""


class _Stripping(BaseHTTPRequestHandler):
    """A server in front of ours that strips `/portail/aide` from what is asked."""

    def do_GET(self) -> None:
        server: Host = self.server  # type: ignore[assignment] # ours
        server.asked.append(self.path)
        behind = HTTPConnection("127.0.0.1", server.behind, timeout=PATIENCE)
        behind.request("GET", self.path.removeprefix("/portail/aide"), headers=dict(self.headers))
        answer = behind.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.read())
        behind.close()

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, exported: Path) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("hote")
    (folder / "www").mkdir()
    site_of(
        school_folder(folder / "ecoles", 6),
        folder / "www" / "academie",
        exported.read_text("utf-8"),
    )
    files = partial(_Handler, directory=str(folder / "www"))
    with running(Host(files, "/academie/")) as server:
        yield server


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(**PHONE, locale="fr-FR")
    context.clock.set_fixed_time(MORNING)
    yield context
    context.close()


def test_a_school_is_found_by_name_town_or_code_without_asking_for_anything(
    context: BrowserContext, host: Host
) -> None:
    visit = Visit(context.new_page(), host.url).open()
    page = visit.page
    field, found = page.get_by_role("searchbox"), page.locator(".etablissements-trouves a")
    for look, rules in looks(page):
        assert axe_whole(page, rules=rules) == [], look
    asked = len(host.asked)
    for typed, names in {
        "ete": ["Lycée Été"],
        "OEUIL": ["Lycée Été"],
        "0750004": ["Collège numéro 4"],
        "lycee ville 2": ["Lycée numéro 2"],
        "Lycée-d’été": ["Lycée Été"],
        "lyc. de l'été": ["Lycée Été"],
        "numero 9": [],
    }.items():
        field.fill(typed)
        expect(found).to_have_text(names)
        expect(page.locator(".etablissements-tous")).to_be_hidden()
        expect(page.get_by_role("status")).to_contain_text(str(len(names) or "Aucun"))
    field.fill("")
    expect(page.get_by_role("link", name="Collège numéro 1")).to_be_visible()
    field.fill("lycée")
    page.keyboard.press("Enter")
    expect(found.first).to_be_focused()
    field.fill("oeuily")  # a letter is left out
    expect(found).to_have_text(["Lycée Été"])
    expect(page.get_by_role("status")).to_contain_text("y ressemble")
    assert host.asked[asked:] == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe_whole(page) == []
    field.press("Enter")  # the only one
    expect(page.locator(".page-etablissement")).to_have_text("Lycée Été, Œuilly")
    page.go_back()
    expect(field).to_have_value("")
    visit.assert_quiet()


def test_a_school_s_page_asks_for_all_it_needs_as_it_opens(
    context: BrowserContext, host: Host
) -> None:
    visit = Visit(context.new_page(), f"{host.url}0750001A/").open()
    page = visit.page
    page.wait_for_load_state("networkidle")
    asked = len(host.asked)
    assert page.locator("#reperes-sans-script").count() == 0
    expect(page.get_by_text("Collège numéro 1, Ville 1")).to_be_visible()
    for look, rules in looks(page):
        assert axe_whole(page, rules=rules) == [], look
    visit.tick("confidence", "sommeil")
    visit.tick("danger-suicide")
    for number in ("01 99 00 00 01", "01 99 00 56 78"):
        expect(page.locator("#reperes-resultat").get_by_role("link", name=number)).to_be_visible()
    expect(page.get_by_role("button", name="Masquer")).to_be_visible()
    assert axe_whole(page) == []
    assert host.asked[asked:] == []
    visit.assert_quiet()


def test_it_answers_as_the_page_of_one_school_does(
    context: BrowserContext, host: Host, exported: Path
) -> None:
    ticks = [["danger-suicide"], ["confidence", "auteur-parent"], ["sommeil", "isolement"], []]
    one, other = (
        Visit(context.new_page(), address).open()
        for address in (f"{host.url}0750003A/", exported.as_uri())
    )
    assert one.answers(ticks) == other.answers(ticks)
    expect(one.page.locator("#reperes-fichier-fautif")).to_be_visible()


def test_without_scripts_a_page_has_contacts_numbers_first_words_and_a_way_to_the_rest(
    chromium: Browser, host: Host
) -> None:
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.url}0750001A/")
    for number in NUMBERS:
        expect(page.locator(f".page-bandeau a[href$=':{number}']")).to_be_visible()
    for what in (*FIRST_WORDS, "01 99 00 00 01", "01 99 00 56 78", "Bâtiment 1"):
        expect(page.get_by_text(what).first).to_be_visible()
    page.get_by_role("link", name="La page complète", exact=True).click()
    expect(page.locator("input[value=danger-suicide]")).to_be_attached()
    page.goto(host.url)
    page.get_by_role("link", name="Lycée Été").click()
    expect(page.locator(".page-etablissement")).to_have_text("Lycée Été, Œuilly")
    context.close()


@pytest.mark.extended
def test_on_a_server_of_a_thousand_three_schools_are_found_behind_a_prefix_that_is_stripped(
    context: BrowserContext, tmp_path: Path
) -> None:
    schools = school_folder(tmp_path / "ecoles", 1_000)
    (schools / "academie.toml").write_text(PUBLISHER, encoding="utf-8")
    with (
        serving("--ecoles", str(schools), cwd=tmp_path) as server,
        running(Host(_Stripping, "/portail/aide/")) as front,
    ):
        front.behind = server.port
        visit = Visit(context.new_page(), front.url).open()
        page = visit.page
        for typed, name, told in (
            ("college ville 301", "Collège numéro 301", "01 99 00 03 01"),
            ("0750998", "Lycée numéro 998", "01 99 00 09 98"),
            (BROKEN.removesuffix(".toml"), "", "son fichier est à corriger"),
        ):
            asked = len(front.asked)
            page.get_by_role("searchbox").fill(typed)
            link = page.locator(".etablissements-trouves a")
            expect(link).to_have_count(1)
            assert front.asked[asked:] == []
            link.click()
            expect(page.locator(".reperes-board[data-vivant]")).to_be_visible()
            expect(page.locator(".page-etablissement")).to_contain_text(name)
            visit.tick("confidence", "sommeil")
            visit.tick("danger-suicide")
            expect(page.get_by_text(told).first).to_be_visible()
            assert len(front.asked) == asked + 1, "the page was one request"
            assert axe_whole(page) == []
            page.locator(".page-chemins summary").click()
            menu = page.get_by_role("link", name="Choisir un établissement")
            page.goto(menu.evaluate("link => link.href"))
        page.goto(f"{front.url}0750001a")  # as somebody types it
        expect(page).to_have_url(f"{front.url}0750001A/")
        with context.expect_page() as opened:
            page.get_by_role("link", name="Déclaration d’accessibilité").click()
        expect(opened.value.locator("h1")).to_have_text("Déclaration d’accessibilité")
        server.wait_for(lambda _told: "Mentions légales" in server.ask("/")[2].decode())
        opened.value.goto(f"{front.url}nulle/part")
        opened.value.get_by_role("link", name="Aller à la page d’aide").click()
        expect(opened.value).to_have_url(front.url)
        expect(opened.value.get_by_role("link", name="Mentions légales")).to_be_visible()
        visit.assert_quiet()
