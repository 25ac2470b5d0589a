"""Problems as values: where, what was found, what to write; rendered in French by one function."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from signs.errors import ReperesError
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable

from typing import TYPE_CHECKING

from signs.text.normalize import suggestion


class Severity(StrEnum):
    """How bad a problem is; the values are what `reperes verifier --json` prints.

    Examples
    --------
    >>> import signs
    >>> [severity.value for severity in signs.Severity]
    ['erreur', 'remarque']
    """

    ERROR = "erreur"
    """The list is not served."""
    REMARK = "remarque"
    """The list is served; somebody should have a look."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file of a list.

    Ordered by file and line, which is the order a person mends them in.

    Examples
    --------
    >>> import signs
    >>> (problem,) = signs.inspect("pas-une-liste").problems
    >>> problem.file, problem.line, problem.severity.value
    ('pas-une-liste', 1, 'erreur')
    >>> problem.text
    'Aucune liste ne s’appelle ainsi. Donnez le chemin d’un dossier, ou ...'
    """

    file: str
    """Path as the reader knows it: what they gave, or the file's name in a shipped list."""
    line: int
    """1-based; 1 where the whole file is meant."""
    message: str
    """What was found and what was expected: whole sentences."""
    remedy: str = ""
    """What to write instead, as a sentence; empty where the message says it all."""
    severity: Severity = field(default=Severity.ERROR, compare=False)

    @property
    def text(self) -> str:
        """The message and its remedy, with French typography."""
        return typography(f"{self.message} {self.remedy}".strip())


class ListError(ReperesError):
    """A list that cannot be used; carries every problem found, not only the first.

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
        super().__init__(render(self.problems))


class UnknownIdError(ReperesError, ValueError):
    """An id that names nothing; its message is a French sentence.

    Parameters
    ----------
    unknown
        The ids that name nothing.
    known
        Those that do: the nearest is proposed.

    Examples
    --------
    >>> import signs
    >>> try:
    ...     signs.orient(signs.load(), ["scarification"])
    ... except signs.UnknownIdError as error:
    ...     error.unknown, "scarifications" in str(error)
    (('scarification',), True)
    """

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        self.unknown = tuple(sorted(unknown))
        known = tuple(known)
        sentences = [
            f"L'identifiant « {name} » est inconnu.{suggestion(name, known)}"
            for name in self.unknown
        ]
        super().__init__(typography(" ".join(sentences)))


def render(problems: Iterable[Problem]) -> str:
    """Return the problems as text, one a line, sorted by file and line."""
    return "\n".join(f"{p.file}:{p.line} : {p.severity.value} : {p.text}" for p in sorted(problems))


Key = tuple[str | int, ...]
"""Where a value stands: `("signe", 3, "libelle")`: table, place in it, key, place in an array."""
