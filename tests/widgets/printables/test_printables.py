"""The sheets to print: what stands on each, and what never may."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import signs
from signs.text.typography import typography
from tests.conftest import Run
from widgets.board.board import markup
from widgets.page.csp import policy_of
from widgets.printables import Sheet, render_sheet, sheets_of
from widgets.printables.codes import code, in_words

DAY = date(2026, 11, 25)
NUMBERS = {"3018", "119", "3114", "15", "17", "112", "114"}
CODES = ("violences-numeriques-3018", "espace-mineurs", "pharos", "thesee")
CODES_FOR_CHILDREN = CODES[:2]  # the others are forms
ENDS = ("", "-a3", "-cartes", "-depliant")


@pytest.fixture(scope="module")
def pages(sign_list: signs.SignList) -> dict[str, str]:
    return {
        name: render_sheet(sheet, sign_list, DAY) for name, sheet in sheets_of(sign_list).items()
    }


def _text(page: str) -> str:
    """Return what one reads between the toolbar and the foot of the page, spaces made plain."""
    body = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


def _plain_text(text: str) -> str:
    """Return a text of the list as :func:`_text` gives it back."""
    return re.sub(r"\s+", " ", typography(text))


def test_staff_have_their_sheets_and_pupils_of_each_age_two_posters_cards_and_a_leaflet(
    sign_list: signs.SignList,
) -> None:
    sheets = sheets_of(sign_list)
    assert {h.model for h in sign_list.handouts} >= {
        "observation",
        "premiers-mots",
        "chaine",
        "avant",
        "note",
    }
    assert [poster.age for poster in sign_list.posters] == ["ecole", "college", "lycee"]
    for poster in sign_list.posters:
        sizes = [sheets[f"{poster.id}{end}"].paper.words[:2] for end in ENDS]
        assert sizes == ["A4", "A3", "A4", "A4"]


def test_each_says_its_day_and_to_adults_its_list_and_when_to_look_at_it_again(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    for name, page in pages.items():
        text = _text(page)
        assert f"liste version {sign_list.info.version}" in text, name
        day = "novembre 2026" if name.startswith("affiche") else "Feuille du 25 novembre 2026"
        assert day.lower() in text.lower(), name
        assert "à revoir avant le 21 mai 2027" in text, name
        assert "la date est passée" not in text, name
        assert page.count("<h1") == 1, name
        assert policy_of(page).startswith("default-src 'none'"), name


def test_past_its_day_a_sheet_says_so(sign_list: signs.SignList) -> None:
    sheets = sheets_of(sign_list)
    for sheet in sheets.values():
        late = render_sheet(sheet, sign_list, date(2027, 5, 21))
        assert "la date est passée, vérifiez les numéros" in _text(late)


def test_a_sheet_depends_on_nothing_but_the_list_and_the_day(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    for name, sheet in sheets_of(signs.load()).items():
        assert render_sheet(sheet, sign_list, DAY) == pages[name]


def test_the_aid_has_every_sign_no_score_and_no_place_for_a_name(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    text = _text(pages["fiche-observation"])
    page = pages["fiche-observation"]
    for sign in sign_list.signs:
        assert _plain_text(sign.label) in text
    assert page.count('class="feuille-case"') == len(sign_list.signs)
    assert "<input" not in page
    assert not re.search(r"\b(score|total|nombre de|points?)\b", text, re.IGNORECASE)
    asked = " ".join(re.findall(r"<b>([^<]*)</b>", page))
    assert not re.search(r"\b(nom|prénom|classe|initiales)\b", asked, re.IGNORECASE)
    assert "N’écrivez ni nom" in text


def test_an_immediate_sign_says_on_paper_too_whom_to_call(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    text = _text(pages["fiche-observation"])
    for sign in sign_list.signs:
        after = text[text.index(_plain_text(sign.label)) :][:140]
        assert ("le 15 ou le 112" in after) or sign.urgency != "immediate"
        assert ("À dire aujourd’hui" in after) or sign.urgency != "today"


def test_the_first_words_are_those_of_every_door(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    text = _text(pages["fiche-premiers-mots"])
    for moment in sign_list.moments:
        assert (_plain_text(moment.title) in text) is moment.entry_point


def test_what_holds_in_one_case_only_says_so_on_the_chain(pages: dict[str, str]) -> None:
    text = _text(pages["fiche-chaine"])
    for said, case in (
        ("N’en parlez pas à la direction", "quelqu’un de la direction"),
        ("N’appelez pas la famille", "quelqu’un de la famille"),
    ):
        before = text[: text.index(said)]
        assert case in before[before.rindex("Seulement si") :]


def test_the_workshop_on_paper_gives_every_story_then_where_it_leads(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    text = _text(pages["fiche-atelier"])
    stories, answers = text.split("À donner après")
    advice = {each.id: each for each in sign_list.advice}
    assert len(sign_list.vignettes) >= 12
    for vignette in sign_list.vignettes:
        assert _plain_text(vignette.title) in stories
        assert all(_plain_text(question) in stories for question in vignette.questions)
        assert all(_plain_text(advice[id_].in_short) in answers for id_ in vignette.leads_to)
    without = sign_list.model_copy(update={"vignettes": ()})
    assert "fiche-atelier" not in sheets_of(without)


def test_the_card_of_first_words_goes_round_whoever_may_be_the_author(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    text = _text(pages["fiche-premiers-mots"])
    items = sign_list.items
    for advice in sign_list.advice:
        if advice.id in ("contourner-la-direction", "ne-pas-appeler-la-famille"):
            case = _plain_text(f"« {items[str(advice.when[0])].label} » :")
            assert f"{case} {_plain_text(advice.in_short)}" in text


def _for_pupils(page: str) -> str:
    """Return what a sheet says to pupils: all but the bar for the adult who prints it."""
    start = page.index('class="feuille-outils"')
    seen = re.sub(r'<span class="reperes-lu">[^<]*</span>', "", page)
    return _text(f"<main{seen[seen.index('</div>', start) :]}")


def test_a_poster_says_one_sentence_and_one_number(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    services = {service.id: service for service in sign_list.services}
    for poster in sign_list.posters:
        number = str(services[poster.number].phone)
        for end in ENDS[:3]:
            page = pages[f"{poster.id}{end}"]
            said = _for_pupils(page)
            big = set(re.findall(r'"affiche-numero">([^<]*)<', page))
            assert big == {number}
            for words in (poster.title, poster.reassurance, poster.tell_in_short):
                assert _plain_text(words) in said
            line = page[page.index('"affiche-ligne"') :]
            others = re.findall(r"<strong>([\d ]+)</strong>", line[: line.index("</ul>")])
            assert others[0] == "3114"
            assert {number, *others} >= {"119", "15", "17", "114", "3018"}
            assert not re.search(r"version|vérifi|Pharos|THESEE|·", said), end
            if end != "-cartes":
                assert len(re.findall(r"[\w’'.-]*\w", said)) <= 80


def test_a_poster_for_children_leads_to_an_adult_and_to_no_form(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    poster = next(each for each in sign_list.posters if each.age == "ecole")
    for end in ENDS[:3]:
        said = _for_pupils(pages[f"{poster.id}{end}"])
        assert "un adulte qui t’écoute et te protège, à l’école ou à la maison" in said
        assert "Code à scanner" not in unescape(pages[f"{poster.id}{end}"])
        assert max(len(word) for word in re.findall(r"\w+", said)) <= 9


def test_a_leaflet_tells_the_rest_for_who_wants_to_read(
    pages: dict[str, str], sign_list: signs.SignList
) -> None:
    services = {service.id: service for service in sign_list.services}
    for poster in sign_list.posters:
        page = pages[f"{poster.id}-depliant"]
        said = _for_pupils(page)
        for words in (
            *(poster.explanation, poster.not_your_fault, *poster.myths),
            *(poster.stop, poster.hold_out, poster.keep, poster.tell),
        ):
            assert _plain_text(words) in said
        listed = page[page.index('"feuille-numeros"') : page.index('"feuille-ici"')]
        numbers = re.findall(r"<strong>(?:<span>SMS </span>)?([\d ]+)</strong>", listed)
        assert set(numbers) == NUMBERS
        codes = CODES_FOR_CHILDREN if poster.age == "ecole" else CODES
        for id_ in codes:
            url = services[id_].url
            assert url
            assert f"Code à scanner\u00a0: {in_words(url)}" in unescape(page)
            assert f'href="{url}"' in page
        assert said.count("Pas pour") == len(codes)


def test_no_poster_reproaches(sign_list: signs.SignList) -> None:
    for poster in sign_list.posters:
        said = " ".join(str(value) for value in poster.model_dump().values()).lower()
        assert not re.search(r"tu (aurais|n'aurais|devais)|jamais envoyer|honte|imprudent", said)
        assert re.search(r"pas ta faute|pas responsable", said)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://3018.fr", "3018.fr"),
        ("https://www.exemple.fr/", "exemple.fr"),
        ("https://exemple.fr/a/b?c=d", "exemple.fr/a/b?c=d"),
    ],
)
def test_an_address_is_told_as_one_types_it(address: str, words: str) -> None:
    assert in_words(address) == words


def test_a_code_keeps_its_light_border_and_has_a_name() -> None:
    drawn = code("https://3018.fr")
    assert 'role="img"' in drawn
    assert 'aria-label="Code à scanner : 3018.fr"' in drawn
    assert 'fill="#fff"' in drawn
    assert "style=" not in drawn


def test_a_list_without_posters_or_handouts_has_no_sheet(sign_list: signs.SignList) -> None:
    bare = sign_list.model_copy(update={"posters": (), "poster_helps": (), "handouts": ()})
    assert sheets_of(bare) == {}


def test_names_are_safe_on_any_disk(sign_list: signs.SignList) -> None:
    for name, sheet in sheets_of(sign_list).items():
        assert isinstance(sheet, Sheet)
        assert re.fullmatch(r"[a-z0-9-]{1,60}", name)


def test_how_to_reach_a_contact_is_on_the_page_on_paper_and_in_the_terminal(
    tmp_path: Path, command: Run
) -> None:
    """In writing, by an extension after a number, and by an internal number alone."""
    (tmp_path / "ecole.toml").write_text(
        'format = 1\n[[contact]]\nrole = "crip"\ncourriel = "crip@exemple.fr"\n'
        'adresse_postale = "4, rue des Tilleuls, 75000 Ville"\n'
        '[[contact]]\nrole = "cpe"\ntelephone = "01 99 00 12 34"\nposte = "12"\n'
        '[[contact]]\nrole = "infirmerie"\nposte = "4512"\n'
        '[[service]]\nid = "enfance-en-danger-119"\nposte = "7"\n',
        encoding="utf-8",
    )
    sign_list = signs.load(school=tmp_path / "ecole.toml")
    sheets = sheets_of(sign_list)
    chain, room = (
        _text(render_sheet(sheets[name], sign_list, DAY))
        for name in ("fiche-chaine", "fiche-salle")
    )
    answer = " ".join(command("orienter", "--ecole", "ecole.toml", "confidence").stdout.split())
    for shown in (chain, answer):
        assert "crip@exemple.fr, 4, rue des Tilleuls, 75000 Ville" in shown
        assert "01 99 00 12 34, poste 12" in shown
        assert "poste 4512" in shown
    assert "119, poste 7" in room
    page = markup(sign_list).html
    board = _text(f"<main>{page}</main>")
    assert "01 99 00 12 34 poste 12" in board
    assert "Infirmerie poste 4512" in board
    assert "119 poste 7" in board
    assert 'href="tel:0199001234"' in page, "what is dialled is the number alone"
    report = json.loads(command("orienter", "--json", "--ecole", "ecole.toml").stdout)
    assert [each["poste"] for each in report["contacts"]] == ["12", "4512", None]
