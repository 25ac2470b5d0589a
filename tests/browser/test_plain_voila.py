"""The same notebook under plain `voila notebooks/reperer.ipynb`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.screens import axe_finds_nothing
from tests.browser.test_answer import assert_agree, selections
from tests.conftest import ROOT
from tests.servers import free_port, launched


@pytest.fixture(scope="module")
def voila() -> Iterator[str]:
    port = free_port()
    notebook = "notebooks/reperer.ipynb"
    command = [sys.executable, "-m", "voila", notebook, "--no-browser", f"--port={port}"]
    with launched(command, f":{port}", cwd=ROOT):
        yield f"http://localhost:{port}/"


def test_the_board_lives_and_agrees(chromium: Browser, voila: str) -> None:
    visit = Visit(chromium.new_page(viewport={"width": 1280, "height": 800}), voila).open()
    expect(visit.page.locator(".reperes-board[data-vivant]")).to_be_visible()
    assert_agree(visit.answers, selections(30))
    visit.answer([])
    visit.tick("danger-suicide")
    expect(visit.page.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    axe_finds_nothing(visit.page, within=".reperes-board")
    visit.page.close()
