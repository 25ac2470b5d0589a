"""The editor for everybody: axe in each of its states, small screens, a folder one cannot write."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.editor.driver import Editing, Home
from tests.browser.screens import BY_LOOK, axe
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.draft import DRAFTS
from widgets.editor.session.proposals import Proposal, add_proposals
from widgets.editor.session.session import EditingSession


def assert_accessible(editing: Editing, within: str = "", rules: list[str] | None = None) -> None:
    """Have axe find nothing in the editor, or in a part of it: JupyterLab is not ours."""
    violations = axe(editing.page, f".formateur:not([data-ancien]) {within}".strip(), rules=rules)
    ours = [each for each in violations if each["rule"] != "region"]  # the page's own
    assert ours == [], json.dumps(ours, ensure_ascii=False, indent=1)[:3000]


@pytest.mark.extended
def test_a_first_visit_in_a_folder_where_no_draft_can_be_kept(home: Home) -> None:
    """The tour begins automatically; that the draft is elsewhere is shown, in both themes."""
    home.restore()
    (home.folder / DRAFTS / "formateur.json").unlink()
    (home.folder / DRAFTS).rmdir()
    (home.folder / DRAFTS).write_text("no folder can be made here", encoding="utf-8")
    editing = home.open()
    expect(editing.root.get_by_text("le brouillon est gardé ailleurs")).to_be_visible()
    for step in range(1, 6):
        expect(editing.root.get_by_role("heading", name=f"étape {step} sur 5")).to_be_visible()
        assert_accessible(editing, ".formateur-visite")
        if step in {1, 5}:  # the steps between differ by their words
            editing.theme("dark")
            assert_accessible(editing, ".formateur-visite", BY_LOOK)
            editing.theme("light")
        editing.press("Suivant" if step < 5 else "Commencer")
    expect(editing.root.get_by_role("searchbox")).to_be_focused()
    assert_accessible(editing)
    editing.choose("signe", "ventre")
    editing.type("libelle", "Tapé là où rien ne s'écrit")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("brouillon est gardé")
    expect(home.open().root.get_by_text("Il change « Tapé là où")).to_be_visible()
    home.open().press("Le laisser de côté")
    home.restore()


TABS = (
    "Qui appelle quoi",
    "Essayer une personne",
    "Changements",
    "Comité",
    "Versions",
    "À vérifier",
    "Détails techniques",
)


@pytest.mark.parametrize(
    ("kinds", "tabs"),
    [
        (("conseil",), ("Essayer une personne", "Comité")),
        pytest.param(("service", "conseil"), TABS, marks=pytest.mark.extended),
    ],
    ids=["some", "all"],
)
def test_axe_finds_nothing_in_any_form_nor_any_panel(
    editing: Editing, kinds: tuple[str, ...], tabs: tuple[str, ...]
) -> None:
    root = editing.root
    for kind in kinds:
        editing.kind(kind)
        editing.open_all()
        assert_accessible(editing, ".formateur-choix")
        assert_accessible(editing, ".formateur-milieu")
    editing.type("texte", "")
    expect(editing.field_problem("texte")).to_be_visible()
    for tab in tabs:
        root.get_by_role("tab", name=tab).click()
        expect(root.get_by_role("tabpanel")).not_to_be_empty()
        assert_accessible(editing, ".formateur-cote")
    editing.theme("dark")
    assert_accessible(editing, rules=BY_LOOK)
    editing.theme("light")
    root.get_by_role("tab", name="La page").click()
    editing.press("Annuler")


def test_axe_finds_nothing_in_what_is_to_be_decided(home: Home) -> None:
    """A draft that was left, one left aside, and words that two people changed."""
    home.restore()
    for words in ("Laissé de côté", "Laissé là"):
        session = EditingSession(home.folder)
        session.set_value(EntryRef("signe", 0), "libelle", words)
        session.draft.release()
    editing = home.open()
    offered = editing.root.get_by_role("region", name="Brouillon du")
    expect(offered).to_have_count(2)
    offered.last.get_by_role("button", name="Le laisser de côté").click()
    expect(editing.root.locator(".formateur-dit")).to_contain_text("gardé plus bas")
    editing.root.get_by_text("Brouillons laissés de côté (").click()
    expect(offered).to_have_count(1)
    file = home.folder / "signes.toml"
    editing.choose("signe", "ventre")
    editing.type("libelle", "Mal au ventre")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("à enregistrer")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Maux de ventre", "Des maux de ventre"), encoding="utf-8")
    editing.press("Enregistrer")
    expect(editing.root.get_by_role("heading", name="Lequel des deux")).to_be_visible()
    assert_accessible(editing)
    proposal = Proposal("signe", "sommeil", "libelle", "Dort", "CPE", "Plus court.", "2026", "S")
    add_proposals(home.folder, [proposal])
    editing.root.get_by_role("tab", name="Comité").click()
    expect(editing.root.get_by_text("La liste a changé depuis que ce texte")).to_be_visible()
    assert_accessible(editing, ".formateur-cote")
    editing.theme("dark")
    assert_accessible(editing, rules=BY_LOOK)
    editing.theme("light")
    editing.page.set_viewport_size({"width": 320, "height": 640})
    assert sticking_out(editing) == []
    editing.page.set_viewport_size({"width": 320, "height": 200})  # 400 %
    assert sticking_out(editing) == []
    editing.page.set_viewport_size({"width": 1280, "height": 900})
    below = editing.page.evaluate(
        "document.documentElement.scrollHeight - scrollY"
        " - document.querySelector('.page-pied').getBoundingClientRect().bottom"
    )
    assert below < 200, "nothing but blank is below the foot of the page"
    editing.press("Garder ce choix")
    home.restore()


def sticking_out(editing: Editing) -> list[str]:
    """Return what sticks out of the screen on the right, other than what scrolls by itself."""
    wide: list[str] = editing.root.evaluate(
        """(root) => [...root.querySelectorAll("*")].filter((each) => {
            const box = each.getBoundingClientRect();
            return box.width && box.right > innerWidth + 1
                && !each.closest(".formateur-semaine, pre, .reperes-lu, .formateur-onglets");
        }).map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`)"""
    )
    if editing.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wide.append("the page scrolls sideways")
    return wide


@pytest.mark.parametrize("width", [320, pytest.param(390, marks=pytest.mark.extended)])
def test_nothing_sticks_out_of_a_phone(editing: Editing, width: int) -> None:
    editing.page.set_viewport_size({"width": width, "height": 844})
    overflowing = {}
    for kind in ("service", "conseil", "liste.toml"):
        editing.kind(kind)
        editing.open_all()
        overflowing[kind] = sticking_out(editing)
    for tab in ("Qui appelle quoi", "À vérifier", "Détails techniques", "La page"):
        editing.root.get_by_role("tab", name=tab).click()
        overflowing[tab] = sticking_out(editing)
    if width == 390:
        assert_accessible(editing, rules=BY_LOOK)
    editing.page.set_viewport_size({"width": 1280, "height": 900})
    assert {key: value for key, value in overflowing.items() if value} == {}
