"""When a contact was last checked too long ago."""

from __future__ import annotations

from datetime import date

STALE_AFTER = 365
"""Days after which a contact is marked « à revérifier »."""


def is_stale(checked_on: str, today: date) -> bool:
    """Tell whether a contact was last checked too long ago; a bare year counts from its start."""
    checked = date.fromisoformat(f"{checked_on}-01-01"[:10])
    return (today - checked).days > STALE_AFTER
