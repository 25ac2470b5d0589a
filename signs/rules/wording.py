"""What our texts must not say, or had better not: verdicts, and words that harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from signs.diagnostics.problem import Severity
from signs.model.entries import Section
from signs.rules import vocabulary
from signs.rules.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from signs.diagnostics.problem import Key


class Finding(NamedTuple):
    """A verdict, or harmful words, in one text of an entry."""

    path: Key
    """The keys that lead to the text in its file."""
    found: str
    """The words, or the whole sentence, as written."""
    rule: str
    """Id of a genre of `vocabulary.toml` or of a family of `verdicts.toml`."""
    what: str
    why: str
    instead: str
    severity: Severity


def findings(entry: BaseModel, kind: str = "") -> Iterator[Finding]:
    """Yield the verdicts and the harmful words in every text of an entry.

    Parameters
    ----------
    kind
        Its kind: the story of a vignette may say of its characters what nobody says of a pupil.
    """
    avoiding = getattr(entry, "section", None) is Section.AVOID
    proper = vocabulary.proper_names(type(entry))
    for path, text in vocabulary.texts(entry):
        key = next(part for part in reversed(path) if isinstance(part, str))
        for found, words in vocabulary.harmful(text, key, avoiding=avoiding):
            genre = vocabulary.genres()[words.genre]
            if genre.severity is Severity.ERROR or key not in proper:
                about = (genre.id, genre.name, words.why, words.instead, genre.severity)
                yield Finding(path, found, *about)
        yield from _verdicts(path, text, key, story=(kind, key) in _STORIES, avoiding=avoiding)


def _verdicts(path: Key, text: str, key: str, *, story: bool, avoiding: bool) -> Iterator[Finding]:
    """Yield the verdicts of a text, one a sentence: an error where it has one."""
    by_sentence: dict[str, Finding] = {}
    for sentence, family in verdicts(text, key, avoiding=avoiding):
        severity = Severity.REMARK if story and family.in_story else family.severity
        about = (family.id, family.name, family.why, family.instead, severity)
        found = Finding(path, sentence, *about)
        if by_sentence.setdefault(sentence, found).severity is Severity.REMARK:
            by_sentence[sentence] = found
    yield from by_sentence.values()


_STORIES = {("vignette", "texte"), ("vignette", "titre"), ("vignette", "personne")}
