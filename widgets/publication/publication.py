"""The pages of a public site: accessibility, legal notice, data and security, ecodesign."""

from __future__ import annotations

import gzip
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from signs.text.grammar import enumeration
from widgets.page.navigation import NavLink
from widgets.page.shell import Head, render_html_page
from widgets.render.assets import stylesheet
from widgets.render.html import render_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from signs.model.sign_list import SignList
    from widgets.page.navigation import Navigation


class PublicationPage(NamedTuple):
    """A page that a public site must have, or that those who answer for it ask for."""

    name: str
    """Its name for `reperes exporter --page`."""
    title: str


_PAGES = (
    PublicationPage("accessibilite", "Déclaration d'accessibilité"),
    PublicationPage("mentions-legales", "Mentions légales"),
    PublicationPage("dpd-rssi", "Données et sécurité, en une feuille"),
    PublicationPage("rgesn", "Écoconception, en résumé"),
)
PUBLICATION_NAMES = tuple(page.name for page in _PAGES)
UNCHECKED = ("10.5", "11.3")
"""The criteria of the RGAA that ACCESSIBILITE.md says unchecked."""
HEADERS = (
    "Content-Security-Policy: frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy: same-origin",
    "Referrer-Policy: no-referrer",
    "Strict-Transport-Security: max-age=31536000",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
)
"""Those of `deploiement/nginx-fichiers.conf`: what a host adds to files."""


def publication_pages(sign_list: SignList) -> dict[str, PublicationPage]:
    """Return the pages that a list can have, by name: none where nobody says who publishes."""
    return {page.name: page for page in _of(sign_list)}


def _of(sign_list: SignList) -> tuple[PublicationPage, ...]:
    return _PAGES if sign_list.publisher else ()


def publication_links(sign_list: SignList, up: str = "") -> tuple[NavLink, ...]:
    """Return the links to these pages on a server.

    Parameters
    ----------
    up
        The way to the server's first page.
    """
    return tuple(NavLink(f"{up}{page.name}", page.title) for page in _of(sign_list))


def weight(html: str) -> int:
    """Return how many bytes a page takes as it travels."""
    return len(gzip.compress(html.encode(), mtime=0))


class Hosting(NamedTuple):
    """How a site reaches those who read it."""

    weights: Mapping[str, int] = MappingProxyType({})
    """The bytes of its pages, compressed, by title."""
    by_school: bool = False
    """Whether it has a page a school too, whose styles and scripts are files of the site."""
    headers: Sequence[str] = ()
    """Those that our server sends; without any, the site is files at some host."""


def render_publication(
    page: PublicationPage,
    sign_list: SignList,
    on: date,
    hosting: Hosting | None = None,
    *,
    navigation: Navigation | None = None,
) -> str:
    """Render a page for a day; without more, for a site of files."""
    hosting = hosting or Hosting()
    kilobytes = {title: round(size / 1000) for title, size in hosting.weights.items()}
    html = render_template(
        f"publication/{page.name}.html.j2",
        by_school=hosting.by_school,
        editor=sign_list.publisher,
        headers=hosting.headers or HEADERS,
        list=sign_list,
        on=on.isoformat(),
        served=bool(hosting.headers),
        unchecked=enumeration(UNCHECKED, "et"),
        weights=kilobytes,
    )
    head = Head(f"{page.title} – Repères")
    style = stylesheet("publication")
    return render_html_page(head, Markup(html), style, navigation=navigation)  # noqa: S704 (our own)
