"""Choose what to do from what was ticked: one pure function."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from signs.model.entries import OPEN_LINES, Advice, AdviceStep, Section, Service, Triggered
from signs.model.fields import LEVELS, UNSURE, URGENCY_TITLES, EmergencyPhone, by_id
from signs.model.sign_list import SignList
from signs.text import clock, opening_hours
from signs.text.given import (
    GivenError,
    UnknownIdError,
    UnknownMomentError,
    id_given,
    ids_given,
)
from signs.text.names import FrenchNames, explains_calls
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from signs.model.fields import Urgency
    from signs.model.school import Contact
    from signs.model.ticks import Moment, Tick

A_TICK = "l'identifiant d'un signe ou d'une situation"
"""What a tick is, as a cell is told."""
SOME_TICKS = '{"sommeil", "isolement"}'
"""How several are written."""
OPEN_SERVICES = 2
"""How many services stand open, besides the emergency numbers."""


class AdviceNow(Advice):
    """An advice, and whether it stands open at once in the answer it is part of.

    Examples
    --------
    >>> import signs
    >>> answer = signs.orient(signs.load(), {"danger-suicide"})
    >>> [(advice.step.value, advice.unfolded) for advice in answer.advice][:2]
    [('maintenant', True), ('maintenant', True)]
    """

    unfolded: bool
    """Whether it stands open; the others of its step wait below their count."""


class ServiceNow(Service):
    """A service, and whether it answers at the moment asked about.

    Examples
    --------
    >>> from datetime import datetime
    >>> import signs
    >>> night = datetime(2026, 11, 25, 3, 30)  # a Wednesday, in Paris
    >>> answer = signs.orient(signs.load(), {"scarifications"}, at=night)
    >>> {service.phone: service.open for service in answer.services if service.phone}
    {'119': True, '3018': False, '3114': True}
    """

    open: bool | None
    """`None` when unknown."""
    unfolded: bool
    """Whether it stands open; the others wait on one line."""


@dataclass(frozen=True, repr=False)
class Orientation(FrenchNames):
    """What to do, whom to tell and who answers, in the order a person should read it.

    Examples
    --------
    >>> import signs
    >>> answer = signs.orient(signs.load(), ["danger-suicide"])
    >>> answer.urgency, answer.urgent
    ('immediate', True)
    >>> answer.advice[0].id
    'appeler-15'
    >>> answer.because("appeler-15")
    ('danger-suicide',)
    >>> str(answer.at.tzinfo)
    'Europe/Paris'
    >>> signs.orient(signs.load(), ["sommeil"])
    Réponse (pas d’urgence) : ... conseils et ... services. D’abord : « ... » (...)
    """

    ticked: tuple[str, ...]
    """Ids of signs and situations, in the order of the list."""
    moment: str | None
    """Id of the door that is open."""
    urgency: Urgency
    call_first: EmergencyPhone | None
    """The number to call before any other, where somebody may be in danger now."""
    advice: tuple[AdviceNow, ...]
    """By step, then by rank."""
    services: tuple[ServiceNow, ...]
    at: datetime
    """When the services would be called, in Paris."""
    contacts: tuple[Contact, ...] = ()
    """Whom to tell here, from the school's own file: first its people, unless one of them may
    be the author, then the local services."""

    def __repr__(self) -> str:
        """Return in short what the answer is: how urgent, how much, and what comes first."""
        return typography(
            f"Réponse ({URGENCY_TITLES[self.urgency]}) : {len(self.advice)} conseils et "
            f"{len(self.services)} services. D'abord : {self.advice[0]!r}"
        )

    @property
    def urgent(self) -> bool:
        """Somebody may be in danger now; one tick is enough."""
        return self.urgency == "immediate"

    @property
    def last_word(self) -> AdviceNow | None:
        """What an answer ends with: a word for whoever helps, rather than what not to do."""
        then = [advice for advice in self.advice if advice.step is AdviceStep.THEN]
        return then[-1] if then and then[-1].section is Section.AFTER else None

    @explains_calls('reponse.because("appeler-15")')
    def because(self, id_: str) -> tuple[str, ...]:
        """Return what triggered an advice or a service; nothing for what is always shown.

        Parameters
        ----------
        id_
            Id of an advice or a service of this answer.

        Returns
        -------
        tuple of str
            Ids of signs and situations, in the order of the list, then of the door.

        Raises
        ------
        UnknownIdError
            When nothing shown has this id.
        GivenError
            When it is no id.
        """
        entries: tuple[Triggered, ...] = (*self.advice, *self.services)
        shown = by_id(entries)
        if id_given(id_, _SHOWN, 'reponse.because("appeler-15")') not in shown:
            raise UnknownIdError([id_], shown)
        triggers = shown[id_].triggers or ()
        selected = self.ticked if self.moment is None else (*self.ticked, self.moment)
        return tuple(id_ for id_ in selected if id_ in triggers)


_DOOR = "l'identifiant d'une porte d'entrée"
_SHOWN = "l'identifiant d'un conseil ou d'un service de la réponse"


@explains_calls('signs.orient(signs.load(), {"sommeil"})')
def orient(
    sign_list: SignList,
    ticks: Iterable[str],
    at: datetime | None = None,
    moment: str | None = None,
) -> Orientation:
    """Choose the advice and the services for what was ticked, and the door that is open.

    Pure: the same selection at the same moment always gives the same answer. Adding a tick
    never lowers the urgency, and what it hides it replaces.

    Parameters
    ----------
    sign_list
        The list to choose from.
    ticks
        Ids of signs and situations; may be empty. A text alone is one id, not its letters.
    at
        When the services would be called; now by default. A time without a zone is Paris time.
    moment
        Id of the door that is open: one of `sign_list.doors`. None by default.

    Returns
    -------
    Orientation
        The advice and the services to show; `urgency` is `"immediate"`, `"today"` or `"none"`.

    Raises
    ------
    GivenError
        When the list is none, a tick or the door no id, or `at` no moment; it is a `TypeError`.
    UnknownIdError
        When a tick is neither a sign nor a situation of the list.
    UnknownMomentError
        When the moment is no door; it is an `UnknownIdError` too.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> import signs
    >>> sign_list = signs.load()
    >>> noon = datetime(2026, 11, 25, 11, tzinfo=UTC)
    >>> answer = signs.orient(sign_list, {"scarifications"}, at=noon)
    >>> answer.urgency
    'today'
    >>> answer.at.isoformat()
    '2026-11-25T12:00:00+01:00'
    >>> next(service.open for service in answer.services if service.phone == "3018")
    True

    Nothing ticked is answered too, and so is a door alone:

    >>> signs.orient(sign_list, ()).urgency
    'none'
    >>> signs.orient(sign_list, (), moment="danger").call_first
    '112'
    """
    if not isinstance(sign_list, SignList):
        raise GivenError(sign_list, "une liste chargée", "signs.orient(signs.load(), ...)")
    ticked = frozenset(ids_given(ticks, A_TICK, SOME_TICKS))
    if unknown := ticked - sign_list.items.keys():
        raise UnknownIdError(unknown, sign_list.items)
    if moment is not None and id_given(moment, _DOOR, 'moment="danger"') not in sign_list.doors:
        raise UnknownMomentError(moment, sign_list.doors)
    at = opening_hours.local(at or clock.now())
    door = None if moment is None else sign_list.doors[moment]
    wanted = ticked if door is None else ticked | {door.id}
    urgent = any(sign_list.causes[id_].urgency == "immediate" for id_ in wanted)
    return Orientation(
        ticked=tuple(id_ for id_ in sign_list.items if id_ in ticked),
        moment=moment,
        urgency=max(
            (sign_list.causes[id_].urgency for id_ in wanted), key=LEVELS.index, default="none"
        ),
        call_first=_call_first((sign_list.items[id_] for id_ in ticked), door),
        advice=_advice(sign_list, wanted, urgent=urgent),
        services=_services(sign_list, wanted, at, urgent=urgent),
        at=at,
        contacts=_contacts(sign_list, wanted),
    )


def _call_first(ticks: Iterable[Tick], door: Moment | None) -> EmergencyPhone | None:
    """Return the number that ticks name, else the door's; 112 where they name different ones."""
    numbers = {tick.first_number for tick in ticks if tick.first_number}
    if not numbers:
        return door.first_number if door else None
    return numbers.pop() if len(numbers) == 1 else UNSURE


