"""Rules on the steps of an answer: none is empty, calls come first, few lines protect at once.

They are tried for nothing, a door, one or two ticks; see :mod:`signs.rules.selections`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import Assignment, Choices, Id, Ids
from signs.model.entries import MOST_PROTECTING, Advice, AdviceStep
from signs.rules.selections import Selections, together
from signs.rules.urgency import orders_to_call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList

_NOW = Assignment("etape", f'"{AdviceStep.NOW}"')
_NEVER_EMPTY = (AdviceStep.NOW, AdviceStep.TODAY, AdviceStep.NEVER)


def step_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield steps that may be empty or crowded, and calls that would not be read first."""
    yield from _delayed_calls(sign_list, tables)
    subjects = {advice.id: at for at, advice in tables["conseil"].subjects("conseil", Advice)}
    for step in AdviceStep:
        its = [advice for advice in sign_list.advice if advice.step is step]
        if step in _NEVER_EMPTY and (empty := Selections(sign_list, its).none()) is not None:
            yield Problem("empty-step", Subject("conseil"), (), {"step": step, "ticks": Ids(empty)})
        protecting = [advice for advice in its if advice.protects]
        if len(protecting) <= MOST_PROTECTING:
            continue
        ticks, most = Selections(sign_list, protecting).most()
        if len(most) > MOST_PROTECTING:
            params = {
                "step": step,
                "ticks": Ids(ticks),
                "count": len(most),
                "most": MOST_PROTECTING,
                "advice": Ids(advice.id for advice in most),
            }
            yield Problem("too-many-protecting", subjects[most[-1].id], ("protege",), params)


def _delayed_calls(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield orders to call that are not of the first step, and what would be read before them."""
    calls = orders_to_call(sign_list)
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        if advice in calls:
            if advice.step is not AdviceStep.NOW:
                yield Problem(
                    "delayed-call", subject, ("etape",), {"step": advice.step, "now": _NOW}
                )
            continue
        for call in calls:
            if advice.step is not AdviceStep.NOW or call.reading_order < advice.reading_order:
                continue
            if together(sign_list, call, advice) is not None:
                yield Problem("delayed-call", subject, ("rang",), {"call": Id(call.id)})
                break


def step_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield one remark where advice has no step, as before there were steps."""
    without = [
        (subject, advice)
        for subject, advice in tables["conseil"].subjects("conseil", Advice)
        if advice.given_step is None
    ]
    if without and sign_list.school is None:  # for what a school adds, the section is enough
        params = {"several": len(without) > 1, "count": len(without), "steps": Choices(AdviceStep)}
        yield Problem("missing-step", without[-1][0], ("rubrique",), params)
