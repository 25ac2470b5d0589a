"""Catalogue of problems by code, loaded from `messages/`."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent / "messages"
"""The codes and their messages in French, for editors; a code is in one file only."""


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


Wording = str | dict[str, str]
"""A template; or several, by the parameter that selects each."""
OTHERWISE = "otherwise"
"""Key of the template used when no parameter selects another."""


class CatalogEntry(NamedTuple):
    """Message, remedy and severity of one code."""

    message: Wording
    remedy: Wording
    severity: Severity


@cache
def catalog() -> Mapping[str, CatalogEntry]:
    """Return the catalogue entries, by code."""
    content: dict[str, Any] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        if file.stem != _PHRASES:
            content |= _read(file)
    return {code: _entry(table, content) for code, table in content.items()}


@cache
def phrases() -> Mapping[str, str]:
    """Return the parts of sentences that messages have in common, such as reasons, by name."""
    return _read(FOLDER / f"{_PHRASES}.toml")


_PHRASES = "phrases"


def _entry(table: dict[str, Any], content: dict[str, Any]) -> CatalogEntry:
    table = content[table["like"]] | table if "like" in table else table
    severity = Severity(table.get("severity", Severity.ERROR))
    return CatalogEntry(table["message"], table["remedy"], severity)


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
