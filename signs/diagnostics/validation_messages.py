"""Translate validation errors to problems: value found, value expected, suggestion."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import ValidationError, WithJsonSchema

from signs.diagnostics.problem import Problem
from signs.diagnostics.reporter import (
    Assignment,
    Headings,
    Kinds,
    Near,
    NearHeading,
    NearKey,
    Value,
)
from signs.diagnostics.suggestions import (
    listed,
    quoted,
    suggest_address,
    suggest_date,
    suggest_departments,
    suggest_extension,
    suggest_hours,
    suggest_id,
    suggest_ids,
    suggest_mail,
    suggest_number,
    suggest_page_address,
    synonym,
    unknown_port,
)
from signs.model.academy import Academy, AcademyContact
from signs.model.entries import ListInfo
from signs.model.fields import FORMAT, WHOLE_NUMBER, Id, PartialDate, When
from signs.model.identity import department_of, uai_of
from signs.model.keys import Expected, is_a, keys_of, mark_of, unwrap
from signs.model.outlines import Heading
from signs.model.publisher import Publisher
from signs.model.school import Contact, Role, School
from signs.model.sign_list import KINDS, references_of
from signs.text.normalize import folded, nearest
from signs.text.phone_numbers import dialled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from signs.diagnostics.reporter import Subject
    from signs.model.fields import Entry
    from signs.model.outlines import Outline


_ID_RULE = "des lettres minuscules sans accent, des chiffres et des tirets"
_HEADS = (ListInfo, School, Academy)
_OWN = (School, Academy, Contact, AcademyContact, Publisher)
"""What schools and académies write of themselves."""
# Expected value and example by error type, where the key has no better ones.
_TYPES = {
    "string_type": ("un texte entre guillemets", '"…"'),
    "int_type": (WHOLE_NUMBER, "10"),
    "bool_type": ("true (oui) ou false (non), sans guillemets", "true"),
    "tuple_type": ("une liste entre crochets, d'au moins un élément", '["…"]'),
    "string_pattern_mismatch": (f"un identifiant : {_ID_RULE}", '"sommeil-trouble"'),
}


def explain(
    invalid: ValidationError, entry: type[Entry], subject: Subject, outline: Outline
) -> Iterator[Problem]:
    """Yield a problem for each validation error, with its key in the entry.

    Parameters
    ----------
    invalid
        The error of pydantic; its locations are keys of the file.
    entry
        The model that the table should match.
    subject
        The entry it is about.
    outline
        What its file may hold.
    """
    for error in _distinct(invalid.errors(include_url=False), entry):
        code, params = _explain_value(error, entry, outline)
        yield Problem(code, subject, error["loc"], params)


def line_to_write(
    key: str, written: str | list[str], entry: type[Entry]
) -> tuple[Assignment, bool]:
    """Return the line that an entry takes for a key whose value is no TOML.

    Parameters
    ----------
    key
        As it is read.
    written
        The value as it was written, without quotes; empty where there is none. Several, where
        that is how it was written.
    entry
        The model of the entry that the key is in.

    Returns
    -------
    tuple
        The line, and whether it says what was meant: otherwise it is an example.
    """
    error = _refusal(key, written, entry)
    if error is None:
        if not all(map(quoted, [written] if isinstance(written, str) else written)):
            return Assignment(key, _expected(key, "string_type", entry)[1]), False
        toml = quoted(written) if isinstance(written, str) else listed(written)
        return Assignment(key, toml), True
    meant = _remedy(key, error["type"], written, entry).get("meant")
    if isinstance(meant, Assignment) and meant.key == key:
        value = tomllib.loads(f"it = {meant.toml}")["it"]
        if _refusal(key, value, entry) is None:
            return meant, True
    return Assignment(key, _expected(key, error["type"], entry)[1]), False


def is_taken(key: str, value: object, entry: type[Entry]) -> bool:
    """Tell whether an entry takes a value for a key."""
    return _refusal(key, value, entry) is None


def _refusal(key: str, value: object, entry: type[Entry]) -> ErrorDetails | None:
    """Return why an entry does not take a value for a key; `None` where it does."""
    try:
        entry.model_validate({key: value})
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)
        return next((each for each in errors if each["loc"][:1] == (key,)), None)
    return None


def _distinct(errors: list[ErrorDetails], entry: type[Entry]) -> list[ErrorDetails]:
    """Return the independent errors, so that one mistake is reported once.

    A mistyped key is not missing too, and a list is not wrong besides one of its elements.
    """
    keys = list(keys_of(entry))
    mistyped = {
        nearest(str(error["loc"][-1]), keys) for error in errors if error["type"] == _UNKNOWN
    }
    paths = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not (error["type"] == "missing" and error["loc"][-1] in mistyped)
        and not any(
            len(p) > len(error["loc"]) and p[: len(error["loc"])] == error["loc"] for p in paths
        )
    ]


_UNKNOWN = "extra_forbidden"


def _explain_value(
    error: ErrorDetails, entry: type[Entry], outline: Outline
) -> tuple[str, dict[str, Any]]:
    """Return the code and the parameters of one error."""
    key = str(error["loc"][0]) if error["loc"] else ""
    kind, value = error["type"], error["input"]
    if kind == "model_type":
        heading = outline.heading_of(entry)
        return "not-an-entry", {"block": heading and heading.block, "heading": heading}
    if kind in _COMPLETE:
        return _COMPLETE[kind], {}
    if kind == _UNKNOWN:
        return _unknown(key, value, entry, outline)
    if kind == "string_too_short":
        field = _field(key, entry)
        return "empty-text", {"optional": field is not None and not field.is_required()}
    expected, example = _expected(key, kind, entry)
    params = {"expected": expected, "example": Assignment(key, example)}
    if kind == "missing":
        return "missing-key", params | {"choices": choices_of(key, entry)}
    params |= {"value": Value(value)} | _remedy(key, kind, value, entry)
    return _code(key, kind, value, entry), params


_COMPLETE = {
    "nowhere": "unreachable-contact",
    "unaudited": "unaudited-conformity",
}
"""Codes of errors about a complete entry, by error type."""


def _code(key: str, kind: str, value: object, entry: type[Entry]) -> str:
    """Return the code of an unexpected value."""
    if isinstance(value, list | tuple) and not value:
        return "empty-list"
    if _is_date(key, kind, entry):
        return "invalid-date"
    if choices_of(key, entry):
        return "invalid-choice"
    if key == "id" or _is_id(key, kind, entry):
        return "invalid-id"
    if key not in _CODES and _is_list(key, entry):
        return "invalid-list"
    field = _field(key, entry)
    stated = None if field is None else mark_of(Expected, field)
    other = "invalid-text" if stated is None else "invalid-number"
    return _CODES.get(key) or _CODES_BY_TYPE.get(kind, other)


_CODES = {
    "telephone": "invalid-phone",
    "sms": "invalid-phone",
    "poste": "invalid-extension",
    "adresse": "invalid-address",
    "courriel": "invalid-mail",
    "adresse_page": "invalid-address",
    "sortie": "invalid-address",
    "horaires": "invalid-hours",
    "langue": "invalid-language",
    "uai": "invalid-uai",
    "departement": "invalid-department",
    "departements": "invalid-department",
    "quand": "invalid-triggers",
}
_CODES_BY_TYPE = {
    "int_type": "invalid-number",
    "bool_type": "invalid-boolean",
    "tuple_type": "invalid-list",
    "string_type": "invalid-text",
}


def _unknown(
    key: str, value: object, entry: type[Entry], outline: Outline
) -> tuple[str, dict[str, Any]]:
    """Return the code and the parameters of a key that is unknown for this kind."""
    heading = heading_of(key, value)
    if not heading:
        return unknown_line(key, entry, outline)
    if entry is outline.top:
        return "unknown-heading", {"heading": heading} | unknown_heading(key, outline)
    return "unknown-key", {"heading": heading, "known": ", ".join(outline.lines_of(entry))}


def heading_of(key: str, value: object) -> Heading | None:
    """Return the heading that something stands under, as it is written; a line has none."""
    if isinstance(value, dict):
        return Heading(key, block=True)
    several = isinstance(value, list) and value and isinstance(value[0], dict)
    return Heading(key) if several else None


def unknown_line(key: str, entry: type[Entry], outline: Outline) -> tuple[str, dict[str, Any]]:
    """Return the code and the parameters of a line whose key an entry does not have.

    Parameters
    ----------
    key
        As it is read.
    entry
        The model of the entry that the line is in.
    outline
        What its file may hold.
    """
    if entry is not outline.top and key in outline.lines(""):
        return "misplaced-key", {}
    known = outline.lines_of(entry)
    also = {other: name for name, each in known.items() for other in each.also}
    meant = also.get(folded(key).replace("-", "_"))
    near = NearKey(meant) if meant else NearKey.to(key, known)
    return "unknown-key", {"near": near, "known": ", ".join(known)}


def unknown_heading(name: str, outline: Outline) -> dict[str, Any]:
    """Return the parameters of a heading that a file may not have."""
    near = outline_heading(name, outline)
    elsewhere = name if name in KINDS else ""
    return {
        "near": NearHeading(near or ""),
        "files": Kinds((elsewhere,)) if elsewhere else (),
        "headings": Headings(outline.headings),
    }


_ALIKE_HEADING = 0.7
"""There are many of them, mostly short."""


def outline_heading(name: str, outline: Outline) -> Heading | None:
    """Return the heading of a file that somebody calls by a name; `None` where there is none."""
    names = [each.name for each in outline.headings]
    found = nearest(name, names, alike=_ALIKE_HEADING)
    if found is None and "contact" in names and (name in list(Role) or synonym("role", name)):
        found = "contact"
    return None if found is None else outline.heading(found)


def _expected(key: str, kind: str, entry: type[Entry]) -> tuple[str, str]:
    """Return the value that a key expects, and an example to write after « = »."""
    if _is_date(key, kind, entry):
        return "une date", f'2026-03-31, ou {key} = "2026-03" si le jour n\'est pas connu'
    if choices := choices_of(key, entry):
        return _expected_choice(choices, several=_is_list(key, entry))
    field = _field(key, entry)
    if key == "id" or _is_id(key, kind, entry) or (field and is_a(Id, field)):
        return _TYPES[_PATTERN]
    if field and (stated := mark_of(Expected, field)):
        return stated.what, stated.example
    if _is_list(key, entry):
        what, example = _TYPES["tuple_type"]
        names = any(key == reference.key for reference in references_of(entry))
        return what, '["identifiant"]' if names else example
    return _TYPES.get(kind, _TYPES["string_type"])


def _expected_choice(choices: tuple[str, ...], *, several: bool) -> tuple[str, str]:
    words = [f"« {word} »" for word in choices]
    if several:
        example = f'["{choices[0]}", "{choices[1]}"]'
        return f"une liste de mots parmi {', '.join(words)}", example
    if len(words) == 2:  # noqa: PLR2004 (one or the other)
        return " ou ".join(words), f'"{choices[0]}"'
    return f"un mot parmi {', '.join(words)}", f'"{choices[0]}"'


_PATTERN = "string_pattern_mismatch"


def _is_id(key: str, kind: str, entry: type[Entry]) -> bool:
    """Tell whether an error is about an id: a pattern that nothing else is expected of."""
    field = _field(key, entry)
    return kind == _PATTERN and (field is None or mark_of(Expected, field) is None)


def _is_date(key: str, kind: str, entry: type[Entry]) -> bool:
    field = _field(key, entry)
    return kind == "date" or (field is not None and is_a(PartialDate, field))


def _field(key: str, entry: type[Entry]) -> FieldInfo | None:
    fields = entry.model_fields.items()
    return next((field for name, field in fields if key == (field.alias or name)), None)


class Form(StrEnum):
    """How the value of a key is written."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    LIST = "list"


