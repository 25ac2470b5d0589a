"""A notebook that somebody ran and saved, as nbconvert converts it: no script of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Visit
from widgets import Board
from widgets.page.registry import NOTEBOOKS


@pytest.mark.extended
def test_nbconvert_shows_a_board_that_answers_and_asks_no_other_host(
    context: BrowserContext, tmp_path: Path
) -> None:
    data, metadata = Board()._repr_mimebundle_()
    output = nbformat.v4.new_output(
        "execute_result", data=data, metadata=metadata, execution_count=1
    )
    cell = nbformat.v4.new_code_cell("Board()", execution_count=1, outputs=[output])
    saved = nbformat.v4.new_notebook(cells=[cell])
    saved.metadata["widgets"] = {
        "application/vnd.jupyter.widget-state+json": Board.get_manager_state()
    }
    nbformat.write(saved, tmp_path / "reperer.ipynb")
    settings = NOTEBOOKS / "nbconvert.json"
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--config", settings, "--to", "html", "reperer.ipynb"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    page = context.new_page()
    visit = Visit(page, (tmp_path / "reperer.html").as_uri()).open()
    expect(page.get_by_role("heading", name="Agissez maintenant")).to_be_hidden()
    visit.tick("danger-suicide")
    expect(page.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    icon = page.locator(".reperes-board svg").first.bounding_box()
    assert icon
    assert icon["width"] < 60, "styled as in a cell"
    visit.assert_quiet()
