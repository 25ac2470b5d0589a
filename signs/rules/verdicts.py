"""Find verdicts on a pupil in our texts, by the families of `verdicts.toml`.

A verdict is known by its family (who is what, what is certain, what a sign proves…), not by its
words. What is denied, supposed, reported or said of anybody is no verdict; a quotation is one,
since it is said aloud, unless what precedes says not to say it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from signs.diagnostics.catalog import Severity
from signs.files.document import parse, read
from signs.text.normalize import for_comparison
from signs.text.phrases import (
    QUOTES,
    STOPS,
    Match,
    Phrase,
    PhraseMatcher,
    asks,
    words_by_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE = Path(__file__).parent / "verdicts.toml"
"""The families, in French, for trainers to read and to add to."""


class Family(BaseModel):
    """Ways to say one verdict, with one remedy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str = Field(alias="nom")
    severity: Severity = Field(alias="gravite")
    phrases: Annotated[tuple[str, ...], Field(min_length=1)]
    unless: tuple[str, ...] = Field((), alias="sauf")
    """Phrases in which, or beside which, these are no verdict."""
    not_in: tuple[str, ...] = Field((), alias="sauf_dans")
    """Keys of the fields that explain a word, where it is not looked for."""
    about_one: bool = Field(False, alias="d_une_personne")
    """Whether it is one only when said of somebody: not of « un élève », not in « qui … »."""
    even_supposed: bool = Field(False, alias="meme_suppose")
    """Whether « si » and « quand » make it no less of a verdict."""
    not_asked: bool = Field(False, alias="sauf_en_question")
    """Whether it is none in a question."""
    in_story: bool = Field(False, alias="dans_un_recit")
    """Whether an invented story may say it of its characters: a remark there."""
    instead: str = Field(alias="ecrire")
    why: str = Field(alias="pourquoi")


class Verdict(NamedTuple):
    """One verdict found in a text."""

    sentence: str
    """The words of the text, as written; long sentences are cut around the verdict."""
    family: Family


@lru_cache(maxsize=8192)  # a list is verified again at each change, and most texts are unchanged
def verdicts(text: str, key: str = "", *, avoiding: bool = False) -> tuple[Verdict, ...]:
    """Return the verdicts of a text of ours, one of each family.

    Parameters
    ----------
    text
        Markdown, or plain.
    key
        The key of its field, for families that some fields may explain.
    avoiding
        Whether it lists what to avoid: what it quotes, and what it says not to say, is then none.
    """
    return tuple(_rules().verdicts(for_comparison_by_line(text), key, avoiding=avoiding))


def for_comparison_by_line(text: str) -> str:
    """Return a Markdown text normalized, with its paragraphs and the items of its lists."""
    plain = text.replace("*", "")
    if "\n" not in plain:
        return for_comparison(plain)
    return "\n\n".join(map(for_comparison, _paragraphs(plain)))


def _paragraphs(text: str) -> Iterator[str]:
    paragraph: list[str] = []
    for line in text.split("\n"):
        if paragraph and (not line.strip() or line.lstrip().startswith("- ")):
            yield "\n".join(paragraph)
            paragraph = []
        paragraph.append(line.lstrip().removeprefix("- "))
    yield "\n".join(paragraph)


@cache
def families() -> tuple[Family, ...]:
    """Return every family, in the order of the file."""
    return tuple(map(Family.model_validate, _content()["famille"]))


@cache
def _content() -> dict[str, Any]:
    return parse(read(FILE))


@cache
def _rules() -> _Rules:
    return _Rules(_content(), families())


_KnownWord = tuple[frozenset[str], tuple[tuple[Family, Phrase], ...]]


class _KnownWords(dict[str, _KnownWord | None]):
    """What each word may be, and the phrases whose rarest word it may be; looked up once each."""

    def __init__(
        self, matcher: PhraseMatcher, by_anchor: dict[str, list[tuple[Family, Phrase]]]
    ) -> None:
        super().__init__()
        self._matcher, self._by_anchor = matcher, by_anchor

    def __missing__(self, word: str) -> _KnownWord | None:
        forms = self._matcher.forms_of(word)
        phrases = tuple(each for form in forms for each in self._by_anchor.get(form, ()))
        self[word] = (forms, phrases) if forms else None
        return self[word]


