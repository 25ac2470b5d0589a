"""What a list holds, as typed values.

The files speak French, for the trainers; the code speaks English. This module is the one
place that maps the one to the other: each field's alias is its key in the file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from signs.model.fields import (
    ALWAYS,
    FORMAT,
    TICKS,
    Address,
    Entry,
    Hours,
    Id,
    Identified,
    Language,
    NonEmptyStr,
    OtherSources,
    PartialDate,
    Phone,
    Quoted,
    RefersTo,
    SourceId,
    Text,
    UrgencyWord,
    When,
)
from signs.text.typography import first_sentence


class Section(StrEnum):
    """The parts of the answer, in the order a person should read them."""

    SAFETY = "securite"
    TALK = "parler"
    TELL = "prevenir"
    PRESERVE = "preserver"
    WRITE = "noter"
    AVOID = "eviter"
    AFTER = "apres"


SECTION_TITLES = {
    Section.SAFETY: "Agissez maintenant",
    Section.TALK: "Parler avec l'élève",
    Section.TELL: "Prévenir les bonnes personnes",
    Section.PRESERVE: "Préserver",
    Section.WRITE: "Noter",
    Section.AVOID: "Éviter",
    Section.AFTER: "Et après",
}


LEADS = {
    "rien": "Ne rien cocher ne veut pas dire que tout va bien. Ces gestes aident dans tous "
    "les cas.",
    "aujourdhui": "**À faire aujourd'hui**, sans attendre demain.",
    "signes": "Ces signes ne prouvent rien et peuvent avoir d'autres causes. Ces gestes aident "
    "quelle que soit la cause.",
}
"""What the answer starts with: nothing ticked, something for today, or calm signs (Markdown)."""


class Audience(StrEnum):
    """Who may call a service."""

    STAFF = "vous"
    PUPIL = "eleve"
    FAMILY = "famille"


AUDIENCE_TITLES = {
    Audience.STAFF: "pour vous",
    Audience.PUPIL: "pour l'élève",
    Audience.FAMILY: "pour la famille",
}


class Tick(Identified):
    """What one can tick."""

    label: Text = Field(alias="libelle")
    urgency: UrgencyWord = Field("none", alias="urgence")
    source: SourceId
    source_section: Quoted = Field(alias="section")
    like: Annotated[Id | None, RefersTo(*TICKS)] = Field(None, alias="comme")
    """Calls whatever this other one calls, besides what names it."""


class Triggered(Identified):
    """What a tick calls."""

    when: Annotated[When, RefersTo(*TICKS)] = Field(alias="quand")
    rank: Annotated[int, Field(strict=True)] = Field(alias="rang")
    source: SourceId
    other_sources: OtherSources = Field((), alias="autres_sources")

    @property
    def triggers(self) -> tuple[str, ...] | None:
        """The ticks that call it, any is enough; `None` where it is always shown."""
        return None if self.when == ALWAYS else self.when


class Retired(Entry):
    """An id that the list had once; it is never used again for something else."""

    id: Id
    replaced_by: Id | None = Field(None, alias="remplace_par")


class ListInfo(Entry):
    """The head of a list: `liste.toml`."""

    format: Annotated[int, Field(strict=True, ge=1)] = FORMAT
    base: NonEmptyStr | None = None
    """The list this one starts from: the name of a shipped one, or a path from this folder."""
    hidden: tuple[Id, ...] = Field((), alias="cacher")
    """Ids of its entries, or of the base's, that this list does not show."""
    retired: tuple[Retired, ...] = Field((), alias="retire")
    title: Text = Field(alias="titre")
    version: NonEmptyStr
    maintainer: NonEmptyStr = Field(alias="responsable")
    reviewed_on: PartialDate = Field(alias="relu_le")
    review_before: PartialDate = Field(alias="a_revoir_avant")


