"""The complete list: its tables, their files, and which keys refer to other entries."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator

from signs.model.entries import Advice, ListInfo, Service, Source
from signs.model.fields import ById, Entry, ReadOnly, RefersTo, by_id
from signs.model.handouts import Handout, Poster, PosterHelp
from signs.model.kinds import Kind, kinds_of
from signs.model.readings import Reading
from signs.model.school import School
from signs.model.ticks import Cause, Family, Moment, Sign, Situation, Tick
from signs.model.training import (
    Addition,
    Figure,
    FigureValue,
    LeftOut,
    Myth,
    Phrase,
    Step,
    Term,
    Vignette,
)
from signs.text.typography import typography

if TYPE_CHECKING:
    from signs.model.publisher import Publisher

Ordered = TypeVar("Ordered", Advice, Service)


def _in_reading_order(entries: tuple[Ordered, ...]) -> tuple[Ordered, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.reading_order))


HEAD = "liste.toml"
"""The file of a list's own metadata."""


class Reference(NamedTuple):
    """A key whose value names other entries."""

    key: str
    """As the file writes it."""
    field: str
    kinds: tuple[str, ...]


@cache
def references_of(entry: type[Entry]) -> tuple[Reference, ...]:
    """Return the keys of an entry that name other entries."""
    return tuple(
        Reference(field.alias or name, name, mark.kinds)
        for name, field in entry.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, RefersTo)
    )


