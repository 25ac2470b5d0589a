"""What is typed is what stands there: at any pace, in any field, whatever Python answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Locator, expect

import signs
from tests.browser.editor.typist import Answering, Desk, Key, answering_at
from tests.browser.firefox import ENTER, executable, firefox
from tests.conftest import DAY, lacking
from tests.started import started_list
from widgets.editor.forms.entry_ref import EntryRef


@pytest.fixture
def desk(context: BrowserContext, tmp_path: Path) -> Iterator[Desk]:
    started_list(tmp_path / "liste", standalone=True, today=date.fromisoformat(DAY))
    desk = Desk(context, tmp_path / "liste")
    yield desk
    assert desk.errors == []


FIELDS = [
    ("signe", "libelle"),
    ("signe", "autres_causes"),
    ("conseil", "texte"),
    ("conseil", "rang"),
    ("conseil", "relu_le"),
    ("service", "telephone"),
    ("service", "nom"),
    ("source", "adresse"),
    ("vignette", "questions"),
]
"""One field of each kind of control that one types in."""

CHARACTERS = "aé🙂’«»\"\\#'-. 1/,:;()[]*\n "
WORDS = st.text(alphabet=CHARACTERS, min_size=1, max_size=9)
PAUSES = st.integers(90, 600)


@st.composite
def typings(draw: st.DrawFn) -> list[Key]:
    """Draw a text as one types it: letters at a pace, and one thinks after a blank."""
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=5)))
    return [
        Key(each, draw(PAUSES) + (draw(st.integers(0, 1500)) if each.isspace() else 0))
        for each in text
    ]


@settings(
    max_examples=12,
    phases=(Phase.reuse, Phase.generate),  # a browser takes too long to look for the shortest text
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(typing=typings(), latency=st.integers(0, 900), field=st.sampled_from(FIELDS))
def test_what_is_typed_is_what_stands_there(
    desk: Desk, typing: list[Key], latency: int, field: tuple[str, str]
) -> None:
    kind, key = field
    desk.choose(kind)
    box = desk.field(key)
    box.fill("")
    desk.set_latency(latency)
    box.focus()
    desk.type(typing)
    desk.wait()
    several = box.evaluate("(e) => e.nodeName === 'TEXTAREA'")
    typed = "".join(each.text for each in typing if several or each.text != "\n")
    assert box.input_value() == typed
    expect(box).to_be_focused()


def slowly(text: str) -> list[Key]:
    """Return a text as a plain typist types it, who looks for the next word after each blank."""
    return [Key(each, 900 if each.isspace() else 150) for each in text]


TYPED = {
    ("signe", "libelle"): "Maux de ventre 🙂 le lundi ",
    ("conseil", "texte"): "Premier paragraphe.\n\n- un\n- deux",
    ("service", "telephone"): "04 72 40 12 34",
    ("vignette", "questions"): "Que dire ?\nQui prévenir ?\nQue noter ?",
}


def test_it_is_written_as_it_was_typed(desk: Desk) -> None:
    """Lines, paragraphs, numbers and dates reach the list as they stand on screen."""
    for (kind, key), text in TYPED.items():
        desk.choose(kind)
        desk.field(key).fill("")
        desk.type(slowly(text))
        assert desk.field(key).input_value() == text
        desk.wait()
    desk.choose("signe")  # and it is listed by what it says
    listed = desk.root.locator(".formateur-entree").filter(has_text="Maux de ventre 🙂 le lundi")
    expect(listed).to_have_count(1)
    written = {(kind, key): desk.session.block(EntryRef(kind, 0))[key] for kind, key in TYPED}
    written["conseil", "texte"] = written["conseil", "texte"].rstrip("\n")  # the end of a block
    assert written == {
        ("signe", "libelle"): "Maux de ventre 🙂 le lundi",
        ("conseil", "texte"): "Premier paragraphe.\n\n- un\n- deux",
        ("service", "telephone"): "04 72 40 12 34",
        ("vignette", "questions"): ["Que dire ?", "Qui prévenir ?", "Que noter ?"],
    }


@pytest.mark.extended
def test_in_firefox_too_it_stands_as_it_was_typed(tmp_path: Path) -> None:
    """On the clock of a real one, at a pace of its own, with a pause after each blank."""
    if executable() is None:
        lacking("Firefox", "Installez Firefox (sous Debian : apt-get install firefox-esr).")
    started_list(tmp_path / "liste", standalone=True, today=date.fromisoformat(DAY))
    answering = Answering(tmp_path / "liste")
    typed = {where: TYPED[where] for where in [("signe", "libelle"), ("vignette", "questions")]}
    (tmp_path / "firefox").mkdir()
    with answering_at(answering) as address, firefox(tmp_path / "firefox") as browser:
        browser.open(address)
        for (kind, key), text in typed.items():
            calm = "document.querySelector('.formateur')?.dataset.etat === 'calme'"
            browser.wait_until(calm)
            browser.evaluate(
                f"""((select) => {{
                    select.value = {kind!r};
                    select.dispatchEvent(new Event("change", {{ bubbles: true }}));
                }})(document.querySelector(".formateur-choix select"))"""
            )
            browser.wait_until(f"{calm} && !!document.querySelector('[data-champ={key}]')")
            box = f"document.querySelector('[data-champ={key}] :is(input, textarea)')"
            browser.evaluate(
                f"""((box) => {{
                    for (let up = box; up; up = up.parentElement) up.open = true;
                    box.value = "";
                    box.dispatchEvent(new Event("input", {{ bubbles: true }}));
                    box.focus();
                }})({box})"""
            )
            browser.type(
                [(ENTER if each == "\n" else each, 400 if each.isspace() else 30) for each in text]
            )
            assert browser.evaluate(f"{box}.value") == text
            assert browser.evaluate(f"document.activeElement === {box}")
            browser.wait_until(calm)
            assert browser.evaluate(f"{box}.value") == text
    session = answering.editor.session
    for (kind, key), text in typed.items():
        said = session.block(EntryRef(kind, 0))[key]
        assert ("\n".join(said) if isinstance(said, list) else said).strip() == text.strip()


def test_the_caret_stays_and_the_browser_undoes_letter_by_letter(desk: Desk) -> None:
    """In the middle of a text that grows past the length of a line of the file."""
    start, end = (
        "Se tient à l’écart des autres depuis la rentrée",
        " et ne parle plus pendant les repas.",
    )
    desk.choose("signe")
    box = desk.field("libelle")
    box.fill(start + end)
    desk.wait()
    box.evaluate("(e, at) => e.setSelectionRange(at, at)", len(start))
    middle = ", surtout pendant la récréation du matin"
    desk.type(slowly(middle))
    desk.wait()
    assert box.input_value() == start + middle + end
    assert box.evaluate("(e) => e.selectionStart") == len(start + middle)
    for left in undone(desk, box, start + end):
        assert left.startswith(start)
        assert left.endswith(end)
        assert middle.startswith(left[len(start) : len(left) - len(end)])
    assert box.input_value() == start + end
    desk.wait()
    assert box.input_value() == start + end
    assert desk.session.block(desk.session.where)["libelle"] == start + end


def undone(desk: Desk, box: Locator, until: str) -> Iterator[str]:
    """Undo until a text is back, at most once a letter; yield what each undo leaves.

    A browser takes back one letter or several at once, as the machine is quick or slow.
    """
    for _ in range(40):
        if box.input_value() == until:
            return
        desk.page.keyboard.press("Control+z")
        yield box.input_value()


# The rows of the page beside, but for the mark on the one that is edited.
ROWS = """(page) => [...page.querySelectorAll(".reperes-ligne")].map((row) =>
    row.outerHTML.replace(/ ?formateur-ici/, "").replace(' class=""', ""))"""


@pytest.mark.parametrize("ticked", [False, True])
def test_the_page_beside_is_the_same_as_when_it_is_drawn_as_a_whole(
    desk: Desk, ticked: bool
) -> None:
    """Though only a box whose words change is drawn anew."""
    page = desk.root.locator(".formateur-page")
    desk.session.undo()  # a list without an error
    desk.choose("signe")
    id_ = desk.session.block(desk.session.where)["id"]
    box = page.locator(f"input[value={id_}]")
    if ticked:
        box.evaluate("(e) => { e.checked = true; e.form.dispatchEvent(new Event('change')); }")
    page.evaluate("(e) => { e.querySelector('form').dataset.avant = ''; }")
    desk.field("libelle").press("End")
    desk.type(slowly(" <b>&"))
    desk.wait()
    assert box.locator("xpath=ancestor::label").inner_text().strip().endswith("<b>&")
    assert box.is_checked() == ticked
    assert (page.locator("form[data-avant]").count() == 1) is not ticked  # what it says is told too
    if ticked:
        return
    page.evaluate("(e) => { delete e.querySelector('form').dataset.avant; }")
    drawn = page.evaluate(ROWS)
    desk.choose("conseil")
    desk.field("texte").press("End")
    desk.type(slowly(" x"))
    desk.page.keyboard.press("Backspace")
    desk.page.keyboard.press("Backspace")
    desk.wait()
    assert drawn == page.evaluate(ROWS)


@pytest.mark.parametrize("before", ["La page", "Enregistrer"])
def test_what_was_just_typed_can_be_saved_at_any_moment(desk: Desk, before: str) -> None:
    """Whatever Python still answers to what was asked before it was typed, and however late."""
    desk.session.undo()  # the list as it was saved
    desk.choose("signe")
    desk.field("libelle").fill("Dort")
    desk.wait()
    save, state = desk.root.get_by_role("button", name="Enregistrer"), ".formateur-etat"
    if before != "Enregistrer":
        save.click()
        desk.wait()
        assert save.is_disabled()
    desk.set_latency(900)
    desk.root.get_by_text(before, exact=True).first.click()
    desk.field("libelle").press_sequentially(" en classe")
    for _ in range(30):  # until all has been answered, and longer
        assert save.is_enabled()
        assert desk.root.locator(state).inner_text() != "Tout est enregistré."
        desk.page.clock.run_for(100)
    desk.wait()
    save.click()
    desk.wait()
    assert desk.root.locator(state).inner_text() == "Tout est enregistré."
    assert signs.load(desk.session.folder).signs[0].label == "Dort en classe"


def test_saving_does_not_stop_who_types(desk: Desk) -> None:
    desk.choose("signe")
    desk.field("libelle").fill("")
    desk.set_latency(900)
    desk.type(slowly("Dort "))
    desk.page.keyboard.press("Control+s")
    desk.type([Key(each, 90) for each in "en classe le matin"])
    desk.wait()
    assert desk.field("libelle").input_value() == "Dort en classe le matin"
    assert desk.session.block(desk.session.where)["libelle"] == "Dort en classe le matin"


@pytest.mark.parametrize("text", ["Mo-Fr 09:00-12:00; Sa off", "le lundi "])
def test_hours_stay_as_they_are_typed(desk: Desk, text: str) -> None:
    desk.choose("service")
    hours = desk.root.locator("[data-champ=horaires]")
    hours.get_by_label("En notation").check()
    box = hours.get_by_role("textbox", name="Notation")
    box.fill("")
    desk.type(slowly(text))
    desk.wait()
    assert box.input_value() == text
    expect(box).to_be_focused()


def test_how_a_date_is_read_shows_once_it_is_left(desk: Desk) -> None:
    desk.choose("conseil")
    box = desk.field("relu_le")
    box.focus()
    desk.type(slowly("1/3/2026"))
    assert box.input_value() == "1/3/2026"
    box.blur()
    expect(box).to_have_value("01/03/2026")


PASTE = """(box, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
}"""


@pytest.mark.parametrize(
    ("pasted", "stands"),
    [
        ("·\tun\r\n·\tdeux", "- un\n- deux"),
        ("dé\u00adpres\u200bsé", "dépressé"),
        ("une ligne\u2028une autre\x0bla fin", "une ligne\nune autre\nla fin"),
        (
            "👩🏽\u200d🔬\u00ad, ❤\ufe0f\u200d🔥 et un\u200dliant",
            "👩🏽\u200d🔬, ❤\ufe0f\u200d🔥 et unliant",
        ),
    ],
)
def test_a_paste_is_cleaned_of_what_is_not_seen_and_of_nothing_else(
    desk: Desk, pasted: str, stands: str
) -> None:
    desk.choose("conseil")
    box = desk.field("texte")
    box.fill("Avant.\n\n")
    box.focus()
    box.evaluate("(e) => e.setSelectionRange(8, 8)")
    box.evaluate(PASTE, pasted)
    assert box.input_value() == f"Avant.\n\n{stands}"
    expect(desk.root.locator("[data-champ=texte] [role=status]")).to_contain_text("nettoyé")
    desk.wait()
    assert desk.session.block(desk.session.where)["texte"].rstrip("\n") == box.input_value()
    desk.page.keyboard.press("Control+z")
    assert box.input_value() == "Avant.\n\n"
