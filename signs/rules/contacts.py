"""Remarks on a school's contacts: what stands in another line's place, who is told from whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import CONTACT, Assignment
from signs.diagnostics.suggestions import quoted, spaced_number, suggest_mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.school import Contact, School


def contact_remarks(school: School) -> Iterator[Problem]:
    """Yield contacts that a reader would not reach, or not tell from another."""
    seen: dict[tuple[str, str | None], int] = {}
    for index, contact in enumerate(school.contacts):
        subject = Subject(CONTACT, contact.label, index)
        yield from _misplaced(subject, contact)
        other = seen.setdefault((contact.label, contact.name), index)
        if other != index:
            twin = Subject(CONTACT, contact.label, other)
            yield Problem("twin-contacts", subject, ("role",), {"title": contact.label}, other=twin)
        place = contact.place or ""
        if len(place) > LONGEST_PLACE:
            params: dict[str, Any] = {"length": len(place), "most": LONGEST_PLACE}
            yield Problem("long-text", subject, ("lieu",), params)


LONGEST_PLACE = 120
"""Characters: two lines of a poster."""


def _misplaced(subject: Subject, contact: Contact) -> Iterator[Problem]:
    place = contact.place or ""
    if mail := suggest_mail(place):
        line = Assignment("courriel", mail)
        yield Problem("misplaced-mail", subject, ("lieu",), {"line": line})
    elif _DIALLED.search(place) and (number := spaced_number(place)):
        line = Assignment("telephone", f'"{number}"')
        yield Problem("misplaced-phone", subject, ("lieu",), {"line": line})
    elif found := _NAMED.search(place):
        rest = place.replace(found[0], "", 1).strip(" ,;:-\u2013")
        params: dict[str, Any] = {
            "name": Assignment("nom", quoted(found[0].strip())),
            "place": Assignment("lieu", quoted(rest)) if rest else None,
        }
        yield Problem("name-in-place", subject, ("lieu",), params)


_DIALLED = re.compile(r"(?:\d[\s.-]?){9}\d")
_NAMED = re.compile(
    r"\b(?:M\.|Mr\.?|Mme|Mlle|Madame|Monsieur|(?<!du )(?:Dr\.?|Docteure?))"
    r"(?:\s[A-ZÀ-Ý][\w'’-]+)+"
)
