"""The same notebook in JupyterLab: a live cell that answers like everywhere else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.looking import axe_finds_nothing
from tests.browser.test_access import STATES
from tests.browser.test_answer import assert_agree, selections
from tests.conftest import PATIENCE, free_port
from widgets.pages import NOTEBOOKS

TOKEN = "essai"  # noqa: S105 (of a server that lives for one test)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a real JupyterLab on a copy of the notebooks; return its address."""
    folder, home = tmp_path_factory.mktemp("carnets"), tmp_path_factory.mktemp("maison")
    shutil.copy(NOTEBOOKS / "reperer.ipynb", folder)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    shared = nbformat.v4.new_notebook(
        metadata={"kernelspec": kernel},
        cells=[
            nbformat.v4.new_code_cell(
                "from widgets import Board\nboard = Board(shared=True)\nboard"
            ),
            nbformat.v4.new_code_cell("print(sorted(board.selection))"),
        ],
    )
    nbformat.write(shared, folder / "partage.ipynb")
    port = free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
            *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
            *(f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}"),
            *("--LabApp.news_url=None", "--LabApp.expose_app_in_browser=True"),
        ],
        env={**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "jupyter")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    for line in server.stdout:
        if f"127.0.0.1:{port}" in line:
            break
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.communicate(timeout=PATIENCE)


def _run_all(page: Page, lab: str, notebook: str) -> None:
    page.goto(f"{lab}/lab/tree/{notebook}?token={TOKEN}&reset")
    expect(page.locator(".jp-Notebook")).to_be_visible()
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext"
        "?.session?.kernel?.status === 'idle'",
    )
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    expect(page.locator(".reperes-board[data-vivant]")).to_be_visible()


@pytest.fixture(scope="module")
def cell(chromium: Browser, lab: str) -> Iterator[Page]:
    """Return the page of a teacher who ran the notebook; every test looks at the same one."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sent: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))),
    )
    page.sent = sent  # type: ignore[attr-defined]
    _run_all(page, lab, "reperer.ipynb")
    yield page
    context.close()


def test_a_live_cell_and_orient_agree_on_300_selections(cell: Page) -> None:
    assert_agree(Visit(cell, cell.url).answers, selections(300))


def test_what_is_ticked_in_a_cell_is_not_sent_to_python(cell: Page) -> None:
    board = Visit(cell, cell.url)
    board.answer([])
    sent = cell.sent  # type: ignore[attr-defined]
    sent.clear()
    board.answer(["danger-suicide", "confidence"])
    expect(cell.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    assert not [frame for frame in sent if "danger-suicide" in frame or "selection" in frame]
    expect(cell.locator(".reperes-board .reperes-urgences")).to_be_visible()


@pytest.mark.usefixtures("cell")
def test_the_stored_notebook_got_nothing(tmp_path: Path) -> None:
    stored = json.loads((NOTEBOOKS / "reperer.ipynb").read_text(encoding="utf-8"))
    assert not [c for c in stored["cells"] if c.get("outputs")]
    assert list(tmp_path.iterdir()) == []


def test_a_cell_is_french_and_axe_finds_nothing_in_it(cell: Page) -> None:
    """JupyterLab itself speaks English, and is not ours to look at."""
    assert cell.locator(".reperes-board").get_attribute("lang") == "fr"
    for ticks in STATES.values():
        Visit(cell, cell.url).answer(list(ticks))
        axe_finds_nothing(cell, within=".reperes-board")


def test_a_trainer_may_ask_for_the_selection_in_python(cell: Page, lab: str) -> None:
    page = cell.context.new_page()  # what JupyterLab is made of is there already
    _run_all(page, lab, "partage.ipynb")
    Visit(page, page.url).answer(["sommeil", "confidence"])
    page.evaluate(
        "(async () => { const { commands, shell } = window.jupyterapp;"
        " const notebook = shell.currentWidget.content; notebook.activeCellIndex = 1;"
        " await commands.execute('notebook:run-cell') })()"
    )
    output = page.locator(".jp-OutputArea-output pre", has_text="sommeil")
    expect(output).to_have_text("['confidence', 'sommeil']")
    page.close()
