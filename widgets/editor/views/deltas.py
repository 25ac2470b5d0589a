"""What changed of a long text that a page holds already: only that part is sent again."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Delta(NamedTuple):
    """What stands between the start and the end that two texts have in common.

    Lengths are those of JavaScript, in UTF-16 units.
    """

    start: int
    """How much of the old text stays, at its start."""
    end: int
    """How much of it stays, at its end."""
    text: str
    """What the new text says between them."""


def delta_of(old: str, new: str) -> Delta:
    """Return what changed from one text to another.

    Examples
    --------
    >>> delta_of("dort en classe", "dort mal en classe")
    Delta(start=5, end=9, text='mal ')
    >>> delta_of("", "neuf")
    Delta(start=0, end=0, text='neuf')
    """
    start = _alike(old, new, min(len(old), len(new)))
    left = min(len(old), len(new)) - start
    end = _alike_at_end(old, new, left)
    return Delta(_length(new[:start]), _length(new[len(new) - end :]), new[start : len(new) - end])


def _alike(one: str, other: str, most: int) -> int:
    """Return how long two texts say the same, from their start."""
    alike = 0
    while alike < most:
        middle = (alike + most + 1) // 2
        if one[alike:middle] == other[alike:middle]:
            alike = middle
        else:
            most = middle - 1
    return alike


def _alike_at_end(one: str, other: str, most: int) -> int:
    """Return how long two texts say the same, up to their end."""
    alike = 0
    while alike < most:
        middle = (alike + most + 1) // 2
        if (
            one[len(one) - middle : len(one) - alike]
            == other[len(other) - middle : len(other) - alike]
        ):
            alike = middle
        else:
            most = middle - 1
    return alike


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class SentTexts:
    """What one page holds, by name: HTML as it is, the rest as JSON."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def changes(self, **values: Any) -> dict[str, Delta]:  # noqa: ANN401 (what is sent as JSON)
        """Return what the page does not hold yet of some values; from now on, it does."""
        found = {}
        for name, value in values.items():
            new = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            old = self._texts.get(name)
            if new != old:
                found[name] = delta_of(old or "", new)
                self._texts[name] = new
        return found

    def holds(self, name: str) -> bool:
        """Tell whether the page holds a text of that name."""
        return name in self._texts

    def forget(self) -> None:
        """Take note that the page holds nothing: it was opened anew."""
        self._texts.clear()