class _Rules:
    """The families compiled, and the words that make a phrase no verdict."""

    def __init__(self, content: dict[str, Any], families_: Sequence[Family]) -> None:
        groups: dict[str, list[str]] = content["groupes"]
        self._matcher = PhraseMatcher(groups, content["petits_mots"], content["mots_frequents"])
        self._by_anchor: dict[str, list[tuple[Family, Phrase]]] = {}
        self._unless: dict[str, list[Phrase]] = {}
        for family in families_:
            self._unless[family.id] = [self._matcher.phrase(each) for each in family.unless]
            for source in family.phrases:
                phrase = self._matcher.phrase(source)
                for form in phrase.anchors[0]:
                    self._by_anchor.setdefault(form, []).append((family, phrase))
        context = {
            name: self._matcher.phrase(f"<{name}>")
            for name in (
                *("negation", "fausse_negation", "restriction", "dire", "dire_affirmatif"),
                *("supposition", "rapporte", "general", "frequence", "lien", "eviter"),
            )
        }
        self._context = context
        self._known = _KnownWords(self._matcher, self._by_anchor)

    def verdicts(self, text: str, key: str, *, avoiding: bool) -> Iterator[Verdict]:
        candidates = self._candidates(text)
        if not candidates:
            return
        sentence = _Sentence(text, self._matcher, self._context, avoiding=avoiding)
        found: set[str] = set()
        for family, phrase in candidates:
            if family.id in found or key in family.not_in:
                continue
            for match in sentence.find(phrase):
                if not sentence.excuses(match, family, self._unless[family.id]):
                    found.add(family.id)
                    yield Verdict(sentence.around(match), family)
                    break

    def _candidates(self, text: str) -> list[tuple[Family, Phrase]]:
        """Return the phrases all of whose words are in one sentence of a text."""
        found: dict[int, tuple[Family, Phrase]] = {}
        for words in words_by_sentence(text):
            known = [entry for word in words if (entry := self._known[word])]
            anchored = [each for _forms, phrases in known for each in phrases]
            if not anchored:
                continue
            present = frozenset().union(*(forms for forms, _phrases in known))
            for each in anchored:
                if not any(map(present.isdisjoint, each[1].anchors)):
                    found[id(each[1])] = each
        return sorted(found.values(), key=lambda each: each[1].number)


