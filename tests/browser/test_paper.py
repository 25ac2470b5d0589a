"""Every sheet on paper: printed by a real browser, read back, and its codes scanned again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Protocol

import pypdfium2
import pytest
import zxingcpp
from PIL.Image import Image
from playwright.sync_api import Browser, BrowserContext, Page

import signs
from signs.loading.loader import Choice, folder_of
from signs.text.typography import typography
from tests.browser.conftest import Visit, same_place, unfold
from tests.browser.paper import empty_share, overprinted, run_together, smallest_letters
from tests.conftest import DAY
from widgets.export.writer import Inputs, export_page
from widgets.printables import sheets_of
from widgets.printables.codes import in_words

PAGES: dict[str, int | range] = {
    "fiche-observation": 2,
    "fiche-premiers-mots": 1,
    "fiche-chaine": 1,
    "fiche-salle": 1,
    "fiche-avant": 2,
    "fiche-note": 2,
    "fiche-atelier": range(8, 15),
    **{
        f"affiche-{age}{end}": count
        for age in ("ecole", "college", "lycee")
        for end, count in (("", 1), ("-a3", 1), ("-cartes", 2), ("-depliant", 2))
    },
}
"""How many pages of paper each sheet takes; the workshop's has as many stories as there are."""
SIZES = {"": (210, 297), "-a3": (297, 420)}
"""Millimetres, by the end of a name."""
ON_THEIR_SIDE = re.compile("premiers-mots|depliant")
CODES = ("violences-numeriques-3018", "espace-mineurs", "pharos", "thesee")
FOR_CHILDREN = 2
"""How many of the codes, the first ones, a poster for under-11s has: the others are forms."""
SCHOOL = """
etablissement = "Cité scolaire des Essais de Saint-Exemple-sur-Loire"
genre = "college"
adresse_page = "https://reperes.essais-exemple.fr/colleges/saint-exemple"

[[contact]]
role = "direction"
nom = "Mme Aubry-Lemercier"
telephone = "01 23 45 67 89"
lieu = "bâtiment administratif, premier étage"
presence = "du lundi au vendredi, de 8 h à 18 h"

[[contact]]
role = "infirmerie"
nom = "M. Diallo"
lieu = "rez-de-chaussée, près de la cour"
presence = "lundi, mardi et jeudi"

[[contact]]
role = "cpe"
nom = "Mme Le Goff"
lieu = "vie scolaire, bâtiment B"

[[contact]]
role = "assistance-sociale"
nom = "Mme Benali"
lieu = "bureau 112"
presence = "mardi matin et vendredi"

[[contact]]
role = "psychologue"
nom = "M. Kervella"
lieu = "CDI, sur rendez-vous"

[[contact]]
role = "referent-harcelement"
nom = "Mme Ferreira da Silva"
lieu = "salle 204"

[[contact]]
role = "crip"
telephone = "01 98 76 54 32"
"""
"""A school that says more of its people than most."""
MANY = ("direction", "adjoint", "cpe", "infirmerie", "assistance-sociale", "psychologue", "autre")
CROWD = """
etablissement = "Cité scolaire internationale des Essais de Saint-Exemple"
""" + "".join(
    f"""
[[contact]]
role = "{role}"
nom = "Mme {role.capitalize()} {number} Martin"
telephone = "01 23 45 67 {number}0"
lieu = "bâtiment B, bureau {number}"
presence = "lundi et jeudi"
"""
    for role in MANY
    for number in range(1, 5)
)
"""A school of 28 contacts, four of each role."""
LONG = """
etablissement = "École d'application Marie-Élisabeth-de-La-Rochefoucauld, Saint-Rémy-en-Bouzemont"
genre = "ecole"
adresse_page = "https://écoles-élémentaires.saint-remy.exemple.fr/repères/élève-inquiète/où-commencer?\
ecole=marie-elisabeth&annee=2026&classe=toutes&langue=français&version=pour-les-personnels-de-l-ecole"
""" + "".join(
    f"""
[[contact]]
role = "{role}"
titre = "Personne chargée des classes de sixième, de cinquième et de l'internat, numéro {number}"
nom = "Mme Anne-Charlotte de Kermorvan-Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"
telephone = "01 23 45 67 {number}0"
poste = "45{number}"
courriel = "anne-charlotte.de-kermorvan-{role}-{number}@academie-exemple.fr"
lieu = "Bâtiment administratif Simone-Veil, deuxième étage, au fond du couloir à droite"
presence = "Le lundi, le mardi et le jeudi de 8 h à 17 h 30, le vendredi de 8 h à 12 h"
"""
    for role in (*MANY, "crip", "dsden")
    for number in range(1, 5)
)
"""A school of 36 contacts, who say all there is to say, and an address of 200 characters."""
FEW = """
etablissement = "Lycée É"
genre = "lycee-professionnel"
[[contact]]
role = "infirmerie"
nom = "M. Ly"
lieu = "Anticonstitutionnellement-Anticonstitutionnellement"
[[contact]]
role = "autre"
titre = "Professeure documentaliste"
lieu = "CDI"
"""
"""A school that names two people, one of them in words that no column holds."""


