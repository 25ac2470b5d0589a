"""French typography: no-break spaces, apostrophes, dates; the only module for it."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from signs.text.normalize import without_accents

if TYPE_CHECKING:
    from collections.abc import Callable

NBSP = "\u00a0"
"""No-break space: before « : », inside quotation marks, in numbers, before units."""
NNBSP = "\u202f"
"""Narrow no-break space: before « ; ! ? »."""

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_UNITS = (
    *("an", "ans", "mois", "semaine", "semaines", "jour", "jours", "fois"),
    *("h", "heure", "heures", "min", "minute", "minutes", "s", "seconde", "secondes", "ms"),
    *("élève", "élèves", "personne", "personnes", "euro", "euros"),
    *("mm", "cm", "m", "km", "g", "kg", "ko", "Mo", "Go"),
)
_NUMBERED = ("articles?", r"art\.", "chapitre", "n°", "pages?", r"p\.")

_ANY = f"[ {NBSP}{NNBSP}]"
_ENDS = r"(?=[\s»),.…*\]]|$)"  # what may follow ; ! ? at the end of a word


def _unbroken(match: re.Match[str]) -> str:
    return re.sub(_ANY, NBSP, match[0])


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[^\W\d_])'(?=[\w«])", "’"),  # l'élève
        (r"\.\.\.", "…"),
        (rf"«{_ANY}*", f"«{NBSP}"),
        (rf"(?<!{_ANY}){_ANY}*»", f"{NBSP}»"),
        # Marks in two parts, after a word or where a space already set them apart. Inside a
        # word they are something else: 9:30, Mo-Fr 09:00-18:30; PH off.
        (rf"(?:(?<=[\w»)…%€]){_ANY}*|(?<=\S){_ANY}+|^{_ANY}+)([;!?]+){_ENDS}", rf"{NNBSP}\1"),
        (rf"(?:(?<=[\w»)…%€]){_ANY}*|(?<=\S){_ANY}+|^{_ANY}+):(?=\s|$)", f"{NBSP}:"),
        (rf"(?<![\d.,])\d{{1,3}}(?:{_ANY}\d{{3}})+(?!\d)", _unbroken),  # 45 000, 0 800 235 236
        (rf"(?<!\d)(?:0|\+33{_ANY}?)\d(?:{_ANY}\d\d){{4}}(?!\d)", _unbroken),  # 01 45 39 40 00
        (rf"(?<!\d)0\d{{3}}(?:{_ANY}\d\d){{3}}(?!\d)", _unbroken),  # 0262 90 00 00
        (rf"(?<![\d.,])0{_ANY}\d{{3}}(?:{_ANY}\d\d){{3}}(?!\d)", _unbroken),  # 0 810 00 90 00
        (rf"(?<=\d){_ANY}*(?=[%€](?!\w))", NBSP),
        (rf"(?<=\d){_ANY}(?=(?:{'|'.join(_UNITS)})\b)", NBSP),
        (rf"(?<=\d{_ANY}h){_ANY}(?=\d)", NBSP),  # 18 h 30
        (rf"(?:(?<=\d)|(?<=\der)){_ANY}(?=(?:{'|'.join(MONTHS)})\b)", NBSP),
        (rf"\b((?i:{'|'.join(_NUMBERED)})){_ANY}(?=\d)", rf"\1{NBSP}"),
        (rf"\b(M\.|Mme|Dr){_ANY}(?=[A-ZÀ-Ý])", rf"\1{NBSP}"),
    )
)

_PRESERVED = re.compile(
    r"""(
    "[^"\n]*"                                   # to be typed as it is: "24/7; PH off"
    | (?<=«[ \u00a0])[^«»]*\d\d:\d\d-\d\d:\d\d[^«»]*(?=[ \u00a0]»)  # or was typed so
    | \b[a-z][a-z0-9+.-]{0,20}://[^\s»]+        # an address
    | (?<![^\s«(])(?:~|\.\.?)?/[^\s»]+          # a path: /srv/l'école
    | (?<![^\s«(])[A-Za-z]:\\[^\s»]*            # and on another system
    | (?<![^\s«»("])[^\s«»("]+                  # a file: l'école.html
      \.(?:css|html|ipynb|json|js|md|pdf|png|py|svg|toml|txt)\b
    )""",
    re.VERBOSE,
)


@lru_cache(maxsize=32_768)  # most texts are drawn in a widget, then again in its page
def typography(text: str) -> str:
    r"""Return `text` as French printers set it: what may not break, apostrophes, marks.

    Idempotent: applying it twice changes nothing more. Adds, takes away and moves no letter and
    no digit. Leaves alone line breaks, clock times (`09:30`), addresses, paths, names of files,
    and what stands between straight quotes (`"24/7; PH off"`), which is to be typed as it is.

    Examples
    --------
    >>> typography("L'élève dit : « non » !")
    'L’élève dit\xa0: «\xa0non\xa0»\u202f!'
    >>> typography("à 09:30, dans l'école.toml")
    "à 09:30, dans l'école.toml"
    """
    parts = _PRESERVED.split(text)
    # split() with one group alternates: text, preserved, text, preserved, ..., text
    for index in range(0, len(parts), 2):
        for pattern, replacement in _RULES:
            parts[index] = pattern.sub(replacement, parts[index])
    return "".join(parts)


PLAIN = "reperes-plain"
"""Codec error handler that transliterates French: errors=PLAIN."""
_PLAIN_MARKS = {"’": "'", "…": "...", "«": '"', "»": '"', "·": "-", "œ": "oe", "Œ": "OE"}


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    written = "".join(
        _PLAIN_MARKS.get(letter) or without_accents(letter) or "?"
        for letter in error.object[error.start : error.end]
    )
    return written, error.end


codecs.register_error(PLAIN, _in_plain_letters)


def date_in_words(iso: str) -> str:
    r"""Return `2024-11-06`, `2024-11` or `2024` in French words, as precise as it was given.

    Examples
    --------
    >>> date_in_words("2024-11-06"), date_in_words("2024-11"), date_in_words("2024")
    ('6\xa0novembre 2024', 'novembre 2024', '2024')
    """
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:  # noqa: PLR2004 (year, month, day)
        day = int(parts[2])
        words.insert(0, "1er" if day == 1 else str(day))
    return typography(" ".join(words))


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_STOP = re.compile(r"[.?!…]+(?=\s|$)")


def first_sentence(markdown: str) -> str:
    """Return the first sentence of a list's Markdown, as plain text.

    What stands between quotation marks or parentheses is never cut; a question that opens a
    text is returned with its answer.

    Examples
    --------
    >>> first_sentence("**Restez** près de l'élève. Appelez [le 15](tel:15).")
    "Restez près de l'élève."
    """
    text = " ".join(_LINK.sub(r"\1", markdown).replace("**", "").split())
    for stop in _STOP.finditer(text):
        beginning = text[: stop.end()]
        balanced = all(beginning.count(a) == beginning.count(b) for a, b in ("«»", "()"))
        if balanced and "?" not in stop[0]:
            return beginning
    return text


_PAUSE = re.compile(rf"{_ANY}?[,;:.?!…](?=\s|$)")
_FEW = 4  # words


def opening(text: str) -> str:
    """Return how a plain text begins, up to its first pause: to name it where it stands nearby.

    At least four words, and « … » where more follows; a quotation that is cut is closed.

    Examples
    --------
    >>> opening("Restez près de l'élève, sans le questionner.")
    "Restez près de l'élève…"
    """
    for stop in _PAUSE.finditer(text):
        beginning = text[: stop.start()]
        if len(re.findall(r"\w+", beginning)) < _FEW:
            continue
        if not text[stop.end() :].strip():
            return beginning
        return f"{beginning}…{f'{NBSP}»' if beginning.count('«') > beginning.count('»') else ''}"
    return text
