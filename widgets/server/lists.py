"""Several lists on one server: a base path for each, and a page to choose one."""

from __future__ import annotations

import re
import unicodedata
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
"""The route of the page to choose a list, if there is more than one."""
_NAME = re.compile(r"[^\W_][^\x00-\x1f/\\]*")


class Listed(NamedTuple):
    """A list, as the chooser page shows it."""

    title: str
    version: str | None
    """`None` while it is being prepared."""
    address: str


def side_by_side(choices: Sequence[Choice], taken: Iterable[str]) -> dict[str, Choice]:
    """Return the lists by base path: "" for the first, then `/name`.

    Parameters
    ----------
    choices
        The lists, each named after its folder.
    taken
        Addresses that are reserved.

    Raises
    ------
    ServingError
        When two lists would share an address, or one is reserved.
    """
    first, *others = choices
    by_path = {"": first}
    reserved = {CHOOSER, *taken, *(page.route for page in PAGES.values())}
    for choice in others:
        name = unicodedata.normalize("NFC", choice.folder.name)
        path = f"/{quote(name)}"
        if not _NAME.fullmatch(name):
            raise ServingError(
                f"La liste « {name} » ne peut pas être servie à côté d'une autre : son nom ne "
                "commence ni par une lettre, ni par un chiffre. Donnez un autre nom à son dossier, "
                "ou nommez-la d'abord."
            )
        if path in reserved:
            raise ServingError(
                f"La liste « {name} » ne peut pas être servie à côté d'une autre : l'adresse "
                f"{path} n'est pas libre. Donnez un autre nom à son dossier, ou nommez-la d'abord."
            )
        if path in by_path or name == unicodedata.normalize("NFC", first.folder.name):
            raise ServingError(
                f"Deux listes s'appellent « {name} ». Donnez un autre nom à l'un des dossiers."
            )
        by_path[path] = choice
    return by_path


class ListsHandler(BaseHandler):
    """Shows the lists, each with its address."""

    def initialize(self, listed: Callable[[], list[Listed]]) -> None:
        """Set the function that returns the lists."""
        self.listed = listed

    def get(self) -> None:
        """Send the chooser page."""
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