class _Sentence:
    """The words of a text, and what stands around a match in them."""

    def __init__(
        self, text: str, matcher: PhraseMatcher, context: dict[str, Phrase], *, avoiding: bool
    ) -> None:
        self._text = text
        self._read = matcher.read(text)
        self._words, self._spans = self._read.words, self._read.spans
        self._matcher = matcher
        self._context = context
        self._avoiding = avoiding
        self._matched: dict[int, list[Match]] = {}
        self._covered: dict[str, set[int]] = {}

    def find(self, phrase: Phrase) -> Iterator[Match]:
        """Yield the matches of a phrase."""
        return self._matcher.find(phrase, self._read)

    def excuses(self, match: Match, family: Family, unless: list[Phrase]) -> bool:
        """Tell whether a match is no verdict, by what stands around it."""
        if any(
            other.start < match.end and match.start < other.end
            for phrase in unless
            for other in self._matches(phrase)
        ):
            return True
        if family.not_asked and self._sentence_of(match).rstrip(_CLOSING).endswith("?"):
            return True
        start = self._clause_start(match.start)
        if self._denied(match, start) or self._told_not_to_say(match.start):
            return True
        if not family.even_supposed and self._within("supposition", start, match):
            return True
        if family.about_one:
            return (
                self._within("general", start, match, at_start=True)
                or self._within("frequence", start, match)
                or self._reported(match.start)
                or any(
                    self._words[index] == "qui"
                    for index in range(match.start, match.end)
                    if index not in match.written
                )
            )
        return False

    def around(self, match: Match) -> str:
        """Return the sentence of a match, cut where it is long."""
        first, last = self._sentence_start(match.start), self._sentence_end(match.end)
        begin, end = self._spans[first][0], self._spans[last - 1][1]
        if end - begin > _LONGEST_SHOWN:
            begin, end = self._spans[match.start][0], self._spans[match.end - 1][1]
        return self._text[begin:end].strip('«»" ,:')

    # --- What excuses ---------------------------------------------------------------------------

    def _found(self, name: str) -> list[Match]:
        return self._matches(self._context[name])

    def _matches(self, phrase: Phrase) -> list[Match]:
        if id(phrase) not in self._matched:
            self._matched[id(phrase)] = list(self.find(phrase))
        return self._matched[id(phrase)]

    def _is(self, name: str, at: int) -> bool:
        """Tell whether a word is of some words of the context."""
        if name not in self._covered:
            found = self._found(name)
            self._covered[name] = {i for each in found for i in range(each.start, each.end)}
        return at in self._covered[name]

    def _sentence_start(self, at: int) -> int:
        """Return the index of the first word of the sentence that a word stands in."""
        while at > 0 and self._words[at - 1] not in STOPS:
            at -= 1
        return at

    def _sentence_end(self, at: int) -> int:
        """Return the index of what ends a sentence, from a word of it on."""
        while at < len(self._words) and self._words[at] not in STOPS:
            at += 1
        return at

    def _clause_start(self, at: int) -> int:
        """Return where the part of the sentence begins that a word stands in."""
        start = at
        while start > 0:
            word = self._words[start - 1]
            if word in STOPS or word in ",:«":
                break
            if self._is("lien", start - 1) and self._words[start] not in ("que", "qu"):
                break
            start -= 1
        return start

    def _within(self, name: str, start: int, match: Match, *, at_start: bool = False) -> bool:
        """Tell whether some words stand between the beginning of a clause and a match's end."""
        return any(
            start <= found.start < match.end
            and (found.start not in match.written or name == "general")
            and (not at_start or all(self._words[i] in QUOTES for i in range(start, found.start)))
            for found in self._found(name)
        )

    def _denied(self, match: Match, start: int) -> bool:
        asked = asks(self._sentence_of(match))
        paired = any(self._words[index] in _PAIRED for index in match.written)
        negations = [
            found.start
            for found in self._found("negation")
            if start <= found.start < match.end + 1
            and found.start not in match.written
            and not self._is("fausse_negation", found.start)
            and not (paired and self._words[found.start] in ("ne", "n"))
        ]
        instead = any(
            start <= found.start
            and 0 <= said.start - found.end <= _NEAR
            and said.end <= match.start
            for found in self._found("eviter")
            for said in self._found("dire")
        )
        if instead:
            return True
        if not negations or asked:
            return False
        if all(self._words[index] in ("ne", "n") for index in negations):
            # « ce ne peut être qu'un chantage » affirms; « ne dites qu'il est victime » does not.
            restricted = any(self._words[index] in ("que", "qu") for index in match.written)
            return not restricted and not any(
                negations[0] < found.start < match.end for found in self._found("restriction")
            )
        return negations[0] < match.end

    def _sentence_of(self, match: Match) -> str:
        """Return the sentence of a match, with the mark that ends it."""
        last = self._sentence_end(match.end)
        end = self._spans[last][1] if last < len(self._spans) else len(self._text)
        return self._text[self._spans[self._sentence_start(match.start)][0] : end]

    def _told_not_to_say(self, at: int) -> bool:
        """Tell whether what precedes a quotation, or « : », says not to say it."""
        opening = self._opening_quote(at)
        if opening is not None:
            return self._avoiding or self._forbidden_before(opening)
        start = at
        while start > 0 and self._words[start - 1] not in STOPS and self._words[start - 1] != ":":
            start -= 1
        if start > 0 and self._words[start - 1] == ":" and self._forbidden_before(start - 1):
            return not any(self._is("dire_affirmatif", index) for index in range(start, at))
        # « Conclure que l'élève est victime », under « Éviter ».
        return self._avoiding and self._is("dire", self._sentence_start(start))

    def _opening_quote(self, at: int) -> int | None:
        for index in range(at, -1, -1):
            if self._words[index] == "»" and index != at:
                return None
            if self._words[index] == "«":
                return index
        return None

    def _forbidden_before(self, at: int) -> bool:
        """Tell whether the words before « or « : » forbid it: « ne dites pas », « pas de »."""
        last, colon = at - 1, self._words[at] == ":"
        while last >= 0 and (self._words[last] in _BEFORE_QUOTES or self._is("lien", last)):
            colon = colon or self._words[last] == ":"
            last -= 1
        if last < 0:
            return False
        if self._words[last] == "»":  # a list of quotations goes on from what precedes it
            return self._forbidden_before(self._before_quote(last))
        clause = range(self._clause_start(last + 1), last + 1)
        forbids = [
            index
            for index in clause
            if self._is("eviter", index)
            or (self._is("negation", index) and not self._is("fausse_negation", index))
        ]
        if not forbids:
            return False
        said = [index for index in clause if self._is("dire_affirmatif", index)]
        if (
            colon
            and not said
            and not any(self._is("dire", index) or self._is("eviter", index) for index in clause)
        ):
            return False
        return all(index < forbids[-1] for index in said)

    def _before_quote(self, closing: int) -> int:
        index = closing
        while index > 0 and self._words[index] != "«":
            index -= 1
        return index

    def _reported(self, at: int) -> bool:
        """Tell whether a clause is what somebody says, thinks or fears: « dit qu'on le menace »."""
        return any(0 <= at - found.end <= _NEAR for found in self._found("rapporte"))


_LONGEST_SHOWN = 160
_NEAR = 2
_CLOSING = ' »"'
_BEFORE_QUOTES = frozenset((",", ":", "comme"))
"""What stands between the words that forbid something and what they quote."""
_PAIRED = frozenset(("pas", "rien", "aucun", "aucune", "nul", "nulle", "jamais"))
"""What « ne » goes with: where a phrase has it, « ne » is its own."""
