"""The site of many schools: what is in it, what a kill and a broken file do to it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import cramjam
import psutil
import pytest

import signs
from tests.benchmarks.schools import Exported, Watch, size_of
from tests.conftest import PATIENCE, REPERES, Run
from tests.schools import ACCENTED, BROKEN, school_folder, site_of
from widgets.board.board import markup
from widgets.export import compressed
from widgets.export.site import Site
from widgets.schools.light import SharedTexts

COUNT = 17
"""Enough for a second process."""


class Written(NamedTuple):
    """A site, and what its export returned."""

    schools: Path
    site: Path
    result: Site
    measured: Exported
    """As the benchmark measures it."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Return a site whose export was killed, as were its processes, then taken up."""
    folder = tmp_path_factory.mktemp("site")
    schools, site = school_folder(folder / "ecoles", COUNT), folder / "site"
    command = [REPERES, "exporter", "--ecoles", schools, "-o", site]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    watch = Watch(first.pid)
    journal = folder / ".reperes-site-etablissements" / ".journal"
    end = time.monotonic() + PATIENCE
    while not (journal.exists() and "0750" in journal.read_text("utf-8")):
        assert time.monotonic() < end
        assert first.poll() is None
        time.sleep(0.01)
    workers = psutil.Process(first.pid).children(recursive=True)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert psutil.wait_procs(workers, timeout=PATIENCE)[1] == []
    assert not site.exists()
    result = site_of(schools, site)
    return Written(schools, site, result, Exported(result.schools, 1, watch.used(), size_of(site)))


def test_a_killed_export_goes_on_where_it_stopped(written: Written) -> None:
    assert 0 < written.result.resumed <= COUNT
    assert [path.name for path in written.site.parent.iterdir() if path.name[:1] == "."] == []
    assert [path.name for path in written.site.rglob(".*")] == []


def test_the_benchmark_sees_what_an_export_uses_and_what_each_school_adds(
    written: Written,
) -> None:
    whole = written.measured
    assert whole.used.processor > 0
    assert whole.used.memory > 50e6
    assert whole.size > 17 * 10_000
    half = whole._replace(schools=8, size=0)
    assert whole.line(half)[-1] == f"{whole.size / (whole.schools - 8) / 1e3:.1f} kB"


def test_each_school_has_its_page_and_a_broken_file_stops_no_other(written: Written) -> None:
    names = {path.stem for path in written.schools.iterdir()}
    assert {path.parent.name for path in written.site.glob("*/index.html")} == names
    assert [*written.result.broken] == [BROKEN]
    broken = (written.site / "0750003A" / "index.html").read_text("utf-8")
    assert "ne s’affichent pas pour le moment" in broken


def test_what_a_page_asks_for_is_there_and_its_policy_allows_nothing_else(
    written: Written,
) -> None:
    for page in (*written.site.glob("*/index.html"), written.site / "index.html"):
        text = page.read_text("utf-8")
        files = re.findall(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="([^"]+)"', text)
        assert len(files) >= 3
        assert all((page.parent / file).is_file() for file in files)
        assert "default-src &#39;none&#39;; script-src &#39;self&#39;; style-src" in text
        assert not re.search(r"<style|<script>| style=", text)
    assert 'href="Lyc%C3%A9e%20d%27%C3%A9t%C3%A9/"' in text
    assert (written.site / "reperer.html").is_file()


def test_every_file_stands_beside_its_compressed_form(written: Written) -> None:
    files = [path for path in written.site.rglob("*") if path.suffix in {".html", ".js", ".css"}]
    assert len(files) > COUNT
    for path in files:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        smaller = path.with_name(f"{path.name}.br")
        assert bytes(cramjam.brotli.decompress(smaller.read_bytes())) == path.read_bytes()


def test_without_the_library_there_is_no_brotli_form_and_the_page_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, alone = tmp_path / "deux.html", tmp_path / "un.html"
    monkeypatch.setattr(compressed, "cramjam", None)
    assert compressed.write(alone, "page") == compressed.digest(b"page")
    monkeypatch.undo()
    assert compressed.write(both, "page") == compressed.digest(b"page")
    assert [each.name for each in sorted(tmp_path.iterdir())] == [
        *("deux.html", "deux.html.br", "deux.html.gz", "un.html", "un.html.gz")
    ]


@pytest.mark.parametrize("name", ["0750000A", "0750002A", ACCENTED])
def test_pieces_put_together_are_the_texts_of_the_board(written: Written, name: str) -> None:
    shared = SharedTexts(markup(signs.load()).html)
    board = markup(signs.load("sextorsion", written.schools / f"{name}.toml")).html
    made = shared.made_of(board)
    assert "</" not in made
    parts = json.loads(made)
    texts = "".join(
        part if isinstance(part, str) else "".join(shared.pieces[part[0] : part[1]])
        for part in parts
    )
    waiting = [part.partition("</noscript>")[0] for part in board.split("<noscript>")[1:]]
    assert texts == "\f".join(waiting)
    assert len(made) < len(texts) / 10


