"""What somebody gave in a notebook: of the right kind, or a French sentence that says it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from os import PathLike, fspath
from textwrap import shorten

from signs.errors import ReperesError
from signs.text.grammar import enumeration
from signs.text.normalize import nearest_names, suggestion
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
        sentence = typography(f"… n'est pas {what}. Écrivez par exemple : {example}")
        super().__init__(sentence.replace("…", in_short(given), 1))


class UnknownIdError(ReperesError, ValueError):
    """An id that names nothing; its message is a French sentence.

    Parameters
    ----------
    unknown
        The ids that name nothing.
    known
        Those that do: the nearest are proposed.

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
            f"L'identifiant « {name} » est inconnu."
            + (suggestion(name, known) or _nearest(name, known))
            for name in self.unknown
        ]
        super().__init__(typography(" ".join(sentences)))


class UnknownMomentError(UnknownIdError):
    """A moment that is no door of the list; its message names those that are.

    Parameters
    ----------
    moment
        The id that was given.
    doors
        The ids of the doors, in the order of the page.
    """

    def __init__(self, moment: str, doors: Iterable[str]) -> None:
        self.unknown = (moment,)
        doors = tuple(doors)
        ReperesError.__init__(
            self,
            typography(
                f"« {moment} » n'est pas une porte d'entrée.{suggestion(moment, doors)} "
                f"Les portes d'entrée sont {quoted_names(doors)}."
            ),
        )


class UnknownKeyError(UnknownIdError, KeyError):
    """An id between brackets that names nothing."""

    __str__ = Exception.__str__  # a KeyError puts its sentence between quotes


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
    if not isinstance(given, Iterable) or isinstance(given, bytes) or _is_one(given):
        raise GivenError(given, what, example)
    return tuple(dict.fromkeys(id_given(each, what, example) for each in given))


def id_given(given: object, what: str, example: str) -> str:
    """Return one id.

    Raises
    ------
    GivenError
        When it is something else.
    """
    if not isinstance(given, str):
        raise GivenError(given, what, example)
    return given


def path_given(given: object, what: str, example: str) -> str:
    """Return a path.

    Raises
    ------
    GivenError
        When it is none, or one that no system of files can have.
    """
    path = fspath(given) if isinstance(given, str | PathLike) else None
    if not path or not isinstance(path, str) or "\0" in path:
        raise GivenError(given, what, example)
    return path


def in_short(given: object) -> str:
    """Return what somebody gave as a sentence names it."""
    shown = shorten(str(given), _LONGEST, placeholder="…")
    if not shown:
        return "Un texte vide"
    return shown if shown.startswith("« ") else f"«\u00a0{shown}\u00a0»"


def quoted_names(names: Collection[str]) -> str:
    """Return names, each between quotes, as a sentence says several."""
    return enumeration([f"« {name} »" for name in names], "et")


def _nearest(name: str, known: Iterable[str]) -> str:
    near = nearest_names(name, known)
    return f" Les plus proches : {quoted_names(near)}." if near else ""


def _is_one(given: object) -> bool:
    """Return whether it is one thing with an id, such as an entry of a list, or a whole list."""
    return hasattr(type(given), "model_fields")


_LONGEST = 90
"""How many characters of what was given a sentence repeats."""
