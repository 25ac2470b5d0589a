"""The private folder: where there is space, gone afterwards, swept if it is ours and dead."""

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
from widgets.runtime.workdir import private_workdir, restore_folder, sweep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")


@pytest.fixture
def temp_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a temporary directory of our own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_what_a_killed_server_left_is_swept_by_the_next_one(temp_dir: Path) -> None:
    with serving(cwd=temp_dir) as server:
        family = [psutil.Process(server.process.pid)]
        family += family[0].children(recursive=True)
        for member in family:
            member.kill()
        server.process.wait()
        psutil.wait_procs(family, timeout=PATIENCE)
        assert list(temp_dir.glob("reperes-*"))
    with private_workdir() as private:
        assert list(temp_dir.glob("reperes-*")) == [private]
    assert list(temp_dir.glob("reperes-*")) == []


def test_what_was_killed_while_it_put_away_is_swept_too(
    temp_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(Exception):
        """As if the process ended there."""

    def files_first(folder: Path, **_options: object) -> None:
        for file in filter(Path.is_file, Path(folder).iterdir()):
            file.unlink()
        raise KilledError

    private = temp_dir / "reperes-morte"
    (private / "jupyter").mkdir(parents=True)
    (private / "en-cours").touch()
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        patch.setattr(shutil, "rmtree", files_first)
        sweep(temp_dir)
    sweep(temp_dir)
    assert not private.exists()


def test_what_was_killed_before_it_was_marked_is_swept_too(temp_dir: Path) -> None:
    killed = """
import os, pathlib, signal
from widgets.runtime.workdir import private_workdir
pathlib.Path.touch = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
with private_workdir(): pass
"""
    ran = subprocess.run([sys.executable, "-c", killed], check=False)
    assert ran.returncode == -signal.SIGKILL
    (left,) = temp_dir.iterdir()
    with private_workdir():
        assert not left.exists()


def test_a_folder_that_was_swept_before_it_was_locked_is_made_anew(
    temp_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process that starts at the same time may take it for a dead one's."""
    mkdtemp, made = tempfile.mkdtemp, list[str]()

    def make_then_sweep(**options: str) -> str:
        made.append(mkdtemp(**options))
        if len(made) == 1:
            sweep(temp_dir)
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", make_then_sweep)
    with private_workdir() as private:
        assert str(private) == made[1]
        assert not Path(made[0]).exists()
        sweep(temp_dir)
        assert private.is_dir()


def test_only_what_is_surely_ours_and_dead_is_swept(temp_dir: Path) -> None:
    (temp_dir / "reperes-a-quelqu-un").mkdir()
    (temp_dir / "reperes-vide").mkdir()
    (temp_dir / "reperes-abcd1234").mkdir()
    (temp_dir / "reperes-abcd1234" / "these.odt").touch()
    (temp_dir / "reperes-a-quelqu-un" / "these.odt").touch()
    (temp_dir / "reperes-fichier").touch()
    (temp_dir / "reperes-lien").symlink_to(temp_dir / "reperes-a-quelqu-un")
    with private_workdir() as alive:
        before = {path.name for path in temp_dir.iterdir()}
        sweep(temp_dir)
        with private_workdir():
            pass
        assert alive.is_dir()
        assert {path.name for path in temp_dir.iterdir()} == before


def test_where_the_disk_is_full_it_works_in_memory(
    temp_dir: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path_factory.mktemp("memoire")
    monkeypatch.setattr(workdir, "_MEMORY", memory)
    write_bytes = Path.write_bytes

    def write_where_space_is_left(file: Path, data: bytes) -> int:
        if temp_dir in file.parents:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
        return write_bytes(file, data)

    monkeypatch.setattr(Path, "write_bytes", write_where_space_is_left)
    with private_workdir() as private:
        assert private.parent == memory
    assert list(temp_dir.iterdir()) == []


def test_told_to_end_during_an_export_it_leaves_nothing(temp_dir: Path) -> None:
    process = subprocess.Popen(
        [REPERES, "exporter", "-o", temp_dir / "page.html"],
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
    assert list(temp_dir.iterdir()) == []
    assert psutil.wait_procs(kernels, timeout=PATIENCE)[1] == []


def test_nowhere_to_work_is_a_french_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(workdir, "_candidate_parents", lambda: [tmp_path / "absent"])
    with pytest.raises(workdir.NoWorkdirError, match="TMPDIR"), private_workdir():
        pass


def test_what_the_workdir_was_in_is_made_again_too(tmp_path: Path) -> None:
    folder = tmp_path / "tmp" / "reperes-12345678" / "pages"
    for removed in (folder, folder.parent, folder.parent.parent):
        restore_folder(folder)
        assert folder.is_dir()
        shutil.rmtree(removed)
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "tmp").mkdir()
    folder.parent.symlink_to(tmp_path / "ailleurs")  # somebody else's
    with pytest.raises(PermissionError):
        restore_folder(folder)
