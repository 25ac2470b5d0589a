"""The workshop, the resources and the booklet in a real JupyterLab, opened by their command."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import signs
from tests.browser.conftest import Visit
from tests.browser.editor.driver import expose, opened_at
from tests.browser.screens import axe_finds_nothing
from widgets.runtime.isolation import RUN_ALL

pytestmark = pytest.mark.extended


@pytest.fixture(scope="module")
def lab(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the JupyterLab that `reperes atelier` opened; all tests share its one page."""
    home = tmp_path_factory.mktemp("maison")
    with opened_at(home, "atelier") as (_process, address):
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        expose(page)
        page.goto(f"{address}&reset")
        yield page
        page.close()


def opened(lab: Page, notebook: str, root: str) -> None:
    """Open a notebook beside the first and run it; what it shows is French, and styled by us."""
    lab.wait_for_function("() => !!window.jupyterapp?.shell.currentWidget?.context")
    lab.evaluate(
        "(path) => { window.jupyterapp.commands.execute('docmanager:open', { path }); }", notebook
    )
    lab.wait_for_function(
        """(path) => {
            const { context } = window.jupyterapp.shell.currentWidget ?? {};
            return context?.path === path
                && context.sessionContext?.session?.kernel?.status === "idle";
        }""",
        arg=notebook,
    )
    notebook_panel = lab.locator(".jp-NotebookPanel:visible")
    lab.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    notebook_panel.get_by_role("button", name=RUN_ALL).click()
    lab.wait_for_function(
        """() => [...window.jupyterapp.shell.currentWidget.content.model.cells].every(
            (cell) => cell.type !== "code" || cell.outputs.length)"""
    )
    expect(notebook_panel.get_by_role("heading", level=1)).to_be_in_viewport()
    shown = lab.locator(root)
    expect(shown).to_be_visible()
    expect(shown).to_have_attribute("lang", "fr")
    assert shown.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(250, 245, 236)"


def test_jupyterlab_is_french_and_keeps_to_what_the_command_told_it(lab: Page) -> None:
    expect(lab.get_by_role("menuitem", name="Fichier", exact=True)).to_be_visible()
    settings = json.loads(lab.locator("#jupyter-config-data").text_content() or "")
    assert settings["news"] == {"disabled": True}
    assert settings["extensionManager"]["can_install"] is False


def test_a_story_is_read_ticked_and_revealed_in_a_cell(lab: Page) -> None:
    opened(lab, "atelier.ipynb", ".atelier[data-vivant]")
    first, *_others = lab.locator(".jp-CodeCell").all()
    expect(first.locator(".atelier")).to_be_visible()
    expect(first.locator(".cm-content")).to_have_count(0)
    told = lab.locator(".jp-CodeCell .jp-OutputArea-output pre").all_inner_texts()
    assert "→ Reste à l'écart, s'éloigne de ses amis" in told[0]
    assert told[-1].startswith("Réponse (à faire aujourd’hui)")
    workshop = lab.locator(".atelier")
    workshop.get_by_role("button", name="Les vignettes").click()
    workshop.get_by_role("button", name="Suivant").click()
    story = workshop.locator("[data-vignette]:visible")
    story.locator(".atelier-revelation > summary").click()
    expect(story.get_by_text("Pourquoi", exact=True)).to_be_visible()
    story.get_by_role("button", name="Montrer ces coches sur le tableau").click()
    story_id = story.get_attribute("data-vignette")
    vignette = next(each for each in signs.load().vignettes if each.id == story_id)
    board = Visit(lab, lab.url)
    assert vignette.leads_to
    assert set(vignette.leads_to) <= set(board.shown())
    assert board.open_lines()
    axe_finds_nothing(lab, ".atelier")
    expect(lab.locator(".Toastify__toast")).to_have_count(0)
    workshop.locator(".atelier-reglages > summary").click()
    workshop.get_by_label("Mode groupe").check()
    assert workshop.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") > 24
    lab.keyboard.press("Escape")


def test_contacts_are_looked_for_in_a_cell(lab: Page) -> None:
    opened(lab, "ressources.ipynb", ".ressources[data-vivant]")
    axe_finds_nothing(lab, ".ressources")
    resources = lab.locator(".ressources")
    resources.get_by_role("searchbox").first.fill("numerique")
    expect(resources.locator("[data-service=samu]")).to_be_hidden()
    expect(resources.locator("[data-service=violences-numeriques-3018]")).to_be_visible()


def test_the_booklet_is_read_in_a_cell(lab: Page) -> None:
    opened(lab, "carnet-formateur.ipynb", ".carnet")
    expect(lab.get_by_role("heading", name="Nos contacts, à remplir avant")).to_be_visible()
    axe_finds_nothing(lab, ".carnet")
