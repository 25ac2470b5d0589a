"""What must hold on every page there is, of whatever kind: each is opened once and looked over.

The criteria are those of the RGAA 4.1 and of WCAG 2.2 AA that a program can tell; what only a
person can tell is in ACCESSIBILITE.md. Its states and looks are tested page by page elsewhere.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from signs.text.typography import typography
from tests.browser.screens import BY_LOOK, axe, axe_whole, pale
from tests.conftest import Served

READ_ALOUD = {"alt", "aria-description", "aria-label", "aria-valuetext", "placeholder", "title"}
LOOK_OVER = """() => {
    const all = (selector, root = document) => [...root.querySelectorAll(selector)];
    const ids = all("[id]").map((e) => e.id);
    const excerpt = (e) => e.outerHTML.slice(0, 120);
    const refs = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for"];
    return {
        language: document.documentElement.lang,
        title: document.title,
        description: document.querySelector("meta[name=description]")?.content ?? "",
        headings: all("h1,h2,h3,h4,h5,h6").filter((e) => e.checkVisibility())
            .map((e) => Number(e.ariaLevel ?? e.tagName[1])),
        mains: all("main").length,
        twice: ids.filter((id, index) => ids.indexOf(id) !== index),
        nowhere: refs.flatMap((name) => all(`[${name}]`).flatMap((e) => e.getAttribute(name)
            .split(/\\s+/).filter((id) => id && !ids.includes(id)).map((id) => `${name}=${id}`))),
        pictures: all("img:not([alt]), svg:not([aria-hidden=true], [role=img])").map(excerpt),
        ordered: all("[tabindex]").filter((e) => e.tabIndex > 0).map(excerpt),
        moving: all("[autofocus], marquee, blink, video[autoplay], audio, meta[http-equiv=refresh]")
            .map(excerpt),
        styled: all("[style]").map(excerpt),
        unnamed: all("a[href], button, summary").filter((e) => e.checkVisibility())
            .filter((e) => !(e.getAttribute("aria-label") ?? e.textContent).trim()).map(excerpt),
        vague: all("a[href]").filter((e) => /^\\s*(ici|cliquez ici|en savoir plus|lien)\\s*$/i
            .test(e.textContent)).map(excerpt),
        tables: all("table").filter((e) => !e.querySelector("th[scope]")).map(excerpt),
        groups: all("fieldset").filter((e) => e.firstElementChild?.tagName !== "LEGEND")
            .map(excerpt),
        fields: all("input:not([type=hidden]), select, textarea")
            .filter((e) => !e.labels?.length && !e.getAttribute("aria-label")
                && !e.getAttribute("aria-labelledby")).map(excerpt),
        zoom: document.querySelector("meta[name=viewport]")?.content ?? "",
        lists: all("ul, ol").filter((e) => [...e.children].some((c) => c.tagName !== "LI"))
            .map(excerpt),
    };
}"""
NONE_OF = (
    *("twice", "nowhere", "pictures", "ordered", "moving", "styled", "unnamed", "vague"),
    *("tables", "groups", "fields", "lists"),
)


@pytest.fixture(scope="module")
def pages(exported_folder: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every page: exported, and the one the server gives for an error."""
    folder = tmp_path_factory.mktemp("pages") / "toutes"
    shutil.copytree(exported_folder, folder)
    (folder / "erreur-404.html").write_bytes(served.ask("/rien")[2])
    return folder


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="fr-FR")
    yield context
    context.close()


@pytest.fixture(scope="module")
def seen(context: BrowserContext, pages: Path) -> dict[str, dict[str, Any]]:
    """Return what is seen of each page, opened once: wide and light, on paper, narrow and dark."""
    seen = {}
    page = context.new_page()
    for file in sorted(pages.glob("*.html")):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 640})
        page.goto(file.as_uri())
        report = page.evaluate(LOOK_OVER)
        report["wide"] = page.evaluate("document.documentElement.scrollWidth")
        report["axe"] = axe_whole(page)
        report["pale"] = pale(page)
        page.emulate_media(color_scheme="dark", media="print")
        report["axe, on paper"] = axe(page, rules=["color-contrast"])
        page.emulate_media(media="screen")
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 640})
        report["narrow"] = page.evaluate("document.documentElement.scrollWidth")
        report["axe, narrow and dark"] = axe_whole(page, rules=BY_LOOK)
        report["pale"] += pale(page)
        seen[file.stem] = report
    page.close()
    return seen


