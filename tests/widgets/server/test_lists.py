"""Several lists side by side: each at its own address, and a page to choose."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from signs.loading.loader import Choice
from tests.conftest import PATIENCE, Run, serving
from tests.started import started_list
from widgets.server import ServingError
from widgets.server.lists import side_by_side


def test_each_list_is_served_at_its_own_address_and_one_can_choose(tmp_path: Path) -> None:
    started_list(tmp_path / "l'académie", standalone=True)
    with serving("--liste", "sextorsion", "--liste", str(tmp_path / "l'académie")) as server:
        assert server.process.stdout is not None
        assert "/listes" in server.process.stdout.readline()
        status, headers, body = server.ask("/listes")
        chooser = body.decode()
        assert status == 200
        assert "script-src 'sha256-" in headers["Content-Security-Policy"]
        assert '<a href="./">' in chooser
        assert '<a href="l%27acad%C3%A9mie/">' in chooser
        first, second = (server.ask(path)[2].decode() for path in ("/", "/l%27acad%C3%A9mie/"))
        assert 'value="scarifications"' in first
        assert 'value="scarifications"' not in second
        assert 'class="reperes-board' in second
        for up, page in (("", first), ("../", second)):
            assert re.search(rf'<a href="{up}listes"[^>]*>Choisir une autre liste', page)
        for other, address in {
            "/l'acad%c3%a9mie/": "../l%27acad%C3%A9mie/",
            "/l'acade%CC%81mie": "l%27acad%C3%A9mie/",
            "/l'acad%C3%A9mie/atelier/": "../../l%27acad%C3%A9mie/atelier",
            "/atelier/": "../atelier",
            "/index.html": "./",
            "/%61telier?x=1": "atelier",
        }.items():
            status, headers, _body = server.ask(other)
            assert (status, headers["Location"]) == (302, address)
        assert server.ask("/autre/")[0] == 404
        assert server.ask("/listes", "POST")[0] == 405


def test_probes_wait_for_the_first_page_only_and_a_mistake_is_told_once_for_all_pages(
    tmp_path: Path,
) -> None:
    started_list(tmp_path / "autre", standalone=True)
    with serving("--liste", "sextorsion", "--liste", str(tmp_path / "autre")) as server:
        server.page()
        status, told = server.health()
        assert (status, told["etat"]) == (200, "en préparation")
        assert server.ask("/autre/")[0] == 200  # before those nobody asked for
        server.wait_until("à jour")
        (tmp_path / "autre" / "signes.toml").write_text("= 1\n", encoding="utf-8")
        end = time.monotonic() + PATIENCE
        while not all(
            page["refus"]
            for route, page in server.health()[1]["pages"].items()
            if route.startswith("/autre")
        ):
            assert time.monotonic() < end
            time.sleep(0.1)
        assert server.health()[0] == 200
        assert server.stop().count("n’a pas été refaite") == 1


def test_one_list_alone_has_nothing_to_choose_from() -> None:
    assert list(side_by_side([Choice(Path("/a/b"))], ())) == [""]


@pytest.mark.parametrize("name", ["atelier", "listes", "sante", "..", "-x", "a\nb"])
def test_a_list_without_an_address_of_its_own_is_refused_with_what_to_do(name: str) -> None:
    choices = [Choice(Path("/listes/une")), Choice(Path("/listes") / name)]
    with pytest.raises(ServingError, match="Donnez un autre nom"):
        side_by_side(choices, ("/sante",))


@pytest.mark.parametrize("other", ["/b/liste", "/c/autre"])
def test_two_lists_of_one_name_are_refused(other: str) -> None:
    choices = [Choice(Path(folder)) for folder in ("/a/liste", "/a/autre", other)]
    with pytest.raises(ServingError, match="Deux listes s'appellent"):
        side_by_side(choices, ())


def test_every_list_is_read_before_the_browser_opens(reperes: Run) -> None:
    ran = reperes("--liste", "sextorsion", "--liste", "sextortion", "--sans-navigateur")
    assert ran.returncode == 1
    assert "Vouliez-vous dire" in ran.stderr
