"""The printable sheets of a list, each rendered as one HTML page."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from signs.model.entries import SECTION_TITLES, Audience
from signs.model.fields import by_id
from signs.model.freshness import is_overdue
from signs.text import opening_hours
from widgets.page.shell import Head, render_html_page
from widgets.printables.chain import chain_of
from widgets.printables.codes import code, in_pieces, in_words, is_long, same_code
from widgets.printables.people import to_talk_to
from widgets.render.html import render_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from signs.model.entries import Advice, Service
    from signs.model.handouts import Handout, Poster, PosterHelp
    from signs.model.sign_list import SignList
    from signs.model.training import Vignette
    from widgets.page.navigation import Navigation


class Paper(NamedTuple):
    """A paper format, and the font size on it."""

    words: str
    width: str
    height: str
    text: float
    """Root font size in points: everything on a sheet scales with it."""
    margin: str = "12mm"
    rows: int = 1
    """How many rows of cards a page has."""

    @property
    def css(self) -> str:
        """The `@page` styles of the format."""
        return (
            f"@page{{size:{self.width} {self.height};margin:{self.margin}}}"
            f"@media print{{html{{font-size:{self.text:g}pt;"
            f"--largeur:{self.width};--hauteur:{self.height};--marge:{self.margin};--rangs:{self.rows}}}}}"
        )


A4 = Paper("A4", "210mm", "297mm", 10)
ONE_SHEET = Paper("A4", "210mm", "297mm", 9.2, margin="11mm")
"""For a sheet that holds on one side, filled in or not."""
LARGE = Paper("A4", "210mm", "297mm", 12)
"""For a sheet on a wall, read standing."""
POSTER_A4 = Paper("A4", "210mm", "297mm", 10, margin="0mm")
# The same sheet, its sides times the square root of two.
POSTER_A3 = Paper("A3", "297mm", "420mm", 14.14, margin="0")
CARDS = Paper("A4, recto verso, quatre cartes à couper aux traits", "210mm", "297mm", 10, "0mm", 2)
HALVES = Paper("A4 couché, deux cartes A5 à couper au milieu", "297mm", "210mm", 9, "0mm")


LEAFLET = Paper("A4 couché, recto verso, à plier en deux", "297mm", "210mm", 10, "0mm")


class For(StrEnum):
    """The audience of a page that is not from a notebook."""

    STAFF = "Pour l'équipe"
    PUPILS = "Pour les élèves"
    HOSTS = "Pour qui installe Repères"
    PUBLIC = "À propos de ces pages"


_LAYOUTS = (
    ("", "Affiche A4", POSTER_A4, "affiche"),
    ("-a3", "Affiche A3", POSTER_A3, "affiche"),
    ("-cartes", "Cartes", CARDS, "cartes"),
    ("-depliant", "Dépliant A5", LEAFLET, "depliant"),
)
"""What is made of a poster: the end of its name, its title, its paper, its template."""


_DRAWN = {layout for _end, _title, _paper, layout in _LAYOUTS} | {
    *("premiers-mots", "salle", "observation", "chaine", "note", "avant", "atelier"),
}
"""The templates that the index has a drawing of."""


class Sheet(NamedTuple):
    """One page to print."""

    name: str
    """Its name for `reperes exporter --page`."""
    title: str
    audience: For
    paper: Paper
    template: str
    values: dict[str, Any]

    @property
    def picture(self) -> str:
        """Which small drawing shows it in the index: that of its template, or any sheet's."""
        layout = self.template.removeprefix("printables/").removesuffix(".html.j2")
        return layout if layout in _DRAWN else "fiche"

    @property
    def lead(self) -> str:
        """What it says first."""
        if "handout" in self.values:
            return str(self.values["handout"].lead)
        poster = self.values["poster"]
        return f"{poster.title} {poster.reassurance}"


_HANDOUT_PAPERS = {"premiers-mots": HALVES, "chaine": ONE_SHEET, "salle": LARGE}


def sheets_of(sign_list: SignList, page: str | None = None) -> dict[str, Sheet]:
    """Return every sheet of a list, by name, in the order of the index.

    Parameters
    ----------
    sign_list
        The list, with the school's own data.
    page
        The address of the school's page, on sheets for staff; by default the one in its file.
    """
    page = page or (sign_list.school.page if sign_list.school else None)
    sheets = (*_for_staff(sign_list, page), *_for_pupils(sign_list))
    return {sheet.name: sheet for sheet in sheets}


def render_sheet(
    sheet: Sheet, sign_list: SignList, on: date, *, navigation: Navigation | None = None
) -> str:
    """Render a sheet as one self-contained HTML page.

    Parameters
    ----------
    sheet
        One of :func:`sheets_of` this list.
    sign_list
        The list.
    on
        The day, which is printed on it.
    navigation
        Links to the sibling pages, shown on a screen, if any.
    """
    info = sign_list.info
    html = render_template(
        sheet.template,
        title=sheet.title,
        paper=sheet.paper.words,
        list=sign_list,
        sections=SECTION_TITLES,
        on=on.isoformat(),
        overdue=is_overdue(info.review_before, on),
        **sheet.values,
    )
    markup = Markup(html)  # noqa: S704 (drawn by a template of ours)
    return render_html_page(
        Head(f"{sheet.title} – Repères", f"À imprimer en {sheet.paper.words}. {sheet.lead}"),
        markup,
        sheet.paper.css,
        navigation=navigation,
        leave=sign_list.exit,
    )


def _for_staff(sign_list: SignList, page: str | None) -> Iterator[Sheet]:
    for handout in sign_list.handouts:
        if handout.model == "atelier" and not sign_list.vignettes:
            continue
        yield Sheet(
            handout.id,
            handout.title,
            For.STAFF,
            _HANDOUT_PAPERS.get(handout.model, A4),
            f"printables/{handout.model}.html.j2",
            _handout_values(handout, sign_list, page),
        )


