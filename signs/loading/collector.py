"""Collect problems while a list is read, and attach each to a file and a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from signs.diagnostics.problem import LayerName, Problem, Severity, Subject
from signs.diagnostics.validation_messages import explain
from signs.files.document import UnreadableError, open_document
from signs.model.fields import Entry
from signs.model.sign_list import HEAD, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from signs.diagnostics.problem import Key, Range
    from signs.files.document import Document
    from signs.files.tables import Layer, Row, Tables
    from signs.model.fields import Identified
    from signs.model.outlines import Outline

E = TypeVar("E", bound=Entry)


class ProblemCollector:
    """Collects the problems that readers, the models and rules find."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._settled: set[tuple[str, Range]] = set()
        self.layer = LayerName.LIST
        """The layer that is being read: every problem found meanwhile is its own."""

    @property
    def errors(self) -> int:
        """Number of errors: one is enough for the list not to be served."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def merge_errors(self, others: ProblemCollector) -> None:
        """Add the errors of another collector; its remarks concern another maintainer."""
        self.problems += [each for each in others.problems if each.severity is Severity.ERROR]

    def add(self, document: Document, problem: Problem, key: Key | None = None) -> None:
        """Add a problem with one value of a file.

        Parameters
        ----------
        key
            Path of the value from the top of the file; the key of the problem by default.
        """
        range_ = document.range(*(problem.key if key is None else key))
        if (str(document.path), range_) not in self._settled:
            self.problems.append(
                replace(problem, file=str(document.path), range=range_, layer=self.layer)
            )

    def settle(self, document: Document, problem: Problem, key: Key) -> None:
        """Add a problem with a value of which nothing else is worth saying."""
        self.add(document, problem, key)
        self._settled.add((str(document.path), document.range(*key)))

    def add_to(self, row: Row, problem: Problem) -> None:
        """Add a problem with one entry as it was read."""
        kind = problem.entry.kind if problem.entry else ""
        location = location_of(kind, row, problem.key)
        self.add(location.document, _at(problem, location), location.key)

    def add_all(self, problems: Iterable[Problem], layer: Layer, tables: Tables) -> None:
        """Add problems with entries, each attached to a file that this layer can change."""
        for problem in problems:
            self._add_located(problem, layer, tables)

    def _add_located(self, problem: Problem, layer: Layer, tables: Tables) -> None:
        location = _find(problem.entry, problem.key, layer, tables)
        remark = problem.severity is Severity.REMARK
        if problem.other is not None:
            other = _find(problem.other, ("id",), layer, tables)
            if location.document not in layer.documents:  # the other is the one that can be changed
                location, other = other, location
                problem = replace(problem, entry=problem.other)
            params = {
                "other_file": other.document.path.name,
                "other_line": other.document.line(*other.key),
            }
            problem = replace(problem, params={**problem.params, **params})
        if problem.entry and problem.entry.kind == HEAD and layer.words_only and remark:
            return  # a school's file can change nothing in a list's head
        if layer.below and (location.document not in layer.documents or not problem.key):
            if remark:
                return
            # What is below was valid: it is this layer that made it wrong.
            self.add(layer.head, replace(problem, weakens=True), ())
            return
        self.add(location.document, _at(problem, location), location.key)

    def opened(self, path: Path, outline: Outline) -> Document | None:
        """Open a file; return `None` and add the problem when it cannot be read."""
        try:
            return open_document(path, outline)
        except UnreadableError as error:
            head = Subject(HEAD) if path.name == HEAD else None
            self.problems.append(
                replace(error.problem, entry=head, file=str(path), layer=self.layer)
            )
            return None

    def value(
        self, document: Document, key: Key, model: type[E], raw: object, subject: Subject
    ) -> E | None:
        """Validate a value of a file; return `None` and add the problems when it is invalid."""
        try:
            return model.model_validate(raw)
        except ValidationError as invalid:
            for problem in explain(invalid, model, subject, document.outline):
                self.add(document, problem, (*key, *problem.key))
            return None

    def values(self, document: Document, key: str, model: type[E]) -> tuple[E, ...]:
        """Return the valid blocks [[key]] of a list's head or of a school's file."""
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
        """Validate a merged entry; return `None` and add the problems when it is invalid."""
        model = KINDS[kind].entry
        try:
            return model.model_validate(row.raw)
        except ValidationError as invalid:
            for problem in explain(invalid, model, row.subject(kind), row.document.outline):
                self.add_to(row, problem)
            return None


@dataclass(frozen=True)
class Location:
    """File and key at which a value is written."""

    document: Document
    key: Key
    """From the top of the file."""
    index: int
    """Of the entry, among those of its kind in that file."""


def location_of(kind: str, row: Row, key: Key) -> Location:
    """Return the location of one value of an entry: the last file that sets it."""
    setting = [origin for origin in row.origins if key and key[0] in origin.keys]
    origin = setting[-1] if setting else row.origins[0]
    return Location(origin.document, (kind, origin.block_index, *key), origin.block_index)


def _at(problem: Problem, location: Location) -> Problem:
    """Return a problem whose entry index is the one in its file."""
    if problem.entry is None:
        return problem
    return replace(problem, entry=replace(problem.entry, index=location.index))


def _find(entry: Subject | None, key: Key, layer: Layer, tables: Tables) -> Location:
    """Return the location of the value that a problem is about."""
    if entry is None or entry.kind == HEAD:
        return Location(layer.head, key, 0)
    if entry.kind in tables:
        rows = tables[entry.kind].rows
        if entry.index < len(rows) and key:
            return location_of(entry.kind, rows[entry.index], key)
        return Location(layer.files.get(KINDS[entry.kind].file, layer.head), (entry.kind,), 0)
    return Location(layer.head, (entry.kind, entry.index, *key), entry.index)
