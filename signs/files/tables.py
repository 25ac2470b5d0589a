"""What was read, before it is a list: its layers, its entries, and where each value stands."""

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
    """Where an entry, or what a later file changes in it, is written."""

    document: Document
    place: int
    """Of the block among those of its kind in that file."""
    keys: frozenset[str]
    """What is said there."""


@dataclass
class Row:
    """One entry as it was read."""

    id: str | None
    """As it stands in the file, even where the model objects to the rest."""
    raw: object
    """What the files say, later ones laid over earlier ones."""
    origins: tuple[Origin, ...]
    entry: Identified | None = None
    """`None` where the model objected."""

    @property
    def document(self) -> Document:
        """The file that said it last."""
        return self.origins[-1].document

    def subject(self, kind: str) -> Subject:
        """Return how problems name it."""
        return Subject(kind, self.id, self.origins[0].place)


@dataclass
class Table:
    """The entries of one kind, in the order of the files."""

    readable: bool = False
    """Whether its file could be read at all."""
    rows: list[Row] = field(default_factory=list)

    def placed(self, entry_type: type[E]) -> Iterator[tuple[int, E]]:
        """Yield the sound entries with their place."""
        for place, row in enumerate(self.rows):
            if isinstance(row.entry, entry_type):
                yield place, row.entry

    def subjects(self, kind: str, entry_type: type[E]) -> Iterator[tuple[Subject, E]]:
        """Yield the sound entries with how problems name them."""
        for place, entry in self.placed(entry_type):
            yield Subject(kind, entry.id, place), entry

    @property
    def ids(self) -> list[str | None]:
        """Every id, sound or not."""
        return [row.id for row in self.rows]


Tables = dict[str, Table]
"""A table for every kind there is."""


def no_tables() -> Tables:
    """Return an empty table for every kind."""
    return {kind: Table() for kind in KINDS}


@dataclass
class Layer:
    """The files that say one thing: a list of its own, what one changes in another, a school."""

    head: Document
    """Its first file: `liste.toml`, or the school's file."""
    files: dict[str, Document] = field(default_factory=dict)
    """By the name of the file of a kind."""
    below: SignList | None = None
    """What it is laid over; `None` for a list that starts from nothing."""
    hidden: tuple[str, ...] = ()
    words_only: bool = False
    """Whether it may change words only: a school's file."""

    @property
    def documents(self) -> set[Document]:
        """Every file of it."""
        return {self.head, *self.files.values()}
