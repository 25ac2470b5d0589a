"""One page from an executed notebook: whole or not at all, and only what we wrote runs."""

from __future__ import annotations

import base64
import hashlib
import re

import nbformat
import pytest

import signs
from widgets.board import markup
from widgets.page.csp import policy_of
from widgets.page.errors import PageError
from widgets.page.shell import render_error, render_page

V4 = nbformat.v4


def _notebook(*outputs: nbformat.NotebookNode, ran: bool = True) -> nbformat.NotebookNode:
    cell = V4.new_code_cell("Board()", execution_count=1 if ran else None, outputs=list(outputs))
    return V4.new_notebook(
        metadata={"title": "Essai"}, cells=[V4.new_markdown_cell("# Titre"), cell]
    )


@pytest.fixture(scope="module")
def output(sign_list: signs.SignList) -> nbformat.NotebookNode:
    drawn = markup(sign_list)
    return V4.new_output(
        "execute_result",
        data={"text/html": drawn.html},
        metadata={"reperes": {"widget": "board", "css": drawn.css}},
    )


@pytest.fixture(scope="module")
def page(output: nbformat.NotebookNode) -> str:
    return render_page(_notebook(output))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_names_every_script_and_style_and_nothing_else(page: str) -> None:
    policy = policy_of(page)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(scripts) == 2
    assert len(styles) == 3
    assert re.findall(r"'sha256-[^']+'", policy) == [_hash(text) for text in (*scripts, *styles)]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_a_script_that_a_cell_brings_is_not_in_the_policy(output: nbformat.NotebookNode) -> None:
    hostile = nbformat.from_dict(output)
    hostile.data["text/html"] += "<script>alert(1)</script><style>*{}</style>"
    policy = policy_of(render_page(_notebook(hostile)))
    assert _hash("alert(1)") not in policy
    assert _hash("*{}") not in policy


def test_the_page_is_french_has_its_title_and_names_no_other_host(page: str) -> None:
    assert '<html lang="fr"' in page
    assert "<title>Essai</title>" in page
    assert "<h1>Titre</h1>" in page
    loaded = re.findall(r'(?:src|srcset|action)="([^"]*)"|<link[^>]*href="([^"]*)"', page)
    assert all(url.startswith(("data:", "#")) for pair in loaded for url in pair if url)


def test_the_emergency_numbers_come_before_anything_else(page: str) -> None:
    body = page[page.index("<body") :]
    assert body.index("tel:15") < body.index("<h1>")
    assert body.index("tel:17") < body.index("<h1>")


def test_a_cell_that_raised_makes_no_page(output: nbformat.NotebookNode) -> None:
    error = V4.new_output("error", ename="ValueError", evalue="non", traceback=[])
    with pytest.raises(PageError, match="ValueError"):
        render_page(_notebook(output, error))


def test_a_cell_that_did_not_run_makes_no_page(output: nbformat.NotebookNode) -> None:
    with pytest.raises(PageError, match="pas exécuté"):
        render_page(_notebook(output, ran=False))


def test_a_notebook_that_stopped_halfway_makes_no_page(output: nbformat.NotebookNode) -> None:
    notebook = _notebook(output)
    notebook.cells += _notebook(ran=False).cells
    with pytest.raises(PageError, match="pas exécuté"):
        render_page(notebook)


def test_a_notebook_without_a_board_makes_no_page() -> None:
    with pytest.raises(PageError, match=r"aucune page de Repères.*L’éditeur ne se convertit pas"):
        render_page(_notebook())


def test_an_error_page_says_it_in_french_with_the_emergency_numbers() -> None:
    page = render_error("Cette page n'existe pas", "L'adresse <b>est</b> fausse.")
    assert "Cette page n’existe pas" in page
    assert "&lt;b&gt;" in page
    for number in ("tel:15", "tel:17", "tel:112", "sms:114"):
        assert number in page
