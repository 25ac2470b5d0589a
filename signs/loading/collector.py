"""What is found wrong while a list is read: each problem at the file and line that say it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from signs.diagnostics.problem import Problem, Severity, Subject
from signs.diagnostics.validation_messages import explain
from signs.files.document import UnreadableError, open_document
from signs.model.fields import Entry
from signs.model.sign_list import HEAD, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from signs.diagnostics.problem import Key
    from signs.files.document import Document
    from signs.files.tables import Layer, Row, Tables
    from signs.model.fields import Identified

E = TypeVar("E", bound=Entry)


class ProblemCollector:
    """Collects what is wrong, whoever found it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    @property
    def errors(self) -> int:
        """How many keep the list from being served."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def merge_errors(self, others: ProblemCollector) -> None:
        """Add the errors that were found elsewhere; their remarks are for somebody else."""
        self.problems += [each for each in others.problems if each.severity is Severity.ERROR]

    def add(self, document: Document, problem: Problem, key: Key | None = None) -> None:
        """Add what is wrong with one value of a file.

        Parameters
        ----------
        key
            From the top of the file to the value; that of the problem where none is given.
        """
        where = document.range(*(problem.key if key is None else key))
        self.problems.append(replace(problem, file=str(document.path), range=where))

    def add_to(self, row: Row, problem: Problem) -> None:
        """Add what is wrong with one entry as it was read."""
        kind = problem.entry.kind if problem.entry else ""
        place = place_of(kind, row, problem.key)
        self.add(place.document, _at(problem, place), place.key)

    def add_all(self, problems: Iterable[Problem], layer: Layer, tables: Tables) -> None:
        """Add what is wrong with entries, each in the file that this layer can change."""
        for problem in problems:
            self._place(problem, layer, tables)

    def _place(self, problem: Problem, layer: Layer, tables: Tables) -> None:
        place = _find(problem.entry, problem.key, layer, tables)
        remark = problem.severity is Severity.REMARK
        if problem.other is not None:
            other = _find(problem.other, ("id",), layer, tables)
            if place.document not in layer.documents:  # the other is the one that can be changed
                place, other = other, place
                problem = replace(problem, entry=problem.other)
            params = {
                "other_file": other.document.path.name,
                "other_line": other.document.line(*other.key),
            }
            problem = replace(problem, params={**problem.params, **params})
        if problem.entry and problem.entry.kind == HEAD and layer.words_only and remark:
            return  # nothing of a list's head can be said in a school's file
        if layer.below and (place.document not in layer.documents or not problem.key):
            if remark:
                return
            # What is below was sound: it is this layer that made it wrong.
            self.add(layer.head, replace(problem, weakens=True), ())
            return
        self.add(place.document, _at(problem, place), place.key)

    def opened(self, path: Path) -> Document | None:
        """Return a file; `None` when it cannot be read."""
        try:
            return open_document(path)
        except UnreadableError as error:
            head = Subject(HEAD) if path.name == HEAD else None
            self.problems.append(replace(error.problem, entry=head, file=str(path)))
            return None

    def value(
        self, document: Document, key: Key, model: type[E], raw: object, subject: Subject
    ) -> E | None:
        """Return what a file says as a sound value; `None` otherwise."""
        try:
            return model.model_validate(raw)
        except ValidationError as invalid:
            for problem in explain(invalid, model, subject):
                self.add(document, problem, (*key, *problem.key))
            return None

    def values(self, document: Document, key: str, model: type[E]) -> tuple[E, ...]:
        """Return the sound ones among the blocks [[key]] of a head or a school's file."""
        blocks = document.content.get(key, [])
        if not isinstance(blocks, list):
            head = Subject(HEAD) if document.path.name == HEAD else None
            self.add(document, Problem("not-entries", head, (key,), {"heading": key}))
            return ()
        found = (
            self.value(document, (key, index), model, raw, Subject(key, None, index))
            for index, raw in enumerate(blocks)
        )
        return tuple(value for value in found if value is not None)

    def entry(self, kind: str, row: Row) -> Identified | None:
        """Return an entry that files say together, where it is sound; `None` otherwise."""
        model = KINDS[kind].entry
        try:
            return model.model_validate(row.raw)
        except ValidationError as invalid:
            for problem in explain(invalid, model, row.subject(kind)):
                self.add_to(row, problem)
            return None


@dataclass(frozen=True)
class Place:
    """Where a value is written."""

    document: Document
    key: Key
    """From the top of the file."""
    index: int
    """Of the entry, among those of its kind in that file."""


def place_of(kind: str, row: Row, key: Key) -> Place:
    """Return the file and the key there of one value of an entry: where it was said last."""
    said = [origin for origin in row.origins if key and key[0] in origin.keys]
    origin = said[-1] if said else row.origins[0]
    return Place(origin.document, (kind, origin.place, *key), origin.place)


def _at(problem: Problem, place: Place) -> Problem:
    """Return a problem whose entry is counted as its file does."""
    if problem.entry is None:
        return problem
    return replace(problem, entry=replace(problem.entry, index=place.index))


def _find(entry: Subject | None, key: Key, layer: Layer, tables: Tables) -> Place:
    """Return where the value stands that a problem is about."""
    if entry is None or entry.kind == HEAD:
        return Place(layer.head, key, 0)
    if entry.kind in tables:
        rows = tables[entry.kind].rows
        if entry.index < len(rows) and key:
            return place_of(entry.kind, rows[entry.index], key)
        return Place(layer.files.get(KINDS[entry.kind].file, layer.head), (entry.kind,), 0)
    return Place(layer.head, (entry.kind, entry.index, *key), entry.index)
