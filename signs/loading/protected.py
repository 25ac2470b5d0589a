"""What no layer takes away: the rules that always hold, and a list's own safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.entries import Advice, Section, Service, Triggered
from signs.model.fields import ALWAYS, EMERGENCY, EMERGENCY_SMS, LEVELS, ORDER_TO_CALL, Identified
from signs.model.keys import keys_of
from signs.model.nouns import with_article
from signs.model.sign_list import KINDS
from signs.model.ticks import Moment, Situation, Tick
from signs.text.grammar import with_de

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from signs.files.document import Document
    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def may_hide(kind: str) -> bool:
    """Tell whether entries of a kind may be hidden at all."""
    return issubclass(KINDS[kind].entry, (Tick, Triggered))


def why_not_hideable(entry: Identified, all_advice: Iterable[Advice]) -> str | None:
    """Return why an entry always stays; `None` where it may be hidden."""
    if isinstance(entry, Tick):
        if entry.urgency != "none":
            return "c'est une urgence, et l'on doit toujours pouvoir la dire"
        if any(entry.id in (advice.triggers or ()) for advice in all_advice if advice.replaces):
            return "cette case appelle un conseil plus sûr que les autres"
        return None
    if isinstance(entry, Advice):
        return _why_shown_always(entry)
    if isinstance(entry, Service):
        return _why_reached(entry)
    return "seuls les signes, les situations, les conseils et les services se cachent"


def _why_held(advice: Advice) -> str | None:
    """Return why an advice keeps its rule and its text."""
    if advice.section is Section.SAFETY:
        return "ce conseil dit quoi faire en cas de danger immédiat"
    if advice.section is Section.AVOID:
        return "ce conseil dit ce qui pourrait nuire à l'élève"
    return "ce conseil prend la place d'un autre, moins sûr" if advice.replaces else None


def _why_reached(service: Service) -> str | None:
    if service.phone in EMERGENCY or service.sms in EMERGENCY_SMS:
        return "c'est un service d'urgence"
    return "ce service répond quoi que l'on coche" if service.when == ALWAYS else None


# What is a rule and not a word: a school's file leaves it as it is.
_RULES = frozenset(
    name for kind in KINDS.values() for name, key in keys_of(kind.entry).items() if key.rule
)


def protected_changes(
    below: SignList, tables: Tables, documents: Collection[Document], *, words_only: bool
) -> Iterator[Objection]:
    """Yield what a layer changes and may not: what always holds, or a rule where it has words only.

    Parameters
    ----------
    below
        The list before the layer was laid over it.
    tables
        The entries after.
    documents
        The files of the layer.
    words_only
        Whether the layer may change words and no rules: a school's file.
    """
    before = {
        kind: {entry.id: entry for entry in getattr(below, KINDS[kind].field)} for kind in KINDS
    }
    for kind, table in tables.items():
        for place, entry in table.placed(Identified):
            if table.rows[place].document not in documents:
                continue
            old = before[kind].get(entry.id)
            if isinstance(entry, Advice):
                yield from _new_replacements(place, entry, old, before["conseil"], words_only)
            if old is None or old == entry:
                continue
            said = table.rows[place].origins[-1].keys
            for key in sorted(said & _RULES if words_only else ()):
                yield Objection(
                    kind,
                    place,
                    (key,),
                    f"« {key} » {with_de(with_article(kind, entry.id))} est une règle de la liste "
                    ": le "
                    "fichier d'un établissement change des mots, pas des règles.",
                    "Retirez cette ligne.",
                )
            for key, why in _weakened(old, entry):
                if not (words_only and key in _RULES):
                    yield Objection(
                        kind,
                        place,
                        (key,),
                        f"La ligne « {key} » {with_de(with_article(kind, entry.id))} ne peut pas "
                        "être changée "
                        f"ainsi : {why}.",
                        "Retirez cette ligne.",
                    )


def _new_replacements(
    place: int,
    advice: Advice,
    old: Identified | None,
    before: Mapping[str, Identified],
    words_only: bool,
) -> Iterator[Objection]:
    known = old.replaces if isinstance(old, Advice) else ()
    for position, id_ in enumerate(advice.replaces):
        replaced = before.get(id_)
        if id_ in known or not isinstance(replaced, Advice):
            continue
        why = _why_held(replaced)
        if words_only or (why and replaced.section in (Section.SAFETY, Section.AVOID)):
            yield Objection(
                "conseil",
                place,
                ("remplace", position),
                f"Le conseil « {advice.id} » ne peut pas prendre la place de « {id_} » : "
                + (why or "le fichier d'un établissement ajoute, il ne remplace pas")
                + ".",
                f"Retirez « {id_} » de la ligne « remplace ».",
            )


def _weakened(old: Identified, new: Identified) -> Iterator[tuple[str, str]]:
    """Yield the keys by which what always holds would be lost, and why."""
    if isinstance(old, Tick) and isinstance(new, Tick):
        yield from _weakened_tick(old, new)
    elif isinstance(old, Moment) and isinstance(new, Moment):
        yield from _weakened_moment(old, new)
    elif isinstance(old, Advice) and isinstance(new, Advice):
        yield from _weakened_advice(old, new)
    elif isinstance(old, Service) and isinstance(new, Service):
        yield from _weakened_service(old, new)


def _weakened_tick(old: Tick, new: Tick) -> Iterator[tuple[str, str]]:
    if LEVELS.index(new.urgency) < LEVELS.index(old.urgency):
        yield "urgence", "une urgence peut monter, jamais baisser"
    if isinstance(old, Situation) and isinstance(new, Situation):
        if old.implicates and new.implicates != old.implicates:
            yield "met_en_cause", "la personne qui pourrait être l'auteur ne doit pas être prévenue"
        if set(new.true_for) - set(old.true_for) and old.urgency != "none":
            yield "vrai_pour", "une urgence n'est jamais vraie d'avance"


def _weakened_moment(old: Moment, new: Moment) -> Iterator[tuple[str, str]]:
    if old.entry_point and not new.entry_point:
        yield "porte", "la page s'ouvre aussi par ce moment"
    if old.pupil_spoke and not new.pupil_spoke:
        yield "eleve_a_parle", "parler d'autres causes ferait douter de la parole de l'élève"
    if ORDER_TO_CALL.search(old.first_words) and not ORDER_TO_CALL.search(new.first_words):
        yield "premiers_mots", "ces mots donnent les numéros d'urgence"


def _weakened_service(old: Service, new: Service) -> Iterator[tuple[str, str]]:
    why = _why_reached(old)
    if why is None:
        return
    ways = (("telephone", "phone"), ("sms", "sms"), ("adresse", "url"), ("horaires", "hours"))
    for key, field in ways:
        if getattr(old, field) != getattr(new, field):
            yield key, why
    if _triggered_less(old, new):
        yield "quand", why
    if not set(old.audience) <= set(new.audience):
        yield "pour", why


def _weakened_advice(old: Advice, new: Advice) -> Iterator[tuple[str, str]]:
    why = _why_shown_always(old)
    if why is None:
        return
    if old.section is not new.section:
        yield "rubrique", why
    if _triggered_less(old, new):
        yield "quand", why
    if not set(old.replaces) <= set(new.replaces):
        yield "remplace", why
    if _why_held(old):
        for key, field in (("texte", "text"), ("court", "short")):  # screens and paper read both
            if getattr(old, field) != getattr(new, field):
                yield key, why


def _why_shown_always(advice: Advice) -> str | None:
    return _why_held(advice) or (
        "ce conseil est toujours montré, quoi que l'on coche" if advice.when == ALWAYS else None
    )


def _triggered_less(old: Triggered, new: Triggered) -> bool:
    if new.when == ALWAYS:
        return False
    return old.when == ALWAYS or not set(old.when) <= set(new.when)
