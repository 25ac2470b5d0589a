"""Which list a notebook shows, passed through environment variables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import signs
from signs.errors import ReperesError
from signs.loading.loader import DEFAULT, Choice

if TYPE_CHECKING:
    from signs.model.sign_list import SignList

LIST_VARIABLE = "REPERES_LISTE"
"""Environment variable that names the list a notebook shows: a shipped name, or a path."""
SCHOOL_VARIABLE = "REPERES_ECOLE"
"""Environment variable that names the school's own file, laid over that list; may be unset."""


class UnusableListError(ReperesError):
    """The list has errors; a notebook shows them in French, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows."""
        return str(self).splitlines()


def variables(choice: Choice) -> dict[str, str]:
    """Return the environment in which a notebook shows this list and this school's file."""
    return {
        LIST_VARIABLE: str(choice.folder.absolute()),
        SCHOOL_VARIABLE: "" if choice.school is None else str(choice.school.absolute()),
    }


def list_to_show() -> SignList:
    """Load the list that the environment names, with the school's file if any.

    Raises
    ------
    UnusableListError
        When the list has errors.
    """
    try:
        return signs.load(
            os.environ.get(LIST_VARIABLE, DEFAULT), os.environ.get(SCHOOL_VARIABLE) or None
        )
    except signs.ListError as error:
        raise UnusableListError(str(error)) from None