class Source(Identified):
    """A document somebody read."""

    title: Quoted = Field(alias="titre")
    publisher: Quoted = Field(alias="editeur")
    dated: PartialDate | None = Field(None, alias="date")
    """The document's own date; `None` where it bears none."""
    url: Address | None = Field(None, alias="adresse")
    language: Language = Field("fr", alias="langue")
    """Of the document, so that its title is read aloud as it should be."""


class Family(Identified):
    """A family of signs."""

    title: Text = Field(alias="titre")
    information: Text | None = None
    """Markdown: what the guide says of the family that is not a sign to look for."""


class Sign(Tick):
    """Something an adult at school can notice; a consequence the guide describes, never a proof."""

    family: Annotated[Id, RefersTo("famille")] = Field(alias="famille")
    note: Text | None = Field(None, alias="remarque")
    other_causes: Text = Field(alias="autres_causes")


class Moment(Identified):
    """How the person comes to the page; asked before any list."""

    title: Text = Field(alias="titre")
    first_words: Text = Field(alias="premiers_mots")
    """Markdown: what to say or do at once, before anything is ticked."""
    pupil_spoke: Annotated[bool, Field(strict=True)] = Field(False, alias="eleve_a_parle")
    """The pupil has spoken: « other causes » would sound like doubt."""
    entry_point: Annotated[bool, Field(strict=True)] = Field(True, alias="porte")
    """One of the ways in; the others complete them."""
    source: SourceId
    source_section: Quoted = Field(alias="section")


Implicated = Literal["famille", "personnel", "direction", "eleve"]
Settled = Literal["ecole", "college", "lycee", "public", "prive", "outre-mer"]


class Situation(Tick):
    """What one was told or saw."""

    moment: Annotated[Id, RefersTo("moment")]
    help: Text | None = Field(None, alias="aide")
    implicates: Implicated | None = Field(None, alias="met_en_cause")
    """Who may be the author: they are not alerted."""
    true_for: tuple[Settled, ...] = Field((), alias="vrai_pour")
    """Kinds of school where it holds by itself: a school's own file answers in its place."""


class Advice(Triggered):
    """One gesture: what to do, or what to leave."""

    section: Section = Field(alias="rubrique")
    text: Text = Field(alias="texte")
    """Markdown: paragraphs, lists, bold, links."""
    short: Text | None = Field(None, alias="court")
    """The gesture in one line, for paper and for who only glances; plain text."""
    replaces: Annotated[tuple[Id, ...], RefersTo("conseil")] = Field((), alias="remplace")
    """Advice that this one stands for: the safe version of the same gesture."""
    reviewed_by: NonEmptyStr | None = Field(None, alias="relu_par")
    """The role of whoever read it again, such as « une assistante sociale »."""
    reviewed_on: PartialDate | None = Field(None, alias="relu_le")
    source_section: Quoted = Field(alias="section")

    @property
    def in_short(self) -> str:
        """The gesture in one line: the short form, else how the text begins."""
        return self.short or first_sentence(self.text)

    @property
    def reading_order(self) -> tuple[int, int, str]:
        """Total and fixed: section, rank, id."""
        return (tuple(Section).index(self.section), self.rank, self.id)


class Service(Triggered):
    """Somebody to call or to write to."""

    name: Text = Field(alias="nom")
    phone: Phone | None = Field(None, alias="telephone")
    sms: Phone | None = None
    url: Address | None = Field(None, alias="adresse")
    hours: Hours | None = Field(None, alias="horaires")
    """OpenStreetMap notation, Paris time; absent where nobody confirmed them."""
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)] = Field(alias="pour")
    purpose: Text = Field(alias="a_quoi_sert")
    limits: Text | None = Field(None, alias="limites")
    checked_on: PartialDate = Field(alias="verifie_le")
    """The date of the source that was read, never the day somebody typed it."""
    source_section: Quoted | None = Field(None, alias="section")

    @property
    def reading_order(self) -> tuple[int, str]:
        """Total and fixed: rank, id."""
        return (self.rank, self.id)

    @property
    def for_whom(self) -> str:
        """Who may call, in words."""
        return ", ".join(AUDIENCE_TITLES[who] for who in self.audience).capitalize()
