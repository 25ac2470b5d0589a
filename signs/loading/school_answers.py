"""Apply a school's known answers: drop the questions they settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.loading.prune import drop_references
from signs.model.entries import Advice, Triggered
from signs.model.fields import ALWAYS, Identified, by_id
from signs.model.sign_list import KINDS, SignList

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def apply_answers(sign_list: SignList, answers: Mapping[str, bool]) -> SignList:
    """Return the list for one school, without the questions that its own file answers.

    Advice triggered by what is true of the school is always shown; what is false is dropped.
    """
    true, false = set[str](), set[str]()
    for situation in sign_list.situations:
        known = [answers[word] for word in situation.true_for if word in answers]
        if any(known):
            true.add(situation.id)
        elif known and len(known) == len(situation.true_for):
            false.add(situation.id)
    if not true | false:
        return sign_list
    false |= _emptied_moments(sign_list, true | false)
    triggered = [
        _with_answers(entry, true, false) for entry in (*sign_list.advice, *sign_list.services)
    ]
    replaced = {a.id for a in sign_list.advice if true & sign_list.replaced_when[a.id]}
    out_of_age = {s.id for s in sign_list.services if true & sign_list.out_of_age[s.id]}
    unseen = {entry.id for entry in triggered if not entry.when}
    gone = {*true, *false, *replaced, *out_of_age, *unseen}
    updated = {
        entry.id: _with_remaining_replacements(entry, gone, sign_list)
        if isinstance(entry, Advice)
        else entry
        for entry in triggered
    }
    instead = {
        id_: advice.id
        for advice in sign_list.advice
        if advice.id not in gone and true.intersection(advice.triggers or ())
        for id_ in advice.replaces
    }
    remaining: dict[str, list[Identified]] = {}
    for kind in KINDS.values():
        entries = (updated.get(e.id, e) for e in getattr(sign_list, kind.field) if e.id not in gone)
        pruned = (drop_references(entry, gone, instead) for entry in entries)
        remaining[kind.field] = [entry for entry in pruned if entry is not None]
    fields = {name: getattr(sign_list, name) for name in SignList.model_fields}
    return SignList.of_valid(
        **fields | {name: tuple(entries) for name, entries in remaining.items()}
    )


def _emptied_moments(sign_list: SignList, answered: Collection[str]) -> set[str]:
    """Return the moments all of whose situations are answered: nobody opens them any more."""
    asked = {s.moment for s in sign_list.situations if s.id not in answered}
    return {s.moment for s in sign_list.situations} - asked


def _with_answers(entry: Triggered, true: set[str], false: set[str]) -> Triggered:
    """Return an entry with its remaining triggers: always, or none at all where none is left."""
    if entry.triggers is None or true & set(entry.triggers):
        return entry.model_copy(update={"when": ALWAYS})
    remaining = tuple(id_ for id_ in entry.triggers if id_ not in false)
    return entry.model_copy(update={"when": remaining})


def _with_remaining_replacements(advice: Advice, gone: set[str], sign_list: SignList) -> Advice:
    """Return an advice with what it still replaces, following those that were removed."""
    known_advice = by_id(sign_list.advice)
    waiting, replaced, seen = list(advice.replaces), list[str](), set[str]()
    while waiting:
        id_ = waiting.pop(0)
        if id_ in seen:
            continue
        seen.add(id_)
        if id_ in gone:
            waiting.extend(known_advice[id_].replaces)
        else:
            replaced.append(id_)
    return advice.model_copy(update={"replaces": tuple(replaced)})
