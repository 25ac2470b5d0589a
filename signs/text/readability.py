"""Measure the readability of a French text.

The measure is the reading ease of Flesch as Kandel and Moles fitted it to French
(« Application de l'indice de Flesch à la langue française », Cahiers d'études de
radio-télévision 19, 1958, p. 253-274):

    207 - 1.015 x (words per sentence) - 73.6 x (syllables per word)

From 100, very easy, down to 0, very difficult; 60 is considered plain. It counts, and ignores
meaning: a short sentence can still be obscure. It shows which texts to reread first.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SENTENCE = 35
"""Words in a sentence, beyond which a remark suggests to cut it; our own stay under 25."""

_MARKDOWN = re.compile(r"\*\*|^- |\[([^\[\]\n]+)\]\([^)\n]+\)", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|»)|(?<=:)\s|;|\n\s*\n|\n- ")
_WORD = re.compile(r"[^\W\d_]+|\d[\d ]*")
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+")
_SILENT_END = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüÿœæ])(?:e|es|(?<!m)ent)$")
# Two vowels pronounced separately: a diaeresis on the second, or a first sounded alone.
_APART = re.compile(r"(?<=[aeouàâéèêëîïôûœ])(?=[ïëü])|(?<=é)(?=[aeiouàâèêô])|(?<=[ao])(?=[éè])")


class Ease(NamedTuple):
    """The measures of one text."""

    score: float
    """Reading ease, about 0 to 100; higher is easier."""
    words: int
    longest: int
    """Words in the longest sentence."""


def reading_ease(text: str) -> Ease | None:
    """Measure a text (Markdown is left out); `None` where there is no word.

    A sentence also ends at « ; » and « : », where a reader breathes.
    """
    sentences = [words for words in _sentences(text) if words]
    if not sentences:
        return None
    total = sum(map(len, sentences))
    syllable_count = sum(syllables(word) for words in sentences for word in words)
    score = 207 - 1.015 * total / len(sentences) - 73.6 * syllable_count / total
    return Ease(score, total, max(map(len, sentences)))


@lru_cache(maxsize=8192)
def longest_sentence(text: str) -> int:
    """Return the number of words of the longest sentence, or 0 where none can be too long."""
    if text.count(" ") + text.count("'") + text.count("’") + text.count("\n") < LONGEST_SENTENCE:
        return 0
    return max(map(len, _sentences(text)), default=0)


def opening_of_longest(text: str) -> str:
    """Return how the longest sentence of a text begins, so that one finds it."""
    longest = max(_cut(text), key=lambda sentence: len(_words(sentence)))
    return " ".join(longest.split()[:5]).rstrip(",:")


def _sentences(text: str) -> Iterator[list[str]]:
    """Yield the words of each sentence."""
    yield from map(_words, _cut(text))


def _cut(text: str) -> list[str]:
    plain = _MARKDOWN.sub(lambda match: match[1] or "\n", text).replace("’", "'")
    return _SENTENCE_END.split(plain)


def _words(sentence: str) -> list[str]:
    """Return the words of a sentence; a letter alone is what an apostrophe cut."""
    return [word for word in _WORD.findall(sentence) if len(word) > 1 or word in "aày"]


def syllables(word: str) -> int:
    """Return how many syllables a French word has when spoken, by rule of thumb.

    A number counts one for each digit.

    Examples
    --------
    >>> syllables("élève"), syllables("situation"), syllables("3018")
    (2, 3, 4)
    """
    if word[0].isdigit():
        return sum(letter.isdigit() for letter in word)
    word = word.lower()
    groups = _VOWELS.findall(_SILENT_END.sub("", word))
    return max(1, sum(len(_APART.split(group)) for group in groups))
