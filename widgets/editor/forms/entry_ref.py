"""Reference to an entry of a list."""

from __future__ import annotations

from typing import NamedTuple


class EntryRef(NamedTuple):
    """An entry: its kind and its index in the file (`place` in messages); the head has index 0."""

    kind: str
    place: int
