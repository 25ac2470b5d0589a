"""The pages of a public site: accessibility, legal notice, data and security, ecodesign."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from signs.text.grammar import enumeration
from widgets.page.shell import Head, render_html_page
from widgets.printables.printables import For
from widgets.render.assets import stylesheet
from widgets.render.html import render_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from signs.model.sign_list import SignList
    from widgets.page.navigation import Navigation


class PublicationPage(NamedTuple):
    """A page that a public site must have, or that those who answer for it ask for."""

    name: str
    """Its name for `reperes exporter --page`."""
    title: str
    audience: For = For.PUBLIC


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
    return {page.name: page for page in _PAGES} if sign_list.publisher else {}


def render_publication(
    page: PublicationPage,
    sign_list: SignList,
    on: date,
    *,
    navigation: Navigation | None = None,
    written: Mapping[str, str] | None = None,
    by_school: bool = False,
) -> str:
    """Render a page for a day.

    Parameters
    ----------
    written
        The pages of the site, by title: the summary of ecodesign says what they weigh.
    by_school
        Whether the site has a page a school too, whose styles and scripts are files of the site.
    """
    weights = [
        (title, round(len(gzip.compress(html.encode(), mtime=0)) / 1000))
        for title, html in (written or {}).items()
    ]
    html = render_template(
        f"export/publication/{page.name}.html.j2",
        by_school=by_school,
        editor=sign_list.publisher,
        headers=HEADERS,
        list=sign_list,
        on=on.isoformat(),
        unchecked=enumeration(UNCHECKED, "et"),
        weights=weights,
    )
    head = Head(f"{page.title} – Repères")
    style = stylesheet("export/publication")
    return render_html_page(head, Markup(html), style, navigation=navigation)  # noqa: S704 (our own)
