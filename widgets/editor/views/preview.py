"""Preview of what is being typed: a valid list with one entry replaced."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from signs.model.entries import ListInfo
from signs.model.sign_list import HEAD, KINDS, SignList


def preview_entry(sign_list: SignList, kind: str, raw: dict[str, Any]) -> SignList | None:
    """Return a valid list with one entry replaced; `None` where that entry is not valid.

    Rules across entries are not checked: the verifier does, a moment later.
    """
    try:
        entry = (ListInfo if kind == HEAD else KINDS[kind].entry).model_validate(raw)
    except ValidationError:
        return None
    values = {name: getattr(sign_list, name) for name in SignList.model_fields}
    if kind == HEAD:
        values["info"] = entry
        return SignList.model_construct(**values)
    name = KINDS[kind].field
    entries = values[name]
    if not any(each.id == raw.get("id") for each in entries):
        return None
    # What overlays set on an entry, such as what it replaces, stays.
    values[name] = tuple(
        each.model_copy(update=_texts(entry)) if each.id == raw["id"] else each for each in entries
    )
    return SignList.of_valid(**values)


def _texts(entry: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the texts of an entry and where it stands, by the names of its fields."""
    return {
        name: getattr(entry, name)
        for name, info in type(entry).model_fields.items()
        if isinstance(getattr(entry, name), str | bool | None) and (info.alias or name) != "quand"
    }
