"""A page as a notebook: its cells, run by a kernel, show the page alive in a frame of its own."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Visit
from tests.browser.in_frame import ALIVE, FRAME, assert_it_works, export_notebook, frame_of
from tests.browser.screens import axe_finds_nothing
from tests.conftest import Run
from widgets.export.writer import ExportError

LIGHT = 400_000


def _ran(file: Path) -> list[str]:
    """Run the cells of a notebook in IPython alone; return what each shows, HTML or Markdown."""
    shell = InteractiveShell()
    shown = []
    for cell in nbformat.read(file, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output():
                ran = shell.run_cell(cell.source)
            ran.raise_error()
            rich = shell.display_formatter.format(ran.result)[0]
            shown.append(rich.get("text/html") or rich["text/markdown"])
    return shown


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.extended] if name != "atelier" else [])
        for name in ALIVE
    ],
)
def test_the_page_lives_in_a_cell_whose_one_import_is_the_display(
    name: str, context: BrowserContext, tmp_path: Path
) -> None:
    file = export_notebook(name, tmp_path / "carnet.ipynb")
    assert file.stat().st_size <= LIGHT
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    assert not [cell for cell in notebook.cells if cell.get("outputs")]
    code = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    imports = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(each) for each in imports] == ["from IPython.display import HTML"]

    page = context.new_page()
    visit = Visit(page, "about:blank")
    # Front ends insert what a cell shows: no script of it runs, but in its frame.
    page.evaluate("(html) => { document.body.innerHTML = html; }", _ran(file)[0])
    if name == "reperer":
        assert_it_works(page)
        axe_finds_nothing(page, FRAME)
    else:
        frame_of(page, name)
    assert [r.url for r in visit.requests if not r.url.startswith(("data:", "about:"))] == []
    assert visit.complaints == []


def test_its_other_cells_teach_where_the_package_is_and_say_what_to_do_where_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export_notebook("ressources", tmp_path / "carnet.ipynb")
    _page, ready, advice, reasons = _ran(file)
    assert ready == "Repères est prêt."
    assert "Aidez l'élève à choisir un adulte de confiance" in advice.replace("’", "'")
    assert "→ S'endort en classe" in reasons.replace("’", "'")
    assert "→ toujours" in reasons
    monkeypatch.setitem(sys.modules, "signs", None)
    _page, *told = _ran(file)
    assert set(told) == {told[0]}
    assert "uv run --extra atelier jupyter lab" in told[0]


def test_what_is_no_page_on_the_screen_is_refused(command: Run, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="n'existe pas en carnet"):
        export_notebook("fiche-chaine", tmp_path / "x.ipynb")
    refused = command("exporter", "--tout", "--carnet")
    assert (refused.returncode, "ne vont pas ensemble" in refused.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []
