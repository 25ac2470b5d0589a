"""A list for one school: what its kind says by itself is not asked any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.loading.prune import drop_references
from signs.model.entries import Advice, Triggered
from signs.model.fields import ALWAYS, Identified, by_id
from signs.model.sign_list import KINDS, SignList

if TYPE_CHECKING:
    from collections.abc import Mapping


def apply_answers(sign_list: SignList, answers: Mapping[str, bool]) -> SignList:
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
    called = [_asked(entry, true, false) for entry in (*sign_list.advice, *sign_list.services)]
    replaced = {a.id for a in sign_list.advice if true & sign_list.replaced_when[a.id]}
    gone = {*true, *false, *replaced, *(entry.id for entry in called if not entry.when)}
    here = {
        entry.id: _replacing_near(entry, gone, sign_list) if isinstance(entry, Advice) else entry
        for entry in called
    }
    instead = {
        id_: advice.id
        for advice in sign_list.advice
        if advice.id not in gone and true.intersection(advice.triggers or ())
        for id_ in advice.replaces
    }
    left: dict[str, list[Identified]] = {}
    for kind in KINDS.values():
        entries = (here.get(e.id, e) for e in getattr(sign_list, kind.field) if e.id not in gone)
        known = (drop_references(entry, gone, instead) for entry in entries)
        left[kind.field] = [entry for entry in known if entry is not None]
    had = {situation.moment for situation in sign_list.situations}
    asked = {s.moment for s in sign_list.situations if s.id not in gone}
    left["moments"] = [m for m in left["moments"] if m.id in asked or m.id not in had]
    kept = {name: getattr(sign_list, name) for name in SignList.model_fields}
    return SignList.of_sound(**kept | {name: tuple(entries) for name, entries in left.items()})


def _asked(entry: Triggered, true: set[str], false: set[str]) -> Triggered:
    """Return an entry with what still calls it; nothing at all where nothing can."""
    if entry.triggers is None or true & set(entry.triggers):
        return entry.model_copy(update={"when": ALWAYS})
    left = tuple(id_ for id_ in entry.triggers if id_ not in false)
    return entry.model_copy(update={"when": left})


def _replacing_near(advice: Advice, gone: set[str], sign_list: SignList) -> Advice:
    """Return an advice with what it still replaces, through those that are gone too."""
    known_advice = by_id(sign_list.advice)
    waiting, found, seen = list(advice.replaces), list[str](), set[str]()
    while waiting:
        id_ = waiting.pop(0)
        if id_ in seen:
            continue
        seen.add(id_)
        if id_ in gone:
            waiting.extend(known_advice[id_].replaces)
        else:
            found.append(id_)
    return advice.model_copy(update={"replaces": tuple(found)})
