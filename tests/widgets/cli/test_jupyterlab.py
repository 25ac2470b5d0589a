"""`reperes atelier`: on the trainer's own copy, with French sentences where it cannot."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

import pytest

from signs.loading.loader import SHIPPED, Choice
from tests.conftest import Run
from tests.servers import free_port
from widgets.cli import jupyterlab
from widgets.page.registry import NOTEBOOKS
from widgets.runtime.extras import MissingExtraError

CHOICE = Choice(SHIPPED / "sextorsion")


def opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> tuple[int, list[str], Path]:
    """Open the workshop with a program in the place of JupyterLab."""
    script = folder.parent / "jupyterlab.py"
    script.write_text(program, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder.parent))
    said: list[str] = []
    status = jupyterlab.open_workshop(
        folder, CHOICE, port=free_port(), open_browser=False, say=said.append
    )
    return status, said, folder / "atelier.ipynb"


ANSWERS = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Lab(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        self.send_response(200 if len(asked) > 1 else 404)
        self.end_headers()
        self.wfile.write(b'<script id="jupyter-config-data">' if len(asked) > 2 else b"login")
    def log_message(self, *_):
        pass

asked = []
port = int(next(a for a in sys.argv if a.startswith("--ServerApp.port=")).partition("=")[2])
with HTTPServer(("127.0.0.1", port), Lab) as server:
    while len(asked) < 3:
        server.handle_request()
    open("environment.json", "w").write(json.dumps(dict(os.environ, asked=asked[-1])))
"""


def test_the_notebook_is_copied_and_the_package_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = (NOTEBOOKS / "atelier.ipynb").read_bytes()
    status, said, notebook = opened(tmp_path / "mon-atelier", monkeypatch, ANSWERS)
    assert status == 0
    assert notebook.read_bytes() == before
    beside = {file.name for file in notebook.parent.iterdir()}
    assert beside == {"atelier.ipynb", "carnet-formateur.ipynb", "ressources.ipynb"}
    assert any("atelier.ipynb?token=" in sentence for sentence in said)
    environment = json.loads((tmp_path / "environment.json").read_text(encoding="utf-8"))
    assert environment["asked"] in "".join(said), "said once the page itself has answered"
    assert environment["REPERES_LISTE"] == str(CHOICE.folder)
    notebook.write_text("{}", encoding="utf-8")
    opened(tmp_path / "mon-atelier", monkeypatch, ANSWERS)
    assert notebook.read_text(encoding="utf-8") == "{}", "what the trainer wrote stays"


def test_a_lab_that_does_not_start_is_a_french_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = "raise SystemExit('Ligne de trop\\nPlus de place')"
    said = r"Il dit : « Plus de place »\. En attendant, reperes ouvre aussi l'atelier"
    with pytest.raises(jupyterlab.LabError, match=f"ne démarre pas. {said}"):
        opened(tmp_path / "mon-atelier", monkeypatch, program)


def test_without_jupyterlab_one_is_told_what_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    with pytest.raises(MissingExtraError, match="uv run --extra atelier reperes atelier"):
        jupyterlab.open_workshop(tmp_path, CHOICE, port=free_port(), open_browser=False, say=print)


def test_a_port_that_is_taken_is_told_with_another(reperes: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = reperes("atelier", "--sans-navigateur", "--port", str(port))
    assert refused.returncode == 1
    assert f"--port {port + 1}" in refused.stderr
    assert not (tmp_path / "mon-atelier").exists()
