"""Navigation links between sibling pages: on one server, or in one exported folder.

A standalone page has none, so that no link is dead. Links are relative: they work below any
base address, on a disk and on any host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from widgets.page.registry import FRONT, PAGES, NotebookPage

if TYPE_CHECKING:
    from collections.abc import Callable


INDEX = "index"
"""The page that links to all the others in an exported folder."""


class NavLink(NamedTuple):
    """A link to a page, possibly the current one."""

    href: str
    title: str
    here: bool = False


class Navigation(NamedTuple):
    """The navigation links of a page."""

    entries: tuple[NavLink, ...]
    apart: bool
    """Whether each opens in a new tab: the user of the board keeps what is ticked."""


def served(name: str) -> Navigation:
    """Return the links of a page of the web app, whatever its base address."""
    return _between(name, lambda page: page.route.removeprefix("/") or "./")


def in_folder(name: str) -> Navigation:
    """Return the links of a page or a sheet in an exported folder."""
    navigation = _between(name, lambda page: f"{page.name}.html")
    index = NavLink(f"{INDEX}.html", "Sommaire")
    return navigation._replace(entries=(index, *navigation.entries))


def among_schools(name: str, up: str = "", suffix: str = "") -> Navigation:
    """Return the links of a page beside those of many schools.

    Parameters
    ----------
    name
        Of the page; nothing for a school's.
    up
        The way to the folder of the page to choose a school.
    suffix
        Of the files of pages.
    """
    apart = not name or (name in PAGES and PAGES[name].ticked)
    chooser = up or (f"{INDEX}{suffix}" if suffix else "./")
    pages = (
        NavLink(f"{up}{page.name}{suffix}", page.in_short, page.name == name)
        for page in PAGES.values()
        if page != FRONT and not (apart and page.name == name)
    )
    return Navigation((NavLink(chooser, "Choisir un établissement"), *pages), apart)


def _between(name: str, address: Callable[[NotebookPage], str]) -> Navigation:
    apart = name in PAGES and PAGES[name].ticked
    return Navigation(
        tuple(
            NavLink(address(page), page.in_short, page.name == name)
            for page in PAGES.values()
            if not (apart and page.name == name)
        ),
        apart,
    )
