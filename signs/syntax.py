"""What the parser of TOML objects to, said in French: where, what was found, what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tomllib

_AT = re.compile(r"^(?P<what>.*?)(?: \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\))$")
_TWICE = (
    "Gardez une seule des deux lignes ; si une nouvelle entrée commence ici, écrivez d'abord "
    "son en-tête, comme [[signe]]."
)
# The parser's sentences, and ours.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        r"Cannot overwrite a value|Cannot mutate|Cannot declare",
        "La même clé est écrite deux fois.",
        _TWICE,
    ),
    (
        r"Unterminated string|Illegal character '\\n'|Expected \"'\"|Expected '\"'",
        "Un guillemet manque à la fin d'un texte.",
        "Fermez le texte par un guillemet (\"), ou par trois s'il tient sur plusieurs lignes.",
    ),
    (r"Unclosed array", "Un crochet « ] » manque à la fin d'une liste.", "Ajoutez-le."),
    (
        r"Expected '=' after a key",
        "Le signe « = » manque après une clé.",
        'Écrivez : clé = "valeur".',
    ),
    (
        r"Invalid initial character for a key part|Invalid statement",
        "Cette ligne ne commence pas par une clé.",
        'Écrivez : clé = "valeur", sans accent dans la clé ; un texte long se met entre trois '
        "guillemets.",
    ),
    (
        r"Expected newline or end of document",
        "Il y a quelque chose de trop après la valeur.",
        "Un guillemet dans un texte se remplace par « ou » ; une remarque commence par #.",
    ),
    (
        r"Invalid value",
        "La valeur n'est pas comprise.",
        'Un texte se met entre guillemets droits : clé = "valeur".',
    ),
    (
        r"Unescaped '\\'|Unescaped",
        "Une barre « \\ » n'est pas comprise dans un texte.",
        "Retirez-la, ou doublez-la.",
    ),
    (
        r"Illegal character|Found invalid character",
        "Un caractère qui ne s'écrit pas est de trop.",
        "Effacez cette ligne, puis retapez-la.",
    ),
    (r"Expected ']]?'", "Un crochet manque dans l'en-tête.", "Écrivez par exemple : [[signe]]."),
    (
        r"Invalid (?:date|datetime)|Invalid time",
        "La date n'existe pas.",
        "Écrivez par exemple : 2026-03-31.",
    ),
)


_KEY = re.compile(r"\s*([\w-]+)\s*=")


def _said_before(lines: list[str], line: int) -> int | None:
    """Return the line where the key of this one stands already, in the same block."""
    key = _KEY.match(lines[line - 1])
    for number in range(line - 1, 0, -1):
        if lines[number - 1].lstrip().startswith("["):
            return None
        if key and (found := _KEY.match(lines[number - 1])) and found[1] == key[1]:
            return number
    return None


def _open_list(lines: list[str], line: int) -> int | None:
    """Return the line of a list that is still open where the parser stopped."""
    for number in range(min(line, len(lines)) - 1, 0, -1):
        before = lines[number - 1]
        if re.match(r"\s*[\w-]+\s*=\s*\[", before):
            inside = re.sub(r'"[^"]*"|#.*', "", "\n".join(lines[number - 1 : line - 1]))
            return number if inside.count("[") > inside.count("]") else None
        if re.match(r"\s*(?:[\w-]+\s*=|\[)", before):
            return None
    return None


def _left_open(lines: list[str]) -> int | None:
    """Return the line of a long text that was never closed: another one opens inside it."""
    opened = None
    for number, line in enumerate(lines, start=1):
        if opened and re.match(r'[\w-]+\s*=\s*"""', line):
            return opened
        if line.count('"""') % 2:
            opened = None if opened else number
    return opened


