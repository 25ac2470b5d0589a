"""`reperes exporter`: whole or not at all, the same each time, and never over anything else."""

from __future__ import annotations

import gzip
import os
import pty
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import signs
from signs.wording import date_in_words
from tests.conftest import EXPORT_DAY, REPERES, Run
from widgets.cli import _day
from widgets.exporting import exportable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, terminals, limits")

LIGHT = 150_000
"""Bytes of a page as sent (gzipped); and as stored, where it holds no board."""
BOARD = 330_000
"""What a board adds as stored: all advice, with reasons and sources for whoever has no
JavaScript, in one file. Only gzip brings that within what is light."""


def test_everything_is_exported_and_the_index_leads_to_each(
    exported_folder: Path, sign_list: signs.SignList
) -> None:
    names = {f"{name}.html" for name in exportable(sign_list)}
    assert {file.name for file in exported_folder.iterdir()} == {*names, "index.html"}
    index = (exported_folder / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="([^"#:]+)"', index)) == names
    assert date_in_words(EXPORT_DAY) in index
    assert f"version {sign_list.info.version}" in index


def test_every_page_is_light(exported_folder: Path) -> None:
    for file in exported_folder.iterdir():
        raw = file.read_bytes()
        assert len(gzip.compress(raw, 9)) <= LIGHT, file.name
        assert len(raw) <= LIGHT + BOARD * (b"reperes-board" in raw), file.name


class _Loaded(HTMLParser):
    """Collects whatever a page would ask for by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            asks = name in {"src", "srcset", "poster", "action", "background"}
            if (asks or (tag == "link" and name == "href")) and not str(value).startswith("data:"):
                self.found.append(f"{tag} {name}={value}")
            if name == "style":
                self.found.append(f"{tag} style")


def test_no_page_asks_for_anything(exported_folder: Path) -> None:
    for file in exported_folder.iterdir():
        loaded = _Loaded()
        loaded.feed(file.read_text(encoding="utf-8"))
        assert loaded.found == [], file.name


def test_the_same_inputs_give_the_same_bytes(exported_folder: Path, tmp_path: Path) -> None:
    """Elsewhere, at another hour and with other hashes; the day told the other way."""
    midnight = int(datetime.fromisoformat(f"{EXPORT_DAY}T00:00").timestamp())
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(midnight + 43_200),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Noumea",
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [REPERES, "exporter", "--tout", "-o", tmp_path / "encore"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)  # no bar where nobody watches
    for file in exported_folder.iterdir():
        assert (tmp_path / "encore" / file.name).read_bytes() == file.read_bytes(), file.name
    assert len(list((tmp_path / "encore").iterdir())) == len(list(exported_folder.iterdir()))


def test_another_day_is_another_page(reperes: Run, exported_folder: Path, tmp_path: Path) -> None:
    for day in (EXPORT_DAY, "2026-11-26"):
        done = reperes("exporter", "--page", "fiche-note", "--date", day, "-o", f"{day}.html")
        assert done.returncode == 0, done.stderr
    same = (tmp_path / f"{EXPORT_DAY}.html").read_bytes()
    assert same == (exported_folder / "fiche-note.html").read_bytes()
    assert same != (tmp_path / "2026-11-26.html").read_bytes()


def test_a_page_takes_its_own_name(reperes: Run, tmp_path: Path) -> None:
    done = reperes("exporter", "--page", "affiche-college")
    assert "affiche-college.html" in done.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["affiche-college.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--page", "affiche-colege"), "Vouliez-vous dire « affiche-college » ?"),
        (("--page", "inconnue"), "Les pages sont : reperer, "),
        (("--page", "reperer", "--tout"), "ne vont pas ensemble"),
        (("--tout", "--date", "demain"), "« demain » n’est pas un jour"),
        (("--tout", "-o", "nulle/part"), "Le dossier nulle n’existe pas"),
        (("--tout", "-o", "/proc/reperes"), "ne peut pas être écrit"),
    ],
)
def test_what_cannot_be_done_is_a_french_sentence(
    reperes: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    refused = reperes("exporter", *arguments)
    assert refused.returncode == 1
    assert said in re.sub(r"[\u00a0\u202f]", " ", refused.stderr)
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []


def _on_a_terminal(*arguments: str, cwd: Path, until: bytes = b"") -> tuple[bytes, int]:
    """Run the command on a terminal of its own; tell it to end once it said `until`."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [REPERES, *arguments], cwd=cwd, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            said += os.read(ours, 4096)
        except OSError:  # how a closed terminal ends on Linux
            break
        if until and until in said:
            process.send_signal(signal.SIGTERM)
            until = b""
    os.close(ours)
    return said, process.wait(timeout=20)


def test_a_folder_is_replaced_only_when_told_and_when_all_in_it_is_ours(
    reperes: Run, exported_folder: Path, tmp_path: Path, sign_list: signs.SignList
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    old = folder / "ancienne.html"
    old.write_bytes((exported_folder / "fiche-note.html").read_bytes())

    refused = reperes("exporter", "--tout", "-o", "site")
    assert refused.returncode == 1
    assert "ajoutez --remplacer" in refused.stderr

    for foreign in ("photo.jpg", "memoire.html"):
        (folder / foreign).write_text("à garder")
        refused = reperes("exporter", "--tout", "-o", "site", "--remplacer")
        assert refused.returncode == 1
        assert foreign in refused.stderr
        assert (folder / foreign).read_text() == "à garder"
        (folder / foreign).unlink()

    assert old.exists()
    said, status = _on_a_terminal("exporter", "--tout", "-o", "site", "--remplacer", cwd=tmp_path)
    assert status == 0
    assert f"] 1/{len(exportable(sign_list))} ".encode() in said  # a terminal sees how far it is
    assert said.rstrip().endswith(b"site/index.html")
    assert not old.exists()
    assert (folder / "index.html").exists()
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_links_and_files_are_not_folders(reperes: Run, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("à garder")
    (tmp_path / "lien").symlink_to(tmp_path / "ailleurs")
    for name in ("fichier", "lien"):
        refused = reperes("exporter", "--tout", "-o", name, "--remplacer")
        assert refused.returncode == 1
        assert "dossier ordinaire" in refused.stderr
    assert (tmp_path / "fichier").read_text() == "à garder"
    assert not (tmp_path / "ailleurs").exists()


def _with_little_room(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command where no file may be larger than 20 kB: what a full disk says."""
    return subprocess.run(
        ["bash", "-c", 'ulimit -f 20; exec "$0" "$@"', REPERES, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(
    reperes: Run, tmp_path: Path
) -> None:
    assert reperes("exporter", "--page", "fiche-note", "-o", "note.html").returncode == 0
    old = (tmp_path / "note.html").read_bytes()
    refused = _with_little_room(
        "exporter", "--page", "affiche-lycee", "-o", "note.html", "--remplacer", cwd=tmp_path
    )
    assert refused.returncode == 1
    assert "vérifiez la place" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (tmp_path / "note.html").read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["note.html"]


def test_a_full_disk_leaves_the_old_folder_whole(exported_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_bytes((exported_folder / "index.html").read_bytes())
    refused = _with_little_room("exporter", "--tout", "-o", "site", "--remplacer", cwd=tmp_path)
    assert refused.returncode == 1
    assert [file.name for file in folder.iterdir()] == ["index.html"]
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_told_to_end_in_the_middle_it_leaves_nothing(tmp_path: Path) -> None:
    _said, status = _on_a_terminal("exporter", "--tout", "-o", "site", cwd=tmp_path, until=b"0/")
    assert status != 0
    assert list(tmp_path.iterdir()) == []


def test_the_day_is_that_of_paris() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # already the 25th in Paris
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(late.timestamp())))
        assert _day(None).isoformat() == EXPORT_DAY
        assert _day("2026-01-31").isoformat() == "2026-01-31"
