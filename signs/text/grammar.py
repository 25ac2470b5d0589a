"""What sentences call the entries of a list: « le signe « isolement » », « de l'étape n° 3 »."""

from __future__ import annotations

import re

NOUNS = {
    "source": "la source",
    "famille": "la famille",
    "signe": "le signe",
    "moment": "le moment",
    "situation": "la situation",
    "conseil": "le conseil",
    "service": "le service",
    "affiche": "l'affiche",
    "aide": "l'aide",
    "fiche": "la fiche",
    "terme": "le terme",
    "mythe": "le mythe",
    "etape": "l'étape",
    "phrase": "la phrase",
    "vignette": "la vignette",
    "chiffre": "le chiffre",
    "valeur": "la valeur",
    "apport": "l'apport",
    "ecart": "l'écart",
    "retire": "l'identifiant retiré",
    "contact": "le contact",
}
"""By the key of a table in the files, with the article that each takes."""


def with_article(kind: str, which: str | int | None) -> str:
    """Return an entry as a sentence names it, by its id, or by its place from 0."""
    number = f"n° {which + 1}" if isinstance(which, int) else f"« {which} »"
    return f"{NOUNS[kind]} {number}"


def with_indefinite(kind: str) -> str:
    """Return one entry of a kind: « un signe », « une étape »."""
    return f"{'une' if kind in _FEMININE else 'un'} {bare(kind)}"


def bare(kind: str) -> str:
    """Return what a kind is called, without its article: « signe », « étape »."""
    return re.sub(r"^(?:la |le |l')", "", NOUNS[kind])


_FEMININE = {kind for kind, noun in NOUNS.items() if noun.startswith("la ")} | {
    *("affiche", "aide", "etape")
}


def with_de(name: str) -> str:
    """Return a name after « de » : « de signe », « d'affiche », « du signe », « de l'étape »."""
    if name.startswith("le "):
        return f"du {name[3:]}"
    return f"d'{name}" if re.match(r"(?i)[aeiouyhéèêàâîôûœ]", name) else f"de {name}"


def with_a(name: str) -> str:
    """Return a name after « à » : « au signe », « à l'étape », « à la liste »."""
    return f"au {name[3:]}" if name.startswith("le ") else f"à {name}"
