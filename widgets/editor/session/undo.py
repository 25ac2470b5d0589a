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
class Undoable:
    """A change that can be undone: the texts before it."""

    done: str
    """What was done, in French."""
    texts: dict[str, str]
    where: EntryRef
    key: str = ""
    """The field that was typed in: more typing there is the same change."""
    at: float = 0.0
    """When, in seconds of a clock that only goes on."""


@dataclass
class UndoStack:
    """The changes of one session, to go back and forth through."""

    _done: list[Undoable] = field(default_factory=list)
    _undone: list[Undoable] = field(default_factory=list)

    @property
    def undoable(self) -> str:
        """What would be undone, or nothing."""
        return self._done[-1].done if self._done else ""

    @property
    def redoable(self) -> str:
        """What would be done again, or nothing."""
        return self._undone[-1].done if self._undone else ""

    def add(self, change: Undoable) -> None:
        """Remember a change; what was undone before it cannot be done again."""
        last = self._done[-1] if self._done and not self._undone else None
        if last is not None and _continues(last, change):
            self._done[-1] = replace(last, at=change.at)
        else:
            self._done.append(change)
        self._undone.clear()

    def undo(self, texts: dict[str, str]) -> Undoable:
        """Go back from these texts; return the change whose texts are to be taken."""
        return self._go(self._done, self._undone, texts)

    def redo(self, texts: dict[str, str]) -> Undoable:
        """Do again what was undone, from these texts; return the change whose texts to take."""
        return self._go(self._undone, self._done, texts)

    def rebase(self, rebased: Callable[[dict[str, str]], dict[str, str]]) -> None:
        """Lay every change over what somebody else saved, which this session does not undo."""
        for changes in (self._done, self._undone):
            changes[:] = [replace(each, texts=rebased(each.texts)) for each in changes]

    @staticmethod
    def _go(from_: list[Undoable], to: list[Undoable], texts: dict[str, str]) -> Undoable:
        change = from_.pop()
        to.append(replace(change, texts=texts))
        return change


def _continues(last: Undoable, change: Undoable) -> bool:
    """Tell whether a change is more of the same typing."""
    same = (last.where, last.key) == (change.where, change.key)
    return bool(change.key) and same and change.at - last.at < TYPING_GAP