def form_of(key: str, entry: type[Entry]) -> Form:
    """Return how the value of a key of an entry is written."""
    field = _field(key, entry)
    if field is None or is_a(PartialDate, field):
        return Form.TEXT if field is None else Form.DATE
    if is_a(When, field) or _is_list(key, entry):
        return Form.LIST
    return {int: Form.NUMBER, bool: Form.FLAG}.get(unwrap(field)[0], Form.TEXT)


def example_line(entry: type[Entry], outline: Outline) -> Assignment:
    """Return a line that an entry may have: a text where it has any."""
    first, *others = outline.lines_of(entry)
    lines = (key for key in (first, *others) if form_of(key, entry) is Form.TEXT)
    texts = (Assignment(key, quoted(_ANY)) for key in lines if is_taken(key, _ANY, entry))
    return next(texts, Assignment(first, _expected(first, "", entry)[1]))


_ANY = "…"


def _is_list(key: str, entry: type[Entry]) -> bool:
    field = _field(key, entry)
    return field is not None and get_origin(field.annotation) is tuple


def choices_of(key: str, entry: type[Entry]) -> tuple[str, ...]:
    """Return the allowed words of a key; empty where they are not fixed."""
    field = _field(key, entry)
    return () if field is None else _words_of((*field.metadata, field.annotation))


