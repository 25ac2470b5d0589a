"""The same page in Firefox: the main journey by mouse and by keys, the answer, the sheet."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.browser.conftest import ANSWERS, Answer
from tests.browser.firefox import ENTER, ESCAPE, SPACE, TAB, Firefox, executable, firefox
from tests.browser.test_answer import assert_agree, selections
from tests.browser.test_print import run_together
from tests.conftest import Served, lacking

SEEN = """(selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility()).length"""

LAST_LINK = """() => {
    const links = [...document.querySelectorAll("a[target=_blank]")];
    const link = links.filter((element) => element.checkVisibility()).at(-1);
    link.id = "lien";
    link.scrollIntoView({ block: "center", behavior: "instant" });
}"""
"""Names the last link that is seen, and brings it into sight."""
SAID = "document.querySelector('.page-avis[role]')?.textContent.startsWith('{}')"


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the browser saves pages."""
    return tmp_path_factory.mktemp("enregistré")


@pytest.fixture(scope="module")
def started(downloads: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if executable() is None:
        lacking("Firefox", "Installez Firefox (sous Debian : apt-get install firefox-esr).")
    saves = {"browser.download.folderList": 2, "browser.download.dir": str(downloads)}
    profile = tmp_path_factory.mktemp("firefox")
    with firefox(profile, saves, "--remote-allow-system-access") as browser:
        yield browser


@pytest.fixture
def browser(started: Firefox, served: Served) -> Firefox:
    started.resize(1280, 800)
    started.open(served.url)
    return started


def test_the_main_journey_by_mouse(browser: Firefox) -> None:
    browser.click("[data-moment=parole] > details > summary")
    browser.click("input[value=confidence]")
    assert browser.evaluate(f"({SEEN})('[data-conseil=dire-que-je-crois]')") == 1
    browser.click("[data-moment=danger] h3")  # the complete closed moment opens it
    browser.click("input[value=danger-suicide]")
    assert browser.evaluate(f"({SEEN})('.reperes-appels a')") == 3
    status = "document.querySelector('[role=status]').textContent"
    assert browser.evaluate(status).startswith("Agissez maintenant")
    browser.click("button[type=reset]")
    browser.wait_until(f"({SEEN})('.reperes-appels a') === 0")
    browser.click(".page-quitter")
    browser.wait_until("location.href === 'about:blank'")


@pytest.mark.extended
def test_the_main_journey_by_keys(browser: Firefox) -> None:
    def tab_to(what: str) -> None:
        for _ in range(60):
            browser.press(TAB)
            if browser.evaluate(f"document.activeElement.matches({what!r})"):
                return
        raise AssertionError(f"no way to {what}")

    tab_to(".reperes-evitement")
    browser.press(ENTER)
    tab_to("[data-moment=signes] summary")
    browser.press(SPACE)
    tab_to("[data-moment=signes] .reperes-cocher > summary")
    browser.press(SPACE)
    tab_to("input[value=sommeil]")
    browser.press(SPACE)
    assert browser.evaluate(f"({SEEN})('[data-conseil=noter-ce-qui-change]')") == 1
    assert browser.evaluate("document.activeElement.value") == "sommeil"


def test_in_a_frame_that_forbids_it_it_is_said_what_to_do(
    browser: Firefox, exported: Path, tmp_path: Path
) -> None:
    (tmp_path / "aide.html").write_text(exported.read_text("utf-8"), encoding="utf-8")
    ent = tmp_path / "ent.html"
    frame = "<iframe sandbox=allow-scripts src=aide.html width=1200 height=700></iframe>"
    ent.write_text(f"<!doctype html><title>ENT</title>{frame}", encoding="utf-8")
    top = browser.context
    try:
        browser.open(ent.as_uri())
        browser.enter_frame()
        browser.wait_until("!!document.querySelector('.reperes-board[data-vivant]')")
        browser.click("[data-moment=parole] > details > summary")
        browser.click(".page-bandeau a[href='tel:112']")
        browser.wait_until(SAID.format("Si rien ne se passe, composez"))
        browser.click(".reperes-imprimer")
        browser.wait_until(SAID.format("Rien ne s’imprime"))
        browser.click(".reperes-pourquoi")
        browser.evaluate(f"({LAST_LINK})()")
        browser.point("#lien")
        browser.wait_until(SAID.format("Ce cadre bloque les liens"))
        browser.click(".page-quitter")
        browser.wait_until("document.querySelector('.page-quitter').textContent === 'Effacer'")
        assert browser.evaluate("document.querySelectorAll('details[open]').length") == 0
    finally:
        browser.context = top


def test_the_page_and_orient_agree(browser: Firefox) -> None:
    def answers(selections: list[list[str]]) -> list[Answer]:
        return [Answer(*each) for each in browser.evaluate(f"({ANSWERS})({selections!r})")]

    assert_agree(answers, selections(40))


@pytest.mark.extended
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(browser: Firefox, width: int) -> None:
    browser.resize(width, 700)
    browser.evaluate(f"({ANSWERS})({[['danger-suicide', 'confidence']]!r})")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_the_sheet_is_one_page(browser: Firefox) -> None:
    browser.evaluate(f"({ANSWERS})({[['danger-suicide', 'auteur-parent']]!r})")
    printed = pypdfium2.PdfDocument(base64.b64decode(browser.print()))
    assert len(printed) == 1
    text = run_together(printed[0].get_textpage().get_text_range())
    for words in ("15 SAMU", "Agissez maintenant", "Ne laissez pas l’élève seul", "3114"):
        assert run_together(words) in text


@pytest.mark.extended
def test_a_page_that_firefox_saved_in_use_works_and_holds_no_tick(
    browser: Firefox, downloads: Path
) -> None:
    browser.click("[data-moment=parole] > details > summary")
    browser.click("input[value=confidence]")
    browser.press(ESCAPE)  # covered
    browser.save(downloads)
    (saved,) = downloads.glob("*.html")
    assert "checked" in saved.read_text("utf-8").partition('value="confidence"')[2][:40]
    browser.open(saved.as_uri())
    browser.wait_until(f"({SEEN})('h1') === 1")
    assert browser.evaluate(f"({SEEN})('input:checked, [data-moment] [open]')") == 0
    assert browser.evaluate("document.title").startswith("Repères")
    browser.click("[data-moment=danger] h3")
    browser.click("input[value=danger-suicide]")
    assert browser.evaluate(f"({SEEN})('.reperes-appels a')") == 3
