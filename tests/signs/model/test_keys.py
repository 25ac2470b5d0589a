"""What a key and a kind are, stated on the model alone: schema, form and messages follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import pytest
from pydantic import Field, ValidationError

from signs.diagnostics.problem import Subject
from signs.diagnostics.validation_messages import explain
from signs.files import edit
from signs.files.json_schema import json_schema
from signs.model.entries import ListInfo, Retired
from signs.model.fields import Entry, Markdown, PartialDate, Text, WholeNumber
from signs.model.keys import Expected, Group, Key, heading_of, keys_of
from signs.model.kinds import Kind, kinds_of
from signs.model.nouns import with_article
from signs.model.outlines import OUTLINES
from signs.model.school import Contact, School
from signs.model.sign_list import HEAD, KINDS, SignList
from signs.model.ticks import Sign
from widgets.editor.forms.fields import Control, fields_of
from widgets.editor.forms.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMS: dict[str, type[Entry]] = {HEAD: ListInfo} | {
    name: kind.entry for name, kind in KINDS.items()
}
OTHERS: tuple[type[Entry], ...] = (Retired, School, Contact)


class _Weather(Sign):
    """A sign with keys that nobody gave to the other modules."""

    sky: Annotated[
        Markdown,
        Key("Ciel", "Le ciel de ce jour-là.", help="Comme on le voit.", order=8),
        Expected("un ciel de saison", '"gris"'),
    ] = Field(alias="ciel")
    wind: Annotated[WholeNumber, Key("Vent", group=Group.WHEN)] = Field(alias="vent")
    seen_on: Annotated[PartialDate, Key("Vu le", order=-1)] = Field(alias="vu_le")


class _Diary(SignList):
    """A list with a kind of entry that nobody told the other modules of."""

    weathers: Annotated[
        tuple[_Weather, ...],
        Kind(
            "meteo",
            "meteo.toml",
            noun="une averse",
            title="Météo",
            label="ciel",
            order=15,
            help="Le temps qu'il fait.",
        ),
    ] = ()


@pytest.fixture
def _weather(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(KINDS, "signe", replace(KINDS["signe"], entry=_Weather))
    fields_of.cache_clear()
    yield
    fields_of.cache_clear()


def test_every_key_is_described_and_every_key_of_a_form_has_a_label() -> None:
    for model in (*FORMS.values(), *OTHERS):
        for name, key in keys_of(model).items():
            assert key.description[0].isupper(), name
            assert key.description.endswith("."), name
            assert key.help, name
            if model not in OTHERS:
                assert key.label[0].isupper(), name


def test_a_field_that_does_not_say_what_its_key_is_is_refused() -> None:
    class Forgotten(Entry):
        sky: Text

    with pytest.raises(LookupError, match=r"Forgotten\.sky"):
        keys_of(Forgotten)


def test_at_most_one_key_heads_the_entries_of_a_kind() -> None:
    for model in FORMS.values():
        assert sum(key.heading for key in keys_of(model).values()) <= 1
    assert {
        kind: heading_of(FORMS[kind]) for kind in ("signe", "situation", "conseil", "terme")
    } == {
        "signe": "famille",
        "situation": "moment",
        "conseil": "etape",
        "terme": None,
    }


@pytest.mark.usefixtures("_weather")
def test_a_new_key_is_described_in_the_schema() -> None:
    properties = json_schema()["$defs"]["signe"]["properties"]
    assert properties["ciel"] == {
        "title": "ciel",
        "description": "Le ciel de ce jour-là.",
        "minLength": 1,
        "type": "string",
    }
    assert properties["vent"]["description"] == "Vent."


@pytest.mark.usefixtures("_weather")
def test_a_new_key_has_its_control_in_the_form() -> None:
    fields = {field.key: field for field in fields_of("signe")}
    assert [fields[key].control for key in ("ciel", "vent", "vu_le")] == [
        Control.MARKDOWN,
        Control.NUMBER,
        Control.DATE,
    ]
    assert fields["ciel"].wording.label == "Ciel"
    assert fields["ciel"].wording.help == "Comme on le voit."
    order = list(fields)
    assert (
        order.index("ciel") < order.index("famille") < order.index("vent") < order.index("source")
    )


def test_a_new_key_is_told_in_words_of_its_own() -> None:
    with pytest.raises(ValidationError) as refused:
        _Weather.model_validate({"vent": "fort", "ciel": True})
    found = explain(refused.value, _Weather, Subject("signe", "pluie"), OUTLINES["signes.toml"])
    told = {problem.key[0]: f"{problem.message} {problem.remedy}" for problem in found}
    assert told["ciel"] == (
        "« ciel » du signe « pluie » vaut true ; il faut un ciel de saison. "
        'Écrivez par exemple : ciel = "gris".'
    )
    assert "un nombre entier" in told["vent"]
    assert "vu_le = 2026-03-31" in told["vu_le"]  # its type says that it is a date


@pytest.mark.usefixtures("_weather")
def test_a_new_key_is_written_where_it_says() -> None:
    said: dict[str, edit.Value] = {
        "ciel": "gris",
        "source": "guide",
        "libelle": "Il pleut",
        "vu_le": "2026",
        "id": "pluie",
    }
    lines = edit.add("", "signe", said).split("\n")
    assert [line.partition(" ")[0] for line in lines if line] == [
        "[[signe]]",
        "id",
        "vu_le",
        "libelle",
        "source",
        "ciel",
    ]


def test_a_kind_is_declared_by_the_field_that_holds_its_entries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = kinds_of(_Diary)
    assert list(kinds) == [*KINDS, "meteo"]
    new = kinds["meteo"]
    assert (new.entry, new.field, new.needed) == (_Weather, "weathers", False)

    monkeypatch.setitem(KINDS, "meteo", new)
    schema = json_schema()
    assert schema["properties"]["meteo"]["items"] == {"$ref": "#/$defs/meteo"}
    assert "ciel" in schema["$defs"]["meteo"]["properties"]
    assert fields_of("meteo")[0].key == "ciel"
    assert title_of("meteo", {"ciel": "gris"}) == "gris"
    assert with_article("meteo", 0) == "l'averse n° 1"


def test_every_kind_is_recognized_by_a_key_it_has_and_has_a_place_of_its_own() -> None:
    for kind in KINDS.values():
        assert kind.label in keys_of(kind.entry)
        assert kind.noun.startswith(("un ", "une "))
        assert kind.title[0].isupper()
    assert len({kind.order for kind in KINDS.values()}) == len(KINDS)