def _words_of(parts: Iterable[Any]) -> tuple[str, ...]:
    """Return the allowed words in the parts of an annotation; a JSON schema comes first."""
    for part in parts:
        if isinstance(part, WithJsonSchema):
            return tuple(part.json_schema.get("enum", ())) if part.json_schema else ()
        if isinstance(part, type) and issubclass(part, StrEnum):
            return tuple(word.value for word in part)
        if get_origin(part) is Literal:
            return tuple(map(str, get_args(part)))
        inner = (*getattr(part, "__metadata__", ()), *get_args(part))
        if found := _words_of(inner):
            return found
    return ()


def _remedy(key: str, kind: str, value: object, entry: type[Entry]) -> dict[str, Any]:
    """Return parameters of the remedy: what to write instead, where it can be guessed."""
    text = "" if isinstance(value, bool | dict | list | tuple) else str(value).strip()
    if choices := choices_of(key, entry):
        return _choice_remedy(key, kind, value, entry, choices)
    targets = {reference.key: reference.kinds for reference in references_of(entry)}
    if key in targets and _is_id(key, kind, entry):
        return {"files": Kinds(targets[key])}
    if _CODES.get(key) == "invalid-phone" and text:
        return _number_remedy(key, text, entry)
    if _CODES.get(key) == "invalid-address" and (instead := _address_remedy(key, text, entry)):
        return instead
    if key == "horaires" and (unsayable := _unsayable_hours(text)):
        return unsayable
    reads = suggest_date if _is_date(key, kind, entry) else _BY_KEY.get(key) or _BY_KIND.get(kind)
    if _is_list(key, entry) and kind in {"string_type", "department"}:  # one of several
        reads = None
    elif kind == "string_type" and not reads and isinstance(value, int | float | date):
        reads = quoted
    toml = reads(text) if reads and text else ""
    return {"meant": Assignment(key, toml)} if toml else {}


