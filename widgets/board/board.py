"""The board as a widget: one HTML, drawn here, that works wherever it is inserted."""

from __future__ import annotations

import os
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import traitlets

import signs
from signs import hours
from signs.ageing import is_overdue, is_stale
from signs.loading import DEFAULT, Choice
from signs.model import LEADS, SECTION_TITLES, Section, Service, SignList
from signs.wording import typography
from widgets.board.conditions import Conditions
from widgets.drawn import DrawnWidget, Still
from widgets.html import cell_style, draw, script
from widgets.today import today

if TYPE_CHECKING:
    from datetime import date, datetime

LIST_VARIABLE = "REPERES_LISTE"
"""Environment variable that names the list a notebook shows: a shipped name, or a path."""
SCHOOL_VARIABLE = "REPERES_ECOLE"
"""Environment variable that names the school's own file, laid over that list; may be unset."""
HORIZON = 366
"""For how many days a board knows the opening hours."""

SPOKEN = {Section.SAFETY.value, Section.TALK.value}
"""Sections whose quoted sentences are to be said (elsewhere they are also quoted to be avoided)."""

EMERGENCY = ("15", "17", "18", "112", "114")


class Markup(NamedTuple):
    """A board's HTML, and the style sheet that stands in for its JavaScript."""

    html: str
    css: str


class UnusableListError(Exception):
    """The list has errors; a notebook shows them in French, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Tell IPython what to show."""
        return str(self).splitlines()


class Board(DrawnWidget):
    """The board in a notebook.

    Works by itself in the browser: what is ticked stays there, and a lost kernel changes
    nothing on a page already open. Where no widget can live, its output still carries the
    same HTML.

    Parameters
    ----------
    sign_list
        What to show; by default the list that `REPERES_LISTE` names, else the shipped one,
        with the school's file that `REPERES_ECOLE` names.
    shared
        Whether `selection` follows what is ticked, for workshops. Off by default: nothing
        ticked leaves the browser.
    at
        The day the opening hours start from; today by default.

    Raises
    ------
    UnusableListError
        When that list, or that school's file, has errors.
    """

    _esm = script("board/notebook.js")
    _css = cell_style("board")

    shared = traitlets.Bool(False).tag(sync=True)
    selection = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(
        self,
        sign_list: SignList | None = None,
        *,
        shared: bool = False,
        at: datetime | None = None,
    ) -> None:
        self.sign_list = sign_list or list_to_show()
        self._at = at
        html = markup(self.sign_list, at=at, in_notebook=True).html
        super().__init__(html=html, shared=shared)

    def still(self) -> Still:
        """Return the HTML as a page has it, with its styles for no JavaScript."""
        drawn = markup(self.sign_list, at=self._at)
        return Still("board", self.sign_list.info.title, drawn.html, drawn.css)


def variables(choice: Choice) -> dict[str, str]:
    """Return the environment in which a notebook shows this list and this school's file."""
    return {
        LIST_VARIABLE: str(choice.folder.absolute()),
        SCHOOL_VARIABLE: "" if choice.school is None else str(choice.school.absolute()),
    }


def list_to_show() -> SignList:
    """Return what the environment names: a list, and a school's file laid over it.

    Raises
    ------
    UnusableListError
        When it has errors.
    """
    try:
        return signs.load(
            os.environ.get(LIST_VARIABLE, DEFAULT), os.environ.get(SCHOOL_VARIABLE) or None
        )
    except signs.ListError as error:
        raise UnusableListError(str(error)) from None


def markup(sign_list: SignList, *, at: datetime | None = None, in_notebook: bool = False) -> Markup:
    """Draw the board.

    Parameters
    ----------
    sign_list
        What to show.
    at
        The day the opening hours start from and contacts grow old by; today by default.
    in_notebook
        Whether to add what the page around it otherwise shows (the emergency numbers).
    """
    day = hours.local(at).date() if at else today()
    conditions = Conditions(sign_list)
    html = draw(
        "board/board.html.j2",
        list=sign_list,
        conditions=conditions,
        sources={source.id: source for source in sign_list.sources},
        leads=LEADS,
        spoken=SPOKEN,
        sections={section.value: title for section, title in SECTION_TITLES.items()},
        services=[
            ServiceCard.of(service, day, overseas=is_overseas(sign_list))
            for service in sign_list.services
        ],
        is_stale=partial(is_stale, today=day),
        overdue=is_overdue(sign_list.info.review_before, day),
        in_notebook=in_notebook,
    )
    return Markup(html, conditions.css())


class ServiceCard(NamedTuple):
    """A service, with what depends on the day."""

    entry: Service
    emergency: bool
    """Whether it is one of the emergency numbers, which paper shows once, on top."""
    stale: bool
    hours: str | None
    """In words."""
    openings: str | None
    """As `clock.js` reads it: `toujours`, or runs separated by `|`.

    A run is `start,length,weeks,day,opens,closes`: minutes since 1970, minutes, how many
    times a week apart, and three words; or `start,length,weeks,?` where nobody can say.
    """

    @classmethod
    def of(cls, service: Service, today: date, *, overseas: bool = False) -> ServiceCard:
        """Return the card of a service as it is on a day."""
        return cls(
            service,
            (service.phone or service.sms) in EMERGENCY,
            is_stale(service.checked_on, today),
            _hours(service.hours, overseas=overseas) if service.hours else None,
            _openings(service.hours, today),
        )


def is_overseas(sign_list: SignList) -> bool:
    """Tell whether the school's clock is not that of Paris, which hours are given by."""
    return sign_list.school is not None and sign_list.school.overseas


def _hours(notation: str, *, overseas: bool) -> str:
    words = hours.in_words(notation)
    return f"{words}, heure de Paris" if overseas and not hours.always_open(notation) else words


@lru_cache(maxsize=128)
def _openings(notation: str | None, today: date) -> str | None:
    if notation is None:
        return None
    if hours.always_open(notation):
        return "toujours"
    return typography(  # an attribute that clock.js reads aloud
        "|".join(
            ",".join(
                map(str, (run.start, run.length, run.weeks, *(run.in_words if run.known else "?")))
            )
            for run in hours.openings(notation, today, HORIZON)
        )
    )
