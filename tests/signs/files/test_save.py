"""Nothing is lost: the old file or the new one, whole, whatever stops the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

import signs
from signs.files.backups import BACKUPS, DELETED_AT_ONCE, KEPT_FOR, MIN_SAVES
from signs.files.save import ConflictError, OpenFile, SaveError, atomic_write, save_all
from signs.text import clock
from tests.conftest import ROOT
from tests.signs.crash import NEW, OLD


def backups_of(path: Path) -> list[Path]:
    """Return the backups of a file, newest first."""
    return sorted((path.parent / BACKUPS).glob(f"{path.stem}.*{path.suffix}"), reverse=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "signes.toml"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_saving_replaces_the_file_and_keeps_what_it_said(file: Path) -> None:
    opened = OpenFile.open(file)
    assert not opened.changed
    opened.text = NEW
    assert opened.changed
    copy = opened.save()
    assert file.read_text("utf-8") == NEW
    assert copy is not None
    assert copy.read_text("utf-8") == OLD
    assert backups_of(file) == [copy]
    assert not opened.changed
    assert opened.save() is None
    assert sorted(path.name for path in file.parent.iterdir()) == [BACKUPS, "signes.toml"]


@pytest.mark.parametrize("theirs", [NEW, "\ufeff" + OLD.replace("\n", "\r\n")])
def test_what_somebody_writes_while_a_file_is_opened_is_not_overwritten(
    file: Path, monkeypatch: pytest.MonkeyPatch, theirs: str
) -> None:
    read_bytes = Path.read_bytes

    def read_then_changed(path: Path) -> bytes:
        found = read_bytes(path)
        path.write_bytes(theirs.encode())
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read_then_changed)
        opened = OpenFile.open(file)
    opened.text = f"{OLD}# mine\n"
    with pytest.raises(ConflictError):
        opened.save()
    assert file.read_bytes() == theirs.encode()


def test_saving_often_deletes_no_copy_of_this_year(file: Path) -> None:
    opened = OpenFile.open(file)
    saves = MIN_SAVES + 5
    with time_machine.travel("2026-01-15T12:00+01:00") as clock_:
        for number in range(saves):
            opened.text = f"version = {number}\n"
            opened.save()
            clock_.shift(1)
        first = backups_of(file)[-1]
        assert len(backups_of(file)) == saves
        assert first.read_text("utf-8") == OLD
        clock_.shift(KEPT_FOR * 9)  # a wrong clock, maybe: one save deletes two at most
        opened.text = NEW
        opened.save()
        assert not first.exists()
        assert len(backups_of(file)) == saves + 1 - DELETED_AT_ONCE
        for number in range(saves):
            opened.text = f"version = {number}\n"
            opened.save()
            clock_.shift(1)
    assert len(backups_of(file)) == saves + 1, "those of the last days"


def test_what_a_killed_save_had_announced_is_completed_by_who_reads_next(file: Path) -> None:
    """One of two files had taken its place."""
    other = file.with_name("conseils.toml")
    other.write_text(NEW, encoding="utf-8")
    left = file.with_name(".reperes-laisse")
    left.write_text(NEW, encoding="utf-8")
    os.utime(left, (1, 1))
    journal = file.with_name(".enregistrement.json")
    names = {left.name: file.name, ".reperes-place": other.name}
    journal.write_text(json.dumps(names), encoding="utf-8")
    atomic_write(file.with_name("autre.toml"), b"")  # sweeps nothing of it
    signs.inspect(file.parent)
    assert (file.read_text("utf-8"), other.read_text("utf-8")) == (NEW, NEW)
    assert not journal.exists()
    assert not left.exists()


@pytest.mark.parametrize("theirs", ["leur = 3\n", None])
def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    file: Path, theirs: str | None
) -> None:
    opened = OpenFile.open(file)
    opened.text = NEW
    file.unlink() if theirs is None else file.write_text(theirs, "utf-8")
    with pytest.raises(ConflictError) as caught:
        opened.save()
    assert (caught.value.text, caught.value.theirs) == (NEW, theirs or "")
    assert "a été changé depuis" in str(caught.value)
    assert file.exists() is (theirs is not None)
    assert opened.text == NEW
    opened.save(over_theirs=True)
    assert file.read_text("utf-8") == NEW
    assert [copy.read_text("utf-8") for copy in backups_of(file)] == ([theirs] if theirs else [])


@pytest.mark.parametrize("content", [b"a = 1\r\nb = 2\r\n", b"\xef\xbb\xbfa = 1\nb = 2\n"])
def test_ends_of_lines_and_the_mark_stay_as_the_file_has_them(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    opened = OpenFile.open(file)
    assert opened.text == "a = 1\nb = 2\n"
    opened.text = opened.text.replace("1", "é")
    opened.save()
    assert file.read_bytes() == content.replace(b"1", "é".encode())


@pytest.mark.skipif(os.name != "posix", reason="such rights, and links that anybody may make")
def test_rights_stay_and_a_link_stays_a_link(file: Path) -> None:
    file.chmod(0o640)
    link = file.with_name("lien.toml")
    link.symlink_to(file)
    opened = OpenFile.open(link)
    opened.text = NEW
    opened.save()
    assert link.is_symlink()
    assert file.read_text("utf-8") == NEW
    assert file.stat().st_mode & 0o777 == 0o640


# What a system may refuse, made true in a process of its own.
FAULTS = {
    "disk full": (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))",
        "plus de place",
    ),
    "a folder one may only read": ("nobody(); ", "lecture seule"),
    "a file one may only read": (
        "path.parent.chmod(0o777); path.chmod(0o444); nobody()",
        "lecture seule",
    ),
    "a folder that is gone": ("import shutil; shutil.rmtree(path.parent)", "plus là"),
}
SAVE = """
import os, sys
from datetime import timedelta
from pathlib import Path
from signs.files.save import OpenFile, SaveError

