"""Model of a school's own data: its people, its local services, what kind of school it is.

The rest of its file (other words, extra signs, hidden entries) is merged into a list by
:mod:`signs.loading.overlay`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from signs.model.fields import (
    ADDRESS,
    EXTENSION,
    FORMAT,
    PHONE,
    Address,
    Entry,
    Extension,
    Flag,
    FormatVersion,
    HiddenIds,
    LocalPhone,
    Mail,
    PageAddress,
    PartialDate,
    ProperName,
    Text,
)
from signs.model.identity import TERRITORY_OF, Department, Uai
from signs.model.keys import Key
from signs.model.publisher import Publisher
from signs.text.phone_numbers import in_full

TERRITORIES = (
    "metropole",
    "guadeloupe",
    "martinique",
    "guyane",
    "la-reunion",
    "mayotte",
    "saint-pierre-et-miquelon",
    "saint-barthelemy",
    "saint-martin",
    "nouvelle-caledonie",
    "polynesie",
    "marquises",
    "gambier",
    "wallis-et-futuna",
)
"""Where a school may stand."""
PACIFIC = ("nouvelle-caledonie", "polynesie", "marquises", "gambier", "wallis-et-futuna")
"""Where numbers are shorter than elsewhere."""


class _Title(NamedTuple):
    words: str
    inside: bool = True
    vital: bool = False


class Role(StrEnum):
    """Roles of contacts, in the order a person should read them."""

    HEAD = "direction"
    DEPUTY = "adjoint"
    CPE = "cpe"
    NURSE = "infirmerie"
    SOCIAL_WORKER = "assistance-sociale"
    PSYCHOLOGIST = "psychologue"
    DOCTOR = "medecin"
    MENTAL_HEALTH = "referent-sante-mentale"
    BULLYING = "referent-harcelement"
    OFFICE = "vie-scolaire"
    ON_CALL = "astreinte"
    OTHER = "autre"
    INSPECTOR = "circonscription"
    DSDEN = "dsden"
    CRIP = "crip"
    PROSECUTOR = "procureur"

    @property
    def words(self) -> str:
        """Name of the role on the page."""
        return _ROLES[self].words

    @property
    def inside(self) -> bool:
        """Whether it is somebody of the school, who may be the author or know them."""
        return _ROLES[self].inside

    @property
    def vital(self) -> bool:
        """Whether they are on paper even where there is no room for all."""
        return _ROLES[self].vital or not self.inside


_ROLES = {
    Role.HEAD: _Title("Direction", vital=True),
    Role.DEPUTY: _Title("Direction adjointe"),
    Role.CPE: _Title("CPE"),
    Role.NURSE: _Title("Infirmerie"),
    Role.SOCIAL_WORKER: _Title("Assistance sociale"),
    Role.PSYCHOLOGIST: _Title("Psychologue (PsyEN)"),
    Role.DOCTOR: _Title("Médecine scolaire"),
    Role.MENTAL_HEALTH: _Title("Personne repère en santé mentale"),
    Role.BULLYING: _Title("Personne ressource pHARe"),
    Role.OFFICE: _Title("Vie scolaire"),
    Role.ON_CALL: _Title("Astreinte, le soir et le week-end", vital=True),
    Role.OTHER: _Title("Adulte à qui parler"),
    Role.INSPECTOR: _Title("Inspection de circonscription (IEN)", inside=False),
    Role.DSDEN: _Title("Service social de la DSDEN", inside=False),
    Role.CRIP: _Title("CRIP du département", inside=False),
    Role.PROSECUTOR: _Title("Procureur (parquet des mineurs)", inside=False),
}


class Contact(Entry):
    """A local contact: a person of the school, or a service of the département."""

    role: Annotated[Role, Key(description="Le rôle de la personne ou du service.", order=-1)]
    title: Annotated[
        Text | None,
        Key(description="Comment l'établissement appelle ce rôle ; sans lui, le nom usuel."),
    ] = Field(None, alias="titre")
    """What this school calls the role; see :attr:`label`."""
    name: Annotated[
        ProperName | None,
        Key(
            description="Le nom de l'adulte, si l'établissement veut l'écrire. "
            "Jamais celui d'un élève."
        ),
    ] = Field(None, alias="nom")
    phone: Annotated[LocalPhone | None, PHONE] = Field(None, alias="telephone")
    extension: Annotated[Extension | None, EXTENSION] = Field(None, alias="poste")
    mail: Annotated[
        Mail | None,
        Key(
            description="L'adresse de courriel ; celle du service, si elle existe.",
            also=("mail", "email", "e-mail", "mel", "adresse_mail", "adresse_electronique"),
        ),
    ] = Field(None, alias="courriel")
    place: Annotated[
        Text | None,
        Key(description="Où la trouver.", also=("bureau", "salle", "endroit")),
    ] = Field(None, alias="lieu")
    present: Annotated[
        Text | None,
        Key(
            description="Quand elle est là, en mots.",
            also=("horaires", "horaire", "heures", "jours", "permanence", "disponibilite"),
        ),
    ] = Field(None, alias="presence")
    postal_address: Annotated[
        ProperName | None,
        Key(
            description="L'adresse postale, pour écrire ou pour s'y rendre.",
            also=("adresse_courrier", "rue", "code_postal", "postale", "courrier"),
        ),
    ] = Field(None, alias="adresse_postale")
    url: Annotated[Address | None, ADDRESS] = Field(None, alias="adresse")
    checked_on: Annotated[
        PartialDate | None, Key(description="Le jour où ce contact a été vérifié.", order=4)
    ] = Field(None, alias="verifie_le")

    @model_validator(mode="after")
    def _can_be_found(self) -> Contact:
        ways = (self.phone, self.extension, self.mail, self.place, self.postal_address, self.url)
        if not any(ways):
            raise PydanticCustomError("nowhere", "neither phone nor mail nor place nor address")
        return self

    @property
    def label(self) -> str:
        """The role in words: the school's own where it gave one."""
        return self.title or self.role.words

    @property
    def phone_in_full(self) -> str:
        """Its number and its extension, as they are said; empty where it has neither."""
        return in_full(self.phone, self.extension)

    @property
    def inside(self) -> bool:
        """Whether it is somebody of the school."""
        return self.role.inside


