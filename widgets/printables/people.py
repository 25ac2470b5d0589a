"""The people of a school, as sheets for pupils name them: whom to talk to."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from signs.model.school import Role
from signs.text.grammar import place_within, within

if TYPE_CHECKING:
    from signs.model.school import Contact, School


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
    parts = (
        contact.name and role and within(role),
        contact.place and place_within(contact.place),
        contact.present and within(contact.present),
    )
    said = [part for part in parts if part]
    for count in range(len(said), -1, -1):
        more = "".join(f", {part}" for part in said[:count])
        if len(who) + len(more) <= room:
            return Adult(who, more)
    return Adult(who, "")
