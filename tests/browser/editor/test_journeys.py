"""A trainer's three journeys, and a kernel killed: in JupyterLab, and as a live page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.editor.driver import SCHOOL, Editing
from tests.browser.editor.test_access import assert_accessible, sticking_out

in_both = pytest.mark.parametrize("home", ["live", "lab"], indirect=True)
"""On the page of its own, and in JupyterLab."""
in_both_at_length = pytest.mark.parametrize(
    "home", ["live", pytest.param("lab", marks=pytest.mark.extended)], indirect=True
)
"""The same; in JupyterLab only where all is run."""
on_the_page = pytest.mark.parametrize("home", ["live"], indirect=True)
"""What JupyterLab changes nothing of: it is the same part of the page."""


@in_both_at_length
def test_two_minutes_change_a_word(editing: Editing) -> None:
    """Four gestures: look for it, choose it, write, save."""
    before = (editing.home.folder / "signes.toml").read_text(encoding="utf-8").splitlines()
    editing.choose("signe", "endort")
    editing.type("libelle", "S'endort en cours, dit mal dormir")
    expect(editing.shown("label").filter(has_text="S’endort en cours")).to_be_visible()
    editing.save()
    after = (editing.home.folder / "signes.toml").read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert list((editing.home.folder / "copies").glob("signes.*.toml"))


@in_both
def test_a_text_typed_with_pauses_stands_as_it_was_typed(editing: Editing) -> None:
    """After each blank, one thinks until Python has answered."""
    text = "Que dire ?\nQui prévenir ? Que noter ?"
    editing.choose("vignette", "")
    box = editing.field("questions").locator("textarea")
    box.fill("")
    for letter in text:
        box.press("Enter") if letter == "\n" else editing.page.keyboard.type(letter)
        if letter.isspace():
            expect(editing.root).to_have_attribute("data-etat", "calme")
    expect(box).to_have_value(text)
    editing.save()
    assert editing.saved.vignettes[0].questions == tuple(text.split("\n"))


@in_both_at_length
def test_twenty_minutes_add_a_local_contact_and_a_sign(editing: Editing) -> None:
    root = editing.root
    editing.kind("service")
    root.get_by_text("Ajouter un service").click()
    root.get_by_label("Ses premiers mots").fill("Infirmerie du collège")
    editing.press("Ajouter")
    expect(root.get_by_role("heading", name="Infirmerie du collège")).to_be_focused()
    expect(editing.field_problem("a_quoi_sert")).to_be_visible()  # at its field
    editing.type("a_quoi_sert", "Soigner, écouter, prévenir les bonnes personnes.")
    editing.type("telephone", "01 45 39 40 00 poste 12")
    expect(editing.field("poste").locator("input")).to_have_value("12")
    editing.field("horaires").get_by_label("À ces heures").check()
    editing.field("horaires").get_by_label("Lundi, ouvre à").fill("08:30")
    editing.field("horaires").get_by_label("Lundi, ferme à").fill("17:00")
    editing.press("Mettre les heures du lundi du mardi au vendredi")
    expect(editing.field("horaires")).to_contain_text("du lundi au vendredi, de 8 h 30 à 17 h")
    editing.field("quand").get_by_label("Toujours").check()
    editing.field("source").locator("select").select_option("guide")
    editing.type("section", "Annuaire de l'établissement")
    editing.type("verifie_le", "03/2024")
    expect(root.locator(".formateur-verdict")).to_have_text("")
    shown = editing.shown("[data-service=infirmerie-du-college]")
    expect(shown.locator(".reperes-numero").first).to_have_text("01 45 39 40 00 poste\xa012")
    editing.type("telephone", "")
    editing.type("poste", "4512")  # inside the school only
    expect(shown.locator(".reperes-numero").first).to_have_text("poste\xa04512")

    editing.kind("signe")
    root.get_by_text("Ajouter un signe").click()
    root.get_by_label("Ses premiers mots").fill("Ne mange plus à la cantine")
    editing.press("Ajouter")
    editing.type("autres_causes", "Un régime, un conflit à table, un budget serré.")
    editing.field("source").locator("select").select_option(index=1)
    editing.type("section", "Les signes")
    expect(editing.shown("label").filter(has_text="Ne mange plus à la cantine")).to_be_visible()
    editing.save()
    service = next(s for s in editing.saved.services if s.id == "infirmerie-du-college")
    assert service.hours == "Mo-Fr 08:30-17:00; PH unknown"
    assert service.checked_on == "2024-03"
    assert "ne-mange-plus-a-la-cantine" in editing.saved.items


@on_the_page
def test_two_hours_make_a_list_of_ones_own(editing: Editing) -> None:
    root = editing.root
    editing.kind("liste.toml")
    editing.type("titre", "Sextorsion, académie d'Amiens")
    editing.type("responsable", "La cellule de l'académie")
    expect(root.get_by_role("heading", name="Sextorsion, académie d’Amiens").first).to_be_visible()
    editing.choose("service", "3018")
    editing.press("Monter")
    editing.press("Dupliquer")
    editing.type("nom", "3018, version de l'académie")
    editing.choose("signe", "endort")
    editing.press("Retirer de la liste")
    question = root.locator(".formateur-formulaire .formateur-retrait")
    expect(question).to_contain_text("s’en servent")
    editing.press("Retirer quand même")
    root.get_by_role("tab", name="Qui appelle quoi").click()
    expect(root.get_by_role("tabpanel")).to_contain_text("Ce que rien n’utilise")
    editing.save()
    assert editing.saved.info.title == "Sextorsion, académie d'Amiens"
    assert "3018, version de l'académie" in [s.name for s in editing.saved.services]
    assert "sommeil" not in editing.saved.items


@in_both_at_length
def test_the_contacts_of_the_school_are_called_with_those_of_the_list(editing: Editing) -> None:
    """The one that nobody ever checked comes first; its day is written in the school's file."""
    root = editing.root
    root.get_by_role("tab", name="À vérifier").click()
    panel = root.get_by_role("tabpanel")
    expect(panel.get_by_role("heading", name="Infirmerie")).to_be_visible()
    expect(panel).to_contain_text("Est-ce toujours au même endroit")
    expect(panel).to_contain_text("ecole.toml, ligne 3")
    editing.press("J’ai vérifié aujourd’hui : rien n’a changé")
    expect(panel.get_by_role("heading", name="Infirmerie")).to_have_count(0)
    expect(root).to_contain_text("C’est noté et enregistré dans ecole.toml")
    dated = re.escape(SCHOOL) + r"verifie_le = \d{4}-\d\d-\d\d\n"
    assert re.fullmatch(dated, (editing.home.folder.parent / "ecole.toml").read_text("utf-8"))
    expect(panel.get_by_role("button", name="À corriger")).to_be_visible()  # a service, now
    root.get_by_role("tab", name="La page").click()


