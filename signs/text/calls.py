"""Find the numbers that a text tells its reader to call.

Ten digits, or 3018 after « le », can be nothing else. Two or three digits are more often a day, an
age, a room or a street number: they are a call only where the words say so (« appelez le 15 »,
« le 119 répond », « la police (17) »), never by what they are not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SHORT = frozenset({"15", "17", "18", "112", "114", "115", "119", "191", "196", "197"})
"""Numbers of two or three digits that somebody answers in France."""
_FOUR = r"3[0-9]\s?[0-9]{2}"
_LONG = (
    r"(?<![\w,.+-])(?<!\d\s)(?:"
    r"\+33\s?(?:\(0\)\s?)?[1-9](?:[\s.]?\d\d){4}"
    r"|0[1-9](?:[\s.]?\d\d){4}|0\s\d{3}(?:[\s.]\d{3}){2}|0[\s.]\d{3}(?:[\s.]\d\d){3}"
    r"|0\d{3}(?:[\s.]\d\d){3}|0\d{3}\s\d{3}\s\d{3}|116\s00[06]|116\s117"
    r")(?![\w-]|[.,]\d|\s\d)"
)
_JOINT = r"\s*(?:,\s*(?:ou|et|puis)?|ou|et|puis)\s+(?:(?:aussi|encore)\s+)?(?:(?:le|au|du)\s+)?"
_APOSTROPHE = "(?:['’]|&#39;)"
_ADVERB = (
    rf"(?:\s+(?:d{_APOSTROPHE}abord|aussi|alors|vite|tout de suite|immédiatement|maintenant"
    rf"|aujourd{_APOSTROPHE}hui"
    rf"|sans attendre|d{_APOSTROPHE}urgence|directement|plutôt|toujours))*"
)
_TO_CALL = (
    r"\b(?:r?appel(?:ez|er|le|les|ons|ant)|compos(?:ez|er|e)|téléphon(?:ez|er|e)|join(?:dre|s|gnez)"
    r"|contact(?:ez|er|e)|prévenez|prévenir|préviens|alert(?:ez|er|e)|écri(?:vez|re|s)|sms|texto"
    r"|demand(?:ez|er|e)|(?:dites|dis)-le|voyez|vois|faites|numéros?(?: d{_APOSTROPHE}urgence)?)"
    rf"{_ADVERB}\s*:?\s*(?:(?:par sms|un sms)\s+)?(?:(?:le|au)\s+)?$"
)
_RESCUE = r"(?:police|gendarmerie|samu|pompiers|secours|urgences?|gendarmes|policiers)"
_BEFORE = re.compile(
    rf"{_TO_CALL}|\b{_RESCUE}(?: médical\w*)?\s*\($"
    r"|\b(?:danger|nuit)(?: \w+)?\s*[:,]\s*(?:le|au)\s+$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:(?:vous|te|y|ne)\s+|t['’])?(?:répond|conseille|écoute)\w*"
    r"|\s+peu(?:t|vent)\s+(?:aussi\s+)?(?:(?:vous|te)\s+|t['’])?(?:conseiller|répondre|écouter|aider)"
    rf"|\s*\({_RESCUE}",
    re.IGNORECASE,
)
_IN_WRITING = re.compile(r"\s+par SMS\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:le|au|du)\s+$", re.IGNORECASE)
_ALONE = re.compile(r"(?:^|[(:;,.!?«]\s*|\b(?:ou|et)\s+)$")
# A day, an hour, an age, a count, a place in a street: whatever stands before.
_COUNTS = re.compile(
    r"[\w%€/-]|[.,]\d|\s?[%€°/]|\s*-\s*\d|\s+(?:et|ou|à|au|-)\s+(?:le\s+)?\d"
    r"|\s+(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b"
    r"|\s+(?:ans?|h|heures?|min|minutes?|jours?|semaines?|mois|élèves?|personnes?|fois|euros?"
    r"|de\s+(?:chaque|ce|tous)|du\s+mois|du\s+\d|courant|prochain|dernier|à\s+\d+\s?h|bis|ter)\b"
    r"|,?\s+(?:rue|avenue|av\.|boulevard|bd|place|allées?|chemin|route|impasse|quai|cours|square)\b",
    re.IGNORECASE,
)


class Call(NamedTuple):
    """A number to call, where it stands in a text."""

    start: int
    end: int
    number: str
    """Its digits."""


def numbers_to_call(text: str, also: Collection[str] = ()) -> list[Call]:
    """Return the numbers that a text says to call, in its order.

    Parameters
    ----------
    text
        Plain text.
    also
        Other short numbers that somebody answers.

    Examples
    --------
    >>> [call.number for call in numbers_to_call("Appelez le 15, le 17 ou le 112 ; ou le 3018.")]
    ['15', '17', '112', '3018']
    >>> numbers_to_call("Le 15 mars, bureau 119, salle 112, au 17, rue Pasteur.")
    []
    """
    found = [_call(match) for match in re.finditer(_LONG, text)]
    found += _short_numbers(text, also)
    return sorted(found)


def _call(match: re.Match[str]) -> Call:
    return Call(match.start(), match.end(), re.sub(r"[^\d+]", "", match[0].replace("(0)", "")))


def _short_numbers(text: str, also: Collection[str]) -> Iterator[Call]:
    """Yield the numbers of each chain such as « le 15, le 17 ou le 112 » that is to be called."""
    number = rf"(?:{'|'.join(sorted({*SHORT, *also}, key=len, reverse=True))}|{_FOUR})(?!\d)"
    chains = re.compile(rf"(?<![\w,.+-])(?<!\d\s){number}(?:{_JOINT}{number})*")
    for chain in chains.finditer(text):
        if _COUNTS.match(text, chain.end()):
            continue
        numbers = [
            Call(chain.start() + each.start(), chain.start() + each.end(), _digits(each[0]))
            for each in re.finditer(number, chain[0])
        ]
        before = text[max(0, chain.start() - _NEAR) : chain.start()]
        if _is_said_to_be_called(before, text, chain.end()):
            yield from numbers
        elif all(re.fullmatch(_FOUR, each.number) for each in numbers[:1]):
            yield from _four_digits(text, before, numbers)


_NEAR = 80
"""Characters before a number in which it may be said to be one."""


def _digits(written: str) -> str:
    return re.sub(r"\s", "", written)


def _is_said_to_be_called(before: str, text: str, end: int) -> bool:
    if _BEFORE.search(before) or _IN_WRITING.match(text, end):
        return True
    return bool(_NAMED.search(before) and _AFTER.match(text, end))


def _four_digits(text: str, before: str, numbers: list[Call]) -> Iterator[Call]:
    """Yield numbers such as 3018, which « le » names, or which stand alone."""
    after = text[numbers[-1].end :]
    alone = _ALONE.search(before) and not re.match(r"\s+(?!ou\b|et\b)[^\W\d_]", after)
    if _NAMED.search(before) or alone:
        yield from (each for each in numbers if len(each.number) == len("3018"))
