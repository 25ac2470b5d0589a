"""What the model objects to, said in French: what was found, what is expected, what to write."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import WithJsonSchema

from signs.diagnostics.suggestions import (
    folded,
    listed,
    quoted,
    suggest_address,
    suggest_date,
    suggest_hours,
    suggest_id,
    suggest_ids,
    suggest_number,
)
from signs.model.entries import ListInfo
from signs.model.fields import WHOLE_NUMBER, PartialDate
from signs.model.keys import Expected, is_a, keys_of, mark_of
from signs.model.school import School
from signs.model.sign_list import KINDS, references_of
from signs.text.grammar import with_a, with_de
from signs.text.normalize import did_you_mean, nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from signs.diagnostics.problem import Key
    from signs.model.fields import Entry


_ID_RULE = "des lettres minuscules sans accent, des chiffres et des tirets"
_HEADS = (ListInfo, School)
_HEAD_KEYS = {key for head in _HEADS for key in keys_of(head)} - {"id"}
# By what the model objects to, where nothing above says it better.
_TYPES = {
    "string_type": ("un texte entre guillemets", '"…"'),
    "int_type": (WHOLE_NUMBER, "10"),
    "bool_type": ("true (oui) ou false (non), sans guillemets", "true"),
    "tuple_type": ("une liste entre crochets, d'au moins un élément", '["…"]'),
    "string_pattern_mismatch": (f"un identifiant : {_ID_RULE}", '"sommeil-trouble"'),
}


def explain(
    invalid: ValidationError, entry: type[Entry], name: str
) -> Iterator[tuple[Key, str, str]]:
    """Yield what a model objects to: where, what is wrong, and what to write.

    Parameters
    ----------
    invalid
        What pydantic raised; its places are told by the keys of the file.
    entry
        What the table should have been.
    name
        How the message calls the entry, such as « le signe « isolement » ».
    """
    for error in _telling(invalid.errors(include_url=False), entry):
        yield error["loc"], *_explain_value(error, entry, name)


def _telling(errors: list[ErrorDetails], entry: type[Entry]) -> list[ErrorDetails]:
    """Return the objections that say something of their own: one mistake is told once.

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


def _explain_value(error: ErrorDetails, entry: type[Entry], name: str) -> tuple[str, str]:
    key = str(error["loc"][0]) if error["loc"] else ""
    kind, value = error["type"], error["input"]
    if kind in _WHOLE:
        message, remedy = _WHOLE[kind]
        return message.format(f"{name[0].upper()}{name[1:]}"), remedy
    if kind == _UNKNOWN:
        return _unknown(key, value, entry, name)
    if kind == "string_too_short":
        field = _field(key, entry)
        optional = field is not None and not field.is_required()
        return (
            f"« {key} » {with_de(name)} est vide.",
            "Écrivez un texte, ou retirez la ligne." if optional else "Écrivez un texte.",
        )
    expected, example = _expected(key, kind, entry)
    if kind == "missing":
        choices = choices_of(key, entry)
        return (
            f"Il manque la ligne « {key} » {with_a(name)}.",
            f"Écrivez par exemple : {key} = {example}."
            + (f" Il faut {expected}." if choices else ""),
        )
    return (
        f"« {key} » {with_de(name)} {_shown(value)} ; il faut {expected}.",
        _remedy(key, kind, value, entry) or f"Écrivez par exemple : {key} = {example}.",
    )


_WHOLE = {
    "nowhere": (
        "{} n'a ni téléphone, ni lieu, ni adresse : on ne sait pas où trouver la personne.",
        'Écrivez par exemple : lieu = "bureau 12".',
    ),
    "model_type": (
        "{} n'est pas écrit comme une entrée.",
        "Écrivez son en-tête entre doubles crochets, comme [[signe]], seul sur sa ligne, puis une "
        "ligne par valeur.",
    ),
}


def _unknown(key: str, value: object, entry: type[Entry], name: str) -> tuple[str, str]:
    """Return what to say of a key that an entry of this kind does not have."""
    heading = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    what = f"L'en-tête [[{key}]]" if heading else f"La ligne « {key} »"
    if entry not in _HEADS and key in _HEAD_KEYS:
        return (
            f"{what} n'a pas sa place dans {name}.",
            "Écrivez-la en haut du fichier, avant le premier en-tête [[…]].",
        )
    known = list(keys_of(entry))
    return (
        f"{what} n'est pas prévu{'' if heading else 'e'} dans {name}.",
        suggestion(key, known).strip() or f"Les lignes possibles sont : {', '.join(known)}.",
    )


