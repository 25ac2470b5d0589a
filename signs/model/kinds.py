"""Metadata of the kinds of entries, declared on the fields of the list that hold them.

The tables of the files, the names of entries in sentences and in the editor, and their order in
the editor are derived from these marks.
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
        Heading of each entry in the files: `signe` for ``[[signe]]``.
    file
        The file that holds them.
    noun
        Name of one entry in a sentence, such as « un signe ».
    title
        Title of the kind in the editor.
    label
        The key that identifies an entry to readers.
    order
        Order of the kind in the editor: small numbers first.
    help
        Help text of the kind in the editor.
    one
        Name of one entry in the editor, where it is not `noun`.
    has_form
        Whether the editor has a form for its entries, and a reader reads them.
    """

    key: str
    file: str
    noun: str
    title: str
    label: str
    order: int
    help: str = ""
    one: str = ""
    has_form: bool = True

    # Read from the field by `kinds_of`.
    entry: type[Identified] = Identified
    field: str = ""
    needed: bool = True
    """Whether a list must have some; the file of optional kinds may be missing."""


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
