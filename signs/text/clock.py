"""What time it is: the one place that asks the machine, whose clock may be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

TOLERANCE = timedelta(days=1)
"""A day is not « in the future » before it has passed everywhere: zones are a day apart."""


def now() -> datetime:
    """Return the moment it is, in the zone of this machine."""
    return datetime.now().astimezone()
