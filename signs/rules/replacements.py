"""Rules on advice that replaces another: same section, no cycle, emergency calls preserved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Id
from signs.model.entries import Advice
from signs.model.fields import ALWAYS
from signs.rules.urgency import orders_to_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def replacement_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield replacements across sections, in a cycle, of an emergency call, or always shown."""
    by_id = {advice.id: advice for advice in sign_list.advice}
    calls = orders_to_call(sign_list)
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        for position, id_ in enumerate(advice.replaces):
            key, params = ("remplace", position), {"replaced": Id(id_)}
            if by_id[id_].section is not advice.section:
                yield Problem("replacement-across-sections", subject, key, params)
            if by_id[id_] in calls and advice not in calls:
                yield Problem("replaced-emergency-call", subject, key, params)
            if advice.id == id_:
                yield Problem("self-replacement", subject, key, params)
            elif advice.id in _replaced_by(by_id, id_):
                yield Problem("circular-replacement", subject, key, params)
        if advice.replaces and advice.when == ALWAYS:
            yield Problem("permanent-replacement", subject, ("quand",))


def _replaced_by(by_id: Mapping[str, Advice], start: str) -> set[str]:
    """Return `start` and everything it replaces, transitively."""
    waiting, seen = [start], set[str]()
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen.add(id_)
            waiting.extend(by_id[id_].replaces)
    return seen
