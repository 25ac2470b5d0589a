"""The workshop's HTML: all of it there, one board, ids that stand once, and no trace of anybody."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

import signs
from widgets import Booklet, Workshop
from widgets.render.static_widget import for_page
from widgets.workshop.workshop import UnknownVignetteError, leads_to

AT = datetime(2026, 11, 21, 12)


@pytest.fixture(scope="module")
def html(sign_list: signs.SignList) -> str:
    data, _metadata = Workshop(sign_list=sign_list, at=AT)._repr_mimebundle_()
    return for_page(data["text/html"])


def test_every_story_question_myth_and_sentence_stands_in_the_html(
    html: str, sign_list: signs.SignList
) -> None:
    assert re.findall(r'data-vignette="([^"]+)"', html) == [v.id for v in sign_list.vignettes]
    asked = sum(len(vignette.questions) for vignette in sign_list.vignettes)
    stories = html[html.index("atelier-vignette") : html.index("atelier-tableau")]
    assert stories.count("<ol>") == len(sign_list.vignettes)
    assert (
        len(re.findall(r"<li>", "".join(re.findall(r"<ol>.*?</ol>", stories, re.DOTALL)))) == asked
    )
    for step in sign_list.steps:
        assert f'data-etape="{step.id}"' in html
    assert html.count("atelier-mieux") == len(sign_list.phrases)


def test_ids_stand_once_and_there_is_one_board(html: str) -> None:
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert [id_ for id_, count in ids.items() if count > 1] == []
    assert html.count('class="reperes-board"') == 1


def test_nothing_of_a_person_is_asked_for(html: str) -> None:
    assert not re.search(r"<textarea|type=\"(?:text|email|file)\"|contenteditable", html)
    assert not re.search(r"\bscore\b[^.]*\d|\d+\s*/\s*\d+ points?", html)


def test_nothing_is_shared_with_python(sign_list: signs.SignList) -> None:
    mine = set(Workshop(sign_list=sign_list).traits(sync=True)) - set(
        Workshop.__mro__[1]().traits(sync=True)
    )
    assert mine <= {"html", "_esm", "_css", "_anywidget_id"}


def test_a_trainer_chooses_the_stories_and_their_order(sign_list: signs.SignList) -> None:
    wanted = ["vignette-montage", "vignette-rumeur"]
    for widget in (Workshop(wanted, sign_list=sign_list), Booklet(wanted, sign_list=sign_list)):
        html = widget._repr_mimebundle_()[0]["text/html"]
        places = [html.index(title) for title in ("Ce n’est pas elle", "En salle des personnels")]
        assert places == sorted(places)
        assert "Trois cartes cadeaux" not in html


def test_a_story_nobody_knows_is_a_french_sentence_without_a_traceback(
    sign_list: signs.SignList,
) -> None:
    with pytest.raises(UnknownVignetteError, match=r"Vouliez-vous dire .*vignette-rumeur") as told:
        Workshop(["vignette-rumeurs"], sign_list=sign_list)
    assert told.value._render_traceback_() == [str(told.value)]


def test_what_a_school_settles_is_neither_asked_nor_shown(tmp_path: Path) -> None:
    file = tmp_path / "ecole.toml"
    said = ["format = 1", 'etablissement = "Lycée"', 'genre = "lycee"']
    file.write_text("\n".join(said), encoding="utf-8")
    school = signs.load(school=file)
    assert "ecole-primaire" not in school.items
    for vignette in school.vignettes:
        shown = leads_to(school, vignette)
        assert shown
        assert "prevenir-en-primaire" not in {advice.id for advice in shown}
    assert "ecole-primaire" not in Workshop(sign_list=school)._repr_mimebundle_()[0]["text/html"]


def test_the_page_leaves_out_what_speaks_to_the_open_notebook(exported_folder: Path) -> None:
    page = (exported_folder / "atelier.html").read_text(encoding="utf-8")
    assert "S’exercer, ensemble" in page
    assert "Comment Repères choisit" not in page
    assert "because" not in page


def test_the_booklet_has_the_notes_the_timing_and_where_each_story_leads(
    exported_folder: Path, sign_list: signs.SignList
) -> None:
    page = (exported_folder / "carnet-formateur.html").read_text(encoding="utf-8")
    assert page.count('class="carnet-vignette"') == len(sign_list.vignettes)
    assert page.count("Pour vous</h") == len(sign_list.vignettes) + len(sign_list.steps)
    assert "<strong>88 min</strong>" in page.replace("\u00a0", " ")
    assert "<strong>20 min</strong>" in page.replace("\u00a0", " ")
    assert "<input" not in page
