"""The same notebook in JupyterLab: a live cell that answers like everywhere else."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.compositions import (
    BOARD,
    LAST,
    OUTPUTS,
    assert_outputs_compose,
    assert_they_compose,
    tick,
    write_compositions,
)
from tests.browser.conftest import ANSWERS, Visit, same_place
from tests.browser.in_frame import FRAME, assert_it_works, export_notebook, frame_of
from tests.browser.screens import axe_finds_nothing
from tests.browser.test_access import STATES
from tests.browser.test_answer import assert_agree, selections
from tests.servers import free_port, launched
from widgets import Board
from widgets.page.registry import NOTEBOOKS

TOKEN = "essai"  # noqa: S105 (of a server that lives for one test)


class Lab(NamedTuple):
    """A JupyterLab, and where its notebooks are."""

    address: str
    folder: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start a real JupyterLab on a copy of the notebooks, which saves the state of widgets."""
    folder, home = tmp_path_factory.mktemp("carnets"), tmp_path_factory.mktemp("maison")
    shutil.copy(NOTEBOOKS / "reperer.ipynb", folder)
    export_notebook("reperer", folder / "exporte.ipynb")
    write_compositions(folder / "compositions.ipynb", *OUTPUTS)
    nbformat.write(_received(), folder / "recu.ipynb")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    shared = nbformat.v4.new_notebook(
        metadata={"kernelspec": kernel},
        cells=[
            nbformat.v4.new_code_cell(
                "from widgets import Board\nboard = Board(shared=True)\nboard"
            ),
            nbformat.v4.new_code_cell("print(sorted(board.selection))"),
        ],
    )
    nbformat.write(shared, folder / "partage.ipynb")
    settings = home / "jupyter/lab/user-settings"
    for plugin, wanted in {
        "@jupyter-widgets/jupyterlab-manager/plugin": '{"saveState": true}',
        # Whether one wants news is asked over the page.
        "@jupyterlab/apputils-extension/notification": '{"fetchNews": "false"}',
    }.items():
        file = settings / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(wanted, encoding="utf-8")
    port = free_port()
    command = [
        *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
        *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *(f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}"),
        *("--LabApp.news_url=None", "--LabApp.expose_app_in_browser=True"),
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ]
    homes = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "jupyter")}
    with launched(command, f"127.0.0.1:{port}", env=homes):
        yield Lab(f"http://127.0.0.1:{port}", folder)


def _received() -> nbformat.NotebookNode:
    """Return a notebook that somebody else ran and saved: nobody vouches for what it shows."""
    data, metadata = Board()._repr_mimebundle_()
    output = nbformat.v4.new_output(
        "execute_result", data=data, metadata=metadata, execution_count=1
    )
    cell = nbformat.v4.new_code_cell("Board()", execution_count=1, outputs=[output])
    return nbformat.v4.new_notebook(cells=[cell])


def _run_all(
    page: Page,
    lab: Lab,
    notebook: str,
    *,
    front: str = "lab/tree",
    shows: str = ".reperes-board[data-vivant]",
) -> None:
    page.goto(f"{lab.address}/{front}/{notebook}?token={TOKEN}&reset")
    expect(page.locator(".jp-Notebook")).to_be_visible()
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext"
        "?.session?.kernel?.status === 'idle'",
    )
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    expect(page.locator(shows)).to_be_visible()


