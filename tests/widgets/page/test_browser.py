"""What opens the browser: the secret is for the browser, and for no other account."""

from __future__ import annotations

import os
import pwd
import re
import signal
import socket
import stat
import subprocess
import webbrowser
from html import unescape
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit
from urllib.request import url2pathname

import psutil
import pytest

from tests.conftest import PATIENCE, skip_loudly
from tests.widgets.opened import Opened, opened
from widgets.page.browser import leading_to, open_browser

COMMANDS = (("--formateur",), ("formateur",), ("atelier",))
LOOK = """
cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ
find "$0" -print
find "$0" -type f -exec cat {} +
"""
"""What any user of the machine can read of the others' programs, and of a folder."""


def _another_account() -> str:
    """Return the name of an account that is not ours; only root may act as one."""
    try:
        pwd.getpwnam("nobody")
    except KeyError:
        found = False
    else:
        found = os.geteuid() == 0
    if not found:
        skip_loudly("un autre compte", "Lancez ces essais en root, où le compte nobody existe.")
    return "nobody"


def _seen_by(account: str, folder: Path) -> str:
    looked = subprocess.run(
        ["/bin/sh", "-c", LOOK, str(folder)],
        cwd="/",
        user=account,
        group=pwd.getpwnam(account).pw_gid,
        extra_groups=[],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=False,
    )
    return looked.stdout.decode(errors="replace")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_other_account_reads_the_secret(command: tuple[str, ...]) -> None:
    account = _another_account()
    with opened(*command) as running:
        assert len(running.secret) > 20
        seen = _seen_by(account, running.home)
        assert running.given in seen, "the browser's command line is there to be read"
        assert "exec tail" in seen, "and so are the files that are for everybody"
        assert running.secret not in seen
        file = running.file
        assert running.secret in file.read_text(encoding="utf-8")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert running.ask(running.address[running.address.index("/", 8) :])
        said = running.end(signal.SIGINT)
        assert "Traceback" not in said
        assert not file.parent.exists()
        assert list((running.home / "tmp").iterdir()) == []
        assert _runtime_files(running) == []


def _runtime_files(running: Opened) -> list[Path]:
    names = ("jpserver*", "kernel-*", "nbserver*")
    return [file for name in names for file in running.home.rglob(name)]


@pytest.mark.parametrize("command", ["formateur", "atelier"])
def test_killed_at_once_it_leaves_no_jupyterlab_behind(command: str) -> None:
    with opened(command) as running:
        running.end(signal.SIGKILL)
        _gone, left = psutil.wait_procs(running.family, timeout=PATIENCE)
        assert left == []
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", running.port)) != 0
        data = running.home / ".local" / "share" / "jupyter"
        assert list(data.rglob("jpserver*")) == []
        parent = running.file.parent.parent
        assert list(parent.glob("reperes-*"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOME", str(parent))
            with leading_to("http://127.0.0.1/") as again:
                (workdir,) = parent.glob("reperes-*")
                assert workdir.as_uri() in again
        assert list(parent.glob("reperes-*")) == []


def test_where_the_user_has_no_folder_the_file_is_among_the_temporary_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "absent"))
    address = "http://127.0.0.1/?a=1&b='\"<"
    with leading_to(address) as leading:
        file = Path(url2pathname(urlsplit(leading).path))
        html = file.read_text(encoding="utf-8")
    assert [unescape(link) for link in re.findall(r'href="([^"]*)"', html)] == [address]
    assert f'"0; url={address}"' in unescape(html)
    assert not file.exists()


@pytest.mark.parametrize("name", ["w3m", "lynx", "www-browser", "mon-navigateur"])
def test_a_browser_in_text_does_not_cover_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever the name: a link to one is one."""
    real = tmp_path / "links2"
    called = tmp_path / "called"
    real.write_text(f"#!/bin/sh\ntouch {called}\n", encoding="utf-8")
    real.chmod(0o755)
    (tmp_path / name).symlink_to(real)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    started: list[str] = []
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser(name))
    monkeypatch.setattr(webbrowser, "open", started.append)
    open_browser("http://127.0.0.1/")
    assert started == []
    assert not called.exists()


def test_any_other_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    started = Event()
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("firefox"))
    monkeypatch.setattr(webbrowser, "open", lambda _address: started.set())
    open_browser("http://127.0.0.1/")
    assert started.wait(PATIENCE)
