"""Advice that stands for another: in its place, never in circles, never in an order to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.entries import Advice
from signs.model.fields import ALWAYS
from signs.rules.urgency import orders_to_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def replacement_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """No replacement leaves its section, turns in circles, or is always called."""
    by_id = {advice.id: advice for advice in sign_list.advice}
    calls = orders_to_call(sign_list)
    for place, advice in tables["conseil"].placed(Advice):
        for position, id_ in enumerate(advice.replaces):
            key = ("remplace", position)
            if by_id[id_].section is not advice.section:
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"Le conseil « {advice.id} » remplace « {id_} », qui est d'une autre rubrique.",
                    f"Donnez-leur la même rubrique, ou retirez « {id_} » de « remplace ».",
                )
            if by_id[id_] in calls and advice not in calls:
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"Le conseil « {advice.id} » remplace « {id_} », qui dit d'appeler les "
                    "secours, "
                    "mais ne dit pas de les appeler.",
                    f"Nommez le 15, le 17 ou le 112 dans son texte, ou retirez « {id_} » de "
                    "« remplace ».",
                )
            if advice.id == id_:
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"Le conseil « {advice.id} » se remplace lui-même.",
                    "Retirez-le de sa ligne « remplace ».",
                )
            elif advice.id in _stands_for(by_id, id_):
                yield Objection(
                    "conseil",
                    place,
                    key,
                    f"Les conseils « {advice.id} » et « {id_} » se remplacent l'un l'autre.",
                    "Retirez la ligne « remplace » de l'un des deux.",
                )
        if advice.replaces and advice.when == ALWAYS:
            yield Objection(
                "conseil",
                place,
                ("quand",),
                f"Le conseil « {advice.id} » est toujours montré : ce qu'il remplace ne le serait "
                "jamais.",
                "Nommez dans « quand » les signes ou les situations qui l'appellent.",
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
