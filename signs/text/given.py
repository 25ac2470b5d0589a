"""What somebody gave in a notebook: of the right kind, or a French sentence that says it."""

from __future__ import annotations

from collections.abc import Iterable

from signs.errors import ReperesError
from signs.text.typography import typography


class GivenError(ReperesError, TypeError):
    """What was given is of another kind; its message is a French sentence with an example.

    Parameters
    ----------
    given
        What it is.
    what
        What it is not, in French: « un moment ».
    example
        What could be written in its place.
    """

    def __init__(self, given: object, what: str, example: str) -> None:
        super().__init__(
            typography(f"« {given} » n'est pas {what}. Écrivez par exemple : {example}")
        )


def ids_given(given: object, what: str, example: str) -> tuple[str, ...]:
    """Return the ids of any collection, each once, in its order; a text alone is one id.

    Parameters
    ----------
    given
        The collection.
    what
        What each id is of, in French, with its article.
    example
        What could be written in its place.

    Raises
    ------
    GivenError
        When it is something else than ids.

    Examples
    --------
    >>> ids_given(["a", "b", "a"], "l'identifiant d'un signe", "")
    ('a', 'b')
    """
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise GivenError(given, what, example)
    ids = []
    for each in given:
        if not isinstance(each, str):
            raise GivenError(each, what, example)
        ids.append(each)
    return tuple(dict.fromkeys(ids))
