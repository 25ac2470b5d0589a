"""The web app: Voila renders each page once, and every visitor gets the same bytes.

Voila executes the notebooks with its own kernel manager and renders them through its own
template machinery; what it would otherwise offer (files, kernels, websockets, tree,
overrides) is never routed. See :mod:`widgets.server.page_cache` for when a page is made.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from traitlets import Any as AnyTrait
from traitlets.config import Config
from voila.notebook_renderer import NotebookRenderer

from signs.loading.loader import Choice
from signs.text.typography import typography
from widgets.page.navigation import served
from widgets.page.registry import FRONT, PAGES
from widgets.page.shell import page_cells, render_page
from widgets.publication.publication import PUBLICATION_NAMES, publication_links
from widgets.runtime.kernels import OneKernelManager
from widgets.runtime.selection import variables
from widgets.runtime.workdir import kernel_folders, private_workdir
from widgets.server.addresses import relative, spelled
from widgets.server.base_app import LockedVoila
from widgets.server.handlers import HealthHandler, NotFoundHandler, PageHandler, RobotsHandler
from widgets.server.lists import CHOOSER, Listed, ListsHandler, side_by_side
from widgets.server.page_cache import Health, PageCache
from widgets.server.publication import PublicationHandler, PublicationPages
from widgets.server.reports import Reports
from widgets.server.settings import Settings, configuration
from widgets.server.sources import Sources

AnyPath = TypeVar("AnyPath", Path, None, Path | None)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nbformat import NotebookNode

    from signs.model.sign_list import SignList
    from widgets.page.navigation import Navigation
    from widgets.page.registry import NotebookPage
    from widgets.server.sources import Snapshot

HEALTH = "/sante"
"""The route of health checks."""
ROBOTS = "/robots.txt"
"""Where search engines ask what they may read."""
TAKEN = (HEALTH, ROBOTS, *(f"/{name}" for name in PUBLICATION_NAMES))
"""Routes that are no list's."""
_POLL_INTERVAL = 1.0
"""Seconds between two checks of the sources."""
_MAX_CONCURRENT = 3
"""Pages rendered at the same time, each by a kernel of some eighty megabytes."""


