"""What `orient()` shows and unfolds, as sets of bits, so that tests can try every selection.

One bit an advice, in reading order. It is written again here, from what a list says, and held
equal to `orient()` by a test (`lists/test_promises.py`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product

import signs
from signs.model.entries import AdviceStep

Selection = tuple[str, ...]
"""Ids of ticks, and of a door at most."""


class Answers:
    """The answers of a list."""

    def __init__(self, sign_list: signs.SignList) -> None:
        self.advice = sign_list.advice
        self.ticks, self.doors = list(sign_list.items), list(sign_list.doors)
        self.urgency = {id_: sign_list.causes[id_].urgency for id_ in (*self.ticks, *self.doors)}
        self._replaces = {advice.id: advice.replaces for advice in self.advice}
        self._calls = dict.fromkeys(self.urgency, 0)
        self._hides = dict.fromkeys(self.urgency, 0)
        for advice in self.advice:
            replaced = self.bit(*(self.stands_for(advice.id) - {advice.id}))
            for id_ in advice.triggers or ():
                self._calls[id_] |= self.bit(advice.id)
                self._hides[id_] |= replaced
        self._always = self.where(lambda advice: advice.triggers is None)
        self.protecting = self.where(lambda advice: advice.protects)
        self.steps = {
            step: self.bit(*(a.id for a in self.advice if a.step is step)) for step in AdviceStep
        }

    def stands_for(self, id_: str) -> set[str]:
        """Return an advice and everything it replaces, near or far."""
        return {id_}.union(*(self.stands_for(replaced) for replaced in self._replaces[id_]))

    def where(self, wanted: Callable[[signs.Advice], bool]) -> int:
        """Return the bits of the advice that is wanted."""
        return sum(1 << position for position, a in enumerate(self.advice) if wanted(a))

    def bit(self, *ids: str) -> int:
        """Return the bits of some advice."""
        return self.where(lambda advice: advice.id in ids)

    def ids(self, bits: int) -> list[str]:
        """Return the ids of a set of bits, in reading order."""
        return [a.id for position, a in enumerate(self.advice) if bits >> position & 1]

    def urgent(self, selection: Selection) -> bool:
        """Tell whether somebody may be in danger now."""
        return any(self.urgency[id_] == "immediate" for id_ in selection)

    def shown(self, selection: Selection) -> int:
        """Return what a selection shows."""
        called, hidden = self._always, 0
        for id_ in selection:
            called |= self._calls[id_]
            hidden |= self._hides[id_]
        return called & ~hidden

    def unfolded(self, selection: Selection) -> int:
        """Return what stands open: three lines a step and what protects; in danger, less."""
        shown = self.shown(selection)
        unfolded = shown & self.protecting
        for step, its in self.steps.items():
            if step is AdviceStep.NOW or not self.urgent(selection):
                unfolded |= first(shown & its, 3)
        return unfolded

    # --- Selections ---------------------------------------------------------------------------

    def small(self) -> Iterator[Selection]:
        """Yield nothing, each tick, each pair of ticks."""
        for size in range(3):
            yield from combinations(self.ticks, size)

    def with_a_door(self, selections: Iterable[Selection]) -> Iterator[Selection]:
        """Yield each selection behind each door."""
        for door, selection in product(self.doors, selections):
            yield (door, *selection)

    def wide(self, count: int) -> Iterator[Selection]:
        """Yield as many selections of 3 to 40 ticks, every other one behind a door."""
        picker = random.Random(19)
        for number in range(count):
            door = [picker.choice(self.doors)] if number % 2 else []
            yield (*picker.sample(self.ticks, picker.randint(3, 40)), *door)

    def all(self) -> Iterator[Selection]:
        """Yield every small selection, behind no door and behind each, and wide ones."""
        yield from self.small()
        yield from self.with_a_door(self.small())
        yield from self.wide(3_000)


def first(bits: int, count: int) -> int:
    """Return the first bits of a set."""
    kept = 0
    for _ in range(count):
        kept, bits = kept | bits & -bits, bits & (bits - 1) if bits else 0
    return kept
