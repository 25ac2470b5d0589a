"""Urgency: whatever a list says, an immediate item leads to help, alone and first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.entries import Advice, Section
from signs.model.fields import ALWAYS, EMERGENCY, ORDER_TO_CALL, TICKS
from signs.model.ticks import Tick
from signs.rules.ids import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def urgency_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Immediate items call help, by an advice and by a service; nothing else is called safety."""
    if not any(item.urgency == "immediate" for item in sign_list.items.values()):
        yield Objection(
            "situation",
            0,
            (),
            "Rien n'est une urgence immédiate, alors que l'on doit toujours pouvoir dire un "
            "danger.",
            'Ajoutez urgence = "immediate" aux situations où il faut appeler les secours.',
        )
    calls = orders_to_call(sign_list)
    numbers = [service for service in sign_list.services if service.phone in EMERGENCY]
    for kind in TICKS:
        for place, item in tables[kind].placed(Tick):
            if item.urgency != "immediate":
                continue
            found = f"« {item.id} » est une urgence immédiate, mais"
            if not any(item.id in advice.when for advice in calls):
                yield Objection(
                    kind,
                    place,
                    ("urgence",),
                    f"{found} aucun conseil de la rubrique « {Section.SAFETY.value} » ne dit alors "
                    "d'appeler le 15, le 17 ou le 112.",
                    f"Ajoutez « {item.id} » à la ligne « quand » d'un conseil qui le dit.",
                )
            if not any(service.triggers is None or item.id in service.when for service in numbers):
                yield Objection(
                    kind,
                    place,
                    ("urgence",),
                    f"{found} aucun service d'urgence (15, 17 ou 112) ne la nomme.",
                    f"Ajoutez « {item.id} » à la ligne « quand » de l'un d'eux.",
                )
    for place, advice in tables["conseil"].placed(Advice):
        if advice.section is not Section.SAFETY:
            continue
        calm = [
            id_
            for id_ in advice.triggers or (ALWAYS,)
            if id_ == ALWAYS or sign_list.items[id_].urgency != "immediate"
        ]
        if calm:
            yield Objection(
                "conseil",
                place,
                ("quand",),
                f"Le conseil « {advice.id} » est de la rubrique « {Section.SAFETY.value} », "
                "réservée aux "
                f"urgences immédiates ; ce n'est pas le cas de {listed(calm)}.",
                f"Changez sa rubrique, ou retirez {listed(calm)} de sa ligne « quand ».",
            )


def orders_to_call(sign_list: SignList) -> list[Advice]:
    """Return the safety advices that say to call for help."""
    return [
        advice
        for advice in sign_list.advice
        if advice.section is Section.SAFETY and ORDER_TO_CALL.search(advice.text)
    ]
