"""The private folder: where there is place, gone afterwards, swept if it is ours and dead."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from tests.conftest import PATIENCE, REPERES, serving
from widgets.runtime import workdir
from widgets.runtime.workdir import private_workdir, sweep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a temporary directory of our own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_what_a_killed_server_left_is_swept_by_the_next_one(place: Path) -> None:
    with serving(cwd=place) as server:
        family = [psutil.Process(server.process.pid)]
        family += family[0].children(recursive=True)
        for member in family:
            member.kill()
        server.process.wait()
        psutil.wait_procs(family, timeout=PATIENCE)
        assert list(place.glob("reperes-*"))
    with private_workdir() as room:
        assert list(place.glob("reperes-*")) == [room]
    assert list(place.glob("reperes-*")) == []


def test_what_was_killed_while_it_put_away_is_swept_too(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(Exception):
        """As if the process ended there."""

    def files_first(folder: Path, **_options: object) -> None:
        for file in filter(Path.is_file, Path(folder).iterdir()):
            file.unlink()
        raise KilledError

    room = place / "reperes-morte"
    (room / "jupyter").mkdir(parents=True)
    (room / "en-cours").touch()
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(shutil, "rmtree", files_first)
        sweep(place)
    sweep(place)
    assert not room.exists()


def test_what_was_killed_before_it_was_marked_is_swept_too(place: Path) -> None:
    killed = """
import os, pathlib, signal
from widgets.runtime.workdir import private_workdir
pathlib.Path.touch = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
with private_workdir(): pass
"""
    ran = subprocess.run([sys.executable, "-c", killed], check=False)
    assert ran.returncode == -signal.SIGKILL
    (left,) = place.iterdir()
    with private_workdir():
        assert not left.exists()


def test_a_room_that_was_swept_before_it_was_locked_is_made_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process that starts at the same time may take it for a dead one's."""
    mkdtemp, made = tempfile.mkdtemp, list[str]()

    def make_then_sweep(**options: str) -> str:
        made.append(mkdtemp(**options))
        if len(made) == 1:
            sweep(place)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", make_then_sweep)
    with private_workdir() as room:
        assert str(room) == made[1]
        assert not Path(made[0]).exists()
        sweep(place)
        assert room.is_dir()


def test_only_what_is_surely_ours_and_dead_is_swept(place: Path) -> None:
    (place / "reperes-a-quelqu-un").mkdir()
    (place / "reperes-vide").mkdir()
    (place / "reperes-abcd1234").mkdir()
    (place / "reperes-abcd1234" / "these.odt").touch()
    (place / "reperes-a-quelqu-un" / "these.odt").touch()
    (place / "reperes-fichier").touch()
    (place / "reperes-lien").symlink_to(place / "reperes-a-quelqu-un")
    with private_workdir() as alive:
        before = {path.name for path in place.iterdir()}
        sweep(place)
        with private_workdir():
            pass
        assert alive.is_dir()
        assert {path.name for path in place.iterdir()} == before


def test_where_the_disk_is_full_it_works_in_memory(
    place: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path_factory.mktemp("memoire")
    monkeypatch.setattr(workdir, "_MEMORY", memory)
    write_bytes = Path.write_bytes

    def write_where_there_is_room(file: Path, data: bytes) -> int:
        if place in file.parents:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        return write_bytes(file, data)

    monkeypatch.setattr(Path, "write_bytes", write_where_there_is_room)
    with private_workdir() as room:
        assert room.parent == memory
    assert list(place.iterdir()) == []


def test_told_to_end_during_an_export_it_leaves_nothing(place: Path) -> None:
    process = subprocess.Popen(
        [REPERES, "exporter", "-o", place / "page.html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    end = time.monotonic() + PATIENCE
    while not (kernels := psutil.Process(process.pid).children(recursive=True)):
        assert time.monotonic() < end
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signal.SIGTERM, said
    assert "Traceback" not in said
    assert list(place.iterdir()) == []
    assert psutil.wait_procs(kernels, timeout=PATIENCE)[1] == []


def test_nowhere_to_work_is_a_french_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(workdir, "_places", lambda: [tmp_path / "absent"])
    with pytest.raises(workdir.NoWorkdirError, match="TMPDIR"), private_workdir():
        pass
