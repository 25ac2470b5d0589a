"""The web app: Voila renders the pages once, and the same bytes go to everybody.

Voila executes the notebooks with its own kernel manager and renders them through its own
template machinery; what it would otherwise offer (files, kernels, websockets, tree,
overrides) is never routed. See :mod:`widgets.keeper` for when a page is made.
"""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from traitlets import Any as AnyTrait
from voila.notebook_renderer import NotebookRenderer

from signs.loading import Choice
from signs.wording import typography
from widgets.environment import variables
from widgets.keeper import Health, PageKeeper, Snapshot
from widgets.page.ways import served_page
from widgets.pages import FRONT, PAGES
from widgets.rooms import private_room
from widgets.server.app import LockedVoila
from widgets.server.handlers import HealthHandler, NotFoundHandler, PageHandler
from widgets.server.lists import CHOOSER, Listed, ListsHandler, side_by_side
from widgets.server.settings import Settings, configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEALTH = "/sante"
"""Where probes ask."""
_EACH = 1.0
"""Seconds between two looks at the sources."""


class Server(LockedVoila):
    """Voila, serving kept pages and nothing else."""

    choices = AnyTrait(help="The lists, and the school's file, that the pages show.")
    room = AnyTrait(help="A private folder, gone when the server stops.")

    def init_handlers(self) -> list[Any]:
        """Return every route there is."""
        base = self.serving.base_url.rstrip("/")
        self.lists = side_by_side(self.choices, taken=(HEALTH,))
        # The first pages of all lists are made before the others of any.
        self.keepers = {
            f"{path}{page.route}": PageKeeper(
                page.notebook, choice, self.render, self.room, self.say
            )
            for page in PAGES.values()
            for path, choice in self.lists.items()
        }
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
        kernel_id = await ensure_async(
            self.kernel_manager.start_kernel(
                kernel_name=renderer.notebook.metadata.kernelspec.name,
                path=renderer.cwd,
                env={**os.environ, **variables(snapshot.choice)},
            )
        )
        try:
            kernel = self.kernel_manager.get_kernel(kernel_id)
            page: str = await renderer.generate_content_str(kernel_id, kernel)
        finally:
            with suppress(Exception):  # it may have died by itself
                await ensure_async(self.kernel_manager.shutdown_kernel(kernel_id, now=True))
        return page

    def health(self) -> tuple[bool, dict[str, Any]]:
        """Tell whether visitors can be sent here, and how each page stands.

        They can once every page was tried and the front one is there; a page that cannot be
        made again keeps nobody away, as the last good one is given.
        """
        pages = {route: keeper.health() for route, keeper in self.keepers.items()}
        front = pages[FRONT.route]
        tried = all(page.tried for page in pages.values())
        if not tried:
            state = "en préparation"
        elif not front.kept:
            state = "en panne"
        elif all(page.current for page in pages.values()):
            state = "à jour"
        else:
            state = "en retard"
        return tried and front.kept, {
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
    page = partial(
        served_page, lists=f"{settings.base_url.rstrip('/')}{CHOOSER}" if several else ""
    )
    with private_room() as room:
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
