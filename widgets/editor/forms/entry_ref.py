"""Which entry of a list: its kind, and its place among them."""

from __future__ import annotations

from typing import NamedTuple


class EntryRef(NamedTuple):
    """The entry one looks at: its kind and its place in the file; the head has place 0."""

    kind: str
    place: int
