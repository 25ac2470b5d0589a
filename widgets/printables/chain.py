"""The chain of a school on paper: its people and services, on one sheet, both sides at most.

Paper does not grow: how many lines a text takes is estimated from its length, for wide letters.
What there is no room for gives way, in this order: blank lines for roles that nobody has (also
where one side does without them), places and days, whoever shares a role with somebody before
them, then whoever need not be reached whatever happens. The sheet says so.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from signs.model.school import LEVELS_OF, Role
from signs.text.grammar import place_within, within
from signs.text.typography import typography
from widgets.printables.codes import in_pieces, in_words, is_long

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from signs.model.school import Contact, School


class Line(NamedTuple):
    """A contact, or a blank line to fill in by hand."""

    role: str
    who: Markup = Markup()
    """Name and contact details; empty for a blank line."""


class Chain(NamedTuple):
    """Who stands where on the sheet."""

    front: list[Line]
    """People of the school."""
    back: list[Line]
    """More of them, whom only the back has room for."""
    outside: list[Line]
    """Services, after whoever stands on the back."""
    services_on_the_back: bool
    cases_on_the_back: bool
    spacious: bool
    """Whether the back has room to spare."""
    gave_way: str
    """What is not on the sheet, in words."""


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
_NOT_AT_PRIMARY = (Role.CPE, Role.ON_CALL)
_OUTSIDE = (Role.CRIP, Role.PROSECUTOR, Role.DSDEN, Role.INSPECTOR)
_POLICE = Line("Police ou gendarmerie")
"""A contact of every school, which no school's file lists."""

# In characters.
_WHO, _ROLE = 26, 18
_TITLE, _TITLE_BY_CODE, _TITLE_BY_ADDRESS = 66, 50, 34
_ADDRESS, _NOTE = 70, 90
# In lines of contacts, which stand side by side.
_WITH_CASES = 22.5
"""What the front has room for beside what is done when."""
_WITHOUT_CASES = 48
_PEOPLE_ALONE = 55
_BACK = 31
"""What the back has room for beside what is done when."""
_SPACIOUS_BACK = 19
_NAMED = 300
"""How many letters of the roles left out are said."""


def chain_of(school: School | None, page: str | None = None) -> Chain:
    """Return who stands where on the sheet of a school.

    Parameters
    ----------
    school
        The school; without one, lines wait to be filled in by hand.
    page
        The address of its page, which the sheet bears.
    """
    header = _height_of_header(school, page)
    contacts = [*school.people, *school.local_services] if school else []
    levels = LEVELS_OF[school.kind] if school and school.kind else ()
    usual = [role for role in _INSIDE if levels != ("ecole",) or role not in _NOT_AT_PRIMARY]
    for lines in (_lines(contacts, usual), _lines(contacts)):
        chain, fits = _placed(lines, header)
        if fits and not chain.cases_on_the_back:
            return chain
    for lines in _ever_shorter(contacts, usual):
        chain, fits = _placed(lines, header + len(wrap(lines.gave_way, _NOTE)))
        if fits:
            break
    return chain


class _Lines(NamedTuple):
    inside: list[Line]
    outside: list[Line]
    gave_way: str = ""


def _ever_shorter(contacts: Sequence[Contact], usual: Sequence[Role]) -> Iterator[_Lines]:
    """Yield the lines of contacts and of usual roles, each time with something less."""
    yield _lines(contacts, usual)
    yield _lines(contacts)
    yield _lines(contacts, brief=True)
    kept, left_out = [*contacts], Counter[str]()
    for contact in _as_they_give_way(contacts):
        kept.remove(contact)
        left_out[contact.label] += 1
        yield _lines(kept, left_out=left_out, brief=True)


def _as_they_give_way(contacts: Sequence[Contact]) -> list[Contact]:
    firsts = {contact.role: contact for contact in reversed(contacts)}
    seconds = [contact for contact in contacts if contact is not firsts[contact.role]]
    others = [contact for contact in firsts.values() if not contact.role.vital]
    return [*reversed(seconds), *sorted(others, key=contacts.index, reverse=True)]


