"""Rules on opening hours: openings that are probably slips, public holidays nobody spoke of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import Assignment
from signs.model.entries import Service
from signs.text import doubtful_hours, opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables


def hours_remarks(tables: Tables) -> Iterator[Problem]:
    """Yield hours that probably say something else than meant, and holidays left to chance."""
    for subject, service in tables["service"].subjects("service", Service):
        hours = service.hours
        if hours is None:
            continue
        for code, params in _doubts(hours):
            yield Problem(code, subject, ("horaires",), params)
        if "PH" not in hours and not all(opening_hours.ordinary_week(hours)):
            params = {
                word: Assignment("horaires", f'"{hours}; PH {written}"')
                for word, written in (("closed", "off"), ("unknown", "unknown"))
            }
            yield Problem("unsaid-holidays", subject, ("horaires",), params)


def _doubts(hours: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the code and the parameters of what is doubtful in some hours."""
    for code, find in (
        ("long-night", doubtful_hours.long_nights),
        ("overlapping-hours", doubtful_hours.overlaps),
    ):
        for rule, span in find(hours):
            yield code, {"span": span, "days": rule.in_words}
    for rule, by, both, after in doubtful_hours.replaced(hours):
        yield (
            "replaced-hours",
            {
                "rule": str(rule),
                "by": str(by),
                "words": opening_hours.in_words(hours),
                "both": both and Assignment("horaires", f'"{both}"'),
                "after": after and Assignment("horaires", f'"{after}"'),
            },
        )
    for cut in doubtful_hours.cut_nights(hours):
        yield "cut-night", cut._asdict()
