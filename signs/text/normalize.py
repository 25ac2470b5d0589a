"""Normalize text: as it is read, for comparison, and for names that people mistype.

What the eye sees decides. Two texts that look alike (composed or decomposed accents, hidden
characters) are one where files are read; ligatures, wide or mathematical letters, borrowed
alphabets, capitals and apostrophes make no difference where texts are compared.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# --- As it is read ------------------------------------------------------------------------------

_INVISIBLE_RANGES = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Categories Cc (but tab and line feed), Cf (but the visible Arabic and Syriac signs), Zl and Zp,
and what Unicode says to ignore by default: a test holds the two equal."""
_PICTURE = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_JOINED_SCRIPTS = "\u0600-\u0dff"  # from Arabic to Sinhala: joiners are spelling there
# Part of what is seen: an emoji made of several, its presentation, the flag of a nation; a joiner
# in a script that needs it.
_LEGITIMATE = (
    rf"(?:(?<=[{_PICTURE}])[\ufe0e\ufe0f]|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    rf"|(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])"
    r"|(?<=[ÂÃâ€])[\x80-\x9f]"  # half of a damaged letter, which is seen and reported as such
    r"|(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f"
    rf"|(?<=[{_JOINED_SCRIPTS}])[\u200c\u200d](?=[{_JOINED_SCRIPTS}]))"
)
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = re.compile(rf"{_LEGITIMATE}|(?P<hidden>[{_INVISIBLE_RANGES}])")
_INVISIBLE_BESIDE_HEBREW_OR_ARABIC = re.compile(
    rf"{_LEGITIMATE}|[{_DIRECTIONS}]|(?P<hidden>[{_INVISIBLE_RANGES}])"
)
_RIGHT_TO_LEFT = re.compile("[\u0591-\u061b\u061d-\u08ff]")
_ANY_INVISIBLE = re.compile(rf"[{_INVISIBLE_RANGES}]")
LINE_SEPARATORS = "\u2028\u2029\x85\x0b\x0c"
"""Characters that some programs show as the end of a line, and TOML does not."""


def as_read(text: str) -> str:
    r"""Return a text as the eye reads it: composed accents, no hidden character.

    A separator of lines is read as a line feed; an emoji made of several keeps its joiners.

    Examples
    --------
    >>> as_read("de\u0301\u00adpression\u200b")
    'dépression'
    """
    if is_as_read(text):
        return text
    if _ANY_INVISIBLE.search(text):
        text = _hidden_in(text).sub(_seen, text)
    return unicodedata.normalize("NFC", text)


def is_as_read(text: str) -> bool:
    """Tell whether `as_read` changes nothing, faster: texts nearly always are."""
    return not _ANY_INVISIBLE.search(text) and unicodedata.is_normalized("NFC", text)


def _seen(match: re.Match[str]) -> str:
    hidden = match["hidden"]
    if hidden is None:
        return match[0]
    return "\n" if hidden in LINE_SEPARATORS else ""


def _hidden_in(text: str) -> re.Pattern[str]:
    """Return what finds the hidden characters of a text; direction is spelling in some scripts."""
    return _INVISIBLE_BESIDE_HEBREW_OR_ARABIC if _RIGHT_TO_LEFT.search(text) else _INVISIBLE


def hidden_characters(text: str) -> list[str]:
    r"""Return the hidden characters of a text, each once, in order.

    Examples
    --------
    >>> hidden_characters("dé\u00adpres\u200bsion \U0001f469\u200d\U0001f52c")
    ['\xad', '\u200b']
    """
    if not _ANY_INVISIBLE.search(text):
        return []
    found = (match["hidden"] for match in _hidden_in(text).finditer(text))
    return list(dict.fromkeys(each for each in found if each))


_NAMES = {
    "\xad": "un trait d'union conditionnel",
    "\u034f": "un liant sans effet",
    "\u200b": "une espace sans largeur",
    "\u200c": "un antiliant",
    "\u200d": "un liant",
    "\u2060": "un liant de mots",
    "\u2028": "un séparateur de lignes",
    "\u2029": "un séparateur de paragraphes",
    "\x85": "un saut de ligne d'un autre système",
    "\x0b": "une tabulation verticale",
    "\x0c": "un saut de page",
    "\ufeff": "une marque de début de fichier",
    "\u3164": "un blanc coréen",
}
_RANGES = (
    (re.compile(f"[{_DIRECTIONS}]"), "une marque de sens d'écriture"),
    (re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180f]"), "un sélecteur de variante"),
    (re.compile("[\U000e0000-\U000e007f]"), "une étiquette cachée"),
    (re.compile(r"[\x00-\x1f\x7f-\x9f]"), "un caractère de commande"),
)