def test_the_same_files_give_the_same_bytes_whatever_was_resumed(
    written: Written, tmp_path: Path
) -> None:
    names = ("0750000A", "0750001A", "0750012A", ACCENTED)
    (tmp_path / "ecoles").mkdir()
    for name in names:
        shutil.copy(written.schools / f"{name}.toml", tmp_path / "ecoles")
    site_of(tmp_path / "ecoles", tmp_path / "site")
    for name in names:
        pages = [site / name / "index.html.gz" for site in (written.site, tmp_path / "site")]
        assert pages[0].read_bytes() == pages[1].read_bytes()


def test_the_last_good_page_of_a_file_that_broke_stays_with_all_it_asks_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schools, site = school_folder(tmp_path / "ecoles", 3), tmp_path / "site"
    (schools / BROKEN).write_text('format = 1\netablissement = "Lycée sain"\n', encoding="utf-8")
    site_of(schools, site)
    (schools / BROKEN).write_text("format = 1\nlycee\n", encoding="utf-8")
    (schools / "0750001A.toml").unlink()
    # Whatever else changes meanwhile, such as the styles, its page has those it was made with.
    monkeypatch.setattr("widgets.export.site.shared_style", lambda *_: "p{}")
    for _ in range(2):  # and again, when it is the last good page already
        result = site_of(schools, site, overwrite=True)
        assert ([*result.outdated], result.broken) == ([BROKEN], {})
        kept = (site / "0750003A" / "index.html").read_text("utf-8")
        assert "Lycée sain" in kept
        assert all((site / f).is_file() for f in re.findall(r'"\.\./(communs/[^"]+)"', kept))
        assert not (site / "0750001A").exists()
    other = (site / "0750002A" / "index.html").read_text("utf-8")
    assert {*re.findall(r"pages-\w+\.css", kept)}.isdisjoint(re.findall(r"pages-\w+\.css", other))


def test_the_command_says_what_is_amiss_and_leaves_other_folders_alone(
    written: Written, command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.export.site.executed_page", lambda *_: "<!doctype html>")
    schools = school_folder(tmp_path / "ecoles", 1)
    (schools / "Atelier.toml").write_text("format = 1\n", encoding="utf-8")
    own = 'format = 1\nuai = "0783774D"\n'
    for name in ("0783774D", "0783774D (1)", "0780001C"):
        (schools / f"{name}.toml").write_text(own, encoding="utf-8")
    os.mkfifo(schools / "tube.toml")  # reading it would never end
    (schools / "dossier.toml").mkdir()
    ran = command("exporter", "--ecoles", str(schools), "-o", "site")
    assert "Pages d’établissement\xa0: 6." in ran.stdout
    assert f"{BROKEN}\xa0:" in ran.stderr
    assert "0750000A" not in ran.stderr
    assert "L’adresse /Atelier/ est déjà celle d’une autre page" in ran.stderr
    assert ran.stderr.count("Ce n’est pas un fichier") == 2
    assert "0780001C.toml:2\xa0: erreur" in ran.stderr  # the copy of another school's
    twins = "« 0780001C.toml », « 0783774D (1).toml » et « 0783774D.toml »"
    assert twins in ran.stderr.replace("\xa0", " ")
    (tmp_path / "site" / "robots.txt").write_text("Disallow: /", encoding="utf-8")
    refused = command("exporter", "--ecoles", str(schools), "-o", "site", "--remplacer")
    assert "robots.txt" in refused.stderr
    assert (tmp_path / "site" / "robots.txt").is_file()
    refused = command("exporter", "--ecoles", str(schools), "-o", str(schools))
    assert refused.returncode == 1
    assert "n’y touche pas" in refused.stderr
    refused = command("exporter", "--ecoles", str(schools), "-o", str(written.site))
    assert "ajoutez --remplacer" in refused.stderr
    empty = command("exporter", "--ecoles", str(tmp_path / "vide"), "-o", "rien")
    assert "n’est pas un dossier" in empty.stderr


def test_what_the_academy_writes_is_on_every_page_and_says_who_publishes(tmp_path: Path) -> None:
    schools, site = school_folder(tmp_path / "ecoles", 2), tmp_path / "site"
    (schools / "academie.toml").write_text(
        'format = 1\nacademie = "Paris"\n[[contact]]\nrole = "crip"\ntelephone = "01 99 00 75 75"\n'
        '[editeur]\nnom = "Rectorat de Paris"\ncontact = "contact@ac-exemple.fr"\n',
        encoding="utf-8",
    )
    result = site_of(schools, site)
    assert [*result.broken] == [BROKEN]
    for name in ("0750000A", ACCENTED, "0750003A"):
        page = (site / name / "index.html").read_text("utf-8")
        assert "01 99 00 75 75" in re.sub(r"\s", " ", page)
        assert "Publié par Rectorat de Paris" in page
    chooser = (site / "index.html").read_text("utf-8")
    for name in ("accessibilite", "mentions-legales", "dpd-rssi", "rgesn"):
        assert f'href="{name}.html"' in chooser
        assert "index.html" in (site / f"{name}.html").read_text("utf-8")
