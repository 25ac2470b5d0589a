"""What `/sante` tells a probe, and what it does not tell a stranger."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from signs.loading import SHIPPED, load
from tests.conftest import Served, serving
from widgets.pages import PAGES


def health(server: Served) -> tuple[int, dict[str, Any]]:
    status, _headers, body = server.ask("/sante")
    return status, json.loads(body)


def until(server: Served, state: str) -> dict[str, Any]:
    """Ask until the app is in some state, without any page being asked for."""
    end = time.monotonic() + 30
    while (told := health(server)[1])["etat"] != state:
        assert time.monotonic() < end, told
    return told


def test_it_says_that_the_pages_are_there_and_of_which_list(served: Served) -> None:
    served.page()
    told = until(served, "à jour")
    assert health(served)[0] == 200
    assert told["version"] == load().info.version
    assert list(told["pages"]) == [page.route for page in PAGES.values()]
    status, headers, body = served.ask("/sante", "HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"
    assert served.ask("/sante", "POST")[0] == 405


def test_it_is_not_ready_before_the_first_page_is(tmp_path: Path) -> None:
    with serving(cwd=tmp_path) as server:
        status, told = health(server)
        assert (status, told["etat"]) == (503, "en préparation")
        until(server, "à jour")


def test_a_page_is_made_again_before_anybody_asks_and_a_refusal_is_told_without_a_path(
    list_folder: Path, tmp_path: Path
) -> None:
    head, signes = list_folder / "liste.toml", list_folder / "signes.toml"
    version = load().info.version
    with serving("--liste", str(list_folder), cwd=tmp_path) as server:
        until(server, "à jour")
        head.write_text(head.read_text("utf-8").replace(version, "2099.01"), "utf-8")
        end = time.monotonic() + 30
        while health(server)[1]["version"] != "2099.01":
            assert time.monotonic() < end
        signes.write_text(signes.read_text("utf-8").replace("libelle", "libele"), "utf-8")
        told = until(server, "en retard")
        while not told["pages"]["/"]["refus"]:
            told = until(server, "en retard")
        assert health(server)[0] == 200  # the last good page is there: nobody is kept away
        refusal = told["pages"]["/"]["refus"]
        assert "libele" in refusal
        assert "ma-liste/signes.toml:" in refusal
        everything = json.dumps(told)
        assert str(tmp_path) not in everything
        assert str(list_folder) not in everything
        assert str(SHIPPED) not in everything
