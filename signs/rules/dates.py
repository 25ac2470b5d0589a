"""Rules on dates: impossible dates, overdue reviews, dates in the future of this machine.

A clock may be wrong by years: what only depends on it is a remark, never an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import CONTACT, Day, Id
from signs.model.entries import Advice, ListInfo, Service, Source
from signs.model.freshness import is_overdue, is_stale
from signs.model.readings import READING, Reading
from signs.model.sign_list import HEAD, SignList
from signs.text import opening_hours
from signs.text.clock import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.academy import Academy
    from signs.model.school import School


def date_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield dates that are inconsistent with each other, or of no document, on any day."""
    sources = {source.id: source for source in sign_list.sources}
    for subject, service in tables["service"].subjects("service", Service):
        if service.checked_by != "document":
            continue
        if service.source is None:
            yield Problem("unsourced-service", subject, ("source",))
            continue
        dated = sources[service.source].dated
        if dated and service.checked_on[: len(dated)] > dated[: len(service.checked_on)]:
            params = {"source": Id(service.source), "dated": Day(dated)}
            yield Problem("checked-after-source", subject, ("verifie_le",), params)
    info = sign_list.info
    if info.review_before <= info.reviewed_on:
        yield Problem("review-before-reading", Subject(HEAD), ("a_revoir_avant",))


def future_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield dates in the future.

    Where the list itself was reviewed in the future, the clock is wrong: that is reported once,
    and then only entries more recent than the list.
    """
    latest = max(_tomorrow(), sign_list.info.reviewed_on)
    if latest != _tomorrow():
        yield _future(Subject(HEAD), "relu_le")
    dated = (
        *((at, "date", x.dated) for at, x in tables["source"].subjects("source", Source)),
        *(
            (at, "relu_le", x.reviewed_on)
            for at, x in tables["conseil"].subjects("conseil", Advice)
        ),
        *(
            (at, "verifie_le", x.checked_on)
            for at, x in tables["service"].subjects("service", Service)
        ),
        *((at, "le", x.read_on) for at, x in tables[READING].subjects(READING, Reading)),
    )
    for subject, key, day in dated:
        if day and day > latest:
            yield _future(subject, key)


def _tomorrow() -> str:
    return (opening_hours.today() + TOLERANCE).isoformat()


def _future(subject: Subject, key: str) -> Problem:
    """Return the problem of a date in the future."""
    params = {
        "today": Day(opening_hours.today().isoformat()),
        "contact": subject.kind == CONTACT,
        "document": subject.kind in {"source", "service"},
    }
    return Problem("future-date", subject, (key,), params)


def due_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield overdue reviews and stale services: still shown, but to be checked by a call."""
    today = opening_hours.today()
    if is_overdue(sign_list.info.review_before, today):
        due = {"due": Day(sign_list.info.review_before)}
        yield Problem("review-overdue", Subject(HEAD), ("a_revoir_avant",), due)
    for subject, service in tables["service"].subjects("service", Service):
        if not service.permanent and is_stale(service.checked_on, today):
            params = {"name": service.name, "checked": Day(service.checked_on)}
            yield Problem("stale-service", subject, ("verifie_le",), params)


def school_dates(own: School | Academy, info: ListInfo) -> Iterator[Problem]:
    """Yield future and stale dates of the contacts of a school or an académie."""
    today, latest = opening_hours.today(), max(_tomorrow(), info.reviewed_on)
    for index, contact in enumerate(own.contacts):
        checked, subject = contact.checked_on, Subject(CONTACT, contact.label, index)
        if checked and checked > latest:
            yield _future(subject, "verifie_le")
        elif checked and is_stale(checked, today):
            yield Problem("stale-contact", subject, ("verifie_le",), {"checked": Day(checked)})
