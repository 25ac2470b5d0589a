"""The outage page, which a proxy shows when no server responds: the numbers to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from signs.model.freshness import is_overdue
from widgets.page.shell import render_plain
from widgets.printables.printables import For, staff_lines, when_open
from widgets.render.html import render_template

if TYPE_CHECKING:
    from datetime import date

    from signs.model.entries import Service
    from signs.model.sign_list import SignList


class OutagePage(NamedTuple):
    """The outage page; served at any failed address, it links to no other page."""

    name: str
    """Its name for `reperes exporter --page`."""
    title: str
    audience: For


OUTAGE = OutagePage("panne", "Repères ne s'affiche pas", For.HOSTS)


class _Line(NamedTuple):
    """A service to call, and its opening hours."""

    service: Service
    hours: str | None


def render_outage(page: OutagePage, sign_list: SignList, on: date) -> str:
    """Render the page for a day, with the helplines for any concern."""
    lines = [
        _Line(service, when_open(service.hours) if service.hours else None)
        for service in staff_lines(sign_list)
    ]
    overdue = is_overdue(sign_list.info.review_before, on)
    html = render_template("page/panne.html.j2", list=sign_list, lines=lines, overdue=overdue)
    return render_plain(page.title, Markup(html))  # noqa: S704 (drawn by a template of ours)
