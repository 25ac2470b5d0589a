"""Rules on opening hours: openings that are probably slips, public holidays nobody spoke of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Assignment
from signs.model.entries import Service
from signs.text import opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables


def hours_remarks(tables: Tables) -> Iterator[Problem]:
    """Yield openings that end before they begin, or overlap, and holidays left to chance."""
    for subject, service in tables["service"].subjects("service", Service):
        hours = service.hours
        if hours is None:
            continue
        for span in opening_hours.long_nights(hours):
            yield Problem("long-night", subject, ("horaires",), {"span": span})
        for span in opening_hours.overlaps(hours):
            yield Problem("overlapping-hours", subject, ("horaires",), {"span": span})
        if "PH" not in hours and not all(opening_hours.ordinary_week(hours)):
            params = {
                word: Assignment("horaires", f'"{hours}; PH {written}"')
                for word, written in (("closed", "off"), ("unknown", "unknown"))
            }
            yield Problem("unsaid-holidays", subject, ("horaires",), params)