class Server(LockedVoila):
    """Voila serving cached pages and nothing else."""

    choices = AnyTrait(help="The lists, and the school's file, that the pages show.")
    workdir = AnyTrait(help="A private folder, removed when the server stops.")
    front = FRONT.route
    """The route of the page that a probe waits for."""

    def init_handlers(self) -> list[Any]:
        """Return every route."""
        base = self.serving.base_url.rstrip("/")
        self.lists = side_by_side(self.choices, taken=TAKEN)
        self._reports = {path: Reports(self.say) for path in self.lists}
        # The first pages of all lists are made before the others of any. One at a time is made
        # before anybody asks: those that visitors ask for need not wait for all of them.
        turns = asyncio.Semaphore(_MAX_CONCURRENT)
        self.page_caches = {
            f"{path}{self.route_of(page)}": PageCache(
                self.sources_of(page, choice),
                partial(self.render, path),
                self._reports[path].tell,
            )
            for page in PAGES.values()
            for path, choice in self.lists.items()
        }
        for cache in self.page_caches.values():
            cache.turns = turns
        chooser = (re.escape(base + CHOOSER), ListsHandler, {"listed": self.listed})
        several = len(self.lists) > 1
        self._addresses = {
            spelled(base + route): base + route
            for route in (
                *self.page_caches,
                *([CHOOSER] if several else ()),
                *(f"/{name}" for name in PUBLICATION_NAMES),
            )
        }
        self.publication = PublicationPages(
            self.page_caches[self.front],
            self.navigation,
            self.serving.headers_in_words(),
            self.weights,
        )
        return [
            *(
                (re.escape(base + route), PageHandler, {"cache": cache})
                for route, cache in self.page_caches.items()
            ),
            (re.escape(base + HEALTH), HealthHandler, {"health": self.health}),
            (re.escape(base + ROBOTS), RobotsHandler),
            *([chooser] if several else ()),
            *(
                (
                    re.escape(f"{base}/{name}"),
                    PublicationHandler,
                    {"name": name, "pages": self.publication},
                )
                for name in PUBLICATION_NAMES
            ),
            (r".*", NotFoundHandler),
        ]

    def init_settings(self) -> dict[str, Any]:
        """Add the home address, which error pages may link to here, and those of all pages."""
        return {
            **super().init_settings(),
            "reperes_home": self.serving.base_url,
            "reperes_address": self.address,
        }

    def address(self, spelling: str) -> str | None:
        """Return the address of a page, given what its spellings have in common."""
        return self._addresses.get(spelling)

    def route_of(self, page: NotebookPage) -> str:
        """Return where a page is below the base address."""
        return page.route

    def sources_of(self, page: NotebookPage, choice: Choice) -> Sources:
        """Return what a page is made of."""
        return Sources(page.notebook, choice, self.workdir)

    def navigation(self, name: str) -> Navigation:
        """Return the links of a page to the others."""
        return served(name)

    def page(self, path: str, executed: NotebookNode, name: str, sign_list: SignList) -> str:
        """Return the page of an executed notebook of a list."""
        up = "../" if path else ""
        return render_page(
            executed,
            navigation=self.navigation(name),
            lists=f"{up}{CHOOSER[1:]}" if len(self.lists) > 1 else "",
            about=publication_links(sign_list, up),
        )

    def weights(self) -> dict[str, int]:
        """Return the bytes of the pages of the first list that are made, by title."""
        sizes = {page.title: self.page_caches[self.route_of(page)].kept for page in PAGES.values()}
        return {title: size for title, size in sizes.items() if size}

    def listed(self) -> list[Listed]:
        """Return the lists there are, as the page to choose shows them."""
        listed = []
        for path, choice in self.lists.items():
            front = self.page_caches[f"{path}{FRONT.route}"].health()
            listed.append(
                Listed(
                    front.title or choice.folder.name,
                    front.version,
                    relative(f"{path}{FRONT.route}", CHOOSER),
                )
            )
        return listed

    async def render(self, path: str, snapshot: Snapshot, sign_list: SignList) -> str:
        """Execute a notebook of a list in a kernel of its own and return its page.

        The kernel is gone when this returns, whatever happened.
        """

        def page(executed: NotebookNode, name: str) -> str:  # a function: others would be copied
            return self.page(path, executed, name, sign_list)

        if not path and snapshot.notebook.name == FRONT.notebook.name:
            self.publication.show(sign_list)

        exporter = Config({"filters": {"reperes_cells": page_cells, "reperes_page": page}})
        config = Config({**self.config, "VoilaExporter": exporter})
        renderer = NotebookRenderer(
            voila_configuration=self.voila_configuration,
            traitlet_config=config,
            notebook_path=str(snapshot.notebook.relative_to(self.root_dir)),
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config={},
        )
        await renderer.initialize()
        folder = snapshot.folder
        kernel = OneKernelManager(
            config=self.config,
            connection_file=str(folder / "kernel.json"),
            environment={**variables(snapshot.choice), **kernel_folders(self.workdir)},
            autorestart=False,
        )

        async def execute() -> str:
            await kernel.start_kernel(cwd=str(folder))
            return str(await renderer.generate_content_str(folder.name, kernel))

        execution = asyncio.create_task(execute())
        try:
            # Waited for from outside: what executes notebooks takes being cancelled for a kernel
            # that died, and a frozen one for one that works.
            await asyncio.wait({execution})
            return execution.result()
        finally:
            execution.cancel()
            await kernel.end()

    def _forget_resolved(self) -> None:
        """Forget the reports of what works again, so that they can be repeated."""
        for path, reports in self._reports.items():
            reports.forget_resolved(
                self.page_caches[f"{path}{self.route_of(page)}"] for page in PAGES.values()
            )

    def health(self) -> tuple[bool, dict[str, Any]]:
        """Return whether the server is ready for visitors, and the state of each page.

        It is ready once the front page is cached: any other page is rendered on request, ahead
        of those not requested yet, however many lists there are. A page that cannot be rendered
        again does not make it unready, as the last good one is served.
        """
        pages = {route: cache.health() for route, cache in self.page_caches.items()}
        front = pages[self.front]
        if front.tried and not front.available:
            state = "en panne"
        elif not all(page.tried for page in pages.values()):
            state = "en préparation"
        elif all(page.current for page in pages.values()):
            state = "à jour"
        else:
            state = "en retard"
        return front.available, {
            "etat": state,
            "version": front.version,
            "pages": {route: _page_state(page) for route, page in pages.items()},
        }

    async def begin(self) -> None:
        """Render every page ahead of requests, and again when its sources change."""
        self._following = asyncio.current_task()
        while True:
            await self.follow()
            self._forget_resolved()
            await asyncio.sleep(_POLL_INTERVAL)

    async def follow(self) -> None:
        """Render every page whose sources changed."""
        for cache in self.page_caches.values():
            await cache.follow()

    async def shut_down(self) -> None:
        """Cancel the renderings in progress, so that no kernel outlives the server."""
        if self._following is not None:
            self._following.cancel()
        await asyncio.gather(*(cache.close() for cache in self.page_caches.values()))
        await super().shut_down()

    _following: asyncio.Task[Any] | None = None


def _page_state(page: Health) -> dict[str, Any]:
    state = "à jour" if page.current else "en retard" if page.available else "absente"
    if not page.tried:
        state = "en préparation"
    return {
        "etat": state,
        "version": page.version,
        "refus": page.refusal and typography(page.refusal),
        "se_prepare_depuis": None if page.making_for is None else round(page.making_for),
    }


def serve(choices: Sequence[Choice], settings: Settings, say: Callable[[str], None]) -> None:
    """Serve the pages until stopped (Ctrl-C or SIGTERM).

    Parameters
    ----------
    choices
        The lists, with the school's file, that the pages show; the first one stands at the base
        address, each other below it under its own name.
    settings
        Where and how.
    say
        Prints a French sentence.

    Raises
    ------
    ServingError
        When the address cannot be listened on, or a list has no address of its own.
    """
    choices = [Choice(as_given(each.folder), as_given(each.school)) for each in choices]
    address = f"{settings.address}{CHOOSER[1:]}"
    note = f"Pour choisir une liste : {address}\n" if len(choices) > 1 else ""
    start(Server, settings, say, choices=choices, address_note=note)


def start(
    kind: type[Server], settings: Settings, say: Callable[[str], None], **traits: object
) -> None:
    """Start a server of some kind; return when it stops.

    Parameters
    ----------
    kind
        What serves.
    settings
        Where and how.
    say
        Prints a French sentence.
    **traits
        What that kind needs.
    """
    with private_workdir() as workdir:
        pages = workdir / "pages"
        pages.mkdir()
        server = kind(
            workdir=pages,
            serving=settings,
            say=lambda text: say(typography(text)),
            root_dir=str(pages),
            notebook_path=str(FRONT.notebook),
            config=configuration(settings, workdir),
            **traits,
        )
        server.initialize([])
        server.start()


def as_given(path: AnyPath) -> AnyPath:
    """Return a path from the root whose links are followed at each reading: they may change.

    Kubernetes changes a ConfigMap by a link, and a release is put in place by one.
    """
    if path is None:
        return path
    return path.resolve() if ".." in path.parts else path.absolute()
