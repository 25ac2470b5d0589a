"""Rules on what an académie and its schools write of each other: added, never repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import CONTACT, PUBLISHER
from signs.model.academy import repeats, same_name
from signs.model.school import Role
from signs.text.grammar import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.academy import Academy
    from signs.model.school import School


def role_problems(academy: Academy) -> Iterator[Problem]:
    """Yield the contacts of an académie whose role is a school's: its pages would name somebody.

    Who is in the school may be the author; no file above may put anyone there.
    """
    for index, contact in enumerate(academy.contacts):
        if contact.inside:
            subject = Subject(CONTACT, contact.label, index)
            yield Problem("school-role", subject, ("role",), {"role": contact.role.value})


def academy_remarks(academy: Academy) -> Iterator[Problem]:
    """Yield départements without a CRIP, and contacts of other départements."""
    for index, contact in enumerate(academy.contacts):
        if academy.departments and contact.department not in (None, *academy.departments):
            subject = Subject(CONTACT, contact.label, index)
            params = {"code": contact.department}
            yield Problem("other-department", subject, ("departement",), params)
    if academy.publisher is None:
        yield Problem("missing-publisher", None, ("academie",))
    cells = {contact.department for contact in academy.contacts if contact.role is Role.CRIP}
    if None in cells:
        return
    for index, code in enumerate(academy.departments):
        if code not in cells:
            yield Problem("missing-crip", None, ("departements", index), {"code": code})


def publisher_remarks(own: School | Academy) -> Iterator[Problem]:
    """Yield what the law asks of a public site and nobody has written."""
    if own.publisher is not None and own.publisher.unsaid:
        keys = enumeration([f"« {key} »" for key in own.publisher.unsaid], "et")
        yield Problem("incomplete-publisher", None, (PUBLISHER,), {"keys": keys})


def layer_remarks(school: School, academy: Academy) -> Iterator[Problem]:
    """Yield what a school says again, or otherwise than its académie."""
    for index, contact in enumerate(school.contacts):
        above = [each for each in academy.contacts if each.covers(school)]
        same_role = [each for each in above if each.role is contact.role]
        subject, params = Subject(CONTACT, contact.label, index), {"label": contact.label}
        if repeats(contact, same_role):
            yield Problem("repeated-contact", subject, ("role",), params)
        elif contact.role is Role.CRIP and same_role:
            yield Problem("second-crip", subject, ("role",), params)
    if school.department is None and any(each.department for each in academy.contacts):
        yield Problem("missing-department", None, ("departement",))
    elif academy.departments and school.department not in (None, *academy.departments):
        elsewhere = {"code": school.department, "academy": academy.name}
        yield Problem("department-elsewhere", None, ("departement",), elsewhere)
    if school.academy and not same_name(school.academy, academy.name):
        names = {"own": school.academy, "academy": academy.name}
        yield Problem("other-academy", None, ("academie",), names)
