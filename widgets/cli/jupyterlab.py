"""Open JupyterLab on a trainer's notebook: on this machine only, in the trainer's folder."""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple
from urllib.request import ProxyHandler, build_opener

from signs.errors import ReperesError
from signs.scaffold import ensure_copy
from widgets.page.browser import leading_to
from widgets.page.browser import open_browser as show
from widgets.page.registry import NOTEBOOKS
from widgets.runtime import extras
from widgets.runtime.extras import Extra, require
from widgets.runtime.isolation import RUN_ALL, french_settings, isolated_environment
from widgets.runtime.selection import variables
from widgets.runtime.workdir import temporary_workdir

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from signs.loading.loader import Choice

PATIENCE = 60.0
"""Seconds allowed for JupyterLab to start."""


class LabTarget(NamedTuple):
    """What a command opens in JupyterLab."""

    command: str
    what: str
    needs: Extra
    """Packages that a teacher's page does not need."""
    elsewhere: str
    """What to do where JupyterLab does not start."""
    beside: tuple[str, ...] = ()
    """More notebooks to open from there."""

    @property
    def notebook(self) -> str:
        """The name of its file."""
        return f"{self.command.split()[-1]}.ipynb"

    @property
    def notebooks(self) -> tuple[str, ...]:
        """The names of all the files it needs."""
        return (self.notebook, *self.beside)


EDITOR = LabTarget(
    "reperes formateur",
    "L'éditeur",
    Extra("atelier", ("jupyterlab", *extras.EDITOR.packages)),
    "reperes --formateur ouvre le même éditeur sans JupyterLab",
)
WORKSHOP = LabTarget(
    "reperes atelier",
    "L'atelier",
    Extra("atelier", ("jupyterlab",)),
    "reperes ouvre aussi l'atelier, dans un navigateur et sans JupyterLab",
    ("ressources.ipynb", "carnet-formateur.ipynb"),
)


class LabError(ReperesError):
    """JupyterLab cannot be opened; its message is a French sentence."""


def open_lab(choice: Choice, *, port: int, open_browser: bool, say: Callable[[str], None]) -> int:
    """Open JupyterLab on the editor of a list, until it is stopped; return its exit status.

    Parameters
    ----------
    choice
        The folder of the trainer's list, where the shipped one is copied if there is none, and
        the notebook beside its files; and the file of a school whose contacts are to be checked.
    port
        Where to listen, on this machine only.
    say
        Prints a French sentence for the trainer.

    Raises
    ------
    widgets.runtime.extras.MissingExtraError
        When the `atelier` extra is not installed.
    LabError
        When the port is taken, or JupyterLab does not start.
    signs.scaffold.ListFolderError
        When the folder cannot hold a trainer's list.
    """
    _can_open(EDITOR, port)
    folder = choice.folder
    if ensure_copy(folder):
        say(f"La liste fournie est copiée dans {folder} : c'est cette copie que vous changez.")
    else:
        say(f"Vous changez la liste du dossier {folder}.")
    start = _Launch(EDITOR, folder, variables(choice))
    return _open(start, port=port, open_browser=open_browser, say=say)


def open_workshop(
    folder: Path, choice: Choice, *, port: int, open_browser: bool, say: Callable[[str], None]
) -> int:
    """Open JupyterLab on the workshop, until it is stopped; return its exit status.

    Parameters
    ----------
    folder
        The trainer's own, made where there is none; the notebooks are copied there, and what
        the trainer changed in them stays.
    choice
        The list and the school's file that the workshop shows.
    port
        Where to listen, on this machine only.
    say
        Prints a French sentence for the trainer.

    Raises
    ------
    widgets.runtime.extras.MissingExtraError
        When JupyterLab is not installed.
    LabError
        When it does not start, the port is taken, or the folder cannot be written.
    """
    _can_open(WORKSHOP, port)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LabError(
            f"Le dossier {folder} ne peut pas être créé : vérifiez le chemin, et le droit d'y "
            "écrire."
        ) from error
    say(
        f"Vos carnets sont dans {folder} (l'atelier, les ressources, le carnet pour animer) : "
        "vous pouvez les changer, les originaux restent intacts."
    )
    start = _Launch(WORKSHOP, folder, variables(choice))
    return _open(start, port=port, open_browser=open_browser, say=say)


