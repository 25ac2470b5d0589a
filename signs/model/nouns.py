"""Names of entries in sentences: « le signe « isolement » », « l'étape n° 3 »."""

from __future__ import annotations

from signs.model.sign_list import KINDS
from signs.text.grammar import definite, without_article

_OTHERS = {"retire": "un identifiant retiré", "contact": "un contact"}
"""Tables of files that are not kinds of entries."""
NOUNS = {
    **{name: definite(kind.noun) for name, kind in KINDS.items()},
    **{name: definite(noun) for name, noun in _OTHERS.items()},
}
"""By the key of a table in the files, with the article that each takes."""


def with_article(kind: str, which: str | int | None) -> str:
    """Return the name of an entry in a sentence, by its id, or by its index from 0."""
    number = f"n° {which + 1}" if isinstance(which, int) else f"« {which} »"
    return f"{definite(with_indefinite(kind))} {number}"


def with_indefinite(kind: str) -> str:
    """Return one entry of a kind: « un signe », « une étape »."""
    return _OTHERS.get(kind) or KINDS[kind].noun


def bare(kind: str) -> str:
    """Return the noun of a kind, without its article: « signe », « étape »."""
    return without_article(with_indefinite(kind))
