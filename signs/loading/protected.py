"""Checks that an overlay does not weaken protected entries of the list below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Id, Phrase
from signs.model.entries import Advice, Section, Service, Triggered
from signs.model.fields import ALWAYS, EMERGENCY, EMERGENCY_SMS, LEVELS, ORDER_TO_CALL, Identified
from signs.model.keys import keys_of
from signs.model.sign_list import KINDS
from signs.model.ticks import Cause, Moment, Situation, Tick

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from signs.diagnostics.problem import Subject
    from signs.files.document import Document
    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def may_hide(kind: str) -> bool:
    """Tell whether entries of a kind may be hidden at all."""
    return issubclass(KINDS[kind].entry, (Tick, Triggered))


def why_not_hideable(entry: Identified, all_advice: Iterable[Advice]) -> Phrase | None:
    """Return why an entry may not be hidden; `None` when it may."""
    if isinstance(entry, Tick):
        if entry.urgency != "none":
            return Phrase("urgent-tick")
        if any(entry.id in (advice.triggers or ()) for advice in all_advice if advice.replaces):
            return Phrase("safer-advice-tick")
        return None
    if isinstance(entry, Advice):
        return _why_shown_always(entry)
    if isinstance(entry, Service):
        return _why_reachable(entry)
    return Phrase("unhideable-kind")


def _why_protected(advice: Advice) -> Phrase | None:
    """Return why neither the rule nor the text of an advice may change."""
    if advice.section is Section.SAFETY:
        return Phrase("safety-advice")
    if advice.section is Section.AVOID:
        return Phrase("avoid-advice")
    return Phrase("replacing-advice") if advice.replaces else None


def _why_unfolded(advice: Advice) -> Phrase | None:
    """Return why an advice always stands open, and where it does."""
    if advice.role:
        return Phrase("promise-of-every-answer")
    return Phrase("protecting-advice") if advice.protects else None


def _why_reachable(service: Service) -> Phrase | None:
    if service.phone in EMERGENCY or service.sms in EMERGENCY_SMS:
        return Phrase("emergency-service")
    return Phrase("permanent-service") if service.when == ALWAYS else None


# Keys that are rules, not wording: a school's file may not change them.
_RULES = frozenset(
    name for kind in KINDS.values() for name, key in keys_of(kind.entry).items() if key.rule
)


def protected_changes(
    below: SignList, tables: Tables, documents: Collection[Document], *, words_only: bool
) -> Iterator[Problem]:
    """Yield the changes that a layer may not make: protected values, or rules if words only.

    Parameters
    ----------
    below
        The list before the layer was applied.
    tables
        The entries after the layer was applied.
    documents
        The files of the layer.
    words_only
        Whether the layer may change wording but no rules, as a school's file.
    """
    before = {
        kind: {entry.id: entry for entry in getattr(below, KINDS[kind].field)} for kind in KINDS
    }
    for kind, table in tables.items():
        for subject, entry in table.subjects(kind, Identified):
            row = table.rows[subject.index]
            if row.document not in documents:
                continue
            old = before[kind].get(entry.id)
            if isinstance(entry, Advice):
                yield from _new_replacements(subject, entry, old, before["conseil"], words_only)
            if old is None or old == entry:
                continue
            for key in sorted(row.origins[-1].keys & _RULES if words_only else ()):
                yield Problem("protected-rule", subject, (key,))
            for key, why in _weakened(old, entry):
                if not (words_only and key in _RULES):
                    yield Problem("protected-value", subject, (key,), {"why": why})


def _new_replacements(
    subject: Subject,
    advice: Advice,
    old: Identified | None,
    before: Mapping[str, Identified],
    words_only: bool,
) -> Iterator[Problem]:
    known = old.replaces if isinstance(old, Advice) else ()
    for position, id_ in enumerate(advice.replaces):
        replaced = before.get(id_)
        if id_ in known or not isinstance(replaced, Advice):
            continue
        why = _why_protected(replaced)
        if words_only or (why and replaced.section in (Section.SAFETY, Section.AVOID)):
            params = {"replaced": Id(id_), "why": why or Phrase("school-adds")}
            yield Problem("protected-advice", subject, ("remplace", position), params)


def _weakened(old: Identified, new: Identified) -> Iterator[tuple[str, Phrase]]:
    """Yield the keys by which what always holds would be lost, and why."""
    if isinstance(old, Tick) and isinstance(new, Tick):
        yield from _weakened_tick(old, new)
    elif isinstance(old, Moment) and isinstance(new, Moment):
        yield from _weakened_moment(old, new)
    elif isinstance(old, Advice) and isinstance(new, Advice):
        yield from _weakened_advice(old, new)
    elif isinstance(old, Service) and isinstance(new, Service):
        yield from _weakened_service(old, new)


def _weakened_cause(old: Cause, new: Cause) -> Iterator[tuple[str, Phrase]]:
    if LEVELS.index(new.urgency) < LEVELS.index(old.urgency):
        yield "urgence", Phrase("lowered-urgency")
    elif old.first_number and new.first_number != old.first_number:
        yield "appeler_d_abord", Phrase("first-number")


def _weakened_tick(old: Tick, new: Tick) -> Iterator[tuple[str, Phrase]]:
    yield from _weakened_cause(old, new)
    if isinstance(old, Situation) and isinstance(new, Situation):
        if old.implicates and new.implicates != old.implicates:
            yield "met_en_cause", Phrase("implicated-person")
        if set(new.true_for) - set(old.true_for) and old.urgency != "none":
            yield "vrai_pour", Phrase("urgency-true-in-advance")


def _weakened_moment(old: Moment, new: Moment) -> Iterator[tuple[str, Phrase]]:
    yield from _weakened_cause(old, new)
    if old.entry_point and not new.entry_point:
        yield "porte", Phrase("entry-point")
    if old.pupil_spoke and not new.pupil_spoke:
        yield "eleve_a_parle", Phrase("pupil-spoke")
    if ORDER_TO_CALL.search(old.first_words) and not ORDER_TO_CALL.search(new.first_words):
        yield "premiers_mots", Phrase("emergency-numbers")


def _weakened_service(old: Service, new: Service) -> Iterator[tuple[str, Phrase]]:
    why = _why_reachable(old)
    if why is None:
        return
    channels = (("telephone", "phone"), ("sms", "sms"), ("adresse", "url"), ("horaires", "hours"))
    for key, field in channels:
        if getattr(old, field) != getattr(new, field):
            yield key, why
    if _triggered_less(old, new):
        yield "quand", why
    if not set(old.audience) <= set(new.audience):
        yield "pour", why


def _weakened_advice(old: Advice, new: Advice) -> Iterator[tuple[str, Phrase]]:
    why = _why_shown_always(old)
    if why is None:
        return
    lost = {
        "rubrique": old.section is not new.section,
        "etape": old.step is not new.step,
        "quand": _triggered_less(old, new),
        "remplace": not set(old.replaces) <= set(new.replaces),
        "protege": old.protects and not new.protects,
        "role": old.role is not None and old.role is not new.role,
    }
    yield from ((key, why) for key, is_lost in lost.items() if is_lost)
    if _why_protected(old):
        for key, field in (("texte", "text"), ("court", "short")):  # screens and paper read both
            if getattr(old, field) != getattr(new, field):
                yield key, why


def _why_shown_always(advice: Advice) -> Phrase | None:
    if why := _why_unfolded(advice) or _why_protected(advice):
        return why
    return Phrase("permanent-advice") if advice.when == ALWAYS else None


def _triggered_less(old: Triggered, new: Triggered) -> bool:
    if new.when == ALWAYS:
        return False
    return old.when == ALWAYS or not set(old.when) <= set(new.when)