def _advice(sign_list: SignList, wanted: frozenset[str], *, urgent: bool) -> tuple[AdviceNow, ...]:
    shown = [
        advice
        for advice in sign_list.advice
        if _triggered(advice, wanted) and wanted.isdisjoint(sign_list.replaced_when[advice.id])
    ]
    return tuple(
        AdviceNow.model_construct(
            **advice.__dict__, unfolded=advice.protects or position < _open_lines(step, urgent)
        )
        for step, same_step in groupby(shown, attrgetter("step"))
        for position, advice in enumerate(same_step)
    )


def _open_lines(step: AdviceStep, urgent: bool) -> int:
    """Return how many lines of a step stand open, besides those that protect.

    In danger, what comes after the first step waits: only what protects stands open there.
    """
    return 0 if urgent and step is not AdviceStep.NOW else OPEN_LINES


def _services(
    sign_list: SignList, wanted: frozenset[str], at: datetime, *, urgent: bool
) -> tuple[ServiceNow, ...]:
    """Return the services called; in danger, the number to call is enough, and all wait."""
    free = 0 if urgent else OPEN_SERVICES
    services = []
    for service in sign_list.services:
        if not _triggered(service, wanted) or wanted & sign_list.out_of_age[service.id]:
            continue
        unfolded = free > 0 and not service.on_every_page
        free -= unfolded
        services.append(
            ServiceNow.model_construct(
                **service.__dict__,
                open=opening_hours.is_open(service.hours, at),
                unfolded=unfolded,
            )
        )
    return tuple(services)


def _contacts(sign_list: SignList, ticks: frozenset[str]) -> tuple[Contact, ...]:
    if sign_list.school is None:
        return ()
    safe = ticks.isdisjoint(sign_list.staff_suspected)
    people = sign_list.school.people if safe else ()
    return (*people, *sign_list.school.local_services)


def _triggered(entry: Triggered, ticks: frozenset[str]) -> bool:
    return entry.triggers is None or not ticks.isdisjoint(entry.triggers)
