"""The whole list: its tables, their files, and which keys name other entries."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from signs.model.entries import Advice, ListInfo, Service, Source
from signs.model.fields import Entry, Identified, RefersTo
from signs.model.handouts import Handout, Poster, PosterHelp
from signs.model.school import School  # noqa: TC001 (pydantic reads it)
from signs.model.ticks import Family, Moment, Sign, Situation, Tick
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

Ordered = TypeVar("Ordered", Advice, Service)


def _in_reading_order(entries: tuple[Ordered, ...]) -> tuple[Ordered, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.reading_order))


class Kind(NamedTuple):
    """A table of the files: which file holds it, what its entries are, where a list keeps them."""

    file: str
    entry: type[Identified]
    field: str
    """The field of :class:`SignList` that holds the entries."""
    needed: bool = True
    """Whether a list must have some; the file of kinds that need not be there may be missing."""


HEAD = "liste.toml"
KINDS: dict[str, Kind] = {
    "source": Kind("sources.toml", Source, "sources"),
    "famille": Kind("signes.toml", Family, "families"),
    "signe": Kind("signes.toml", Sign, "signs"),
    "moment": Kind("situations.toml", Moment, "moments"),
    "situation": Kind("situations.toml", Situation, "situations"),
    "conseil": Kind("conseils.toml", Advice, "advice"),
    "service": Kind("services.toml", Service, "services"),
    "affiche": Kind("affiche.toml", Poster, "posters", needed=False),
    "aide": Kind("affiche.toml", PosterHelp, "poster_helps", needed=False),
    "fiche": Kind("fiches.toml", Handout, "handouts", needed=False),
    "terme": Kind("lexique.toml", Term, "terms", needed=False),
    "mythe": Kind("mythes.toml", Myth, "myths", needed=False),
    "etape": Kind("atelier.toml", Step, "steps", needed=False),
    "phrase": Kind("atelier.toml", Phrase, "phrases", needed=False),
    "vignette": Kind("vignettes.toml", Vignette, "vignettes", needed=False),
    "chiffre": Kind("chiffres.toml", Figure, "figures", needed=False),
    "valeur": Kind("chiffres.toml", FigureValue, "figure_values", needed=False),
    "apport": Kind("documents.toml", Addition, "additions", needed=False),
    "ecart": Kind("documents.toml", LeftOut, "left_out", needed=False),
}
"""Every table a list has, by its key in the files.

To add one: write its entry above (or in `signs.model.training`, `signs.model.handouts`), mark with
:class:`Names` the fields that name other entries, add a line here and a field, with a default
where it is not needed, to :class:`SignList`.
Reading, ids, references and positions then follow.
"""


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


class SignList(BaseModel):
    """A whole list, checked; every tuple in the order a person should read it.

    `school` is what the school's own file says, where one was given: its people and its
    local services come first where one reads whom to tell (`school.people`,
    `school.local_services`), and people of the school are left out for the ticks of
    `staff_suspected`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    info: ListInfo
    sources: tuple[Source, ...]
    families: tuple[Family, ...]
    signs: tuple[Sign, ...]
    moments: tuple[Moment, ...]
    situations: tuple[Situation, ...]
    advice: Annotated[tuple[Advice, ...], AfterValidator(_in_reading_order)]
    services: Annotated[tuple[Service, ...], AfterValidator(_in_reading_order)]
    posters: tuple[Poster, ...] = ()
    poster_helps: tuple[PosterHelp, ...] = ()
    handouts: tuple[Handout, ...] = ()
    terms: tuple[Term, ...] = ()
    myths: tuple[Myth, ...] = ()
    steps: tuple[Step, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    vignettes: tuple[Vignette, ...] = ()
    figures: tuple[Figure, ...] = ()
    figure_values: tuple[FigureValue, ...] = ()
    additions: tuple[Addition, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    school: School | None = None

    @classmethod
    def of_sound(cls, **values: Any) -> SignList:  # noqa: ANN401 (by the names of the fields)
        """Return a list made of entries that were each read already: none is looked at again."""
        for name, entries in values.items():
            if name in ("advice", "services"):
                values[name] = _in_reading_order(entries)
        return cls.model_construct(**values)

    @cached_property
    def staff_suspected(self) -> tuple[str, ...]:
        """The ticks for which nobody of the school is named: one of them may be the author."""
        return tuple(s.id for s in self.situations if s.implicates in ("personnel", "direction"))

    @cached_property
    def items(self) -> dict[str, Tick]:
        """Everything that can be ticked, by id, in the order of the page."""
        items: tuple[Tick, ...] = (*self.situations, *self.signs)
        return {item.id: item for item in items}

    @cached_property
    def replaced_when(self) -> dict[str, frozenset[str]]:
        """For each advice, the ticks that call another one in its place.

        Replacing is transitive: what stands for B also stands for what B stands for.
        """
        by_id = {advice.id: advice for advice in self.advice}
        found: dict[str, set[str]] = {advice.id: set() for advice in self.advice}
        for advice in self.advice:
            waiting, seen = list(advice.replaces), set[str]()
            while waiting:
                replaced = waiting.pop()
                if replaced not in seen:
                    seen.add(replaced)
                    found[replaced].update(advice.triggers or ())
                    waiting.extend(by_id[replaced].replaces)
        return {id_: frozenset(ticks) for id_, ticks in found.items()}
