"""A list for one school: what its kind says by itself is not asked any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.model import Advice, Called, SignList
from signs.values import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from signs.values import When


def settle(sign_list: SignList, answers: Mapping[str, bool]) -> SignList:
    """Return the list for one school: what its kind says by itself is not asked any more.

    What is true of the school calls its advice always; what is not is not shown.
    """
    true, false = set[str](), set[str]()
    for situation in sign_list.situations:
        said = [answers[word] for word in situation.true_for if word in answers]
        if any(said):
            true.add(situation.id)
        elif said and len(said) == len(situation.true_for):
            false.add(situation.id)
    if not true | false:
        return sign_list
    gone = {
        advice.id
        for advice in sign_list.advice
        if true & sign_list.replaced_when[advice.id] or not _asked(advice, true, false)
    }
    advice = [
        each.model_copy(
            update={
                "replaces": _replaced_near(each, gone, sign_list),
                "when": _asked(each, true, false),
            }
        )
        for each in sign_list.advice
        if each.id not in gone
    ]
    services = [
        each.model_copy(update={"when": when})
        for each in sign_list.services
        if (when := _asked(each, true, false))
    ]
    situations = tuple(s for s in sign_list.situations if s.id not in true | false)
    asked = {situation.moment for situation in situations}
    had = {situation.moment for situation in sign_list.situations}
    changed = {
        "situations": situations,
        "moments": tuple(m for m in sign_list.moments if m.id in asked or m.id not in had),
        "advice": tuple(advice),
        "services": tuple(services),
    }
    kept = {name: getattr(sign_list, name) for name in SignList.model_fields}
    return SignList(**{**kept, **changed})


def _asked(entry: Called, true: set[str], false: set[str]) -> When:
    """Return what still calls an entry; nothing at all where nothing can."""
    if entry.called_by is None or true & set(entry.called_by):
        return ALWAYS
    return tuple(id_ for id_ in entry.called_by if id_ not in false)


def _replaced_near(advice: Advice, gone: set[str], sign_list: SignList) -> tuple[str, ...]:
    """Return what an advice still replaces, through those that are gone too."""
    by_id = {each.id: each for each in sign_list.advice}
    waiting, found, seen = list(advice.replaces), list[str](), set[str]()
    while waiting:
        id_ = waiting.pop(0)
        if id_ in seen:
            continue
        seen.add(id_)
        if id_ in gone:
            waiting.extend(by_id[id_].replaces)
        else:
            found.append(id_)
    return tuple(found)
