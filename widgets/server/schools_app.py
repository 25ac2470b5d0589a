"""The web app of many schools: a page to choose one, and a page a school, from one process."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from traitlets import Any as AnyTrait

import signs
from signs.loading.loader import Choice, academy_of
from signs.loading.schools import schools_in
from widgets.page.navigation import INDEX, among_schools
from widgets.page.registry import FRONT, PAGES
from widgets.server.cached_app import TAKEN, Server, as_given, start
from widgets.server.handlers import KeptHandler, NotFoundHandler, PageHandler
from widgets.server.lists import CHOOSER
from widgets.server.school_pages import SchoolPages
from widgets.server.sources import AcademySources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from widgets.page.navigation import Navigation
    from widgets.page.registry import NotebookPage
    from widgets.server.settings import Settings

_TAKEN = (INDEX, *(route[1:] for route in (*TAKEN, CHOOSER)), *PAGES)


class SchoolsServer(Server):
    """Serves the pages of a folder of schools, and those of their list."""

    folder = AnyTrait(help="The folder of the schools' files.")
    front = f"/{FRONT.name}"

    def init_handlers(self) -> list[Any]:
        """Return every route."""
        *routes, _otherwise = super().init_handlers()
        [choice] = self.choices
        self.schools = SchoolPages(self.folder, choice, self.workdir, self.say, _TAKEN)
        self.schools.chooser.about = self.publication.links
        base = self.serving.base_url
        return [
            *routes,
            (re.escape(base), PageHandler, {"cache": self.schools.chooser}),
            (re.escape(base) + "([^/]+)/", SchoolHandler, {"schools": self.schools}),
            (r".*", NotFoundHandler),
        ]

    def route_of(self, page: NotebookPage) -> str:
        """Return where a page is: at the base address one chooses a school."""
        return self.front if page == FRONT else page.route

    def sources_of(self, page: NotebookPage, choice: Choice) -> AcademySources:
        """Return what a page of the list is made of: it is the académie's, if these have one."""
        return AcademySources(page.notebook, choice, self.workdir, folder=self.folder)

    def navigation(self, name: str) -> Navigation:
        """Return the links of a page to the others."""
        return among_schools(name)

    def address(self, spelling: str) -> str | None:
        """Return the address of a page, given what its spellings have in common."""
        base = self.serving.base_url
        if base in {spelling, f"{spelling}/"}:
            return str(base)
        known = super().address(spelling)
        if known or not spelling.startswith(base) or "/" in spelling.removeprefix(base):
            return known
        name = self.schools.name_of(spelling.removeprefix(base))
        return None if name is None else f"{base}{quote(name, safe='')}/"

    def health(self) -> tuple[bool, dict[str, Any]]:
        """Add how many schools there are, and whose file is to be mended."""
        ready, state = super().health()
        schools = self.schools.health()
        if state["etat"] == "à jour":
            if not schools.settled:
                state["etat"] = "en préparation"
            elif schools.broken or not schools.current:
                state["etat"] = "en retard"
        state["etablissements"] = {
            "nombre": schools.schools,
            "pages_gardees": schools.made,
            "a_corriger": schools.broken,
        }
        return ready, state

    async def follow(self) -> None:
        """Make every page whose sources changed; those of the list take a kernel, and longer."""
        await asyncio.gather(super().follow(), self.schools.follow())

    async def shut_down(self) -> None:
        """Cancel what is in progress."""
        await super().shut_down()
        await self.schools.close()


class SchoolHandler(KeptHandler):
    """Serves the page of a school; another spelling of its name is sent on to it."""

    def initialize(self, schools: SchoolPages) -> None:
        """Set what makes the pages."""
        self.schools = schools

    async def get(self, asked: str) -> None:
        """Send the page of a school."""
        name = self.schools.name_of(asked)
        if name == asked:
            await self.send_kept(self.schools.page(name))
        else:
            self.send_on()

    head = get


def serve_schools(
    folder: Path, choice: Choice, settings: Settings, say: Callable[[str], None]
) -> None:
    """Serve the pages of a folder of schools until stopped.

    Parameters
    ----------
    folder
        The schools' files.
    choice
        The list they are laid over.
    settings
        Where and how.
    say
        Prints a French sentence.

    Raises
    ------
    ServingError
        When the address cannot be listened on.
    signs.ListError
        When the list or the académie's file has an error.
    signs.loading.schools.SchoolsError
        When the folder holds no school's file.
    """
    folder = as_given(folder)
    schools_in(folder, _TAKEN)
    choices = [Choice(as_given(choice.folder))]
    signs.load(choices[0].folder, academy_of(folder))  # an error of either is reported now
    start(SchoolsServer, settings, say, choices=choices, folder=folder)
