"""The pages that say who publishes a server, of the list its first page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tornado.web

from widgets.publication.publication import (
    Hosting,
    publication_links,
    publication_pages,
    render_publication,
)
from widgets.runtime.build_date import today
from widgets.server.background import run_in_thread
from widgets.server.handlers import NOT_FOUND, KeptHandler
from widgets.server.page_cache import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from signs.model.sign_list import SignList
    from widgets.page.navigation import Navigation, NavLink
    from widgets.server.page_cache import PageCache


class PublicationPages:
    """Renders these pages when they are asked for.

    Parameters
    ----------
    first
        The cache of the first page: what these pages say changes with it.
    navigation
        Returns the links of a page to the others.
    headers
        What every answer of the server carries.
    weights
        Returns the bytes of the server's pages, by title.
    """

    def __init__(
        self,
        first: PageCache,
        navigation: Callable[[str], Navigation],
        headers: Sequence[str],
        weights: Callable[[], Mapping[str, int]],
    ) -> None:
        self._first, self._navigation, self._headers = first, navigation, headers
        self._weights = weights
        self._list: SignList | None = None
        self._shown = 0
        self._kept: dict[str, tuple[object, Page]] = {}

    def show(self, sign_list: SignList) -> None:
        """Take what the pages say from a list: that of the first page."""
        self._list = sign_list
        self._shown += 1

    def links(self) -> tuple[NavLink, ...]:
        """Return the links to these pages from the first address."""
        return publication_links(self._list) if self._list else ()

    async def page(self, name: str) -> Page | None:
        """Return a page; `None` where nobody says who publishes.

        Raises
        ------
        PageUnavailableError
            When the list was never sound.
        """
        await self._first.page()  # the list is read again if a file changed
        pages = publication_pages(self._list) if self._list else {}
        if name not in pages or self._list is None:
            return None
        weights = dict(self._weights())
        known = (self._shown, today(), weights)
        if name not in self._kept or self._kept[name][0] != known:
            html = await run_in_thread(self._rendered, name, self._list, weights)
            self._kept[name] = known, Page.of(html)
        return self._kept[name][1]

    def _rendered(self, name: str, sign_list: SignList, weights: Mapping[str, int]) -> str:
        return render_publication(
            publication_pages(sign_list)[name],
            sign_list,
            today(),
            Hosting(weights, headers=self._headers),
            navigation=self._navigation(name),
        )


class PublicationHandler(KeptHandler):
    """Serves one of these pages."""

    def initialize(self, name: str, pages: PublicationPages) -> None:
        """Set which one."""
        self.name, self.pages = name, pages

    async def get(self) -> None:
        """Send the page."""
        await self.send_kept(self._page())

    async def _page(self) -> Page:
        page = await self.pages.page(self.name)
        if page is None:
            raise tornado.web.HTTPError(NOT_FOUND)
        return page

    head = get
