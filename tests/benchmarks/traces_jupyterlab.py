"""A JupyterLab where the page is the cell of a notebook, for the forensic of `traces`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy

from tests.browser.people import Tab
from tests.servers import free_port, launched
from widgets.page.registry import NOTEBOOKS

_TOKEN = "essai"  # noqa: S105 (of a server that lives for a few visits)
_IDLE = (
    "window.jupyterapp?.shell.currentWidget?.context?.sessionContext"
    "?.session?.kernel?.status === 'idle'"
)


@contextmanager
def notebook(folder: Path) -> Iterator[tuple[str, Callable[[Tab], None]]]:
    """Start a JupyterLab which writes into a folder; return its address and how to run a cell."""
    copy(NOTEBOOKS / "reperer.ipynb", folder)
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
        *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *(f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={_TOKEN}"),
        *("--LabApp.news_url=None", "--LabApp.expose_app_in_browser=True"),
    ]
    places = {"HOME": str(folder), "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}
    with launched(command, f"127.0.0.1:{port}", env=places):
        yield f"http://127.0.0.1:{port}/lab/tree/reperer.ipynb?token={_TOKEN}&reset", _run


def _run(tab: Tab) -> None:
    tab.wait_for(".jp-Notebook")
    tab.evaluate(
        f"new Promise((done) => {{ const look = () => {_IDLE} ? done(true) : setTimeout(look, 100);"
        " look(); })"
    )
    tab.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => true)")
    tab.wait_for(".reperes-board[data-vivant]")
    tab.point(".reperes-board h2")
