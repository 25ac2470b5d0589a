"""The README's pictures, taken from the real page: `uv run python -m tests.captures`.

Taken again whenever the look changes; a test holds them small, not equal to the page, which each
machine's fonts draw a little differently.
"""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, Visit, executable
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


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving(cwd=Path("/")) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        _first_screen(browser, server.url)
        _answer(browser, server.url)
        browser.close()


if __name__ == "__main__":
    main()
