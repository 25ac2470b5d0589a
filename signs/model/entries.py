"""What a list holds, as typed values: its head, its sources, what it answers.

The files speak French, for the trainers; the code speaks English. The models are the one place
that maps the one to the other: a field's alias is its key in the file, and its
:class:`signs.model.keys.Key` says what the key is to those who read and write it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from signs.model.fields import (
    ADDRESS,
    ALWAYS,
    BODY,
    EMERGENCY,
    EMERGENCY_SMS,
    EXTENSION,
    FIRE_BRIGADE,
    FORMAT,
    PHONE,
    SOURCE,
    TICKS,
    TITLE,
    Address,
    Block,
    Entry,
    EntryId,
    Extension,
    Flag,
    FormatVersion,
    HiddenIds,
    Hours,
    Id,
    Identified,
    Language,
    Markdown,
    NonEmptyStr,
    OtherSources,
    PartialDate,
    Phone,
    ProperName,
    Quoted,
    RefersTo,
    ShortMessagePhone,
    SourceId,
    SourceSection,
    Text,
    Title,
    When,
    WholeNumber,
)
from signs.model.keys import Expected, Group, Key
from signs.text.phone_numbers import in_full
from signs.text.typography import first_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping


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


class AdviceStep(StrEnum):
    """When a gesture is due, in the order a person should act; what to leave comes last."""

    NOW = "maintenant"
    TODAY = "aujourdhui"
    THEN = "ensuite"
    NEVER = "jamais"


STEP_TITLES = {
    AdviceStep.NOW: "Maintenant",
    AdviceStep.TODAY: "Aujourd'hui, prévenez",
    AdviceStep.THEN: "Ensuite",
    AdviceStep.NEVER: "À ne pas faire",
}

_STEP_OF_SECTION = {
    Section.SAFETY: AdviceStep.NOW,
    Section.TALK: AdviceStep.NOW,
    Section.TELL: AdviceStep.TODAY,
    Section.AVOID: AdviceStep.NEVER,
}
"""The step of advice that says none, as lists did before steps; the other sections come after."""


def step_of(given: AdviceStep | None, section: Section) -> AdviceStep:
    """Return the step of an advice: the one that is given, else that of its section."""
    return given or _STEP_OF_SECTION.get(section, AdviceStep.THEN)


OPEN_LINES = 3
"""How many lines of a step stand open, besides those that protect."""
MOST_PROTECTING = 4
"""How many lines of a step may protect at once: more, and none is seen."""


class Promise(StrEnum):
    """What every answer promises: the `role` of an advice is the one that it keeps."""

    TRUSTED_ADULT = "adulte"
    """Helps the pupil choose an adult whom they trust."""
    TONIGHT = "soir"
    """Says who is near this evening, and knows."""
    TELL = "prevenir"
    """Names whom to tell."""


PROMISE_TITLES = {
    Promise.TRUSTED_ADULT: "un adulte de confiance",
    Promise.TONIGHT: "la soirée",
    Promise.TELL: "qui prévenir",
}


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


class Triggered(Identified):
    """What a tick calls."""

    when: Annotated[
        When,
        RefersTo(*TICKS, "moment"),
        Key(
            "S'affiche quand on coche",
            "Les signes, les situations et les portes d'entrée qui appellent cette entrée, un "
            "seul suffit ; ou « toujours ».",
            help="Une seule de ces cases, ou de ces portes, suffit pour l'afficher.",
            group=Group.WHEN,
            order=1,
            rule=True,
        ),
    ] = Field(alias="quand")
    rank: Annotated[
        WholeNumber,
        Key(
            "Rang",
            "Sa place dans l'étape, ou parmi les services : les petits nombres d'abord.",
            help="Les petits nombres se lisent d'abord.",
            group=Group.WHEN,
            order=3,
        ),
    ] = Field(alias="rang")
    other_sources: OtherSources = Field((), alias="autres_sources")

    @property
    def triggers(self) -> tuple[str, ...] | None:
        """The ticks and doors that call it, any is enough; `None` where it is always shown."""
        return None if self.when == ALWAYS else self.when


class Retired(Entry):
    """An id that the list had once; it is never used again for something else."""

    id: EntryId
    replaced_by: Annotated[
        Id | None, Key(description="L'identifiant qui prend la place de celui qui est retiré.")
    ] = Field(None, alias="remplace_par")


class ListInfo(Entry):
    """The head of a list: `liste.toml`."""

    format: FormatVersion = FORMAT
    base: Annotated[
        NonEmptyStr | None,
        Key(
            "Part de la liste",
            "La liste dont celle-ci part : le nom d'une liste fournie, ou un chemin depuis "
            "ce dossier.",
            help="Le nom d'une liste fournie, ou un chemin.",
            group=Group.OTHER,
            order=-1,
        ),
    ] = None
    hidden: HiddenIds = Field((), alias="cacher")
    retired: Annotated[
        tuple[Retired, ...],
        Key(
            "Identifiants qui ne servent plus",
            "Les identifiants qui ont servi et ne servent plus, pour prévenir les fichiers "
            "qui les nomment.",
            help="Pour prévenir les fichiers qui les nomment.",
            group=Group.OTHER,
        ),
    ] = Field((), alias="retire")
    title: Title = Field(alias="titre")
    version: Annotated[
        ProperName,
        Key(
            "Version",
            "La version de la liste.",
            help="Comme 2026.11 : l'année et le mois de la relecture.",
        ),
    ]
    maintainer: Annotated[
        ProperName,
        Key("Responsable", "Qui répond de la liste.", help="Qui répond de cette liste."),
    ] = Field(alias="responsable")
    reviewed_on: Annotated[
        PartialDate, Key("Relue le", "Le jour de la dernière relecture.", help="Comme 31/03/2026.")
    ] = Field(alias="relu_le")
    review_before: Annotated[
        PartialDate,
        Key(
            "À revoir avant le",
            "Le jour avant lequel la liste est à relire.",
            help="Comme 31/03/2027.",
        ),
    ] = Field(alias="a_revoir_avant")


class Source(Identified):
    """A document somebody read."""

    title: Annotated[Quoted, TITLE] = Field(alias="titre")
    publisher: Annotated[
        Quoted, Key("Éditeur", "Qui a publié le document.", help="Qui l'a publié.")
    ] = Field(alias="editeur")
    dated: Annotated[
        PartialDate | None,
        Key(
            "Date du document",
            "La date du document, aussi précise qu'il la donne : un jour, un mois ou une année.",
            help="Comme 31/03/2026, 03/2026 ou 2026.",
        ),
    ] = Field(None, alias="date")
    """The document's own date; `None` where it bears none."""
    url: Annotated[Address | None, ADDRESS] = Field(None, alias="adresse")
    language: Annotated[
        Language,
        Key(
            "Langue",
            "La langue du document, en deux lettres ; sans elle, le français.",
            help="En deux lettres, comme « en » ; sans elle, le français.",
            group=Group.OTHER,
        ),
    ] = Field("fr", alias="langue")
    """Of the document, so that its title is read aloud as it should be."""


