"""Match phrases of a text by word groups: the language of the families of `verdicts.toml`.

A phrase is a sequence of words: `<group>` stands for any phrase of a group, `*` for any end of a
word, an elided word (`d`, `qu`) for its other forms too, `#` for a number in digits, `…` for a few
words of the same sentence, `^` for its beginning, `$` for its end, and a trailing `?` makes a word
optional. Small words (articles) may stand between any two words without being written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from signs.text.normalize import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST_GAP = 5
"""Words that « … » may stand for."""
STOPS = frozenset(".;")
"""What ends a sentence, or a part of one."""
PAUSES = frozenset(",:()–")
QUOTES = frozenset("«»")
_MARKS = STOPS | PAUSES | QUOTES | {"%", "/"}
_PASSED = QUOTES | {"(", ")"}
_BEFORE_START = STOPS | {":", "«"}
# A word with its inclusive ending (« abusé·e », « abusé(e)s »), a number, a mark.
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)(?:(?:[·•.]|\()(?:e|es|s|ne|nes|le|les|ve|ves|euse|euses|rice|rices)\b"
    r"\)?(?:[·•.]?s\b)?)?"
    r"|(?P<number>\d+(?:[.,]\d+)?)"
    r"|(?P<stop>[.!?…;]+|\n\s*\n|\n- )"
    r"|(?P<mark>[,:()%/«»]|[–—]|[“”\"])"
)
_ELIDED = {
    "d": ("de", "du", "des"),
    "l": ("le", "la", "les"),
    "n": ("ne",),
    "qu": ("que",),
    "s": ("se",),
    "t": ("te",),
}
"""Words that a phrase writes elided, and their other forms."""
_SAME = {"—": "–", "“": "«", "”": "»"}
_QUESTION = re.compile(r"-(?:il|elle|on|ce|vous|ils|elles)\b", re.IGNORECASE)


def split_words(text: str) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """Return the words and marks of a text, in lower case, and where each stands in it."""
    words, spans = [], []
    opened = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            word = match["word"].lower()
        elif kind == "stop":
            word = ";" if match[0] == ";" else "."
        elif kind == "mark":
            word = _SAME.get(match[0], match[0])
            if word == '"':
                word = "»" if opened else "«"
            opened = word == "«" or (opened and word != "»")
        else:
            word = match[0]
        words.append(word)
        spans.append(match.span())
    return tuple(words), tuple(spans)


def words_by_sentence(text: str) -> Iterator[set[str]]:
    """Yield the distinct words of each sentence of a text, faster than `split_words`."""
    for sentence in _SENTENCE_END.split(text.lower()):
        yield set(_WORD.findall(sentence))


_SENTENCE_END = re.compile(r"[.!?…;\n]+")
_WORD = re.compile(r"[^\W\d_]+|\d+")


def asks(text: str) -> bool:
    """Tell whether a sentence is a question by inversion: « n'est-il pas … ? »."""
    return text.rstrip(' »"').endswith("?") and _QUESTION.search(text) is not None


