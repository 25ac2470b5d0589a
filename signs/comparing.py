"""Two lists compared in words: what is added, removed, said otherwise or called otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from signs.model import KINDS, references_of
from signs.values import ALWAYS
from signs.wording import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model import SignList
    from signs.values import Identified


class Change(NamedTuple):
    """One difference, as a French sentence."""

    kind: str
    """As the files call it: `signe`, `conseil`…; `liste` for the head."""
    id: str
    what: str
    """`ajout`, `retrait`, `mots` or `appel`."""
    text: str


def compare(before: SignList, after: SignList) -> list[Change]:
    """Return what changed from one list to another, in the order of the files.

    Parameters
    ----------
    before, after
        The two lists; that they are two states of one is not asked.
    """
    return list(_head(before, after)) + [
        change
        for kind, declared in KINDS.items()
        for change in _entries(
            kind,
            {entry.id: entry for entry in getattr(before, declared.field)},
            {entry.id: entry for entry in getattr(after, declared.field)},
        )
    ]


def _head(before: SignList, after: SignList) -> Iterator[Change]:
    for key, old, new in _differing(before.info, after.info):
        if key not in {"retire", "cacher", "base"}:
            yield _change("liste", "liste", "mots", f"La liste : {_said(key, old, new)}")


def _entries(
    kind: str, before: dict[str, Identified], after: dict[str, Identified]
) -> Iterator[Change]:
    for id_ in before.keys() - after.keys():
        yield _change(kind, id_, "retrait", f"{_called(kind, before[id_])} est retiré.")
    for id_, new in after.items():
        old = before.get(id_)
        if old is None:
            yield _change(kind, id_, "ajout", f"{_called(kind, new)} est ajouté.")
        elif old != new:
            yield from _changed(kind, old, new)


def _changed(kind: str, old: Identified, new: Identified) -> Iterator[Change]:
    routes = {reference.key for reference in references_of(type(new))}
    for key, was, is_ in _differing(old, new):
        if key in routes:
            said = f"{_called(kind, new)} : {_routed(key, was, is_)}"
            yield _change(kind, new.id, "appel", said)
        else:
            said = f"{_called(kind, new)} : {_said(key, was, is_)}"
            yield _change(kind, new.id, "mots", said)


def _differing(old: object, new: object) -> Iterator[tuple[str, object, object]]:
    for name, field in type(new).model_fields.items():  # type: ignore[attr-defined]
        was, is_ = getattr(old, name, None), getattr(new, name)
        if was != is_:
            yield field.alias or name, was, is_


def _routed(key: str, was: object, is_: object) -> str:
    """Return how what is named changed: what came, and what went."""
    if ALWAYS in (was, is_) or not isinstance(was, tuple) or not isinstance(is_, tuple):
        return _said(key, was, is_)
    came, went = (
        ", ".join(f"« {id_} »" for id_ in some if id_ not in others)
        for some, others in ((is_, was), (was, is_))
    )
    parts = [f"gagne {came}" if came else "", f"perd {went}" if went else ""]
    told = " et ".join(filter(None, parts)) or "change d'ordre"
    return f"« {key} » {told}."


def _said(key: str, was: object, is_: object) -> str:
    if was in (None, ()):
        return f"« {key} » est ajouté : {_shown(is_)}."
    if is_ in (None, ()):
        return f"« {key} » est retiré (c'était {_shown(was)})."
    return f"« {key} » devient {_shown(is_)} (c'était {_shown(was)})."


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    return f"« {' '.join(str(value).split())} »"


def _called(kind: str, entry: Identified) -> str:
    return f"{kind.capitalize()} « {entry.id} »"


def _change(kind: str, id_: str, what: str, text: str) -> Change:
    return Change(kind, id_, what, typography(text))