path = Path(sys.argv[1])

def nobody():
    if os.getuid() == 0:
        for folder in path.parents:
            if len(folder.parts) > 2:
                folder.chmod(folder.stat().st_mode | 0o055)
        os.setuid(65534)
    else:
        path.parent.chmod(0o555)

opened = OpenFile.open(path)
opened.text = sys.argv[2] * 5000
{fault}
try:
    opened.save()
except SaveError as error:
    assert error.text == opened.text == sys.argv[2] * 5000
    print(error)
else:
    print("saved")
"""


@pytest.mark.skipif(os.name != "posix", reason="these faults are made with POSIX calls")
@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_saved_is_a_french_sentence_and_both_texts_are_kept(
    file: Path, fault: str
) -> None:
    how, message = FAULTS[fault]
    ran = subprocess.run(
        [sys.executable, "-c", SAVE.replace("{fault}", how), file, "nouveau = 2\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert message in ran.stdout, ran.stdout + ran.stderr
    assert "reste comme il était" in ran.stdout
    assert ran.stderr == ""
    if file.parent.exists():
        file.parent.chmod(0o755)
        assert file.read_text("utf-8") == OLD
        assert not list(file.parent.glob(".reperes-*"))


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_at_any_moment_it_leaves_the_old_files_or_the_new_ones_whole(file: Path) -> None:
    file.with_name("conseils.toml").write_text(OLD, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.signs.crash", file, "60"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = ran.stdout.split("\n")[:-1]
    assert len(found) >= 60
    assert set(found) == {"old", "new"}  # both are met: it was killed in the midst of its work
    for copy in backups_of(file):
        assert copy.read_text("utf-8") in {OLD, NEW}
    opened = OpenFile.open(file)  # and one can go on from there
    opened.text = "suite = 1\n"
    opened.save()


def test_what_a_killed_save_left_is_swept_later(file: Path) -> None:
    left = file.with_name(".reperes-oublie")
    left.write_text("x", "utf-8")
    atomic_write(file, b"a = 1\n")
    assert left.exists()
    os.utime(left, (1, 1))
    atomic_write(file, b"a = 2\n")
    assert not left.exists()


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=4000), timedelta(days=-9)])
def test_files_are_saved_together_where_the_drive_has_another_time(
    file: Path, ahead: timedelta
) -> None:
    """As on a shared drive: by the clock here, what was just written there is old, or to come."""
    other = file.with_name("conseils.toml")
    other.write_text(OLD, encoding="utf-8")
    with time_machine.travel(clock.now() + ahead):
        opened = [OpenFile.open(file), OpenFile.open(other)]
        for each in opened:
            each.text = NEW
        save_all(opened)
    assert [file.read_text("utf-8"), other.read_text("utf-8")] == [NEW, NEW]
    assert not list(file.parent.glob(".*"))


def test_two_who_save_at_once_do_not_mix(file: Path) -> None:
    one, other = OpenFile.open(file), OpenFile.open(file)
    one.text, other.text = NEW, OLD + "x"
    one.save()
    with pytest.raises(ConflictError) as caught:
        other.save()
    assert caught.value.theirs == NEW
    assert isinstance(caught.value, SaveError)
