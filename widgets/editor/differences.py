"""What changed since the last save, in words: entry by entry, by the names of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.model import HEAD, KINDS
from signs.wording import typography
from widgets.editor.fields import fields_of
from widgets.editor.naming import title_of
from widgets.editor.wording import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from widgets.editor.workbench import Workbench


def differences(bench: Workbench) -> list[str]:
    """Return a sentence for each thing that differs from what is saved."""
    return [
        typography(said)
        for kind in (HEAD, *KINDS)
        for said in _of_kind(kind, bench.blocks(kind, saved=True), bench.blocks(kind))
    ]


def _of_kind(kind: str, before: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    words = KIND_WORDS.get(kind)
    name = words.title if words else kind.capitalize()
    old, new = ({str(raw.get("id")): raw for raw in each} for each in (before, now))
    for id_, raw in new.items():
        if id_ not in old:
            yield f"{name} – ajout : « {title_of(kind, raw)} »."
        else:
            yield from _of_entry(kind, name, old[id_], raw)
    for id_, raw in old.items():
        if id_ not in new:
            yield f"{name} – retrait : « {title_of(kind, raw)} »."
    kept = [[id_ for id_ in each if id_ in old and id_ in new] for each in (old, new)]
    if kept[0] != kept[1]:
        yield f"{name} – un autre ordre."


def _of_entry(kind: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for field in fields_of(kind):
        before, now = old.get(field.key), new.get(field.key)
        if before == now:
            continue
        start = f"{name} – « {title_of(kind, new)} », {field.wording.title.lower()} :"
        if isinstance(before, list) and isinstance(now, list):
            added = ", ".join(str(each) for each in now if each not in before)
            gone = ", ".join(str(each) for each in before if each not in now)
            parts = [f"ajouté {added}" if added else "", f"retiré {gone}" if gone else ""]
            yield f"{start} {' ; '.join(filter(None, parts)) or 'un autre ordre'}."
        else:
            yield f"{start} {_said(before)} devient {_said(now)}."


def _said(value: object) -> str:
    if value is None:
        return "rien"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"« {str(value).strip()} »"
