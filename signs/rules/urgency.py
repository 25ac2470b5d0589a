"""Rules on urgency: an immediate tick leads to help, first and by itself sufficient."""

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
    """Yield immediate ticks without an emergency advice or service, and safety without urgency."""
    if not any(tick.urgency == "immediate" for tick in sign_list.items.values()):
        yield Problem("missing-urgency", Subject("situation"))
    calls = orders_to_call(sign_list)
    numbers = [service for service in sign_list.services if service.phone in EMERGENCY]
    for kind in TICKS:
        for subject, tick in tables[kind].subjects(kind, Tick):
            if tick.urgency != "immediate":
                continue
            if not any(tick.id in advice.when for advice in calls):
                safety = {"section": Section.SAFETY}
                yield Problem("urgency-without-advice", subject, ("urgence",), safety)
            if not any(service.triggers is None or tick.id in service.when for service in numbers):
                yield Problem("urgency-without-service", subject, ("urgence",))
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        if advice.section is not Section.SAFETY:
            continue
        not_urgent = [
            id_
            for id_ in advice.triggers or (ALWAYS,)
            if id_ == ALWAYS or sign_list.items[id_].urgency != "immediate"
        ]
        if not_urgent:
            params = {"section": Section.SAFETY, "calm": Ids(not_urgent)}
            yield Problem("safety-without-urgency", subject, ("quand",), params)


def orders_to_call(sign_list: SignList) -> list[Advice]:
    """Return the safety advice that orders a call for help."""
    return [
        advice
        for advice in sign_list.advice
        if advice.section is Section.SAFETY and ORDER_TO_CALL.search(advice.text)
    ]
