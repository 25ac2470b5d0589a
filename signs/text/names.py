"""Names that somebody wrote in a notebook and that nothing has: a French sentence with the near."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar

from signs.errors import ReperesError
from signs.text.given import in_short, quoted_names
from signs.text.normalize import nearest
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class UnknownNameError(ReperesError, AttributeError):
    """A name that is neither of a module nor of a value; its message names those that are.

    Parameters
    ----------
    name
        What was written after the dot.
    of
        What has no such name.
    known
        Returns the names it has, and what people may write in their place, such as the French
        key of a field, with the name that is meant.

    Examples
    --------
    >>> import signs
    >>> try:
    ...     signs.load().signs[0].libelle
    ... except AttributeError as error:
    ...     print(error)
    Sign n’a rien qui s’appelle ... Vouliez-vous dire ...label...
    """

    def __init__(self, name: str, of: str, known: Callable[[], Mapping[str, str]]) -> None:
        super().__init__(name)
        self._of, self._known = of, known

    def __str__(self) -> str:
        """Return the sentence: made once it is read, as templates ask for many such names."""
        (name,) = self.args
        near = _near(name, self._known())
        return typography(f"{self._of} n'a rien qui s'appelle « {name} ».{near}")


class UnknownOptionError(ReperesError, TypeError):
    """An option that nothing takes."""

    def __init__(self, option: str, of: str, known: Iterable[str]) -> None:
        names = dict.fromkeys(known)
        super().__init__(
            typography(
                f"« {option} » n'est pas une option de {of}."
                f"{_near(option, {name: name for name in names})} help({of}) les explique."
            )
        )


class CallError(ReperesError, TypeError):
    """Too much between the parentheses, or too little."""


class FixedError(ReperesError, AttributeError):
    """Something that does not change once it is there."""


def _near(name: str, known: Mapping[str, str]) -> str:
    near = nearest(name, known)
    if near:
        return f" Vouliez-vous dire « {known[near]} » ?"
    names = sorted(set(known.values()))
    return f" Il y a : {quoted_names(names)}." if names else ""


def known_names(
    value: object, base: type, aliases: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the public names of a value, without those of a base that is not ours."""
    inherited = set(dir(base))
    own = (name for name in dir(value) if not name.startswith(("_", "model_")))
    return {**(aliases or {}), **{name: name for name in own if name not in inherited}}


class FrenchNames:
    """A value of which a name that it does not have is told with those that it has."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Say which names there are."""
            if name.startswith("_") or hasattr(type(self), name):
                raise AttributeError(name)
            raise UnknownNameError(name, type(self).__name__, lambda: known_names(self, object))


def explains_calls(
    example: str,
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Have a function say in French that it was called with other arguments than its own.

    Parameters
    ----------
    example
        A call as it could be written.

    Examples
    --------
    >>> import signs
    >>> try:
    ...     signs.orient(signs.load(), {"sommeil"}, quand="demain")
    ... except TypeError as error:
    ...     "quand" in str(error), "at" in str(error)
    (True, True)
    """

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def call(*args: Parameters.args, **options: Parameters.kwargs) -> Result:
            try:
                return function(*args, **options)
            except ReperesError:
                raise
            except TypeError:
                try:
                    signature.bind(*args, **options)
                except TypeError:
                    pass
                else:
                    raise
            raise _misused(signature, example, args, options)

        return call

    return decorate


def _misused(
    signature: inspect.Signature,
    example: str,
    args: tuple[object, ...],
    options: Mapping[str, object],
) -> ReperesError:
    """Return what is wrong with arguments that a function does not take."""
    parameters = [each for each in signature.parameters.values() if each.name != "self"]
    named = [each.name for each in parameters if each.kind is not each.VAR_KEYWORD]
    if len(named) == len(parameters):
        for option in options:
            if option not in named:
                return UnknownOptionError(option, example.partition("(")[0], named)
    unnamed = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    given = args[len(signature.parameters) - len(parameters) :]  # without `self`
    if extra := given[len(unnamed) :]:
        what = f"{in_short(extra[0])} est en trop, ou se donne avec son nom"
    elif twice := [name for name in unnamed[: len(given)] if name in options]:
        what = f"« {twice[0]} » est donné deux fois"
    else:
        missing = [
            each.name
            for each in parameters[len(given) :]
            if each.default is each.empty and each.name not in options
        ]
        what = f"Il manque {quoted_names(missing)}"
    return CallError(typography(f"{what}. Écrivez par exemple : {example}"))
