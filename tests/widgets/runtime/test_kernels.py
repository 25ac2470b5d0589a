"""Our kernels run our modules, whatever stands where the command is given."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import uuid
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from websockets.sync.client import connect

from signs.loading.loader import SHIPPED, Choice
from tests.conftest import DAY, PATIENCE, Run, serving
from tests.widgets.opened import Opened, opened
from widgets.export.writer import ExportError, Inputs, export_page
from widgets.page import registry
from widgets.runtime.kernels import OneKernelManager

NAMES = (
    *("signs", "widgets", "random", "json", "traitlets", "anywidget", "IPython"),
    *("ipykernel_launcher", "jupyterlab", "jupyter_config", "ipython_config", "sitecustomize"),
)
MARK = "execute"


def strangers() -> dict[str, str]:
    """Return modules named as ours, and as those we lean on, that tell when they are run."""
    telling = f"import os; open(os.path.dirname(os.path.abspath(__file__)) + '/{MARK}', 'a')"
    return {f"{name}.py": f"{telling}.write('{name} ')\n" for name in NAMES}


def _run_there(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in folder.rglob(MARK)]


def _put_into(folder: Path) -> Path:
    for name, text in strangers().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_kept_pages_run_none_of_the_modules_that_stand_where_the_server_is_started(
    tmp_path: Path,
) -> None:
    with serving(cwd=_put_into(tmp_path)) as server:
        server.wait_until("à jour")
    assert _run_there(tmp_path) == []


def test_an_export_runs_none_of_them(reperes: Run, tmp_path: Path) -> None:
    _put_into(tmp_path)
    assert reperes("exporter", "--page", "ressources").returncode == 0
    assert (tmp_path / "ressources.html").exists()
    assert _run_there(tmp_path) == []


SAYS_HOW = """
from ipykernel.connect import get_connection_info
info = get_connection_info(unpack=True)
raise RuntimeError(f"{info['transport']} : {info['ip']}")
"""


@pytest.mark.skipif(os.name != "posix", reason="sockets that have a path")
def test_an_export_opens_no_port_and_leaves_no_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page_of(SAYS_HOW, tmp_path, monkeypatch)
    with pytest.raises(ExportError, match=r"ipc : \S+") as refused:
        export_page("dit", Inputs(Choice(SHIPPED / "sextorsion"), date.fromisoformat(DAY)))
    (sockets,) = re.findall(r"ipc : (\S+)", str(refused.value))
    assert not Path(sockets).parent.exists()
    assert [file.name for file in tmp_path.iterdir()] == ["dit.ipynb"]


TELLS_ENVIRONMENT = """
import os
raise RuntimeError(f"{os.environ['REPERES_DATE']} {os.environ['REPERES_LISTE']}")
"""


def test_an_export_tells_its_kernel_the_list_and_the_day_not_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page_of(TELLS_ENVIRONMENT, tmp_path, monkeypatch)
    start, here = OneKernelManager.start_kernel, list[set[str]]()

    async def note_then_start(kernel: OneKernelManager, **options: object) -> None:
        here.append({name for name in os.environ if name.startswith("REPERES_")})
        await start(kernel, **options)

    monkeypatch.setattr(OneKernelManager, "start_kernel", note_then_start)
    before = {name for name in os.environ if name.startswith("REPERES_")}
    choice = Choice(SHIPPED / "sextorsion")
    with pytest.raises(ExportError, match=re.escape(f"2031-05-04 {choice.folder}")):
        export_page("dit", Inputs(choice, date(2031, 5, 4)))
    assert here == [before]


def _page_of(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page called "dit" be made of one cell, from a folder of its own."""
    notebook = new_notebook(cells=[new_code_cell(code)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": ""}
    nbformat.write(notebook, folder / "dit.ipynb")
    monkeypatch.setattr(registry, "NOTEBOOKS", folder)
    monkeypatch.setitem(registry.PAGES, "dit", registry.NotebookPage("dit", "/dit", "Dit"))
    monkeypatch.chdir(folder)


def test_the_editor_s_page_runs_none_of_them() -> None:
    with opened("--formateur", beside=strangers()) as running:
        assert "formateur" in running.ask(urlsplit(running.address).path)
        assert _run_there(running.home) == []


def test_jupyterlab_runs_none_of_them_nor_do_its_kernels_which_end_with_us() -> None:
    with opened("atelier", "--dossier", ".", beside=strangers()) as running:
        known = {"Authorization": f"token {running.secret}"}
        kernel = json.loads(running.ask("/api/kernels", {"name": "python3"}, **known))
        code = "import signs, random, widgets; print(signs.__path__)"
        said = _execute(running, kernel["id"], code)
        assert "signs" in said
        assert str(running.home) not in said
        assert _run_there(running.home) == []
        family = psutil.Process(running.process.pid).children(recursive=True)
        kernels = [each for each in family if "ipykernel_launcher" in each.cmdline()]
        assert kernels
        running.end(signal.SIGKILL)
        assert psutil.wait_procs(kernels, timeout=PATIENCE)[1] == []


def _execute(running: Opened, kernel: str, code: str) -> str:
    """Return what a kernel prints."""
    head = {"msg_id": uuid.uuid4().hex, "session": "essai", "msg_type": "execute_request"}
    message = {
        "header": {**head, "username": "", "version": "5.3", "date": ""},
        "parent_header": {},
        "metadata": {},
        "content": {"code": code, "silent": False, "stop_on_error": True},
        "channel": "shell",
    }
    address = f"ws://127.0.0.1:{running.port}/api/kernels/{kernel}/channels?token={running.secret}"
    with connect(address, open_timeout=PATIENCE) as line:
        line.send(json.dumps(message))
        while True:
            heard = json.loads(line.recv(timeout=PATIENCE))
            assert heard["msg_type"] != "error", heard["content"]
            if heard["msg_type"] == "stream":
                return str(heard["content"]["text"])


KILLED_EARLY = """
import asyncio, signal, subprocess, sys
from jupyter_client import launcher
from widgets.runtime.kernels import OneKernelManager

class KilledEarly(subprocess.Popen):
    def __init__(self, command, **options):  # as the system does when memory runs out
        super().__init__(command, **{**options, "start_new_session": False})
        super().send_signal(signal.SIGKILL)

launcher.Popen = KilledEarly

async def started_and_ended():
    kernel = OneKernelManager()
    await kernel.start_kernel()
    if sys.argv[1] == "dead":
        kernel.provisioner.process.wait()
    await kernel.end()

asyncio.run(started_and_ended())
print("still here")
"""
"""Starts a kernel whose process is killed before it has a session of its own, and ends it."""


@pytest.mark.skipif(os.name != "posix", reason="process groups")
@pytest.mark.parametrize("seen", ["dead", "dying"])
def test_ending_a_kernel_that_was_killed_as_it_started_ends_nothing_else(seen: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", KILLED_EARLY, seen],
        start_new_session=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "still here\n"), ran.stderr
