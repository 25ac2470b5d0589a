"""What a value names, and how several ids are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.model.fields import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Sequence


def named(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the ids that a value names: one, several, or none at all."""
    if value is None or value == ALWAYS:
        return ()
    return (value,) if isinstance(value, str) else value


def listed(ids: Sequence[str]) -> str:
    """Return several ids as one reads them."""
    return ", ".join(f"« {id_} »" for id_ in ids)
