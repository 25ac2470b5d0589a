"""The pictures of README and CONTRIBUTING, from the real pages: `uv run python -m tests.captures`.

Taken again whenever the look changes; a test holds them small, not equal to the page, which each
machine's fonts draw a little differently.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, Visit, executable
from tests.browser.editor.driver import Editing, at_home
from tests.conftest import ROOT, serving

FOLDER = ROOT / "docs" / "captures"
COLOURS = 128
"""Of a picture: flat colours and text need no more."""


def _save(picture: bytes | Image.Image, name: str) -> None:
    image = Image.open(io.BytesIO(picture)) if isinstance(picture, bytes) else picture
    file = FOLDER / f"{name}.png"
    image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)} : {file.stat().st_size / 1000:.0f} kB")


def _first_screen(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    Visit(page, url).open()
    _save(page.screenshot(), "premier-ecran")
    page.close()


def _answer(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    visit = Visit(page, url).open()
    visit.tick("confidence", "danger-suicide")
    page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    page.mouse.move(0, 0)
    _save(page.screenshot(), "reponse")
    _sheet(page)
    page.close()


def _sheet(page: Page) -> None:
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    _save(printed[0].render(scale=1.5).to_pil(), "feuille")


def _editor(browser: Browser) -> None:
    """Take the trainer's three journeys, each where something is to be seen of it."""
    with tempfile.TemporaryDirectory() as folder, at_home("live", browser, Path(folder)) as home:
        home.page.set_viewport_size({"width": 1280, "height": 800})
        home.restore()
        editing = home.open()
        editing.choose("signe", "endort")
        editing.type("libelle", "S'endort en cours, dit mal dormir")
        _looked_at(editing, ".formateur-choix")
        _save(home.page.screenshot(), "editeur-deux-minutes")
        editing.kind("service")
        editing.root.get_by_text("Ajouter un service").click()
        editing.root.get_by_label("Ses premiers mots").fill("Infirmerie du collège")
        editing.press("Ajouter")
        editing.type("a_quoi_sert", "Soigner, écouter, prévenir les bonnes personnes.")
        editing.type("telephone", "01 99 00 12 34")
        hours = editing.field("horaires")
        hours.get_by_label("À ces heures").check()
        hours.get_by_label("Lundi, ouvre à").fill("08:30")
        hours.get_by_label("Lundi, ferme à").fill("17:00")
        editing.press("Mettre les heures du lundi du mardi au vendredi")
        _looked_at(editing, ".formateur-formulaire")
        _save(home.page.screenshot(), "editeur-vingt-minutes")
        home.restore()
        editing = home.open()
        editing.kind("liste.toml")
        editing.type("titre", "Sextorsion, académie d'Amiens")
        editing.type("responsable", "La cellule de l'académie")
        editing.choose("service", "3018")
        editing.press("Dupliquer")
        editing.root.get_by_role("tab", name="Changements").click()
        editing.root.get_by_role("tabpanel", name="Changements").locator("li").first.wait_for()
        _looked_at(editing, ".formateur-tete")
        _save(home.page.screenshot(), "editeur-deux-heures")


def _looked_at(editing: Editing, part: str) -> None:
    """Bring a part to the top of the screen, below what stays there, with nothing focused."""
    expect(editing.root.locator(".formateur-etat")).to_contain_text("à enregistrer")
    editing.page.evaluate(
        """(part) => {
            document.activeElement.blur();
            const top = document.querySelector(part).getBoundingClientRect().top;
            scrollBy(0, top - 124);
        }""",
        part,
    )
    editing.page.mouse.move(0, 0)


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving(cwd=Path("/")) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        _first_screen(browser, server.url)
        _answer(browser, server.url)
        _editor(browser)
        browser.close()


if __name__ == "__main__":
    main()
