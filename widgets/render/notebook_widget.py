"""What every widget of ours does in a notebook: it says in French what it cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import anywidget
import traitlets

from signs.errors import ReperesError
from signs.text.given import GivenError, ids_given, in_short
from signs.text.names import FixedError, UnknownNameError, explains_calls, known_names
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Callable


class CopyError(ReperesError, NotImplementedError):
    """A widget is one: there is no copy of it, nor a file of it."""


class ValueRefusedError(ReperesError, traitlets.TraitError):
    """A value of another kind than that of a trait."""


class NotebookWidget(anywidget.AnyWidget):
    """A widget whose names, once it is there, are those it has.

    Python would take any name without a word: `board.selecton = ["sommeil"]` would tick nothing,
    and `board.observe(told, "selecton")` would never be told.
    """

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Say which names there are."""
            if name.startswith("_") or hasattr(type(self), name):
                raise AttributeError(name)
            raise self._unknown(name)

        def __setattr__(self, name: str, value: object) -> None:
            """Set a trait, or what our own code keeps; say of any other name that it is none.

            Raises
            ------
            FixedError
                When it does not change once the widget is there.
            UnknownNameError
                When there is no such name.
            ValueRefusedError
                When the value is of another kind.
            """
            if not name.startswith("_") and not hasattr(type(self), name):
                if name in self.__dict__:
                    raise self._fixed(name)
                if not any(
                    name in vars(each).get("__annotations__", ()) for each in type(self).__mro__
                ):
                    raise self._unknown(name)
            try:
                super().__setattr__(name, value)
            except traitlets.TraitError as error:
                ours = f"'{name}' trait" in str(error)
                if isinstance(error, ReperesError) or not ours:
                    raise
                raise self._refused(name, value) from None

        def __delattr__(self, name: str) -> None:
            """Say that what a widget has stays, for all but our own code."""
            if not name.startswith("_") and self.has_trait(name):
                raise self._fixed(name)
            super().__delattr__(name)

    def __copy__(self) -> NoReturn:
        """Say what to do instead."""
        raise self._not_copied()

    def __deepcopy__(self, memo: dict[int, Any]) -> NoReturn:
        """Say what to do instead."""
        raise self._not_copied()

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Say what to do instead: no file holds a widget."""
        raise self._not_copied()

    @explains_calls('tableau.observe(print, "selection")')
    def observe(
        self,
        handler: Callable[..., Any],
        names: Any = traitlets.All,  # noqa: ANN401 (as traitlets has it)
        type: Any = "change",  # noqa: A002, ANN401 (as traitlets has it)
    ) -> None:
        """Call a function when something changes.

        Parameters
        ----------
        handler
            The function, which is given what changed.
        names
            What is to be observed, such as `"selection"`; all by default.
        type
            Which events, as traitlets has it.

        Raises
        ------
        GivenError
            When there is no function.
        UnknownNameError
            When the widget has nothing of that name.
        """
        if not callable(handler):
            raise GivenError(handler, "une fonction", "observe(print)")
        wanted = () if names is traitlets.All else ids_given(names, "un nom", 'names="selection"')
        for name in wanted:
            if not self.has_trait(name):
                raise self._unknown(name)
        super().observe(handler, names, type)

    def _unknown(self, name: str) -> UnknownNameError:
        return UnknownNameError(
            name, type(self).__name__, lambda: known_names(self, anywidget.AnyWidget)
        )

    def _fixed(self, name: str) -> FixedError:
        kind = type(self).__name__
        return FixedError(
            typography(
                f"« {name} » ne se change pas et ne se retire pas une fois {kind} créé. Créez-en "
                f"un autre : help({kind}) dit comment."
            )
        )

    def _refused(self, name: str, value: object) -> ValueRefusedError:
        kind = type(self).__name__
        remedy = (
            'Écrivez par exemple : layout={"width": "300px"}'
            if name == "layout"
            else f"help({kind}) dit ce qu'il faut."
        )
        return ValueRefusedError(
            in_short(value) + typography(f" ne convient pas à « {name} ». {remedy}")
        )

    def _not_copied(self) -> CopyError:
        kind = type(self).__name__
        return CopyError(
            typography(
                f"{kind} ne se copie pas et ne s'enregistre pas dans un fichier. Écrivez son "
                f"nom dans une autre cellule pour le montrer aussi là, ou créez-en un autre : "
                f"{kind}()"
            )
        )
