"""The marks of entries, which one filters the list by.

A new mark is a line of `FILTERS` and a line of `marks_of`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

FILTERS = {
    "corriger": "À corriger",
    "verifier": "À vérifier",
    "change": "Changé",
    "masque": "Masqué",
    "relire": "À relire",
}
"""The title of each mark, in the order of the form."""

TO_CHECK = frozenset({"stale-service", "stale-contact", "review-overdue"})
"""The problems that a call or a reading settles."""


class Findings(NamedTuple):
    """What is known of one entry."""

    codes: Collection[str]
    """Those of its problems."""
    errors: int
    change: str
    """« nouvelle », « modifiée », or nothing."""
    hidden: bool
    to_read: bool
    """Whether a committee has still to read it."""


def marks_of(entry: Findings) -> list[str]:
    """Return the marks of an entry, in the order of the filters."""
    bears = {
        "corriger": entry.errors > 0,
        "verifier": not TO_CHECK.isdisjoint(entry.codes),
        "change": bool(entry.change),
        "masque": entry.hidden,
        "relire": entry.to_read,
    }
    return [mark for mark in FILTERS if bears[mark]]
