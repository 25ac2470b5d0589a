"""Vignettes that say they lead somewhere lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.training import Vignette
from signs.orientation import orient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def vignette_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield advice that a vignette names and that its ticks do not show."""
    for place, vignette in tables["vignette"].placed(Vignette):
        shown = {advice.id for advice in orient(sign_list, vignette.ticks).advice}
        for position, id_ in enumerate(vignette.leads_to):
            if id_ not in shown:
                yield Objection(
                    "vignette",
                    place,
                    ("conduit_a", position),
                    f"La vignette « {vignette.id} » dit conduire au conseil « {id_} », mais ses "
                    "coches ne l'appellent pas, ou un autre prend sa place.",
                    "Corrigez la ligne « coches » ou la ligne « conduit_a ».",
                )
