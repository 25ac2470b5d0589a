"""Current time: the only module that reads the machine's clock, which may be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

TOLERANCE = timedelta(days=1)
"""Margin before a day counts as in the future: time zones are up to a day apart."""


def now() -> datetime:
    """Return the current time, in the zone of this machine."""
    return datetime.now().astimezone()
