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


def within(words: str) -> str:
    """Return words that stand alone as said within a sentence: « du lundi au jeudi », « CPE »."""
    return words if _ACRONYM.match(words) else words[:1].lower() + words[1:]


def place_within(words: str) -> str:
    """Return a place as said within a sentence, unless it may begin with a name."""
    return within(words) if _PLACE.match(words) else words


_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2}|[A-ZÀ-Þ][.\d]|Mme\b")
_PLACE = re.compile(
    r"(?i)(accueil|aux?|bureau|bâtiment|cabinet|centre|couloir|deuxième|hall|infirmerie|local|loge"
    r"|premier|près|rez-de-chaussée|salle|secrétariat|service|troisième|vie|à|école|étage)\b"
)
