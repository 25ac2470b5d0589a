"""The board: its HTML, and its widget for notebooks."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import traitlets

from signs.model.entries import (
    LEADS,
    SECTION_TITLES,
    STEP_TITLES,
    Advice,
    Audience,
    Promise,
    Section,
    Service,
    Source,
)
from signs.model.fields import EMERGENCY_SMS, UNSURE, EmergencyPhone, by_id
from signs.model.freshness import is_overdue, is_stale
from signs.text import opening_hours
from signs.text.names import explains_calls
from signs.text.typography import typography
from widgets.board.conditions import Conditions
from widgets.board.selection import InPythonOnly, Selection, Shared
from widgets.render.assets import cell_style, script
from widgets.render.html import render_template
from widgets.render.static_widget import StaticView, StaticWidget
from widgets.runtime.build_date import day_of
from widgets.runtime.selection import list_to_show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from signs.model.sign_list import SignList

CHAIN = {Section.SAFETY.value, Section.TALK.value, Section.TELL.value}
"""Sections where the safe version of a gesture never gives way on paper."""
HORIZON = 366
"""For how many days a board has the opening hours."""

SPOKEN = {Section.SAFETY.value, Section.TALK.value}
"""Sections whose quoted sentences are to be said (elsewhere they are also quoted to be avoided)."""

SECOND: dict[EmergencyPhone, EmergencyPhone] = {"15": UNSURE, "17": UNSURE, UNSURE: "15"}
"""The number that stands beside the one to call first, smaller."""
CARING = "Vous aussi, faites-vous aider."
"""What every answer ends with: neither a number nor a prohibition has the last word."""


class BoardMarkup(NamedTuple):
    """A board's HTML, and the style sheet that replaces its JavaScript."""

    html: str
    css: str


class Board(StaticWidget):
    """The board in a notebook.

    Works without Python in the browser: what is ticked stays there, and a lost kernel changes
    nothing on a page already open. Its output also carries the same HTML, for front ends
    without widget support.

    Parameters
    ----------
    sign_list
        What to show; by default the list that `REPERES_LISTE` names, else the shipped one,
        with the school's file that `REPERES_ECOLE` names.
    shared
        Whether `selection` and what is ticked follow each other, for workshops. Off by
        default: nothing ticked leaves the browser. The page says which of the two it is.
    at
        The day the opening hours start from, as any moment of it; today, in Paris, by default.
        They are known for 366 days from then.
    **options
        What every widget has, such as `layout`; and a `selection` to begin with, where shared.

    Raises
    ------
    UnusableListError
        When that list, or that school's file, has errors.
    UnknownOptionError
        When there is no such option.

    Examples
    --------
    >>> from datetime import datetime
    >>> from widgets import Board
    >>> board = Board(at=datetime(2026, 11, 25))
    >>> 'data-conseil="appeler-15"' in board.html
    True

    Shared, what is ticked is known to Python, and what Python selects is ticked:

    >>> board = Board(shared=True)
    >>> board.selection = {"sommeil", "scarifications"}
    >>> board.selection += ["confidence"]
    >>> board.selection  # in the order of the list
    ['confidence', 'sommeil', 'scarifications']
    """

    _esm = script("board/widget.js")
    _css = cell_style("board")

    shared = Shared(False).tag(sync=True)
    selection = Selection(traitlets.Unicode()).tag(sync=InPythonOnly())
    """The ids of what is ticked, where it is shared; any known ones can be set.

    It is not synchronised, as the state of widgets may be saved with a notebook: it goes by
    messages, which no file keeps. So `observe` and `link` follow it, and `jslink` cannot.
    """

    @explains_calls("Board(shared=True)")
    def __init__(
        self,
        sign_list: SignList | None = None,
        *,
        shared: bool = False,
        at: datetime | None = None,
        **options: Any,  # noqa: ANN401 (any trait)
    ) -> None:
        self.sign_list = list_to_show(sign_list)
        self._at = at
        self._on_page: list[str] = []
        super().__init__(html=self._render(shared=shared), shared=shared, **options)
        self._tick_pending = bool(self.selection)
        self.on_msg(self._receive)
        self.observe(self._redraw, "shared")
        self.observe(self._tick, "selection")

    def _render(self, *, shared: bool) -> str:
        return markup(self.sign_list, at=self._at, in_notebook=True, shared=shared).html

    def _redraw(self, change: dict[str, Any]) -> None:
        if not change["new"]:
            self.selection = []
        self.html = self._render(shared=change["new"])

    def _tick(self, change: dict[str, Any]) -> None:
        """Send a selection made in Python to the page, unless it comes from the page."""
        ids = list(change["new"])
        self._tick_pending = ids != self._on_page
        if self._tick_pending:
            self._show(ids)

    def _show(self, ids: list[str]) -> None:
        self._on_page = ids
        if self.shared:
            self.send({"selection": ids})

    def _receive(self, _widget: Board, content: object, _buffers: object) -> None:
        """Take the ticks of the page; send them instead to a page that was just drawn."""
        if not self.shared or not isinstance(content, dict):
            return
        if content.get("drawn") and self._tick_pending:
            self._show(list(self.selection))
            return
        self._on_page = [id_ for id_ in content.get("selection", ()) if id_ in self.sign_list.items]
        self.selection = self._on_page

    def static_view(self) -> StaticView:
        """Return the HTML as a page has it, with its styles for no JavaScript."""
        view = markup(self.sign_list, at=self._at)
        return StaticView(
            "board", self.sign_list.info.title, view.html, view.css, self.sign_list.exit
        )


