"""Rule that the ticks of a vignette show the advice it announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Id
from signs.model.training import Vignette
from signs.orientation import orient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList


def vignette_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield advice that a vignette announces and that its ticks do not show."""
    for subject, vignette in tables["vignette"].subjects("vignette", Vignette):
        shown = {advice.id for advice in orient(sign_list, vignette.ticks).advice}
        for position, id_ in enumerate(vignette.leads_to):
            if id_ not in shown:
                key, params = ("conduit_a", position), {"advice": Id(id_)}
                yield Problem("misleading-vignette", subject, key, params)
