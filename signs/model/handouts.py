"""What is printed: posters and cards for pupils, sheets for staff; read like the rest of a list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from signs.model.fields import Id, Identified, OtherSources, Quoted, RefersTo, SourceId, Text
from signs.model.school import SchoolKind  # noqa: TC001 (pydantic reads it)

HandoutModel = Literal["observation", "premiers-mots", "chaine", "note", "atelier"]


class Poster(Identified):
    """What a poster and a card say to pupils of one age."""

    age: SchoolKind
    """Whom it speaks to: before 11, collège, lycée."""
    audience: Text = Field(alias="public")
    """The same in words."""
    title: Text = Field(alias="titre")
    explanation: Text = Field(alias="explication")
    not_your_fault: Text = Field(alias="pas_ta_faute")
    stop: Text = Field(alias="arreter")
    hold_out: Text = Field(alias="ne_pas_ceder")
    keep: Text = Field(alias="garder")
    tell: Text = Field(alias="dire")
    here: Text = Field(alias="ici")
    """What stands before the people of the school one can talk to."""
    codes: Text
    """What stands before the codes to scan."""
    source: SourceId
    other_sources: OtherSources = Field((), alias="autres_sources")
    source_section: Quoted = Field(alias="section")


class PosterHelp(Identified):
    """A service as posters name it; its number, address and hours are those of the service."""

    service: Annotated[Id, RefersTo("service")]
    posters: Annotated[tuple[Id, ...], RefersTo("affiche"), Field(min_length=1)] = Field(
        alias="affiches"
    )
    code: Annotated[bool, Field(strict=True)] = False
    """Whether it is a code to scan, which leads to the service's address."""
    purpose: Text = Field(alias="pour")
    not_for: Text | None = Field(None, alias="pas_pour")


class Handout(Identified):
    """A sheet to print for staff."""

    model: HandoutModel = Field(alias="modele")
    """How it is laid out."""
    title: Text = Field(alias="titre")
    lead: Text = Field(alias="chapo")
    rules: tuple[Text, ...] = Field((), alias="consignes")
    """How to use it, one sentence each."""
    advice: Annotated[tuple[Id, ...], RefersTo("conseil")] = Field((), alias="conseils")
    """The advice it repeats, word for word."""
    source: SourceId
    other_sources: OtherSources = Field((), alias="autres_sources")
    source_section: Quoted = Field(alias="section")