class ReadText(NamedTuple):
    """A text cut in words, with the words of phrases that each may be."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    forms: tuple[frozenset[str], ...]
    positions: Mapping[str, Sequence[int]]
    """The indexes of the words that may be a given word of phrases."""


class Match(NamedTuple):
    """A phrase found in a sequence of words."""

    start: int
    end: int
    """Index after its last word."""
    written: frozenset[int]
    """Indexes of the words that the phrase itself names; the others fill its gaps."""


class _Gap:
    """« … » in a phrase."""


class _Edge(NamedTuple):
    """« ^ » or « $ » in a phrase."""

    is_start: bool


class _Choice(NamedTuple):
    """A word of a phrase: any of these sequences of words."""

    by_first: Mapping[str, tuple[tuple[str, ...], ...]]
    """The sequences by their first word, the longest first."""
    anchors: frozenset[str]
    """One word of each sequence."""
    optional: bool


_Part = _Gap | _Edge | _Choice
_GAP, _START, _END = _Gap(), _Edge(is_start=True), _Edge(is_start=False)


class Phrase(NamedTuple):
    """A phrase ready to be looked for."""

    number: int
    """Its place among those of its matcher."""
    source: str
    parts: tuple[_Part, ...]
    anchors: tuple[frozenset[str], ...]
    """For each word that must be there, one word of each way to write it; the rarest first."""


class PhraseMatcher:
    """Finds the phrases of one file of data.

    Parameters
    ----------
    groups
        The phrases that `<name>` stands for.
    small_words
        Words that may stand between any two others.
    frequent_words
        Words of most texts: a phrase is looked for where its other words are.
    """

    def __init__(
        self,
        groups: Mapping[str, Sequence[str]],
        small_words: Iterable[str],
        frequent_words: Iterable[str],
    ) -> None:
        self._frequent = frozenset(frequent_words)
        self._count = 0
        self._groups = groups
        self._small = frozenset(small_words)
        self._exact: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        self._stem_lengths: list[int] = []
        self._endings: list[str] = []
        self._last_letters: tuple[str, ...] = ()
        self._known: set[str] = set()
        self._choices: dict[str, _Choice] = {}
        self._sequences: dict[str, tuple[tuple[str, ...], ...]] = {}
        self.forms_of = lru_cache(maxsize=16384)(self._forms_of)

    def read(self, text: str) -> ReadText:
        """Return a text ready for phrases to be looked for in it (see `for_comparison`)."""
        words, spans = split_words(text)
        forms = tuple(map(self.forms_of, words))
        positions: dict[str, list[int]] = {}
        for index, each in enumerate(forms):
            for form in each:
                positions.setdefault(form, []).append(index)
        return ReadText(words, spans, forms, positions)

    def phrase(self, source: str) -> Phrase:
        """Compile a phrase.

        Raises
        ------
        KeyError
            When it names an unknown group.
        """
        parts = tuple(self._part(word) for word in source.split())
        anchors = [
            part.anchors
            for part in parts
            if isinstance(part, _Choice) and not (part.optional or part.anchors <= _MARKS)
        ]
        self._count += 1
        return Phrase(self._count, source, parts, tuple(sorted(anchors, key=self._frequency)))

    def _rarest(self, sequence: tuple[str, ...]) -> str:
        if len(sequence) == 1:
            return sequence[0]
        return max(sequence, key=lambda form: (form not in self._frequent, len(form)))

    def _frequency(self, forms: frozenset[str]) -> int:
        return len(forms) + 1000 * len(forms & self._frequent)

    def _part(self, written: str) -> _Part:
        if written == "…":
            return _GAP
        if written in "^$":
            return _START if written == "^" else _END
        choice = self._choice(written.removesuffix("?"))
        return choice._replace(optional=True) if written.endswith("?") else choice

    def _choice(self, written: str) -> _Choice:
        if written not in self._choices:
            sequences = self._named(written)
            by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
            for sequence in sequences:
                by_first[sequence[0]] = (*by_first.get(sequence[0], ()), sequence)
            anchors = frozenset(map(self._rarest, sequences))
            self._choices[written] = _Choice(by_first, anchors, optional=False)
        return self._choices[written]

    def _named(self, written: str) -> tuple[tuple[str, ...], ...]:
        if not written.startswith("<"):
            return (self._words(written),)
        name = written.strip("<>")
        if name not in self._sequences:
            found: list[tuple[str, ...]] = []
            for each in self._groups[name]:
                if each.startswith("<"):
                    found += self._named(each)
                else:
                    found.append(self._words(each))
            self._sequences[name] = tuple(sorted(set(found), key=len, reverse=True))
        return self._sequences[name]

    def _words(self, written: str) -> tuple[str, ...]:
        words = tuple(written.split())
        for word in words:
            if word in self._known:
                continue
            self._known.add(word)
            if word.startswith("*"):
                self._endings.append(word)
                self._last_letters = (*self._last_letters, word[1:])
            elif word.endswith("*"):
                self._stems.setdefault(word[:-1], []).append(word)
                self._stems.setdefault(without_accents(word[:-1]), []).append(word)
            else:
                for each in (word, without_accents(word), *_ELIDED.get(word, ())):
                    self._exact.setdefault(each, []).append(word)
        return words

    def _forms_of(self, word: str) -> frozenset[str]:
        """Return the words of phrases that a word of a text may be.

        Without any accent, as in capitals, it may be one that has some.
        """
        if word[0].isdigit():
            return frozenset(("#", word)) & self._known
        plain = word.isascii()
        found = [
            form
            for form in self._exact.get(word, ())
            if plain or form == word or word in _ELIDED.get(form, ())
        ]
        if not self._stem_lengths:
            self._stem_lengths = sorted(set(map(len, self._stems)))
        for length in self._stem_lengths:
            if length > len(word):
                break
            if stems := self._stems.get(word[:length]):
                found += [form for form in stems if plain or word.startswith(form[:-1])]
        if word.endswith(self._last_letters):
            found += [
                form for form in self._endings if len(word) >= len(form) and word.endswith(form[1:])
            ]
        return frozenset(found)

    def find(self, phrase: Phrase, text: ReadText) -> Iterator[Match]:
        """Yield where a phrase is in a text, one match for each beginning."""
        first = phrase.parts[0]
        if isinstance(first, _Choice) and not first.optional:
            at: Iterable[int] = sorted(
                index
                for form in first.by_first.keys() & text.positions.keys()
                for index in text.positions[form]
            )
        elif first is _START:
            at = (i for i in range(len(text.words)) if not i or text.words[i - 1] in _BEFORE_START)
        else:
            at = range(len(text.words))
        search = _Search(phrase.parts, text, self._small)
        for start in at:
            found = search.match(0, start, ())
            if found and found[1]:
                yield Match(min(found[1]), found[0], frozenset(found[1]))


_Found = tuple[int, tuple[int, ...]]
"""The end of a match, and the words that the phrase itself names."""


class _Search:
    """Looks for one phrase in one text."""

    def __init__(self, parts: tuple[_Part, ...], text: ReadText, small: frozenset[str]) -> None:
        self._parts = parts
        self._text = text
        self._words, self._end = text.words, len(text.words)
        self._passed = small | _PASSED

    def match(self, at: int, position: int, written: tuple[int, ...]) -> _Found | None:
        """Return where a match of the parts from one on ends; `None` where there is none."""
        if at == len(self._parts):
            return position, written
        part = self._parts[at]
        if isinstance(part, _Gap):
            return self._after_gap(at + 1, position, written)
        if isinstance(part, _Edge):
            after = self._after_edge(part, position)
            return None if after is None else self.match(at + 1, after, written)
        found = self._after_choice(part, at, position, written)
        if found is None and part.optional:
            found = self.match(at + 1, position, written)
        if found is None and written and self._may_pass(position):
            found = self.match(at, position + 1, written)
        return found

    def _after_choice(
        self, part: _Choice, at: int, position: int, written: tuple[int, ...]
    ) -> _Found | None:
        forms = self._text.forms
        for form in forms[position] if position < self._end else ():
            for sequence in part.by_first.get(form, ()):
                end = position + len(sequence)
                if end <= self._end and all(
                    sequence[index] in forms[position + index] for index in range(1, len(sequence))
                ):
                    found = self.match(at + 1, end, (*written, *range(position, end)))
                    if found is not None:
                        return found
        return None

    def _after_gap(self, at: int, position: int, written: tuple[int, ...]) -> _Found | None:
        counted = 0
        while position < self._end and counted <= LONGEST_GAP:
            if (found := self.match(at, position, written)) is not None:
                return found
            word = self._words[position]
            if word in STOPS or word == ":":
                return None
            counted += not (word == "," or self._may_pass(position))
            position += 1
        return None

    def _after_edge(self, edge: _Edge, position: int) -> int | None:
        if edge.is_start:
            if position and self._words[position - 1] not in _BEFORE_START:
                return None
            while self._may_pass(position):
                position += 1
            return position
        while position < self._end and self._words[position] in _PASSED:
            position += 1
        at_end = position == self._end or self._words[position] in STOPS | PAUSES
        return position if at_end else None

    def _may_pass(self, position: int) -> bool:
        return position < self._end and self._words[position] in self._passed
