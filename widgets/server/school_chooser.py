"""The page to choose a school on a server, made again when a file comes, goes or changes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from signs.loading.schools import SchoolSummary, summary_of
from widgets.page.registry import FRONT
from widgets.page.shell import Cell, Head, Own, render_own_page
from widgets.schools.chooser import SCRIPT, STYLE, TITLE, render_chooser
from widgets.server.background import run_in_thread
from widgets.server.page_cache import Page
from widgets.server.sources import Mark, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from signs.loading.schools import SchoolFile
    from widgets.page.navigation import NavLink


class SchoolChooser:
    """Makes and keeps that page.

    Parameters
    ----------
    schools
        Returns the schools there are.
    """

    def __init__(self, schools: Callable[[], Collection[SchoolFile]]) -> None:
        self._schools = schools
        self.about: Callable[[], Sequence[NavLink]] = tuple
        """Returns the links to the pages that say who publishes."""
        self._known: dict[str, tuple[Mark, SchoolSummary]] = {}
        self._about: Sequence[NavLink] = ()
        self._page: Page | None = None
        self._making = asyncio.Lock()

    async def page(self) -> Page:
        """Return the page."""
        async with self._making:
            return self._page or await self._made()

    async def follow(self) -> None:
        """Make it again if a file or who publishes changed."""
        async with self._making:
            await self._made()

    async def _made(self) -> Page:
        self._page = await run_in_thread(self._make, tuple(self._schools()))
        return self._page

    def _make(self, schools: tuple[SchoolFile, ...]) -> Page:
        """Read the files that changed since."""
        known = {}
        for school in schools:
            mark = mark_of(str(school.path))
            before = self._known.get(school.name)
            same = before is not None and before[0] == mark
            known[school.name] = before if before and same else (mark, summary_of(school))
        about = self.about()
        if (known, about) == (self._known, self._about) and self._page:
            return self._page
        self._known, self._about = known, about
        summaries = (summary for _, summary in known.values())
        chooser = render_chooser(summaries, FRONT.name, {each.href: each.title for each in about})
        own = Own((STYLE,), (SCRIPT,))
        return Page.of(render_own_page(Head(TITLE), [Cell("code", chooser)], own))
