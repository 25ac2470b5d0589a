"""The board's HTML: whole, escaped, and saying by itself when each part shows."""

from __future__ import annotations

import copy
import random
import re
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
import tomlkit
from nbconvert import HTMLExporter, SlidesExporter

import signs
from signs.errors import ReperesError
from signs.model.entries import Section
from signs.model.freshness import is_stale
from signs.text.opening_hours import always_open
from widgets import Board
from widgets.board import markup
from widgets.board.conditions import Conditions
from widgets.render.static_widget import for_page
from widgets.runtime.selection import UnusableListError

AT = datetime(2026, 11, 21, 12)


class _Elements(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def with_(self, attribute: str) -> dict[str, dict[str, str | None]]:
        return {a[attribute] or "": a for _tag, a in self.found if attribute in a}


@pytest.fixture(scope="module")
def elements(sign_list: signs.SignList) -> _Elements:
    return _Elements(markup(sign_list, at=AT).html)


def _shows(attributes: dict[str, str | None], ticked: set[str]) -> bool:
    when = (attributes["data-quand"] or "").split()
    unless = (attributes.get("data-sauf") or "").split()
    return (when == ["toujours"] or not ticked.isdisjoint(when)) and ticked.isdisjoint(unless)


def test_the_whole_answer_stands_in_the_html(
    elements: _Elements, sign_list: signs.SignList
) -> None:
    assert list(elements.with_("data-conseil")) == [advice.id for advice in sign_list.advice]
    assert list(elements.with_("data-service")) == [service.id for service in sign_list.services]
    boxes = [a["value"] for tag, a in elements.found if tag == "input"]
    assert sorted(map(str, boxes)) == sorted(sign_list.items)


def test_the_attributes_say_what_orient_says(
    elements: _Elements, sign_list: signs.SignList
) -> None:
    picker = random.Random(2)
    advice, services = elements.with_("data-conseil"), elements.with_("data-service")
    for _ in range(300):
        ticked = set(picker.sample(list(sign_list.items), picker.randint(0, 20)))
        door = picker.choice([None, *sign_list.doors])
        answer = signs.orient(sign_list, ticked, AT, door)
        ticked |= {door} if door else set()
        assert [i for i, a in advice.items() if _shows(a, ticked)] == [a.id for a in answer.advice]
        assert [i for i, a in services.items() if _shows(a, ticked)] == [
            s.id for s in answer.services
        ]


def test_what_shows_at_first_is_what_is_not_hidden(elements: _Elements) -> None:
    for _tag, attributes in elements.found:
        if "data-quand" in attributes:
            assert ("hidden" in attributes) is not _shows(attributes, set())


def test_boxes_are_not_remembered_and_nothing_can_be_typed_or_sent(elements: _Elements) -> None:
    for tag, attributes in elements.found:
        if tag == "input":
            assert attributes["type"] == "checkbox"
            assert "autocomplete" not in attributes  # boxes may not have it: their form does
            assert "name" not in attributes
            assert "checked" not in attributes
        if tag == "form":
            assert attributes["autocomplete"] == "off"
            assert "action" not in attributes
        assert tag not in {"textarea", "select"}


def test_no_score_no_gauge_no_style_no_handler(elements: _Elements) -> None:
    for tag, attributes in elements.found:
        assert tag not in {"meter", "progress", "script", "style", "iframe", "img"}
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_ids_are_unique(elements: _Elements) -> None:
    ids = [a["id"] for _tag, a in elements.found if "id" in a]
    assert len(ids) == len(set(ids))


HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(1)"""
TEXTS = (
    *("titre", "libelle", "remarque", "autres_causes", "aide", "nom", "a_quoi_sert", "limites"),
    *("editeur", "section", "version", "responsable", "premiers_mots", "texte", "information"),
)


def test_nothing_from_a_list_becomes_markup(list_folder: Path) -> None:
    for file in list_folder.glob("*.toml"):
        written = tomlkit.parse(file.read_text(encoding="utf-8"))
        tables = [
            written,
            *(entry for value in written.values() if isinstance(value, list) for entry in value),
        ]
        for table in tables:
            for key in TEXTS:
                if isinstance(table.get(key), str):
                    table[key] = table[key] + HOSTILE
        file.write_text(tomlkit.dumps(written), encoding="utf-8")
    damaged = signs.load(list_folder)
    assert damaged.signs[0].label.endswith(HOSTILE)
    assert damaged.advice[0].text.endswith(HOSTILE)
    for tag, attributes in _Elements(markup(damaged, at=AT).html).found:
        assert tag not in {"script", "img"}
        assert not [name for name in attributes if name.startswith("on")]


def test_other_causes_are_not_shown_once_a_pupil_has_spoken(sign_list: signs.SignList) -> None:
    conditions = Conditions(sign_list)
    spoken = {s.id for s in sign_list.situations if s.moment == "parole"}
    assert set(conditions.other_causes.unless) == spoken | {"parole"}
    assert spoken <= set(conditions.leads["signes"].unless)


def test_without_javascript_the_same_conditions_are_css(sign_list: signs.SignList) -> None:
    drawn = markup(sign_list, at=AT)
    everything, _, known = drawn.css.partition("@supports selector(:has(*))")
    assert ".reperes-board [data-quand][hidden]{display:block}" in everything
    assert known.startswith("{.reperes-board [data-quand][hidden]{display:none}")
    for attribute, display in (("quand", "block"), ("sauf", "none")):
        lists = _Elements(drawn.html).with_(f"data-{attribute}")
        named = {id_ for ids in lists for id_ in ids.split()} - {"toujours"}
        ruled = re.findall(rf'\[data-{attribute}~="?([^"\]]+)"?\]{{display:{display}}}', drawn.css)
        assert sorted(ruled) == sorted(named), attribute
    assert "<" not in drawn.css


@pytest.mark.parametrize(
    ("checked_on", "stale"),
    [
        ("2024", True),
        ("2025-11-20", True),
        ("2025-11-21", False),
        ("2026", False),
        ("2026-03", False),
        ("2025-06", True),
    ],
)
def test_a_contact_checked_more_than_a_year_ago_is_to_be_checked_again(
    checked_on: str, stale: bool
) -> None:
    assert is_stale(checked_on, date(2026, 11, 21)) is stale


def test_old_hours_say_when_they_were_read_and_no_card_is_to_be_checked_again(
    sign_list: signs.SignList,
) -> None:
    """A number that the law fixes has no age, nor has what answers day and night."""
    html = markup(sign_list, at=datetime(2035, 1, 1)).html.replace("\u00a0", " ")
    changing = [s for s in sign_list.services if s.hours and not always_open(s.hours)]
    assert 0 < len(changing) < len(sign_list.services)
    assert html.count("Horaires lus en 20") == len(changing)
    assert "à revérifier" not in html
    fresh = [s for s in changing if not is_stale(s.checked_on, AT.date())]
    now = markup(sign_list, at=AT).html
    assert now.count("Horaires lus en") == len(changing) - len(fresh)


def test_every_contact_bears_its_date(sign_list: signs.SignList) -> None:
    assert markup(sign_list, at=AT).html.count("Vérifié") == len(sign_list.services)


def test_a_board_in_a_notebook_is_a_live_view_and_html_for_where_none_can_live(
    sign_list: signs.SignList,
) -> None:
    board = Board(sign_list, at=AT)
    data, metadata = board._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert for_page(data["text/html"]) == markup(sign_list, at=AT).html
    assert "<noscript>" not in data["text/html"], "no script of ours may run where it is shown"
    assert metadata["reperes"] == {"widget": "board", "css": markup(sign_list, at=AT).css}
    assert "reperes-urgences" in board.html


def test_what_is_ticked_is_not_shared_unless_a_trainer_asks(sign_list: signs.SignList) -> None:
    assert Board(sign_list, at=AT).shared is False
    assert Board(sign_list, at=AT, shared=True).shared is True


def _sentence(html: str) -> str:
    (sentence,) = re.findall(r'"reperes-prive">.*?<span>(.*?)</span>', html, re.DOTALL)
    return str(sentence)


def test_a_board_says_whether_what_is_ticked_leaves_the_page(sign_list: signs.SignList) -> None:
    here, told = "Rien de ce que vous cochez ne quitte cette page", "reçoit ce que vous cochez"
    board = Board(sign_list, at=AT)
    for shared in (False, True, False):
        board.shared = shared
        sentence = _sentence(board.html)
        assert (told in sentence) is shared
        assert (here in sentence) is not shared
        assert here in _sentence(board.static_view().html), "no kernel hears what stands there"


def _from_page(board: Board, content: object) -> None:
    """Have a board hear what its front end sends."""
    board._handle_custom_msg(content, [])  # noqa: SLF001 (of ipywidgets, which offers no other)


@pytest.mark.parametrize("shared", [True, False])
def test_no_state_that_a_notebook_may_save_tells_what_is_ticked(
    sign_list: signs.SignList, shared: bool
) -> None:
    board = Board(sign_list, at=AT, shared=shared)
    before = copy.deepcopy(Board.get_manager_state())
    heard: list[list[str]] = []
    board.observe(lambda change: heard.append(change["new"]), "selection")
    _from_page(board, {"selection": ["sommeil", "inconnu"]})
    _from_page(board, "autre chose")
    assert heard == ([["sommeil"]] if shared else [])
    if shared:
        board.selection = ["confidence"]
    assert Board.get_manager_state() == before
    assert "selection" not in board.get_state()


def test_python_tells_the_page_what_it_selects_and_not_what_it_heard(
    sign_list: signs.SignList, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = Board(sign_list, at=AT, shared=True)
    sent: list[object] = []
    monkeypatch.setattr(Board, "send", lambda _board, content: sent.append(content))
    _from_page(board, {"selection": ["sommeil"]})
    assert sent == []
    board.selection = ["confidence"]
    _from_page(board, {"selection": [], "drawn": True})
    assert sent == [{"selection": ["confidence"]}] * 2, "a page drawn anew is told it again"
    _from_page(board, {"selection": ["sommeil"]})
    _from_page(board, {"selection": [], "drawn": True})
    assert len(sent) == 2, "what somebody ticked is not ticked again for the next one"
    assert board.selection == []


@pytest.mark.parametrize(
    ("given", "selected"),
    [
        ({"isolement", "sommeil"}, ["sommeil", "isolement"]),
        (("sommeil", "sommeil"), ["sommeil"]),
        ("sommeil", ["sommeil"]),
        ([], []),
    ],
)
def test_any_collection_of_ids_can_be_selected(
    sign_list: signs.SignList, given: object, selected: list[str]
) -> None:
    board = Board(sign_list, at=AT, shared=True)
    board.selection = given
    assert board.selection == copy.deepcopy(board.selection) == selected
    assert Board(sign_list, shared=True, selection=given).selection == selected


def test_what_is_added_to_a_selection_is_ticked(
    sign_list: signs.SignList, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    monkeypatch.setattr(Board, "send", lambda _board, content: sent.append(content))
    board = Board(sign_list, at=AT, shared=True)
    board.selection += ["isolement"]
    board.selection |= {"sommeil"}
    assert sent == [{"selection": ["isolement"]}, {"selection": ["sommeil", "isolement"]}]
    for change in (board.selection.append, board.selection.remove, board.selection.__delitem__):
        with pytest.raises(ReperesError, match="ne se change pas sur place"):
            change("sommeil")
    board.shared = False
    assert board.selection == []


def test_what_a_board_cannot_do_is_told_in_french(sign_list: signs.SignList) -> None:
    board = Board(sign_list, layout={"width": "300px"})
    assert (board.layout.width, repr(board)[-8:]) == ("300px", " (Board)")
    with pytest.raises(ReperesError, match="ne suit pas Python"):
        board.selection = ["sommeil"]
    with pytest.raises(ReperesError, match=r"titre.+ n’est pas une option de Board"):
        Board(sign_list, titre="x")
    with pytest.raises(ReperesError, match=r"oui.+ n’est ni vrai ni faux"):
        board.shared = "oui"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["sommeil", "someil"], "« someil » est inconnu. Vouliez-vous dire « sommeil » ?"),
        (["appeler-15"], "« appeler-15 » est inconnu."),
        ([3], "« 3 » n’est pas l’identifiant d’un signe"),
        (None, "« None » n’est pas l’identifiant d’un signe"),
    ],
)
def test_what_is_no_tick_is_refused_in_french_and_changes_nothing(
    sign_list: signs.SignList, given: object, told: str
) -> None:
    board = Board(sign_list, at=AT, shared=True)
    board.selection = ["confidence"]
    with pytest.raises(ReperesError) as refused:
        board.selection = given
    (line,) = refused.value._render_traceback_()
    assert told in line.replace("\u00a0", " ").replace("\u202f", " ")
    assert board.selection == ["confidence"]


def test_nbconvert_shows_the_text_where_no_state_of_widgets_is_stored(
    sign_list: signs.SignList,
) -> None:
    data, metadata = Board(sign_list, at=AT)._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("Board()", execution_count=1, outputs=[output])
    for exporter in (HTMLExporter(), SlidesExporter()):
        html, _ = exporter.from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
        assert 'class="reperes-board' in html


def test_a_board_shows_the_list_that_the_environment_names(
    list_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPERES_LISTE", str(list_folder))
    assert Board().sign_list.id == "ma-liste"


def test_a_broken_list_is_told_in_french_in_the_cell(
    list_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (list_folder / "signes.toml").unlink()
    monkeypatch.setenv("REPERES_LISTE", str(list_folder))
    with pytest.raises(UnusableListError) as caught:
        Board()
    (line, *_) = caught.value._render_traceback_()
    assert "signes.toml:1" in line
    assert "manque" in line


SCHOOL = """
format = 1
etablissement = "Collège des Essais"

[[contact]]
role = "infirmerie"
nom = "<b>Une infirmière</b>"
telephone = "01 99 00 12 34"

[[contact]]
role = "crip"
telephone = "01 99 00 56 78"
courriel = "crip@exemple.fr"
adresse_postale = "4, rue des Tilleuls, 75000 Ville"
adresse = "https://www.exemple.fr/crip"
"""


def test_the_school_s_contacts_come_first_where_one_reads_whom_to_tell(
    tmp_path: Path, sign_list: signs.SignList
) -> None:
    file = tmp_path / "ecole.toml"
    file.write_text(SCHOOL, encoding="utf-8")
    here = signs.load(school=file)
    html = markup(here, at=AT).html
    told = html[html.index('data-temps="aujourdhui"') :]
    assert told.index("tel:0199001234") < told.index("tel:0199005678") < told.index("data-conseil")
    assert "Collège des Essais" in told
    assert "&lt;b&gt;Une infirmière" in told
    assert ">exemple" in told
    assert '"mailto:crip@exemple.fr">crip@exemple.fr<' in told
    assert "4, rue des Tilleuls, 75000" in told
    assert "reperes-ici" not in markup(sign_list, at=AT).html


def test_nobody_of_the_school_is_named_where_one_of_them_may_be_the_author(tmp_path: Path) -> None:
    file = tmp_path / "ecole.toml"
    file.write_text(SCHOOL, encoding="utf-8")
    here = signs.load(school=file)
    lists = _Elements(markup(here, at=AT).html).with_("data-ici")
    for ticked in (set(), {"confidence"}, {"auteur-personnel"}, {"auteur-direction", "confidence"}):
        named = signs.orient(here, ticked, AT).contacts
        assert _shows(lists["personnes"], ticked) is any(contact.inside for contact in named)
        assert _shows(lists["alentour"], ticked) is any(not contact.inside for contact in named)


def test_only_sentences_to_say_are_offered_to_be_copied(sign_list: signs.SignList) -> None:
    html = markup(sign_list, at=AT).html
    for advice in sign_list.advice:
        start = html.index(f'data-conseil="{advice.id}"')
        words = html[start : html.index("reperes-raison", start)]
        quotes = advice.section is Section.TALK and "« " in advice.in_short
        assert ("reperes-copier" in words) is quotes, advice.id


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (400, True)])
def test_without_javascript_too_a_list_past_its_review_says_so(
    sign_list: signs.SignList, days: int, told: bool
) -> None:
    due = datetime.fromisoformat(sign_list.info.review_before)
    html = markup(sign_list, at=due + timedelta(days=days)).html
    (warning,) = re.findall(r"<strong data-revoir=[^>]*>", html)
    assert (" hidden" not in warning) is told


def test_overseas_hours_say_whose_clock_they_are(tmp_path: Path) -> None:
    file = tmp_path / "ecole.toml"
    for territory, said in (("mayotte", True), ("metropole", False)):
        file.write_text(f'format = 1\nterritoire = "{territory}"\n', encoding="utf-8")
        html = markup(signs.load(school=file), at=AT).html
        assert ("heure de Paris" in html) is said
        assert "nuit, tous les jours, heure de Paris" not in html  # day and night is so everywhere


def test_who_read_an_advice_again_is_said_where_its_source_is(list_folder: Path) -> None:
    file = list_folder / "conseils.toml"
    text = file.read_text(encoding="utf-8")
    review = 'rang = 10\nrelu_par = "une assistante sociale"\nrelu_le = "2026-10"\n'
    file.write_text(text.replace("rang = 10\n", review, 1), encoding="utf-8")
    html = markup(signs.load(list_folder), at=AT).html.replace("\u00a0", " ")
    assert "Relu par une assistante sociale, octobre 2026." in html
