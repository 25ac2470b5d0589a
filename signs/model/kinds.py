"""What a kind of entry is, stated once: on the field of the list that holds the entries.

The tables of the files, what sentences and the editor call the entries, and the order in which
the editor offers them are derived from these marks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from signs.model.fields import Identified

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Kind:
    """Marks the field of :class:`SignList` that holds the entries of one table of the files.

    Parameters
    ----------
    key
        What heads each entry in the files: `signe` for ``[[signe]]``.
    file
        The file that holds them.
    noun
        What one entry is called in a sentence, such as « un signe ».
    title
        What the editor calls all of them.
    label
        The key that an entry is recognized by.
    order
        Where the editor offers the kind among the others: the small numbers first.
    help
        What the editor says of the kind.
    one
        What the editor calls one entry, where it is not `noun`.
    """

    key: str
    file: str
    noun: str
    title: str
    label: str
    order: int
    help: str = ""
    one: str = ""

    # Read from the field by `kinds_of`.
    entry: type[Identified] = Identified
    field: str = ""
    needed: bool = True
    """Whether a list must have some; the file of kinds that need not be there may be missing."""


def kinds_of(model: type[BaseModel]) -> dict[str, Kind]:
    """Return the kinds of entries that a list holds, by their keys, in the order of its fields."""
    return {
        mark.key: replace(
            mark, entry=get_args(field.annotation)[0], field=name, needed=field.is_required()
        )
        for name, field in model.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Kind)
    }
