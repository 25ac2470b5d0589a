"""Draw the pages of many schools without a kernel, in processes that end when this one does."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import signs
from signs.loading.many_schools import SchoolLoader
from signs.text import opening_hours
from widgets.board.board import markup
from widgets.export.compressed import digest, write
from widgets.export.staging import Written, lock_for_worker
from widgets.export.writer import ExportError
from widgets.page.navigation import INDEX, Navigation
from widgets.page.registry import FRONT
from widgets.page.shell import Cell, Linked, introduction, render_linked_page
from widgets.schools.light import BROKEN, SharedTexts, banner, lighten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from signs.loading.schools import SchoolFile

_FEWEST = 8
"""Pages that are worth a process of their own: it takes a second to start."""


class Plan(NamedTuple):
    """What the pages of all schools have in common."""

    staging: Path
    """Where the site is built."""
    published: Path
    """Where the site stands, with the last good pages."""
    folder: Path
    """Of the list."""
    academy: Path | None
    """The file of the académie of these schools."""
    on: date
    linked: Linked
    whole: str
    """The address of the list's own page."""
    navigation: Navigation


class Drawn(NamedTuple):
    """The page of a school, and what is wrong with its file."""

    written: Written
    problem: str = ""
    kept: bool = False
    """Whether its last good page stays."""


def noon(day: date) -> datetime:
    """Return a moment of a day."""
    return opening_hours.local(datetime.combine(day, time(12), tzinfo=UTC))


def draw_all(plan: Plan, schools: list[SchoolFile]) -> Iterator[Drawn]:
    """Draw and write the pages of schools, by as many processes as there are cores.

    Raises
    ------
    ExportError
        When the system ends one of these processes.
    """
    processes = min(os.cpu_count() or 1, len(schools) // _FEWEST)
    if processes < 2:  # noqa: PLR2004 (one is this one)
        artist = _Artist(plan)
        yield from map(artist.draw, schools)
        return
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(plan,),
    )
    try:
        with _uninterrupted():  # as children are: this process ends them
            waiting = [pool.submit(_draw, school) for school in schools]
        for drawn in as_completed(waiting):
            yield drawn.result()
    except BrokenProcessPool as error:
        raise ExportError(
            "Le système a arrêté l'un des processus qui dessinent les pages : la mémoire manque "
            "peut-être. Relancez la même commande : elle reprend où elle en était."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_artists: list[_Artist] = []
"""The one of this process."""


def _begin(plan: Plan) -> None:
    """Prepare a process that draws; it ends with the command, even when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    lock_for_worker(plan.staging)
    _artists.append(_Artist(plan))


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _draw(school: SchoolFile) -> Drawn:
    return _artists[-1].draw(school)


class _Artist:
    """Draws pages one after another."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._loader = SchoolLoader(plan.folder, plan.academy)
        self._list = self._loader.sign_list
        self._head, self._words = introduction(FRONT.notebook)
        self._texts = SharedTexts(markup(self._list, at=noon(plan.on)).html)

    def draw(self, school: SchoolFile) -> Drawn:
        """Draw and write the page of a school.

        With a broken file, its last good page stays; without one, the page is the list's.
        """
        plan, sign_list = self._plan, self._list
        source, problem = "", ""
        try:
            source = digest(school.path.read_bytes())
            sign_list = self._loader.load(school.path)
        except signs.ListError as error:
            problem = str(error)
        except OSError:
            problem = f"Le fichier {school.path.name} ne peut pas être lu."
        folder = plan.staging / school.name
        folder.mkdir(exist_ok=True)
        path = folder / f"{INDEX}.html"
        last_good = _last_good(plan, school) if problem else ""
        page = last_good or self._page(school.name, sign_list, broken=bool(problem))
        place = path.relative_to(plan.staging).as_posix()
        written = Written(school.name, place, source, write(path, page))
        return Drawn(written, problem, kept=bool(last_good))

    def _page(self, name: str, sign_list: signs.SignList, *, broken: bool) -> str:
        plan = self._plan
        html = markup(sign_list, at=noon(plan.on)).html
        return render_linked_page(
            self._head,
            [
                Cell("code", banner(sign_list, name, broken=broken)),
                *self._words,
                Cell("code", lighten(html, sign_list, plan.whole)),
            ],
            plan.linked._replace(data=self._texts.made_of(html)),
            navigation=plan.navigation,
            leave=sign_list.exit,
        )


_FILE = re.compile(r'(?:src|href)="\.\./([\w-]+/[\w-]+\.\w+)"', re.ASCII)


def _last_good(plan: Plan, school: SchoolFile) -> str:
    """Return the published page of a school, with the files it asks for; else nothing."""
    with suppress(OSError, UnicodeError):
        page = (plan.published / school.name / f"{INDEX}.html").read_text(encoding="utf-8")
        if BROKEN in page:
            return ""
        for name in _FILE.findall(page):
            if not (plan.staging / name).exists():
                write(plan.staging / name, (plan.published / name).read_text(encoding="utf-8"))
        return page
    return ""
