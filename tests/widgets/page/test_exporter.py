"""`jupyter nbconvert --to reperes` and `reperes exporter` make the page that is served."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest

from signs import SignList
from signs.loading.loader import Choice, folder_of
from signs.text.typography import date_in_words, typography
from tests.conftest import Run, Served
from widgets.export.writer import ExportError, Inputs, export_page
from widgets.page.registry import NOTEBOOKS, PAGES


@pytest.fixture
def inputs() -> Inputs:
    return Inputs(Choice(folder_of("sextorsion"), None), date(2026, 11, 25))


NBCONVERT = [sys.executable, "-m", "nbconvert", "--to", "reperes"]


NAVIGATION = re.compile(r'<nav class="page-chemins".*?</nav>\n', re.DOTALL)


def test_served_and_exported_pages_are_the_same(served: Served, exported: Path) -> None:
    """But for the ways to the other pages: the file stands alone."""
    page = served.page()
    assert len(NAVIGATION.findall(page)) == 1
    assert NAVIGATION.sub("", page) == exported.read_text(encoding="utf-8")


def test_every_page_tells_both_versions_and_until_when(
    exported_folder: Path, sign_list: SignList
) -> None:
    ends = date_in_words(sign_list.info.review_before)
    pages = sorted(exported_folder.glob("*.html"))
    assert len(pages) > 15
    for page in pages:
        # On what pupils read, the bar that is not printed tells it to the adult who prints.
        foot = r'<div class="(?:reperes-liste|feuille-outils)">.*?</div>|<footer\b.*?</footer>'
        said = " ".join(re.findall(foot, page.read_text(encoding="utf-8"), re.DOTALL))
        assert f"Repères {version('reperes')}" in said, page.name
        assert f"version {sign_list.info.version}" in said, page.name
        assert f"à revoir avant le {ends}" in said, page.name
        if 'class="reperes-liste"' in said:
            assert typography(f"Responsable : {sign_list.info.maintainer}") in said, page.name


def test_nbconvert_makes_the_same_page_executing_the_notebook_itself(
    tmp_path: Path, exported: Path
) -> None:
    notebook = Path(shutil.copy(NOTEBOOKS / "reperer.ipynb", tmp_path))
    subprocess.run([*NBCONVERT, notebook], check=True, capture_output=True, cwd=tmp_path)
    assert (tmp_path / "reperer.html").read_bytes() == exported.read_bytes()


def test_a_notebook_that_raises_makes_no_file(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    nbformat.write(notebook, tmp_path / "faux.ipynb")
    ran = subprocess.run([*NBCONVERT, "faux.ipynb"], cwd=tmp_path, capture_output=True, check=False)
    assert ran.returncode != 0
    assert not (tmp_path / "faux.html").exists()


def test_an_export_shows_its_list_and_its_school_and_never_overwrites_without_being_told(
    reperes: Run, list_folder: Path, tmp_path: Path
) -> None:
    head = list_folder / "liste.toml"
    head.write_text(
        head.read_text("utf-8").replace("Sextorsion : remarquer", "Notre liste : remarquer"),
        "utf-8",
    )
    words = '[[signe]]\nid = "sommeil"\nlibelle = "Dort le matin, en classe"\n'
    (tmp_path / "ecole.toml").write_text(words, encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text("à garder", "utf-8")
    asked = ("exporter", "--liste", str(list_folder), "--ecole", "ecole.toml", "-o", "page.html")
    refused = reperes(*asked)
    assert refused.returncode == 1
    assert "existe déjà" in refused.stderr
    assert page.read_text("utf-8") == "à garder"
    assert reperes(*asked, "--remplacer").returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "Notre liste" in html
    assert "Dort le matin" in html
    assert {file.name for file in tmp_path.glob("*.html")} == {"page.html"}


def test_an_export_only_ever_replaces_an_ordinary_file(inputs: Inputs, tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "nulle-part")
    os.mkfifo(tmp_path / "tube")
    for name, why in (("dossier", "dossier"), ("lien", "ordinaire"), ("tube", "ordinaire")):
        with pytest.raises(ExportError, match=why):
            export_page("reperer", inputs, tmp_path / name, overwrite=True)
    assert (tmp_path / "lien").is_symlink()
    assert (tmp_path / "tube").is_fifo()


def test_an_export_into_no_folder_is_a_french_sentence(inputs: Inputs, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="n'existe pas"):
        export_page("reperer", inputs, tmp_path / "nulle" / "part.html")


def test_every_way_on_the_server_leads_to_a_page_whatever_its_base_address(served: Served) -> None:
    for page in PAGES.values():
        _status, _headers, body = served.ask(page.route)
        links = re.findall(r'href="([^"]+)"', "".join(NAVIGATION.findall(body.decode())))
        assert len(links) >= len(PAGES) - 1, page.name
        for way in links:
            assert not re.match(r"/|\w+:", way), "relative: a base address changes nothing"
            status, _headers, _body = served.ask(urljoin(page.route, way))
            assert status == 200, (page.name, way)


@pytest.mark.parametrize("limit", [60_000])
def test_the_whole_page_is_light(served: Served, limit: int) -> None:
    _status, headers, body = served.ask(Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert len(body) <= limit
