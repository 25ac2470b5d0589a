"""Write readings in their file: one a role and an entry, the last one said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from signs.files import edit
from signs.files.document import parse
from signs.files.edit import Ref
from signs.model.readings import READING
from signs.model.reviews import same_role

if TYPE_CHECKING:
    from signs.model.readings import Reading


def with_reading(text: str, reading: Reading) -> str:
    """Return the text of the file with a reading, which takes the place of that role's former one.

    Its id is the former one's, or one that is free.
    """
    values: dict[str, edit.Value] = {
        "avis": reading.opinion,
        "par": reading.role,
        "le": _day(reading.read_on),
        "empreinte": reading.digest,
    }
    for raw in parse(text).get(READING, []):
        if raw.get("entree") == reading.entry and same_role(str(raw.get("par")), reading.role):
            for key, value in values.items():
                text = edit.set_value(text, Ref(READING, str(raw["id"])), key, value)
            return text
    taken = edit.ids(text, READING)
    names = (f"{reading.id}{f'-{n}' * (n > 1)}" for n in range(1, len(taken) + 2))
    id_ = next(name for name in names if name not in taken)
    return edit.add(text or HEADING, READING, {"id": id_, "entree": reading.entry, **values})


def without_readings(text: str, id_: str) -> str:
    """Return the text of the file without what was read of an entry."""
    for raw in parse(text).get(READING, []):
        if raw.get("entree") == id_:
            text = edit.remove(text, Ref(READING, str(raw["id"])))
    return text


def _day(partial: str) -> date | str:
    try:
        return date.fromisoformat(partial)
    except ValueError:
        return partial


HEADING = "# Qui a relu quoi, écrit par Repères : un métier ou un rôle, jamais un nom.\n"
