"""Rules on texts: harmful words, unsupported markup, excessive length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem, Subject
from signs.model.fields import Identified
from signs.model.keys import keys_of
from signs.model.sign_list import HEAD, KINDS
from signs.rules import vocabulary
from signs.text.readability import LONGEST_SENTENCE, longest_sentence, opening_of_longest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.entries import ListInfo
    from signs.model.fields import Entry


def wording_problems(tables: Tables, info: ListInfo | None) -> Iterator[Problem]:
    """Yield harmful words in every text of every kind; see `signs.rules.vocabulary`."""
    for subject, entry in _entries(tables, info):
        for finding in vocabulary.findings(entry):
            params = {
                "found": finding.found,
                "genre": finding.genre.name,
                "why": finding.words.why,
                "instead": finding.words.instead,
            }
            level = finding.genre.severity
            yield Problem("harmful-words", subject, finding.path, params, level)


def markup_remarks(tables: Tables, info: ListInfo | None) -> Iterator[Problem]:
    """Yield unsupported markup (HTML, images, links), and texts that are too long."""
    for subject, entry in _entries(tables, info):
        for path, text in vocabulary.texts(entry):
            for code, found in _unsupported_markup(text):
                yield Problem(code, subject, path, {"found": _excerpt(found)})
            longest = LONGEST.get((subject.kind, str(path[-1])))
            if longest and len(text) > longest:
                params: dict[str, Any] = {"length": len(text), "most": longest}
                yield Problem("long-text", subject, path, params)
            count = longest_sentence(text)
            if count > LONGEST_SENTENCE:
                params = {
                    "opening": opening_of_longest(text),
                    "count": count,
                    "most": LONGEST_SENTENCE,
                }
                yield Problem("long-sentence", subject, path, params)


def _entries(tables: Tables, info: ListInfo | None) -> Iterator[tuple[Subject, Entry]]:
    if info is not None:
        yield Subject(HEAD), info
    for kind, table in tables.items():
        yield from table.subjects(kind, Identified)


LONGEST = {
    (kind, name): key.max_length
    for kind, each in KINDS.items()
    for name, key in keys_of(each.entry).items()
    if key.max_length
}
"""Maximum characters of a text on a card, for a reader under stress."""

_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)\s>]*)")
_ALLOWED = ("https://", "tel:", "sms:", "mailto:")
_AS_TYPED = tuple(
    (code, re.compile(pattern, re.MULTILINE))
    for code, pattern in (
        ("html-in-text", r"</?[A-Za-z][^<>\n]*>|<!--"),
        ("html-character", r"&(?:[a-zA-Z]+|#\d+);"),
        ("image-in-text", r"!\[[^\]\n]*\]\([^)\n]*\)?"),
        ("title-in-text", r"^ {0,3}#{1,6} .*$"),
        ("unknown-markup", r"`[^`\n]+`|^~~~.*$|^\|.*\|$"),
        (
            "damaged-accents",
            r"\w{0,20}(?:Ã[\u0080-\u00bf\u0192\u2018-\u2122]|â€[\u0080-\u00ff\u2122œ™˜])\w{0,20}",
        ),
        (
            "invisible-character",
            r"\S{0,20}[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
            r"\S{0,20}",
        ),
    )
)


# Whatever the rules above match contains one of these, and few other texts do.
_ODD = re.compile(r"[^\n\w ,.;:!?'’«»()%€*/+\u00a0\u202f…·–-]|Ã|â€|\ufffd")


def _unsupported_markup(text: str) -> Iterator[tuple[str, str]]:
    """Yield the code and the source of markup that would be shown as typed."""
    if not _ODD.search(text):
        return
    for code, pattern in _AS_TYPED:
        if found := pattern.search(text):
            yield code, found[0]
    for link in _LINK.finditer(text):
        if not (link[0].startswith("!") or link[1].lower().startswith(_ALLOWED)):
            yield "unusable-link", link[1]


def _excerpt(text: str) -> str:
    """Return an excerpt between straight quotes, which typography leaves unchanged."""
    shown = "".join(letter for letter in text if letter.isprintable()).replace('"', "'")
    return f'"{shown}"' if len(shown) <= _SHOWN else f'"{shown[:_SHOWN]}…"'


_SHOWN = 40