class Advice(Triggered):
    """One gesture: what to do, or what to leave.

    Examples
    --------
    >>> import signs
    >>> advice = next(advice for advice in signs.load().advice if advice.id == "appeler-15")
    >>> advice.section.value
    'securite'
    >>> advice.step.value
    'maintenant'
    >>> "danger-suicide" in advice.triggers
    True
    """

    section: Annotated[
        Section,
        Key(
            "Rubrique",
            "De quoi parle ce conseil : c'est l'ordre des fiches.",
            help="De quoi il parle : c'est l'ordre des fiches.",
            group=Group.WHEN,
            order=-1,
            rule=True,
        ),
    ] = Field(alias="rubrique")
    given_step: Annotated[
        AdviceStep | None,
        Key(
            "Étape",
            "Quand ce geste est à faire ; sans étape, la rubrique en décide.",
            help="Quand on le fait : c'est l'ordre de la réponse.",
            group=Group.WHEN,
            order=-1,
            rule=True,
            heading=True,
        ),
    ] = Field(None, alias="etape")
    """As the file says it; see :attr:`step`."""
    source: SourceId
    text: Annotated[Markdown, replace(BODY, max_length=600)] = Field(alias="texte")
    short: Annotated[
        Block | None,
        Key(
            "En une ligne",
            "Le même geste en une ligne, pour le papier.",
            help="Le même geste, pour le papier et pour qui va vite.",
        ),
    ] = Field(None, alias="court")
    replaces: Annotated[
        tuple[Id, ...],
        RefersTo("conseil"),
        Key(
            "Remplace ces conseils",
            "Les conseils dont celui-ci prend la place : la version sûre du même geste.",
            help="Il s'affiche à leur place : c'est la version sûre du même geste.",
            group=Group.WHEN,
            order=2,
            rule=True,
        ),
        Expected("la liste des conseils remplacés", '["parler-a-la-famille"]'),
    ] = Field((), alias="remplace")
    protects: Annotated[
        Flag,
        Key(
            "Protège",
            "Toujours déplié : ce conseil protège l'élève, rien ne doit le cacher.",
            help="Toujours déplié. Quatre au plus à la fois dans une étape.",
            group=Group.WHEN,
            order=3,
            rule=True,
        ),
    ] = Field(False, alias="protege")
    """Whether it stands open whatever else is shown."""
    role: Annotated[
        Promise | None,
        Key(
            "Promesse tenue",
            "La promesse de chaque réponse que ce conseil tient : un adulte de confiance, "
            "la soirée, ou qui prévenir.",
            help="Chaque réponse parle d'un adulte de confiance, du soir et de qui prévenir.",
            group=Group.WHEN,
            order=3,
            rule=True,
        ),
    ] = None
    reviewed_by: Annotated[
        Text | None,
        Key(
            "Relu par",
            "Le métier ou le rôle de qui a relu, sans nom de personne.",
            help="Un métier, pas un nom.",
            group=Group.ORIGIN,
        ),
    ] = Field(None, alias="relu_par")
    reviewed_on: Annotated[
        PartialDate | None,
        Key(
            "Relu le",
            "Le jour de la dernière relecture.",
            help="Comme 31/03/2026.",
            group=Group.ORIGIN,
        ),
    ] = Field(None, alias="relu_le")
    source_section: SourceSection = Field(alias="section")

    @property
    def in_short(self) -> str:
        """The gesture in one line: the short form, else how the text begins."""
        return self.short or first_sentence(self.text)

    @property
    def step(self) -> AdviceStep:
        """When the gesture is due: as the list says it, else as its section does."""
        return step_of(self.given_step, self.section)

    @property
    def reading_order(self) -> tuple[int, int, int, str]:
        """Total and fixed: step, rank, id; by section too where ranks are within sections."""
        section = 0 if self.given_step else 1 + tuple(Section).index(self.section)
        return (tuple(AdviceStep).index(self.step), section, self.rank, self.id)


