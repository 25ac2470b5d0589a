"""Rules on texts: harmful words, unsupported markup, excessive length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import CONTACT, Assignment
from signs.diagnostics.suggestions import quoted
from signs.model.fields import Identified
from signs.model.keys import keys_of
from signs.model.sign_list import HEAD, KINDS
from signs.rules import vocabulary
from signs.rules.wording import findings
from signs.text.normalize import as_read, hidden_characters, hidden_name
from signs.text.readability import LONGEST_SENTENCE, longest_sentence, opening_of_longest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from signs.files.document import Document
    from signs.files.tables import Tables
    from signs.model.academy import Academy
    from signs.model.entries import ListInfo
    from signs.model.fields import Entry
    from signs.model.school import School


def wording_problems(tables: Tables, info: ListInfo | None) -> Iterator[Problem]:
    """Yield verdicts and harmful words in every text of every kind."""
    for subject, entry in _entries(tables, info):
        yield from _wording(subject, entry)


def school_wording(own: School | Academy) -> Iterator[Problem]:
    """Yield the same in every text that a school or an académie writes of itself."""
    for subject, entry in _own_entries(own):
        yield from _wording(subject, entry)


def _wording(subject: Subject | None, entry: Entry) -> Iterator[Problem]:
    kind = subject.kind if subject else ""
    for each in findings(entry, kind):
        params = {
            "found": each.found,
            "genre": each.what,
            "why": each.why,
            "instead": each.instead,
        }
        yield Problem("harmful-words", subject, each.path, params, each.severity)


def markup_remarks(tables: Tables, info: ListInfo | None) -> Iterator[Problem]:
    """Yield unsupported markup (HTML, images, links), and texts that are too long."""
    for subject, entry in _entries(tables, info):
        yield from _markup(subject, entry)


def school_markup(own: School | Academy) -> Iterator[Problem]:
    """Yield the same in every text that a school or an académie writes of itself."""
    for subject, entry in _own_entries(own):
        yield from _markup(subject, entry)


def _markup(subject: Subject | None, entry: Entry) -> Iterator[Problem]:
    for path, text in vocabulary.texts(entry):
        for code, found in _unsupported_markup(text):
            yield Problem(code, subject, path, {"found": _excerpt(found)})
        longest = LONGEST.get((subject.kind if subject else "", str(path[-1])))
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


def hidden_remarks(document: Document, kinds: Collection[str]) -> Iterator[Problem]:
    """Yield the hidden characters of every text of a file, whatever it is: names, ids, numbers.

    Parameters
    ----------
    kinds
        The headings of its entries; what stands before them is of the file as a whole.
    """
    for path, written in document.hidden:
        text = as_read(written)
        names = [hidden_name(each) for each in hidden_characters(written)]
        subject, key = None, path
        if path[0] in kinds and len(path) > _IN_ENTRY:
            kind, index = str(path[0]), int(path[1])
            id_ = document.content[kind][index].get("id")
            subject, key = Subject(kind, id_ if isinstance(id_, str) else None, index), path[2:]
        elif document.path.name == HEAD:
            subject = Subject(HEAD)
        params: dict[str, Any] = {"found": _around_hidden(written), "hidden": " et ".join(names)}
        if len(key) == 1 and len(text) <= _SHORT and "\n" not in text:
            params["line"] = Assignment(str(key[0]), quoted(text)) if quoted(text) else None
        yield Problem("invisible-character", subject, key, params | {"several": len(names) > 1})


def _around_hidden(written: str) -> str:
    """Return the words of a text that a hidden character is in or beside, as they are read.

    The whole text where it is short.
    """
    if len(written) <= _SHOWN:
        return _excerpt(as_read(written))
    words = [each for each in re.split(r"[ \n\t]+", written) if hidden_characters(each)]
    return _excerpt(" ".join(filter(None, map(as_read, words))) or as_read(written))


_IN_ENTRY = 2
_SHORT = 120


def _own_entries(own: School | Academy) -> Iterator[tuple[Subject | None, Entry]]:
    yield None, own.model_copy(update={"contacts": ()})
    for index, contact in enumerate(own.contacts):
        yield Subject(CONTACT, contact.label, index), contact


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
            r"\w{0,20}(?:Ã[\u0080-\u00bf\u0192\u2018-\u2122]|â€[\u0080-\u00ff\u2122œ™˜]|\ufffd)"
            r"\w{0,20}",
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
