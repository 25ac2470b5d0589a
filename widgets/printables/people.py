"""The people of a school, as sheets name them: a chain for staff, whom to talk to for pupils.

Paper does not grow: how many lines a text takes is estimated from its length, for wide letters.
"""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from signs.model.school import Role
from signs.text.typography import typography
from widgets.printables.codes import in_words

if TYPE_CHECKING:
    from signs.model.school import Contact, School


class Line(NamedTuple):
    """A contact, or a blank line to fill in by hand."""

    role: str
    who: str = ""
    """Name and contact details; empty for a blank line."""


_INSIDE = (
    Role.CPE,
    Role.NURSE,
    Role.SOCIAL_WORKER,
    Role.HEAD,
    Role.ON_CALL,
    Role.PSYCHOLOGIST,
    Role.DOCTOR,
    Role.MENTAL_HEALTH,
)
_OUTSIDE = (Role.CRIP, Role.PROSECUTOR, Role.DSDEN, Role.INSPECTOR)
_POLICE = "Police ou gendarmerie"
"""A contact of every school, which no school's file lists."""
_CHAIN_LINE = 32
"""How many characters a line of the chain holds beside a role."""
_WITH_CASES = 23
"""How many lines, of two contacts side by side, the front has room for with what is done when."""
_WITHOUT_CASES = 52
"""And how many without."""
_PEOPLE_ALONE = 62
"""And how many where only the people of the school stand on it."""


def inside(school: School | None) -> list[Line]:
    """Return the lines of a school's people, then a blank one for each other usual role."""
    return _chain(school.people if school else (), _INSIDE)


def outside(school: School | None) -> list[Line]:
    """Return the lines of a school's local services, then blank ones; see :func:`inside`."""
    return [*_chain(school.local_services if school else (), _OUTSIDE), Line(_POLICE)]


def _chain(contacts: tuple[Contact, ...], roles: tuple[Role, ...]) -> list[Line]:
    order = {role: place for place, role in enumerate(roles)}
    ordered = sorted(contacts, key=lambda contact: order.get(contact.role, len(order)))
    given = [Line(contact.label, _reached(contact)) for contact in ordered]
    named = {contact.role for contact in contacts}
    return given + [Line(role.words) for role in roles if role not in named]


def _reached(contact: Contact) -> str:
    parts = (
        *(
            contact.name,
            contact.phone_in_full,
            contact.mail,
            contact.place,
            _within(contact.present),
        ),
        contact.postal_address,
        in_words(contact.url) if contact.url else None,
    )
    return ", ".join(filter(None, parts))


def _within(days: str | None) -> str | None:
    """Return when somebody is there as said within a sentence: « du lundi au jeudi »."""
    return days and days[0].lower() + days[1:]


class OnTheBack(StrEnum):
    """What the chain goes on with on the back of its paper."""

    NOTHING = "nothing"
    CASES = "cases"
    OUTSIDE = "outside"
    WHAT_FOLLOWS = "what-follows"
    """Whatever stands where the paper ends."""


def on_the_back(people: list[Line], services: list[Line]) -> OnTheBack:
    """Return with what the chain turns over, so that neither side is left half empty."""
    inner, lines = _height(people), _height(people) + _height(services)
    if lines <= _WITH_CASES:
        return OnTheBack.NOTHING
    if lines <= _WITHOUT_CASES:
        return OnTheBack.CASES
    return OnTheBack.OUTSIDE if inner <= _PEOPLE_ALONE else OnTheBack.WHAT_FOLLOWS


def _height(chain: list[Line]) -> float:
    """Return about how many lines a chain takes: two contacts a row, half a line apart."""
    heights = [max(2, len(wrap(typography(line.who), _CHAIN_LINE))) for line in chain]
    return sum(0.5 + max(heights[at : at + 2]) for at in range(0, len(heights), 2))


class Adult(NamedTuple):
    """An adult whom pupils can go to."""

    who: str
    more: str
    """What follows it: the role, the place, the days; as much of that as there is room for."""


class Adults(NamedTuple):
    """Those whom a sheet for pupils names."""

    named: list[Adult]
    others: bool
    """Whether the school has more of them."""


_EASIEST_FIRST = (
    *(Role.OTHER, Role.NURSE, Role.CPE, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST, Role.OFFICE),
    *(Role.BULLYING, Role.MENTAL_HEALTH, Role.DOCTOR, Role.DEPUTY, Role.HEAD),
)


def to_talk_to(school: School | None, most: int, *, columns: int, across: int, rows: int) -> Adults:
    """Return the adults whom a sheet for pupils names: one of each role, then others.

    Parameters
    ----------
    school
        The school; without one, nobody is named.
    most
        How many are named at most.
    columns, across, rows
        The room for them: how many columns of how many characters, and how many lines.
    """
    # Who is on call answers adults only.
    people = [who for who in school.people if who.role in _EASIEST_FIRST] if school else []
    people.sort(key=_ease)
    first = {who.role: who for who in reversed(people)}.values()
    chosen = [*sorted(first, key=_ease), *(who for who in people if who not in first)][:most]
    room = rows // max(1, ceil(len(chosen) / columns)) * across
    named = [_adult(who, room) for who in sorted(chosen, key=_ease)]
    return Adults(named, others=len(named) < len(people))


def _ease(who: Contact) -> int:
    return _EASIEST_FIRST.index(who.role)


def _adult(contact: Contact, room: int) -> Adult:
    # A sheet that asks whom to talk to need not call each of them somebody to talk to.
    role = contact.title if contact.role is Role.OTHER else contact.label
    who = contact.name or contact.label
    parts = [role if contact.name else None, contact.place, _within(contact.present)]
    said = [part for part in parts if part]
    for count in range(len(said), -1, -1):
        more = "".join(f", {part}" for part in said[:count])
        if len(who) + len(more) <= room:
            return Adult(who, more)
    return Adult(who, "")