@on_the_page
def test_a_version_is_found_compared_and_brought_back(editing: Editing) -> None:
    """Who saves is asked once; of two saves, an entry is brought back, then all of it undone."""
    root, file = editing.root, editing.home.folder / "lexique.toml"
    original = file.read_text(encoding="utf-8")
    editing.kind("terme")
    editing.type("terme", "Premier mot")
    editing.save()
    root.get_by_label("Qui enregistre").fill("Vie scolaire")
    editing.press("Garder")
    expect(root.get_by_label("Qui enregistre")).to_have_count(0)
    editing.type("terme", "Deuxième mot")
    editing.save()
    root.get_by_role("tab", name="Versions").click()
    rows = root.locator(".formateur-versions li")
    expect(rows.first).to_contain_text("« Deuxième mot » (changement)")
    expect(rows.first).to_contain_text(", Vie scolaire : ")
    rows.first.get_by_role("button", name="Voir ce changement").press("Enter")
    expect(root.locator(".formateur-ecarts h5")).to_be_focused()
    expect(root.locator(".formateur-ecarts mark")).to_have_text(["Premier", "Deuxième"])
    root.get_by_role("button", name="Remettre comme avant").press("Enter")
    box = editing.field("terme").locator("input, textarea").first
    expect(box).to_have_value("Premier mot")
    expect(root.locator(".formateur-etat")).to_contain_text("1 changement à enregistrer")
    editing.press("Annuler")
    expect(box).to_have_value("Deuxième mot")
    rows.nth(1).get_by_role("button", name="Voir ce changement").click()
    expect(root.locator(".formateur-ecarts dd").last).to_have_text("Après\u00a0: Premier mot")
    root.get_by_role("button", name="Remettre toute la liste").click()
    editing.wait()
    expect(box).not_to_have_value("Deuxième mot")
    if editing.home.name == "live":  # the panels of JupyterLab leave nothing of such a screen
        editing.page.set_viewport_size({"width": 320, "height": 640})
        assert sticking_out(editing) == []
        editing.page.set_viewport_size({"width": 1280, "height": 900})
    assert_accessible(editing, ".formateur-cote")
    editing.save()
    assert file.read_text(encoding="utf-8") == original
    root.get_by_role("tab", name="La page").click()


@on_the_page
def test_a_kernel_killed_in_the_middle_loses_nothing(editing: Editing) -> None:
    editing.choose("signe", "isole")
    editing.type("libelle", "Tapé avant")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("brouillon est gardé")
    editing.home.kill_kernel()
    editing.type("remarque", "Tapé après")
    silence = editing.root.get_by_role("heading", name="Python ne répond plus")
    expect(silence).to_be_visible()
    expect(editing.root.get_by_label("Pas encore dans le brouillon")).to_have_value(
        re.compile("Tapé après")
    )
    if editing.home.name == "live":  # JupyterLab has its own word on it
        expect(editing.page.locator("[role=alert]:visible")).to_have_count(1)  # said once
    up = editing.root.get_by_role("button", name="Monter")
    up.dispatch_event("click")  # asked of nobody: the form stays open to who wants to copy
    editing.wait()
    expect(editing.field("remarque").locator("textarea")).to_have_value("Tapé après")
    assert "Tapé avant" not in (editing.home.folder / "signes.toml").read_text(encoding="utf-8")
    editing.home.forget()
    again = editing.home.open(reload=True)
    again.press("Reprendre le brouillon")
    again.choose("signe", "tapé avant")
    expect(again.field("libelle").locator("textarea")).to_have_value("Tapé avant")
    again.save()
    assert "Tapé avant" in [sign.label for sign in again.saved.signs]