def _choice_remedy(
    key: str, kind: str, value: object, entry: type[Entry], choices: tuple[str, ...]
) -> dict[str, Any]:
    """Return parameters of the remedy for a key whose words are fixed: the one meant, if any."""
    text = "" if isinstance(value, bool | dict | list | tuple) else str(value).strip()
    several = kind == "tuple_type"
    if text in choices and not isinstance(value, str):  # it lacks its quotation marks
        return {"meant": Assignment(key, quoted(text))}
    if entry in _OWN and not several:
        words = value if isinstance(value, list) else [text]
        text = synonym(key, " ".join(map(str, words))) or text
    meant = _choice_meant(key, text, choices, several=several)
    return meant or {"urgency": kind == "urgency", "optional": entry in _HEADS}


def _number_remedy(key: str, text: str, entry: type[Entry]) -> dict[str, Any]:
    """Return parameters of the remedy for a number: what it says beside the number, too."""
    read, local = dialled(text), issubclass(entry, Contact)
    toml = suggest_number(text, local=local)
    params: dict[str, Any] = {"absent": read.absent}
    if toml:
        params |= {"several": read.several, "meant": Assignment(key, toml)}
    if key == "telephone" and (read.extension or (read.number.isdigit() and not toml)):
        said = read.extension or f"poste {read.number}"
        _, _, digits = said.partition(" ")
        place = Assignment("poste", quoted(digits))
        if said.startswith("touche"):
            place = Assignment("presence" if local else "limites", quoted(f"{said.capitalize()}."))
        params |= {"extension" if toml else "internal": place}
    return params


