"""What is ticked on a board, as Python reads and sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import traitlets

from signs.diagnostics.problem import UnknownIdError
from signs.errors import ReperesError
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable

    from signs.model.sign_list import SignList


class _Board(Protocol):
    """What has a selection."""

    sign_list: SignList


class SelectionError(ReperesError, traitlets.TraitError):
    """What was to be selected is no collection of ids."""


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
        SelectionError
            When it is something else than ids.
        """
        known = obj.sign_list.items
        try:
            wanted = dict.fromkeys([value] if isinstance(value, str) else value)
        except TypeError:
            raise _refused(value) from None
        unknown: list[str] = []
        for id_ in wanted:
            if not isinstance(id_, str):
                raise _refused(id_)
            if id_ not in known:
                unknown.append(id_)
        if unknown:
            raise UnknownIdError(unknown, known)
        return [id_ for id_ in known if id_ in wanted]


def _refused(value: object) -> SelectionError:
    return SelectionError(
        typography(
            f"« {value!r} » n'est pas l'identifiant d'un signe ou d'une situation. Écrivez par "
            'exemple : tableau.selection = ["sommeil", "isolement"]'
        )
    )