def markup(
    sign_list: SignList,
    *,
    at: datetime | None = None,
    in_notebook: bool = False,
    shared: bool = False,
) -> BoardMarkup:
    """Return the board's HTML and style sheet.

    Parameters
    ----------
    sign_list
        What to show.
    at
        The day the opening hours start from and contacts grow old by; today by default.
    in_notebook
        Whether to add what the page around it otherwise shows (the emergency numbers).
    shared
        Whether the notebook receives what is ticked: the page says so.
    """
    day = day_of(at)
    conditions = Conditions(sign_list)
    services = cards(sign_list, day)
    html = render_template(
        "board/board.html.j2",
        list=sign_list,
        conditions=conditions,
        sources=by_id(sign_list.sources),
        cited=cited_sources(sign_list),
        leads=LEADS,
        spoken=SPOKEN,
        chain=CHAIN,
        steps={step.value: title for step, title in STEP_TITLES.items()},
        urgent=SECTION_TITLES[Section.SAFETY],
        promises=list(_promises(sign_list)),
        caring=CARING,
        second=SECOND,
        sms=EMERGENCY_SMS[0],
        services=services,
        night=next((card for card in services if _always_answers_staff(card.entry)), None),
        overdue=is_overdue(sign_list.info.review_before, day),
        in_notebook=in_notebook,
        shared=shared,
    )
    return BoardMarkup(html, conditions.css())


def _promises(sign_list: SignList) -> Iterator[Advice]:
    """Yield the advice that keeps the promises of every answer, before anything is chosen."""
    for promise in (Promise.TRUSTED_ADULT, Promise.TELL):
        yield from (
            each for each in sign_list.advice if each.role is promise and each.triggers is None
        )


def cited_sources(sign_list: SignList) -> list[Source]:
    """Return the sources of what the answers say, in the order of the list."""
    entries: tuple[Advice | Service, ...] = (*sign_list.advice, *sign_list.services)
    ids = {id_ for entry in entries for id_ in (entry.source, *entry.other_sources) if id_}
    return [source for source in sign_list.sources if source.id in ids]


def _always_answers_staff(service: Service) -> bool:
    return (
        service.triggers is None
        and service.phone is not None
        and Audience.STAFF in service.audience
        and opening_hours.always_open(service.hours)
    )


class ServiceCard(NamedTuple):
    """A service, with what depends on the day."""

    entry: Service
    hours: str | None
    """In words."""
    hours_read_in: str | None
    """The year they were read in, where they may have changed since."""
    openings: str | None
    """As `clock.js` reads it: the days it speaks of, then its runs, separated by `|`.

    The days are `first,end`, in minutes since 1970: before the first and from the end on,
    nobody can say. `toujours` stands for the runs of a service that never closes. A run is
    `start,length,weeks,day,opens,closes`: minutes since 1970, minutes, how many times a week
    apart, and three words; or `start,length,weeks,?` where nobody can say.
    """


def cards(sign_list: SignList, today: date) -> list[ServiceCard]:
    """Return the services of a list as they are on a day."""
    # Hours are given by the clock of Paris, which may not be the school's.
    overseas = sign_list.school is not None and sign_list.school.overseas
    return [
        ServiceCard(
            service,
            _hours(service.hours, overseas=overseas) if service.hours else None,
            _doubtful_since(service, today),
            _openings(service.hours, today),
        )
        for service in sign_list.services
    ]


def _doubtful_since(service: Service, today: date) -> str | None:
    """Return the year in which a service's hours were read, long ago; day and night stays."""
    changes = service.hours is not None and not opening_hours.always_open(service.hours)
    return service.checked_on[:4] if changes and is_stale(service.checked_on, today) else None


def _hours(notation: str, *, overseas: bool) -> str:
    words = opening_hours.in_words(notation)
    return (
        f"{words}, heure de Paris"
        if overseas and not opening_hours.always_open(notation)
        else words
    )


@lru_cache(maxsize=128)
def _openings(notation: str | None, today: date) -> str | None:
    if notation is None:
        return None
    days = ",".join(str(opening_hours.midnight(today + timedelta(days=n))) for n in (0, HORIZON))
    if opening_hours.always_open(notation):
        return f"{days}|toujours"
    runs = (
        ",".join(
            map(str, (run.start, run.length, run.weeks, *(run.in_words if run.known else "?")))
        )
        for run in opening_hours.openings(notation, today, HORIZON)
    )
    return typography("|".join((days, *runs)))  # an attribute that clock.js reads aloud
