"""Model of who publishes pages: what a public site has to say of itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from signs.model.fields import Entry, ProperName, Quoted
from signs.model.keys import Key


class Conformity(StrEnum):
    """The states that a declaration of accessibility may state."""

    NONE = "non-conforme"
    PARTIAL = "partiellement-conforme"
    TOTAL = "totalement-conforme"

    @property
    def words(self) -> str:
        """As the declaration says it."""
        return _WORDS[self]

    @property
    def short(self) -> str:
        """As the foot of each page says it."""
        return self.value.replace("-", " ")


_WORDS = {
    Conformity.NONE: "n'est pas conforme",
    Conformity.PARTIAL: "est partiellement conforme",
    Conformity.TOTAL: "est totalement conforme",
}


class Publisher(Entry):
    """Who publishes the pages: `[editeur]`, in the file of a school or of an académie."""

    name: Annotated[
        ProperName, Key(description="Qui publie les pages.", also=("organisme", "raison_sociale"))
    ] = Field(alias="nom")
    contact: Annotated[
        ProperName,
        Key(
            description="Où écrire pour une gêne ou une erreur : un service, pas une personne.",
            also=("courriel", "mail", "email"),
        ),
    ]
    postal_address: Annotated[
        ProperName | None, Key(description="Son adresse postale.", also=("adresse_postale",))
    ] = Field(None, alias="adresse")
    director: Annotated[
        ProperName | None,
        Key(
            description="Qui dirige la publication, par sa fonction ou par son nom.",
            also=("directeur_publication", "directrice", "responsable"),
        ),
    ] = Field(None, alias="directeur")
    host: Annotated[
        ProperName | None, Key(description="Qui héberge les pages, et son adresse.")
    ] = Field(None, alias="hebergeur")
    data_protection: Annotated[
        ProperName | None,
        Key(
            description="Où écrire à la personne déléguée à la protection des données.",
            also=("dpo",),
        ),
    ] = Field(None, alias="dpd")
    conformity: Annotated[
        Conformity,
        Key(
            description="L'état de conformité au RGAA ; sans audit, « non-conforme ».",
            also=("rgaa", "conformite"),
        ),
    ] = Field(Conformity.NONE, alias="accessibilite")
    audit: Annotated[Quoted | None, Key(description="Qui a audité l'accessibilité, et quand.")] = (
        None
    )

    @model_validator(mode="after")
    def _audited(self) -> Publisher:
        if self.conformity is not Conformity.NONE and self.audit is None:
            raise PydanticCustomError("unaudited", "a conformity that nobody has audited")
        return self

    @property
    def unsaid(self) -> list[str]:
        """The keys that the law asks of a public site and that are not there."""
        keys = {
            "adresse": self.postal_address,
            "directeur": self.director,
            "hebergeur": self.host,
            "dpd": self.data_protection,
        }
        return [key for key, value in keys.items() if value is None]
