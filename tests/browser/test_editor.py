"""The trainers' editor as a trainer meets it: in JupyterLab, and as a live page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from signs.loading import SHIPPED
from tests.browser.looking import axe
from tests.browser.trainer import Editing, Home, start

expect.set_options(timeout=15_000)


@pytest.fixture(scope="module", params=["live", "lab"])
def home(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Home]:
    rooms = tmp_path_factory.mktemp(request.param)
    folder = rooms / "ma-liste"
    shutil.copytree(SHIPPED / "sextorsion", folder)
    process, address = start(request.param, folder, rooms)
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page.set_default_timeout(20_000)
    yield Home(request.param, process, address, folder, page)
    page.close()
    process.terminate()
    process.communicate(timeout=30)


@pytest.fixture
def editing(home: Home) -> Editing:
    home.restore()
    return home.open()


def test_two_minutes_change_a_word(editing: Editing) -> None:
    """Four gestures: look for it, choose it, write, save."""
    before = (editing.home.folder / "signes.toml").read_text(encoding="utf-8").splitlines()
    editing.choose("signe", "endort")
    editing.type("libelle", "S'endort en cours, dit mal dormir")
    expect(
        editing.shown(
            "label",
        ).filter(has_text="S’endort en cours")
    ).to_be_visible()
    editing.save()
    after = (editing.home.folder / "signes.toml").read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert list((editing.home.folder / "copies").glob("signes.*.toml"))


def test_twenty_minutes_add_a_local_contact_and_a_sign(editing: Editing) -> None:
    root = editing.root
    editing.kind("service")
    root.get_by_text("Ajouter un service").click()
    root.get_by_label("Ses premiers mots").fill("Infirmerie du collège")
    editing.press("Ajouter")
    expect(root.get_by_role("heading", name="Infirmerie du collège")).to_be_focused()
    expect(editing.told("a_quoi_sert")).to_be_visible()  # what is missing is told at its place
    editing.type("a_quoi_sert", "Soigner, écouter, prévenir les bonnes personnes.")
    editing.type("telephone", "01 45 39 40 00")
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
    expect(editing.shown("[data-service=infirmerie-du-college]")).to_be_visible()

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
    root.get_by_role("tab", name="Qui appelle quoi").click()
    expect(root.get_by_role("tabpanel")).to_contain_text("Ce que rien n’utilise")
    editing.save()
    assert editing.saved.info.title == "Sextorsion, académie d'Amiens"
    assert "3018, version de l'académie" in [s.name for s in editing.saved.services]
    assert "sommeil" not in editing.saved.items


def test_an_error_is_told_at_its_field_and_mended(editing: Editing) -> None:
    editing.choose("signe", "endort")
    editing.type("libelle", "")
    expect(editing.told("libelle")).to_contain_text("est vide. Écrivez un texte.")
    box = editing.field("libelle").locator("textarea")
    expect(box).to_have_attribute("aria-invalid", "true")
    said = editing.page.evaluate(
        "(box) => box.getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id)?.textContent).join(' ')",
        box.element_handle(),
    )
    assert "est vide" in said
    expect(editing.root.get_by_text("la dernière version sans erreur")).to_be_visible()
    editing.press("Enregistrer")
    expect(editing.root.get_by_text("corrigez d’abord")).to_be_attached()
    editing.type("libelle", "Somnole")
    expect(editing.told("libelle")).to_have_count(0)
    expect(editing.shown("label").filter(has_text="Somnole")).to_be_visible()


def test_undo_and_redo(editing: Editing) -> None:
    editing.choose("signe", "endort")
    editing.type("libelle", "Un")
    expect(editing.root.get_by_role("button", name="Annuler")).to_be_enabled()
    editing.field("libelle").locator("textarea").blur()
    editing.press("Annuler")
    box = editing.field("libelle").locator("textarea")
    expect(box).to_have_value("S'endort en classe, dit mal dormir")
    editing.press("Rétablir")
    expect(box).to_have_value("Un")
    editing.root.get_by_role("button", name="Rétablir").or_(
        editing.root.get_by_role("button", name="Visite guidée")
    ).last.focus()
    editing.page.keyboard.press("Control+z")
    expect(box).to_have_value("S'endort en classe, dit mal dormir")
    expect(editing.root.locator(".formateur-etat")).to_have_text("Tout est enregistré.")


@pytest.mark.parametrize("keep", ["Garder mon texte", "Prendre l’autre texte"])
def test_a_conflict_shows_both_texts(editing: Editing, keep: str) -> None:
    file = editing.home.folder / "signes.toml"
    editing.choose("signe", "endort")
    editing.type("libelle", "Le mien")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("à enregistrer")
    theirs = file.read_text(encoding="utf-8").replace("S'endort en classe", "Le leur")
    file.write_text(theirs, encoding="utf-8")
    editing.press("Enregistrer")
    expect(editing.root.get_by_role("heading", name="Quelqu’un d’autre")).to_be_focused()
    mine, other = (
        editing.root.get_by_label(name).input_value()
        for name in ("Votre texte", "Le texte enregistré par ailleurs")
    )
    assert '"Le mien"' in mine
    assert "Le leur" in other
    editing.press(keep)
    expect(editing.root.locator(".formateur-etat")).to_have_text("Tout est enregistré.")
    kept, aside = ("Le mien", "Le leur") if "mon" in keep else ("Le leur", "Le mien")
    assert kept in file.read_text(encoding="utf-8")
    copies = (c.read_text(encoding="utf-8") for c in (file.parent / "copies").iterdir())
    assert any(aside in text for text in copies)


def test_a_kernel_killed_in_the_middle_loses_nothing(editing: Editing) -> None:
    editing.choose("signe", "endort")
    editing.type("libelle", "Tapé avant")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("brouillon est gardé")
    editing.home.kill_kernel()
    editing.type("remarque", "Tapé après")
    silence = editing.root.get_by_role("heading", name="Python ne répond plus")
    expect(silence).to_be_visible(timeout=30_000)
    expect(editing.root.get_by_label("Pas encore dans le brouillon")).to_have_value(
        re.compile("Tapé après")
    )
    expect(editing.field("remarque").locator("textarea")).to_have_value("Tapé après")
    assert "Tapé avant" not in (editing.home.folder / "signes.toml").read_text(encoding="utf-8")
    editing.page.evaluate(
        "document.querySelectorAll('.formateur').forEach((e) => (e.dataset.ancien = ''))"
    )
    again = editing.home.open()
    again.press("Reprendre le brouillon")
    again.choose("signe", "tapé avant")
    expect(again.field("libelle").locator("textarea")).to_have_value("Tapé avant")
    again.save()
    assert "Tapé avant" in [sign.label for sign in again.saved.signs]


def test_trying_a_person(editing: Editing) -> None:
    root = editing.root
    editing.choose("signe", "endort")
    editing.shown("input[value=sommeil]").check()
    root.get_by_role("tab", name="Essayer une personne").click()
    root.get_by_label("Nom inventé").fill("Camille")
    editing.press("Garder ce qui est coché")
    panel = root.locator(".formateur-personne")
    expect(panel).to_contain_text("ne changent rien pour cette personne")
    editing.choose("conseil", "lieu calme")
    text = editing.field("texte").locator("textarea").input_value()
    editing.type("texte", f"{text} Restez disponible.")
    expect(panel).to_contain_text("Conseil redit")
    root.get_by_role("tab", name="Montrer le TOML").click()
    expect(root.get_by_role("region", name="Texte en TOML")).to_contain_text("[[conseil]]")


def test_by_keyboard_alone(editing: Editing) -> None:
    keys = editing.page.keyboard
    editing.root.get_by_label("Chercher").focus()
    keys.type("endort")
    expect(editing.root.get_by_text("1 entrée trouvée")).to_be_visible()
    keys.press("Tab")
    keys.press("Space")
    expect(editing.root.get_by_role("heading", name="S’endort en classe").first).to_be_visible()
    for _ in range(12):
        keys.press("Tab")
        if editing.page.evaluate("document.activeElement.id.endsWith('-libelle')"):
            break
    keys.press("End")
    keys.type(" encore")
    expect(editing.shown("label").filter(has_text="mal dormir encore")).to_be_visible()
    keys.press("Control+s")
    expect(editing.root.get_by_text("C’est enregistré")).to_be_attached()
    assert editing.saved.items["sommeil"].label.endswith("encore")


def _axe(editing: Editing) -> None:
    found = axe(editing.page, ".formateur:not([data-ancien])")
    ours = [each for each in found if each["rule"] != "region"]  # the page's own
    assert ours == [], json.dumps(ours, ensure_ascii=False, indent=1)[:3000]


def test_axe_finds_nothing_in_any_state(editing: Editing) -> None:
    root = editing.root
    _axe(editing)
    editing.press("Visite guidée")
    _axe(editing)
    for _ in range(4):
        editing.press("Suivant")
    expect(root.get_by_role("heading", name="étape 5 sur 5")).to_be_focused()
    editing.press("Commencer")
    for kind in ("service", "conseil"):
        editing.kind(kind)
        editing.open_all()
        _axe(editing)
    editing.type("texte", "")
    expect(editing.told("texte")).to_be_visible()
    _axe(editing)
    for tab in ("Qui appelle quoi", "Essayer une personne", "Changements", "Montrer le TOML"):
        root.get_by_role("tab", name=tab).click()
        expect(root.get_by_role("tabpanel")).not_to_be_empty()
        _axe(editing)
    editing.page.emulate_media(color_scheme="dark")
    _axe(editing)
    editing.page.emulate_media(color_scheme="light")


def test_nothing_sticks_out_of_a_phone(editing: Editing) -> None:
    if editing.home.name == "lab":
        pytest.skip("JupyterLab itself is no page for a phone")
    editing.page.set_viewport_size({"width": 320, "height": 640})
    editing.open_all()
    wide = editing.root.evaluate(
        "(root) => [...root.querySelectorAll('.formateur-champ, .formateur-actions, h2, h3')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className)"
    )
    editing.page.set_viewport_size({"width": 1280, "height": 900})
    assert wide == []
