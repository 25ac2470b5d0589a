"""The same notebooks under plain `voila`: ours, and one that was exported."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.compositions import assert_they_compose, write_compositions
from tests.browser.conftest import Visit
from tests.browser.in_frame import assert_it_works, export_notebook
from tests.browser.screens import axe_finds_nothing
from tests.browser.test_answer import assert_agree, selections
from tests.servers import free_port, launched
from widgets.page.registry import NOTEBOOKS

pytestmark = pytest.mark.extended


@pytest.fixture(scope="module")
def voila(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start Voila on a folder of notebooks; return the address that a name completes."""
    folder = tmp_path_factory.mktemp("carnets")
    shutil.copy(NOTEBOOKS / "reperer.ipynb", folder)
    export_notebook("reperer", folder / "exporte.ipynb")
    write_compositions(folder / "compositions.ipynb")
    port = free_port()
    command = [sys.executable, "-m", "voila", folder, "--no-browser", f"--port={port}"]
    with launched(command, f":{port}", cwd=folder):
        yield f"http://localhost:{port}/voila/render/"


def test_an_exported_notebook_shows_the_whole_page(chromium: Browser, voila: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    Visit(page, f"{voila}exporte.ipynb").open()
    assert_it_works(page)
    page.close()


def test_boards_stand_in_other_widgets(chromium: Browser, voila: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    Visit(page, f"{voila}compositions.ipynb").open()
    assert_they_compose(page)
    page.close()


def test_the_board_lives_and_agrees(chromium: Browser, voila: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    visit = Visit(page, f"{voila}reperer.ipynb").open()
    expect(visit.page.locator(".reperes-board[data-vivant]")).to_be_visible()
    assert_agree(visit.answers, selections(30))
    visit.answer([])
    visit.tick("danger-suicide")
    expect(visit.page.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    axe_finds_nothing(visit.page, within=".reperes-board")
    visit.page.close()
