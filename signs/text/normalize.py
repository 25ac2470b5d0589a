"""Normalize names (accents, capitals), and find the known name nearest to one."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » with a leading space, or nothing when no name is near.

    Examples
    --------
    >>> suggestion("libele", ["id", "libelle"])
    ' Vouliez-vous dire « libelle » ?'
    >>> suggestion("x", ["id", "libelle"])
    ''
    """
    near = nearest(name, known)
    return f" Vouliez-vous dire « {near} » ?" if near else ""


def nearest(name: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """Return the known name that looks most like this one; `None` when none does.

    Accents and capitals make no difference: « Après » is nearest to « apres ».

    Examples
    --------
    >>> nearest("Après", ["avant", "apres"])
    'apres'
    >>> nearest("jamais", ["avant", "apres"]) is None
    True
    """
    plain: dict[str, str] = {}
    for each in known:
        plain.setdefault(_plain(each), each)
    matches = get_close_matches(_plain(name), plain, n=1, cutoff=alike)
    return plain[matches[0]] if matches else None


def without_accents(text: str) -> str:
    """Return a text in ASCII letters: « Après » is « Apres »; other characters are dropped."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return a name without accents, capitals and separators, which people often mistype."""
    return (
        without_accents(name).lower().strip().replace(" ", "-").replace("_", "-").replace("'", "")
    )
