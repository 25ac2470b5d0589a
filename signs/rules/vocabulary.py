"""Words that harm, in any text of ours: found by `vocabulary.toml`, with what to write instead.

The rules are data. This module reads them, walks the texts of an entry whatever its kind, and
leaves alone what is quoted as not to be said.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field

from signs.diagnostics.problem import Severity
from signs.files.document import parse, read
from signs.model.entries import Section
from signs.model.fields import PROSE

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
    """Phrases in which these words are at their place."""
    only_in: tuple[str, ...] = Field((), alias="ou")
    """Keys of the fields they harm in; everywhere when empty."""
    instead: str = Field(alias="ecrire")
    outdated: str | None = Field(None, alias="on_ne_dit_plus")
    """The word as the table « on ne dit plus, on dit » gives it; `None`: not in it."""
    why: str = Field(alias="pourquoi")
    source: str | None = None
    """Id of a source of the shipped list; `None` where it is a rule of our own."""


class Finding(NamedTuple):
    """Harmful words in one text of an entry."""

    path: Key
    """The keys that lead to the text in its file."""
    found: str
    genre: Genre
    words: Words


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


def findings(entry: BaseModel) -> Iterator[Finding]:
    """Yield the harmful words in every text of an entry, of any kind."""
    avoiding = getattr(entry, "section", None) is Section.AVOID
    for path, text in texts(entry):
        key = next(part for part in reversed(path) if isinstance(part, str))
        for found, words in harmful(text, key, avoiding=avoiding):
            yield Finding(path, found, genres()[words.genre], words)


@lru_cache(maxsize=8192)  # a list is verified again at each change, and most texts stayed
def harmful(text: str, key: str = "", *, avoiding: bool = False) -> tuple[tuple[str, Words], ...]:
    """Return what harms in a text of ours, with the rule that says so.

    Parameters
    ----------
    text
        Markdown, or plain.
    key
        The field it stands in, for the words that harm in some fields only.
    avoiding
        Whether it says what to avoid: what it quotes is then left alone.
    """
    return tuple(_harmful(text, key, avoiding=avoiding))


def _harmful(text: str, key: str, *, avoiding: bool) -> Iterator[tuple[str, Words]]:
    said = _plainly(_without_what_not_to_say(text, avoiding=avoiding))
    for words, stems in _stems():
        if words.only_in and key not in words.only_in:
            continue
        for stem in stems:  # hundreds of them, thousands of texts: look closer only where needed
            if stem in said:
                if found := _search(words.forms, said, words.unless):
                    yield found, words
                break


def told_to_do(text: str) -> str:
    """Return a text plainly written, less what it quotes in order to say: not so."""
    return _plainly(_without_what_not_to_say(text, avoiding=False))


def texts(entry: BaseModel) -> Iterator[tuple[Key, str]]:
    """Yield every text of ours in an entry, with the keys that lead to it in its file.

    A text of ours is whatever a model declares as `Text`, at any depth; names of documents
    and other people's words (`Cited`), ids, numbers and addresses are not.
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
        for place, inner_value in enumerate(value):
            yield from _texts_in((*path, place), inner_value, ours=ours)


def declares_prose(annotation: Any) -> bool:  # noqa: ANN401 (annotations are anything)
    """Tell whether an optional or repeated text is ours."""
    return PROSE in getattr(annotation, "__metadata__", ()) or any(
        map(declares_prose, get_args(annotation))
    )


_QUOTED = re.compile(r"«[^»]*»")
_SAYING = r"(?:dis|dit|dire|dites|demand\w+|répond\w+|écri\w+|emplo\w+|promet\w*)"
_NOT_TO_SAY = re.compile(
    rf"\bni\b|\bjamais\b|\b{_SAYING} pas\b|\bpas {_SAYING}\b"
    r"|\bévit\w+|\bplutôt que\b|\bau lieu d",
    re.IGNORECASE,
)


def _without_what_not_to_say(text: str, *, avoiding: bool) -> str:
    """Return the text, less what it quotes in order to say: not so."""
    text = text.replace("*", "")
    kept, end = "", 0
    for quoted in _QUOTED.finditer(text):
        kept += text[end : quoted.start()]
        sentence = re.split(r"[.!?]\s|\n", _QUOTED.sub("«»", kept))[-1]
        kept += "«»" if avoiding or _NOT_TO_SAY.search(sentence) else quoted[0]
        end = quoted.end()
    return kept + text[end:]


def _plainly(text: str) -> str:
    """Return the text in one case, with one kind of apostrophe and of space."""
    return re.sub(r"\s+", " ", text).replace("’", "'").lower()


def _search(forms: tuple[str, ...], said: str, unless: tuple[str, ...]) -> str | None:
    """Return the first of these forms that stands in a plain text as whole words."""
    for phrase in unless:
        said = said.replace(phrase, " ")
    for form in forms:
        if form.partition("*")[0] in said and (found := _form(form).search(said)):
            return found[0]
    return None


@cache
def _stems() -> tuple[tuple[Words, tuple[str, ...]], ...]:
    """Return every rule with how its forms begin."""
    return tuple(
        (words, tuple(form.partition("*")[0] for form in words.forms)) for words in all_words()
    )


@cache
def _form(form: str) -> re.Pattern[str]:
    """Return what finds a form as whole words; `*` stands for any ending."""
    before = r"(?<!\w)" if form[0].isalnum() else ""
    return re.compile(before + re.escape(form).replace(r"\*", r"\w*") + r"(?!\w)")


@cache
def _content() -> dict[str, Any]:
    return parse(read(FILE))
