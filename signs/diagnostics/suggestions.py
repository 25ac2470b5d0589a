"""Suggest a corrected TOML literal for a malformed value.

Each function returns what to write after « = », quotes included, or an empty string.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from signs.model.fields import (
    ALWAYS,
    PORT,
    is_address,
    is_mail,
    is_pacific,
    is_page_address,
    is_phone,
)
from signs.model.identity import department_of
from signs.text.hours_in_french import suggest_notation
from signs.text.normalize import folded, nearest
from signs.text.phone_numbers import dialled
from signs.text.typography import MONTHS


def synonym(key: str, text: str) -> str | None:
    """Return the value of a key that people call otherwise: for `role`, « Proviseure »."""
    return _synonyms().get(key, {}).get(folded(text))


@cache
def _synonyms() -> dict[str, dict[str, str]]:
    file = Path(__file__).parent / "synonyms.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def suggest_id(text: str) -> str:
    """Return the id that a text would make."""
    dashed = re.sub(r"[–—]", "-", text)
    return quoted(folded(dashed))


def suggest_ids(text: str) -> str:
    """Return the list of the ids separated by commas in a text; or « toujours »."""
    parts = [part.strip() for part in re.split(r"[,;]", text)]
    if nearest(text, (ALWAYS,), alike=0.8):
        return quoted(ALWAYS)
    return listed(parts) if all(part and folded(part) == part for part in parts) else ""


def suggest_departments(text: str) -> str:
    """Return the list of the codes of départements in a text, however they are written."""
    codes = [department_of(part) for part in re.findall(r"\w+", text)]
    return listed(codes) if codes and all(codes) else ""


def listed(words: list[str]) -> str:
    """Return words as a TOML array."""
    return f"[{', '.join(map(quoted, words))}]"


def quoted(text: str) -> str:
    """Return a text between quotes; empty where it is empty, or contains quotes."""
    return f'"{text}"' if text and '"' not in text and "\\" not in text else ""


def suggest_date(text: str) -> str:
    """Return a day, a month or a year, from 31/03/2026, « mars 2026 » or 2026.

    A month or a year is quoted, as TOML requires.
    """
    words = ["1" if part == "1er" else part for part in folded(text).split("-")]
    parts = [str(_MONTH.get(part, part)) for part in words]
    if len(parts[0]) != _YEAR:
        parts.reverse()
    if len(parts) == _FULL_DATE and len(parts[0]) == _CENTURY:
        parts[0] = f"20{parts[0]}"
    if len(parts[0]) != _YEAR or not all(part.isdigit() for part in parts):
        return ""
    try:
        iso = date(*[*map(int, parts), 1, 1][: max(len(parts), _FULL_DATE)]).isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""
    return (
        iso if len(parts) == _FULL_DATE else quoted(iso[: _YEAR if len(parts) == 1 else _MONTHLY])
    )


_MONTH = {folded(month): number for number, month in enumerate(MONTHS, start=1)}
_YEAR, _MONTHLY, _CENTURY, _FULL_DATE = 4, 7, 2, 3


def suggest_number(text: str, *, local: bool = False) -> str:
    """Return the phone number that a text means, however it is written.

    Parameters
    ----------
    local
        Whether numbers of the Pacific are meant too, which are dialled from there only.
    """
    number = dialled(text).number
    return quoted(number) if is_phone(number) or (local and is_pacific(number)) else ""


def suggest_extension(text: str) -> str:
    """Return the digits of an extension, from a text that has no others."""
    digits = re.findall(r"\d+", re.sub(r"(?<=\d)[ .](?=\d)", "", text))
    return quoted(digits[0]) if len(digits) == 1 and len(digits[0]) <= _LONGEST_EXTENSION else ""


_LONGEST_EXTENSION = 6


def suggest_hours(text: str) -> str:
    """Return days and hours in the notation of files, from how people write them."""
    return quoted(suggest_notation(text))


def suggest_address(text: str) -> str:
    """Return an address, from one without https://, in capitals, or between angle brackets."""
    bare = re.sub(r"^(?:https?://)?", "", text.strip(" <>"), flags=re.IGNORECASE)
    host = re.match(r"[^/?#]*", bare)
    address = f"https://{host[0].lower()}{bare[host.end() :]}" if host else ""
    return quoted(address if is_address(address) else "")


def suggest_page_address(text: str) -> str:
    """Return the address of a page, where a text is one."""
    return quoted(text if is_page_address(text) else "")


def unknown_port(text: str) -> tuple[str, str] | None:
    """Return the port of an address that has one too high or 0, and the address without it."""
    found = re.fullmatch(
        r"<?((?:https?://)?[^/?#\s:]+):([0-9]+)([/?#]\S*?)?>?", text, re.IGNORECASE
    )
    if found is None or re.fullmatch(PORT, found[2]):
        return None
    return found[2], found[1] + (found[3] or "")


def suggest_mail(text: str) -> str:
    """Return a mail address, from one with « mailto: », « (at) » or angle brackets."""
    bare = re.sub(r"^\s*(?:mailto|courriel|mail|e-?mail)\s*:\s*", "", text, flags=re.IGNORECASE)
    bare = re.sub(r"\s*(?:[(\[]\s*(?:at|arobase)\s*[)\]]|@)\s*", "@", bare, flags=re.IGNORECASE)
    found = re.search(r"[^\s<>@;,]+@[^\s<>@;,]+", bare)
    return quoted(found[0] if found and is_mail(found[0]) else "")


def spaced_number(text: str) -> str:
    """Return a phone number as it is written in France; empty where it is none."""
    number = dialled(text).number
    return number if is_phone(number) else ""
