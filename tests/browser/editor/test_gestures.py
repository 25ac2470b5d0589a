"""What a trainer does in the editor, by mouse and by keyboard; in one of its two homes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

import signs
from tests.browser.editor.driver import Editing
from tests.browser.editor.test_access import assert_accessible
from tests.servers import PATIENCE
from widgets.editor.session.draft import SILENCE
from widgets.editor.session.proposals import Proposal, add_proposals


def test_the_live_page_speaks_of_no_cell(editing: Editing) -> None:
    expect(editing.page.get_by_text("la page de vos collègues suit à côté")).to_be_visible()
    expect(editing.page.get_by_text("Maj et Entrée")).to_have_count(0)


def test_an_error_is_told_at_its_field_and_mended(editing: Editing) -> None:
    editing.choose("signe", "plaques")
    editing.type("libelle", "")
    expect(editing.field_problem("libelle")).to_contain_text("est vide. Écrivez un texte.")
    box = editing.field("libelle").locator("textarea")
    expect(box).to_have_attribute("aria-invalid", "true")
    text = editing.page.evaluate(
        "(box) => box.getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id)?.textContent).join(' ')",
        box.element_handle(),
    )
    assert "est vide" in text
    expect(editing.root.get_by_text("la dernière version sans erreur")).to_be_visible()
    editing.press("Enregistrer")
    expect(editing.root.get_by_text("corrigez d’abord")).to_be_attached()
    editing.type("libelle", "Des plaques")
    expect(editing.field_problem("libelle")).to_have_count(0)
    expect(editing.shown("label").filter(has_text="Des plaques")).to_be_visible()
    editing.save()


def test_each_kind_is_seen_where_it_is_read_and_what_is_edited_in_it(editing: Editing) -> None:
    """In the workshop, the resources, a poster; then the page as a phone and paper have it."""
    frame = editing.root.locator(".formateur-cadre")
    marked = editing.root.frame_locator(".formateur-cadre").locator("[style*=outline-offset]")
    editing.kind("vignette")
    expect(frame).to_have_attribute("data-vue", "atelier")
    editing.type("titre", "Ce qui se dit à la sonnerie")  # seen as it is typed
    expect(marked).to_have_text("Ce qui se dit à la sonnerie")
    editing.kind("terme")
    expect(frame).to_have_attribute("data-vue", "ressources")
    box = editing.field("definition").locator("textarea")
    box.focus()
    words = box.input_value()[:12]
    expect(marked).to_contain_text(re.compile(re.escape(words).replace("'", "[’']")))
    expect(marked).to_be_in_viewport()
    editing.choose("affiche", "On menace")
    for field, name in (("arreter", "-depliant"), ("arreter_en_bref", "")):
        box = editing.field(field).locator("input, textarea")
        box.focus()
        expect(frame).to_have_attribute("data-vue", re.compile(rf"^affiche-(college|lycee){name}$"))
        expect(marked).to_have_text(re.compile(box.input_value()[:10].replace("'", "[’']")))
        expect(marked).to_be_in_viewport()
    assert_accessible(editing, ".formateur-cote")

    editing.choose("conseil", "À quel adulte")
    expect(frame).to_be_hidden()  # the page itself, which works
    for shape, width in (("sur un téléphone", 390), ("sur le papier", 794)):
        editing.root.get_by_label("À quelle taille").select_option(shape)
        expect(frame).to_be_visible()
        expect(frame).to_have_attribute("style", re.compile(rf"width: {width}px"))
        expect(marked).to_be_in_viewport()
        marked.dispatch_event("click")  # the paper is made smaller: no driver finds its place
        says = {"sur le papier": "court"}.get(shape, "texte")  # paper has its short version
        expect(editing.field(says).locator("textarea")).to_be_focused()
    editing.root.locator("[id$=-vue]").select_option("là où cela se lit")
    expect(frame).to_be_hidden()
    editing.press("Annuler")


def test_undo_and_redo(editing: Editing) -> None:
    editing.choose("signe", "angoisse")
    box = editing.field("libelle").locator("textarea")
    before = box.input_value()
    editing.type("libelle", "Un")
    expect(editing.root.get_by_role("button", name="Annuler")).to_be_enabled()
    box.blur()
    editing.press("Annuler")
    expect(box).to_have_value(before)
    editing.press("Rétablir")
    expect(box).to_have_value("Un")
    editing.root.get_by_role("button", name="Visite guidée").focus()
    editing.page.keyboard.press("Control+z")
    expect(box).to_have_value(before)
    expect(editing.root.locator(".formateur-etat")).to_have_text("Tout est enregistré.")


def test_an_entry_is_hidden_and_shown_again(editing: Editing) -> None:
    root = editing.root
    editing.choose("signe", "ventre")
    shown = editing.shown(".formateur-ici")
    expect(shown).to_be_visible()
    words = shown.text_content() or ""
    here = editing.shown("label").filter(has_text=words.strip())
    mine = root.locator(".formateur-entree", has=editing.page.locator("input:checked"))
    editing.press("Masquer")
    expect(mine).to_contain_text("(masquée)")
    expect(here).to_have_count(0)
    expect(root.get_by_role("button", name="Montrer", exact=True)).to_be_focused()
    root.locator(".formateur-tete").click()
    editing.press("Annuler")
    expect(mine).not_to_contain_text("masquée")
    expect(here).to_have_count(1)
    editing.choose("situation", "mourir")
    editing.press("Masquer")
    expect(root.locator(".formateur-verdict")).to_contain_text("ne peut pas être caché")
    editing.press("Montrer")
    expect(root.locator(".formateur-verdict")).to_be_empty()
    expect(root.locator(".formateur-etat")).to_have_text("Tout est enregistré.")
    editing.kind("moment")
    expect(root.get_by_role("button", name="Masquer", exact=True)).to_be_hidden()


@pytest.mark.parametrize("kept", ["Vos mots", "Les mots enregistrés par ailleurs"])
def test_words_that_two_people_changed_are_a_question(editing: Editing, kept: str) -> None:
    """What somebody else saves is seen before one saves; other entries are merged."""
    file = editing.home.folder / "signes.toml"
    editing.choose("signe", "ventre")
    before = editing.field("libelle").locator("textarea").input_value()
    editing.type("libelle", f"{before}, le mien")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("à enregistrer")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(before, f"{before}, le leur"), encoding="utf-8")
    question = editing.root.get_by_role("heading", name="Lequel des deux")
    expect(question).to_be_visible()
    expect(editing.field("libelle").locator("textarea")).to_be_focused()  # one may be typing
    editing.root.locator(".formateur-dit").get_by_role("button", name="Y aller").click()
    expect(question).to_be_focused()
    mine, theirs = editing.root.locator(".formateur-deux mark").all_text_contents()
    assert ("mien" in mine, "leur" in theirs) == (True, True)
    editing.root.get_by_label(kept).check()
    editing.press("Garder ce choix")
    expect(editing.root.locator(".formateur-conflit")).to_have_count(0)
    saved = f"{before}, le {'mien' if kept == 'Vos mots' else 'leur'}"
    expect(editing.field("libelle").locator("textarea")).to_have_value(saved)
    if kept == "Vos mots":
        editing.save()
    assert saved in file.read_text(encoding="utf-8")


def test_two_tabs_have_each_their_draft(editing: Editing, chromium: Browser) -> None:
    """Nothing of a tab is offered to another before it is closed; then it is, by itself."""
    home = editing.home
    other = chromium.new_page(locale="fr-FR")
    other.goto(home.address)
    state = other.locator(".formateur-etat")
    other.locator("[data-champ=libelle] textarea").fill("Tapé dans un autre onglet")
    expect(state).to_contain_text("brouillon est gardé")
    again = home.open()
    expect(again.root.locator(".formateur-brouillon")).to_have_count(0)
    other.close()
    offered = again.root.get_by_text("Il change « Tapé dans un autre")
    # At once, as the tab says that it closes; what it had no time to say is known by its silence.
    expect(offered).to_be_visible(timeout=1000 * (SILENCE + PATIENCE))
    again.press("Reprendre le brouillon")
    expect(again.root.locator(".formateur-etat")).to_contain_text("1 changement à enregistrer")
    again.press("Annuler")


def test_a_refusal_is_seen_and_leads_to_what_is_to_be_corrected(editing: Editing) -> None:
    editing.choose("signe", "plaques")
    editing.type("libelle", "")
    editing.kind("service")
    editing.press("Enregistrer")
    said = editing.root.locator(".formateur-dit")
    expect(said).to_contain_text("corrigez d’abord")
    expect(said).to_be_in_viewport()
    said.get_by_role("button", name="Y aller").click()
    editing.wait()
    expect(editing.field_problem("libelle")).to_be_visible()
    editing.press("Annuler")


def test_trying_a_person(editing: Editing) -> None:
    editing = editing.home.open()  # with nothing ticked
    root = editing.root
    editing.choose("signe", "endort")
    editing.shown("input[value=sommeil]").check()
    root.get_by_role("tab", name="Essayer une personne").click()
    root.get_by_label("Nom inventé").fill("Camille")
    editing.press("Garder ce qui est coché")
    panel = root.locator(".formateur-personne")
    expect(panel).to_contain_text("ne changent rien pour cette personne")
    editing.choose("conseil", "un moment à part")
    text = editing.field("texte").locator("textarea").input_value()
    editing.type("texte", f"{text} Restez disponible.")
    expect(panel).to_contain_text("Conseil dit autrement")
    root.get_by_role("tab", name="Détails techniques").click()
    expect(root.get_by_role("region", name="Texte en TOML")).to_contain_text("[[conseil]]")
    root.get_by_role("tab", name="La page").click()
    editing.save()


def test_changes_are_told_in_the_words_of_the_form(editing: Editing) -> None:
    """What names other entries is told by their own words, never by what files call them."""
    editing.choose("conseil", "un moment à part")
    editing.open_all()
    editing.field("quand").get_by_label("Toujours").uncheck()
    editing.field("quand").get_by_label("Vole de l’argent ou des objets").check()
    editing.root.get_by_role("tab", name="Changements").click()
    changes = editing.root.get_by_role("tabpanel", name="Changements")
    expect(changes).to_contain_text("« Vole de l’argent ou des objets »")
    expect(changes).to_contain_text("S’affiche quand on coche")
    expect(changes).not_to_contain_text("vols")
    expect(changes).not_to_contain_text("« quand »")
    editing.root.get_by_role("tab", name="La page").click()
    while editing.root.get_by_role("button", name="Annuler").is_enabled():
        editing.press("Annuler")


def test_by_keyboard_alone(editing: Editing) -> None:
    keys = editing.page.keyboard

    def focused() -> str:
        return str(
            editing.page.evaluate("document.activeElement.id || document.activeElement.value")
        )

    def tab_to(end: str) -> None:
        for _ in range(40):
            keys.press("Tab")
            if focused().endswith(end):
                return
        raise AssertionError(f"{end} is not on the way; now at {focused()}")

    editing.root.get_by_role("searchbox").focus()
    keys.type("arrive plus concentrer")
    expect(editing.root.locator(".formateur-compte")).to_contain_text("trouvée")
    keys.press("Tab")
    keys.press("Space")
    expect(editing.root.get_by_role("heading", name="N’arrive plus").first).to_be_visible()
    tab_to("-libelle")
    keys.press("End")
    keys.type(" encore")
    expect(editing.shown("label").filter(has_text="concentrer encore")).to_be_visible()
    keys.press("Control+s")
    expect(editing.root.get_by_text("C’est enregistré")).to_be_attached()
    assert "concentrer encore" in [sign.label[-17:] for sign in editing.saved.signs]


def test_the_focus_stays_where_one_works(editing: Editing) -> None:
    """Neither ticking a box nor moving an entry throws a keyboard back to the top of the page."""
    editing.choose("conseil", "un moment à part")
    editing.open_all()
    editing.field("quand").get_by_label("Toujours").uncheck()
    box = editing.field("quand").get_by_label("Vole de l’argent ou des objets")
    box.focus()
    editing.page.keyboard.press("Space")
    expect(editing.root.locator(".formateur-etat")).to_contain_text("à enregistrer")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    up = editing.root.get_by_role("button", name="Monter")
    up.focus()
    editing.page.keyboard.press("Enter")
    expect(editing.root.get_by_text("C’est un cran plus haut")).to_be_attached()
    expect(up).to_be_focused()
    while editing.root.get_by_role("button", name="Annuler").is_enabled():
        editing.press("Annuler")


def test_words_are_found_whatever_the_kind_and_however_they_are_spelt(editing: Editing) -> None:
    """From any kind, in any field; what is chosen opens on the field that says it."""
    root = editing.root
    editing.kind("service")
    box, found = root.get_by_role("searchbox"), root.locator(".formateur-entree")
    said = root.locator(".formateur-compte")
    for typed, meant in {
        "numero national": "1 entrée trouvée",
        "caputre": "Rien ne dit cela ; voici « captures », « capture »",
        "harcelment": "voici « harcèlement »",
        "zzzzqqqq": "Aucune entrée trouvée",
    }.items():
        box.fill(typed)
        expect(said).to_contain_text(meant)
    box.fill("ne promettez pas")
    expect(said).to_contain_text("genres")
    found.filter(has=editing.page.locator("small")).first.click()
    editing.wait()
    expect(root.get_by_label("Genre")).not_to_have_value("service")
    expect(box).to_have_value("ne promettez pas")
    editing.press("Tout remontrer")
    expect(box).to_have_value("")
    editing.choose("signe", "ventre")
    editing.type("libelle", "Maux de ventre, encore")
    editing.press("Tout remontrer")
    root.get_by_label("Montrer").select_option("change")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Maux de ventre, encore (modifiée)")
    editing.press("Annuler")
    root.get_by_label("Montrer").select_option("")


def test_a_sentence_of_the_page_opens_its_field(editing: Editing) -> None:
    """By a click on it; by F2 where the keyboard is. What is ticked there goes on being ticked."""
    editing.choose("signe", "plaques")
    page = editing.root.locator(".formateur-page")
    label = page.locator("label", has_text="Maux de ventre")
    label.locator("span").click()
    editing.wait()
    expect(editing.field("libelle").locator("textarea")).to_be_focused()
    expect(editing.root.get_by_role("heading", name="Maux de ventre").first).to_be_visible()
    expect(label.locator("input")).not_to_be_checked()
    cause = page.locator(".reperes-ligne").filter(has_text="Maux de ventre")
    cause.locator("summary").click()
    cause.locator(".reperes-causes").click()
    editing.wait()
    expect(editing.field("autres_causes").locator("textarea")).to_be_focused()
    page.locator("label", has_text="S’endort en classe").locator("input").focus()
    editing.page.keyboard.press("F2")
    editing.wait()
    expect(editing.root.get_by_role("heading", name="S’endort en classe").first).to_be_visible()
    expect(editing.field("libelle").locator("textarea")).to_be_focused()


def test_a_committee_s_words_are_taken_one_by_one_and_what_was_read_is_noted(
    editing: Editing,
) -> None:
    root, folder = editing.root, editing.home.folder
    words = {"eczema": "Se gratte sans cesse", "crise-angoisse": "Le souffle court, tout à coup"}
    labels = {id_: signs.load(folder).items[id_].label for id_ in words}
    add_proposals(
        folder,
        [
            *(
                Proposal("signe", id_, "libelle", text, "Infirmière", "", "2026-10-03", labels[id_])
                for id_, text in words.items()
            ),
            Proposal("conseil", "appeler-15", "texte", "", "CPE", "<b>Trop long ?</b>", "2026", ""),
        ],
    )
    editing.choose("signe", "plaques")
    root.get_by_role("tab", name="Comité").click()
    first, remark = (root.locator(".formateur-proposition").nth(n) for n in (0, 2))
    expect(root.get_by_role("heading", name="Propositions (3)")).to_be_visible()
    expect(first).to_contain_text(words["eczema"])
    expect(first.locator("mark").last).to_have_text("cesse")
    expect(remark).to_contain_text("<b>Trop long ?</b>")
    first.get_by_role("button", name="Prendre").press("Enter")
    expect(root.get_by_role("heading", name="Propositions (2)")).to_be_visible()
    expect(first.get_by_role("button", name="Prendre")).to_be_focused()  # the next one
    expect(editing.field("libelle").locator("textarea")).to_have_value(words["eczema"])
    editing.press("Annuler")
    expect(root.get_by_role("heading", name="Propositions (3)")).to_be_visible()
    for left, button in ((2, "Prendre"), (1, "Laisser"), (0, "C’est vu")):
        first.get_by_role("button", name=button).click()
        expect(root.locator(".formateur-proposition")).to_have_count(left)
    expect(root.get_by_text("Déjà décidé (3)")).to_be_visible()
    role = root.get_by_label("Votre rôle, jamais un nom")
    role.fill("Mme Durand")
    root.get_by_role("button", name=re.compile("Noter.+ relu")).click()
    expect(root.locator(".formateur-dit")).to_contain_text("jamais un nom")
    role.fill("Infirmière scolaire")
    root.get_by_role("button", name=re.compile("Noter.+ approuvé")).click()
    expect(root.get_by_text("Approuvé par Infirmière scolaire")).to_be_visible()
    editing.save()
    saved = editing.saved
    assert saved.items["eczema"].label == words["eczema"]
    assert saved.items["crise-angoisse"].label == labels["crise-angoisse"]
    assert signs.review_of(saved, "eczema").state.value == "approuve"
    root.get_by_role("tab", name="La page").click()
