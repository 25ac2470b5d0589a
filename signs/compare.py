"""Compare two lists in words: entries added, removed, reworded, rerouted or reordered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from signs.model.fields import ALWAYS, by_id, urgency_in_file
from signs.model.nouns import bare
from signs.model.sign_list import KINDS, references_of
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.fields import Identified
    from signs.model.sign_list import SignList


class Change(NamedTuple):
    """One difference, as a French sentence."""

    kind: str
    """As the files call it: `signe`, `conseil`…; `liste` for the head."""
    id: str
    what: str
    """`ajout`, `retrait`, `mots`, `appel` or `ordre`."""
    text: str


class Words:
    """How changes name things: here, as the files do."""

    unsaid: frozenset[str] = frozenset()
    """Keys whose changes are not reported."""

    def kind(self, kind: str) -> str:
        """Return the name of a kind of entries."""
        return f"[[{kind}]]"

    def entry(self, kind: str, entry: Identified) -> str:
        """Return the name of an entry, within a sentence."""
        return f"{bare(kind)} « {entry.id} »"

    def key(self, kind: str, key: str) -> str:
        """Return the name of a key."""
        del kind
        return f"« {key} »"

    def named(self, id_: str) -> str:
        """Return the name of an entry that another refers to."""
        return f"« {id_} »"

    def value(self, kind: str, key: str, value: object) -> str:
        """Return a value in words."""
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, tuple):
            return ", ".join(self.value(kind, key, each) for each in value)
        return f"« {' '.join(str(value).split())} »"


AS_FILES = Words()


def compare(before: SignList, after: SignList, words: Words = AS_FILES) -> list[Change]:
    """Return what changed from one list to another, in the order of the files.

    Parameters
    ----------
    before, after
        The two lists; they need not be two versions of the same.
    words
        How to name what changed.
    """
    return [
        *_head(before, after, words),
        *(
            change
            for kind, declared in KINDS.items()
            if declared.has_form
            for change in _entries(
                kind,
                by_id(getattr(before, declared.field)),
                by_id(getattr(after, declared.field)),
                words,
            )
        ),
    ]


def _head(before: SignList, after: SignList, words: Words) -> Iterator[Change]:
    for key, old, new in _differing(before.info, after.info):
        if key not in {"retire", "cacher", "base"}:
            sentence = _value_change("liste", key, old, new, words)
            yield _change("liste", "liste", "mots", f"La liste : {sentence}")


def _entries(
    kind: str, before: dict[str, Identified], after: dict[str, Identified], words: Words
) -> Iterator[Change]:
    for id_, entry in before.items():
        if id_ not in after:
            yield _change(kind, id_, "retrait", f"Retrait : {words.entry(kind, entry)}.")
    for id_, new in after.items():
        old = before.get(id_)
        if old is None:
            yield _change(kind, id_, "ajout", f"Ajout : {words.entry(kind, new)}.")
        elif old != new:
            yield from _changed(kind, old, new, words)
    if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before]:
        yield _change(kind, "", "ordre", f"{words.kind(kind)} : un autre ordre.")


def _changed(kind: str, old: Identified, new: Identified, words: Words) -> Iterator[Change]:
    routes = {reference.key for reference in references_of(type(new))}
    name = words.entry(kind, new)
    start = f"{name[0].upper()}{name[1:]}"
    for key, was, is_ in _differing(old, new):
        if key in words.unsaid:
            continue
        if key in routes:
            sentence = f"{start} : {_references_change(kind, key, was, is_, words)}"
            yield _change(kind, new.id, "appel", sentence)
        else:
            yield _change(
                kind, new.id, "mots", f"{start} : {_value_change(kind, key, was, is_, words)}"
            )


def _differing(old: object, new: object) -> Iterator[tuple[str, object, object]]:
    for name, field in type(new).model_fields.items():  # type: ignore[attr-defined]
        was, is_ = getattr(old, name, None), getattr(new, name)
        if was != is_:
            key = field.alias or name
            yield key, _as_written(key, was), _as_written(key, is_)


def _as_written(key: str, value: object) -> object:
    """Return a value as the file writes it: only urgency differs."""
    if key != "urgence":
        return value
    return urgency_in_file(value)


def _references_change(kind: str, key: str, was: object, is_: object, words: Words) -> str:
    """Return how references changed: those added, and those removed."""
    if ALWAYS in (was, is_) or not isinstance(was, tuple) or not isinstance(is_, tuple):
        return _value_change(kind, key, was, is_, words)
    added, removed = (
        ", ".join(words.named(id_) for id_ in some if id_ not in others)
        for some, others in ((is_, was), (was, is_))
    )
    parts = [f"gagne {added}" if added else "", f"perd {removed}" if removed else ""]
    change = " et ".join(filter(None, parts)) or "change d'ordre"
    return f"{words.key(kind, key)} {change}."


def _value_change(kind: str, key: str, was: object, is_: object, words: Words) -> str:
    name = words.key(kind, key)
    if was in (None, ()):
        return f"{name} est ajouté : {words.value(kind, key, is_)}."
    if is_ in (None, ()):
        return f"{name} est retiré (c'était {words.value(kind, key, was)})."
    now, before = (words.value(kind, key, each) for each in (is_, was))
    return f"{name} devient {now} (c'était {before})."


def _change(kind: str, id_: str, what: str, text: str) -> Change:
    return Change(kind, id_, what, typography(text))