_INVISIBLE = "\u00a0\u202f\u2009\u200b\ufeff"
# What a trainer typed, recognized by the look of the line the parser stopped at.
_WRITTEN: tuple[tuple[str, str, str], ...] = (
    (
        rf"[^\"'#]*[{_INVISIBLE}]|.*[\"'][{_INVISIBLE}]+$",
        "Une espace qui ne se voit pas (insécable) gêne la lecture.",
        "Effacez les espaces autour du signe « = » et en fin de ligne, puis retapez-les.",
    ),
    (
        r"\s*\[(?!\[)\s*[\w-]+\s*\]",
        "Un en-tête s'écrit avec deux crochets de chaque côté.",
        "Écrivez par exemple : [[signe]].",
    ),
    (
        r"\s*(?![\"'#\[])[\w-]*[^\x00-\x7f]\S*\s*=",
        "Une clé s'écrit sans accent.",
        'Écrivez par exemple : libelle = "…", sans accent sur le e.',
    ),
    (r"\s*//", "Une remarque commence par #.", "Remplacez « // » par #."),
    (
        r"[^=\"]*=\s*[“”„«»‘’]",
        "Un texte se met entre guillemets droits.",
        'Écrivez : clé = "valeur".',
    ),
    (
        r"[^=\"]*=\s*(?:(?i:oui|non|vrai|faux)|True|False|TRUE|FALSE)\b",
        "Oui s'écrit true, et non s'écrit false, sans majuscule.",
        "Écrivez par exemple : porte = false.",
    ),
    (
        r"[^=\"]*=\s*\d+[/.-]",
        "Cette date n'est pas comprise.",
        'Écrivez par exemple : 2026-03-31, ou "2026-03" si le jour n\'est pas connu.',
    ),
    (
        r"\s*[\w-]+\s*=\s*(?:#.*)?$",
        "Il n'y a rien après le signe « = ».",
        "Écrivez une valeur, ou retirez la ligne.",
    ),
    (
        r"\s*[\w-]+\s*=\s*\{",
        "Plusieurs valeurs se mettent entre crochets, et non entre accolades.",
        'Écrivez par exemple : pour = ["vous", "eleve"].',
    ),
    (
        r"\s*[\w-]+\s*=\s*[^\W\d_]",
        "Un texte se met entre guillemets.",
        'Écrivez : clé = "valeur".',
    ),
    (
        r"\s*[\w-]+\s*:",
        "Une clé est suivie du signe « = », et non de deux points.",
        'Écrivez : clé = "valeur".',
    ),
    (
        r"\s*[^\W\d_][^=\[\"]*\s[^=\[\"]*\s[^=\[\"]*$",
        "Cette ligne n'est ni « clé = valeur », ni une remarque.",
        "Une remarque commence par # ; la suite d'un texte reste entre ses guillemets.",
    ),
    (r"[^=\"]*=\s*0\d", "Un nombre ne commence pas par 0.", "Écrivez par exemple : rang = 10."),
    (
        r"[^=\"]*=\s*(\"[^\"]*\"|'[^']*')\s*,",
        "Plusieurs valeurs se mettent entre crochets.",
        'Écrivez par exemple : quand = ["sommeil", "isolement"].',
    ),
    (
        r"[^=\"]*=\s*'[^']*'\w",
        "Une apostrophe ferme le texte trop tôt.",
        'Mettez le texte entre guillemets droits ("), et non entre apostrophes.',
    ),
)


def explain_syntax(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str, str]:
    """Return the line, the message and the remedy for a file that is not sound TOML.

    The message ends with the column, counted from 1, where the parser stopped.
    """
    line, column, message, remedy = _explained(error, text)
    return line, f"{message.rstrip('.')} (colonne {column}).", remedy


def _explained(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int, str, str]:
    found = _AT.match(str(error))
    what = found["what"] if found else str(error)
    lines = text.split("\n")
    if opened := _left_open(lines):
        return (
            opened,
            lines[opened - 1].index('"""') + 1,
            "Les trois guillemets qui ferment ce texte manquent.",
            'Ajoutez """ seuls sur une ligne, après la fin du texte.',
        )
    line = int(found["line"]) if found and found["line"] else len(lines)
    column = int(found["column"]) if found and found["column"] else 1
    written = lines[min(line, len(lines)) - 1].strip("\r")
    for pattern, message, remedy in _WRITTEN:
        if re.match(pattern, written):
            return line, column, message, remedy
    if told := _elsewhere(what, lines, line, column):
        return told
    for pattern, message, remedy in _SYNTAX:
        if re.match(pattern, what):
            return line, column, message, remedy
    return line, column, "Cette ligne n'est pas comprise.", 'Écrivez : clé = "valeur".'


def _elsewhere(
    what: str, lines: list[str], line: int, column: int
) -> tuple[int, int, str, str] | None:
    """Return what is wrong because of another line, where that is so."""
    written = lines[min(line, len(lines)) - 1]
    if re.match(r"Cannot overwrite", what) and (first := _said_before(lines, line)):
        return (
            line,
            column,
            f"La même clé est écrite deux fois, la première fois ligne {first}.",
            _TWICE,
        )
    if opened := _open_list(lines, line):
        return (
            opened,
            lines[opened - 1].index("[") + 1,
            "Un crochet « ] » manque à la fin d'une liste.",
            "Ajoutez-le après le dernier élément.",
        )
    if what == "Unclosed array" and written[column - 1 : column] in {'"', "'", ";"}:
        return (
            line,
            column,
            "Une virgule manque entre deux éléments d'une liste.",
            'Écrivez par exemple : ["sommeil", "isolement"].',
        )
    return None
