"""Rules on what every answer promises: an adult whom the pupil trusts, tonight, whom to tell.

An advice says by its role which promise it keeps. The rules hold for any selection, because they
are about which advice stands for which: what protects is never replaced by less.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Severity, Subject
from signs.diagnostics.reporter import Assignment, Id, Ids
from signs.model.entries import Advice, Promise
from signs.model.fields import ALWAYS, by_id
from signs.model.ticks import Moment
from signs.rules.selections import together
from signs.rules.urgency import selectable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def promise_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what would leave an answer without one of the promises."""
    yield from _always_kept(sign_list)
    yield from _tonight(sign_list, tables)
    yield from _kept_once(sign_list, tables)
    yield from _weaker_replacements(sign_list, tables)
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        if advice.role and not advice.protects:
            yield Problem(
                "unprotected-promise", subject, ("role",), {"role": advice.role, **_PROTECTS}
            )
        if advice.role is Promise.TRUSTED_ADULT and not _QUESTION.search(advice.text):
            yield Problem("trusted-adult-without-question", subject, ("texte",))


_QUESTION = re.compile(r"«[^»]*\?[^»]*»")
_PROTECTS = {"protects": Assignment("protege", "true")}
_ALWAYS = {Promise.TRUSTED_ADULT: "missing-trusted-adult", Promise.TELL: "missing-person-to-tell"}


def _always_kept(sign_list: SignList) -> Iterator[Problem]:
    for promise, code in _ALWAYS.items():
        if not any(each.when == ALWAYS for each in keeping(sign_list, promise)):
            yield Problem(code, Subject("conseil"))


def _tonight(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what is for today or immediate, and says nothing of tonight."""
    kept = keeping(sign_list, Promise.TONIGHT)
    called = {id_ for advice in kept for id_ in advice.triggers or (ALWAYS,)}
    pressing = [
        (subject, cause)
        for subject, cause in selectable(sign_list, tables)
        if cause.urgency != "none"
    ]
    if ALWAYS in called:
        return
    if pressing and not kept:
        ids = Ids(cause.id for _subject, cause in pressing)
        yield Problem("missing-tonight", Subject("conseil"), params={"none": ids})
        return
    # A school's own file may call nothing of the list's: there it is worth a look, no more.
    level = Severity.REMARK if sign_list.school else None
    for subject, cause in pressing:
        if cause.id not in called:
            params = {"tick": not isinstance(cause, Moment), "role": Promise.TONIGHT}
            yield Problem("missing-tonight", subject, ("urgence",), params, level)


def _kept_once(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield advice that keeps a promise beside another: of two, none is followed."""
    subjects = {advice.id: at for at, advice in tables["conseil"].subjects("conseil", Advice)}
    for promise in (Promise.TRUSTED_ADULT, Promise.TONIGHT):
        kept = keeping(sign_list, promise)
        rivals = _rivals(sign_list, kept)
        while rivals:
            # The one at odds with the most others is named, and then counts no more.
            worst = max(kept, key=lambda advice: sum(advice in pair for pair in rivals))
            (one, other), selection = next(each for each in rivals.items() if worst in each[0])
            first = other if one is worst else one
            params = {"role": promise, "both": Ids((first.id, worst.id)), "ticks": Ids(selection)}
            at, beside = subjects[worst.id], subjects[first.id]
            yield Problem("repeated-promise", at, ("role",), params, other=beside)
            rivals = {pair: ticks for pair, ticks in rivals.items() if worst not in pair}


def _rivals(
    sign_list: SignList, kept: list[Advice]
) -> dict[tuple[Advice, Advice], tuple[str, ...]]:
    """Return the pairs that may be shown together, each with a selection that does.

    Later advice comes first: it is likely to have been added.
    """
    tried = ((pair, together(sign_list, *pair)) for pair in combinations(reversed(kept), 2))
    return {pair: selection for pair, selection in tried if selection is not None}


def _weaker_replacements(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield advice that stands for another and protects less; what it does, others do after it."""
    known = by_id(sign_list.advice)
    for subject, advice in tables["conseil"].subjects("conseil", Advice):
        for position, id_ in enumerate(advice.replaces):
            replaced, key = known[id_], ("remplace", position)
            if replaced.role and advice.role is not replaced.role:
                keeps = Assignment("role", f'"{replaced.role}"')
                params = {"replaced": Id(id_), "role": replaced.role, "keeps": keeps} | _PROTECTS
                yield Problem("lost-promise", subject, key, params)
            elif replaced.protects and not advice.protects:
                yield Problem("lost-protection", subject, key, {"replaced": Id(id_), **_PROTECTS})


def keeping(sign_list: SignList, promise: Promise) -> list[Advice]:
    """Return the advice that keeps a promise, in reading order."""
    return [advice for advice in sign_list.advice if advice.role is promise]
