"""The page cache: rendered once, again after a change, and cached only if complete."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from pathlib import Path

import pytest

import signs
from signs.loading.loader import Choice
from signs.model.sign_list import SignList
from tests.conftest import run_async
from tests.widgets.conftest import META, CacheHarness
from widgets.server.page_cache import PageCache, PageUnavailableError, Timeouts
from widgets.server.sources import Snapshot, Sources


def test_a_burst_of_first_requests_waits_for_one_rendering(harness: CacheHarness) -> None:
    async def burst() -> None:
        pages = await asyncio.gather(*(harness.cache.page() for _ in range(30)))
        assert len({id(page) for page in pages}) == 1
        assert len(harness.snapshots) == 1
        assert b"Sextorsion" in pages[0].html

    run_async(burst())


def test_one_who_goes_away_does_not_stop_the_rendering_for_the_others(
    harness: CacheHarness,
) -> None:
    async def leave() -> None:
        leaving = asyncio.create_task(harness.cache.page())
        staying = asyncio.create_task(harness.cache.page())
        await asyncio.sleep(0)
        leaving.cancel()
        assert (await staying).html
        assert len(harness.snapshots) == 1

    run_async(leave())


def test_nothing_changed_nothing_is_made_again(harness: CacheHarness) -> None:
    async def twice() -> None:
        assert await harness.cache.page() is await harness.cache.page()
        assert len(harness.snapshots) == 1

    run_async(twice())


def test_a_changed_list_is_on_the_page_at_the_next_request(harness: CacheHarness) -> None:
    async def change() -> None:
        before = await harness.cache.page()
        harness.change("liste.toml", "2026.11", "2026.12")
        after = await harness.cache.page()
        assert b"2026.11" in before.html
        assert b"2026.12" in after.html
        assert before.digest != after.digest

    run_async(change())


def test_a_broken_list_leaves_the_last_good_page_and_says_why(harness: CacheHarness) -> None:
    async def break_() -> None:
        good = await harness.cache.page()
        harness.change("signes.toml", 'libelle = "', 'libele = "')
        assert await harness.cache.page() is good
        assert await harness.cache.page() is good
        assert len(harness.reported) == 1  # told once, not at every request
        assert "La dernière bonne page reste affichée" in harness.reported[0]
        assert f"{harness.list_folder / 'signes.toml'}:" in harness.reported[0]
        assert str(harness.workdir) not in harness.reported[0]
        harness.change("signes.toml", 'libele = "', 'libelle = "')
        assert (await harness.cache.page()).digest == good.digest

    run_async(break_())


def test_a_list_broken_from_the_start_gives_no_page_until_it_is_mended(
    harness: CacheHarness,
) -> None:
    async def start() -> None:
        harness.change("liste.toml", "format = 1", 'format = "un"')
        with pytest.raises(PageUnavailableError):
            await harness.cache.page()
        assert not harness.snapshots
        harness.change("liste.toml", 'format = "un"', "format = 1")
        assert (await harness.cache.page()).html

    run_async(start())


def test_a_rendering_that_fails_once_is_done_again(harness: CacheHarness) -> None:
    async def die() -> None:
        harness.failures = 1
        assert (await harness.cache.page()).html
        assert not harness.reported

    run_async(die())


def test_a_rendering_that_fails_twice_is_told_in_one_line_without_a_traceback(
    harness: CacheHarness,
) -> None:
    async def die() -> None:
        harness.failures = 2
        with pytest.raises(PageUnavailableError):
            await harness.cache.page()
        assert "kernel died" in harness.reported[0]
        assert "Traceback" not in harness.reported[0]

    run_async(die())


def test_what_is_rendered_is_what_was_read_even_if_the_list_changes_meanwhile(
    harness: CacheHarness,
) -> None:
    async def race() -> None:
        request = asyncio.create_task(harness.cache.page())
        while not harness.snapshots:
            await asyncio.sleep(0)
        harness.change("liste.toml", "2026.11", "2026.12")
        await request
        assert b"2026.12" in (await harness.cache.page()).html

    run_async(race())


def test_no_snapshot_is_left(harness: CacheHarness) -> None:
    async def make() -> None:
        await harness.cache.page()
        assert list(harness.workdir.iterdir()) == []

    run_async(make())


def test_the_school_s_file_and_the_list_s_base_are_part_of_the_page(harness: CacheHarness) -> None:
    derived, school = harness.notebook.parent / "derivee", harness.notebook.parent / "ecole.toml"
    derived.mkdir()
    head = (harness.list_folder / "liste.toml").read_text(encoding="utf-8")
    (derived / "liste.toml").write_text(f'base = "../liste"\n{head}', encoding="utf-8")
    school.write_text('etablissement = "Les Tilleuls"\nformat = 1\n', encoding="utf-8")
    read: list[signs.SignList] = []

    async def render(snapshot: Snapshot, _sign_list: SignList) -> str:
        shutil.rmtree(harness.list_folder)  # whatever happens to the originals meanwhile
        read.append(signs.load(*snapshot.choice))
        return META

    sources = Sources(harness.notebook, Choice(derived, school), harness.workdir)
    cache = PageCache(sources, render, harness.reported.append)

    async def make() -> None:
        await cache.page()
        assert read[0].signs == signs.load().signs
        assert read[0].school is not None
        assert read[0].school.name == "Les Tilleuls"
        school.write_text('etablissement = "Les Tilleuls"\nformat = 1\nrole = 1\n', "utf-8")
        await cache.page()
        assert f"{derived}" in harness.reported[0] or f"{school}" in harness.reported[0]
        assert str(harness.workdir) not in harness.reported[0]

    run_async(make())


@pytest.mark.parametrize("lost", ["liste.toml", "mythes.toml", ""])
def test_what_was_cleaned_away_while_it_was_read_says_nothing_of_the_list(
    harness: CacheHarness, lost: str
) -> None:
    """Some read nothing of a file that is gone, others refuse the list: neither lasts."""

    def read(snapshot: Snapshot) -> SignList:
        if not read_from:
            where = snapshot.choice.folder
            (where / lost).unlink() if lost else shutil.rmtree(snapshot.folder)
        read_from.append(snapshot)
        return signs.load(*snapshot.choice)

    read_from: list[Snapshot] = []

    async def render(_snapshot: Snapshot, sign_list: SignList) -> str:
        return f"{META}{len(sign_list.myths)}"

    sources = Sources(harness.notebook, Choice(harness.list_folder), harness.workdir)
    cache = PageCache(sources, render, harness.reported.append, read)
    cache.timeouts = Timeouts(retry=0)

    async def make() -> None:
        assert f"{META}{len(signs.load().myths)}".encode() == (await cache.page()).html
        assert harness.reported == [
            "La page n'a pas été refaite.\nLe dossier de travail a été vidé pendant la lecture."
        ]

    run_async(make())


YEAR = 365 * 86_400 * 10**9
"""In nanoseconds."""


@pytest.mark.parametrize("ahead", [0, 17])
def test_two_versions_of_a_list_are_never_in_one_page(
    harness: CacheHarness, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    """Somebody saves the first file when it was just copied, and the second a moment later.

    On a machine whose clock went back, other files are dated years ahead.
    """
    now = time.time_ns() + 10**10  # everything there is was written long ago
    monkeypatch.setattr(time, "time_ns", lambda: now)
    if ahead:
        os.utime(harness.list_folder / "conseils.toml", ns=(now + ahead * YEAR, now + ahead * YEAR))
    harness.cache.timeouts = Timeouts(quiet=0.01)
    signes = harness.list_folder / "signes.toml"
    signes.write_text(f"{signes.read_text('utf-8')}# 2026.11\n", "utf-8")
    copied: list[str] = []
    copyfile = shutil.copyfile

    def save(name: str) -> None:
        harness.change(name, "2026.11", "2026.12")
        os.utime(harness.list_folder / name, ns=(now, now))

    def copy(source: Path, target: Path, **options: bool) -> object:
        copied.append(source.name)
        if source == signes and copied.count("signes.toml") == 1:
            save("liste.toml")
            asyncio.get_running_loop().call_later(0.001, save, "signes.toml")
        return copyfile(source, target, **options)

    monkeypatch.setattr(shutil, "copyfile", copy)

    async def make() -> None:
        html = (await harness.cache.page()).html.decode()
        assert copied.count("signes.toml") == 2
        assert html.count("2026.12") == 2
        assert "2026.11" not in html

    run_async(make())


def test_files_that_never_stop_changing_are_told_and_the_last_good_page_stays(
    harness: CacheHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.cache.timeouts = Timeouts(quiet=0)
    copyfile = shutil.copyfile

    def copy(source: Path, target: Path, **options: bool) -> object:
        if source.name == "signes.toml":
            source.write_text(f"{source.read_text('utf-8')}# encore\n", "utf-8")
        return copyfile(source, target, **options)

    async def make() -> None:
        good = await harness.cache.page()
        monkeypatch.setattr(shutil, "copyfile", copy)
        harness.change("liste.toml", "2026.11", "2026.12")
        assert await harness.cache.page() is good
        assert "changent sans cesse" in str(harness.cache.health().refusal)
        assert list(harness.workdir.iterdir()) == []

    run_async(make())


def test_a_failure_that_is_not_the_sources_is_tried_again_after_a_while(
    harness: CacheHarness,
) -> None:
    harness.cache.timeouts = Timeouts(retry=3600)

    async def fail() -> None:
        harness.failures = 2
        for _ in range(3):
            with pytest.raises(PageUnavailableError):
                await harness.cache.page()
        assert len(harness.snapshots) == 2  # tried twice, then left alone
        harness.cache.timeouts = Timeouts(retry=0)
        harness.failures = 2
        harness.change("liste.toml", "2026.11", "2026.12")
        assert (await harness.cache.page()).html
        assert len(harness.snapshots) == 5

    run_async(fail())
