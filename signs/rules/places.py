"""Rules on which school a file is of, and where it stands: the opening hours are told by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.model.identity import TERRITORY_OF, is_uai

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from signs.model.school import School


def other_school_problems(school: School, file: Path) -> Iterator[Problem]:
    """Yield a problem where a file is called by one school's UAI and says another's.

    It was copied: its contacts would be on the page of a school where they are not.
    """
    named = file.stem.upper()
    if school.uai is not None and is_uai(named) and named != school.uai:
        params = {"code": school.uai, "name": named}
        yield Problem("other-school", None, ("uai",), params)


def place_remarks(school: School) -> Iterator[Problem]:
    """Yield a remark where the département and the territory are not of the same place."""
    if school.department is None or school.territory is None:
        return
    said = TERRITORY_OF.get(school.department, "metropole")
    if _AROUND.get(school.territory, school.territory) != said:
        params = {"code": school.department, "territory": school.territory}
        yield Problem("two-places", None, ("territoire",), params)


_AROUND = {"marquises": "polynesie", "gambier": "polynesie"}
"""Islands of a territory that keep another time."""