class SignList(ReadOnly):
    """A complete, checked list; every tuple in the order a person should read it.

    `school` is what the school's own file says, where one was given: its people and its
    local services come first where one reads whom to tell (`school.people`,
    `school.local_services`), and people of the school are left out for the ticks of
    `staff_suspected`.

    Examples
    --------
    >>> import signs
    >>> sign_list = signs.load()
    >>> sign_list.id
    'sextorsion'
    >>> [step.value for step in dict.fromkeys(each.step for each in sign_list.advice)]
    ['maintenant', 'aujourdhui', 'ensuite', 'jamais']
    >>> sign_list.items["scarifications"].urgency
    'today'
    >>> sign_list
    Liste « ... », version ... : ... signes, ... situations, ... conseils, ... services
    """

    def __repr__(self) -> str:
        """Return in short what it holds."""
        counts = (
            f"{len(entries)} {what}"
            for what, entries in (
                ("signes", self.signs),
                ("situations", self.situations),
                ("conseils", self.advice),
                ("services", self.services),
            )
        )
        return typography(
            f"Liste « {self.info.title} », version {self.info.version} : {', '.join(counts)}"
        )

    __str__ = __repr__

    @classmethod
    def _in_french(cls) -> dict[str, str]:
        """Return the names of the fields, by what the files call one entry, and several."""
        return {name: kind.field for key, kind in KINDS.items() for name in (key, f"{key}s")}

    id: str
    info: ListInfo
    sources: Annotated[
        tuple[Source, ...],
        Kind(
            "source",
            "sources.toml",
            noun="une source",
            title="Documents d'origine",
            label="titre",
            order=190,
            help="Les textes lus, dont viennent les phrases.",
            one="un document",
        ),
    ]
    families: Annotated[
        tuple[Family, ...],
        Kind(
            "famille",
            "signes.toml",
            noun="une famille",
            title="Familles de signes",
            label="titre",
            order=60,
        ),
    ]
    signs: Annotated[
        tuple[Sign, ...],
        Kind(
            "signe",
            "signes.toml",
            noun="un signe",
            title="Signes",
            label="libelle",
            order=10,
            help="Ce qu'un adulte peut remarquer.",
        ),
    ]
    moments: Annotated[
        tuple[Moment, ...],
        Kind(
            "moment",
            "situations.toml",
            noun="un moment",
            title="Moments",
            label="titre",
            order=50,
            help="Comment on arrive sur la page, et les premiers mots.",
        ),
    ]
    situations: Annotated[
        tuple[Situation, ...],
        Kind(
            "situation",
            "situations.toml",
            noun="une situation",
            title="Situations",
            label="libelle",
            order=20,
            help="Ce que l'on a appris, vu ou reçu.",
        ),
    ]
    advice: Annotated[
        tuple[Advice, ...],
        Kind(
            "conseil",
            "conseils.toml",
            noun="un conseil",
            title="Conseils",
            label="texte",
            order=30,
            help="Ce qu'il faut faire, ou éviter.",
        ),
        AfterValidator(_in_reading_order),
    ]
    services: Annotated[
        tuple[Service, ...],
        Kind(
            "service",
            "services.toml",
            noun="un service",
            title="Services à appeler",
            label="nom",
            order=40,
            help="Qui appeler, et quand.",
        ),
        AfterValidator(_in_reading_order),
    ]
    posters: Annotated[
        tuple[Poster, ...],
        Kind(
            "affiche",
            "affiche.toml",
            noun="une affiche",
            title="Affiches",
            label="titre",
            order=70,
            help="Ce que lisent les élèves.",
        ),
    ] = ()
    poster_helps: Annotated[
        tuple[PosterHelp, ...],
        Kind(
            "aide",
            "affiche.toml",
            noun="une aide",
            title="Services sur les affiches",
            label="pour",
            order=80,
            help="Les services nommés aux élèves.",
        ),
    ] = ()
    handouts: Annotated[
        tuple[Handout, ...],
        Kind(
            "fiche",
            "fiches.toml",
            noun="une fiche",
            title="Fiches à imprimer",
            label="titre",
            order=90,
            help="Pour les adultes.",
        ),
    ] = ()
    terms: Annotated[
        tuple[Term, ...],
        Kind(
            "terme",
            "lexique.toml",
            noun="un terme",
            title="Lexique",
            label="terme",
            order=140,
            help="Les mots du sujet.",
            one="un mot",
        ),
    ] = ()
    myths: Annotated[
        tuple[Myth, ...],
        Kind(
            "mythe",
            "mythes.toml",
            noun="un mythe",
            title="Idées reçues",
            label="idee",
            order=130,
            help="Ce qu'on croit, ce qu'on sait.",
            one="une idée reçue",
        ),
    ] = ()
    steps: Annotated[
        tuple[Step, ...],
        Kind(
            "etape",
            "atelier.toml",
            noun="une étape",
            title="Étapes de l'atelier",
            label="titre",
            order=100,
            help="Le déroulé de l'atelier.",
        ),
    ] = ()
    phrases: Annotated[
        tuple[Phrase, ...],
        Kind(
            "phrase",
            "atelier.toml",
            noun="une phrase",
            title="Phrases à reprendre",
            label="maladroite",
            order=120,
            help="Ce qui se dit mal, et mieux.",
        ),
    ] = ()
    vignettes: Annotated[
        tuple[Vignette, ...],
        Kind(
            "vignette",
            "vignettes.toml",
            noun="une vignette",
            title="Histoires de l'atelier",
            label="titre",
            order=110,
            help="Des cas inventés, à travailler.",
            one="une histoire",
        ),
    ] = ()
    figures: Annotated[
        tuple[Figure, ...],
        Kind(
            "chiffre",
            "chiffres.toml",
            noun="un chiffre",
            title="Chiffres",
            label="titre",
            order=150,
            help="Ce qui a été compté.",
        ),
    ] = ()
    figure_values: Annotated[
        tuple[FigureValue, ...],
        Kind(
            "valeur",
            "chiffres.toml",
            noun="une valeur",
            title="Valeurs des chiffres",
            label="ecrit",
            order=160,
            help="Un nombre par source.",
        ),
    ] = ()
    additions: Annotated[
        tuple[Addition, ...],
        Kind(
            "apport",
            "documents.toml",
            noun="un apport",
            title="Apports de la presse",
            label="titre",
            order=170,
            help="Ce qu'un document ajoute au guide.",
        ),
    ] = ()
    left_out: Annotated[
        tuple[LeftOut, ...],
        Kind(
            "ecart",
            "documents.toml",
            noun="un écart",
            title="Ce qui est laissé de côté",
            label="titre",
            order=180,
            help="Ce qui n'est pas repris, et pourquoi.",
        ),
    ] = ()
    readings: Annotated[
        tuple[Reading, ...],
        Kind(
            "relecture",
            "relectures.toml",
            noun="une relecture",
            title="Relectures",
            label="entree",
            order=200,
            has_form=False,
        ),
    ] = ()

    school: School | None = None

    @property
    def exit(self) -> str:
        """Where the school wants its pages to be left for; empty where it does not say."""
        return (self.school and self.school.exit) or ""

    @property
    def publisher(self) -> Publisher | None:
        """Who publishes its pages; `None` where no file says so."""
        return self.school.publisher if self.school else None

    @classmethod
    def of_valid(cls, **values: Any) -> SignList:  # noqa: ANN401 (by the names of the fields)
        """Build a list from entries that are already valid: none is validated again."""
        for name, entries in values.items():
            if name in ("advice", "services"):
                values[name] = _in_reading_order(entries)
        return cls.model_construct(**values)

    def of_school(self, school: School) -> SignList:
        """Return this list with what a school says of itself, or an académie."""
        fields = {name: getattr(self, name) for name in SignList.model_fields}
        return SignList.of_valid(**fields | {"school": school})

    @cached_property
    def staff_suspected(self) -> tuple[str, ...]:
        """The ticks for which no person of the school is named: one of them may be the author."""
        return tuple(s.id for s in self.situations if s.implicates in ("personnel", "direction"))

    @cached_property
    def items(self) -> ById[Tick]:
        """Everything that can be ticked, by id, in the order of the page."""
        items: tuple[Tick, ...] = (*self.situations, *self.signs)
        return by_id(items)

    @cached_property
    def doors(self) -> ById[Moment]:
        """The moments by which one enters, by id: at most one is open at a time."""
        return by_id(tuple(moment for moment in self.moments if moment.entry_point))

    @cached_property
    def causes(self) -> ById[Cause]:
        """What an entry may be called by, by id: ticks, then moments."""
        return ById({**self.items, **by_id(self.moments)})

    @cached_property
    def replaced_when(self) -> dict[str, frozenset[str]]:
        """For each advice, the ticks and doors that trigger another one instead.

        Replacing is transitive: what stands for B also stands for what B stands for.
        """
        known_advice = by_id(self.advice)
        ticks_of: dict[str, set[str]] = {advice.id: set() for advice in self.advice}
        for advice in self.advice:
            waiting, seen = list(advice.replaces), set[str]()
            while waiting:
                replaced = waiting.pop()
                if replaced not in seen:
                    seen.add(replaced)
                    ticks_of[replaced].update(advice.triggers or ())
                    waiting.extend(known_advice[replaced].replaces)
        return {id_: frozenset(ticks) for id_, ticks in ticks_of.items()}

    @cached_property
    def out_of_age(self) -> dict[str, frozenset[str]]:
        """For each service, the ticks that say the pupil is too young or too old for it."""
        return {
            service.id: frozenset(
                situation.id for situation in self.situations if _out_of_age(service, situation)
            )
            for service in self.services
        }


def _out_of_age(service: Service, pupil: Situation) -> bool:
    too_young = service.age_min and pupil.age_max and pupil.age_max < service.age_min
    too_old = service.age_max and pupil.age_min and pupil.age_min > service.age_max
    return bool(too_young or too_old)


KINDS = kinds_of(SignList)
"""Every table a list has, by its key in the files."""


def file_of(kind: str) -> str:
    """Return the name of the file that holds the entries of a kind, or the head of the list."""
    return HEAD if kind == HEAD else KINDS[kind].file
