"""`reperes exporter`: atomic, reproducible, and never overwriting anything else."""

from __future__ import annotations

import gzip
import os
import pty
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

import signs
from signs.errors import ReperesError
from signs.loading.loader import Choice, folder_of
from signs.text import opening_hours
from signs.text.typography import date_in_words
from tests.conftest import DAY, PATIENCE, REPERES, Run
from widgets.cli.main import app
from widgets.export.writer import ExportError, Inputs, export_all, exportable
from widgets.page.registry import PAGES
from widgets.runtime.build_date import day_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, terminals, limits")

NAVIGATION = re.compile(r'<nav class="page-chemins".*?</nav>\n', re.DOTALL)
LIGHT = 150_000
"""Bytes of a page as sent (gzipped); and as stored, where it holds no board."""
BOARD = 250_000
"""What a board adds as stored: all advice, with reasons and sources for whoever has no
JavaScript, in one file. Only gzip brings that within what is light."""


def test_everything_is_exported_and_the_index_leads_to_each(
    exported_folder: Path, sign_list: signs.SignList
) -> None:
    names = {f"{name}.html" for name in exportable(sign_list)}
    assert {file.name for file in exported_folder.iterdir()} == {*names, "index.html"}
    index = (exported_folder / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="([^"#:]+)"', index)) == names
    assert date_in_words(DAY) in index
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
            if (asks or (tag == "link" and name == "href")) and not str(value).startswith(
                ("data:", "#")
            ):
                self.found.append(f"{tag} {name}={value}")
            if name == "style":
                self.found.append(f"{tag} style")


def test_no_page_asks_for_anything(exported_folder: Path) -> None:
    for file in exported_folder.iterdir():
        loaded = _Loaded()
        loaded.feed(file.read_text(encoding="utf-8"))
        assert loaded.found == [], file.name


def _without_navigation(page: str) -> tuple[str, list[str]]:
    """Return a page without its ways to the others, and where they lead."""
    found = NAVIGATION.findall(page)
    return NAVIGATION.sub("", page), re.findall(r'href="([^"]+)"', "".join(found))


def test_in_a_folder_every_page_leads_to_the_others_and_alone_to_none(
    exported_folder: Path, exported: Path
) -> None:
    assert _without_navigation(exported.read_text(encoding="utf-8"))[1] == []
    wanted = ["index.html", *(f"{name}.html" for name in PAGES)]
    for file in exported_folder.iterdir():
        html, links = _without_navigation(file.read_text(encoding="utf-8"))
        assert 'page-chemins"' not in html, file.name
        if file.stem == "index":  # it is the way to everything
            continue
        if file.stem == "panne":  # shown at any address, where relative links would be dead
            assert links == []
            continue
        ticked = file.stem in PAGES and PAGES[file.stem].ticked
        assert links == [name for name in wanted if not (ticked and name == file.name)], file.name
        page = file.read_text(encoding="utf-8")  # the menu is at the same place everywhere
        assert page.index('<nav class="page-chemins"') < page.index("<main")
        assert page.count('aria-current="page"') == (file.stem in PAGES and not ticked)


def test_another_day_is_another_page_and_each_takes_its_own_name(
    reperes: Run, exported_folder: Path, tmp_path: Path
) -> None:
    pages = []
    for day in (DAY, "2026-11-26"):
        done = reperes("exporter", "--page", "fiche-note", "--date", day, "--remplacer")
        assert "fiche-note.html" in done.stdout, done.stderr
        assert [file.name for file in tmp_path.iterdir()] == ["fiche-note.html"]
        pages.append((tmp_path / "fiche-note.html").read_text(encoding="utf-8"))
    in_the_folder = (exported_folder / "fiche-note.html").read_text(encoding="utf-8")
    assert pages[0] == _without_navigation(in_the_folder)[0]
    assert pages[0] != pages[1]


def test_a_page_there_is_not_is_a_french_sentence(reperes: Run, tmp_path: Path) -> None:
    refused = reperes("exporter", "--page", "affiche-colege")
    assert refused.returncode == 1
    assert "Vouliez-vous dire « affiche-college » ?" in _plain(refused.stderr)
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("’", "'")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--page", "inconnue"), "Les pages sont : reperer, "),
        (("--page", "reperer", "--tout"), "ne vont pas ensemble"),
        (("--tout", "--date", "demain"), "« demain » n'est pas un jour"),
        (("--tout", "-o", "nulle/part"), "Le dossier nulle n'existe pas"),
        (("--tout", "-o", "/proc/reperes"), "ne peut pas être écrit"),
        (("--page", "atelier", "--scorm", "-o", "a.html"), "par exemple -o a.zip"),
        (("--page", "atelier", "--carnet", "-o", "a.PDF"), "par exemple -o a.ipynb"),
        (("--page", "reperer", "-o", "a.pdf"), "ou ajoutez --pdf"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReperesError) as refused:
        app(["exporter", *arguments], standalone_mode=False)
    assert said in _plain(str(refused.value))
    assert list(tmp_path.iterdir()) == []


def _on_a_terminal(
    *arguments: str, cwd: Path, until: bytes = b"", **environment: str
) -> tuple[bytes, int]:
    """Run the command on a terminal of its own; tell it to end once it said `until`."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [REPERES, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            said += os.read(ours, 4096)
        except OSError:  # how a closed terminal ends on Linux
            break
        if until and until in said:
            process.send_signal(signal.SIGTERM)
            until = b""
    os.close(ours)
    return said, process.wait(timeout=PATIENCE)


@pytest.fixture
def inputs() -> Inputs:
    return Inputs(Choice(folder_of("sextorsion"), None), date.fromisoformat(DAY))


def test_a_folder_is_replaced_only_when_told_and_when_all_in_it_is_ours(
    inputs: Inputs, exported_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    old = folder / "ancienne.html"
    old.write_bytes((exported_folder / "fiche-note.html").read_bytes())
    with pytest.raises(ExportError, match="ajoutez --remplacer"):
        export_all(inputs, folder)
    for foreign in ("photo.jpg", "memoire.html"):
        (folder / foreign).write_text("à garder", "utf-8")
        with pytest.raises(ExportError, match=foreign):
            export_all(inputs, folder, overwrite=True)
        assert (folder / foreign).read_text("utf-8") == "à garder"
        (folder / foreign).unlink()
    assert [file.name for file in folder.iterdir()] == [old.name]
    # What systems leave is no reason to stop.
    for left in ("._ancienne.html", ".~lock.ancienne.html#", "Icon\r", ".directory", "Thumbs.db"):
        (folder / left).write_bytes(b"\0")
    (folder / ".Trashes").mkdir()
    with pytest.raises(ExportError, match="ajoutez --remplacer"):
        export_all(inputs, folder)


def test_the_same_inputs_give_the_same_bytes_in_place_of_an_older_folder(
    exported_folder: Path, tmp_path: Path, sign_list: signs.SignList
) -> None:
    """Elsewhere, at another hour and with other hashes; the day given the other way."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "ancienne.html").write_bytes((exported_folder / "fiche-note.html").read_bytes())
    (folder / ".Trash-1000").mkdir()  # not ours to empty
    noon = datetime.fromisoformat(f"{DAY}T12:00").replace(tzinfo=opening_hours.PARIS)
    said, status = _on_a_terminal(
        *("exporter", "--tout", "-o", "site", "--remplacer"),
        cwd=tmp_path,
        SOURCE_DATE_EPOCH=str(int(noon.timestamp())),
        PYTHONHASHSEED="7",
        TZ="Pacific/Noumea",
        LC_ALL="C.UTF-8",
    )
    assert status == 0, said
    assert f"] 1/{len(exportable(sign_list))} ".encode() in said  # a terminal sees how far it is
    assert said.rstrip().endswith(b"site/index.html")
    assert [file.name for file in tmp_path.iterdir()] == ["site"]
    (folder / ".Trash-1000").rmdir()
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == {
        f.name: f.read_bytes() for f in exported_folder.iterdir()
    }


KILLED_BETWEEN = """
import os, pathlib
from datetime import date
from signs.loading.loader import Choice, folder_of
from widgets.export import writer

renamed = []
def rename(path, target, rename=pathlib.Path.rename):
    if renamed:
        os._exit(9)
    renamed.append(target)
    return rename(path, target)

writer._made = lambda *_: '<html class="reperes-page">'
pathlib.Path.rename = rename
inputs = writer.Inputs(Choice(folder_of("sextorsion"), None), date(2026, 11, 25))
writer.export_all(inputs, pathlib.Path("site"), overwrite=True)
"""


def test_killed_between_two_folders_the_old_one_comes_back_with_the_next_command(
    inputs: Inputs, exported_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_bytes((exported_folder / "index.html").read_bytes())
    ran = subprocess.run([sys.executable, "-c", KILLED_BETWEEN], cwd=tmp_path, check=False)
    assert ran.returncode == 9
    assert not folder.exists()
    with pytest.raises(ExportError, match="existe déjà"):
        export_all(inputs, folder)
    assert [file.name for file in folder.iterdir()] == ["index.html"]
    assert [file.name for file in tmp_path.iterdir()] == ["site"]


def test_links_and_files_are_not_folders(inputs: Inputs, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("à garder", "utf-8")
    (tmp_path / "lien").symlink_to(tmp_path / "ailleurs")
    for name in ("fichier", "lien"):
        with pytest.raises(ExportError, match="dossier ordinaire"):
            export_all(inputs, tmp_path / name, overwrite=True)
    assert (tmp_path / "fichier").read_text("utf-8") == "à garder"
    assert not (tmp_path / "ailleurs").exists()


def _with_little_space(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command where no file may be larger than 20 kB: what a full disk says."""
    return subprocess.run(
        ["bash", "-c", 'ulimit -f 20; exec "$0" "$@"', REPERES, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(
    exported_folder: Path, tmp_path: Path
) -> None:
    old = (exported_folder / "fiche-note.html").read_bytes()
    (tmp_path / "note.html").write_bytes(old)
    refused = _with_little_space(
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
    refused = _with_little_space("exporter", "--tout", "-o", "site", "--remplacer", cwd=tmp_path)
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
        assert day_for(None).isoformat() == "2026-11-25"
        assert day_for("2026-01-31").isoformat() == "2026-01-31"
