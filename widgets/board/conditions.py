"""Display conditions of the parts of the board, in the form that Python, JavaScript and CSS read.

A part says which ticks trigger it (`when`, any is enough, or always) and which hide it
(`unless`). The template writes both as `data-quand` and `data-sauf`; `board.js` reads them;
for browsers without JavaScript, :meth:`Conditions.css` says the same with `:has()`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from signs.model.fields import ALWAYS, UNSURE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from signs.model.fields import EmergencyPhone
    from signs.model.sign_list import SignList


@dataclass(frozen=True)
class Condition:
    """Shown when it is triggered and nothing hides it."""

    when: tuple[str, ...] | None
    """Ids that trigger it; `None` means always."""
    unless: tuple[str, ...] = ()
    """Ids that hide it."""

    @property
    def at_first(self) -> bool:
        """Whether it shows while nothing is ticked."""
        return self.when is None

    @property
    def attributes(self) -> dict[str, str]:
        """As the template writes it, in the form that `board.js` reads."""
        written = {"data-quand": ALWAYS if self.when is None else " ".join(self.when)}
        if self.unless:
            written["data-sauf"] = " ".join(self.unless)
        return written


Chain = tuple[Condition, ...]
"""Conditions that must all hold: each is written on an element within the one before."""


class Conditions:
    """The condition of every part of a board, by the name of the part in the template."""

    def __init__(self, sign_list: SignList) -> None:
        causes = {**sign_list.items, **sign_list.doors}
        self.immediate = tuple(id_ for id_, each in causes.items() if each.urgency == "immediate")
        today = tuple(id_ for id_, each in causes.items() if each.urgency == "today")
        spoken_moments = {moment.id for moment in sign_list.moments if moment.pupil_spoke}
        spoken = tuple(s.id for s in sign_list.situations if s.moment in spoken_moments)
        self.doors = tuple(sign_list.doors)
        signs = (*(sign.id for sign in sign_list.signs), *_calm_doors(sign_list))
        self.leads = {
            "rien": Condition(None, tuple(causes)),
            "aujourdhui": Condition(today, self.immediate),
            "signes": Condition(signs, (*self.immediate, *today)),
        }
        self.other_causes = Condition(None, (*spoken, *(spoken_moments & set(self.doors))))
        self.advice = {
            advice.id: Condition(
                advice.triggers, _in_order(causes, sign_list.replaced_when[advice.id])
            )
            for advice in sign_list.advice
        }
        self.services = {
            service.id: Condition(
                service.triggers, _in_order(sign_list.items, sign_list.out_of_age[service.id])
            )
            for service in sign_list.services
        }
        # Nobody of the school is named where one of them may be the author.
        self.here = {
            "personnes": Condition(None, tuple(sign_list.staff_suspected)),
            "alentour": Condition(None),
        }
        self.first_calls = tuple(_first_calls(sign_list))

    def css(self) -> str:
        """Return the same conditions as a style sheet, for browsers without JavaScript.

        It reads the very attributes that `board.js` reads: a rule for each tick and each door,
        whatever it shows or hides. Only `:has()` can say this; a browser that does not know it
        shows everything. Nothing folds.
        """
        conditions = list(self._all_conditions())
        rules = [
            *(
                self._rule(id_, "quand", "block")
                for id_ in _named(each.when or () for each in conditions)
            ),
            *(
                self._rule(id_, "sauf", "none")
                for id_ in _named(each.unless for each in conditions)
            ),
            *(f"{self._where_chosen(*self.immediate)} {rule}" for rule in _URGENT),
            f"{self._where_chosen(*self.other_causes.unless)} .reperes-causes{{display:none}}",
        ]
        return (
            f"{_NEEDS_SCRIPT}{{display:none!important}}{_HOURS}{{display:inline}}"
            f"{_COMPLEMENTS},{_EVERYTHING}{{display:block}}{_ERASE}{{display:inline-flex}}"
            f"@supports selector(:has(*)){{{_NOTHING}{''.join(rules)}}}"
            f"@media print{{{_PRINT}}}"
        )

    def _all_conditions(self) -> Iterator[Condition]:
        groups = (self.leads, self.advice, self.services, self.here)
        for conditions in groups:
            yield from conditions.values()
        for _number, nested in self.first_calls:
            yield from nested
        yield self.other_causes

    def _rule(self, id_: str, attribute: str, display: str) -> str:
        return f"{self._where_chosen(id_)} [data-{attribute}~={_value(id_)}]{{display:{display}}}"

    def _where_chosen(self, *ids: str) -> str:
        chosen = ",".join(
            f"[data-moment={_value(id_)}]>[open]"
            if id_ in self.doors
            else f"[value={_value(id_)}]:checked"
            for id_ in ids
        )
        return f"form:has({chosen})"


def _value(id_: str) -> str:
    """Return an id as a selector has it: quoted where it starts with a digit."""
    return f'"{id_}"' if id_[0].isdigit() else id_


def _in_order(ids: Iterable[str], some: Collection[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ in some) if some else ()


def _calm_doors(sign_list: SignList) -> Iterator[str]:
    """Yield the doors behind which signs are ticked, not situations."""
    asked = {situation.moment for situation in sign_list.situations}
    return (id_ for id_ in sign_list.doors if id_ not in asked)


def _first_calls(sign_list: SignList) -> Iterator[tuple[EmergencyPhone, Chain]]:
    """Yield the number to call first, and when: that of the ticks, else that of the door.

    Where two ticks name different numbers it is 112: that one is last.
    """
    numbers: tuple[EmergencyPhone, ...] = ("15", "17", UNSURE)
    ticks: dict[EmergencyPhone, tuple[str, ...]] = dict.fromkeys(numbers, ())
    doors: dict[EmergencyPhone, tuple[str, ...]] = dict.fromkeys(numbers, ())
    for causes, found in ((sign_list.items, ticks), (sign_list.doors, doors)):
        for id_, cause in causes.items():
            if number := cause.first_number:
                found[number] += (id_,)
    every_tick = tuple(chain.from_iterable(ticks.values()))
    for number, named in ticks.items():
        others = tuple(id_ for id_ in every_tick if id_ not in named)
        if named:
            yield number, (Condition(named, () if number == UNSURE else others),)
        if doors[number]:
            yield number, (Condition(doors[number], every_tick),)
    known = [named for number, named in ticks.items() if named and number != UNSURE]
    for position, named in enumerate(known):
        for others in known[position + 1 :]:
            yield UNSURE, (Condition(named, ticks[UNSURE]), Condition(others))


_EVERYTHING = ".reperes-board [data-quand][hidden]"
_COMPLEMENTS = ".reperes-board:not([data-choix]) :is(.reperes-complement,.reperes-prive)"
_ERASE = ".reperes-board:not([data-choix]) .reperes-effacer"
_HOURS = ".reperes-board:not([data-vivant]) .reperes-rangee .reperes-ouvert + .reperes-heures"
_NOTHING = f"{_EVERYTHING}{{display:none}}"
# What needs board.js, and what stands for the answer before anything is chosen.
_NEEDS_SCRIPT = (
    ".reperes-board :is(.reperes-copier,.reperes-imprimer,.reperes-ouvert,.reperes-toujours,"
    ".reperes-pourquoi,.reperes-au-debut)"
)
# Nothing counts what shows, so nothing can choose what fits on one sheet: there may be two. The
# room to write and who answers for the list take the last column.
_PRINT = (
    ".reperes-page:has(.reperes-board):not(:has(.atelier)),"
    ".reperes-page:has(.reperes-board):not(:has(.atelier)) body"
    "{display:block;height:auto;overflow:visible}"
    ".reperes-page .reperes-board{display:block;columns:3;column-gap:5mm;"
    "column-rule:1px solid #bbb}"
    ".reperes-page :is(.reperes-resultat,.reperes-tete){display:block}"
    ".reperes-page .reperes-board .reperes-reponse{columns:auto;overflow:visible}"
    ".reperes-page .reperes-papier{min-height:100mm;break-inside:avoid}"
)
# What board.js otherwise announces and colours.
_URGENT = (
    '.reperes-annonce::before{content:"Agissez maintenant."}',
    ".reperes-annonce{position:static}",
    ".reperes-cadre{--bord:var(--urgence);--fond:var(--urgence-pale)}",
    ".reperes-calme{display:none}",
    ".reperes-urgent{display:inline!important}",
)


def _named(ids: Iterable[tuple[str, ...]]) -> dict[str, None]:
    return dict.fromkeys(chain.from_iterable(ids))
