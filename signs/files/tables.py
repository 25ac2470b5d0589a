"""Tables of entries as read from files, before they make a list, with their layers and origins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from signs.diagnostics.problem import Subject
from signs.model.fields import Identified
from signs.model.sign_list import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.document import Document
    from signs.model.sign_list import SignList

E = TypeVar("E", bound=Identified)


class Origin(NamedTuple):
    """The block of a file that defines an entry, or changes one from a lower layer."""

    document: Document
    block_index: int
    """Index of the block among those of its kind in that file."""
    keys: frozenset[str]
    """The keys set there."""


@dataclass
class Row:
    """One entry as it was read."""

    id: str | None
    """As written in the file, even where the rest is invalid."""
    raw: object
    """Merged content: later files override earlier ones."""
    origins: tuple[Origin, ...]
    entry: Identified | None = None
    """`None` when it is invalid or not validated yet."""

    @property
    def document(self) -> Document:
        """The last file that defines or changes it."""
        return self.origins[-1].document

    def subject(self, kind: str) -> Subject:
        """Return how problems name it."""
        return Subject(kind, self.id, self.origins[0].block_index)


@dataclass
class Table:
    """The entries of one kind, in the order of the files."""

    readable: bool = False
    """Whether its file could be read at all."""
    rows: list[Row] = field(default_factory=list)

    def valid_entries(self, entry_type: type[E]) -> Iterator[tuple[int, E]]:
        """Yield the index and the value of each valid entry."""
        for index, row in enumerate(self.rows):
            if isinstance(row.entry, entry_type):
                yield index, row.entry

    def subjects(self, kind: str, entry_type: type[E]) -> Iterator[tuple[Subject, E]]:
        """Yield the valid entries, each with the subject that problems name it by."""
        for index, entry in self.valid_entries(entry_type):
            yield Subject(kind, entry.id, index), entry

    @property
    def ids(self) -> list[str | None]:
        """Every id, whether or not its entry is valid."""
        return [row.id for row in self.rows]


Tables = dict[str, Table]
"""A table for every kind there is."""


def no_tables() -> Tables:
    """Return an empty table for every kind."""
    return {kind: Table() for kind in KINDS}


@dataclass
class Layer:
    """One set of files: a standalone list, one derived from another, or a school's file."""

    head: Document
    """Its main file: `liste.toml`, or the school's file."""
    files: dict[str, Document] = field(default_factory=dict)
    """The other files, by name."""
    below: SignList | None = None
    """The list that it overrides; `None` for a standalone list."""
    hidden: tuple[str, ...] = ()
    hidden_above: tuple[str, ...] = ()
    """What the académie hides, for a school's file: the list below has it no more."""
    words_only: bool = False
    """Whether it may change wording only, as a school's file."""

    @property
    def documents(self) -> set[Document]:
        """Every file of the layer."""
        return {self.head, *self.files.values()}
