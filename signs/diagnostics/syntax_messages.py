"""What the parser of TOML objects to, said in French: where, what was found, what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.suggestions import folded, listed, quoted, suggest_date, suggest_number
from signs.model.nouns import NOUNS
from signs.model.sign_list import KINDS

if TYPE_CHECKING:
    import tomllib

_AT = re.compile(r"^(?P<what>.*?)(?: \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\))$")
_TWICE = (
    "Gardez-en une seule ; si une nouvelle entrée commence ici, écrivez d'abord son en-tête, "
    "comme [[signe]]."
)
# What to write, on the line at hand: {key} is its own word, {value} what stands after « = ».
_WRITE_KEY = 'Écrivez : {key} = "…".'
_WRITE_VALUE = 'Écrivez : {key} = "{value}".'
_TWO_BRACKETS = "Un en-tête s'écrit avec deux crochets de chaque côté."
_WRITE_HEADING = "Écrivez : [[{heading}]], seul sur sa ligne."
# The parser's sentences, and ours.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        r"Cannot overwrite a value|Cannot mutate|Cannot declare",
        "La même ligne est écrite deux fois.",
        _TWICE,
    ),
    (
        r"Unterminated string|Illegal character '\\n'|Expected \"'\"|Expected '\"'",
        "Un guillemet manque à la fin d'un texte.",
        "Fermez le texte par un guillemet (\"), ou par trois s'il tient sur plusieurs lignes.",
    ),
    (r"Unclosed array", "Un crochet « ] » manque à la fin d'une liste.", "Ajoutez-le."),
    (r"Expected '=' after a key", "Le signe « = » manque après le premier mot.", _WRITE_KEY),
    (
        r"Invalid initial character for a key part|Invalid statement",
        "Cette ligne ne commence pas comme il faut : un nom, puis le signe « = ».",
        'Écrivez par exemple : libelle = "…" ; un texte de plusieurs lignes se met entre trois '
        "guillemets.",
    ),
    (
        r"Expected newline or end of document",
        "Il y a quelque chose de trop après la valeur.",
        "Écrivez une seule valeur par ligne ; dans un texte, les guillemets s'écrivent « ainsi », "
        "et "
        "une remarque commence par #.",
    ),
    (
        r"Invalid value",
        "Ce qui suit le signe « = » n'est pas compris.",
        "Un texte se met entre guillemets droits. " + _WRITE_KEY,
    ),
    (
        r"Unescaped '\\'|Unescaped",
        "Une barre « \\ » n'est pas comprise dans un texte.",
        "Retirez-la, ou doublez-la.",
    ),
    (
        r"Illegal character|Found invalid character",
        "Un caractère invisible est de trop.",
        "Effacez cette ligne, puis retapez-la.",
    ),
    (r"Expected ']]?'", _TWO_BRACKETS, _WRITE_HEADING),
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


_FLAGS = sorted(
    field.alias or name
    for kind in KINDS.values()
    for name, field in kind.entry.model_fields.items()
    if field.annotation is bool
)
_INVISIBLE = "\u00a0\u202f\u2009\u200b\ufeff"
# What a trainer typed, recognized by the look of the line the parser stopped at.
_WRITTEN: tuple[tuple[str, str, str], ...] = (
    (
        r"(?:<{7}|={7}|>{7}|\|{7})",
        "Deux versions du fichier ont été fusionnées, et il reste à choisir.",
        "Gardez le texte qui convient, puis effacez les lignes qui commencent par <<<<<<<, "
        "======= ou >>>>>>>.",
    ),
    (
        r"\s*\||[^=\"']*\t[^=\"']*\t",
        "Cette ligne vient d'un tableau.",
        'Écrivez chaque valeur sur sa ligne, comme libelle = "…".',
    ),
    (
        rf"[^\"'#]*[{_INVISIBLE}]|.*[\"'][{_INVISIBLE}]+$",
        "Une espace invisible (insécable) gêne la lecture.",
        "Effacez les espaces autour du signe « = » et en fin de ligne, puis retapez-les.",
    ),
    (
        rf"\s*[\[(«{{][\[(«{{\s]*[\w-]+[\])»}}\s]*(?:#.*)?$|\s*(?:{'|'.join(NOUNS)})s?\s*$",
        _TWO_BRACKETS,
        _WRITE_HEADING,
    ),
    (
        r"\s*\[\[[^\]]*\]\]\s*[^\s#]",
        "Un en-tête est seul sur sa ligne.",
        "Écrivez [[{heading}]], puis le reste à la ligne.",
    ),
    (
        r"\s*(?:<!DOCTYPE|<\?xml|<html|\{\\rtf|\{\s*\"|\{\s*$)",
        "Ce fichier n'a pas été enregistré comme du texte simple.",
        "Dans le logiciel qui l'a fait : « Enregistrer sous », texte brut, encodage UTF-8.",
    ),
    (
        r"\s*[\w-]+(?:[ \t]+[\w-]+)+\s*=",
        "Le nom d'une ligne s'écrit sans espace.",
        "Écrivez « {key} », puis le signe « = ».",
    ),
    (r"[^=\"]*=\s*[=>:]", "Le signe « = » s'écrit seul, une fois.", "Effacez le signe de trop."),
    (
        r"[^=\"]*=\s*\[[\s\w,-]*[^\W\d_]",
        "Dans une liste, chaque mot se met entre guillemets.",
        "Écrivez : {key} = {items}.",
    ),
    (r"[^=\"]*=\s*\d+,\d", "Un nombre s'écrit sans virgule.", "Écrivez un nombre entier."),
    (
        r"\s*(?![\"'#\[])[\w-]*[^\x00-\x7f]\S*\s*=",
        "Le nom d'une ligne s'écrit sans accent.",
        "Écrivez « {key} », puis le signe « = ».",
    ),
    (r"\s*//", "Une remarque commence par #.", "Remplacez « // » par #."),
    (
        r"[^=\"]*=\s*[“”„«»‘’]",
        "Les guillemets de ce texte ne sont pas droits.",
        _WRITE_VALUE,
    ),
    (
        r"[^=\"]*=\s*\"[^\"]*[“”„»]\s*$",
        "Le guillemet qui ferme ce texte n'est pas droit.",
        _WRITE_VALUE,
    ),
    (
        rf"\s*(?:{'|'.join(_FLAGS)})\s*=\s*(?:(?i:oui|non|vrai|faux)|True|False|TRUE|FALSE)\b",
        "Oui s'écrit true, et non s'écrit false, sans majuscule.",
        "Écrivez : {key} = true, ou {key} = false.",
    ),
    (
        r"\s*(?:telephone|sms)\s*=\s*[+\d(]",
        "Un numéro se met entre guillemets.",
        "Écrivez : {key} = {number}.",
    ),
    (
        r"[^=\"]*=\s*\d+(?:[/.-]|\s+[^\W\d_])",
        "Cette date n'existe pas, ou n'est pas écrite comme il faut.",
        "Écrivez : {key} = {date}.",
    ),
    (
        r"\s*[\w-]+\s*=\s*(?:#.*)?$",
        "Il n'y a rien après le signe « = ».",
        "Écrivez la valeur sur la même ligne, ou retirez la ligne.",
    ),
    (
        r"\s*[\w-]+\s*=\s*\{",
        "Plusieurs valeurs se mettent entre crochets, et non entre accolades.",
        'Écrivez par exemple : pour = ["vous", "eleve"].',
    ),
    (r"\s*[\w-]+\s*=\s*[^\W\d_]", "Un texte se met entre guillemets.", _WRITE_VALUE),
    (
        r"\s*[\w-]+\s*:",
        "Le nom d'une ligne est suivi du signe « = », et non de deux points.",
        _WRITE_KEY,
    ),
    (
        r"\s*[-*•–]\s",
        "Cette ligne est hors du texte : un tiret ne commence une ligne qu'entre trois guillemets.",
        'Ouvrez le texte par """ et fermez-le par """, après cette ligne.',
    ),
    (
        r"\s*[^\W\d_][^=\[\"]*\s[^=\[\"]*\s[^=\[\"]*$",
        'Cette ligne n\'est ni une valeur, comme libelle = "…", ni une remarque.',
        "Une remarque commence par # ; la suite d'un texte reste entre ses guillemets.",
    ),
    (r"[^=\"]*=\s*0\d", "Un nombre ne commence pas par 0.", "Écrivez par exemple : rang = 10."),
    (
        r"[^=\"]*=\s*(?:\"[^\"]*\"|'[^']*'|[\w.]+|\[.*\])\s*[,;]\s*(?:#.*)?$",
        "La ligne finit par un signe de trop.",
        "Retirez la virgule ou le point-virgule de la fin.",
    ),
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
    lines = text.split("\n")
    remedy = _filled(remedy, lines[min(line, len(lines)) - 1].strip("\r"))
    return line, f"{message.rstrip('.')} (colonne {column}).", remedy


_LINE = re.compile(
    rf"[\s{_INVISIBLE}]*(?P<key>[^=:\"{_INVISIBLE}]*?)[\s{_INVISIBLE}]*(?:[=:]|$|(?=\"))(?P<value>.*)"
)


_LONGEST_KEY = 20


def _filled(remedy: str, written: str) -> str:
    """Return a remedy with the words of the line it is about."""
    if "{" not in remedy:
        return remedy
    found = _LINE.match(written)
    key = folded(found["key"]).replace("-", "_") if found else ""
    value = (found["value"] if found else "").strip(" \t\"'“”„«»‘’,;" + _INVISIBLE)
    heading = re.search(r"[\w-]+", written)
    return remedy.format(
        key=key if 0 < len(key) < _LONGEST_KEY else "libelle",
        value=value if quoted(value) else "…",
        number=suggest_number(value) or '"01 23 45 67 89"',
        items=listed(re.findall(r"[\w-]+", value)),
        date=suggest_date(value) or '2026-03-31, ou "2026-03" si le jour n\'est pas connu',
        heading=heading[0] if heading else "signe",
    )


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
    return line, column, "Cette ligne n'est pas comprise.", _WRITE_KEY


def _elsewhere(
    what: str, lines: list[str], line: int, column: int
) -> tuple[int, int, str, str] | None:
    """Return what is wrong because of another line, where that is so."""
    written = lines[min(line, len(lines)) - 1]
    if re.match(r"Cannot overwrite", what) and (first := _said_before(lines, line)):
        return (
            line,
            column,
            "La même ligne est écrite deux fois dans cette entrée.",
            f"L'autre est ligne {first}. {_TWICE}",
        )
    if what == "Unclosed array" and written[column - 1 : column] in {'"', "'", ";"}:
        return (
            line,
            column,
            "Une virgule manque entre deux éléments d'une liste.",
            'Écrivez par exemple : ["sommeil", "isolement"].',
        )
    if what == "Unclosed array" and written.count('"') % 2:
        return (
            line,
            column,
            "Un guillemet manque dans une liste.",
            'Chaque mot se met entre guillemets, comme ["sommeil", "isolement"].',
        )
    if opened := _open_list(lines, line):
        return (
            opened,
            lines[opened - 1].index("[") + 1,
            "Un crochet « ] » manque à la fin d'une liste.",
            "Ajoutez-le après le dernier élément.",
        )
    return None
