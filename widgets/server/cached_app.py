"""The web app: Voila renders the pages once, and the same bytes go to everybody.

Voila executes the notebooks with its own kernel manager and renders them through its own
template machinery; what it would otherwise offer (files, kernels, websockets, tree,
overrides) is never routed. See :mod:`widgets.server.page_cache` for when a page is made.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from traitlets import Any as AnyTrait
from voila.notebook_renderer import NotebookRenderer

from signs.loading.loader import Choice
from signs.text.typography import typography
from widgets.page.navigation import served
from widgets.page.registry import FRONT, PAGES
from widgets.page.shell import render_page
from widgets.runtime.kernels import OneKernelManager
from widgets.runtime.selection import variables
from widgets.runtime.workdir import kernel_folders, private_workdir
from widgets.server.base_app import LockedVoila
from widgets.server.handlers import HealthHandler, NotFoundHandler, PageHandler
from widgets.server.lists import CHOOSER, Listed, ListsHandler, side_by_side
from widgets.server.page_cache import Health, PageCache
from widgets.server.settings import Settings, configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nbformat import NotebookNode

    from widgets.server.sources import Snapshot

HEALTH = "/sante"
"""Where probes ask."""
_EACH = 1.0
"""Seconds between two looks at the sources."""
_AT_ONCE = 3
"""Pages made at the same time, each by a kernel of some eighty megabytes."""


class Server(LockedVoila):
    """Voila, serving kept pages and nothing else."""

    choices = AnyTrait(help="The lists, and the school's file, that the pages show.")
    room = AnyTrait(help="A private folder, gone when the server stops.")

    def init_handlers(self) -> list[Any]:
        """Return every route there is."""
        base = self.serving.base_url.rstrip("/")
        self.lists = side_by_side(self.choices, taken=(HEALTH,))
        self._told: dict[str, set[str]] = {path: set() for path in self.lists}
        # The first pages of all lists are made before the others of any. One at a time is made
        # before anybody asks: those that visitors ask for need not wait for all of them.
        turns = asyncio.Semaphore(_AT_ONCE)
        self.keepers = {
            f"{path}{page.route}": PageCache(
                page.notebook, choice, self.render, self.room, partial(self._tell, path)
            )
            for page in PAGES.values()
            for path, choice in self.lists.items()
        }
        for keeper in self.keepers.values():
            keeper.turns = turns
        chooser = (re.escape(base + CHOOSER), ListsHandler, {"listed": self.listed})
        return [
            *(
                (re.escape(base + route), PageHandler, {"keeper": keeper})
                for route, keeper in self.keepers.items()
            ),
            (re.escape(base + HEALTH), HealthHandler, {"health": self.health}),
            *([chooser] if len(self.lists) > 1 else ()),
            (r".*", NotFoundHandler),
        ]

    def init_settings(self) -> dict[str, Any]:
        """Add the way back, which is no secret here."""
        return {**super().init_settings(), "reperes_home": self.serving.base_url}

    def listed(self) -> list[Listed]:
        """Return the lists there are, as the page to choose shows them."""
        base = self.serving.base_url.rstrip("/")
        found = []
        for path, choice in self.lists.items():
            front = self.keepers[f"{path}{FRONT.route}"].health()
            found.append(
                Listed(
                    front.title or choice.folder.name,
                    front.version,
                    f"{base}{path}{FRONT.route}",
                )
            )
        return found

    async def render(self, snapshot: Snapshot) -> str:
        """Execute a notebook in a kernel of its own and return its page.

        The kernel is gone when this returns, whatever happened.
        """
        renderer = NotebookRenderer(
            voila_configuration=self.voila_configuration,
            traitlet_config=self.config,
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
            environment={**variables(snapshot.choice), **kernel_folders(self.room)},
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

    def _tell(self, path: str, text: str) -> None:
        """Say something of a page, once for all the pages of a list that have the same to say."""
        if text not in self._told[path]:
            self._told[path].add(text)
            self.say(text)

    def _forget_what_is_over(self) -> None:
        """Say again of a list what was said of it, should it go wrong again."""
        for path, told in self._told.items():
            pages = (self.keepers[f"{path}{page.route}"].health() for page in PAGES.values())
            if not any(page.refusal or page.making_for for page in pages):
                told.clear()

    def health(self) -> tuple[bool, dict[str, Any]]:
        """Tell whether visitors can be sent here, and how each page stands.

        They can once the front page is there: any other is made when it is asked for, before
        those nobody asked for, however many lists there are. A page that cannot be made again
        keeps nobody away, as the last good one is given.
        """
        pages = {route: keeper.health() for route, keeper in self.keepers.items()}
        front = pages[FRONT.route]
        if front.tried and not front.kept:
            state = "en panne"
        elif not all(page.tried for page in pages.values()):
            state = "en préparation"
        elif all(page.current for page in pages.values()):
            state = "à jour"
        else:
            state = "en retard"
        return front.kept, {
            "etat": state,
            "version": front.version,
            "pages": {route: _told(page) for route, page in pages.items()},
        }

    async def begin(self) -> None:
        """Make every page before anybody asks, and again when what it is made of changes."""
        self._following = asyncio.current_task()
        while True:
            for keeper in self.keepers.values():
                await keeper.follow()
            self._forget_what_is_over()
            await asyncio.sleep(_EACH)

    async def leave_nothing(self) -> None:
        """End what is under way, so that no kernel outlives the server."""
        if self._following is not None:
            self._following.cancel()
        await asyncio.gather(*(keeper.close() for keeper in self.keepers.values()))
        await super().leave_nothing()

    _following: asyncio.Task[Any] | None = None


def _told(page: Health) -> dict[str, Any]:
    state = "à jour" if page.current else "en retard" if page.kept else "absente"
    if not page.tried:
        state = "en préparation"
    return {
        "etat": state,
        "version": page.version,
        "refus": page.refusal and typography(page.refusal),
        "se_prepare_depuis": None if page.making_for is None else round(page.making_for),
    }


def serve(choices: Sequence[Choice], settings: Settings, say: Callable[[str], None]) -> None:
    """Serve the pages until told to stop (Ctrl-C or SIGTERM).

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
    choices = [
        Choice(each.folder.resolve(), each.school and each.school.resolve()) for each in choices
    ]
    several = len(choices) > 1
    lists = f"{settings.base_url.rstrip('/')}{CHOOSER}" if several else ""

    def page(executed: NotebookNode, name: str) -> str:
        return render_page(executed, ways=served(name), lists=lists)

    with private_workdir() as room:
        pages = room / "pages"
        pages.mkdir()
        server = Server(
            choices=choices,
            also=f"Pour choisir une liste : {settings.address}{CHOOSER[1:]}\n" if several else "",
            room=pages,
            serving=settings,
            say=lambda text: say(typography(text)),
            root_dir=str(pages),
            notebook_path=str(FRONT.notebook),
            config=configuration(
                settings, room, {"VoilaExporter": {"filters": {"reperes_page": page}}}
            ),
        )
        server.initialize([])
        server.start()
