"""What must hold across a whole list: ids that exist, and the safety that no edit takes away."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from signs import hours, words
from signs.model import (
    HEAD,
    KINDS,
    Advice,
    Audience,
    Called,
    Identified,
    Item,
    ListInfo,
    Section,
    Service,
    SignList,
    Source,
    references_of,
)
from signs.problems import Severity, nearest, suggestion
from signs.tables import Objection
from signs.values import ALWAYS, EMERGENCY, ID_PATTERN, TICKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from signs.tables import Tables
    from signs.values import Entry


def identity_objections(tables: Tables) -> Iterator[Objection]:
    """Yield what is wrong with ids and with what names them, as far as it can be told.

    An entry with a fault elsewhere still counts as known: one mistake is told once.
    """
    yield from _repeated_ids(tables)
    yield from _unknown_references(tables)


def safety_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what is wrong with a list whose entries and ids are each sound."""
    yield from _replacements(sign_list, tables)
    yield from _urgent_items(sign_list, tables)
    yield from _way_out(sign_list)
    yield from _dates(tables)
    yield from _idle(sign_list, tables)


def wording_objections(tables: Tables, info: ListInfo | None) -> Iterator[Objection]:
    """Yield the words that harm, in every text of every kind; see `signs.words`."""
    entries: list[tuple[str, int, Entry]] = [(HEAD, 0, info)] if info else []
    entries += [(kind, *placed) for kind in tables for placed in tables[kind].placed(Identified)]
    for kind, place, entry in entries:
        for finding in words.findings(entry):
            yield Objection(
                kind,
                place,
                finding.path,
                f"« {finding.found} » : {finding.genre.name}. {finding.words.why}",
                f"Écrivez plutôt {finding.words.instead}.",
                finding.genre.severity,
            )


def _repeated_ids(tables: Tables) -> Iterator[Objection]:
    """Ids are unique across all kinds."""
    first: dict[str, tuple[str, int]] = {}
    for kind, table in tables.items():
        for place, id_ in enumerate(table.ids):
            if id_ is None:
                continue
            if id_ == ALWAYS:
                yield Objection(
                    kind,
                    place,
                    ("id",),
                    f"« {ALWAYS} » est un mot réservé.",
                    "Choisissez un autre id.",
                )
            if id_ in first:
                yield Objection(
                    kind,
                    place,
                    ("id",),
                    f"L'id « {id_} » sert déjà.",
                    "Donnez un id différent à chaque entrée, même d'un autre genre.",
                    see=first[id_],
                )
            else:
                first[id_] = (kind, place)


def _unknown_references(tables: Tables) -> Iterator[Objection]:
    """Every id that is named exists.

    An id that is itself miswritten was told where it stands; who names it is right or will be.
    """
    for kind, table in tables.items():
        for key, attribute, targets in references_of(KINDS[kind].entry):
            if not all(tables[target].readable for target in targets):
                continue
            known = {id_ for target in targets for id_ in tables[target].ids if id_}
            for place, entry in table.placed(Identified):
                value = getattr(entry, attribute)
                alone = isinstance(value, str)
                for position, id_ in enumerate(_named(value)):
                    path = (key,) if alone else (key, position)
                    if id_ not in known and not _is_miswritten(nearest(id_, known)):
                        yield Objection(
                            kind,
                            place,
                            path,
                            f"« {key} » de {kind} « {entry.id} » nomme « {id_} », qui n'existe "
                            f"pas ({' ou '.join(targets)}).",
                            _what_instead(id_, key, known, tables),
                        )


