"""What one can tick: signs, by family, and situations, by moment."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field

from signs.model.fields import (
    TICKS,
    TITLE,
    UNSURE,
    Block,
    EmergencyPhone,
    Flag,
    Id,
    Identified,
    Markdown,
    RefersTo,
    SourceId,
    SourceSection,
    Text,
    UrgencyWord,
    WholeNumber,
)
from signs.model.keys import Group, Key

LABEL = Key(
    "Libellé",
    "Ce que l'on coche, en quelques mots : ce qui se voit ou s'entend, jamais un diagnostic.",
    help="La phrase à cocher, courte, sans diagnostic.",
)


class Cause(Identified):
    """What may call for an answer: a tick, or a moment."""

    urgency: Annotated[
        UrgencyWord,
        Key(
            "Urgence",
            "Danger immédiat, ou à faire aujourd'hui ; sans urgence, pas de ligne.",
            help="Sans urgence dans la plupart des cas.",
            group=Group.WHEN,
            rule=True,
        ),
    ] = Field("none", alias="urgence")
    call_first: Annotated[
        EmergencyPhone | None,
        Key(
            "Appeler d'abord",
            "Le numéro de secours à appeler avant tout autre, en cas de danger immédiat ; "
            "sans lui, le 112.",
            help="En cas de danger immédiat, le numéro du bouton rouge ; sans lui, le 112.",
            group=Group.WHEN,
            rule=True,
        ),
    ] = Field(None, alias="appeler_d_abord")

    @property
    def words(self) -> str:
        """What the page calls it: the words of a tick, the title of a moment."""
        raise NotImplementedError

    @property
    def first_number(self) -> EmergencyPhone | None:
        """The number to call before any other; `None` where there is no immediate danger."""
        return (self.call_first or UNSURE) if self.urgency == "immediate" else None


class Labelled(Identified):
    """What is read as one short sentence."""

    label: Annotated[Block, LABEL] = Field(alias="libelle")


class Titled(Identified):
    """What is read below its own title."""

    title: Annotated[Text, replace(TITLE, max_length=60)] = Field(alias="titre")


class Tick(Cause, Labelled):
    """An item that can be ticked."""

    source: SourceId
    source_section: SourceSection = Field(alias="section")
    like: Annotated[
        Id | None,
        RefersTo(*TICKS),
        Key(
            "Appelle la même chose que",
            "Appelle les mêmes conseils et services qu'un autre signe ou une autre situation.",
            help="Les mêmes conseils et services.",
            group=Group.WHEN,
            rule=True,
        ),
    ] = Field(None, alias="comme")
    """Triggers whatever this other one triggers, besides what refers to it."""

    @property
    def words(self) -> str:
        """What one ticks."""
        return self.label


class Family(Titled):
    """A family of signs."""

    information: Annotated[
        Markdown | None,
        Key(
            "Information",
            "Ce que le guide dit de la famille, et qui n'est pas un signe à chercher.",
            help="Affichée sous la famille, sans case à cocher.",
        ),
    ] = None


class Sign(Tick):
    """Something an adult at school can notice; a consequence the guide describes, never a proof.

    Examples
    --------
    >>> import signs
    >>> sign = next(sign for sign in signs.load().signs if sign.id == "sommeil")
    >>> sign.family, sign.urgency
    ('physique', 'none')
    """

    label: Annotated[Block, replace(LABEL, max_length=90)] = Field(alias="libelle")
    family: Annotated[
        Id,
        RefersTo("famille"),
        Key("Famille", "La famille du signe.", group=Group.WHEN, order=-1, rule=True, heading=True),
    ] = Field(alias="famille")
    note: Annotated[
        Block | None,
        Key(
            "Remarque",
            "Ce qui aide à reconnaître le signe.",
            help="Ce qui aide à reconnaître ce signe.",
            max_length=240,
        ),
    ] = Field(None, alias="remarque")
    other_causes: Annotated[
        Block,
        Key(
            "Autres causes possibles",
            "D'autres causes possibles : un signe ne prouve rien.",
            help="Ce qui peut aussi l'expliquer, sans chantage.",
            max_length=180,
        ),
    ] = Field(alias="autres_causes")


class Moment(Cause, Titled):
    """How the person comes to the page; asked before showing any list."""

    first_words: Annotated[
        Markdown,
        Key(
            "Premiers mots",
            "Ce que l'on dit ou fait tout de suite, avant de cocher quoi que ce soit.",
            help="Ce qu'on lit tout de suite, avant de cocher quoi que ce soit.",
            max_length=300,
        ),
    ] = Field(alias="premiers_mots")
    pupil_spoke: Annotated[
        Flag,
        Key(
            "L'élève a parlé",
            "L'élève a parlé : la page ne dit plus d'autres causes possibles.",
            help="On ne parle plus d'autres causes : ce serait douter de sa parole.",
            group=Group.OTHER,
            rule=True,
        ),
    ] = Field(False, alias="eleve_a_parle")
    """The pupil has spoken: « other causes » would sound like doubt."""
    entry_point: Annotated[
        Flag,
        Key(
            "Porte d'entrée",
            "Une des entrées de la page ; non, si ce moment complète les autres.",
            help="La page commence par les portes d'entrée.",
            group=Group.OTHER,
            rule=True,
        ),
    ] = Field(True, alias="porte")
    source: SourceId
    source_section: SourceSection = Field(alias="section")

    @property
    def words(self) -> str:
        """The title of its door."""
        return self.title


Implicated = Literal["famille", "personnel", "direction", "eleve"]
Settled = Literal["ecole", "college", "lycee", "public", "prive", "outre-mer"]


class Situation(Tick):
    """A situation: what somebody was told or saw.

    Examples
    --------
    >>> import signs
    >>> situation = next(s for s in signs.load().situations if s.id == "danger-suicide")
    >>> situation.moment, situation.urgency
    ('danger', 'immediate')
    """

    label: Annotated[Block, replace(LABEL, max_length=100)] = Field(alias="libelle")
    moment: Annotated[
        Id,
        RefersTo("moment"),
        Key(
            "Moment",
            "Le moment où cette situation se coche.",
            help="La porte d'entrée où il se coche.",
            group=Group.WHEN,
            order=-1,
            rule=True,
            heading=True,
        ),
    ]
    help: Annotated[
        Block | None,
        Key(
            "Précision",
            "Un mot d'explication sous la case.",
            help="Une ligne sous la case à cocher.",
            max_length=160,
        ),
    ] = Field(None, alias="aide")
    implicates: Annotated[
        Implicated | None,
        Key(
            "Met en cause",
            "Qui pourrait être l'auteur : cette personne n'est pas prévenue.",
            help="Qui peut être l'auteur : on ne l'alerte pas.",
            group=Group.OTHER,
            rule=True,
        ),
    ] = Field(None, alias="met_en_cause")
    age_min: Annotated[
        WholeNumber | None,
        Key(
            "L'élève a au moins",
            "Ce que cette situation dit de l'âge de l'élève : il a au moins cet âge.",
            help="Les services réservés à de plus jeunes disparaissent.",
            group=Group.OTHER,
            rule=True,
        ),
    ] = None
    """The pupil is at least as old as this, it says."""
    age_max: Annotated[
        WholeNumber | None,
        Key(
            "L'élève a au plus",
            "Ce que cette situation dit de l'âge de l'élève : il a au plus cet âge.",
            help="Les services réservés à de plus âgés disparaissent.",
            group=Group.OTHER,
            rule=True,
        ),
    ] = None
    """The pupil is at most as old as this, it says."""
    true_for: Annotated[
        tuple[Settled, ...],
        Key(
            "Vrai d'office pour",
            "Pour quels établissements c'est vrai d'avance : leur fichier répond à la place "
            "de la personne.",
            help="Le fichier de l'établissement y répond alors.",
            group=Group.OTHER,
            rule=True,
        ),
    ] = Field((), alias="vrai_pour")
