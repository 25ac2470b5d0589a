"""Merge two people's changes of a list: entry by entry, key by key.

Both began with the same texts. What only one of them changed is taken; what both changed alike
is taken once; a key that both changed differently is a :class:`Clash`, to be decided by a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.files import edit
from signs.files.document import UnreadableError, parse
from signs.files.edit import EditError, Ref
from signs.files.restore import with_entry
from signs.model.sign_list import HEAD, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Texts = Mapping[str, str]
    Entries = dict[str, dict[str, Any]]

Decisions = Mapping[tuple[str, str, str], bool]
"""For the place of each clash, whether mine is kept."""
WHOLE = ""
"""Stands for the key of a clash about a whole entry, or about a whole file."""
_ABSENT = object()


class Clash(NamedTuple):
    """One thing that both changed, differently."""

    kind: str
    """Of the entry; the file's name where its text cannot be merged."""
    id: str
    key: str
    """`WHOLE` where one of them removed the entry that the other changed."""
    mine: Any
    """`None` where there is none any more."""
    theirs: Any

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about."""
        return self.kind, self.id, self.key


@dataclass
class Merge:
    """The merged texts, and what is to be decided."""

    texts: dict[str, str]
    clashes: list[Clash] = field(default_factory=list)
    """Undecided: in the texts, mine stands there."""
    theirs: list[tuple[str, str]] = field(default_factory=list)
    """The kind and the id of the entries that only they changed."""


class _AllMine(dict[tuple[str, str, str], bool]):
    def __contains__(self, _place: object) -> bool:
        return True


ALL_MINE = _AllMine()
"""Decisions: mine, whatever it is about."""


def merge(base: Texts, mine: Texts, theirs: Texts, decided: Decisions | None = None) -> Merge:
    """Merge two sets of files, by name.

    Parameters
    ----------
    base
        What both began with.
    mine, theirs
        What each made of it.
    decided
        For the place of a clash, whether mine is kept.
    """
    merger = _Merger({} if decided is None else decided)
    for name in sorted({*base, *mine, *theirs}):
        before, my, their = (each.get(name, "") for each in (base, mine, theirs))
        text = merger.file(name, before, my, their)
        if text or name in theirs or name in mine:
            merger.result.texts[name] = text
    return merger.result


class _Merger:
    def __init__(self, decided: Decisions) -> None:
        self._decided = decided
        self.result = Merge({})

    def file(self, name: str, before: str, mine: str, theirs: str) -> str:
        """Return the merged text of a file."""
        if theirs in {before, mine, ""}:  # a file that is gone: mine is left
            return mine
        try:
            return self._by_entry(name, before, mine, theirs)
        except (UnreadableError, EditError):
            if mine == before:
                return theirs
            return mine if self._mine_wins(Clash(name, "", WHOLE, mine, theirs)) else theirs

    def _by_entry(self, name: str, before: str, mine: str, theirs: str) -> str:
        contents = [parse(each) for each in (before, mine, theirs)]
        text = theirs
        for kind in _kinds_of(name):
            was, my, their = (_entries(kind, each) for each in contents)
            self.result.theirs += [
                (kind, id_) for id_ in {**was, **their} if was.get(id_) != their.get(id_)
            ]
            if mine != before:
                text = self._kind(_Versions(kind, was, my, their), text, mine)
        return text

    def _kind(self, versions: _Versions, text: str, my_text: str) -> str:
        """Return their text of a file with my changes of the entries of a kind."""
        kind, before, mine, theirs = versions
        for id_, raw in before.items():
            if id_ not in mine and id_ in theirs:
                clash = Clash(kind, id_, WHOLE, None, theirs[id_])
                if theirs[id_] == raw or self._mine_wins(clash):
                    text = edit.remove(text, Ref(kind, id_))
        for id_, raw in mine.items():
            if id_ in theirs:
                text = self._keys(kind, id_, [before.get(id_, {}), raw, theirs[id_]], text)
            elif id_ not in before or (
                raw != before[id_] and self._mine_wins(Clash(kind, id_, WHOLE, raw, None))
            ):
                text = with_entry(text, my_text, kind, id_)
        return _in_my_order(text, kind, [*before], [*mine], [*theirs])

    def _keys(self, kind: str, id_: str, versions: list[dict[str, Any]], text: str) -> str:
        """Return their text of a file with my changes of one entry."""
        _before, mine, _theirs = versions
        for key, clash in _clashing(kind, id_, *versions):
            if clash is None or self._mine_wins(clash):
                ref = None if kind == HEAD else Ref(kind, id_)
                text = edit.set_value(text, ref, key, mine.get(key))
        return text

    def _mine_wins(self, clash: Clash) -> bool:
        if clash.place not in self._decided:
            self.result.clashes.append(clash)
        return self._decided.get(clash.place, True)


class _Versions(NamedTuple):
    """The entries of a kind, in each version."""

    kind: str
    before: Entries
    mine: Entries
    theirs: Entries


def _clashing(
    kind: str, id_: str, before: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> Iterator[tuple[str, Clash | None]]:
    """Yield the keys that I changed, with the clash where they changed it too."""
    for key in {**before, **mine, **theirs}:
        was, my, their = (_bare(each.get(key, _ABSENT)) for each in (before, mine, theirs))
        if my in (was, their):
            continue
        # An order is not a question to ask.
        both = their != was and key != "rang"
        yield key, Clash(kind, id_, key, mine.get(key), theirs.get(key)) if both else None


def _in_my_order(
    text: str, kind: str, before: list[str], mine: list[str], theirs: list[str]
) -> str:
    """Return a text with the entries of a kind in my order, where I changed it and they did not."""
    if _common(mine, before) == _common(before, mine) or kind == HEAD:
        return text
    if _common(theirs, before) != _common(before, theirs):
        return text  # both moved entries: theirs stands, every entry is there
    wanted = [id_ for id_ in mine if id_ in edit.ids(text, kind)]
    for earlier, id_ in pairwise(wanted):
        text = edit.move(text, Ref(kind, id_), after=earlier)
    return text


def _common(ids: list[str], others: list[str]) -> list[str]:
    return [id_ for id_ in ids if id_ in others]


def _kinds_of(name: str) -> list[str]:
    return [HEAD] * (name == HEAD) + [kind for kind, each in KINDS.items() if each.file == name]


def _entries(kind: str, content: dict[str, Any]) -> Entries:
    """Return the entries of a kind by id; the head is one, without the blocks below it.

    Raises
    ------
    EditError
        When they cannot be told apart.
    """
    if kind == HEAD:
        head = {key: value for key, value in content.items() if key not in KINDS}
        return {"": head}
    found: Entries = {}
    for raw in content.get(kind, []):
        id_ = raw.get("id") if isinstance(raw, dict) else None
        if not isinstance(id_, str) or id_ in found:
            raise EditError("Deux entrées ont le même identifiant, ou aucun.")
        found[id_] = raw
    return found


def _bare(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
