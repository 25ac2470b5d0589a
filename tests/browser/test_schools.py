"""The site of many schools, on a host of files that writes down what it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.conftest import MORNING, Visit
from tests.browser.screens import PHONE, axe_whole, looks
from tests.schools import school_folder, site_of

FIRST_WORDS = ("Je te crois", "N’ouvrez ni n’envoyez l’image", "Comment vas-tu")
NUMBERS = ("15", "17", "112", "114")


class Host(ThreadingHTTPServer):
    """Serves a folder below `/academie/`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/academie/"


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined] # ours
        super().do_GET()

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
    server = Host(folder / "www")
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


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
        "numero 9": [],
    }.items():
        field.fill(typed)
        expect(found).to_have_text(names)
        expect(page.locator(".etablissements-tous")).to_be_hidden()
        expect(page.get_by_role("status")).to_contain_text(str(len(names) or "Aucun"))
    field.fill("")
    expect(page.get_by_role("link", name="Collège numéro 1")).to_be_visible()
    field.fill("été")
    page.keyboard.press("Enter")
    assert host.asked[asked:] == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe_whole(page) == []
    found.click()
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
