"""Optional dependencies (extras): check that they are installed, else say what to install."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

from signs.errors import ReperesError


class Extra(NamedTuple):
    """An extra of `pyproject.toml`, and the packages of it that a feature needs."""

    name: str
    packages: tuple[str, ...]

    def missing(self) -> list[str]:
        """Return the display names of the packages that are not installed."""
        return [_TITLES.get(name, name) for name in self.packages if find_spec(name) is None]


_PACKAGE = "reperes"
_TITLES = {"jupyterlab": "JupyterLab"}

EDITOR = Extra("atelier", ("tomlkit",))
"""Needed by the editor, in JupyterLab or on its own page."""
SHEETS = Extra("atelier", ("odfdo", "python_calamine", "xlsxwriter"))
"""Needed to write and read the sheets of a committee."""


class MissingExtraError(ReperesError):
    """A package is not installed."""


def require(extra: Extra, what: str, command: str) -> None:
    """Check that the packages of an extra are installed.

    Parameters
    ----------
    extra
        The extra.
    what
        What needs it, as the subject of a French sentence.
    command
        The command that was typed, or the equivalent one.

    Raises
    ------
    MissingExtraError
        When a package is missing.
    """
    if missing := extra.missing():
        not_there = "n'est pas installé" if len(missing) == 1 else "ne sont pas installés"
        raise MissingExtraError(
            f"{what} a besoin de {' et de '.join(missing)}, qui {not_there}. "
            f"{_remedy(extra, command)}"
        )


def _remedy(extra: Extra, command: str) -> str:
    return (
        f'Écrivez : pip install "{_PACKAGE}[{extra.name}]" ; depuis le dossier du projet : '
        f"uv run --extra {extra.name} {command}"
    )
