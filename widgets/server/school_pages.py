"""The pages of many schools: each made when its turn comes or when it is asked for, then kept."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

import signs
from signs.loading.loader import ACADEMY_FILE, Choice, own_files
from signs.loading.many_schools import SchoolLoader
from signs.loading.schools import SchoolFile, SchoolsError, key_of, schools_in
from signs.text.typography import typography
from widgets.board.board import markup
from widgets.page.navigation import among_schools
from widgets.page.registry import FRONT
from widgets.page.shell import Cell, Links, Own, introduction, render_own_page
from widgets.publication.publication import publication_links
from widgets.schools.chooser import STYLE
from widgets.schools.light import banner
from widgets.server.background import run_in_thread
from widgets.server.page_cache import Page, PageCache, PageUnavailableError
from widgets.server.reports import Reports
from widgets.server.school_chooser import SchoolChooser
from widgets.server.sources import Mark, SchoolSources, Snapshot, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from signs.diagnostics.problem import Problem
    from signs.model.sign_list import SignList

_MOST_BYTES = 120_000_000
"""Of pages that are kept, compressed: some two thousand."""
_ROOM = 0.9
"""How much of that is filled before anybody asks."""
_REMEMBERED = 0.25
"""Seconds for which the list is taken to be as it was: it is the same for every school."""
_LOOK = 1.0
"""Seconds between two looks at which files there are."""
_AT_ONCE = 100
"""Schools whose files are looked at without a pause."""


class SchoolsHealth(NamedTuple):
    """The state of the schools' pages."""

    schools: int
    made: int
    settled: bool
    """All were made once, or as many as are kept."""
    current: bool
    """Every page that was made is that of its file."""
    broken: dict[str, str]
    """For each file that is to be mended, why: a French text."""


class SchoolPages:
    """Makes and keeps the pages of the schools of a folder.

    Files that change, come or go are seen while it runs. A broken one stops no other: its last
    good page stays; without one, its page has no contacts, and says so.

    Parameters
    ----------
    folder
        The schools' files.
    choice
        The list they are laid over.
    workdir
        A private folder.
    say
        Prints a French text: why a page could not be made again.
    taken
        Names that are the address of something else.
    """

    def __init__(
        self,
        folder: Path,
        choice: Choice,
        workdir: Path,
        say: Callable[[str], None],
        taken: Collection[str],
    ) -> None:
        self._folder, self._choice, self._workdir = folder, choice, workdir
        self._reports = Reports(say)
        self._taken = taken
        self._turns = asyncio.Semaphore()
        self._head, self._words = introduction(FRONT.notebook)
        self._caches: dict[str, PageCache] = {}
        """By name of the file, the last one asked for last."""
        self._without: dict[str, PageCache] = {}
        """Pages for the files that were never sound, as far as they are."""
        self._common = _Remembered()
        self._read = _CommonReader()
        self._files: dict[str, SchoolFile] = {}
        self._spellings: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._listed_at: Mark = None
        self._unlisted = ""
        """Why the files could not be listed."""
        self._settled = False
        self._list_files()
        self.chooser = SchoolChooser(self._schools)

    def name_of(self, asked: str) -> str | None:
        """Return the name of a school's file as its address has it, if there is one."""
        if asked not in self._files and mark_of(str(self._folder)) != self._listed_at:
            self._list_files()
        return asked if asked in self._files else self._spellings.get(key_of(asked))

    async def page(self, name: str) -> Page:
        """Return the page of a school, as far as its files are sound where it has none yet.

        Raises
        ------
        PageUnavailableError
            When the list itself was never sound.
        """
        cache = self._caches.pop(name, None) or self._cache_of(name)
        self._caches[name] = cache
        try:
            return await cache.page()
        except PageUnavailableError:
            if name not in self._files:  # gone meanwhile
                raise
            if name not in self._without:
                self._without[name] = self._cache_of(name, self._read.what_is_sound)
            return await self._without[name].page()

    async def follow(self) -> None:
        """Make what changed and what is missing, one page at a time, those of visitors first."""
        await self._look()
        looked = time.monotonic()
        kept = self._forget()
        for count, name in enumerate(tuple(self._files)):
            if count % _AT_ONCE == 0:
                await asyncio.sleep(0)  # visitors come first
            if name not in self._files:  # gone meanwhile
                continue
            cache = self._caches.get(name)
            if cache is None and kept < _MOST_BYTES * _ROOM:
                cache = self._caches[name] = self._cache_of(name)
            if cache is None or cache.is_settled():
                continue
            began, before = time.monotonic(), cache.kept
            await cache.follow()
            kept += cache.kept - before
            await asyncio.sleep(time.monotonic() - began)  # as much time for anything else
            if time.monotonic() - looked > _LOOK:  # making them all takes minutes
                await self._look()
                looked = time.monotonic()
        self._settled = True
        if not self._unlisted:
            self._reports.forget_resolved(self._all_caches())

    async def _look(self) -> None:
        """See which files came or went, and make the page to choose one follow."""
        if mark_of(str(self._folder)) != self._listed_at:
            self._list_files()
        await self.chooser.follow()

    def health(self) -> SchoolsHealth:
        """Return the state of the pages; no path of the machine."""
        states = {name: cache.health() for name, cache in self._caches.items()}
        broken = {
            file: state.refusal
            for name, state in states.items()
            if name in self._files and state.refusal
            for file in (self._files[name].path.name, ACADEMY_FILE)
            if file in state.refusal
        }
        if self._unlisted:
            broken[self._folder.name] = self._unlisted
        return SchoolsHealth(
            schools=len(self._files),
            settled=self._settled,
            made=sum(state.available for state in states.values()),
            current=all(state.current for state in states.values()),
            broken=dict(sorted({**self._refused, **broken}.items())),
        )

    async def close(self) -> None:
        """Cancel what is in progress."""
        await asyncio.gather(*(cache.close() for cache in self._all_caches()))

    def _all_caches(self) -> tuple[PageCache, ...]:
        return (*self._caches.values(), *self._without.values())

    def _schools(self) -> Collection[SchoolFile]:
        return self._files.values()

    def _list_files(self) -> None:
        """Look which files there are; a folder that cannot be read changes nothing."""
        listed_at = mark_of(str(self._folder))
        try:
            found = schools_in(self._folder, self._taken)
        except SchoolsError as error:
            if not self._files:
                raise
            if self._listed_at != listed_at:
                self._reports.tell(
                    f"Les pages des établissements restent comme elles étaient. {error}"
                )
            self._listed_at = listed_at
            self._unlisted = typography(str(error).replace(str(self._folder), self._folder.name))
            return
        self._listed_at, self._unlisted = listed_at, ""
        self._files, self._refused = found.schools, found.refused
        self._spellings = {key_of(name): name for name in found.schools}
        for caches in (self._caches, self._without):
            for name in caches.keys() - self._files.keys():
                del caches[name]

    def _cache_of(self, name: str, read: Callable[[Snapshot], SignList] | None = None) -> PageCache:
        school = self._files[name].path
        own = str(school)
        mark = self._common.mark_of
        sources = SchoolSources(
            FRONT.notebook,
            Choice(self._choice.folder, school),
            self._workdir,
            lambda path: mark_of(path) if path == own else mark(path),
        )

        async def render(_snapshot: Snapshot, sign_list: SignList) -> str:
            broken = self._read.is_of_no_school(sign_list)
            return await run_in_thread(self._drawn, name, sign_list, broken)

        cache = PageCache(sources, render, self._reports.tell, read or self._read)
        cache.turns = self._turns
        return cache

    def _drawn(self, name: str, sign_list: SignList, broken: bool) -> str:
        view = markup(sign_list)
        return render_own_page(
            self._head,
            [
                Cell("code", banner(sign_list, name, broken=broken)),
                *self._words,
                Cell("code", Markup(view.html)),  # noqa: S704 (rendered by our template)
            ],
            Own(("board", STYLE), ("board/page.js",), view.css),
            Links(
                among_schools("", "../"),
                leave=sign_list.exit,
                about=publication_links(sign_list, "../"),
            ),
        )

    def _forget(self) -> int:
        """Forget pages beyond the limit, asked for longest ago; return the bytes that are kept.

        The last good page of a broken file is never forgotten.
        """
        for name in tuple(self._without):
            if name in self._caches and self._caches[name].kept:  # it was mended
                del self._without[name]
        kept = sum(cache.kept for cache in self._all_caches())
        for name, cache in tuple(self._caches.items()):
            if kept <= _MOST_BYTES:
                break
            health = cache.health()
            if health.current and health.making_for is None:
                kept -= cache.kept
                del self._caches[name]
        return kept


