"""Translate errors of the TOML parser to codes of the catalogue, with parameters from the line."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.diagnostics.catalog import phrases
from signs.diagnostics.reporter import (
    ACADEMY,
    SCHOOL,
    Clause,
    Headings,
    Phrase,
    Subject,
)
from signs.diagnostics.validation_messages import (
    Form,
    example_line,
    form_of,
    is_taken,
    line_to_write,
    outline_heading,
    unknown_heading,
    unknown_line,
)
from signs.model.academy import Academy
from signs.model.entries import ListInfo
from signs.model.keys import unwrap
from signs.model.nouns import NOUNS
from signs.model.school import School
from signs.model.sign_list import HEAD, KINDS
from signs.text.normalize import folded

if TYPE_CHECKING:
    from signs.model.fields import Entry
    from signs.model.outlines import Outline

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


_MODELS: tuple[type[Entry], ...] = (School, *(kind.entry for kind in KINDS.values()))
_FLAGS = sorted(
    field.alias or name
    for model in _MODELS
    for name, field in model.model_fields.items()
    if unwrap(field)[0] is bool
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


class Place(NamedTuple):
    """Where a line stands in a file."""

    outline: Outline
    heading: str
    """The one that it is under; empty at the top."""
    before: int
    """How many others of that heading stand before that one."""

    @property
    def model(self) -> type[Entry] | None:
        """The model of the entry that the line is in; `None` where none is known."""
        return self.outline.model(self.heading)

    @property
    def name(self) -> Subject:
        """How it is called."""
        return Subject(self.heading or _TOPS.get(self.outline.top, HEAD), None, self.before)


_TOPS: dict[type[Entry] | None, str] = {ListInfo: HEAD, School: SCHOOL, Academy: ACADEMY}


def explain_syntax(error: tomllib.TOMLDecodeError, text: str, outline: Outline) -> SyntaxProblem:
    """Explain why a file is not valid TOML, with parameters from the line.

    Parameters
    ----------
    error
        That of the parser.
    text
        What stands in the file.
    outline
        What the file may hold: only that is proposed.
    """
    found = _explained(error, text)
    lines = text.split("\n")
    written = lines[min(found.line, len(lines)) - 1].strip("\r")
    place = _place(lines[: found.line - 1], outline)
    if found.code in {"malformed-heading", "heading-with-text"}:
        return found._replace(params=found.params | _heading_params(written, place))
    word, value = _read(written)
    code = _fitting(found.code, word, place)
    params = _line_params(written, word, value, place)
    if code in _WITHOUT_EXAMPLE:
        params["example"] = False
    return found._replace(code=code, params=found.params | params)


_HEADING = re.compile(r"\s*\[\[?\s*[\"']?([\w-]+)[\"']?\s*\]?\]\s*(?:#.*)?$")


def _place(above: list[str], outline: Outline) -> Place:
    """Return where the line below some others stands."""
    headings = [found[1] for found in map(_HEADING.match, above) if found]
    heading = headings[-1] if headings else ""
    return Place(outline, heading, max(0, headings.count(heading) - 1))


_LINE = re.compile(
    rf"[\s{_INVISIBLE}]*(?P<key>[^=:\"{_INVISIBLE}]*?)[\s{_INVISIBLE}]*(?:[=:]|$|(?=\"))(?P<value>.*)"
)
_WITHOUT_SIGN = re.compile(r"\s*(?P<key>[\w-]+)\s+(?P<value>[^=:\"]*)$")
_AROUND = " \t\"'“”„«»‘’,;" + _INVISIBLE


def _read(written: str) -> tuple[str, str | list[str]]:
    """Return the key of a line, and its value without quotes: several where it is so written."""
    found = _WITHOUT_SIGN.match(written) or _LINE.match(written)
    if found is None:
        return "", ""
    key = folded(found["key"]).replace("-", "_")
    value = re.sub(r"\s#\s.*$", "", found["value"]).strip(" \t" + _INVISIBLE)
    several = re.match(r"[\[{](.*?)[\]}]?\s*,?$", value)
    quoted = re.fullmatch(r"([\"'])[^\"']*\1(?:\s*,\s*([\"'])[^\"']*\2)+\s*,?", value)
    if several or quoted:
        parts = re.split(r"[,;]", several[1] if several else value)
        return key, [part for each in parts if (part := each.strip(_AROUND))]
    return key, value.strip(_AROUND)


def _fitting(code: str, word: str, place: Place) -> str:
    """Return the code that fits what the key wants: not everything with slashes is a date."""
    if place.model is None or word not in place.outline.lines(place.heading):
        return code
    forms, other = _FORMS.get(code, (set(Form), code))
    return code if form_of(word, place.model) in forms else other


_FORMS = {
    "malformed-date": ({Form.DATE}, "unquoted-text"),
    "decimal-comma": ({Form.NUMBER}, "unquoted-text"),
    "leading-zero": ({Form.NUMBER, Form.DATE}, "unquoted-text"),
    "malformed-boolean": ({Form.FLAG}, "unquoted-text"),
    "unquoted-list": ({Form.LIST}, "unquoted-text"),
    "braces-for-brackets": ({Form.LIST}, "unquoted-text"),
    "missing-brackets": ({Form.LIST}, "trailing-content"),
}
"""For codes of one form of values: those forms, and the code for any other."""
_WITHOUT_EXAMPLE = {"malformed-boolean", "space-in-key", "accent-in-key"}
"""Codes whose remedy says nothing of the value."""
_LONGEST_KEY = 20


def _line_params(written: str, word: str, value: str | list[str], place: Place) -> dict[str, Any]:
    """Return the parameters that remedies take from a line."""
    mark = re.search(rf"[{_INVISIBLE}]", written)
    model, entries = place.model, place.outline.entries
    params: dict[str, Any] = {
        "mark": _name_of(mark[0]) if mark else "",
        "clean": _clean(written, place),
        "language": Phrase(
            next(
                (name for name, seen in _LANGUAGES.items() if re.match(rf"\s*(?:{seen})", written)),
                "",
            )
        ),
        "heading": place.outline.heading(
            place.heading if place.heading in entries else next(iter(entries))
        ),
        "sample": example_line(model or next(iter(entries.values())), place.outline),
    }
    if model is None:
        return params | {"elsewhere": _under_no_heading(place)}
    known = place.outline.lines_of(model)
    if word not in known and word:
        code, about = unknown_line(word, model, place.outline)
        if code == "misplaced-key" or about["near"] or len(word) < _LONGEST_KEY:
            return params | {"elsewhere": _of_elsewhere(word, value, place, about)}
    if word not in known:
        return params | {"assignment": params["sample"], "example": True}
    assignment, meant = line_to_write(word, value, model)
    line = f"{assignment.key} = {assignment.toml}"
    if mark and meant and not params["clean"] and len(line) <= _LONGEST_LINE:
        params["clean"] = line
    return params | {"word": word, "assignment": assignment, "example": not meant}


def _under_no_heading(place: Place) -> Clause:
    """Return what to say of a line under no heading that its file may have."""
    if not place.heading:
        return Clause("line-without-heading", {"headings": Headings(place.outline.headings)})
    heading = place.outline.heading(place.heading)
    params = {"heading": heading} | unknown_heading(heading.name, place.outline)
    return Clause(
        "line-under-misspelled-heading" if params["near"] else "line-under-unknown-heading", params
    )


def _of_elsewhere(word: str, value: str | list[str], place: Place, about: dict[str, Any]) -> Clause:
    """Return what to say of a line that its entry does not have."""
    near = about.get("near")
    model, key = (place.model, near) if about else (place.outline.top, word)
    params = {"word": word, "place": place.name} | about
    if model is not None and key:
        params["assignment"] = line_to_write(str(key), value, model)[0]
        return Clause("line-alike" if near else "line-of-the-top", params)
    return Clause("unknown-line", params)


def _heading_params(written: str, place: Place) -> dict[str, Any]:
    """Return the parameters that remedies take from a line that should be a heading."""
    found = re.search(r"[\w-]+", written)
    name = found[0] if found else ""
    heading = outline_heading(name, place.outline)
    if heading is None:
        return {"elsewhere": Clause("headings", {"headings": Headings(place.outline.headings)})}
    return {"heading": heading, "block": heading.block}


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


def _clean(written: str, place: Place) -> str:
    """Return a line to write instead, without what is invisible outside its text.

    Empty where it is long, or would be refused.
    """
    line = _without_marks(written)
    if len(line) > _LONGEST_LINE:
        return ""
    if heading := _HEADING.match(line):
        return line if place.outline.model(heading[1]) else ""
    try:
        content = tomllib.loads(line)
    except (RecursionError, ValueError):
        return line if re.search(r"=\s*(?:\[|\"\"\")[^\]]*$", line) else ""  # it goes on below
    known = place.outline.lines(place.heading)
    fits = place.model is not None and all(
        key in known and is_taken(key, value, place.model) for key, value in content.items()
    )
    return line if fits else ""


def _without_marks(written: str) -> str:
    """Return a line with nothing invisible outside its text."""
    parts = re.split(r'("[^"]*")', written)
    parts[::2] = [
        re.sub(rf"[{_SPACES}]", " ", re.sub(rf"[{_MARKS}]", "", part)) for part in parts[::2]
    ]
    return "".join(parts).strip()


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