def _lines(
    contacts: Sequence[Contact],
    usual: Sequence[Role] = (),
    *,
    left_out: Counter[str] | None = None,
    brief: bool = False,
) -> _Lines:
    inside = _by_role((each for each in contacts if each.inside), _INSIDE, brief=brief)
    outside = _by_role((each for each in contacts if not each.inside), _OUTSIDE, brief=brief)
    named = {contact.role for contact in contacts}
    inside += [Line(role.words) for role in usual if role not in named]
    outside += [Line(role.words) for role in _OUTSIDE if role not in named]
    hides = brief and any(_reached(each) != _reached(each, brief=True) for each in contacts)
    return _Lines(inside, [*outside, _POLICE], _gave_way(left_out or Counter(), hides=hides))


def _by_role(contacts: Iterator[Contact], roles: tuple[Role, ...], *, brief: bool) -> list[Line]:
    order = {role: place for place, role in enumerate(roles)}
    ordered = sorted(contacts, key=lambda contact: order.get(contact.role, len(order)))
    return [Line(contact.label, _reached(contact, brief=brief)) for contact in ordered]


def _reached(contact: Contact, *, brief: bool = False) -> Markup:
    """Return how to reach somebody; in brief, by one way."""
    ways = (
        contact.phone_in_full,
        contact.mail and in_pieces(contact.mail),
        contact.place and place_within(contact.place),
        contact.present and within(contact.present),
        contact.postal_address,
        contact.url and in_pieces(contact.url),
    )
    said = [way for way in ways if way]
    return Markup(", ").join([*filter(None, [contact.name]), *(said[:1] if brief else said)])


def _gave_way(left_out: Counter[str], *, hides: bool) -> str:
    page = "la page Repères de l'établissement"
    said = f"Les lieux, les jours et d'autres coordonnées sont sur {page}. " if hides else ""
    if not left_out:
        return said
    names: list[str] = []
    others = 0
    for role, count in left_out.items():
        name = f"{role} ({count})" if count > 1 else role
        if len(", ".join([*names, name])) <= _NAMED:
            names.append(name)
        else:
            others += count
    if others:
        names.append(f"et {others} autre{'s' if others > 1 else ''}")
    return f"{said}{'Elle' if said else page.capitalize()} donne aussi : {', '.join(names)}."


def _placed(lines: _Lines, taken: float) -> tuple[Chain, bool]:
    """Return who stands where, `taken` lines of the front being taken, and whether all fits."""
    inside, outside, gave_way = lines
    inner, outer = _height(inside), _height(outside)
    if taken + inner + outer <= _WITHOUT_CASES:
        cases = taken + inner + outer > _WITH_CASES
        return Chain(inside, [], outside, False, cases, True, gave_way), True
    end = len(inside)
    while end > 0 and taken + _height(inside[:end]) > _PEOPLE_ALONE:
        end -= 2 - end % 2
    turned = _height(inside[end:]) + outer
    chain = Chain(
        inside[:end], inside[end:], outside, True, True, turned <= _SPACIOUS_BACK, gave_way
    )
    return chain, turned <= _BACK


def _height(lines: Sequence[Line]) -> float:
    """Return about how many lines contacts take: two a row, half a line apart."""
    heights = [
        max(2, _broken(line.role, _ROLE), _broken(line.who.striptags(), _WHO)) for line in lines
    ]
    return sum(0.5 + max(heights[at : at + 2]) for at in range(0, len(heights), 2))


def _broken(text: str, width: int) -> int:
    """Return on how many lines a text is broken."""
    return len(wrap(typography(text), width))


def _height_of_header(school: School | None, page: str | None) -> float:
    """Return how many lines the header takes more than one without a long name or a code."""
    address = in_words(page) if page else ""
    long = is_long(address)
    width = (_TITLE_BY_CODE if long else _TITLE_BY_ADDRESS) if page else _TITLE
    name = _broken(school.name, width) - 1 if school and school.name else 0
    return 1.2 * name + (ceil(len(address) / _ADDRESS) if long else bool(page))
