"""Generate the JSON Schema of the files of a list and of a school from the models.

Text editors use it (Taplo, Even Better TOML): `#:schema` at the head of a file refers to it. A
copy is stored beside the lists, for use offline; a test checks that it is up to date.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from signs.model.academy import Academy, AcademyContact
from signs.model.entries import ListInfo, Retired
from signs.model.fields import FORMAT
from signs.model.keys import keys_of
from signs.model.publisher import Publisher
from signs.model.school import School
from signs.model.sign_list import KINDS

if TYPE_CHECKING:
    from pydantic import BaseModel

SCHEMA, PARTIAL_SCHEMA = "liste.schema.json", "changement.schema.json"
"""File names of the schema of a standalone list, and of a derived list."""


def json_schema(*, partial: bool = False) -> dict[str, Any]:
    """Return one schema for all files: no two use the same key for different things.

    Parameters
    ----------
    partial
        Whether an entry may set only the keys it changes, as in a derived list and in a school's
        file.
    """
    models: dict[str, type[BaseModel]] = {
        **{name: kind.entry for name, kind in KINDS.items()},
        "liste": ListInfo,
        "retire": Retired,
        "ecole": School,
        "academie": Academy,
        "contact": AcademyContact,
        "editeur": Publisher,
    }
    _references, schema = models_json_schema(
        [(model, "validation") for model in models.values()],
        by_alias=True,
        ref_template="#/$defs/{model}",
    )
    names = {model.__name__: name for name, model in models.items()}
    definitions = {
        names[name]: _in_french(names[name], models[names[name]], definition)
        for name, definition in _renamed(schema["$defs"], names).items()
        if name in names
    }
    if partial:
        for name in KINDS:
            definitions[name]["required"] = ["id"]
    heads = [definitions.pop(name) for name in ("liste", "academie", "ecole")]
    properties: dict[str, Any] = {}
    for head in heads:
        properties |= head["properties"]
    named = {
        name: key for model in (ListInfo, Academy, School) for name, key in keys_of(model).items()
    }
    for name in (*KINDS, "retire", "contact"):
        properties[name] = {
            "title": f"[[{name}]]",
            "description": named[name].description if name in named else f"Une entrée {name}.",
            "type": "array",
            "items": {"$ref": f"#/$defs/{name}"},
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Un fichier de liste, d'académie ou d'établissement de Repères, format {FORMAT}",
        "description": "Les clés sont expliquées une à une ; reperes verifier dit le reste.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        # The head of a list has all required keys; the other files have none of them.
        "if": {"required": ["version"]},
        "then": {"required": heads[0]["required"]},
        "$defs": definitions,
    }


def as_text(*, partial: bool = False) -> str:
    """Return the text of the schema file."""
    return json.dumps(json_schema(partial=partial), ensure_ascii=False, indent=2) + "\n"


def _renamed(definitions: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Inline shared values (sections, roles), which editors then show at once."""
    inlined = {name: d for name, d in definitions.items() if name not in names}

    def walk(value: Any) -> Any:  # noqa: ANN401 (any JSON)
        if isinstance(value, dict):
            target = str(value.get("$ref", "")).removeprefix("#/$defs/")
            if target in inlined:
                return walk({k: v for k, v in inlined[target].items() if k not in _ENGLISH})
            if target in names:
                return {"$ref": f"#/$defs/{names[target]}"}
            return {key: walk(each) for key, each in value.items()}
        return [walk(each) for each in value] if isinstance(value, list) else value

    return {name: walk(definition) for name, definition in definitions.items()}


_ENGLISH = {"title", "description"}


def _in_french(kind: str, model: type[BaseModel], definition: dict[str, Any]) -> dict[str, Any]:
    keys = keys_of(model)
    properties = {
        key: {"title": key, "description": keys[key].description, **_plain(value)}
        for key, value in definition["properties"].items()
    }
    return {
        **{key: value for key, value in definition.items() if key not in _ENGLISH},
        "title": kind,
        "properties": properties,
        "required": definition.get("required", []),
    }


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """Return a value without what TOML cannot express: null, and null defaults."""
    remaining = {k: v for k, v in value.items() if k not in {*_ENGLISH, "default"}}
    choices = [each for each in remaining.pop("anyOf", []) if each.get("type") != "null"]
    if len(choices) == 1:
        return {**remaining, **choices[0]}
    return {**remaining, "anyOf": choices} if choices else remaining
