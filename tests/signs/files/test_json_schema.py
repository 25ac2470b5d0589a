"""The JSON Schema is the model's: an independent validator agrees with it."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from signs.files.json_schema import PARTIAL_SCHEMA, SCHEMA, as_text, json_schema
from signs.loading.loader import SHIPPED
from signs.scaffold import TEMPLATES
from tests.conftest import Run

LISTS = sorted(SHIPPED.glob("*/*.toml"))
WHOLE = [*LISTS, *sorted(TEMPLATES.glob("standalone/*.toml"))]
PARTIAL = [*sorted(TEMPLATES.glob("layered/*.toml")), TEMPLATES / "ecole.toml"]


def _content(file: Path) -> Any:  # noqa: ANN401 (any TOML)
    def plain(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        if isinstance(value, list):
            return [plain(each) for each in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "partial"])
def validator(request: pytest.FixtureRequest) -> Draft202012Validator:
    schema = json_schema(partial=request.param)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_file_of_the_real_lists_is_valid(file: Path, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(_content(file))] == []


@pytest.mark.parametrize("file", PARTIAL, ids=lambda file: file.name)
def test_what_changes_another_list_is_valid_too(file: Path) -> None:
    validator = Draft202012Validator(json_schema(partial=True))
    assert [error.message for error in validator.iter_errors(_content(file))] == []


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ("signes.toml", "libele", "x"),
        ("signes.toml", "urgence", "vite"),
        ("conseils.toml", "rubrique", "après"),
        ("conseils.toml", "quand", "isolement"),
        ("conseils.toml", "rang", "dix"),
        ("services.toml", "pour", ["tous"]),
        ("services.toml", "verifie_le", "hier"),
        ("services.toml", "adresse", "3018.fr"),
    ],
)
def test_what_the_verifier_refuses_in_one_value_is_underlined(
    file: str, key: str, value: object, validator: Draft202012Validator
) -> None:
    content = _content(SHIPPED / "sextorsion" / file)
    kind = file.removesuffix("s.toml")
    content[kind][0][key] = value
    assert list(validator.iter_errors(content))


def test_the_files_beside_the_lists_are_what_the_model_says() -> None:
    for name, partial in ((SCHEMA, False), (PARTIAL_SCHEMA, True)):
        assert (SHIPPED / name).read_text(encoding="utf-8") == as_text(partial=partial), (
            f"uv run reperes schema > signs/lists/{name}"
        )


@pytest.mark.parametrize("file", [*WHOLE, *PARTIAL], ids=lambda f: f"{f.parent.name}/{f.name}")
def test_every_file_names_its_schema_at_its_head(file: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n", 1)[0]
    name = PARTIAL_SCHEMA if file in PARTIAL else SCHEMA
    assert first == f"#:schema {'../' if file in LISTS else './'}{name}"
    if file in LISTS:
        assert (file.parent / first.removeprefix("#:schema ")).is_file()


def test_every_key_is_explained_in_french() -> None:
    schema = json_schema()
    entries = {**schema["$defs"], "tête": schema}
    for entry in entries.values():
        for key, value in entry["properties"].items():
            assert value["description"].endswith("."), key
            assert value["title"], key


def test_reperes_schema_prints_it(reperes: Run) -> None:
    assert json.loads(reperes("schema").stdout) == json_schema()
    assert json.loads(reperes("schema", "--changement").stdout) == json_schema(partial=True)