@dataclass
class Printed:
    """A sheet as it came out of the printer."""

    html: Path
    said: list[str]
    """What stands on the page, block by block, as the browser sees it while printing."""
    pdf: pypdfium2.PdfDocument
    smallest: float
    """The size of its smallest letters, in points."""
    asked: list[str] = field(default_factory=list)
    """Whatever was requested besides the file itself."""

    @property
    def pages(self) -> list[str]:
        """The text of each page of paper."""
        return [page.get_textpage().get_text_range() for page in self.pdf]

    def codes(self, dots_per_inch: int = 150) -> Counter[str]:
        """Scan what was printed in black and white."""
        found: Counter[str] = Counter()
        for page in self.pdf:
            picture = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil()
            found.update(code.text for code in zxingcpp.read_barcodes(picture))
        return found


BLOCKS = """() => [...document.querySelectorAll(
        ".feuille :is(h1, h2, h3, p, li:not(.feuille-blanc), b, strong)")]
    .filter((block) => block.checkVisibility() && !block.querySelector(":is(p, li, h2, h3)"))
    .map((block) => block.innerText)"""


def _print(context: BrowserContext, file: Path) -> Printed:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    said = page.evaluate(BLOCKS)
    smallest = smallest_letters(page)
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()
    return Printed(file, said, pdf, smallest, [url for url in asked if url != file.as_uri()])


