"""What a training list adds: words and figures to know, and what a workshop goes through.

Entries like the others (`signs.model.entries`): French keys, a source for each, verified together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from signs.model.fields import TICKS, Id, Identified, OtherSources, Quoted, RefersTo, SourceId, Text
from signs.model.school import SchoolKind  # noqa: TC001 (pydantic reads it)

Content = Literal["texte", "mythes", "vignettes", "mots", "phrases"]
"""What a step of the workshop shows besides its own text."""
Path = Literal["long", "court"]
"""The two ways through the workshop: 60 to 90 minutes, or 20."""
Minutes = Annotated[int, Field(strict=True, ge=1, le=90)]
Number = Annotated[int, Field(strict=True, ge=0)]


class Sourced(Identified):
    """What rests on documents, and says where in them."""

    source: SourceId
    source_section: Quoted = Field(alias="section")
    other_sources: OtherSources = Field((), alias="autres_sources")


class Term(Sourced):
    """A word of the subject."""

    term: Text = Field(alias="terme")
    definition: Text
    """Markdown."""
    remember: Text | None = Field(None, alias="a_retenir")
    """What it changes at school."""


class Myth(Sourced):
    """What people say, and what the documents say."""

    idea: Quoted = Field(alias="idee")
    reality: Text = Field(alias="realite")
    """Markdown."""


class Step(Sourced):
    """One part of the workshop."""

    title: Text = Field(alias="titre")
    content: Content = Field(alias="contenu")
    minutes: Minutes
    """In the long path; for the step of the vignettes, besides theirs."""
    short_minutes: Minutes | None = Field(None, alias="minutes_court")
    """In the short path; `None` where that leaves the step out."""
    text: Text = Field(alias="texte")
    """Markdown: what is projected."""
    notes: Text
    """Markdown: for whoever leads."""


class Phrase(Sourced):
    """A clumsy sentence said to a child, what it does, and a better one."""

    clumsy: Quoted = Field(alias="maladroite")
    effect: Text = Field(alias="effet")
    better: Text = Field(alias="meilleure")


class Vignette(Sourced):
    """An invented story to practise on with the real board."""

    title: Text = Field(alias="titre")
    level: SchoolKind = Field(alias="niveau")
    who: Text = Field(alias="personne")
    """Whom it speaks of, in words: an age, a class."""
    minutes: Minutes
    paths: tuple[Path, ...] = Field((), alias="parcours")
    """The paths it is chosen for at first; none: kept in reserve."""
    text: Text = Field(alias="texte")
    """Markdown."""
    ticks: Annotated[tuple[Id, ...], RefersTo(*TICKS), Field(min_length=1)] = Field(alias="coches")
    """What the story says, and no more."""
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]
    leads_to: Annotated[tuple[Id, ...], RefersTo("conseil"), Field(min_length=1)] = Field(
        alias="conduit_a"
    )
    """Advice that these ticks call: `orient()` shows each of them."""
    why: Text = Field(alias="pourquoi")
    """Markdown."""
    notes: Text
    """Markdown: for whoever leads."""


class Figure(Sourced):
    """Something that was counted, with what it does not say."""

    title: Text = Field(alias="titre")
    sentence: Text = Field(alias="phrase")
    reservation: Text = Field(alias="reserve")
    drawn: Annotated[bool, Field(strict=True)] = Field(False, alias="dessin")
    unit: Text | None = Field(None, alias="unite")


class FigureValue(Identified):
    """A number, as one source gives it."""

    figure: Annotated[Id, RefersTo("chiffre")] = Field(alias="chiffre")
    year: Annotated[int, Field(strict=True, ge=1900, le=2100)] | None = Field(None, alias="annee")
    label: Text | None = Field(None, alias="etiquette")
    written: Quoted = Field(alias="ecrit")
    """As the source says it."""
    number: Number | None = Field(None, alias="nombre")
    """`None` where the source gives no number."""
    up_to: Number | None = Field(None, alias="jusqua")
    """The other end, where it gives a range."""
    landmark: Annotated[bool, Field(strict=True)] = Field(False, alias="repere")
    """Something to compare with, which no source counted."""
    source: Annotated[Id | None, RefersTo("source")] = None


class Addition(Sourced):
    """What a document adds to the guide."""

    title: Text = Field(alias="titre")
    text: Text = Field(alias="texte")
    """Markdown."""
    at_school: Text = Field(alias="pour_l_ecole")


class LeftOut(Sourced):
    """What the documents hold and we did not take."""

    title: Text = Field(alias="titre")
    why: Text = Field(alias="pourquoi")
