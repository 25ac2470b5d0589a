"""A list or a school's file to start from: valid once filled in, and never overwriting anything."""

from __future__ import annotations

import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

import signs
from signs import scaffold
from signs.diagnostics.problem import Severity
from signs.scaffold import StartError, ensure_copy, start_list, start_school
from tests.conftest import Run
from tests.started import filled


@pytest.mark.parametrize("standalone", [False, True])
@pytest.mark.parametrize("today", [date(2026, 11, 25), date(2024, 2, 29)])
def test_a_list_to_start_from_is_sound_and_small(
    tmp_path: Path, standalone: bool, today: date
) -> None:
    files = start_list(tmp_path / "liste", standalone=standalone, today=today)
    asked = signs.inspect(tmp_path / "liste")
    assert asked.sign_list is None
    assert [p.code for p in asked.problems] == ["unfilled-placeholder"] * 2
    filled(*files)
    inspection = signs.inspect(tmp_path / "liste")
    assert inspection.sign_list is not None
    assert not [p for p in inspection.problems if p.severity is Severity.ERROR]
    assert inspection.sign_list.info.reviewed_on == today.isoformat()
    assert sum(file.read_text(encoding="utf-8").count("\n") for file in files) < 300
    assert all("#" in file.read_text(encoding="utf-8") for file in files)


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "note").write_text("à garder", "utf-8")
    for target in (tmp_path / "plein", tmp_path / "plein" / "note", Path("/proc/rien")):
        with pytest.raises(StartError):
            start_list(target)
    start_school(tmp_path / "ecole.toml")
    with pytest.raises(StartError):
        start_school(tmp_path / "ecole.toml")
    with pytest.raises(StartError):
        start_school(tmp_path / "nulle-part" / "ecole.toml")


def test_a_folder_with_only_what_a_system_leaves_is_empty(tmp_path: Path) -> None:
    for name, start in (("liste", start_list), ("copie", ensure_copy)):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".DS_Store").touch()
        assert start(tmp_path / name)
        assert signs.inspect(tmp_path / name).problems
        assert (tmp_path / name / ".DS_Store").exists()


def test_what_a_read_only_installation_gives_can_be_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Path(shutil.copytree(scaffold.SHIPPED, tmp_path / "installation"))
    templates = Path(shutil.copytree(scaffold.TEMPLATES, installed / "modeles"))
    everything = [installed, *installed.rglob("*")]
    for each in everything:
        each.chmod(0o555 if each.is_dir() else 0o444)
    monkeypatch.setattr(scaffold, "SHIPPED", installed)
    monkeypatch.setattr(scaffold, "DERIVED", templates / "layered")
    monkeypatch.setattr(scaffold, "STANDALONE", templates / "standalone")
    monkeypatch.setattr(scaffold, "SCHOOL", templates / "ecole.toml")
    start_list(tmp_path / "a" / "liste")
    start_list(tmp_path / "b", standalone=True)
    start_school(tmp_path / "ecole.toml")
    ensure_copy(tmp_path / "copie")
    ensure_copy(tmp_path / "c" / "copie")
    for each in everything:
        each.chmod(0o755)  # for pytest to remove them
    written = set(tmp_path.rglob("*")) - set(everything)
    assert len(written) > 30
    assert [each for each in written if not each.stat().st_mode & stat.S_IWUSR] == []


@pytest.mark.parametrize("name", ["ecole.TOML", "ecole.toml.txt"])
def test_a_school_s_file_is_one_however_its_name_ends(
    command: Run, tmp_path: Path, name: str
) -> None:
    assert command("nouvelle-liste", name).returncode == 0
    (tmp_path / "ecole.toml").rename(tmp_path / name)
    assert "prête à servir" in command("verifier", name).stdout


def test_the_commands_say_what_to_do_next(command: Run, tmp_path: Path) -> None:
    started = command("nouvelle-liste", "ma-liste").stdout
    assert "reperes verifier ma-liste" in started
    assert "Écrivez ici" in started
    assert "de la liste dit encore" in command("verifier", "ma-liste").stdout
    filled(tmp_path / "ma-liste" / "liste.toml")
    assert "prête à servir" in command("verifier", "ma-liste").stdout
    assert command("nouvelle-liste", "ecole.toml").returncode == 0
    alone = command("verifier", "ecole.toml")
    assert alone.returncode == 0
    assert "prête à servir" in alone.stdout
    again = command("nouvelle-liste", "ma-liste")
    assert again.returncode == 1
    assert "n’est pas vide" in again.stderr
    assert "\033" not in alone.stdout
    assert command("orienter", "--liste", "ma-liste", "--ecole", "ecole.toml").returncode == 0