def _named(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the ids that a value names: one, several, or none at all."""
    if value is None or value == ALWAYS:
        return ()
    return (value,) if isinstance(value, str) else value


def _what_instead(id_: str, key: str, known: Iterable[str], tables: Tables) -> str:
    if id_ == ALWAYS:
        return f'« {ALWAYS} » s\'écrit sans crochets : {key} = "{ALWAYS}".'
    for kind, table in tables.items():
        if id_ in table.ids:
            return f"C'est l'id d'un autre genre d'entrée ({kind})."
    return suggestion(id_, known).strip()


def _is_miswritten(id_: str | None) -> bool:
    return id_ is not None and not re.fullmatch(ID_PATTERN, id_)


def _replacements(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """No replacement leaves its section, turns in circles, or is always called."""
    by_id = {advice.id: advice for advice in sign_list.advice}
    calls = _orders_to_call(sign_list)
    for place, advice in tables["conseil"].placed(Advice):
        for position, id_ in enumerate(advice.replaces):
            key = ("remplace", position)
            if by_id[id_].section is not advice.section:
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"« {advice.id} » remplace « {id_} », d'une autre rubrique.",
                    "Un conseil en remplace un autre au même endroit de la page.",
                )
            if by_id[id_] in calls and advice not in calls:
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"« {advice.id} » remplace « {id_} », qui dit d'appeler les secours, et ne le "
                    "dit pas.",
                    "Nommez le 15, le 17 ou le 112 dans son texte, ou retirez ce « remplace ».",
                )
            if advice.id == id_:
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"« {advice.id} » se remplace lui-même.",
                    "Retirez-le de son « remplace ».",
                )
            elif advice.id in _stands_for(by_id, id_):
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"« {advice.id} » et « {id_} » se remplacent l'un l'autre.",
                    "Retirez l'un des deux « remplace ».",
                )
        if advice.replaces and advice.when == ALWAYS:
            yield Objection(
                "conseil",
                place,
                ("quand",),
                f"« {advice.id} » est toujours montré : ce qu'il remplace ne le serait jamais.",
                "Nommez dans « quand » ce qui l'appelle.",
            )


def _stands_for(by_id: Mapping[str, Advice], start: str) -> set[str]:
    """Return `start` and everything it replaces, near or far."""
    waiting, seen = [start], set[str]()
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen.add(id_)
            waiting.extend(by_id[id_].replaces)
    return seen


_ORDER_TO_CALL = re.compile(rf"\b(?:{'|'.join(EMERGENCY)})\b")


def _urgent_items(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Immediate items call help, by an advice and by a service; nothing else is called safety."""
    calls = _orders_to_call(sign_list)
    numbers = [service for service in sign_list.services if service.phone in EMERGENCY]
    for kind in TICKS:
        for place, item in tables[kind].placed(Item):
            if item.urgency != "immediate":
                continue
            found = f"« {item.id} » est une urgence immédiate, et"
            if not any(item.id in advice.when for advice in calls):
                yield Objection(
                    kind,
                    place,
                    ("urgence",),
                    f"{found} aucun conseil de la rubrique « {Section.SAFETY.value} » ne dit alors "
                    "d'appeler le 15, le 17 ou le 112.",
                    "Ajoutez son id au « quand » d'un conseil qui le dit.",
                )
            if not any(service.called_by is None or item.id in service.when for service in numbers):
                yield Objection(
                    kind,
                    place,
                    ("urgence",),
                    f"{found} aucun service d'urgence (15, 17 ou 112) ne la nomme.",
                    "Ajoutez son id au « quand » de ces services.",
                )
    for place, advice in tables["conseil"].placed(Advice):
        if advice.section is not Section.SAFETY:
            continue
        calm = [
            id_
            for id_ in advice.called_by or (ALWAYS,)
            if id_ == ALWAYS or sign_list.items[id_].urgency != "immediate"
        ]
        if calm:
            yield Objection(
                "conseil",
                place,
                ("quand",),
                f"« {advice.id} » est de la rubrique « {Section.SAFETY.value} », réservée aux "
                f"urgences immédiates ; ce n'est pas le cas de {_listed(calm)}.",
                "Changez la rubrique, ou retirez ces ids de « quand ».",
            )


def _orders_to_call(sign_list: SignList) -> list[Advice]:
    """Return the safety advices that say to call for help."""
    return [
        advice
        for advice in sign_list.advice
        if advice.section is Section.SAFETY and _ORDER_TO_CALL.search(advice.text)
    ]


def _way_out(sign_list: SignList) -> Iterator[Objection]:
    """Whatever is ticked, nothing included: a conversation, somebody to tell, a line open now."""
    aims = {Section.TALK: "aider à parler avec l'élève", Section.TELL: "dire à qui en parler"}
    for section, aim in aims.items():
        if not any(a.section is section and a.when == ALWAYS for a in sign_list.advice):
            yield Objection(
                "conseil",
                0,
                (),
                f"Aucun conseil de la rubrique « {section.value} » n'est toujours montré : "
                f"quoi qu'on coche, la page doit {aim}.",
                f"Donnez quand = \"{ALWAYS}\" à l'un d'eux.",
            )
    if not any(moment.door for moment in sign_list.moments):
        yield Objection(
            "moment",
            0,
            (),
            "Aucun moment n'est une porte d'entrée : la page commence par le moment.",
            "Retirez « porte = false » là où l'on doit pouvoir entrer.",
        )
    if not any(_always_answers_staff(service) for service in sign_list.services):
        yield Objection(
            "service",
            0,
            (),
            "Aucun service n'est à la fois toujours montré, ouvert jour et nuit et pour vous.",
            f'Il en faut un avec quand = "{ALWAYS}", horaires = "24/7", pour = ["vous"] et un '
            "numéro.",
        )


def _always_answers_staff(service: Service) -> bool:
    return (
        service.when == ALWAYS
        and Audience.STAFF in service.audience
        and hours.always_open(service.hours)
        and bool(service.phone or service.sms)
    )


def _dates(tables: Tables) -> Iterator[Objection]:
    """No check and no source is of tomorrow."""
    today = date.today().isoformat()
    dates = [
        *(("service", p, "verifie_le", s.checked_on) for p, s in tables["service"].placed(Service)),
        *(("source", p, "date", s.dated or "") for p, s in tables["source"].placed(Source)),
    ]
    for kind, place, key, written in dates:
        if written > today:
            yield Objection(
                kind,
                place,
                (key,),
                f"« {key} » de {kind} « {tables[kind].rows[place].id} » est dans le futur.",
                "Écrivez la date de la source lue.",
            )


def _idle(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Entries that nothing calls are not wrong, but somebody should look."""
    entries: tuple[Called, ...] = (*sign_list.advice, *sign_list.services)
    called = {id_ for entry in entries for id_ in entry.called_by or ()}
    for kind in TICKS:
        for place, id_ in enumerate(tables[kind].ids):
            if id_ not in called:
                yield Objection(
                    kind,
                    place,
                    ("id",),
                    f"« {id_} » n'appelle ni conseil ni service.",
                    "Ajoutez son id à un « quand ».",
                    Severity.REMARK,
                )
    cited = {
        id_
        for kind, table in tables.items()
        for key, attribute, targets in references_of(KINDS[kind].entry)
        if targets == ("source",)
        for _place, entry in table.placed(Identified)
        for id_ in _named(getattr(entry, attribute))
    }
    for place, id_ in enumerate(tables["source"].ids):
        if id_ not in cited:
            yield Objection(
                "source",
                place,
                ("id",),
                f"Rien ne cite la source « {id_} ».",
                "Retirez-la, ou citez-la.",
                Severity.REMARK,
            )


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(f"« {id_} »" for id_ in ids)
