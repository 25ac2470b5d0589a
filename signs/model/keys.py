"""Metadata of the keys of files, declared on the fields of the models that hold their values.

The JSON Schema, the forms, the messages, the protected keys, the lengths and the order in which
keys are written are all derived from these marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

Mark = TypeVar("Mark")


class Group(StrEnum):
    """The part of a form that a field stands in, in the order of the form."""

    READ = "lire"
    REACH = "joindre"
    WHEN = "quand"
    ORIGIN = "origine"
    OTHER = "autres"


class TextFormat(StrEnum):
    """Marks a text that takes more than one line of a form."""

    BLOCK = "block"
    """Plain text."""
    MARKDOWN = "markdown"
    """Paragraphs, lists, bold and links."""


@dataclass(frozen=True, slots=True)
class Key:
    """Marks a field with the French texts that present its key to readers and editors.

    Parameters
    ----------
    label
        What the form calls it; empty where no form shows it.
    description
        Description in the JSON Schema, for text editors; the label as a sentence by default.
    help
        Help text below the label in the form; the description by default.
    group
        The part of the form that it stands in.
    order
        Where it is written in an entry: before the others (negative) or after them (positive);
        ties follow the order of the model.
    max_length
        How many characters a person still reads on a card, in a bad minute; more is remarked.
    rule
        Whether it is a rule of the list and not a word: a school's file leaves it as it is.
    heading
        Whether entries with the same value are read together, below it.
    also
        Other names that people give it, which messages take for this one.
    """

    label: str = ""
    description: str = ""
    help: str = ""
    group: Group = Group.READ
    order: int = 0
    max_length: int | None = None
    rule: bool = False
    heading: bool = False
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "description", self.description or f"{self.label}.")
        object.__setattr__(self, "help", self.help or self.description)


@dataclass(frozen=True, slots=True)
class Expected:
    """Marks a type, or a field, with the expected value that messages mention.

    Without it, messages describe the type and its choices.
    """

    what: str
    """« il faut … »."""
    example: str
    """What one writes after « = »."""


@cache
def keys_of(model: type[BaseModel]) -> dict[str, Key]:
    """Return the metadata of an entry's keys, by their names in the file, in model order.

    Raises
    ------
    LookupError
        When a field has no `Key`; it is named.
    """
    found = {}
    for name, field in model.model_fields.items():
        key = mark_of(Key, field)
        if key is None:
            raise LookupError(f"{model.__name__}.{name}")
        found[field.alias or name] = key
    return found


def in_writing_order(*models: type[BaseModel]) -> list[str]:
    """Return the keys of an entry, of any of these models, in the order that files have them."""
    keys = {name: key for model in models for name, key in keys_of(model).items()}
    return sorted(keys, key=lambda name: keys[name].order)


def heading_of(model: type[BaseModel]) -> str | None:
    """Return the key below whose value entries are read together; `None` where there is none."""
    return next((name for name, key in keys_of(model).items() if key.heading), None)


def mark_of(kind: type[Mark], field: FieldInfo) -> Mark | None:
    """Return a field's mark of a kind: its own, or else that of its type."""
    return next((mark for mark in reversed(unwrap(field)[1]) if isinstance(mark, kind)), None)


def is_a(annotated: Any, field: FieldInfo) -> bool:  # noqa: ANN401 (an Annotated type)
    """Tell whether a field is of a type: it bears the type's last, most specific mark."""
    return annotated.__metadata__[-1] in unwrap(field)[1]


def unwrap(field: FieldInfo) -> tuple[Any, list[Any]]:
    """Return a field's type without « or nothing », and its marks, those of the type first."""
    annotation: Any = field.annotation
    marks = list(field.metadata)
    while True:
        arguments = get_args(annotation)
        if type(None) in arguments:
            annotation = next(each for each in arguments if each is not type(None))
        elif hasattr(annotation, "__metadata__"):
            marks = [*annotation.__metadata__, *marks]
            annotation = annotation.__origin__
        else:
            return annotation, marks
