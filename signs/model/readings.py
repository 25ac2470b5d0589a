"""Readings: who read which words of a list, and on which day."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from signs.model.fields import Id, Identified, NonEmptyStr, PartialDate
from signs.model.keys import Expected, Group, Key

READING: Final = "relecture"
"""The kind of a reading, as the files call it."""
Opinion = Literal["relu", "approuve"]
DIGEST_LENGTH: Final = 16
Digest = Annotated[
    NonEmptyStr,
    Expected("l'empreinte des mots lus, écrite par Repères", '"0123456789abcdef"'),
    StringConstraints(pattern=rf"^[0-9a-f]{{{DIGEST_LENGTH}}}$"),
]


class Reading(Identified):
    """Somebody, by their role, read an entry: the words it had that day, and no others."""

    entry: Annotated[Id, Key("Entrée lue", "L'identifiant de l'entrée qui a été lue.")] = Field(
        alias="entree"
    )
    """No reference: what is read may go, and then nobody has read it any more."""
    opinion: Annotated[Opinion, Key("Avis", "Relu, ou approuvé.", group=Group.WHEN)] = Field(
        alias="avis"
    )
    role: Annotated[
        NonEmptyStr,
        Key(
            "Lu par",
            "Le métier ou le rôle de qui a lu, jamais un nom.",
            help="Un métier ou un rôle, jamais un nom.",
            group=Group.ORIGIN,
        ),
    ] = Field(alias="par")
    read_on: Annotated[PartialDate, Key("Lu le", "Le jour de la lecture.", group=Group.ORIGIN)] = (
        Field(alias="le")
    )
    digest: Annotated[
        Digest,
        Key(
            "Empreinte",
            "L'empreinte des mots lus, de leur condition et de leur étape : quand ils changent, "
            "l'entrée est à relire.",
            group=Group.OTHER,
        ),
    ] = Field(alias="empreinte")
