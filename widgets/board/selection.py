"""What is ticked on a board, as Python reads and sets it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn, Protocol

import traitlets

from signs.errors import ReperesError
from signs.orientation import A_TICK, SOME_TICKS
from signs.text.given import UnknownIdError, ids_given
from signs.text.typography import typography

if TYPE_CHECKING:
    from signs.model.sign_list import SignList


class _Board(Protocol):
    """What has a selection."""

    sign_list: SignList
    shared: bool


class SelectionError(ReperesError, traitlets.TraitError):
    """What cannot be done with a selection."""


class NotLinkedError(ReperesError, TypeError):
    """What the browser alone cannot follow."""


class InPythonOnly:
    """Says of a trait that it is never synchronised, to whoever asks in order to link it.

    What ipywidgets links in the browser (`jslink`) has to be: it asks whether this mark is true.
    """

    def __bool__(self) -> bool:
        """Say how to link it."""
        raise NotLinkedError(
            typography(
                "La sélection ne se lie que par Python, pour ne jamais être enregistrée avec le "
                "carnet. Écrivez ipywidgets.link à la place de jslink, dlink à la place de jsdlink."
            )
        )


class Shared(traitlets.Bool[bool, bool]):
    """Whether a selection is shared with Python."""

    def validate(self, _obj: object, value: object) -> bool:
        """Return the value, once it is one.

        Raises
        ------
        SelectionError
            When it is neither true nor false.
        """
        if not isinstance(value, bool):
            raise SelectionError(
                typography(f"« {value} » n'est ni vrai ni faux. Écrivez : Board(shared=True)")
            )
        return value


class _Ticks(list[str]):
    """What is selected: replaced rather than changed in place, since nobody would be told."""

    def _and(self, more: object) -> list[object]:
        several = isinstance(more, Iterable) and not isinstance(more, str)
        return [*self, *(more if several else [more])]  # type: ignore[misc] # iterable, then

    def _without(self, less: object) -> list[object]:
        removed = ids_given(less, A_TICK, SOME_TICKS)
        return [id_ for id_ in self if id_ not in removed]

    __iadd__ = __ior__ = __or__ = _and  # type: ignore[assignment] # a new list, that is checked
    __isub__ = __sub__ = _without

    def _refuse(self, *_arguments: object, **_options: object) -> NoReturn:
        raise SelectionError(
            typography(
                "La sélection ne se change pas sur place. Écrivez par exemple : "
                'tableau.selection += ["sommeil"], ou -= pour décocher'
            )
        )

    def __reduce__(self) -> tuple[type[list[str]], tuple[list[str]]]:
        """Return how a copy is made: of a list like any other."""
        return list, ([*self],)

    append = extend = insert = remove = pop = clear = sort = reverse = _refuse
    add = discard = update = _refuse  # as of a set
    __setitem__ = __delitem__ = __imul__ = _refuse


class Selection(traitlets.List[str]):
    """Ids of signs and situations, in the order of the list, each once.

    Any collection of them will do, such as the set that `signs.orient` takes, or the tuple of
    another widget that is linked to it; a text alone is one id. A refusal changes nothing.
    """

    def validate(self, obj: _Board, value: Iterable[object]) -> list[str]:
        """Return the ids of a collection, once all are known.

        Raises
        ------
        UnknownIdError
            When one of them is neither a sign nor a situation of the list.
        GivenError
            When it is something else than ids.
        SelectionError
            When the board is not shared.
        """
        known = obj.sign_list.items
        wanted = ids_given(value, A_TICK, SOME_TICKS)
        if unknown := [id_ for id_ in wanted if id_ not in known]:
            raise UnknownIdError(unknown, known)
        if wanted and not obj.shared:
            raise SelectionError(typography(_NOT_SHARED))
        return _Ticks(id_ for id_ in known if id_ in wanted)

    def make_dynamic_default(self) -> list[str]:
        """Return the selection that a board begins with."""
        return _Ticks()


_NOT_SHARED = (
    "Ce tableau ne suit pas Python : ce que l'on y coche reste dans le navigateur. Pour le "
    "partager, créez-le ainsi : Board(shared=True)"
)
