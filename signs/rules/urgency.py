"""Rules on urgency: an immediate tick or door leads to help, first and by itself sufficient."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Ids
from signs.model.entries import Advice, Section
from signs.model.fields import ALWAYS, EMERGENCY, ORDER_TO_CALL, TICKS
from signs.model.ticks import Cause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def urgency_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what is immediate without help to call, and safety advice without urgency."""
    if not any(cause.urgency == "immediate" for cause in sign_list.items.values()):
        yield Problem("missing-urgency", Subject("situation"))
    yield from _help(sign_list, tables)
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        if advice.section is not Section.SAFETY:
            continue
        not_urgent = [
            id_
            for id_ in advice.triggers or (ALWAYS,)
            if id_ == ALWAYS or sign_list.causes[id_].urgency != "immediate"
        ]
        if not_urgent:
            params = {"section": Section.SAFETY, "calm": Ids(not_urgent)}
            yield Problem("safety-without-urgency", subject, ("quand",), params)


def _help(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what is immediate without an order to call, or without the service to call."""
    calls = orders_to_call(sign_list)
    services = [service for service in sign_list.services if service.phone in EMERGENCY]
    for subject, cause in selectable(sign_list, tables):
        if cause.urgency != "immediate":
            continue
        orders = [advice.text for advice in calls if cause.id in advice.when]
        numbers = {s.phone for s in services if s.triggers is None or cause.id in s.when}
        if not orders:
            safety = {"section": Section.SAFETY}
            yield Problem("urgency-without-advice", subject, ("urgence",), safety)
        if not numbers:
            yield Problem("urgency-without-service", subject, ("urgence",))
        if cause.call_first and orders and numbers:
            yield from _first_number(subject, cause.call_first, orders, numbers)


def _first_number(
    subject: Subject, number: str, orders: list[str], numbers: set[str | None]
) -> Iterator[Problem]:
    """Yield a number to call first that no order to call names, or that no service has."""
    key, params = ("appeler_d_abord",), {"number": number}
    if not any(re.search(rf"\b{number}\b", text) for text in orders):
        yield Problem("unnamed-first-number", subject, key, params)
    if number not in numbers:
        yield Problem("unnamed-first-number", subject, key, {**params, "service": True})


def urgency_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield numbers to call first where nothing is immediate: nobody would read them."""
    for subject, cause in selectable(sign_list, tables):
        if cause.call_first and cause.urgency != "immediate":
            yield Problem("unused-first-number", subject, ("appeler_d_abord",))


def selectable(sign_list: SignList, tables: Tables) -> Iterator[tuple[Subject, Cause]]:
    """Yield whatever may be selected: ticks, and the moments that are doors."""
    for kind in (*TICKS, "moment"):
        for subject, cause in tables[kind].subjects(kind, Cause):
            if cause.id in sign_list.items or cause.id in sign_list.doors:
                yield subject, cause


def orders_to_call(sign_list: SignList) -> list[Advice]:
    """Return the safety advice that orders a call for help."""
    return [
        advice
        for advice in sign_list.advice
        if advice.section is Section.SAFETY and ORDER_TO_CALL.search(advice.text)
    ]
