"""Names for the changes since the last save: the labels of the form, not of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.compare import Words
from signs.model.fields import ALWAYS
from signs.model.sign_list import HEAD, KINDS
from signs.text import opening_hours
from widgets.editor.forms.fields import Control, Field, fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.titles import title_of

if TYPE_CHECKING:
    from signs.model.fields import Identified
    from signs.model.sign_list import SignList


class FormWords(Words):
    """The form's names of entries, fields and values.

    Parameters
    ----------
    lists
        The compared lists: titles are looked up in the last one first.
    """

    unsaid = frozenset({"rang"})  # reported as another order

    def __init__(self, *lists: SignList) -> None:
        self._titles = titles_of(*lists)

    def kind(self, kind: str) -> str:
        """Return the name of a kind."""
        return KIND_WORDS[kind].title

    def entry(self, kind: str, entry: Identified) -> str:
        """Return an entry by its own words."""
        return f"{KIND_WORDS[kind].one.split(' ', 1)[1]} « {_title(kind, entry)} »"

    def key(self, kind: str, key: str) -> str:
        """Return a field by its label."""
        return f"« {_field(kind, key).wording.label} »"

    def named(self, id_: str) -> str:
        """Return an entry that another names, by its own words."""
        return f"« {self._titles.get(id_, id_)} »"

    def value(self, kind: str, key: str, value: object) -> str:
        """Return a value as the form shows it."""
        field = _field(kind, key)
        if value == ALWAYS:
            return "« toujours »"
        if field.kinds:
            ids = value if isinstance(value, tuple) else (value,)
            return ", ".join(self.named(str(id_)) for id_ in ids)
        if field.options:
            known = dict(field.options)
            values = value if isinstance(value, tuple) else (value,)
            return ", ".join(f"« {known.get(str(each), each)} »" for each in values)
        if field.control is Control.HOURS:
            return f"« {opening_hours.in_words(str(value))} »"
        if field.control is Control.DATE:
            return f"« {field.shown({key: value})} »"
        return super().value(kind, key, value)


def titles_of(*lists: SignList) -> dict[str, str]:
    """Return the title of each entry, by id."""
    return {
        entry.id: _title(kind, entry)
        for sign_list in lists
        for kind, each in KINDS.items()
        if each.has_form
        for entry in getattr(sign_list, each.field)
    }


def _field(kind: str, key: str) -> Field:
    fields = fields_of(HEAD if kind == "liste" else kind)
    return next(field for field in fields if field.key == key)


def _title(kind: str, entry: Identified) -> str:
    return title_of(kind, entry.model_dump(by_alias=True))