@pytest.fixture(scope="module")
def cell(chromium: Browser, lab: Lab) -> Iterator[Page]:
    """Return the page of a teacher who ran the notebook; every test looks at the same one."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sent: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))),
    )
    page.sent = sent  # type: ignore[attr-defined]
    _run_all(page, lab, "reperer.ipynb")
    yield page
    context.close()


def test_a_live_cell_and_orient_agree_on_300_selections(cell: Page) -> None:
    assert_agree(Visit(cell, cell.url).answers, selections(300))


def test_what_is_ticked_in_a_cell_is_not_sent_to_python(cell: Page) -> None:
    board = Visit(cell, cell.url)
    board.answer([])
    sent = cell.sent  # type: ignore[attr-defined]
    sent.clear()
    board.answer(["danger-suicide", "confidence"])
    expect(cell.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    assert not [frame for frame in sent if "danger-suicide" in frame or "selection" in frame]
    expect(cell.locator(".reperes-board .reperes-urgences")).to_be_visible()


def test_presses_tick_without_the_event_at_which_firefox_writes_what_fields_hold(
    cell: Page,
) -> None:
    """Its session would have JupyterLab's own fields, as soon as something is ticked."""
    visit = Visit(cell, cell.url)
    visit.answer([])
    box = visit.open_list("confidence")
    cell.evaluate("written = 0; addEventListener('input', () => { written += 1; })")
    heading = cell.get_by_role("heading", name="Agissez maintenant")
    for press in (box.click, cell.locator("label", has=box).click, lambda: box.press(" ")):
        before = box.is_checked()
        press()
        expect(box).to_be_checked(checked=not before)
    visit.open_list("danger-suicide").click()
    expect(heading).to_be_visible()
    twice = "(box) => { for (let press = 0; press < 2; press += 1) box.click(); }"
    cell.locator("input[value=danger-suicide]").evaluate(twice)  # before a first is done
    cell.evaluate("new Promise((done) => setTimeout(done))")
    expect(cell.locator("input[value=danger-suicide]")).to_be_checked()
    expect(heading).to_be_visible()
    assert cell.evaluate("written") == 0


def test_a_cell_is_french_and_axe_finds_nothing_in_it(cell: Page) -> None:
    """JupyterLab itself speaks English, and is not ours to look at."""
    assert cell.locator(".reperes-board").get_attribute("lang") == "fr"
    for ticks in STATES.values():
        Visit(cell, cell.url).answer(list(ticks))
        axe_finds_nothing(cell, within=".reperes-board")


@pytest.mark.extended
@pytest.mark.parametrize("front", ["lab/tree", "notebooks"], ids=["JupyterLab", "Notebook 7"])
def test_an_exported_notebook_shows_the_whole_page_and_keeps_no_tick(
    front: str, cell: Page, lab: Lab
) -> None:
    page = cell.context.new_page()
    visit = Visit(page, lab.address)
    _run_all(page, lab, "exporte.ipynb", front=front, shows=FRAME)
    assert_it_works(page)
    frame_of(page).evaluate(ANSWERS, [["danger-suicide"]])
    saved = _saved(page, lab, "exporte.ipynb")
    assert [each["output_type"] for each in saved["cells"][1]["outputs"]] == ["execute_result"]
    frame_of(page).evaluate(ANSWERS, [["confidence"]])
    assert _saved(page, lab, "exporte.ipynb") == saved
    assert [r.url for r in visit.requests if not same_place(r, lab.address)] == []
    page.close()


@pytest.mark.extended
def test_boards_stand_in_other_widgets(cell: Page, lab: Lab) -> None:
    page = cell.context.new_page()
    _run_all(page, lab, "compositions.ipynb", shows=LAST)
    assert_they_compose(page)
    assert_outputs_compose(page)
    number = page.locator(".essai-choix .reperes-numero").first
    number.hover()
    assert number.evaluate("(link) => getComputedStyle(link).color") == "rgb(255, 255, 255)"
    page.mouse.move(0, 0)
    ours, theirs = page.evaluate(_DRAWN), page.evaluate(_WITHOUT_THEIR_STYLE)
    assert theirs, "JupyterLab has a style for all links and buttons"
    assert ours == page.evaluate(_DRAWN)
    page.close()


_DRAWN = """() => {
    const all = document.querySelectorAll(":is(.reperes-board, .reperes-widget) :is(a, button)");
    return [...all].map((each) => {
        const { color, textDecorationLine, borderTopLeftRadius } = getComputedStyle(each);
        return [each.className, color, textDecorationLine, borderTopLeftRadius];
    });
}"""
_WITHOUT_THEIR_STYLE = """() => [...document.styleSheets].flatMap((sheet) => {
    const drawsOurs = /^\\.jp-\\w+ (a|button)\\b/;
    const theirs = [...sheet.cssRules].filter((rule) => drawsOurs.test(rule.selectorText));
    for (const rule of theirs) sheet.deleteRule([...sheet.cssRules].indexOf(rule));
    return theirs.map((rule) => rule.selectorText);
})"""


