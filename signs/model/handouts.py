"""What is printed: posters and cards for pupils, sheets for staff; read like the rest of a list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from signs.model.fields import (
    Block,
    Flag,
    Id,
    Identified,
    OtherSources,
    RefersTo,
    SourceId,
    SourceSection,
    Text,
    Title,
)
from signs.model.keys import Group, Key
from signs.model.school import SchoolLevel

HandoutModel = Literal[
    "observation", "premiers-mots", "chaine", "salle", "note", "avant", "atelier"
]


class Poster(Identified):
    """What pupils of one age read: in short on a poster and a card, in full on a leaflet."""

    age: Annotated[SchoolLevel, Key("À qui elle parle", "À qui l'affiche parle.")]
    """Whom it speaks to: before 11, collège, lycée."""
    audience: Annotated[Text, Key("À qui elle parle, en mots", "La même chose, en mots.")] = Field(
        alias="public"
    )
    title: Title = Field(alias="titre")
    explanation: Annotated[
        Block, Key("Ce que c'est", "Ce que c'est, en mots d'élève.", help="En mots d'élève.")
    ] = Field(alias="explication")
    not_your_fault: Annotated[Block, Key("Ce n'est pas ta faute", "Ce qui enlève la faute.")] = (
        Field(alias="pas_ta_faute")
    )
    stop: Annotated[Block, Key("Arrêter d'échanger")] = Field(alias="arreter")
    hold_out: Annotated[Block, Key("Ne pas céder")] = Field(alias="ne_pas_ceder")
    keep: Annotated[Block, Key("Garder les messages")] = Field(alias="garder")
    tell: Annotated[Block, Key("Le dire à un adulte")] = Field(alias="dire")
    here: Annotated[
        Block,
        Key(
            "Avant les adultes d'ici",
            "Ce qui précède les adultes à qui parler ici.",
            help="La ligne qui précède leurs noms.",
        ),
    ] = Field(alias="ici")
    codes: Annotated[Block, Key("Avant les codes à scanner", "Ce qui précède les codes à scanner.")]
    number: Annotated[
        Id,
        RefersTo("service"),
        Key(
            "Le numéro en grand",
            "Le service dont l'affiche montre le numéro en grand.",
            help="Un seul : celui qu'on retient en passant.",
        ),
    ] = Field(alias="numero")
    reassurance: Annotated[
        Text, Key("Sous le titre, en grand", "La phrase en grand sous le titre de l'affiche.")
    ] = Field(alias="rassurer")
    even_if: Annotated[
        Text, Key("Puis, en plus petit", "Ce qui suit cette phrase, en plus petit.")
    ] = Field(alias="meme_si")
    stop_in_short: Annotated[Text, Key("Arrêter d'échanger, en bref")] = Field(
        alias="arreter_en_bref"
    )
    hold_out_in_short: Annotated[Text, Key("Ne pas céder, en bref")] = Field(
        alias="ne_pas_ceder_en_bref"
    )
    keep_in_short: Annotated[Text, Key("Garder les messages, en bref")] = Field(
        alias="garder_en_bref"
    )
    tell_in_short: Annotated[Text, Key("Le dire à un adulte, en bref")] = Field(
        alias="dire_en_bref"
    )
    myths: Annotated[
        tuple[Text, ...],
        Key(
            "Ce qu'on croit, et ce qui est vrai",
            "Pour le dépliant : ce qu'on croit, et ce qui est vrai.",
            help="Une idée par ligne, suivie de sa réponse.",
        ),
    ] = Field((), alias="idees")
    source: SourceId
    other_sources: OtherSources = Field((), alias="autres_sources")
    source_section: SourceSection = Field(alias="section")


class PosterHelp(Identified):
    """A service as posters name it; its number, address and hours are those of the service."""

    service: Annotated[
        Id,
        RefersTo("service"),
        Key(
            "Service",
            "Le service que l'affiche nomme.",
            help="Son numéro et ses heures viennent de sa fiche.",
        ),
    ]
    posters: Annotated[
        tuple[Id, ...], RefersTo("affiche"), Field(min_length=1), Key("Sur quelles affiches")
    ] = Field(alias="affiches")
    code: Annotated[
        Flag,
        Key(
            "Code à scanner",
            "Un code à scanner, qui mène à l'adresse du service.",
            help="Il mène à l'adresse du service.",
        ),
    ] = False
    purpose: Annotated[
        Block,
        Key(
            "Pour quoi appeler", "Pour quoi l'élève peut appeler.", help="Ce que l'élève y trouve."
        ),
    ] = Field(alias="pour")
    in_short: Annotated[
        Text | None,
        Key(
            "En quelques mots, sur l'affiche",
            "Ce que l'affiche en dit, en quelques mots.",
            help="Sans ces mots, l'aide n'est que sur le dépliant.",
        ),
    ] = Field(None, alias="en_bref")
    not_for: Annotated[
        Block | None, Key("Pour quoi ce n'est pas fait", "Pour quoi ce service n'est pas fait.")
    ] = Field(None, alias="pas_pour")


class Handout(Identified):
    """A sheet to print for staff."""

    model: Annotated[HandoutModel, Key("Mise en page", "La mise en page de la fiche.")] = Field(
        alias="modele"
    )
    title: Title = Field(alias="titre")
    lead: Annotated[Block, Key("Chapeau", "La phrase sous le titre.")] = Field(alias="chapo")
    rules: Annotated[
        tuple[Text, ...],
        Key("Consignes", "Comment s'en servir, une phrase à la fois.", help="Une par ligne."),
    ] = Field((), alias="consignes")
    advice: Annotated[
        tuple[Id, ...],
        RefersTo("conseil"),
        Key(
            "Conseils repris",
            "Les conseils que la fiche reprend, mot pour mot.",
            help="Mot pour mot.",
            group=Group.WHEN,
        ),
    ] = Field((), alias="conseils")
    source: SourceId
    other_sources: OtherSources = Field((), alias="autres_sources")
    source_section: SourceSection = Field(alias="section")
