"""Articles, contractions, lists: « un signe », « du signe », « un signe, un mot ou un lien »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def definite(noun: str) -> str:
    """Return a noun with its definite article in place of the indefinite one: « l'étape »."""
    article, _, bare = noun.partition(" ")
    if _VOWEL.match(bare):
        return f"l'{bare}"
    return f"{'la' if article == 'une' else 'le'} {bare}"


def without_article(noun: str) -> str:
    """Return a noun without its indefinite article: « étape »."""
    return noun.partition(" ")[2]


def with_de(name: str) -> str:
    """Return a name after « de » : « de signe », « d'affiche », « du signe », « de l'étape »."""
    if name.startswith("le "):
        return f"du {name[3:]}"
    return f"d'{name}" if _VOWEL.match(name) else f"de {name}"


def with_a(name: str) -> str:
    """Return a name after « à » : « au signe », « à l'étape », « à la liste »."""
    return f"au {name[3:]}" if name.startswith("le ") else f"à {name}"


def enumeration(names: Sequence[str], last: str) -> str:
    """Return names as one says several, the last one after a word such as « ou »."""
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


_VOWEL = re.compile(r"(?i)[aeiouyhéèêàâîôûœ]")
