"""JupyterLab on the trainers' editor: on this machine only, in the trainer's own folder."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import webbrowser
from importlib.util import find_spec
from typing import TYPE_CHECKING

from signs.copying import own_copy
from widgets.board.board import LIST_VARIABLE
from widgets.pages import NOTEBOOKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOTEBOOK = "formateur.ipynb"
PATIENCE = 60.0
"""Seconds that JupyterLab has to start."""
_NEEDED = ("jupyterlab", "tomlkit")


class LabError(Exception):
    """JupyterLab cannot be opened; its message is a French sentence."""


def require_extra() -> None:
    """Check that what trainers need besides a teacher's page is there.

    Raises
    ------
    LabError
        When the `atelier` extra is not installed.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise LabError(
            "L'éditeur a besoin de JupyterLab, qui n'est pas installé. Écrivez : "
            'pip install "reperes[atelier]" ; depuis le dossier du projet : '
            "uv run --extra atelier reperes formateur"
        )


def open_lab(folder: Path, *, port: int, open_browser: bool, say: Callable[[str], None]) -> int:
    """Open JupyterLab on the editor of a list, until it is told to end; return its status.

    Parameters
    ----------
    folder
        The trainer's list; the shipped one is copied there where there is none. The notebook
        is copied beside its files.
    port
        Where to listen, on this machine only.
    say
        Told what the trainer should know.

    Raises
    ------
    LabError
        When the extra is missing, the port is taken, or JupyterLab does not start.
    signs.copying.PlaceError
        When the folder cannot hold a trainer's list.
    """
    require_extra()
    if _listens(port):
        raise LabError(
            f"Le port {port} est déjà pris. Fermez l'autre programme, ou choisissez un autre "
            f"port : reperes formateur --port {port + 1}"
        )
    if own_copy(folder):
        say(f"La liste fournie est copiée dans {folder} : c'est cette copie que vous changez.")
    else:
        say(f"Vous changez la liste du dossier {folder}.")
    _copy_notebook(folder)
    token = secrets.token_urlsafe(16)
    address = f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={token}"
    lab = subprocess.Popen(  # noqa: S603 (our own words)
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1"),
            *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
            *(f"--ServerApp.root_dir={folder.absolute()}", "--ServerApp.log_level=ERROR"),
            # Nothing is asked of other machines.
            *("--LabApp.news_url=None", "--LabApp.extension_manager=readonly"),
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdates",
        ],
        env={**os.environ, "JUPYTER_TOKEN": token, LIST_VARIABLE: str(folder.absolute())},
    )
    try:
        _wait_for(lab, port)
        say(f"L'éditeur est ouvert : {address}")
        say(
            "Dans JupyterLab, cliquez dans la cellule, puis appuyez sur Maj et Entrée. Ctrl+C "
            "arrête tout."
        )
        if open_browser:
            webbrowser.open(address)
        return lab.wait()
    finally:
        lab.terminate()
        lab.wait()


def _copy_notebook(folder: Path) -> None:
    """Put the notebook beside the list; one that is there already is the trainer's."""
    if (folder / NOTEBOOK).exists():
        return
    try:
        shutil.copyfile(NOTEBOOKS / NOTEBOOK, folder / NOTEBOOK)
    except OSError as error:
        raise LabError(
            f"Le carnet ne peut pas être copié dans {folder} : vérifiez la place et vos droits."
        ) from error


def _wait_for(lab: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while not _listens(port):
        if lab.poll() is not None or time.monotonic() > end:
            raise LabError("JupyterLab ne démarre pas. Ouvrez-le seul pour savoir pourquoi.")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
