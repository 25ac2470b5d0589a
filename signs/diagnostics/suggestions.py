"""What was meant by a value that is not written as files have it, as one writes it there.

Each function returns what stands after « = », quotes included; nothing where it cannot tell.
"""

from __future__ import annotations

import re
from datetime import date

from signs.model.fields import ADDRESS_PATTERN, ALWAYS, is_phone
from signs.text.normalize import nearest, without_accents
from signs.text.typography import MONTHS


def folded(text: str) -> str:
    """Return words without accents nor capitals, with hyphens between: « À noter ! » is `a-noter`.

    This is how an id is written; nothing where no letter and no digit is left.
    """
    return "-".join(re.findall(r"[a-z0-9]+", without_accents(text).lower()))


def suggest_id(text: str) -> str:
    """Return the id that words make."""
    dashed = re.sub(r"[–—]", "-", text)
    return quoted(folded(dashed))


def suggest_ids(text: str) -> str:
    """Return a list of the ids that stand in one text, between commas; or « toujours »."""
    parts = [part.strip() for part in re.split(r"[,;]", text)]
    if nearest(text, (ALWAYS,), alike=0.8):
        return quoted(ALWAYS)
    return listed(parts) if all(part and folded(part) == part for part in parts) else ""


def listed(words: list[str]) -> str:
    """Return words as a list of a file."""
    return f"[{', '.join(map(quoted, words))}]"


def quoted(text: str) -> str:
    """Return a text between quotes; nothing where it is empty, or has quotes of its own."""
    return f'"{text}"' if text and '"' not in text and "\\" not in text else ""


def suggest_date(text: str) -> str:
    """Return a day, a month or a year, from 31/03/2026, « mars 2026 » or 2026.

    A month and a year stand between quotes, as TOML has it.
    """
    said = ["1" if part == "1er" else part for part in folded(text).split("-")]
    parts = [str(_MONTH.get(part, part)) for part in said]
    if len(parts[0]) != _YEAR:
        parts.reverse()
    if len(parts) == _WHOLE and len(parts[0]) == _CENTURY:
        parts[0] = f"20{parts[0]}"
    if len(parts[0]) != _YEAR or not all(part.isdigit() for part in parts):
        return ""
    try:
        iso = date(*[*map(int, parts), 1, 1][: max(len(parts), _WHOLE)]).isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
    return iso if len(parts) == _WHOLE else quoted(iso[: _YEAR if len(parts) == 1 else _MONTHLY])


_MONTH = {folded(month): place for place, month in enumerate(MONTHS, start=1)}
_YEAR, _MONTHLY, _CENTURY, _WHOLE = 4, 7, 2, 3


def suggest_number(text: str) -> str:
    """Return a phone number, from one with dots, with +33, or without a space."""
    national = re.sub(r"^\s*(?:\+|00)33\s*(?:\(0\))?", "0", text)
    digits = re.sub(r"[\s.()/-]", "", national)
    if not is_phone(digits):
        return ""
    return quoted(" ".join(re.findall("..", digits)) if len(digits) == _LONG else digits)


_LONG = 10


def suggest_hours(text: str) -> str:
    """Return `"24/7"` where words say so."""
    return '"24/7"' if re.search(r"24\s*h|24/24|jour et nuit", text.lower()) else ""


def suggest_address(text: str) -> str:
    """Return an address, from one without https:// or between angle brackets."""
    bare = re.sub(r"^(?:https?://)?", "", text.strip(" <>"))
    return quoted(f"https://{bare}" if re.match(ADDRESS_PATTERN, f"https://{bare}") else "")
