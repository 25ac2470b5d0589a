"""Models of training material: terms and figures to know, and the steps of a workshop.

Entries like those of `signs.model.entries`: French keys, a source for each, verified together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from signs.model.fields import (
    SOURCE,
    TICKS,
    WHOLE_NUMBER,
    Block,
    Body,
    Flag,
    Id,
    Identified,
    Markdown,
    OtherSources,
    Quoted,
    RefersTo,
    SourceId,
    SourceSection,
    Text,
    Title,
    WholeNumber,
)
from signs.model.keys import Expected, Group, Key, TextFormat
from signs.model.school import SchoolLevel

Content = Literal["texte", "mythes", "vignettes", "mots", "phrases"]
"""What a step of the workshop shows besides its own text."""
Path = Literal["long", "court"]
"""The two paths through the workshop: 60 to 90 minutes, or 20."""
_MINUTES = "un nombre entier de minutes, de 1 à 90"
Minutes = Annotated[int, Expected(_MINUTES, "6"), Field(strict=True, ge=1, le=90)]
Number = Annotated[WholeNumber, Field(ge=0)]
Duration = Annotated[Minutes, Key("Minutes", "Combien de minutes.")]
Notes = Annotated[Markdown, Key("Notes pour qui anime", "Pour qui anime.")]
Reasons = Annotated[Markdown, Key("Pourquoi")]


class Sourced(Identified):
    """An entry that cites documents."""

    source: SourceId
    source_section: SourceSection = Field(alias="section")
    other_sources: OtherSources = Field((), alias="autres_sources")


class Term(Sourced):
    """A word of the subject."""

    term: Annotated[Text, Key("Mot", "Le mot.")] = Field(alias="terme")
    definition: Annotated[Markdown, Key("Ce qu'il veut dire", "Ce qu'il veut dire, dans nos mots.")]
    remember: Annotated[
        Block | None,
        Key(
            "À retenir",
            "Ce qu'un adulte de l'école en retient.",
            help="Ce qu'un adulte de l'école en garde.",
        ),
    ] = Field(None, alias="a_retenir")
    """What it changes at school."""


class Myth(Sourced):
    """A common misconception, and what the documents state."""

    idea: Annotated[Quoted, TextFormat.BLOCK, Key("Idée reçue", "L'idée reçue.")] = Field(
        alias="idee"
    )
    reality: Annotated[Markdown, Key("Ce qu'il en est")] = Field(alias="realite")


class Step(Sourced):
    """One part of the workshop."""

    title: Title = Field(alias="titre")
    content: Annotated[Content, Key("Ce que l'étape montre")] = Field(alias="contenu")
    minutes: Duration
    """In the long path; for the step of the vignettes, besides theirs."""
    short_minutes: Annotated[
        Minutes | None,
        Key(
            "Minutes, parcours court",
            "Combien de minutes dans le parcours court.",
            help="Vide : le parcours court la saute.",
        ),
        Expected(_MINUTES, "3"),
    ] = Field(None, alias="minutes_court")
    """In the short path; `None` where that leaves the step out."""
    text: Body = Field(alias="texte")
    """Markdown: what is projected."""
    notes: Notes
    """Markdown: for whoever leads."""


class Phrase(Sourced):
    """A clumsy sentence said to a child, what it does, and a better one."""

    clumsy: Annotated[
        Quoted, TextFormat.BLOCK, Key("Phrase maladroite", "La phrase maladroite.")
    ] = Field(alias="maladroite")
    effect: Annotated[Block, Key("Ce qu'elle fait à l'élève")] = Field(alias="effet")
    better: Annotated[Block, Key("Phrase qui aide", "Une phrase qui aide.")] = Field(
        alias="meilleure"
    )


class Vignette(Sourced):
    """An invented story to practise on with the real board."""

    title: Title = Field(alias="titre")
    level: Annotated[SchoolLevel, Key("Niveau", "École, collège ou lycée.")] = Field(alias="niveau")
    who: Annotated[
        Text,
        Key(
            "De qui elle parle",
            "De qui parle l'histoire, en mots.",
            help="Un âge, une classe ; jamais un vrai nom.",
        ),
    ] = Field(alias="personne")
    """Whom it is about, in words: an age, a class."""
    minutes: Duration
    paths: Annotated[
        tuple[Path, ...],
        Key(
            "Dans quels parcours",
            "Dans quels parcours l'histoire est choisie ; sans lui, en réserve.",
            help="Aucun : elle reste en réserve.",
            group=Group.OTHER,
        ),
    ] = Field((), alias="parcours")
    """The paths it is chosen for at first; none: held in reserve."""
    text: Body = Field(alias="texte")
    ticks: Annotated[
        tuple[Id, ...],
        RefersTo(*TICKS),
        Field(min_length=1),
        Key(
            "Ce que l'histoire dit",
            "Les signes et situations que l'histoire dit.",
            help="Les cases à cocher, et pas plus.",
            group=Group.WHEN,
            rule=True,
        ),
        Expected("la liste des signes et des situations que l'histoire dit", '["confidence"]'),
    ] = Field(alias="coches")
    """The ticks that the story states, and no more."""
    questions: Annotated[
        tuple[Text, ...],
        Field(min_length=1),
        Key("Questions à discuter", "Les questions à discuter.", help="Une par ligne."),
    ]
    leads_to: Annotated[
        tuple[Id, ...],
        RefersTo("conseil"),
        Field(min_length=1),
        Key(
            "Conseils qu'elle amène",
            "Les conseils que ces coches appellent.",
            help="Ces cases doivent les appeler.",
            group=Group.WHEN,
            rule=True,
        ),
        Expected("la liste des conseils auxquels l'histoire conduit", '["laisser-raconter"]'),
    ] = Field(alias="conduit_a")
    """Advice that these ticks trigger: `orient()` shows each of them."""
    why: Reasons = Field(alias="pourquoi")
    notes: Notes
    """Markdown: for whoever leads."""


class Figure(Sourced):
    """A statistic, with its limits."""

    title: Title = Field(alias="titre")
    sentence: Annotated[Block, Key("Le chiffre dans une phrase")] = Field(alias="phrase")
    reservation: Annotated[Block, Key("Ce qu'il ne dit pas", "Ce que le chiffre ne dit pas.")] = (
        Field(alias="reserve")
    )
    drawn: Annotated[
        Flag,
        Key(
            "En dessin",
            "Le chiffre se montre en dessin.",
            help="Le chiffre se montre aussi en dessin.",
            group=Group.OTHER,
        ),
    ] = Field(False, alias="dessin")
    unit: Annotated[Text | None, Key("Ce que l'on compte")] = Field(None, alias="unite")


class FigureValue(Identified):
    """A number, as one source gives it."""

    figure: Annotated[
        Id,
        RefersTo("chiffre"),
        Key(
            "Chiffre",
            "Le chiffre auquel cette valeur appartient.",
            help="Celui auquel cette valeur appartient.",
        ),
    ] = Field(alias="chiffre")
    year: Annotated[
        Annotated[int, Field(strict=True, ge=1900, le=2100)] | None,
        Key("Année", "L'année de la valeur."),
        Expected("une année, sans guillemets", "2024"),
    ] = Field(None, alias="annee")
    label: Annotated[
        Text | None, Key("Nom sur le dessin", "Le nom de la valeur sur le dessin.")
    ] = Field(None, alias="etiquette")
    written: Annotated[
        Quoted, Key("Comme le document l'écrit", "La valeur comme le document l'écrit.")
    ] = Field(alias="ecrit")
    """As the source words it."""
    number: Annotated[
        Number | None,
        Key("En chiffres", "La valeur, en chiffres."),
        Expected(WHOLE_NUMBER, "700"),
    ] = Field(None, alias="nombre")
    """`None` where the source gives no number."""
    up_to: Annotated[
        Number | None,
        Key(
            "Jusqu'à",
            "La plus grande valeur, quand le document donne deux bornes.",
            help="La plus grande valeur, si le document en donne deux.",
        ),
        Expected(WHOLE_NUMBER, "900"),
    ] = Field(None, alias="jusqua")
    """The other end, where it gives a range."""
    landmark: Annotated[
        Flag,
        Key(
            "Point de comparaison", "Une valeur à laquelle comparer les autres.", group=Group.OTHER
        ),
    ] = Field(False, alias="repere")
    """A reference for comparison, which no source counted."""
    source: Annotated[Id | None, RefersTo("source"), SOURCE] = None


class Addition(Sourced):
    """What a document adds to the guide."""

    title: Title = Field(alias="titre")
    text: Body = Field(alias="texte")
    at_school: Annotated[Block, Key("Ce que cela change à l'école")] = Field(alias="pour_l_ecole")


class LeftOut(Sourced):
    """Content of the documents that was left out on purpose."""

    title: Title = Field(alias="titre")
    why: Reasons = Field(alias="pourquoi")