@pytest.mark.extended
def test_a_notebook_received_from_somebody_shows_the_text_until_it_is_run(
    cell: Page, lab: Lab
) -> None:
    page = cell.context.new_page()
    page.goto(f"{lab.address}/lab/tree/recu.ipynb?token={TOKEN}&reset")
    shown = page.locator(".jp-OutputArea-output")
    expect(shown.get_by_role("heading", name="Un élève me parle ou m’a parlé")).to_be_visible()
    page.close()


@pytest.fixture
def shared(cell: Page, lab: Lab) -> Iterator[Page]:
    """Return the page of a trainer who asks for what is ticked, in a notebook just run."""
    page = cell.context.new_page()  # what JupyterLab is made of is there already
    _run_all(page, lab, "partage.ipynb")
    yield page
    page.close()


def _run_second(page: Page, code: str) -> None:
    """Have the second cell say something, and run it."""
    page.evaluate(
        """async (code) => {
            const { commands, shell } = window.jupyterapp;
            const notebook = shell.currentWidget.content;
            notebook.activeCellIndex = 1;
            notebook.activeCell.model.sharedModel.setSource(code);
            await commands.execute("notebook:run-cell");
        }""",
        code,
    )


@pytest.mark.extended
def test_a_trainer_may_ask_for_the_selection_in_python(shared: Page) -> None:
    Visit(shared, shared.url).answer(["sommeil", "confidence"])
    _run_second(shared, "print(sorted(board.selection))")
    output = shared.locator(".jp-OutputArea-output pre", has_text="sommeil")
    expect(output).to_have_text("['confidence', 'sommeil']")


def test_what_python_selects_is_ticked_and_answered(shared: Page) -> None:
    Visit(shared, shared.url).answer(["sommeil"])
    _run_second(shared, "board.selection = ['danger-suicide']")
    expect(shared.locator("input[value=danger-suicide]")).to_be_checked()
    expect(shared.locator("input[value=sommeil]")).not_to_be_checked()
    expect(shared.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    _run_second(shared, "board.selection = ['someil']")
    refused = shared.locator(".jp-OutputArea-output pre")
    expect(refused).to_have_text(
        "L’identifiant « someil » est inconnu. Vouliez-vous dire « sommeil » ?"
    )
    Visit(shared, shared.url).answer([])
    _run_second(shared, "print('reste', board.selection)")
    expect(shared.locator(".jp-OutputArea-output pre")).to_have_text("reste []")


@pytest.mark.extended
def test_what_python_selects_first_stands_on_a_board_drawn_after(shared: Page) -> None:
    _run_second(shared, "board = Board(shared=True); board.selection = ['sommeil']; board")
    drawn = shared.locator(".jp-Cell").nth(1).locator("input[value=sommeil]")
    expect(drawn).to_be_checked()


@pytest.mark.extended
def test_a_board_outlives_its_kernel_and_begins_anew_when_all_is_run_again(shared: Page) -> None:
    shared.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    board = shared.locator(BOARD)
    tick(board, "danger-suicide")
    expect(board.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    shared.evaluate("() => { window.jupyterapp.commands.execute('notebook:restart-run-all'); }")
    shared.locator(".jp-Dialog .jp-mod-accept").click()
    expect(board.locator("input:checked")).to_have_count(0)
    expect(board).to_be_visible()


def test_no_tick_is_saved_with_a_notebook_even_with_the_state_of_its_widgets(
    shared: Page, lab: Lab
) -> None:
    _run_second(shared, "")
    before = _saved(shared, lab)
    board = Visit(shared, shared.url)
    assert "reçoit ce que vous cochez" in shared.locator(".reperes-prive").inner_text()
    board.answer(["danger-suicide", "confidence"])
    _run_second(shared, "assert len(board.selection) == 2; done = 'fait'; print(done)")
    expect(shared.locator(".jp-OutputArea-output pre")).to_have_text("fait")
    _run_second(shared, "")
    after = _saved(shared, lab)
    state = after["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert "reperes-board" in json.dumps(state), "the state of widgets is saved"
    for saved in (before, after):
        for each in saved["cells"]:
            each["execution_count"] = None
            for output in each["outputs"]:
                output["execution_count"] = None
    assert before == after


def _saved(page: Page, lab: Lab, notebook: str = "partage.ipynb") -> dict[str, Any]:
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    text = (lab.folder / notebook).read_text(encoding="utf-8")
    saved: dict[str, Any] = json.loads(text)
    return saved