class Need(StrEnum):
    """What one calls a service for: how a directory groups them, in that order."""

    NOW = "maintenant"
    ADVICE = "conseil"
    REMOVAL = "retirer"
    COMPLAINT = "plainte"
    CARE = "soin"


NEED_TITLES = {
    Need.NOW: "Maintenant",
    Need.ADVICE: "Demander conseil",
    Need.REMOVAL: "Faire retirer",
    Need.COMPLAINT: "Signaler, porter plainte",
    Need.CARE: "Prendre soin",
}


class Service(Triggered):
    """Somebody to call or to write to.

    Examples
    --------
    >>> import signs
    >>> service = next(service for service in signs.load().services if service.id == "samu")
    >>> service.phone, service.hours, service.for_whom
    ('15', '24/7', "Pour vous, pour l'élève, pour la famille")
    """

    name: Annotated[
        Text, Key("Nom", "Le nom du service.", help="Comme on le dit au téléphone.", max_length=70)
    ] = Field(alias="nom")
    phone: Annotated[Phone | None, PHONE] = Field(None, alias="telephone")
    extension: Annotated[Extension | None, EXTENSION] = Field(None, alias="poste")
    sms: Annotated[
        ShortMessagePhone | None,
        Key("SMS", "Le numéro où écrire.", help="Le numéro à qui écrire.", group=Group.REACH),
    ] = None
    url: Annotated[Address | None, ADDRESS] = Field(None, alias="adresse")
    hours: Annotated[
        Hours | None,
        Key(
            "Horaires",
            'Les heures confirmées, heure de Paris : "24/7", "Mo-Su 09:00-23:00", '
            '"Mo-Fr 09:00-18:30; PH off".',
            help="Seulement s'ils sont confirmés ; heure de Paris.",
            group=Group.REACH,
        ),
    ] = Field(None, alias="horaires")
    """OpenStreetMap notation, Paris time; absent where unconfirmed."""
    audience: Annotated[
        tuple[Audience, ...],
        Field(min_length=1),
        Key("Qui peut appeler", group=Group.REACH, rule=True),
    ] = Field(alias="pour")
    age_min: Annotated[
        WholeNumber | None,
        Key(
            "À partir de quel âge",
            "L'âge de l'élève à partir duquel on indique ce service.",
            help="On ne l'indique pas pour un élève plus jeune, s'il est coché.",
            group=Group.REACH,
            rule=True,
        ),
    ] = None
    """The youngest pupil whom it is named for; see `SignList.out_of_age`."""
    age_max: Annotated[
        WholeNumber | None,
        Key(
            "Jusqu'à quel âge",
            "L'âge de l'élève jusqu'auquel on indique ce service, cet âge compris.",
            help="On ne l'indique pas pour un élève plus âgé, s'il est coché.",
            group=Group.REACH,
            rule=True,
        ),
    ] = None
    """The oldest, included."""
    purpose: Annotated[
        Block,
        Key("À quoi il sert", "À quoi sert le service.", help="En une phrase.", max_length=240),
    ] = Field(alias="a_quoi_sert")
    need: Annotated[
        Need,
        Key(
            "Rangé avec",
            "Où le ranger parmi les contacts : selon ce que l'on cherche.",
            help="Ce que l'on cherche quand on l'appelle.",
            group=Group.OTHER,
        ),
    ] = Field(Need.ADVICE, alias="besoin")
    limits: Annotated[Block | None, Key("Ses limites", "Ce qu'il ne fait pas.", max_length=220)] = (
        Field(None, alias="limites")
    )
    checked_on: Annotated[
        PartialDate,
        Key(
            "Vérifié le",
            "La date de la source lue, ou le jour de l'appel ; jamais celui où la ligne a été "
            "tapée.",
            help="La date du document lu, comme 31/03/2026, 03/2026 ou 2026 ; "
            "ou le jour de l'appel.",
            group=Group.ORIGIN,
            order=4,
        ),
    ] = Field(alias="verifie_le")
    checked_by: Annotated[
        Literal["document", "appel", "site"],
        Key(
            "Vérifié par",
            "Comment ce contact a été vérifié : un document lu, un appel, ou son site ouvert.",
            help="Un appel, ou son site ouvert ce jour-là, se passe de document.",
            group=Group.ORIGIN,
            order=4,
        ),
    ] = Field("document", alias="verifie_par")
    source: Annotated[Id | None, RefersTo("source"), SOURCE] = None
    """Needed where it was checked in a document: a rule says it."""
    permanent: Annotated[
        Flag,
        Key(
            "Numéro permanent",
            "Le numéro est fixé par un texte officiel : il n'a pas à être revérifié chaque année.",
            help="Un numéro d'urgence, fixé par un texte : il ne vieillit pas.",
            group=Group.ORIGIN,
            order=4,
        ),
    ] = False
    """Whether nothing but a law can change it: its age says nothing."""
    source_section: SourceSection | None = Field(None, alias="section")

    @property
    def reading_order(self) -> tuple[int, str]:
        """Total and fixed: rank, id."""
        return (self.rank, self.id)

    @property
    def phone_in_full(self) -> str:
        """Its number and its extension, as they are said; empty where it has neither."""
        return in_full(self.phone, self.extension)

    @property
    def on_every_page(self) -> bool:
        """Whether it is an emergency number: pages have those on top, or lead to them."""
        return (self.phone or self.sms) in (*EMERGENCY, *EMERGENCY_SMS, FIRE_BRIGADE)

    @classmethod
    def needs(cls, field: str, raw: Mapping[str, object]) -> bool:
        """Tell whether a service needs a field: a document, where one was read to check it."""
        if field == "source":
            return bool(raw.get("verifie_par", "document") == "document")
        return super().needs(field, raw)

    @property
    def checked_how(self) -> str:
        """How it was checked, as the end of a sentence that gives the day."""
        return {"appel": ", par un appel", "site": ", sur son site"}.get(self.checked_by, "")

    @property
    def for_whom(self) -> str:
        """Who may call, in words."""
        return ", ".join(AUDIENCE_TITLES[who] for who in self.audience).capitalize()
