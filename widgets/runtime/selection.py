"""Which list a notebook shows, passed through environment variables."""

from __future__ import annotations

import os

import signs
from signs.errors import ReperesError
from signs.loading.loader import DEFAULT, Choice
from signs.model.sign_list import SignList
from signs.text.given import in_short
from signs.text.typography import typography

LIST_VARIABLE = "REPERES_LISTE"
"""Environment variable that names the list a notebook shows: a shipped name, or a path."""
SCHOOL_VARIABLE = "REPERES_ECOLE"
"""Environment variable that names the school's own file, laid over that list; may be unset."""


class UnusableListError(ReperesError):
    """The list has errors."""


def variables(choice: Choice) -> dict[str, str]:
    """Return the environment in which a notebook shows this list and this school's file."""
    return {
        LIST_VARIABLE: str(choice.folder.absolute()),
        SCHOOL_VARIABLE: "" if choice.school is None else str(choice.school.absolute()),
    }


def list_to_show(given: SignList | None = None) -> SignList:
    """Return what a notebook gave, or load what the environment names, with the school's file.

    Raises
    ------
    UnusableListError
        When the list has errors, or when what was given is no list that was loaded.
    """
    if isinstance(given, SignList):
        return given
    if given is not None:
        raise UnusableListError(
            in_short(given)
            + typography(
                " n'est pas une liste chargée. Donnez ce que rend signs.load, "
                'par exemple : signs.load("sextorsion")'
            )
        )
    try:
        return signs.load(
            os.environ.get(LIST_VARIABLE, DEFAULT), os.environ.get(SCHOOL_VARIABLE) or None
        )
    except signs.ListError as error:
        raise UnusableListError(str(error)) from None
