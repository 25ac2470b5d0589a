"""A notebook where our widgets stand in others, in the ways that people put them together."""

from __future__ import annotations

from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import unfold

CELLS = (
    """\
from IPython.display import display
from ipywidgets import (
    Accordion, Button, Dropdown, HBox, Label, Output, Tab, VBox, interactive_output, link,
)
from widgets import Board, Resources, Workshop

left, right = Board(shared=True), Board(shared=True)
left.layout = {"width": "430px", "flex": "none"}
link((left, "selection"), (right, "selection"))
heard, choose, close = Label(), Button(description="Choisir"), Button(description="Fermer")
left.observe(lambda change: setattr(heard, "value", ", ".join(change["new"])), "selection")
choose.on_click(lambda _button: setattr(right, "selection", {"isolement", "danger-suicide"}))
close.on_click(lambda _button: right.close())
VBox([choose, close, heard, HBox([left, right])]).add_class("essai-liens")""",
    """\
tab = Tab([Resources(), Workshop()], titles=["Ressources", "Atelier"], selected_index=1)
tab.add_class("essai-onglets")""",
    'Accordion([VBox([Board()])], titles=["Tableau"], selected_index=0).add_class("essai-pli")',
    """\
board = Board(shared=True).add_class("essai-deux-fois")
again, place = Button(description="Encore"), Output()
again.on_click(lambda _button: place.append_display_data(board))
display(board, board, place, again.add_class("essai-encore"))""",
)
OUTPUTS = (
    """\
output = Output().add_class("essai-sortie")
with output:
    display(Board())
output""",
    """\
kinds = {"Ressources": Resources, "Tableau": Board}
kind = Dropdown(options=list(kinds))
made = interactive_output(lambda kind: display(kinds[kind]()), {"kind": kind})
VBox([kind, made]).add_class("essai-choix")""",
)
"""For JupyterLab only: plain Voila does not always end where an output holds any widget."""
BOARD = ".reperes-board[data-vivant]"
LAST = ".essai-choix .ressources[data-vivant]"
"""Shown once all cells ran."""
TICKED = "input[value={}]:checked"


def write_compositions(file: Path, *cells: str) -> None:
    """Write the notebook, with more cells if any."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [nbformat.v4.new_code_cell(source) for source in (*CELLS, *cells)]
    nbformat.write(nbformat.v4.new_notebook(metadata={"kernelspec": kernel}, cells=code), file)


def tick(board: Locator, id_: str) -> None:
    """Tick a box of one board among others, as a person does."""
    page = board.page
    door = board.locator("[data-moment]", has=page.locator(f"input[value={id_}]"))
    if not door.count():  # what stands behind a door may wait as text until it opens
        door = board.locator(f"[data-moment={board.evaluate(_WAITS, id_)}]")
    unfold(door.locator("> details"))
    box = board.locator(f"input[value={id_}]")
    rows = board.locator(".reperes-cocher", has=page.locator(f"input[value={id_}]"))
    if rows.count():
        unfold(rows)
    box.check()


_WAITS = """(board, id) => [...board.querySelectorAll("[data-moment] noscript")].find((waits) =>
    waits.textContent.includes(`value="${id}"`)).closest("[data-moment]").dataset.moment"""


def assert_they_compose(page: Page) -> None:
    """Use each of them, once the notebook ran."""
    linked = page.locator(".essai-liens")
    left, right = linked.locator(BOARD).nth(0), linked.locator(BOARD).nth(1)
    expect(right).to_be_visible()
    assert left.evaluate("(board) => board.parentElement.clientWidth") == 430
    tick(left, "sommeil")
    expect(right.locator(TICKED.format("sommeil"))).to_have_count(1)
    expect(linked.locator(".widget-label")).to_have_text("sommeil")
    linked.get_by_role("button", name="Choisir").click()
    for board in (left, right):
        expect(board.locator(TICKED.format("isolement"))).to_have_count(1)
        expect(board.locator(TICKED.format("sommeil"))).to_have_count(0)
        expect(board.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    linked.get_by_role("button", name="Fermer").click()
    expect(linked.locator(BOARD)).to_have_count(1)

    tabs = page.locator(".essai-onglets")
    expect(tabs.locator(".atelier[data-vivant]")).to_be_visible()
    tabs.get_by_role("tab", name="Ressources").click()
    tabs.get_by_role("searchbox").first.fill("numerique")
    expect(tabs.locator(".ressources [data-service=samu]")).to_be_hidden()
    expect(page.locator(f".essai-pli {BOARD}")).to_be_visible()

    twice = page.locator(f".essai-deux-fois {BOARD}")
    expect(twice).to_have_count(2)
    tick(twice.nth(1), "danger-suicide")
    for board in twice.all():
        expect(board.locator(TICKED.format("danger-suicide"))).to_have_count(1)
    page.locator(".essai-encore").click()
    expect(twice).to_have_count(3)
    expect(twice.nth(2).locator(TICKED.format("danger-suicide"))).to_have_count(1)


def assert_outputs_compose(page: Page) -> None:
    """Use those that stand in outputs, after the others."""
    chosen = page.locator(".essai-choix")
    expect(chosen.locator(".ressources[data-vivant]")).to_be_visible()
    chosen.locator("select").select_option("Tableau")
    expect(chosen.locator(BOARD)).to_be_visible()
    alone = page.locator(f".essai-sortie {BOARD}")
    expect(alone).to_be_visible()
    expect(alone.locator("input:checked")).to_have_count(0)
