"""Rules that there is always a next step, whatever is ticked, and on the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Id, Phrase
from signs.model.entries import Audience, Section, Triggered
from signs.model.fields import ALWAYS
from signs.model.ticks import Moment
from signs.text import opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.entries import Service
    from signs.model.sign_list import SignList


def next_step_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what would leave somebody without a next step."""
    yield from _always_shown(sign_list)
    yield from _moments(sign_list, tables)
    yield from _closed_doors(sign_list, tables)
    if not any(_always_answers_staff(service) for service in sign_list.services):
        yield Problem("missing-permanent-service", Subject("service"))


_AIMS = {
    Section.TALK: Phrase("talk"),
    Section.TELL: Phrase("tell"),
    Section.AVOID: Phrase("avoid"),
}


def _always_shown(sign_list: SignList) -> Iterator[Problem]:
    """Yield the sections without permanent advice: talking, telling, avoiding."""
    for section, aim in _AIMS.items():
        if not any(a.section is section and a.when == ALWAYS for a in sign_list.advice):
            params = {"section": section, "aim": aim}
            yield Problem("missing-permanent-advice", Subject("conseil"), params=params)


def _moments(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Check that there are entry points, danger first, and that one moment shows the signs."""
    asked = {situation.moment for situation in sign_list.situations}
    urgent = {s.moment for s in sign_list.situations if s.urgency == "immediate"}
    urgent |= {moment.id for moment in sign_list.moments if moment.urgency == "immediate"}
    moments = list(tables["moment"].subjects("moment", Moment))
    entry_points = [(subject, moment) for subject, moment in moments if moment.entry_point]
    if not entry_points:
        yield Problem("missing-entry-point", Subject("moment"))
    elif entry_points[0][1].id not in urgent:
        yield Problem("first-moment-without-urgency", entry_points[0][0], ("id",))
    if not any(moment.pupil_spoke for _subject, moment in entry_points):
        yield Problem("missing-pupil-moment", Subject("moment"))
    # The moment without a situation is the one that shows the signs: there is one.
    without = [subject for subject, moment in moments if moment.id not in asked]
    for subject in without[1:]:
        params = {"first": Id(without[0].id or "")}
        yield Problem("repeated-signs-moment", subject, ("id",), params)
    if not without:
        yield Problem("missing-signs-moment", Subject("moment"))


def _closed_doors(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what a moment would call that is no door: nobody opens it."""
    closed = {moment.id for moment in sign_list.moments} - sign_list.doors.keys()
    for kind in ("conseil", "service"):
        for subject, entry in tables[kind].subjects(kind, Triggered):
            for position, id_ in enumerate(entry.triggers or ()):
                if id_ in closed:
                    params = {"moment": Id(id_)}
                    yield Problem("moment-without-door", subject, ("quand", position), params)


def _always_answers_staff(service: Service) -> bool:
    return (
        service.when == ALWAYS
        and Audience.STAFF in service.audience
        and opening_hours.always_open(service.hours)
        and bool(service.phone or service.sms)
    )