@pytest.fixture(scope="module")
def offline(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a browser without a network."""
    context = chromium.new_context()
    context.set_offline(True)
    yield context
    context.close()


@pytest.fixture(scope="module")
def printed(offline: BrowserContext, exported_folder: Path) -> dict[str, Printed]:
    return {name: _print(offline, exported_folder / f"{name}.html") for name in PAGES}


class PrintFor(Protocol):
    """Prints a sheet of a school, or with the address of its page."""

    def __call__(self, name: str, school: str = SCHOOL, address: str | None = None) -> Printed:
        """Return the sheet."""


@pytest.fixture(scope="module")
def printed_by_school(
    offline: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> PrintFor:
    """Return how to print a sheet of a school that gave its people."""
    folder = tmp_path_factory.mktemp("ecole")

    @cache
    def printed(name: str, school: str = SCHOOL, address: str | None = None) -> Printed:
        (folder / "ecole.toml").write_text(school, encoding="utf-8")
        choice = Choice(folder_of("sextorsion"), folder / "ecole.toml")
        inputs = Inputs(choice, date.fromisoformat(DAY), address)
        return _print(offline, export_page(name, inputs, folder / f"{name}.html", overwrite=True))

    return printed


def test_each_sheet_that_there_is_was_printed(sign_list: signs.SignList) -> None:
    assert set(PAGES) == set(sheets_of(sign_list))


def test_each_takes_as_many_pages_of_its_size_as_meant(printed: dict[str, Printed]) -> None:
    for name, sheet in printed.items():
        wanted = PAGES[name]
        assert len(sheet.pdf) in (wanted if isinstance(wanted, range) else (wanted,)), name
        assert all(len(run_together(text)) > 100 for text in sheet.pages), (
            f"{name}: a page of nothing"
        )
        end = "-a3" if name.endswith("-a3") else ""
        size = (297, 210) if ON_THEIR_SIDE.search(name) else SIZES[end]
        for page in sheet.pdf:
            assert tuple(round(side / 72 * 25.4) for side in page.get_size()) == size, name


def test_one_side_is_filled_in_and_the_other_is_read(
    printed: dict[str, Printed], sign_list: signs.SignList
) -> None:
    for name, begins in (
        ("fiche-observation", "Ce que nous décidons"),
        ("fiche-avant", "Les mots que tous disent"),
        ("fiche-note", "Pour bien l’écrire, et après"),
    ):
        assert run_together(printed[name].pages[1]).startswith(run_together(begins)), name
    front = run_together(printed["fiche-observation"].pages[0])
    assert [s.id for s in sign_list.signs if run_together(typography(s.label)) not in front] == []


def test_all_that_stands_on_a_sheet_is_on_paper(printed: dict[str, Printed]) -> None:
    for name, sheet in printed.items():
        paper = run_together("".join(sheet.pages))
        lost = [text for text in sheet.said if run_together(text) not in paper]
        assert lost == [], name
        assert len(sheet.said) > 10, name


def test_no_text_touches_the_edge_of_the_paper(printed: dict[str, Printed]) -> None:
    """A printer does not print on the last four millimetres."""
    edge = 4 / 25.4 * 72
    for name, sheet in printed.items():
        for page in sheet.pdf:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                assert left >= edge, name
                assert right <= width - edge, name
                assert bottom >= edge, name
                assert top <= height - edge, name


def test_nothing_on_a_sheet_is_smaller_than_nine_points(printed: dict[str, Printed]) -> None:
    assert [name for name, sheet in printed.items() if not 9 <= sheet.smallest < 99] == []


def test_two_people_are_told_apart_where_a_copier_knows_no_colour(
    offline: BrowserContext, exported_folder: Path
) -> None:
    """The two of the drawing, and the light behind them, by how light each is."""
    page = offline.new_page()
    for age in ("ecole", "college", "lycee"):
        page.goto((exported_folder / f"affiche-{age}.html").as_uri())
        clothes = [
            page.locator(f".affiche-dessin {part}").first.evaluate(
                "(each) => getComputedStyle(each).fill"
            )
            for part in (".amie .habit", ".ami .habit", ".soleil")
        ]
        lights = [_light(colour) for colour in clothes]
        assert all(b / a > 1.6 for a, b in pairwise(lights)), (age, clothes)
    page.close()


def _light(colour: str) -> float:
    """Return how light a colour is, plus what a screen reflects (WCAG)."""
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05


def test_every_page_of_the_band_and_the_foot_stays_on_the_screen(
    printed: dict[str, Printed],
) -> None:
    for name, sheet in printed.items():
        paper = "".join(sheet.pages)
        for word in ("Quitter", "Ctrl", "Cette page n’enregistre rien", "Sommaire"):
            assert word not in paper, name


def _codes_of(name: str) -> tuple[str, ...]:
    """Return the services whose codes a sheet bears."""
    if not name.startswith("affiche"):
        return ()
    if name.endswith("-depliant"):
        return CODES[:2] if "ecole" in name else CODES  # the others are forms
    return () if "ecole" in name else CODES[:1]


def test_codes_scanned_from_paper_lead_where_the_words_below_say(
    printed: dict[str, Printed], sign_list: signs.SignList
) -> None:
    services = {service.id: service for service in sign_list.services}
    for name, sheet in printed.items():
        targets = [str(services[id_].url) for id_ in _codes_of(name)]
        copies = 4 if name.endswith("-cartes") else 1
        scanned = targets[:FOR_CHILDREN] if "ecole" in name else targets
        assert sheet.codes(200) == dict.fromkeys(scanned, copies), name
        paper = run_together("".join(sheet.pages))
        for target in scanned:
            assert paper.count(run_together(in_words(target))) >= copies, name


def _points(sheet: Printed, words: str, page: int = 0) -> float:
    """Return the height of the capitals or digits of some words on paper, as a font size."""
    text = sheet.pdf[page].get_textpage()
    sizes = []
    for found in re.finditer(re.escape(words), text.get_text_range()):
        boxes = [text.get_charbox(at) for at in range(found.start(), found.end())]
        sizes.append(max(top - bottom for _left, bottom, _right, top in boxes))
    return max(sizes) / 0.73  # capitals and digits are at most so much of a font's size


def test_a_poster_is_read_from_across_a_corridor(printed: dict[str, Printed]) -> None:
    for age, number in (("ecole", "119"), ("college", "3018"), ("lycee", "3018")):
        for end, larger in (("", 1), ("-a3", 2**0.5)):
            poster = printed[f"affiche-{age}{end}"]
            title = {"ecole": "Quelqu", "college": "On menace", "lycee": "Chantage"}[age]
            assert _points(poster, title) >= 40 * larger, age
            assert _points(poster, number) >= 90 * larger, age
            assert _points(poster, "Ce n") >= 24 * larger, age
            assert len(re.findall(r"[\w’'.-]*\w", poster.pages[0])) <= 80, age
            if age != "ecole":
                picture = poster.pdf[0].render(scale=300 / 72, grayscale=True).to_pil()
                (code,) = zxingcpp.read_barcodes(picture)
                across = code.position.top_right.x - code.position.top_left.x
                assert across / 300 * 25.4 >= 28 * larger - 0.2, age


CARD = (95, 134)
"""Millimetres: somewhat smaller than A6, so that four leave a margin for the marks."""
CORNERS = tuple((x, y) for y in (11.5, 151.5) for x in (10, 105))
"""Where the four stand on their paper."""


def test_a_card_is_read_at_arms_length_and_cut_along_marks_that_are_not_on_it(
    printed: dict[str, Printed],
) -> None:
    """Its number is large, no text is under 9 points, and its ground goes on past the cut."""
    width, height = CARD
    for age in ("ecole", "college", "lycee"):
        cards = printed[f"affiche-{age}-cartes"]
        assert _points(cards, "119" if age == "ecole" else "3018") >= 60
        for side, page in enumerate(cards.pdf):
            for words in re.findall(r"[A-Z]\w+|\d+", cards.pages[side]):
                assert _points(cards, words, side) >= 8.9, words
            paper = page.render(scale=5 / 72 * 25.4, grayscale=True).to_pil()  # 5 pixels a mm

            def at(x: float, y: float, paper: Image = paper) -> int:
                column, row = round(x * 5), round(y * 5)
                darkest, _ = paper.crop((column - 1, row - 1, column + 2, row + 2)).getextrema()
                return int(darkest)

            for left, top in CORNERS:
                for y in (top, top + height):
                    assert at(5 if left < 100 else 205, y) < 128  # a mark, at both sides
                    assert abs(at(left + 20, y - 2) - at(left + 20, y + 2)) <= 2  # nothing at a cut
                for x in (left, left + width):
                    assert at(x, 5 if top < 100 else 292) < 128
                    assert abs(at(x - 2, top + 3) - at(x + 2, top + 3)) <= 2


@pytest.mark.parametrize("school", [LONG, FEW, CROWD], ids=["long", "few", "crowd"])
def test_whatever_a_school_says_its_sheets_keep_their_pages_and_nothing_is_overprinted(
    printed_by_school: PrintFor, school: str
) -> None:
    names = ["fiche-chaine", "affiche-ecole", "affiche-lycee-cartes", "affiche-college-depliant"]
    if "adresse_page" in school:
        names += ["fiche-premiers-mots", "fiche-salle"]
    for name in names:
        sheet = printed_by_school(name, school)
        most = 2 if name == "fiche-chaine" and school != FEW else PAGES[name]
        assert len(sheet.pdf) == most, name
        assert [overprinted(page) for page in sheet.pdf] == [[]] * len(sheet.pdf), name
        assert 9 <= sheet.smallest < 99, name
        paper = run_together("".join(sheet.pages))
        assert [text for text in sheet.said if run_together(text) not in paper] == [], name
        copies = 2 if name == "fiche-premiers-mots" else 1
        if name.startswith("fiche") and "adresse_page" in school:
            assert sum(sheet.codes(200).values()) == copies, name
    if school == LONG:  # the CRIP and the DSDEN stay, and it is said who does not
        chain = run_together("".join(printed_by_school("fiche-chaine", school).pages))
        assert run_together("Elle donne aussi : Personne chargée") in chain
        for role in ("crip", "dsden"):
            assert f"{role}1@" in chain or "0123456710" in chain, role


def test_no_side_of_a_sheet_is_left_half_empty(
    printed: dict[str, Printed], printed_by_school: PrintFor
) -> None:
    """What is written by hand takes the room that the words leave."""
    sheets = [(name, sheet) for name, sheet in printed.items() if name.startswith("fiche")]
    sheets += [("fiche-chaine", printed_by_school("fiche-chaine", each)) for each in (LONG, CROWD)]
    for name, sheet in sheets:
        for number, page in enumerate(sheet.pdf, start=1):
            assert empty_share(page) < 0.2, f"{name}, page {number}"


def test_a_school_of_many_is_named_by_one_of_each_role_on_what_pupils_see(
    printed_by_school: PrintFor,
) -> None:
    for name, named in (("affiche-ecole", 4), ("affiche-lycee-cartes", 2), ("affiche-lycee", 4)):
        sheet = printed_by_school(name, CROWD)
        assert len(sheet.pdf) == PAGES[name], name
        said = run_together(sheet.pages[-1])
        assert "Ouunautreadulted’ici." in said, name
        found = re.findall("Mme(Autre|Infirmerie|Cpe|Assistance|Psycho|Adjoint|Direct)", said)
        assert len(set(found)) == named, name
        assert not re.search("Mme[A-Za-z]*[234]Martin", said), name


def test_with_little_ink_a_poster_is_drawn_not_filled(
    offline: BrowserContext, exported_folder: Path
) -> None:
    """Same words, same codes, and nine tenths of the paper stay white."""
    page = offline.new_page()
    for age in ("ecole", "college", "lycee"):
        page.goto((exported_folder / f"affiche-{age}.html").as_uri())
        said, inked = [], []
        for with_little_ink in (False, True):
            page.locator(".feuille-encre input").set_checked(with_little_ink)
            (sheet,) = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
            said.append(sheet.get_textpage().get_text_range())
            shades = sheet.render(grayscale=True).to_pil().histogram()
            inked.append(sum(shades[:250]) / sum(shades))
        assert said[0] == said[1]
        assert inked[1] < 0.2 < inked[0]
    page.close()


def test_a_poster_on_a3_is_the_one_on_a4_enlarged(printed: dict[str, Printed]) -> None:
    for age in ("ecole", "college", "lycee"):
        small, large = (
            run_together("".join(printed[f"affiche-{age}{end}"].pages)) for end in SIZES
        )
        assert small == large


def test_blank_lines_wait_for_the_people_of_the_school(
    printed: dict[str, Printed], printed_by_school: PrintFor
) -> None:
    for name in ("affiche-lycee", "affiche-ecole", "affiche-lycee-depliant", "fiche-chaine"):
        blank = run_together("".join(printed[name].pages))
        sheet = printed_by_school(name)
        named = run_together("".join(sheet.pages))
        assert len(sheet.pdf) == PAGES[name], name
        for person in ("M. Diallo", "Mme Le Goff", "Mme Benali"):
            assert run_together(person) not in blank
            assert run_together(person) in named, name
        for phone in ("01 23 45 67 89", "01 98 76 54 32"):  # for staff, not for pupils
            assert (run_together(phone) in named) is (name == "fiche-chaine")
        if name.startswith("affiche"):
            assert len(sheet.codes(200)) == len(_codes_of(name)), name


def test_the_page_of_the_school_is_in_words_and_in_a_code_on_sheets_for_staff(
    printed: dict[str, Printed], printed_by_school: PrintFor
) -> None:
    (address,) = re.findall('adresse_page = "(.*)"', SCHOOL)
    for name, copies in (("fiche-chaine", 1), ("fiche-premiers-mots", 2), ("fiche-salle", 1)):
        for given in (None, "https://vie-scolaire.saint-exemple.fr/que-faire"):  # --adresse
            sheet = printed_by_school(name, address=given)
            assert sheet.codes(200) == {given or address: copies}, name
            paper = run_together("".join(sheet.pages))
            assert paper.count(run_together(in_words(given or address))) == copies, name
            assert len(sheet.pdf) == PAGES[name], name
        assert not printed[name].codes(200), name


def test_opening_a_sheet_asks_for_nothing(printed: dict[str, Printed]) -> None:
    for name, sheet in printed.items():
        assert [url for url in sheet.asked if not url.startswith("data:")] == [], name


# --- On a screen ----------------------------------------------------------------------------


@pytest.fixture
def page(offline: BrowserContext) -> Iterator[Page]:
    page = offline.new_page()
    yield page
    page.close()


def test_the_index_of_a_folder_is_printed_whole_on_one_page(
    page: Page, exported_folder: Path
) -> None:
    page.goto((exported_folder / "index.html").as_uri())
    page.emulate_media(media="print")
    assert 9 <= smallest_letters(page) < 99
    (sheet,) = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    paper = run_together(sheet.get_textpage().get_text_range())
    titles = page.locator(".feuille-sommaire li a").all_inner_texts()
    assert len(titles) > len(PAGES)
    assert [each for each in titles if run_together(each) not in paper] == []
    assert overprinted(sheet) == []


def test_one_button_prints_and_the_keyboard_reaches_it(page: Page, exported_folder: Path) -> None:
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    for name in PAGES:
        page.goto((exported_folder / f"{name}.html").as_uri())
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.innerText") == "Imprimer":
                break
        page.keyboard.press("Enter")
        assert page.evaluate("window.printed") == 1, name


def test_cards_are_read_once_on_a_screen(page: Page, exported_folder: Path) -> None:
    page.goto((exported_folder / "affiche-lycee-cartes.html").as_uri())
    assert page.locator("article:visible").count() == 2  # one side, then the other
    page.goto((exported_folder / "fiche-premiers-mots.html").as_uri())
    assert page.locator("article:visible").count() == 1


def test_without_javascript_all_is_there(chromium: Browser, exported_folder: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    for name in PAGES:
        page.goto((exported_folder / f"{name}.html").as_uri())
        assert page.locator("article h1").is_visible()
        assert page.get_by_role("button", name="Imprimer").is_hidden()
    context.close()


def test_the_folder_leads_from_page_to_page_without_a_network(
    page: Page, exported_folder: Path
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    home = exported_folder.as_uri()
    page.on("request", lambda r: None if same_place(r, home) else asked.append(r.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto((exported_folder / "index.html").as_uri())
    page.get_by_role("link", name="Commencez ici").click()
    visit = Visit(page, page.url)
    visit.tick("confidence")
    assert "dire-que-je-crois" in visit.open_lines()
    page.go_back()
    for link in page.locator(".feuille-sommaire li a").all():
        href = str(link.get_attribute("href"))
        link.click()
        page.locator("h1").first.wait_for()
        assert page.url.endswith(href)
        page.go_back()
    assert (asked, complaints) == ([], [])


@pytest.fixture(scope="module")
def static_host(exported_folder: Path) -> Iterator[str]:
    """Serve the folder as any static host does."""
    handler = partial(_Quiet, directory=str(exported_folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


def test_any_static_host_and_the_frame_of_an_ent_will_do(
    chromium: Browser, static_host: str
) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda r: None if same_place(r, static_host) else asked.append(r.url))
    page.set_content(f'<iframe src="{static_host}index.html" width=900 height=600></iframe>')
    frame = page.frame_locator("iframe")
    frame.get_by_role("link", name="Commencez ici").click()
    unfold(frame.locator("[data-moment=danger] > details"))
    unfold(frame.locator("[data-moment=danger] .reperes-cocher"))
    frame.locator("input[value=danger-suicide]").check()
    frame.locator("[data-conseil=appeler-15]").wait_for(state="visible")
    assert asked == []
    page.close()
