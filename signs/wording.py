"""How French looks: spaces that do not break, apostrophes, dates; the one place for it."""

from __future__ import annotations

import codecs
import re
import unicodedata

NBSP = "\u00a0"
"""No-break space: before « : », inside quotation marks, in numbers and phone numbers."""
NNBSP = "\u202f"
"""Narrow no-break space: before « ; ! ? »."""

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)'(?=[\w«])", "’"),  # l'élève
        (r"\.\.\.", "…"),
        (r"«[ \u00a0\u202f]*", f"«{NBSP}"),
        (r"[ \u00a0\u202f]*»", f"{NBSP}»"),
        # Two-part marks at the end of a word. Hours (9:30) and addresses (https://) are left alone.
        (r"(?<=[\w»)…])[ \u00a0\u202f]*([;!?]+)(?=[\s»)\u00a0]|$)", rf"{NNBSP}\1"),
        (r"(?<=[\w»)…])[ \u00a0\u202f]*:(?=\s|$)", f"{NBSP}:"),
        # The same marks where a run of text starts with them: <strong>mot</strong> ?
        (r"^[ \u00a0\u202f]([;!?]+)(?=\s|$)", rf"{NNBSP}\1"),
        (r"^[ \u202f]:(?=\s|$)", f"{NBSP}:"),
        (r"(?<=\d)[ \u202f](?=\d{2,3}\b)", NBSP),  # 45 000, 01 45 39 40 00
        (r"(?<=\d) (?=(?:h|ans?|min|%|€|élèves?|heures?|minutes?|jours?)\b)", NBSP),
        (r"(?<=\d[ \u00a0]h) (?=\d)", NBSP),  # 18 h 30
        (r"\b(art\.|n°|M\.|Mme|p\.) (?=[\dA-ZÀ-Ý])", rf"\1{NBSP}"),
    )
)


def typography(text: str) -> str:
    """Return `text` as French printers set it.

    Idempotent: applying it twice changes nothing more. Leaves line breaks, addresses,
    clock times (`09:30`) and what stands between straight quotes (`"24/7; PH off"`, which is
    to be typed as it is) alone.
    """
    parts = _TYPED.split(text)
    for index in range(0, len(parts), 2):
        for pattern, replacement in _RULES:
            parts[index] = pattern.sub(replacement, parts[index])
    return "".join(parts)


PLAIN = "reperes-plain"
"""How to encode French where not all of its letters can be written: errors=PLAIN."""
_PLAIN_MARKS = {"’": "'", "…": "...", "«": '"', "»": '"', "·": "-", "œ": "oe", "Œ": "OE"}


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    written = "".join(
        _PLAIN_MARKS.get(letter)
        or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        or "?"
        for letter in error.object[error.start : error.end]
    )
    return written, error.end


codecs.register_error(PLAIN, _in_plain_letters)


_TYPED = re.compile(r'("[^"\n]*")')


_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def date_in_words(iso: str) -> str:
    """Return `2024-11-06`, `2024-11` or `2024` in French words, as precise as it was given."""
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, _MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:  # noqa: PLR2004 (year, month, day)
        day = int(parts[2])
        words.insert(0, "1er" if day == 1 else str(day))
    return typography(" ".join(words))
