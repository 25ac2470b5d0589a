"""Rule on boarding schools: at night somebody of the school answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.model.school import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.school import School


def boarding_remarks(school: School) -> Iterator[Problem]:
    """Yield a remark where pupils sleep at the school and no contact is on call."""
    if school.boarding and all(contact.role is not Role.ON_CALL for contact in school.contacts):
        yield Problem("boarding-without-on-call", None, ("internat",))