def _expected(key: str, kind: str, entry: type[Entry]) -> tuple[str, str]:
    """Return what a key expects, and an example of what one writes after « = »."""
    if _is_date(key, kind, entry):
        return "une date", f'2026-03-31, ou {key} = "2026-03" si le jour n\'est pas connu'
    if choices := choices_of(key, entry):
        return _expected_choice(choices, several=_is_list(key, entry))
    if key == "id" or _is_id(key, kind):
        return _TYPES[_PATTERN]
    field = _field(key, entry)
    if field and (stated := mark_of(Expected, field)):
        return stated.what, stated.example
    if _is_list(key, entry):
        return _TYPES["tuple_type"]
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


def _is_id(key: str, kind: str) -> bool:
    return kind == _PATTERN and key not in ("adresse", "langue")


def _is_date(key: str, kind: str, entry: type[Entry]) -> bool:
    field = _field(key, entry)
    return kind == "date" or (field is not None and is_a(PartialDate, field))


def _field(key: str, entry: type[Entry]) -> FieldInfo | None:
    fields = entry.model_fields.items()
    return next((field for name, field in fields if key == (field.alias or name)), None)


def _is_list(key: str, entry: type[Entry]) -> bool:
    field = _field(key, entry)
    return field is not None and get_origin(field.annotation) is tuple


def choices_of(key: str, entry: type[Entry]) -> tuple[str, ...]:
    """Return the words that a key may have, where they are fixed: whatever key it is."""
    field = _field(key, entry)
    return () if field is None else _words_of((*field.metadata, field.annotation))


def _words_of(parts: Iterable[Any]) -> tuple[str, ...]:
    """Return the words among the parts of an annotation; what is said of a schema comes first."""
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


def _remedy(key: str, kind: str, value: object, entry: type[Entry]) -> str:
    """Return what to write instead of a value, where the value tells what was meant."""
    text = "" if isinstance(value, bool | dict | list | tuple) else str(value).strip()
    if choices := choices_of(key, entry):
        return _choice_meant(key, text, choices, several=kind == "tuple_type") or (
            "Sans urgence, retirez la ligne." if kind == "urgency" else ""
        )
    targets = {reference.key: reference.kinds for reference in references_of(entry)}
    if key in targets and _is_id(key, kind):
        files = " et ".join(dict.fromkeys(KINDS[target].file for target in targets[key]))
        return f"Les identifiants possibles sont dans {files}."
    reads = suggest_date if _is_date(key, kind, entry) else _BY_KEY.get(key) or _BY_KIND.get(kind)
    if kind == "string_type" and not reads and isinstance(value, int | float | date):
        reads = quoted
    meant = reads(text) if reads and text else ""
    return f"Écrivez : {key} = {meant}." if meant else ""


_BY_KEY = {
    "telephone": suggest_number,
    "sms": suggest_number,
    "horaires": suggest_hours,
    "adresse": suggest_address,
    "langue": lambda _: "",
}
_BY_KIND = {
    "int_type": lambda text: text if text.isascii() and text.isdigit() else "",
    "tuple_type": suggest_ids,
    "when": suggest_ids,
    _PATTERN: suggest_id,
}


def _choice_meant(key: str, text: str, choices: tuple[str, ...], *, several: bool) -> str:
    """Return which choice a text is near to, or which ones where it should be a list of them."""
    near = [_nearest_choice(part, choices) for part in re.split(r"[,;]", text)]
    known = [word for word in near if word]
    if several:
        return f"Écrivez : {key} = {listed(known)}." if len(known) == len(near) else ""
    return did_you_mean(near[0]) if len(near) == 1 else ""


def _nearest_choice(text: str, choices: tuple[str, ...]) -> str | None:
    """Return the choice that a text looks like, or has as one of its words."""
    near = nearest(text, choices, alike=_SURELY)
    return near or next((word for word in folded(text).split("-") if word in choices), None)


_SURELY = 0.8
"""How like a choice a word has to be: « tous » does not mean « vous »."""


def _shown(value: Any) -> str:  # noqa: ANN401 (whatever stands in the file)
    """Return « vaut » and a value as a trainer wrote it, shortened."""
    if value == "":
        return "est vide"
    if isinstance(value, dict):
        return "est un groupe entre accolades"
    if isinstance(value, list | tuple):
        return (
            f"est la liste [{', '.join(map(_word, value[:3]))}]" if value else "est une liste vide"
        )
    return f"vaut {_word(value)}"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"« {value if len(value) <= 40 else value[:39] + '…'} »"  # noqa: PLR2004 (one line)
    return "[…]" if isinstance(value, list | dict) else str(value)