def _territory(value: object) -> object:
    if value not in TERRITORIES:
        raise PydanticCustomError("territory", "not a territory")
    return value


SchoolLevel = Literal["ecole", "college", "lycee"]
"""The age of pupils, which texts are written for."""
SCHOOL_LEVELS: tuple[SchoolLevel, ...] = get_args(SchoolLevel)
SchoolKind = Literal[
    "ecole",
    "maternelle",
    "elementaire",
    "college",
    "lycee",
    "lycee-professionnel",
    "cite-scolaire",
    "erea",
    "medico-social",
]
LEVELS_OF: dict[SchoolKind, tuple[SchoolLevel, ...]] = {
    "ecole": ("ecole",),
    "maternelle": ("ecole",),
    "elementaire": ("ecole",),
    "college": ("college",),
    "lycee": ("lycee",),
    "lycee-professionnel": ("lycee",),
    "cite-scolaire": ("college", "lycee"),
    "erea": ("college", "lycee"),
    "medico-social": SCHOOL_LEVELS,
}
"""The pupils whom each kind of school may have."""
SchoolStatus = Literal["public", "prive"]


class School(Entry):
    """One school: `ecole.toml`, without its changes to the list.

    Show `people` and `local_services` first among those to tell, and leave `people` out for the
    ticks of `SignList.staff_suspected`: whoever may be the author, or
    work beside them, is not alerted.
    """

    format: FormatVersion = FORMAT
    name: Annotated[
        ProperName | None,
        Key(description="Le nom de l'établissement.", also=("nom", "ecole", "college", "lycee")),
    ] = Field(None, alias="etablissement")
    town: Annotated[
        ProperName | None,
        Key(description="La commune de l'établissement.", also=("ville", "localite")),
    ] = Field(None, alias="commune")
    uai: Annotated[
        Uai | None,
        Key(
            description="L'identifiant de l'établissement dans l'Annuaire de l'éducation.",
            also=("rne", "numero_uai", "code_uai", "identifiant"),
        ),
    ] = None
    department: Annotated[
        Department | None,
        Key(
            description="Le code du département, entre guillemets : « 78 », « 2A », « 974 ».",
            also=("code_departement", "dept"),
        ),
    ] = Field(None, alias="departement")
    academy: Annotated[
        ProperName | None,
        Key(description="Le nom de l'académie.", also=("rectorat", "libelle_academie")),
    ] = Field(None, alias="academie")
    constituency: Annotated[
        ProperName | None,
        Key(
            description="La circonscription du premier degré, comme l'Annuaire la nomme.",
            also=("nom_circonscription", "ien"),
        ),
    ] = Field(None, alias="circonscription")
    kind: Annotated[
        SchoolKind | None,
        Key(
            description="École, collège, lycée, ou « cite-scolaire » pour les deux.",
            also=("type", "nature", "niveau", "type_etablissement"),
        ),
    ] = Field(None, alias="genre")
    status: Annotated[SchoolStatus | None, Key(description="Public, ou privé sous contrat.")] = (
        Field(None, alias="statut")
    )
    boarding: Annotated[
        Flag | None,
        Key(
            description="Si des élèves dorment à l'établissement.",
            also=("hebergement", "pensionnat"),
        ),
    ] = Field(None, alias="internat")
    territory: Annotated[
        Annotated[
            str,
            BeforeValidator(_territory),
            WithJsonSchema({"type": "string", "enum": list(TERRITORIES)}),
        ]
        | None,
        Key(description="Où se trouve l'établissement, outre-mer compris."),
    ] = Field(None, alias="territoire")
    contacts: Annotated[
        tuple[Contact, ...], Key(description="Les adultes et les services à prévenir ici.")
    ] = Field((), alias="contact")
    """In the order of the file; see `people` and `local_services`."""
    publisher: Annotated[
        Publisher | None, Key(description="Qui publie les pages : les mentions d'un site public.")
    ] = Field(None, alias="editeur")
    hidden: HiddenIds = Field((), alias="cacher")
    page: Annotated[
        PageAddress | None,
        Key(
            description="L'adresse de la page Repères de l'établissement, que les fiches des "
            "personnels donnent avec un code à scanner.",
            also=("adresse", "page", "url", "lien", "site"),
        ),
    ] = Field(None, alias="adresse_page")
    exit: Annotated[
        Address | None,
        Key(
            description="La page où mène « Quitter », sans rapport avec le sujet ; sans elle, une "
            "page vide. Son adresse reste dans l'historique du navigateur."
        ),
    ] = Field(None, alias="sortie")

    @property
    def people(self) -> tuple[Contact, ...]:
        """The contacts inside the school, in reading order."""
        return self._in_order(inside=True)

    @property
    def contacts_title(self) -> str:
        """What its contacts are read below: its name, or where they are."""
        return self.name or ("Dans l'établissement" if self.people else "Dans l'académie")

    @property
    def local_services(self) -> tuple[Contact, ...]:
        """The CRIP, the service of the DSDEN and the like, in reading order."""
        return self._in_order(inside=False)

    @property
    def location(self) -> str | None:
        """Where it stands: as its file says, else overseas by its département."""
        return self.territory or TERRITORY_OF.get(self.department or "")

    @property
    def overseas(self) -> bool:
        """Whether opening hours, which are in Paris time, must be labelled so."""
        return self.location not in (None, "metropole")

    @property
    def answers(self) -> dict[str, bool]:
        """The answers that the school's file gives, by the words of `vrai_pour`.

        A word is absent where the file does not answer.
        """
        answers: dict[str, bool] = {}
        if self.kind:
            possible = LEVELS_OF[self.kind]
            surely = possible if len(possible) == 1 else ()
            answers |= {
                level: level in possible
                for level in SCHOOL_LEVELS
                if level in surely or level not in possible
            }
        if self.status:
            answers |= {status: status == self.status for status in ("public", "prive")}
        if self.location:
            answers["outre-mer"] = self.overseas
        return answers

    def _in_order(self, *, inside: bool) -> tuple[Contact, ...]:
        order = tuple(Role)
        contacts = (contact for contact in self.contacts if contact.inside is inside)
        return tuple(sorted(contacts, key=lambda contact: order.index(contact.role)))
