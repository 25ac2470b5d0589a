"""What small selections show, computed on sets of bits: nothing, a door, one or two ticks.

One bit an advice, in reading order. Ids with the same effect on the advice looked at count once,
so that every pair takes milliseconds.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from signs.model.entries import Advice
    from signs.model.sign_list import SignList


class _Effect(NamedTuple):
    """What an id does to the advice looked at."""

    calls: int
    hides: int


class Selections:
    """The advice that small selections show, among some.

    Parameters
    ----------
    sign_list
        The list.
    among
        The advice looked at; others are ignored.
    """

    def __init__(self, sign_list: SignList, among: Sequence[Advice]) -> None:
        self._among = among
        self._doors = sign_list.doors.keys()
        calls: dict[str, int] = dict.fromkeys((*sign_list.items, *self._doors), 0)
        hides = dict(calls)
        self._always = 0
        for position, advice in enumerate(among):
            bit = 1 << position
            if advice.triggers is None:
                self._always |= bit
            for id_ in calls.keys() & (advice.triggers or ()):
                calls[id_] |= bit
            for id_ in calls.keys() & sign_list.replaced_when[advice.id]:
                hides[id_] |= bit
        self._ids: dict[_Effect, list[str]] = {}
        for id_, called in calls.items():
            same = self._ids.setdefault(_Effect(called, hides[id_]), [])
            if not any((id_ in self._doors) is (known in self._doors) for known in same):
                same.append(id_)  # a tick and a door at most

    def shown(self) -> Iterator[tuple[tuple[str, ...], list[Advice]]]:
        """Yield each selection that shows something of its own, the smallest first."""
        for selection, bits in self._bits():
            yield selection, self.advice(bits)

    def most(self) -> tuple[tuple[str, ...], list[Advice]]:
        """Return the selection that shows the most advice, and that advice."""
        selection, bits = max(self._bits(), key=lambda each: each[1].bit_count())
        return selection, self.advice(bits)

    def none(self) -> tuple[str, ...] | None:
        """Return a selection that shows no advice, if there is one."""
        return next((selection for selection, bits in self._bits() if not bits), None)

    def advice(self, bits: int) -> list[Advice]:
        """Return the advice of a set of bits, in reading order."""
        return [advice for position, advice in enumerate(self._among) if bits >> position & 1]

    def _bits(self) -> Iterator[tuple[tuple[str, ...], int]]:
        yield (), self._always
        for effect, ids in self._ids.items():
            yield (ids[0],), (self._always | effect.calls) & ~effect.hides
        for (one, its), (other, others) in combinations(self._ids.items(), 2):
            if pair := self._pair(its, others):
                calls = self._always | one.calls | other.calls
                yield pair, calls & ~(one.hides | other.hides)

    def _pair(self, ids: list[str], others: list[str]) -> tuple[str, str] | None:
        """Return an id of each, unless both are doors: only one is open at a time."""
        return next(
            (
                (one, other)
                for one in ids
                for other in others
                if one not in self._doors or other not in self._doors
            ),
            None,
        )


def together(sign_list: SignList, one: Advice, other: Advice) -> tuple[str, ...] | None:
    """Return a selection that shows both, of any size, if there is one.

    Whatever shows both does so by one id that calls each, so that two ids are enough to tell.
    """
    hidden = sign_list.replaced_when[one.id] | sign_list.replaced_when[other.id]
    free = (sign_list.items.keys() | sign_list.doors.keys()) - hidden
    callers = [
        [()] if each.triggers is None else [(id_,) for id_ in each.triggers if id_ in free]
        for each in (one, other)
    ]
    for first, second in product(*callers):
        selection = tuple(dict.fromkeys((*first, *second)))
        if sum(id_ in sign_list.doors for id_ in selection) <= 1:
            return selection
    return None
