"""Rules on readings: nobody's name, and what is still there to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Id, Near
from signs.model.fields import Identified
from signs.model.readings import READING, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.sign_list import SignList

_NAME = re.compile(
    r"""(?x) @                                            # an address
    | \b(?:M\.|MM\.|M[mM][eE]s?|M[lL]{2}e|[Mm]onsieur|[Mm]adame|Dr|Pr|Me)[ ]+[A-ZÀ-Ý]  # a title
    | (?:^|[ ,(])[A-ZÀ-Ý](?:-?[A-ZÀ-Ý])?\.[ ]*[A-ZÀ-Ý][a-zà-ÿ]                         # an initial
    """
)


def names_somebody(role: str) -> bool:
    """Tell whether a role is surely somebody's name, by a title, an initial or an address.

    Examples
    --------
    >>> names_somebody("Mme Durand, CPE"), names_somebody("J. Durand"), names_somebody("CPE")
    (True, True, False)
    """
    return _NAME.search(role) is not None


def reading_problems(tables: Tables) -> Iterator[Problem]:
    """Yield the readings that are signed by a name: a role is needed, nobody's name."""
    for subject, reading in tables[READING].subjects(READING, Reading):
        if names_somebody(reading.role):
            yield Problem("named-reader", subject, ("par",), {"role": reading.role})


def reading_remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield the readings of entries that are gone: they count for nothing."""
    known = {
        entry.id
        for kind, table in tables.items()
        if kind != READING
        for _index, entry in table.valid_entries(Identified)
    }
    known.update(sign_list.info.hidden)
    for subject, reading in tables[READING].subjects(READING, Reading):
        if reading.entry not in known:
            params = {"named": Id(reading.entry), "near": Near.to(reading.entry, known)}
            yield Problem("unread-entry", subject, ("entree",), params)