def test_every_page_is_built_to_be_read_by_any_means(seen: dict[str, dict[str, Any]]) -> None:
    faults: list[str] = []
    for name, report in seen.items():
        faults.extend(f"{name}: {what} {each}" for what in NONE_OF for each in report[what])
        assert report["language"] == "fr", name
        assert report["mains"] == 1, name
        assert report["headings"].count(1) == 1, (name, report["headings"])
        assert report["headings"][0] == 1, (name, report["headings"])
        assert all(b - a <= 1 for a, b in pairwise(report["headings"])), (name, report["headings"])
        assert not re.search(r"user-scalable|maximum-scale", report["zoom"]), name
    assert faults == []
    short = {name: report["description"] for name, report in seen.items()}
    assert all(40 < len(words) < 200 for words in short.values()), short
    titles = {name: report["title"] for name, report in seen.items()}
    assert len({*titles.values()}) == len(titles), "each page has a title of its own"
    assert all("Repères" in title for title in titles.values()), titles


def test_axe_finds_nothing_on_any_page(seen: dict[str, dict[str, Any]]) -> None:
    found = [
        (name, report[look]) for name, report in seen.items() for look in report if "axe" in look
    ]
    assert len(found) == 3 * len(seen)
    assert [each for each in found if each[1]] == []


def test_what_is_no_text_is_seen_too(seen: dict[str, dict[str, Any]]) -> None:
    """WCAG 1.4.11, in light and dark."""
    assert {name: report["pale"] for name, report in seen.items() if report["pale"]} == {}


def test_no_page_is_wider_than_the_screen(seen: dict[str, dict[str, Any]]) -> None:
    """WCAG 1.4.10."""
    for name, report in seen.items():
        assert report["wide"] <= 1280, name
        assert report["narrow"] <= 320, name


FAULTY = """<ul><b>no item</b></ul><p id=x></p><p id=x aria-labelledby=nobody>
<img src="data:,"><a href="#x" tabindex=3>ici</a><button autofocus style="color: red"></button>
<table><tr><td>cell</td></tr></table><fieldset><p></p></fieldset><input>"""


def test_the_look_sees_each_fault_it_looks_for(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(FAULTY)
    seen = page.evaluate(LOOK_OVER)
    assert [what for what in NONE_OF if not seen[what]] == []
    page.close()


PALE = """<style>:focus { outline: 2px solid #bbb }</style><input style="border: 1px solid #bbb">
<input type=checkbox style="accent-color: #bbb"><svg style="color: #bbb"></svg>
<main><p style='color: #aaa'>pale <a href='#x' style='color: #999'>link</a></p></main>"""


def test_axe_sees_what_is_pale_and_what_has_no_name(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(FAULTY + PALE)
    every = {each["rule"] for each in axe(page)}
    assert every >= {"color-contrast", "image-alt", "list", "region", "button-name"}
    assert "color-contrast" in {each["rule"] for each in axe(page, rules=BY_LOOK)} <= {*BY_LOOK}
    assert {each["rule"] for each in axe(page, "fieldset")} <= every - {"color-contrast"}
    assert {each.split()[0] for each in pale(page)} == {"edge", "focus", "picture", "tick"}
    page.close()


class _Runs(HTMLParser):
    """Gathers each run of text of a page, and each attribute that is read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.closed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.runs.extend(value for name, value in attrs if name in READ_ALOUD and value)
        foreign = dict(attrs).get("lang", "fr") != "fr"
        if not self.closed and (foreign or tag in {"script", "style", "textarea", "code", "pre"}):
            self.closed = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.closed:
            self.closed = ""

    def handle_data(self, data: str) -> None:
        if not self.closed:
            self.runs.append(data)


def test_no_text_of_any_page_goes_round_french_typography(pages: Path) -> None:
    for file in pages.glob("*.html"):
        runs = _Runs()
        runs.feed(file.read_text(encoding="utf-8"))
        assert len(runs.runs) > 10, file.name
        assert [run for run in runs.runs if typography(run) != run] == [], file.name
