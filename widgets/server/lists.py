"""Several lists side by side: each below an address of its own, and a page to choose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from widgets.page.registry import PAGES
from widgets.page.shell import render_plain
from widgets.server.handlers import BaseHandler
from widgets.server.page_cache import Page
from widgets.server.settings import ServingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from signs.loading.loader import Choice

CHOOSER = "/listes"
"""Where one chooses, once there is more than one list."""
_NAME = re.compile(r"[^\W_][\w.-]*")


class Listed(NamedTuple):
    """A list as the page to choose shows it."""

    title: str
    version: str | None
    """`None` while it is being prepared."""
    address: str


def side_by_side(choices: Sequence[Choice], taken: Iterable[str]) -> dict[str, Choice]:
    """Return the lists by the path each is served below: "" for the first, then `/name`.

    Parameters
    ----------
    choices
        The lists, each in a folder that gives it its name.
    taken
        The addresses that are no list's.

    Raises
    ------
    ServingError
        When a list has no address of its own.
    """
    first, *others = choices
    found = {"": first}
    reserved = {CHOOSER, *taken, *(page.route for page in PAGES.values())}
    for choice in others:
        name = choice.folder.name
        path = f"/{quote(name)}"
        if path in reserved or not _NAME.fullmatch(name):
            raise ServingError(
                f"La liste « {name} » ne peut pas être servie à côté d'une autre : l'adresse "
                f"{path} n'est pas libre. Donnez un autre nom à son dossier, ou nommez-la d'abord."
            )
        if path in found or name == first.folder.name:
            raise ServingError(
                f"Deux listes s'appellent « {name} ». Donnez un autre nom à l'un des dossiers."
            )
        found[path] = choice
    return found


class ListsHandler(BaseHandler):
    """Shows the lists there are, each with its address."""

    def initialize(self, listed: Callable[[], list[Listed]]) -> None:
        """Remember whom to ask."""
        self.listed = listed

    def get(self) -> None:
        """Send the page to choose."""
        lines = (
            Markup('<li><a href="{}">{}</a> ({})</li>').format(
                each.address,
                each.title,
                f"version {each.version}" if each.version else "en préparation",
            )
            for each in self.listed()
        )
        html = Markup("<ul>{}</ul>").format(Markup("").join(lines))
        self.send_page(Page.of(render_plain("Choisir une liste", html)))

    head = get
