"""The values that entries of a list are made of, each with what it accepts."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from signs.text import opening_hours

FORMAT = 1
"""The version of the file format that this code reads."""

Urgency = Literal["immediate", "today", "none"]
LEVELS: tuple[Urgency, ...] = ("none", "today", "immediate")
"""From what can wait to what cannot."""
URGENCIES: dict[str, Urgency] = {"immediate": "immediate", "aujourdhui": "today"}
"""What a file may say of urgency; saying nothing means `none`."""
EMERGENCY = ("15", "17", "112")
"""Where somebody sends help: what an immediate item leads to, whatever a list says."""
EMERGENCY_SMS = ("114",)
"""The same, in writing."""
ALWAYS: Final = "toujours"
"""What `quand` says of an entry that is shown whatever is ticked."""
TICKS = ("signe", "situation")
"""The kinds of what one can tick."""


# Emergency and short numbers, or ten digits.
_PHONE = re.compile(r"1[578]|1[0-9]{2}|[13][0-9]{3}|11[0-9]{4}|0[1-9][0-9]{8}")
# Six digits in New Caledonia and in Wallis and Futuna, eight in Polynesia.
_PACIFIC = re.compile(r"[2-9][0-9]{5}|[48][0-9]{7}")
_DATE_PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def _partial_date(value: object) -> object:
    """Accept a TOML date, or a year, or a year and a month, as the source gives it."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str) and (found := _DATE.fullmatch(value)):
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            date(year, month, day)
        except ValueError:
            pass
        else:
            return value
    raise PydanticCustomError("date", "not a date")


def _urgency(value: object) -> object:
    if isinstance(value, str) and value in URGENCIES:
        return URGENCIES[value]
    raise PydanticCustomError("urgency", "not an urgency")


def _when(value: object) -> object:
    """Read `quand`: « toujours », or a list of ids (whether they exist is not asked here)."""
    if value == ALWAYS:
        return ALWAYS
    if isinstance(value, list | tuple) and value and all(isinstance(id_, str) for id_ in value):
        return tuple(value)
    raise PydanticCustomError("when", "neither « toujours » nor ids")


def _hours(value: str) -> str:
    try:
        opening_hours.parse(value)
    except ValueError as error:
        raise PydanticCustomError("hours", "not opening hours") from error
    return value


def is_phone(number: str) -> bool:
    """Tell whether a number has the form of one that can be called in France."""
    return _PHONE.fullmatch(number.replace(" ", "")) is not None


def _phone(value: str) -> str:
    if not is_phone(value):
        raise PydanticCustomError("phone", "not a number that one can call in France")
    return value


def _local_phone(value: str) -> str:
    return value if is_pacific(value) else _phone(value)


def is_pacific(number: str) -> bool:
    """Tell whether a number has the form of New Caledonia, Wallis and Futuna, or Polynesia."""
    return _PACIFIC.fullmatch(number.replace(" ", "")) is not None


class RefersTo:
    """Marks a field whose value, one id or several, names entries of these kinds."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds


ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(strict=True, pattern=ID_PATTERN)]
NonEmptyStr = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
PROSE: Final = "prose"
"""Marks what we wrote: the words to avoid (`signs.rules.vocabulary`) are looked for in it, and in
no more."""
Text = Annotated[NonEmptyStr, PROSE]
"""A text of ours."""
Quoted = NonEmptyStr
"""The name of a document, or words that are not ours: what others said, or say no more."""
ADDRESS_PATTERN = r"""^https://(?:[\w-]+\.)+[a-z]{2,}(?:[/?#][^\s"'<>]*)?$"""
Address = Annotated[NonEmptyStr, StringConstraints(pattern=ADDRESS_PATTERN)]
Language = Annotated[Text, StringConstraints(pattern=r"^[a-z]{2}$")]
"""As `lang` has it in HTML."""
Phone = Annotated[NonEmptyStr, AfterValidator(_phone)]
LocalPhone = Annotated[NonEmptyStr, AfterValidator(_local_phone)]
"""As one calls it where the school stands."""
Hours = Annotated[NonEmptyStr, AfterValidator(_hours)]
UrgencyWord = Annotated[
    Urgency,
    BeforeValidator(_urgency),
    WithJsonSchema({"type": "string", "enum": ["immediate", "aujourdhui"]}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(  # some editors tell a date from a text, and others do not
        {
            "anyOf": [
                {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                {"type": "string", "pattern": rf"^{_DATE_PATTERN}$"},
            ]
        }
    ),
]
When = Annotated[
    Literal["toujours"] | tuple[str, ...],
    PlainValidator(_when),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": ALWAYS},
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "pattern": ID_PATTERN},
                },
            ]
        }
    ),
]
SourceId = Annotated[Id, RefersTo("source")]
OtherSources = Annotated[tuple[Id, ...], RefersTo("source")]


class Entry(BaseModel):
    """Anything a list holds."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Identified(Entry):
    """What other entries can name."""

    id: Id
