"""Choose what to do from what was ticked: one pure function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from signs.diagnostics.problem import UnknownIdError
from signs.model.entries import Advice, Service, Triggered
from signs.model.fields import LEVELS, by_id
from signs.text import clock, opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from signs.model.fields import Urgency
    from signs.model.school import Contact
    from signs.model.sign_list import SignList


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


@dataclass(frozen=True)
class Orientation:
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
    """

    ticked: tuple[str, ...]
    """Ids of signs and situations, in the order of the list."""
    urgency: Urgency
    advice: tuple[Advice, ...]
    services: tuple[ServiceNow, ...]
    at: datetime
    """When the services would be called, in Paris."""
    contacts: tuple[Contact, ...] = ()
    """Whom to tell here, from the school's own file: first its people, unless one of them may
    be the author, then the local services."""

    @property
    def urgent(self) -> bool:
        """Somebody may be in danger now; one tick is enough."""
        return self.urgency == "immediate"

    def because(self, id_: str) -> tuple[str, ...]:
        """Return the ticks that triggered an advice or a service; none for what is always shown.

        Parameters
        ----------
        id_
            Id of an advice or a service of this answer.

        Returns
        -------
        tuple of str
            Ids of signs and situations, in the order of the list.

        Raises
        ------
        UnknownIdError
            When nothing shown has this id.
        """
        entries: tuple[Triggered, ...] = (*self.advice, *self.services)
        shown = by_id(entries)
        if id_ not in shown:
            raise UnknownIdError([id_], shown)
        triggers = shown[id_].triggers or ()
        return tuple(tick for tick in self.ticked if tick in triggers)


def orient(sign_list: SignList, ticks: Iterable[str], at: datetime | None = None) -> Orientation:
    """Choose the advice and the services for what was ticked.

    Pure: the same ticks at the same moment always give the same answer. Adding a tick
    never lowers the urgency, and what it hides it replaces.

    Parameters
    ----------
    sign_list
        The list to choose from.
    ticks
        Ids of signs and situations; may be empty. A text alone is one id, not its letters.
    at
        When the services would be called; now by default. A time without a zone is Paris time.

    Returns
    -------
    Orientation
        The advice and the services to show; `urgency` is `"immediate"`, `"today"` or `"none"`.

    Raises
    ------
    UnknownIdError
        When a tick is neither a sign nor a situation of the list.

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

    Nothing ticked is answered too:

    >>> signs.orient(sign_list, ()).urgency
    'none'
    """
    wanted = frozenset([ticks] if isinstance(ticks, str) else ticks)
    if unknown := wanted - sign_list.items.keys():
        raise UnknownIdError(unknown, sign_list.items)
    at = opening_hours.local(at or clock.now())
    return Orientation(
        ticked=tuple(id_ for id_ in sign_list.items if id_ in wanted),
        urgency=max(
            (sign_list.items[id_].urgency for id_ in wanted), key=LEVELS.index, default="none"
        ),
        advice=tuple(
            advice
            for advice in sign_list.advice
            if _triggered(advice, wanted) and wanted.isdisjoint(sign_list.replaced_when[advice.id])
        ),
        services=tuple(
            ServiceNow.model_construct(
                **service.__dict__, open=opening_hours.is_open(service.hours, at)
            )
            for service in sign_list.services
            if _triggered(service, wanted)
        ),
        at=at,
        contacts=_contacts(sign_list, wanted),
    )


def _contacts(sign_list: SignList, ticks: frozenset[str]) -> tuple[Contact, ...]:
    if sign_list.school is None:
        return ()
    safe = ticks.isdisjoint(sign_list.staff_suspected)
    people = sign_list.school.people if safe else ()
    return (*people, *sign_list.school.local_services)


def _triggered(entry: Triggered, ticks: frozenset[str]) -> bool:
    return entry.triggers is None or not ticks.isdisjoint(entry.triggers)
