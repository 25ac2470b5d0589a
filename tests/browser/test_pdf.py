"""Sheets as PDF: printed by a browser of this machine, the same for the same day."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import Browser

from signs.loading.loader import Choice, folder_of
from tests.browser.conftest import executable
from tests.conftest import REPERES
from widgets.export import writer
from widgets.export.pdf import BROWSER_VARIABLE, PdfError

DAY = date(2026, 1, 31)


@pytest.fixture
def inputs(monkeypatch: pytest.MonkeyPatch, chromium: Browser) -> writer.Inputs:
    """Return what to export, with the browser of these tests as the one on the machine."""
    monkeypatch.setenv(BROWSER_VARIABLE, executable() or chromium.browser_type.executable_path)
    return writer.Inputs(Choice(folder_of("sextorsion")), DAY)


def _fonts_embedded(pdf: pypdfium2.PdfDocument) -> list[bool]:
    pages = (page for page in pdf)
    texts = [thing for page in pages for thing in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT])]
    return [pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(t.raw)) == 1 for t in texts]


def test_a_sheet_is_tagged_embeds_its_fonts_and_is_the_same_for_the_same_day(
    inputs: writer.Inputs, tmp_path: Path
) -> None:
    files = [
        writer.export_page("affiche-college-a3", inputs, tmp_path / f"{n}.pdf", as_pdf=True)
        for n in range(2)
    ]
    written = files[0].read_bytes()
    assert written == files[1].read_bytes()
    pdf = pypdfium2.PdfDocument(files[0])
    assert len(pdf) == 1
    assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == [297, 420]
    assert pdfium.FPDFCatalog_IsTagged(pdf.raw)
    assert b"/Lang (fr)" in written
    fonts = _fonts_embedded(pdf)
    assert fonts
    assert all(fonts)
    stated = pdf.get_metadata_dict()
    assert stated["CreationDate"].startswith("D:20260131")
    assert stated["ModDate"] == stated["CreationDate"]
    assert "Affiche A3, collège" in stated["Title"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.pdf", "1.pdf"]


def test_a_folder_has_them_beside_its_sheets_and_its_index_leads_there(
    inputs: writer.Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = writer.exportable(inputs.sign_list)
    few = {name: whole[name] for name in ("affiche-ecole-cartes", "panne")}
    monkeypatch.setattr(writer, "exportable", lambda *_: few)
    folder = tmp_path / "reperes"
    for _ in range(2):  # and it can be replaced
        assert writer.export_all(inputs, folder, overwrite=True, with_pdf=True) == 4
    assert sorted(path.name for path in folder.glob("*.pdf")) == ["affiche-ecole-cartes.pdf"]
    assert len(pypdfium2.PdfDocument(folder / "affiche-ecole-cartes.pdf")) == 2
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="affiche-ecole-cartes.pdf"' in index
    assert "panne.pdf" not in index
    (folder / "a-moi.pdf").write_bytes(b"%PDF")
    with pytest.raises(writer.ExportError, match=r"a-moi\.pdf"):
        writer.export_all(inputs, folder, overwrite=True)


def test_where_no_browser_is_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    nowhere = {**os.environ, "PATH": str(tmp_path), "HOME": str(tmp_path)}
    for name in (BROWSER_VARIABLE, "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        nowhere.pop(name, None)
    export = [REPERES, "exporter", "--page", "fiche-note", "--pdf"]
    ran = subprocess.run(
        export, env=nowhere, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert "Chrome, Chromium ou Edge" in ran.stderr
    assert "sans --pdf" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_prints_nothing_is_told(
    inputs: writer.Inputs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BROWSER_VARIABLE, "true")
    with pytest.raises(PdfError, match="n'a pas pu écrire de PDF"):
        writer.export_page("fiche-note", inputs, tmp_path / "a.pdf", as_pdf=True)
    monkeypatch.setenv(BROWSER_VARIABLE, "aucun-tel-navigateur")
    with pytest.raises(PdfError, match="aucun-tel-navigateur"):
        writer.export_page("fiche-note", inputs, tmp_path / "a.pdf", as_pdf=True)
    assert list(tmp_path.iterdir()) == []
