"""Undo and redo: the texts before each change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.editor.forms.entry_ref import EntryRef

TYPING_GAP = 2.0
"""Seconds between two edits of a field that are undone as one."""


@dataclass(frozen=True)
class Step:
    """A change that can be undone: the texts before it."""

    done: str
    """What was done, in French."""
    texts: dict[str, str]
    where: EntryRef
    key: str = ""
    """The field that was typed in, for typing to be one step."""
    at: float = 0.0
    """When, in seconds of a clock that only goes on."""


@dataclass
class History:
    """The steps of one session, to go back and forth through."""

    _done: list[Step] = field(default_factory=list)
    _undone: list[Step] = field(default_factory=list)

    @property
    def undoable(self) -> str:
        """What would be undone, or nothing."""
        return self._done[-1].done if self._done else ""

    @property
    def redoable(self) -> str:
        """What would be done again, or nothing."""
        return self._undone[-1].done if self._undone else ""

    def add(self, step: Step) -> None:
        """Remember a step; what was undone before it cannot be done again."""
        last = self._done[-1] if self._done and not self._undone else None
        if last is not None and _continues(last, step):
            self._done[-1] = replace(last, at=step.at)
        else:
            self._done.append(step)
        self._undone.clear()

    def undo(self, texts: dict[str, str]) -> Step:
        """Go back from these texts; return the step whose texts are to be taken."""
        return self._go(self._done, self._undone, texts)

    def redo(self, texts: dict[str, str]) -> Step:
        """Do again what was undone, from these texts; return the step whose texts to take."""
        return self._go(self._undone, self._done, texts)

    def rebase(self, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        """Change the texts of every step: somebody else's changes are no step of this session."""
        for steps in (self._done, self._undone):
            steps[:] = [replace(step, texts=change(step.texts)) for step in steps]

    @staticmethod
    def _go(from_: list[Step], to: list[Step], texts: dict[str, str]) -> Step:
        step = from_.pop()
        to.append(replace(step, texts=texts))
        return step


def _continues(last: Step, step: Step) -> bool:
    """Tell whether a step is more of the same typing."""
    same = (last.where, last.key) == (step.where, step.key)
    return bool(step.key) and same and step.at - last.at < TYPING_GAP
