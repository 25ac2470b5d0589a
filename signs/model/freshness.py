"""Tell when a contact is stale, and when a list is due for review."""

from __future__ import annotations

from datetime import date

STALE_AFTER = 365
"""Days after which a contact is marked « à revérifier »."""


def is_stale(checked_on: str, today: date) -> bool:
    """Tell whether a contact was last checked too long ago.

    Examples
    --------
    >>> is_stale("2025-11-25", date(2026, 11, 25)), is_stale("2025-11-25", date(2026, 11, 26))
    (False, True)
    """
    return (today - first_day(checked_on)).days > STALE_AFTER


def is_overdue(review_before: str, today: date) -> bool:
    """Tell whether a list has reached its review date.

    Examples
    --------
    >>> is_overdue("2027-09", date(2027, 8, 31)), is_overdue("2027-09", date(2027, 9, 1))
    (False, True)
    """
    return today >= first_day(review_before)


def first_day(partial: str) -> date:
    """Return the day that a date begins with: a year, or a month, counts from its start."""
    return date.fromisoformat(f"{partial}-01-01"[:10])
