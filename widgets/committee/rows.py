"""Every text of a list, with what a committee needs to judge it: one row a text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.model.entries import STEP_TITLES, Advice
from signs.model.fields import by_id, urgency_in_file
from signs.model.keys import Group
from signs.model.reviews import (
    STATE_TITLES,
    ReviewState,
    digest_of,
    reviewed_entries,
    reviews_of,
)
from signs.text.typography import typography
from widgets.editor.forms.fields import fields_of
from widgets.editor.forms.texts import is_text, plain_text, shown_text
from widgets.editor.views.changes import FormWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.fields import Identified
    from signs.model.reviews import Review
    from signs.model.sign_list import SignList

_AROUND = {Group.WHEN, Group.REACH}
_ELSEWHERE = {"etape", "rang"}
_DIGEST_LENGTH = 12


class Reference(NamedTuple):
    """What a row is about, as the last cell of a row has it."""

    kind: str
    id: str
    key: str
    entry_digest: str
    """Of the entry as it was written in the sheet: what a reading is bound to."""
    text_digest: str
    """Of the text in the sheet: whether somebody wrote over it."""

    def __str__(self) -> str:
        return "/".join(self)

    @classmethod
    def of(cls, cell: str) -> Reference | None:
        """Return the reference that a cell holds; `None` where it holds none."""
        parts = cell.strip().split("/")
        return cls(*parts) if _REFERENCE.fullmatch(cell.strip()) else None


_REFERENCE = re.compile(r"[a-z]+/[a-z0-9-]+/[a-z_]+/[0-9a-f]{16}/[0-9a-f]{12}")


@dataclass(frozen=True)
class TextRow:
    """One text of an entry, and what stands around it."""

    reference: Reference
    label: str
    text: str
    when: str
    step: str
    source: str
    before: str
    """What it said before, where that is known and was something else."""
    state: str


def text_rows(
    sign_list: SignList, before: SignList | None = None, *, only_left: bool = False
) -> dict[str, list[TextRow]]:
    """Return the rows of a list, by kind, in the order of the forms.

    Parameters
    ----------
    sign_list
        The list.
    before
        Another list with the same ids, whose words these replace.
    only_left
        Whether to leave out what was read already.
    """
    writer = _RowWriter(sign_list, before)
    found: dict[str, list[TextRow]] = {}
    for kind, entry in reviewed_entries(sign_list):
        if not only_left or writer.reviews[entry.id].state is ReviewState.TO_READ:
            found.setdefault(kind, []).extend(writer.rows(kind, entry))
    return {kind: rows for kind, rows in found.items() if rows}


class _RowWriter:
    def __init__(self, sign_list: SignList, before: SignList | None) -> None:
        self._words = FormWords(sign_list)
        self._sources = by_id(sign_list.sources)
        self.reviews = reviews_of(sign_list)
        self._before = (
            {(kind, entry.id): entry for kind, entry in reviewed_entries(before)} if before else {}
        )

    def rows(self, kind: str, entry: Identified) -> Iterator[TextRow]:
        old = self._before.get((kind, entry.id))
        raw, was_raw = raw_values(entry), raw_values(old) if old else {}
        digest, when, source = digest_of(entry), self._when(kind, raw), self._source(entry)
        step = STEP_TITLES[entry.step] if isinstance(entry, Advice) else ""
        for field in fields_of(kind):
            if not (text := shown_text(field, raw)):
                continue
            was = shown_text(field, was_raw)
            yield TextRow(
                Reference(kind, entry.id, field.key, digest, text_digest(text)),
                typography(field.wording.label),
                text,
                when,
                typography(step),
                source,
                was if same_text(was, text) is False else "",
                _state(self.reviews[entry.id]),
            )

    def _when(self, kind: str, raw: dict[str, Any]) -> str:
        """Return when an entry is shown, and to whom, in the words of the form."""
        said = []
        for field in fields_of(kind):
            value = raw.get(field.key)
            if field.wording.group not in _AROUND or is_text(field) or field.key in _ELSEWHERE:
                continue
            if value in (None, [], False, "none", field.default):
                continue
            value = tuple(value) if isinstance(value, list) else value
            words = "oui" if value is True else self._words.value(kind, field.key, value)
            said.append(f"{field.wording.label} : {words}")
        return typography("\n".join(said))

    def _source(self, entry: Identified) -> str:
        ids = [getattr(entry, "source", None), *getattr(entry, "other_sources", ())]
        titles = [self._sources[id_].title for id_ in ids if id_ in self._sources]
        section = getattr(entry, "source_section", None)
        if titles and section:
            titles[0] = f"{titles[0]}, « {section} »"
        return typography(" ; ".join(titles))


def _state(review: Review) -> str:
    if review.state is ReviewState.TO_READ and review.readings:
        return typography(f"{STATE_TITLES[review.state]} par encore {review.missing} personne")
    return STATE_TITLES[review.state]


def raw_values(entry: Identified) -> dict[str, Any]:
    """Return the values of an entry as its file writes them."""
    values = entry.model_dump(by_alias=True, mode="json")
    if "urgence" in values:
        values["urgence"] = urgency_in_file(values["urgence"])
    return values


def text_digest(text: str) -> str:
    """Return the digest of a text, whatever its blanks and its apostrophes."""
    return hashlib.sha256(plain_text(text).encode()).hexdigest()[:_DIGEST_LENGTH]


def same_text(one: str, other: str) -> bool | None:
    """Tell whether two texts say the same; `None` where one of them is none."""
    return plain_text(one) == plain_text(other) if one and other else None
