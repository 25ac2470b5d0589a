"""When a contact was last checked too long ago, and a list has to be read again."""

from __future__ import annotations

from datetime import date

STALE_AFTER = 365
"""Days after which a contact is marked « à revérifier »."""


def is_stale(checked_on: str, today: date) -> bool:
    """Tell whether a contact was last checked too long ago; a bare year counts from its start."""
    checked = date.fromisoformat(f"{checked_on}-01-01"[:10])
    return (today - checked).days > STALE_AFTER


def is_overdue(review_before: str, today: date) -> bool:
    """Tell whether the day a list was to be read again before has come."""
    return today.isoformat() >= review_before
