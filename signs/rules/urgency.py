"""Urgency: whatever a list says, an immediate item leads to help, alone and first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Ids
from signs.model.entries import Advice, Section
from signs.model.fields import ALWAYS, EMERGENCY, ORDER_TO_CALL, TICKS
from signs.model.ticks import Tick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def urgency_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Immediate items call help, by an advice and by a service; nothing else is called safety."""
    if not any(item.urgency == "immediate" for item in sign_list.items.values()):
        yield Problem("missing-urgency", Subject("situation"))
    calls = orders_to_call(sign_list)
    numbers = [service for service in sign_list.services if service.phone in EMERGENCY]
    for kind in TICKS:
        for subject, item in tables[kind].subjects(kind, Tick):
            if item.urgency != "immediate":
                continue
            if not any(item.id in advice.when for advice in calls):
                safety = {"section": Section.SAFETY}
                yield Problem("urgency-without-advice", subject, ("urgence",), safety)
            if not any(service.triggers is None or item.id in service.when for service in numbers):
                yield Problem("urgency-without-service", subject, ("urgence",))
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        if advice.section is not Section.SAFETY:
            continue
        calm = [
            id_
            for id_ in advice.triggers or (ALWAYS,)
            if id_ == ALWAYS or sign_list.items[id_].urgency != "immediate"
        ]
        if calm:
            params = {"section": Section.SAFETY, "calm": Ids(calm)}
            yield Problem("safety-without-urgency", subject, ("quand",), params)


def orders_to_call(sign_list: SignList) -> list[Advice]:
    """Return the safety advices that say to call for help."""
    return [
        advice
        for advice in sign_list.advice
        if advice.section is Section.SAFETY and ORDER_TO_CALL.search(advice.text)
    ]