class _CommonReader:
    """Reads a school's list; what all schools have in common is read once."""

    def __init__(self) -> None:
        self._key: object = None
        self._last: SchoolLoader | None = None
        """Of the last time that what they have in common was sound."""
        self._refused: tuple[Path, signs.ListError] | None = None
        """Why it no longer is, and the folder of the snapshot in which that was read."""

    def __call__(self, snapshot: Snapshot) -> SignList:
        """Return the list of a school.

        Raises
        ------
        ListError
            With what is wrong in any of its layers.
        """
        day, (*marks, _own) = snapshot.stamp
        if self._key != (day, *marks):
            self._read_common(snapshot)
            self._key = (day, *marks)
        own: tuple[Problem, ...] = ()
        if self._last is not None:
            try:
                sign_list = self._last.load(_school_of(snapshot))
            except signs.ListError as error:
                own = error.problems
            else:
                if not self._refused:
                    return sign_list
        common = _moved(*self._refused, snapshot.folder) if self._refused else ()
        raise signs.ListError((*common, *own))

    def what_is_sound(self, snapshot: Snapshot) -> SignList:
        """Return the list of a school over what was sound last, or that without the school.

        Raises
        ------
        ListError
            When nothing was ever sound.
        """
        try:
            return self(snapshot)
        except signs.ListError:
            if self._last is None:
                raise
        with suppress(signs.ListError):
            return self._last.load(_school_of(snapshot))
        return self._last.sign_list

    def is_of_no_school(self, sign_list: SignList) -> bool:
        """Return whether a list is the one that all schools have in common."""
        return self._last is not None and sign_list is self._last.sign_list

    def _read_common(self, snapshot: Snapshot) -> None:
        academy = own_files(_school_of(snapshot)).academy
        try:
            self._last, self._refused = SchoolLoader(snapshot.choice.folder, academy), None
        except signs.ListError as error:
            self._refused = snapshot.folder, error


def _school_of(snapshot: Snapshot) -> Path:
    school = snapshot.choice.school
    assert school is not None  # noqa: S101 (pages of schools)
    return school


def _moved(folder: Path, error: signs.ListError, to: Path) -> Iterator[Problem]:
    """Yield the problems of an error as if they were of another snapshot."""
    for problem in error.problems:
        yield replace(problem, file=problem.file.replace(str(folder), str(to), 1))


class _Remembered:
    """Marks of files, each looked at once in a moment."""

    def __init__(self) -> None:
        self._marks: dict[str, tuple[float, Mark]] = {}

    def mark_of(self, path: str) -> Mark:
        """Return what detects a change of a file."""
        now = time.monotonic()
        known = self._marks.get(path)
        if known is None or now - known[0] > _REMEMBERED:
            known = self._marks[path] = (now, mark_of(path))
        return known[1]
