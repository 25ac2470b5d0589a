"""Rule on where a school stands: its opening hours are told by it, so its file says one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.model.identity import TERRITORY_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.school import School


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
