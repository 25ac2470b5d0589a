"""The ways between pages that stand side by side: on one server, or in one folder.

A page that stands alone has none, so that no link is dead. Links are relative: they hold below
any base address, on a disk and on any host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from widgets.page.registry import FRONT, PAGES, NotebookPage

if TYPE_CHECKING:
    from collections.abc import Callable


INDEX = "index"
"""The page that leads to all the others, in a folder of them."""


class NavLink(NamedTuple):
    """A way to a page, or the page where one is."""

    href: str
    title: str
    here: bool = False


class Navigation(NamedTuple):
    """The ways that a page shows."""

    entries: tuple[NavLink, ...]
    quiet: bool
    """At the foot, and each in a tab of its own: nothing calls away whoever is at the board,
    and what is ticked there stays."""


def served(name: str) -> Navigation:
    """Return the ways of a page of the web app, whatever its base address."""
    return _between(name, lambda page: page.route.removeprefix("/") or "./")


def in_folder(name: str) -> Navigation:
    """Return the ways of a page or a sheet in a folder of exported ones."""
    ways = _between(name, lambda page: f"{page.name}.html")
    index = NavLink(f"{INDEX}.html", "Sommaire")
    return ways._replace(entries=(index, *ways.entries))


def _between(name: str, address: Callable[[NotebookPage], str]) -> Navigation:
    quiet = name == FRONT.name
    return Navigation(
        tuple(
            NavLink(address(page), page.in_short, page.name == name)
            for page in PAGES.values()
            if not (quiet and page.name == name)
        ),
        quiet,
    )