def _unsayable_hours(text: str) -> dict[str, bool]:
    """Return which thing, that the notation of files cannot say, some hours speak of."""
    said = {
        "school_holidays": r"\bSH\b|vacances",
        "appointment": r"rendez-?vous|\brdv\b",
        "variable": r"variable|selon|se renseigner",
    }
    return {what: True for what, words in said.items() if re.search(words, text, re.IGNORECASE)}


def _address_remedy(key: str, text: str, entry: type[Entry]) -> dict[str, Any]:
    """Return parameters of the remedy for an address whose port is none, or that is another's."""
    port, without = unknown_port(text) or ("", "")
    if toml := _SUGGESTED_ADDRESS[key](without):
        return {"port": port, "meant": Assignment(key, toml)}
    return _no_address(text) if key == "adresse" and issubclass(entry, Contact) else {}


def _no_address(text: str) -> dict[str, Any]:
    """Return the line of a contact that a mail or a postal address belongs to, if it is one."""
    if mail := suggest_mail(text):
        return {"meant": Assignment("courriel", mail)}
    if re.search(r"\s", text) and not re.match(r"\s*(?:https?:|www\.)", text):
        return {"meant": Assignment("adresse_postale", quoted(text))} if quoted(text) else {}
    return {}


_SUGGESTED_ADDRESS = {
    "adresse": suggest_address,
    "adresse_page": suggest_page_address,
    "sortie": suggest_address,
}
_BY_KEY = {
    **_SUGGESTED_ADDRESS,
    "horaires": suggest_hours,
    "courriel": suggest_mail,
    "langue": lambda _: "",
    "poste": suggest_extension,
    "uai": lambda text: quoted(uai_of(text)),
    "departement": lambda text: quoted(department_of(text)),
    "departements": suggest_departments,
    "format": lambda text: text if text == str(FORMAT) else "",
}
_BY_KIND = {
    "int_type": lambda text: str(int(text)) if re.fullmatch(r"[0-9]{1,9}", text) else "",
    "tuple_type": suggest_ids,
    "when": suggest_ids,
    _PATTERN: suggest_id,
}


def _choice_meant(
    key: str, text: str, choices: tuple[str, ...], *, several: bool
) -> dict[str, Any]:
    """Return the choice nearest to a text, or several where a list is expected."""
    near = [_nearest_choice(part, choices) for part in re.split(r"[,;]", text)]
    known = [word for word in near if word]
    if several:
        return {"meant": Assignment(key, listed(known))} if len(known) == len(near) else {}
    return {"near": Near(known[0])} if len(near) == 1 and known else {}


def _nearest_choice(text: str, choices: tuple[str, ...]) -> str | None:
    """Return the choice that a text resembles, or contains as a word."""
    near = nearest(text, choices, alike=_SURELY)
    return near or next((word for word in folded(text).split("-") if word in choices), None)


_SURELY = 0.8
"""Minimum similarity to a choice: « tous » does not mean « vous »."""
