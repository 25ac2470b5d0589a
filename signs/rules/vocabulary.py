"""Find harmful words in our texts, by the rules of `vocabulary.toml`, with alternatives.

The rules are data. This module loads them, walks the texts of an entry of any kind, and ignores
quotations of what is not to be said. See `verdicts` for what concludes about a pupil.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from signs.diagnostics.problem import Severity
from signs.files.document import parse, read
from signs.model.fields import PROPER, PROSE
from signs.text.normalize import for_comparison, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.diagnostics.problem import Key

FILE = Path(__file__).parent / "vocabulary.toml"
"""The words, in French, for trainers to read."""


class Genre(BaseModel):
    """A way words can harm, and how bad that is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str = Field(alias="nom")
    severity: Severity = Field(alias="gravite")


class Words(BaseModel):
    """Words with one remedy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    genre: str
    forms: Annotated[tuple[str, ...], Field(min_length=1)] = Field(alias="formes")
    unless: tuple[str, ...] = Field((), alias="sauf")
    """Phrases in which these words are acceptable."""
    only_in: tuple[str, ...] = Field((), alias="ou")
    """Keys of the fields they harm in; everywhere when empty."""
    instead: str = Field(alias="ecrire")
    outdated: str | None = Field(None, alias="on_ne_dit_plus")
    """The word as the table « on ne dit plus, on dit » gives it; `None`: not in it."""
    why: str = Field(alias="pourquoi")
    source: str | None = None
    """Id of a source of the shipped list; `None` where it is a rule of our own."""


@cache
def genres() -> dict[str, Genre]:
    """Return the ways words can harm, by id."""
    return {genre.id: genre for genre in map(Genre.model_validate, _content()["genre"])}


@cache
def all_words() -> tuple[Words, ...]:
    """Return every rule, in the order of the file."""
    return tuple(map(Words.model_validate, _content()["mot"]))


def vocabulary() -> tuple[Words, ...]:
    """Return the table « on ne dit plus, on dit », in the order of the file."""
    return tuple(words for words in all_words() if words.outdated)


@lru_cache(maxsize=8192)  # a list is verified again at each change, and most texts are unchanged
def harmful(text: str, key: str = "", *, avoiding: bool = False) -> tuple[tuple[str, Words], ...]:
    """Return the harmful words of a text of ours, each with its rule.

    Parameters
    ----------
    text
        Markdown, or plain.
    key
        The key of its field, for words that are harmful in some fields only.
    avoiding
        Whether it lists what to avoid: its quotations are then ignored.
    """
    return tuple(_harmful(text, key, avoiding=avoiding))


def _harmful(text: str, key: str, *, avoiding: bool) -> Iterator[tuple[str, Words]]:
    shown = for_comparison(_without_negative_examples(text, avoiding=avoiding))
    plain = _folded(shown)
    for words, stems in _stems():
        if words.only_in and key not in words.only_in:
            continue
        for stem in stems:  # hundreds of them, thousands of texts: look closer only where needed
            if stem in plain:
                if found := _search(words.forms, plain, words.unless):
                    yield shown[slice(*found)], words
                break


def instructions_in(text: str) -> str:
    """Return a normalized text, without its quotations of what is not to be said."""
    return _normalized(_without_negative_examples(text, avoiding=False))


def texts(entry: BaseModel) -> Iterator[tuple[Key, str]]:
    """Yield every text of ours in an entry, with the keys that lead to it in its file.

    A text of ours is whatever a model declares as `Text`, at any depth; names of documents
    and other people's words (`Quoted`), ids, numbers and addresses are not.
    """
    for name, key, ours in _fields(type(entry)):
        value = getattr(entry, name)
        if isinstance(value, str):  # most of them
            if ours:
                yield (key,), value
        elif value is not None:
            yield from _texts_in((key,), value, ours=ours)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """Return each field of a model, its key in the file, and whether its texts are ours."""
    return tuple(
        (name, field.alias or name, PROSE in field.metadata or declares_prose(field.annotation))
        for name, field in model.model_fields.items()
    )


@cache
def proper_names(model: type[BaseModel]) -> frozenset[str]:
    """Return the keys of the fields of a model that name somebody."""
    return frozenset(
        field.alias or name
        for name, field in model.model_fields.items()
        if PROPER in field.metadata or _declares(PROPER, field.annotation)
    )


def _texts_in(path: Key, value: object, *, ours: bool) -> Iterator[tuple[Key, str]]:
    if isinstance(value, BaseModel):
        for inner, text in texts(value):
            yield (*path, *inner), text
    elif isinstance(value, str):
        if ours:
            yield path, value
    elif isinstance(value, dict):
        for key, inner_value in value.items():
            yield from _texts_in((*path, str(key)), inner_value, ours=ours)
    elif isinstance(value, tuple | list):
        for index, inner_value in enumerate(value):
            yield from _texts_in((*path, index), inner_value, ours=ours)


def declares_prose(annotation: Any) -> bool:  # noqa: ANN401 (annotations are anything)
    """Tell whether an optional or repeated text is ours."""
    return _declares(PROSE, annotation)


def _declares(mark: str, annotation: Any) -> bool:  # noqa: ANN401
    return mark in getattr(annotation, "__metadata__", ()) or any(
        _declares(mark, each) for each in get_args(annotation)
    )


_QUOTED = re.compile(r"«[^»]*»")
_SAYING = r"(?:dis|dit|dire|dites|demand\w+|répond\w+|écri\w+|emplo\w+|promet\w*)"
_NOT_TO_SAY = re.compile(
    rf"\bni\b|\bjamais\b|\b{_SAYING} pas\b|\bpas {_SAYING}\b"
    r"|\bévit\w+|\bplutôt que\b|\bau lieu d",
    re.IGNORECASE,
)


def _without_negative_examples(text: str, *, avoiding: bool) -> str:
    """Return the text without its quotations of what is not to be said."""
    text = text.replace("*", "")
    remaining, end = "", 0
    for quoted in _QUOTED.finditer(text):
        remaining += text[end : quoted.start()]
        sentence = re.split(r"[.!?]\s|\n", _QUOTED.sub("«»", remaining))[-1]
        remaining += "«»" if avoiding or _NOT_TO_SAY.search(sentence) else quoted[0]
        end = quoted.end()
    return remaining + text[end:]


def _normalized(text: str) -> str:
    return _folded(for_comparison(text))


def _folded(text: str) -> str:
    """Return a text in lower case, without the accents that capitals often lack.

    Its letters stay in place. « à » and « û » keep theirs, which tell words apart.
    """
    lowered = text.lower()
    return lowered if lowered.isascii() else lowered.translate(_ACCENTS)


_ACCENTED = ("é", "è", "ê", "ë", "ç", "î", "ï", "ô", "ö", "â", "ä")
_ACCENTS = str.maketrans({letter: without_accents(letter) for letter in _ACCENTED})


def _search(forms: tuple[str, ...], text: str, unless: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where the first of these forms is in a normalized text, as whole words."""
    for phrase in map(_folded, unless):
        text = text.replace(phrase, " " * len(phrase))
    for form in map(_folded, forms):
        if form.partition("*")[0] in text and (found := _form(form).search(text)):
            return found.span()
    return None


@cache
def _stems() -> tuple[tuple[Words, tuple[str, ...]], ...]:
    """Return every rule with the stems of its forms."""
    return tuple(
        (words, tuple(_folded(form.partition("*")[0]) for form in words.forms))
        for words in all_words()
    )


@cache
def _form(form: str) -> re.Pattern[str]:
    """Compile a form, matched as whole words; `*` stands for any ending."""
    before = r"(?<!\w)" if form[0].isalnum() else ""
    return re.compile(before + re.escape(form).replace(r"\*", r"\w*") + r"(?!\w)")


@cache
def _content() -> dict[str, Any]:
    return parse(read(FILE))