def _handout_values(handout: Handout, sign_list: SignList, page: str | None) -> dict[str, Any]:
    advice = by_id(sign_list.advice)
    school = sign_list.school
    lines = staff_lines(sign_list)
    return {
        "handout": handout,
        # What a school's answers settle, such as the advice for primary schools, is not there.
        "repeated": [_repeated(advice[i], sign_list) for i in handout.advice if i in advice],
        "source": by_id(sign_list.sources)[handout.source],
        "lines_now": lines,
        "checked": _checked(lines),
        "advice": advice,
        "school": school,
        "chain": chain_of(school, page),
        "stories_by_page": _by_page(sign_list.vignettes),
        "page": page and _own_page(page),
        "hours": {s.id: when_open(s.hours) for s in sign_list.services if s.hours},
    }


class _Page(NamedTuple):
    """Where the school's own page is."""

    code: Markup
    same_code: Markup
    site: Markup
    long: bool
    """Whether it has lines of its own beside the code."""


def _own_page(address: str) -> _Page:
    return _Page(
        code(address, "page"),
        same_code(address, "page"),
        in_pieces(address),
        is_long(in_words(address)),
    )


_STORIES = 4
"""How many stories a page holds, or one less below a title."""


def _by_page(stories: tuple[Vignette, ...]) -> list[list[tuple[int, Vignette]]]:
    """Return numbered stories, shared out among as few pages as hold them."""
    numbered = list(enumerate(stories, start=1))
    first, rest = numbered[: _STORIES - 1], numbered[_STORIES - 1 :]
    pages = ceil(len(rest) / _STORIES)
    cuts = [round(page * len(rest) / pages) for page in range(pages + 1)] if pages else []
    return [first, *(rest[start:end] for start, end in pairwise(cuts))]


def staff_lines(sign_list: SignList) -> list[Service]:
    """Return the helplines that staff may call for any concern, in the order of the list."""
    return [
        service
        for service in sign_list.services
        if service.phone and service.triggers is None and Audience.STAFF in service.audience
    ]


class _Repeated(NamedTuple):
    """An advice, as repeated on a sheet."""

    advice: Advice
    only_if: str
    """Its condition, in the words of the list; empty if the text states it."""


_FEW = 2
"""An advice with at most so many triggers is specific to them, and needs its condition stated."""


def _repeated(advice: Advice, sign_list: SignList) -> _Repeated:
    triggers = advice.triggers or ()
    labels = [sign_list.causes[id_].words for id_ in triggers]
    return _Repeated(advice, " », « ".join(labels) if len(labels) <= _FEW else "")


def _for_pupils(sign_list: SignList) -> Iterator[Sheet]:
    for poster in sign_list.posters:
        values = _poster_values(poster, sign_list)
        who = poster.audience[0].lower() + poster.audience[1:]
        for end, title, paper, template in _LAYOUTS:
            yield Sheet(
                f"{poster.id}{end}",
                f"{title}, {who}",
                For.PUPILS,
                paper,
                f"printables/{template}.html.j2",
                values,
            )


class _Help(NamedTuple):
    """A service, as a poster shows it."""

    service: Service
    purpose: str
    in_short: str | None
    not_for: str | None
    hours: str | None
    code: Markup
    same_code: Markup
    """A reference to the code, if it is on the page already."""
    site: Markup


def _poster_values(poster: Poster, sign_list: SignList) -> dict[str, Any]:
    services = by_id(sign_list.services)
    helps = [
        (help_.code, _help(services[help_.service], help_))
        for help_ in sign_list.poster_helps
        if poster.id in help_.posters and help_.service in services
    ]
    numbers = [help_ for is_code, help_ in helps if not is_code]
    return {
        "poster": poster,
        "big": next((help_ for help_ in numbers if help_.service.id == poster.number), None),
        "in_line": [
            help_ for help_ in numbers if help_.in_short and help_.service.id != poster.number
        ],
        "gestures": [
            ("arreter", "Arrête", poster.stop, poster.stop_in_short),
            ("tenir", "Ne cède pas", poster.hold_out, poster.hold_out_in_short),
            ("garder", "Garde", poster.keep, poster.keep_in_short),
            ("dire", "Parle", poster.tell, poster.tell_in_short),
        ],
        "numbers": numbers,
        "codes": [help_ for is_code, help_ in helps if is_code],
        "checked": _checked([help_.service for _is_code, help_ in helps]),
        "to_talk_to": partial(to_talk_to, sign_list.school),
        "source": by_id(sign_list.sources)[poster.source],
    }


def _help(service: Service, help_: PosterHelp) -> _Help:
    return _Help(
        service,
        help_.purpose,
        help_.in_short,
        help_.not_for,
        when_open(service.hours) if service.hours else None,
        code(service.url, service.id) if service.url else Markup(),
        same_code(service.url, service.id) if service.url else Markup(),
        in_pieces(service.url or ""),
    )


def when_open(notation: str) -> str:
    """Return opening hours in words, as short as possible."""
    return (
        "jour et nuit" if opening_hours.always_open(notation) else opening_hours.in_words(notation)
    )


class _Checked(NamedTuple):
    """When a sheet's contacts were checked; see `Service.checked_on`."""

    oldest: str
    newest: str
    how: str
    """In words."""


def _checked(services: list[Service]) -> _Checked | None:
    dates = sorted(service.checked_on for service in services)
    read = all(service.checked_by == "document" for service in services)
    how = "lus dans des sources" if read else "vérifiés"
    return _Checked(dates[0], dates[-1], how) if dates else None
