"""Translate errors of the TOML parser to codes of the catalogue, with parameters from the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.diagnostics.catalog import phrases
from signs.diagnostics.reporter import Assignment, Phrase
from signs.diagnostics.suggestions import listed, quoted, suggest_date, suggest_number
from signs.diagnostics.validation_messages import line_to_write
from signs.model.academy import Academy
from signs.model.entries import ListInfo
from signs.model.keys import keys_of
from signs.model.nouns import NOUNS
from signs.model.publisher import Publisher
from signs.model.school import Contact, School
from signs.model.sign_list import KINDS
from signs.text.normalize import folded

if TYPE_CHECKING:
    import tomllib

    from signs.model.fields import Entry

_AT = re.compile(r"^(?P<what>.*?)(?: \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\))$")
# Codes, by the messages of the parser.
_SYNTAX: tuple[tuple[str, str], ...] = (
    ("duplicate-key", r"Cannot overwrite a value|Cannot mutate|Cannot declare"),
    (
        "unclosed-string",
        r"Unterminated string|Illegal character '\\n'|Expected \"'\"|Expected '\"'",
    ),
    ("unclosed-array", r"Unclosed array"),
    ("missing-equals-sign", r"Expected '=' after a key"),
    ("malformed-line", r"Invalid initial character for a key part|Invalid statement"),
    ("trailing-content", r"Expected newline or end of document"),
    ("malformed-value", r"Invalid value"),
    ("stray-backslash", r"Unescaped '\\'|Unescaped"),
    ("control-character", r"Illegal character|Found invalid character"),
    ("malformed-heading", r"Expected ']]?'"),
    ("impossible-date", r"Invalid (?:date|datetime)|Invalid time"),
)


_KEY = re.compile(r"\s*([\w-]+)\s*=")


def _previous_line_of_key(lines: list[str], line: int) -> int | None:
    """Return the line that already defines the key of this one, in the same block."""
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
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_MARKS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u0085"
_INVISIBLE = _SPACES + _MARKS
_LANGUAGES = {
    "html": r"<!DOCTYPE|<html|<head|<body",
    "json": r"\{\s*\"|\{\s*$|\[\s*\{",
    "yaml": r"---\s*$|-\s+[\w-]+\s*:(?:\s|$)|[\w-]+\s*:\s*$",
    "markdown": r"```|\*\*[^*]+\*\*\s*$",
}
"""Patterns of a line, by the language that it is in."""
# Codes, by patterns of the line where the parser stopped.
_WRITTEN: tuple[tuple[str, str], ...] = (
    ("unresolved-merge", r"(?:<{7}|={7}|>{7}|\|{7})"),
    (
        "pasted-table",
        r"\s*\||[^=\"']*\t[^=\"']*\t|[^=#\"]*;[^=#]*;|\s*[\w-]+(?:,[\w -]+){2,},?\s*$",
    ),
    ("invisible-mark", rf"[^\"'#]*[{_MARKS}]|.*[\"'][{_MARKS}]+\s*$"),
    ("invisible-space", rf"[^\"'#]*[{_SPACES}]|.*[\"'][{_SPACES}]+$"),
    (
        "malformed-heading",
        rf"\s*[\[(«{{][\[(«{{\s]*[\w-]+[\])»}}\s]*(?:#.*)?$|\s*(?:{'|'.join(NOUNS)})s?\s*$",
    ),
    ("heading-with-text", r"\s*\[\[[^\]]*\]\]\s*[^\s#]"),
    ("not-plain-text", r"\s*(?:<\?xml|\{\\rtf)"),
    ("other-language", rf"\s*(?:{'|'.join(_LANGUAGES.values())})"),
    ("space-in-key", r"\s*[\w-]+(?:[ \t]+[\w-]+)+\s*="),
    ("repeated-equals-sign", r"[^=\"]*=\s*[=>:]"),
    ("unquoted-list", r"[^=\"]*=\s*\[[\s\w,-]*[^\W\d_]"),
    ("decimal-comma", r"[^=\"]*=\s*\d+,\d"),
    ("accent-in-key", r"\s*(?![\"'#\[])[\w-]*[^\x00-\x7f]\S*\s*="),
    ("foreign-comment", r"\s*//"),
    ("curly-quotes", r"[^=\"]*=\s*[“”„«»‘’]"),
    ("curly-closing-quote", r"[^=\"]*=\s*\"[^\"]*[“”„»]\s*$"),
    (
        "malformed-boolean",
        rf"\s*(?:{'|'.join(_FLAGS)})\s*=\s*(?:(?i:oui|non|vrai|faux)|True|False|TRUE|FALSE)\b",
    ),
    ("unquoted-phone", r"\s*(?:telephone|sms)\s*=\s*[+\d(]"),
    ("malformed-date", r"[^=\"]*=\s*\d+(?:[/.-]|\s+[^\W\d_])"),
    ("missing-value", r"\s*[\w-]+\s*=\s*(?:#.*)?$"),
    ("braces-for-brackets", r"\s*[\w-]+\s*=\s*\{"),
    ("unquoted-text", r"\s*[\w-]+\s*=\s*[^\W\d_]"),
    ("colon-for-equals-sign", r"\s*[\w-]+\s*:"),
    ("stray-list-item", r"\s*[-*•–]\s"),
    ("stray-prose", r"\s*[^\W\d_][^=\[\"]*\s[^=\[\"]*\s[^=\[\"]*$"),
    ("leading-zero", r"[^=\"]*=\s*0\d"),
    ("trailing-separator", r"[^=\"]*=\s*(?:\"[^\"]*\"|'[^']*'|[\w.]+|\[.*\])\s*[,;]\s*(?:#.*)?$"),
    ("missing-brackets", r"[^=\"]*=\s*(\"[^\"]*\"|'[^']*')\s*,"),
    ("apostrophe-in-quotes", r"[^=\"]*=\s*'[^']*'\w"),
)


class SyntaxProblem(NamedTuple):
    """A syntax error, and where the parser stopped."""

    code: str
    line: int
    column: int
    """Counted from 1."""
    params: dict[str, Any]


def explain_syntax(error: tomllib.TOMLDecodeError, text: str) -> SyntaxProblem:
    """Explain why a file is not valid TOML, with parameters from the line."""
    found = _explained(error, text)
    lines = text.split("\n")
    written = lines[min(found.line, len(lines)) - 1].strip("\r")
    return found._replace(params=found.params | _words(written, _model_at(lines, found.line)))


_LINE = re.compile(
    rf"[\s{_INVISIBLE}]*(?P<key>[^=:\"{_INVISIBLE}]*?)[\s{_INVISIBLE}]*(?:[=:]|$|(?=\"))(?P<value>.*)"
)
_WITHOUT_SIGN = re.compile(r"\s*(?P<key>[\w-]+)\s+(?P<value>[^=:\"]*)$")


_LONGEST_KEY = 20


def _model_at(lines: list[str], line: int) -> type[Entry] | None:
    """Return the model of the entry that a line is in, by its heading; `None` where it has none."""
    headings = (re.match(r"\s*\[\[?\s*([\w-]+)", each) for each in reversed(lines[:line]))
    heading = next((found[1] for found in headings if found), "")
    return KINDS[heading].entry if heading in KINDS else _OF_SCHOOLS.get(heading)


_OF_SCHOOLS: dict[str, type[Entry]] = {"contact": Contact, "editeur": Publisher}
"""Models by the headings that schools write."""


def _model_of(key: str, here: type[Entry] | None) -> type[Entry] | None:
    """Return the model that a key is of: the one of its entry, or else any that has it."""
    heads = (ListInfo, School, Academy)
    known = [here, *heads, *(kind.entry for kind in KINDS.values())]
    return next((each for each in known if each and key in keys_of(each)), None)


def _words(written: str, here: type[Entry] | None) -> dict[str, Any]:
    """Return the parameters that remedies take from the line."""
    found = _WITHOUT_SIGN.match(written) or _LINE.match(written)
    key = folded(found["key"]).replace("-", "_") if found else ""
    value = (found["value"] if found else "").strip(" \t\"'“”„«»‘’,;" + _INVISIBLE)
    heading = re.search(r"[\w-]+", written)
    mark = re.search(rf"[{_INVISIBLE}]", written)
    model = _model_of(key, here)
    word = key if model or 0 < len(key) < _LONGEST_KEY else "libelle"
    assignment, meant = Assignment(word, quoted(value) or '"…"'), True
    if model:
        assignment, meant = line_to_write(word, value, model)
    return {
        "mark": _name_of(mark[0]) if mark else "",
        "clean": _without_marks(written),
        "language": Phrase(
            next(
                (name for name, seen in _LANGUAGES.items() if re.match(rf"\s*(?:{seen})", written)),
                "",
            )
        ),
        "word": word,
        "assignment": assignment,
        "example": not meant,
        "number": suggest_number(value) or '"01 23 45 67 89"',
        "items": listed(re.findall(r"[\w-]+", value)),
        "date": suggest_date(value) or '2026-03-31, ou "2026-03" si le jour n\'est pas connu',
        "heading": heading[0] if heading else "signe",
    }


def _name_of(mark: str) -> str:
    """Return an invisible character as its code and, where people may know it, its name."""
    name = next((name for name, marks in _NAMED.items() if re.match(f"[{marks}]", mark)), "")
    return f"U+{ord(mark):04X}{f', {phrases()[name]}' if name else ''}"


_NAMED = {
    "no-break-space": "\u00a0\u202f",
    "wide-space": "\u3000",
    "byte-order-mark": "\ufeff",
    "zero-width-space": "\u200b",
    "soft-hyphen": "\u00ad",
    "direction-mark": "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069",
}


def _without_marks(written: str) -> str:
    """Return a line to write instead: nothing invisible outside its text; empty if it is long."""
    parts = re.split(r'("[^"]*")', written)
    parts[::2] = [
        re.sub(rf"[{_SPACES}]", " ", re.sub(rf"[{_MARKS}]", "", part)) for part in parts[::2]
    ]
    line = "".join(parts).strip()
    return line if len(line) <= _LONGEST_LINE else ""


_LONGEST_LINE = 80


def _explained(error: tomllib.TOMLDecodeError, text: str) -> SyntaxProblem:
    found = _AT.match(str(error))
    what = found["what"] if found else str(error)
    lines = text.split("\n")
    if opened := _left_open(lines):
        column = lines[opened - 1].index('"""') + 1
        return SyntaxProblem("unclosed-long-string", opened, column, {})
    line = int(found["line"]) if found and found["line"] else len(lines)
    column = int(found["column"]) if found and found["column"] else 1
    written = lines[min(line, len(lines)) - 1].strip("\r")
    for code, pattern in _WRITTEN:
        if re.match(pattern, written):
            return SyntaxProblem(code, line, column, {})
    if elsewhere := _elsewhere(what, lines, line, column):
        return elsewhere
    for code, pattern in _SYNTAX:
        if re.match(pattern, what):
            return SyntaxProblem(code, line, column, {})
    return SyntaxProblem("unknown-syntax", line, column, {})


def _elsewhere(what: str, lines: list[str], line: int, column: int) -> SyntaxProblem | None:
    """Return an error whose cause is on another line; `None` otherwise."""
    written = lines[min(line, len(lines)) - 1]
    if re.match(r"Cannot overwrite", what) and (first := _previous_line_of_key(lines, line)):
        return SyntaxProblem("duplicate-key", line, column, {"first": first})
    if what == "Unclosed array" and written[column - 1 : column] in {'"', "'", ";"}:
        return SyntaxProblem("missing-comma", line, column, {})
    if what == "Unclosed array" and written.count('"') % 2:
        return SyntaxProblem("unclosed-list-string", line, column, {})
    if opened := _open_list(lines, line):
        column = lines[opened - 1].index("[") + 1
        return SyntaxProblem("unclosed-array", opened, column, {"opened": True})
    return None
