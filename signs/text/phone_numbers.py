"""Phone numbers as people write them: labels, prefixes, extensions, two numbers in one line."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from signs.text.normalize import without_accents
from signs.text.typography import NBSP


class Dialled(NamedTuple):
    """What a person meant by a text in the place of one phone number."""

    number: str = ""
    """As it is dialled in its own territory, in groups; empty where no number can be told."""
    extension: str = ""
    """« poste 12 », which is no part of the number."""
    several: bool = False
    """Whether the text holds another number too."""
    absent: bool = False
    """Whether it says that there is none: « Néant », « -- »."""


def in_full(number: str | None, extension: str | None) -> str:
    r"""Return a number as it is said: with the extension to ask for, or that alone.

    Examples
    --------
    >>> in_full("01 23 45 67 89", "12"), in_full(None, "4512")
    ('01 23 45 67 89, poste\xa012', 'poste\xa04512')
    """
    said = f"poste{NBSP}{extension}" if extension else ""
    return ", ".join(filter(None, (number, said)))


_FRANCE, _SAINT_PIERRE = 33, 508
_PACIFIC = (681, 687, 689)
_TERRITORIES = (_FRANCE, 262, _SAINT_PIERRE, 590, 594, 596, *_PACIFIC)
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM")
_SHORT, _WITHOUT_ZERO = 6, 9

_NONE = re.compile(
    r"\W*(?:neant|nc|n/?a|sans|aucun\w*|inconnue?|non communique|pas de \w+|x+|-*)\W*"
)
_EXTENSION = re.compile(
    r"[\s,;:(/-]*\b(?:puis\s+)?(?:postes?|p\.|int\.?|interne|ext\.?|extension|"
    r"(?P<key>touche|tapez|taper|choix))\s*(?:n[°o]\s*)?:?\s*(?P<digits>\d{1,6})\s*\)?\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<digits>\(?\+?\d(?:[\d\s.()/-]*[\d)])?)(?P<after>\D*)$")
_BETWEEN = re.compile(r"\s*(?:/|;|,|\bou\b|\bet\b|\bpuis\b)\s*", re.IGNORECASE)
_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
_DIGITS_MISREAD = re.compile(r"(?<!\w)(?=[OoIl]*\d)[\dOoIl]+(?!\w)")


def dialled(text: str) -> Dialled:
    """Return what a text means in the place of one French phone number.

    Examples
    --------
    >>> dialled("Tél. : +33 (0)1.23.45.67.89 poste 12")
    Dialled(number='01 23 45 67 89', extension='poste 12', several=False, absent=False)
    >>> dialled("+262 262 90 00 00").number, dialled("(687) 25 00 00").number
    ('0262 90 00 00', '25 00 00')
    >>> dialled("01 23 45 67 89 / 01 23 45 67 90").several, dialled("Néant").absent
    (True, True)
    """
    plain = _plain(text)
    if _NONE.fullmatch(without_accents(plain).lower()):
        return Dialled(absent=True)
    extension = ""
    if found := _EXTENSION.search(plain):
        plain, extension = (
            plain[: found.start()],
            f"{'touche' if found['key'] else 'poste'} {found['digits']}",
        )
    number = _one_number(plain)
    if number:
        return Dialled(number, extension)
    parts = [part for part in _BETWEEN.split(plain) if re.search(r"\d", part)]
    numbers = [number for part in parts if (number := _one_number(part))]
    return Dialled(numbers[0] if numbers else "", extension, several=len(parts) > 1)


def _plain(text: str) -> str:
    """Return a text with ordinary spaces, hyphens and digits, and nothing invisible."""
    letters = []
    for letter in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(letter)
        if category == "Pd" or letter == "\u2212":
            letters.append("-")
        elif category == "Nd":
            letters.append(str(unicodedata.digit(letter)))
        elif category.startswith("Z") or letter in "\t\n":
            letters.append(" ")
        elif category not in ("Cf", "Cc"):
            letters.append(letter)
    return _DIGITS_MISREAD.sub(
        lambda found: found[0].translate(_LETTERS_FOR_DIGITS), "".join(letters).strip()
    )


def _one_number(text: str) -> str:
    """Return the number of a text that holds one, whatever is said around it; empty otherwise."""
    found = _NUMBER.search(text)
    if found is None or re.search(r"\d", text[: found.start()]):
        return ""
    digits = found["digits"]
    if pacific := re.match(r"\((68[179])\)", digits):
        digits = f"+{pacific[1]}{digits[pacific.end() :]}"
    digits = re.sub(r"[^\d+]", "", digits)
    if len(digits) <= _SHORT and digits.isdigit():
        return _in_pairs(digits) if len(digits) == _SHORT and digits[0] != "1" else digits
    digits = re.sub(r"^00", "+", digits)
    if re.fullmatch(r"33\d{9}", digits):
        digits = f"+{digits}"
    return _in_pairs(digits) if re.fullmatch(r"[48]\d{7}", digits) else _national(digits)


def _national(digits: str) -> str:
    """Return a long number as it is dialled in its territory; empty where there is none such."""
    from phonenumbers import (  # noqa: PLC0415 (importing it takes longer than reading a list)
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        is_valid_number,
        parse,
    )

    if re.fullmatch(r"[1-9]\d{8}", digits):  # a spreadsheet took the zero away
        digits = f"0{digits}"
    try:
        candidates = [parse(digits, region) for region in _REGIONS]
    except NumberParseException:
        return ""
    number = next(filter(is_valid_number, candidates), candidates[0])
    code, significant = number.country_code, str(number.national_number)
    if code not in _TERRITORIES or not is_possible_number(number):
        return ""
    if code in _PACIFIC:
        return _in_pairs(significant)
    if code == _SAINT_PIERRE and len(significant) == _SHORT:
        return f"0{code} {_in_pairs(significant)}"
    written = format_number(number, PhoneNumberFormat.NATIONAL)
    return re.sub(r"\D+", " ", written) if len(significant) == _WITHOUT_ZERO else ""


def _in_pairs(digits: str) -> str:
    return " ".join(re.findall("..", digits))