def hidden_name(character: str) -> str:
    r"""Return the French name of a hidden character, with its code.

    Examples
    --------
    >>> hidden_name("\u00ad"), hidden_name("\u202e")
    ("un trait d'union conditionnel (U+00AD)", "une marque de sens d'écriture (U+202E)")
    """
    name = _NAMES.get(character) or next(
        (name for pattern, name in _RANGES if pattern.match(character)), "un caractère sans dessin"
    )
    return f"{name} (U+{ord(character):04X})"


# --- For comparison -----------------------------------------------------------------------------

# Letters of other alphabets drawn like ours, and what people type for an apostrophe or a hyphen.
_CYRILLIC = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408"
    "\u0405"
)
_GREEK = (
    "\u03b1\u03bf\u03b9\u03c1\u03c5\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c"
    "\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
_APOSTROPHES = "\u2019\u02bc\u2018\u201b\u2032`\u00b4\uff07"
_HYPHENS = "\u2010\u2011\u2012\u2212"
_LOOKALIKES = str.maketrans(
    dict(zip(_CYRILLIC, "aeopcyxijshdqwABEKMHOPCTYXIJS", strict=True))
    | dict(zip(_GREEK, "aoipuvABEZHIKMNOPTYX", strict=True))
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, "-")
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ß": "ss"})
# Letters and marks that few texts have: most need no more than one apostrophe for another.
_EXOTIC = re.compile(
    r"[^\x00-_a-\u00b3\u00b5-\u00ff\u0152\u0153\u2013-\u2017\u2019-\u201a\u201c-\u2027\u202f\u20ac]"
)


@lru_cache(maxsize=8192)  # by the rules on words, then by those on verdicts
def for_comparison(text: str) -> str:
    r"""Return a text with the letters that it seems to have, to look for words in it.

    Compatibility letters (ﬁ, wide, mathematical) and look-alikes of other alphabets become ours,
    apostrophes and hyphens are all one, runs of spaces of any kind are one space. Capitals and
    accents stay.

    Examples
    --------
    >>> for_comparison("L’\uff45\u0301lève\u00a0: \ufb01n")
    "L'élève : fin"
    """
    text = as_read(text)
    if _ANY_INVISIBLE.search(text):  # part of an emoji or of another script, and of no word here
        text = _ANY_INVISIBLE.sub("", text.replace("\n", " "))
    if _EXOTIC.search(text):
        text = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    return " ".join(text.replace("\u2019", "'").split())


def without_accents(text: str) -> str:
    """Return a text in ASCII letters: « Après » is « Apres »; other characters are dropped."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return letters.encode("ascii", "ignore").decode()


def folded(text: str) -> str:
    """Return a text in the form of an id, without accents or capitals: « À noter ! » is `a-noter`.

    Empty where it has no letter and no digit.
    """
    return "-".join(re.findall(r"[a-z0-9]+", without_accents(text).lower()))


# --- Names that people mistype ------------------------------------------------------------------


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return « Vouliez-vous dire … ? » with a leading space, or nothing when no name is near.

    Examples
    --------
    >>> suggestion("libele", ["id", "libelle"])
    ' Vouliez-vous dire « libelle » ?'
    >>> suggestion("x", ["id", "libelle"])
    ''
    """
    near = nearest(name, known)
    return f" Vouliez-vous dire « {near} » ?" if near else ""


def nearest(name: str, known: Iterable[str], *, alike: float = 0.6) -> str | None:
    """Return the known name that looks most like this one; `None` when none does.

    Accents and capitals make no difference: « Après » is nearest to « apres ».

    Examples
    --------
    >>> nearest("Après", ["avant", "apres"])
    'apres'
    >>> nearest("jamais", ["avant", "apres"]) is None
    True
    """
    return next(iter(nearest_names(name, known, alike=alike, most=1)), None)


def nearest_names(name: str, known: Iterable[str], *, alike: float = 0, most: int = 3) -> list[str]:
    """Return the known names that look most like this one, the nearest first.

    Examples
    --------
    >>> nearest_names("avent", ["avant", "apres", "pendant", "ensuite"])
    ['avant', 'pendant', 'ensuite']
    """
    plain: dict[str, str] = {}
    for each in known:
        plain.setdefault(_plain(each), each)
    return [plain[each] for each in get_close_matches(_plain(name), plain, n=most, cutoff=alike)]


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return a name without accents, capitals and separators, which people often mistype."""
    return (
        without_accents(name).lower().strip().replace(" ", "-").replace("_", "-").replace("'", "")
    )
