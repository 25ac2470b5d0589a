"""A problem of a list as a value: its code, its location, its subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.diagnostics.catalog import Severity, catalog
from signs.diagnostics.reporter import Key, Reporter, Subject
from signs.errors import ReperesError
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Key",
    "LayerName",
    "ListError",
    "Problem",
    "Range",
    "Severity",
    "Subject",
    "render",
]


class LayerName(StrEnum):
    """The layers that a list is made of, from the lowest."""

    LIST = "liste"
    ACADEMY = "academie"
    SCHOOL = "etablissement"


class Range(NamedTuple):
    """Range in a file, counted from 1; columns are `None` where only the line is known."""

    line: int = 1
    """1 where the whole file is meant."""
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    """The first column after the range."""


WHOLE_FILE = Range()


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file of a list.

    A rule yields it with its subject; it is attached to a file once all layers are merged. Ordered
    by file and line, which is the order a person fixes them in.

    Examples
    --------
    >>> import signs
    >>> (problem,) = signs.inspect("pas-une-liste").problems
    >>> problem.file, problem.line, problem.severity.value
    ('pas-une-liste', 1, 'erreur')
    >>> problem.text
    'Aucune liste ne s’appelle ainsi. Donnez le chemin d’un dossier, ou ...'
    """

    code: str
    """What is wrong, as the catalogue names it, such as `unknown-key`; programs rely on it."""
    entry: Subject | None = None
    """The entry it is about; `None` where that is a whole file, or all entries of a kind."""
    key: Key = ()
    """From the entry to the value: `("remplace", 2)`; empty where the whole entry is meant."""
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Parameters of the message, by their names in the catalogue."""
    level: Severity | None = None
    """Severity of this problem, where it differs from that of its code in the catalogue."""
    other: Subject | None = None
    """Another entry to look at, located as well."""
    file: str = ""
    """Path as the reader knows it: what they gave, or the file's name in a shipped list."""
    range: Range = WHOLE_FILE
    weakens: bool = False
    """Whether a layer broke what was valid below it."""
    layer: LayerName = LayerName.LIST
    """The layer to change."""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.level or catalog()[self.code].severity

    @property
    def line(self) -> int:
        """1-based; 1 where the whole file is meant."""
        return self.range.line

    @property
    def message(self) -> str:
        """What was found and what was expected, in the words of files: whole sentences."""
        return self._message_and_remedy[0]

    @property
    def remedy(self) -> str:
        """What to write instead, as a sentence."""
        return self._message_and_remedy[1]

    @property
    def text(self) -> str:
        """The message and its remedy, with French typography."""
        return typography(" ".join(self._message_and_remedy))

    @cached_property
    def _message_and_remedy(self) -> tuple[str, str]:
        reporter = Reporter(self)
        return reporter.message(), reporter.remedy()

    def __lt__(self, other: Problem) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, str, str]:
        return self.file, self.line, *self._message_and_remedy


class ListError(ReperesError):
    """A list that cannot be used; carries every problem found, and its message the errors.

    Parameters
    ----------
    problems
        What was found, in any order.

    Examples
    --------
    >>> import signs
    >>> try:
    ...     signs.load("pas-une-liste")
    ... except signs.ListError as error:
    ...     print(error)
    pas-une-liste:1 : erreur : Aucune liste ne s’appelle ainsi. ...
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        errors = [each for each in self.problems if each.severity is Severity.ERROR]
        super().__init__(render(errors or self.problems))


def render(problems: Iterable[Problem]) -> str:
    """Return the problems as text, one a line, sorted by file and line."""
    return "\n".join(f"{p.file}:{p.line} : {p.severity.value} : {p.text}" for p in sorted(problems))
