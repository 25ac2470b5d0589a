"""Text becomes markup in one place, and nothing else becomes markup."""

from __future__ import annotations

import re

import pytest

import signs
from widgets.board.board import markup
from widgets.render.html import (
    callable_numbers,
    in_language,
    markdown,
    notebook_markdown,
    typography_html,
)

N, F = "\u00a0", "\u202f"  # no-break, and narrow (« fine »)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("un\n\ndeux", "<p>un</p>\n<p>deux</p>\n"),
        ("**gras**", "<p><strong>gras</strong></p>\n"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"),
        (
            "[ici](https://3114.fr)",
            '<p><a href="https://3114.fr" rel="noreferrer" target="_blank">ici'
            '<span class="reperes-lu"> (nouvel onglet)</span></a></p>\n',
        ),
    ],
)
def test_paragraphs_lists_bold_and_links_are_markdown(text: str, html: str) -> None:
    assert markdown(text) == html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](http://example.org)",
        "![x](https://example.org/pixel.png)",
        "<a href='https://example.org'>x</a>",
        "<style>*{display:none}</style>",
    ],
)
def test_everything_else_stays_text(hostile: str) -> None:
    html = markdown(hostile)
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "a", "span"}
    assert all(url.startswith("https://") for url in re.findall(r'href="([^"]*)', html))


def test_headings_are_for_notebooks_only() -> None:
    assert notebook_markdown("# Titre") == "<h1>Titre</h1>\n"
    assert 'href="tel:15"' in notebook_markdown("Appelez le 15.")
    assert markdown("# Titre") == "<p># Titre</p>\n"


def test_in_html_only_what_is_read_is_set() -> None:
    html = """<a href="https://x.fr/?a ! b" id="l'un">Où ?</a><style>a { b : c ; }</style>"""
    assert typography_html(html) == (
        f"""<a href="https://x.fr/?a ! b" id="l'un">Où{F}?</a><style>a {{ b : c ; }}</style>"""
    )


@pytest.mark.parametrize("name", ["aria-label", "alt", "placeholder", "title"])
def test_what_is_read_aloud_is_set_too(name: str) -> None:
    assert typography_html(f"""<b {name}="Où est l&#39;élève ?">""") == (
        f"""<b {name}="Où est l’élève{F}?">"""
    )


@pytest.mark.parametrize(
    "preserved",
    [
        "<textarea>l'élève ?</textarea>",
        """<input value="l'élève ?">""",
        "<pre>quand = 'l'un' ?</pre>",
        """<script>x = '<a title="où ?">' ;</script>""",
        "<p>tapez <code>a ; b ?</code></p>",
        """<p><span lang="en">Don't ask: tell</span></p>""",
    ],
)
def test_what_is_typed_or_run_stays_as_it_is(preserved: str) -> None:
    assert typography_html(preserved) == preserved


def test_another_language_is_said_to_be_one() -> None:
    assert in_language("Que faire", "fr") == "Que faire"
    assert in_language("What <now>", "en") == '<span lang="en">What &lt;now&gt;</span>'


def test_the_whole_board_is_set_once(sign_list: signs.SignList) -> None:
    once = markup(sign_list).html
    assert typography_html(once) == once


def test_a_mark_after_a_tag_stays_with_it() -> None:
    assert typography_html("<b>mot</b> ?") == f"<b>mot</b>{F}?"
    assert typography_html("<b>mot</b> : suite") == f"<b>mot</b>{N}: suite"


@pytest.mark.parametrize("apostrophe", ["&#39;", "'"])
def test_an_apostrophe_is_one_however_it_is_written(apostrophe: str) -> None:
    assert typography_html(f"<p>l{apostrophe}élève</p>") == "<p>l’élève</p>"
    assert typography_html(f"<p>l{apostrophe}<b>élève</b></p>") == "<p>l’<b>élève</b></p>"


@pytest.mark.parametrize("text", ["Parents &amp; élèves", "3 &lt; 4 ; 5 &gt; 4"])
def test_what_was_escaped_stays_escaped_and_whole(text: str) -> None:
    assert typography_html(f"<p>{text}</p>").replace(F, " ") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (
            "Appelez le 15, le 17 ou le 112 ; écrivez au 114",
            ["tel:15", "tel:17", "tel:112", "sms:114"],
        ),
        ("coups craints : appelez le 17 ou le 119 avant la sortie", ["tel:17", "tel:119"]),
        ("En cas de danger, le 17 ou le **15** (114 par SMS)", ["tel:17", "tel:15", "sms:114"]),
        ("La CRIP et le 119 vous conseillent ; demandez au 15.", ["tel:119", "tel:15"]),
        (
            "0262 90 00 00, 0 810 00 90 00, 01.23.45.67.89",
            ["tel:0262900000", "tel:0810009000", "tel:0123456789"],
        ),
        ("le 39 19, au 3919 ou (36 46)", ["tel:3919", "tel:3919", "tel:3646"]),
        ("à la gendarmerie (17), et le **3018**", ["tel:17", "tel:3018"]),
        ("Depuis l'outre-mer : 01 80 52 33 76.", ["tel:0180523376"]),
        ("le 116 006, le 0 800 235 236", ["tel:116006", "tel:0800235236"]),
        ("avant 18 ans, dès 15 ans ou 17 ans, à 17 h ou 18 h", []),
        ("le 15 mars, le 18 novembre, articles 114-2 et 434-3", []),
        ("bureau 119, salle 112, bureaux 15 ou 17, le bus 114, page (17), salle 3018", []),
        ("Permanence le 15 de chaque mois ; réunion des familles le 17 à 18 h, le 15/09.", []),
        ("au 17, rue Pasteur ; entre le 15 et le 20 mars ; prévenez la famille le 15", []),
        ("Appelez le 15 mars ; appelez le 17 ou le 19 ; 3018 élèves", []),
        ("le 17 élèves, 3 114, 1119, 3018,5, n-119", []),
        ("[le 3018](https://3018.fr)", []),
    ],
)
def test_numbers_to_call_are_links_and_other_numbers_are_not(text: str, called: list[str]) -> None:
    html = str(callable_numbers(markdown(text)))
    assert re.findall(r'class="reperes-appel" href="([^"]*)"', html) == called
    assert re.sub(r'<a class="reperes-appel"[^>]*>(.*?)</a>', r"\1", html) == str(markdown(text))


def test_what_is_no_html_is_escaped_before_its_numbers_are_links() -> None:
    assert str(callable_numbers("<b> au 3018")).startswith("&lt;b&gt; au <a ")
