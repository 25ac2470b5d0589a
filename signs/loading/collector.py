"""What is found wrong while a list is read: each problem at the file and line that say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from signs.diagnostics.problem import Problem, Severity
from signs.diagnostics.validation_messages import explain
from signs.files.document import UnreadableError, open_document
from signs.model.fields import Entry
from signs.model.nouns import with_article
from signs.model.sign_list import HEAD, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from signs.diagnostics.problem import Key
    from signs.files.document import Document
    from signs.files.tables import Layer, Objection, Row, Tables
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

    def add(
        self,
        document: Document,
        key: Key,
        message: str,
        remedy: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Say what is wrong with one value of a file."""
        line = document.line(*key) if document.text else 1
        self.problems.append(Problem(str(document.path), line, message, remedy, severity))

    def add_all(self, objections: Iterable[Objection], layer: Layer, tables: Tables) -> None:
        """Say what is wrong with entries, each in the file that this layer can change."""
        for objection in objections:
            document, key = _find(objection.kind, objection.place, objection.key, layer, tables)
            remedy = objection.remedy
            if objection.see:
                other, other_key = _find(*objection.see, ("id",), layer, tables)
                if document not in layer.documents:  # the other is the one that can be changed
                    (document, key), (other, other_key) = (other, other_key), (document, key)
                remedy += f" L'autre est dans {other.path.name}, ligne {other.line(*other_key)}."
            message = objection.message
            if (
                layer.words_only
                and objection.kind == HEAD
                and objection.severity is Severity.REMARK
            ):
                continue  # nothing of a list's head can be said in a school's file
            if layer.below and (document not in layer.documents or not objection.key):
                if objection.severity is Severity.REMARK:
                    continue
                # What is below was sound: it is this layer that made it wrong.
                message = f"{_TAKEN} : {message[0].lower()}{message[1:]}"
                document, key = layer.head, ()
            self.add(document, key, message, remedy, objection.severity)

    def opened(self, path: Path) -> Document | None:
        """Return a file; `None` when it cannot be read."""
        try:
            return open_document(path)
        except UnreadableError as error:
            self.problems.append(Problem(str(path), error.line, error.message, error.remedy))
            return None

    def value(
        self, document: Document, key: Key, model: type[E], raw: object, name: str
    ) -> E | None:
        """Return what a file says as a sound value; `None` otherwise."""
        try:
            return model.model_validate(raw)
        except ValidationError as invalid:
            for inner, message, remedy in explain(invalid, model, name):
                self.add(document, (*key, *inner), message, remedy)
            return None

    def values(self, document: Document, key: str, model: type[E]) -> tuple[E, ...]:
        """Return the sound ones among the blocks [[key]] of a head or a school's file."""
        blocks = document.content.get(key, [])
        if not isinstance(blocks, list):
            self.add(document, (key,), *no_blocks(key))
            return ()
        found = (
            self.value(document, (key, place), model, raw, with_article(key, place))
            for place, raw in enumerate(blocks)
        )
        return tuple(value for value in found if value is not None)

    def entry(self, kind: str, row: Row) -> Identified | None:
        """Return an entry that files say together, where it is sound; `None` otherwise."""
        model = KINDS[kind].entry
        try:
            return model.model_validate(row.raw)
        except ValidationError as invalid:
            name = with_article(kind, row.id or row.origins[0].place)
            for inner, message, remedy in explain(invalid, model, name):
                self.add(*place_of(kind, row, inner), message, remedy)
            return None


def no_blocks(kind: str) -> tuple[str, str]:
    """Return what is said of a key that should head blocks: what is wrong, what to write."""
    return (
        f"« {kind} » n'est pas écrit comme une suite d'entrées.",
        f"Écrivez [[{kind}]], avec deux crochets de chaque côté, seul sur sa ligne ; "
        "puis une ligne par valeur.",
    )


def place_of(kind: str, row: Row, key: Key) -> tuple[Document, Key]:
    """Return the file and the key there of one value of an entry: where it was said last."""
    said = [origin for origin in row.origins if key and key[0] in origin.keys]
    origin = said[-1] if said else row.origins[0]
    return origin.document, (kind, origin.place, *key)


_TAKEN = "Ce qui est changé ici enlève ce qui doit toujours rester"


def _find(kind: str, place: int, key: Key, layer: Layer, tables: Tables) -> tuple[Document, Key]:
    """Return the file and the key there that an objection is about."""
    if kind == HEAD:
        return layer.head, key
    rows = tables[kind].rows
    if place < len(rows) and key:
        return place_of(kind, rows[place], key)
    return layer.files.get(KINDS[kind].file, layer.head), (kind,)
