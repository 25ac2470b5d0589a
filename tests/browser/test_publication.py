"""What a public site says of itself: true of these pages, never more, and readable by all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import signs
from tests.browser.screens import axe_finds_nothing
from tests.conftest import DAY, ROOT, Run
from tests.schools import PUBLISHER
from widgets.export.writer import exportable
from widgets.publication.publication import (
    HEADERS,
    PUBLICATION_NAMES,
    UNCHECKED,
    Hosting,
    publication_pages,
    render_publication,
)
from widgets.render.html import render_template
from widgets.runtime.build_date import day_for
from widgets.server.settings import Settings


def _list(folder: Path, more: str = "") -> signs.SignList:
    file = folder / "academie.toml"
    file.write_text(PUBLISHER + more, encoding="utf-8")
    return signs.load(school=file)


def _pages(sign_list: signs.SignList, headers: Sequence[str] = ()) -> dict[str, str]:
    hosting = Hosting({"Page d'aide": 57_000}, headers=headers)
    return {
        name: render_publication(page, sign_list, day_for(DAY), hosting)
        for name, page in publication_pages(sign_list).items()
    }


def test_the_pages_are_read_by_all_and_the_one_for_the_dpd_is_one_sheet(
    chromium: Browser, tmp_path: Path
) -> None:
    page = chromium.new_page()
    pages = _pages(_list(tmp_path))
    headers = Settings(proxies=("127.0.0.1",)).headers_in_words()
    served = _pages(_list(tmp_path), headers)["dpd-rssi"]
    for name, html in {"dpd-rssi-servi": served, **pages}.items():
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
        page.goto((tmp_path / f"{name}.html").as_uri())
        for width, scheme in ((390, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of two words
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
            axe_finds_nothing(page)
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
        assert len(sheets) == 1, name
        if name != "rgesn":
            expect(page.locator("main")).to_contain_text("Rectorat de l’exemple")
            expect(page.locator("main")).to_contain_text("contact@ac-exemple.fr")
    expect(page.locator("main")).to_contain_text("Page d’aide")
    page.close()


def test_nothing_is_said_conforming_by_itself(tmp_path: Path) -> None:
    declared = _pages(_list(tmp_path))["accessibilite"]
    assert "n’est pas conforme" in declared
    assert not re.search(r"(?<!pas )(?:est|partiellement|totalement) conforme", declared)
    audited = 'accessibilite = "partiellement-conforme"\naudit = "Un cabinet, mars 2026"\n'
    declared = _pages(_list(tmp_path, audited))["accessibilite"]
    assert "est partiellement conforme" in declared
    assert "Un cabinet, mars 2026" in declared
    with pytest.raises(signs.ListError, match="Sans audit"):
        _list(tmp_path, 'accessibilite = "totalement-conforme"\n')


def test_what_is_said_is_what_the_project_knows(tmp_path: Path) -> None:
    known = (ROOT / "ACCESSIBILITE.md").read_text(encoding="utf-8")
    criteria = re.findall(r"(\d+\.\d+) : non vérifié", known)
    assert criteria == [*UNCHECKED]
    declared = _pages(_list(tmp_path))["accessibilite"]
    for words in ("Orca 43", "NVDA, JAWS, VoiceOver, TalkBack", "Safari", "FALC", "PDF"):
        assert words in known
        assert words in declared
    for part in ("État de conformité", "Résultats des tests", "Contenus non accessibles"):
        assert part in declared
    for part in ("Établissement de cette", "Retour d’information et contact", "Voies de recours"):
        assert part in declared
    host = (ROOT / "deploiement" / "nginx-fichiers.conf").read_text(encoding="utf-8")
    written = re.findall(r'add_header (\S+) "([^"]+)" always', host)
    assert [f"{name}: {value}" for name, value in written if name != "Cache-Control"] == [*HEADERS]


def test_they_are_there_where_somebody_publishes_and_the_foot_says_who(
    command: Run, sign_list: signs.SignList, tmp_path: Path
) -> None:
    published = _list(tmp_path)
    assert exportable(published).keys() - exportable(sign_list).keys() == {*PUBLICATION_NAMES}
    feet = [
        render_template("render/partials/about.html.j2", list=each, overdue=False)
        for each in (published, sign_list)
    ]
    assert "Publié par Rectorat de l’exemple, contact@ac-exemple.fr" in feet[0]
    assert "Accessibilité\u00a0: non conforme" in feet[0]
    assert "Publié" not in feet[1]
    refused = command("exporter", "--page", "accessibilite")
    assert refused.returncode == 1
    assert "[editeur]" in refused.stderr
    order = ("exporter", "--page", "mentions-legales", "--ecole", "academie.toml")
    assert command(*order).returncode == 0
    assert "dpd@ac-exemple.fr" in (tmp_path / "mentions-legales.html").read_text("utf-8")