def _can_open(target: LabTarget, port: int) -> None:
    require(target.needs, target.what, target.command)
    if _listens(port):
        raise LabError(
            f"Le port {port} est déjà pris. Fermez l'autre programme, ou choisissez un autre "
            f"port : --port {port + 1}"
        )


class _Launch(NamedTuple):
    """What to open, in which folder, with which environment for its notebook."""

    target: LabTarget
    folder: Path
    environment: Mapping[str, str]


def _open(start: _Launch, *, port: int, open_browser: bool, say: Callable[[str], None]) -> int:
    target, folder, _environment = start
    for notebook in target.notebooks:
        _copy_notebook(folder, notebook)
    token = secrets.token_urlsafe(16)
    address = f"http://127.0.0.1:{port}/lab/tree/{target.notebook}?token={token}"
    with (
        temporary_workdir() as workdir,
        leading_to(address) as opened,
        _started(start, port, token, workdir) as lab,
    ):
        try:
            _wait_for(lab, address, target, workdir)
            say(f"{target.what} est ouvert : {address}")
            say(
                f"Dans JupyterLab, appuyez sur « {RUN_ALL} », en haut du carnet. "
                "Ctrl+C arrête tout."
            )
            if open_browser:
                show(opened)
            return lab.wait()
        finally:
            lab.terminate()


def _started(start: _Launch, port: int, token: str, workdir: Path) -> subprocess.Popen[bytes]:
    with (workdir / _LOG).open("wb") as log:
        return subprocess.Popen(  # noqa: S603 (our own words)
            [
                # (-P: no module may be imported from the current folder.)
                *(sys.executable, "-P", "-m", "widgets.runtime.parent_watchdog", "jupyterlab"),
                *("--no-browser", "--ServerApp.ip=127.0.0.1"),
                *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
                *(f"--ServerApp.root_dir={start.folder.absolute()}", "--ServerApp.log_level=ERROR"),
                f"--ServerApp.kernel_spec_manager_class={_KERNELS}",
                f"--LabApp.app_settings_dir={french_settings(workdir)}",
                # No request to other machines.
                *("--LabApp.news_url=None", "--LabApp.extension_manager=readonly"),
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                # In a container one often is root; nobody else reaches this machine's own address.
                "--ServerApp.allow_root=True",
            ],
            # In the environment: every user of the machine can read the arguments of a command.
            env={**isolated_environment(workdir), "JUPYTER_TOKEN": token, **start.environment},
            stdin=subprocess.PIPE,  # JupyterLab ends when this end is closed
            stdout=subprocess.DEVNULL,
            stderr=log,
        )


_LOG = "jupyterlab.log"
_KERNELS = "widgets.runtime.kernels.OneKernelSpecManager"
"""Our kernel, whatever kernels are installed by that name."""


def _copy_notebook(folder: Path, notebook: str) -> None:
    """Copy the notebook to the folder, unless the trainer already has one there."""
    if (folder / notebook).exists():
        return
    try:
        shutil.copyfile(NOTEBOOKS / notebook, folder / notebook)
    except OSError as error:
        raise LabError(
            f"Le carnet ne peut pas être copié dans {folder} : vérifiez la place et le droit "
            "d'y écrire."
        ) from error


def _wait_for(lab: subprocess.Popen[bytes], address: str, target: LabTarget, workdir: Path) -> None:
    """Wait until the page itself answers: a port may listen and lead nowhere."""
    end = time.monotonic() + PATIENCE
    while not _shows_lab(address):
        if lab.poll() is not None or time.monotonic() > end:
            said = (workdir / _LOG).read_text("utf-8", "replace").strip().splitlines()
            cause = f" Il dit : « {said[-1].strip()} »." if said else ""
            raise LabError(f"JupyterLab ne démarre pas.{cause} En attendant, {target.elsewhere}.")
        time.sleep(0.1)


def _shows_lab(address: str) -> bool:
    here = build_opener(ProxyHandler({}))  # no proxy leads to this machine
    with suppress(OSError, HTTPException), here.open(address, timeout=10) as answer:
        return _LAB_PAGE in answer.read()
    return False


_LAB_PAGE = b'id="jupyter-config-data"'
"""What JupyterLab's page holds, and no error page or login form does."""


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
