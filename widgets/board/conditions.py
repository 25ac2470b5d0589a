"""Display conditions of the parts of the board, in the form that Python, JavaScript and CSS read.

A part says which ticks trigger it (`when`, any is enough, or always) and which hide it
(`unless`). The template writes both as `data-quand` and `data-sauf`; `board.js` reads them;
for browsers without JavaScript, :meth:`Conditions.css` says the same with `:has()`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from signs.model.entries import SECTION_TITLES, Section
from signs.model.fields import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class Conditions:
    """The condition of every part of a board, by the name of the part in the template."""

    def __init__(self, sign_list: SignList) -> None:
        spoken_moments = {moment.id for moment in sign_list.moments if moment.pupil_spoke}
        items = sign_list.items.values()
        self.immediate = immediate = tuple(i.id for i in items if i.urgency == "immediate")
        today = tuple(item.id for item in items if item.urgency == "today")
        spoken = tuple(s.id for s in sign_list.situations if s.moment in spoken_moments)
        signs = tuple(sign.id for sign in sign_list.signs)

        self.leads = {
            "rien": Condition(None, tuple(sign_list.items)),
            "aujourdhui": Condition(today, immediate),
            "signes": Condition(signs, (*immediate, *today)),
        }
        self.other_causes = Condition(None, spoken)
        self.advice = {
            advice.id: Condition(
                advice.triggers,
                tuple(i for i in sign_list.items if i in sign_list.replaced_when[advice.id]),
            )
            for advice in sign_list.advice
        }
        self.services = {service.id: Condition(service.triggers) for service in sign_list.services}
        # Nobody of the school is named where one of them may be the author.
        self.here = {
            "personnes": Condition(None, tuple(sign_list.staff_suspected)),
            "alentour": Condition(None),
        }
        self.sections = {
            section.value: _any_of(
                self.advice[advice.id] for advice in sign_list.advice if advice.section is section
            )
            for section in Section
        }
        self.reasons = {id_: Condition((id_,)) for id_ in sign_list.items}

    def css(self) -> str:
        """Return the same conditions as a style sheet, for browsers without JavaScript.

        It reads the very attributes that `board.js` reads: a rule for each tick, whatever the
        tick shows or hides. Only `:has()` can say this; a browser that does not know it shows
        everything.
        """
        conditions = list(self._all_conditions())
        rules = [
            *(
                _rule(id_, "quand", "block")
                for id_ in _named(each.when or () for each in conditions)
            ),
            *(_rule(id_, "sauf", "none") for id_ in _named(each.unless for each in conditions)),
            *(f"{_where_ticked(*self.immediate)} {rule}" for rule in _URGENT),
        ]
        return (
            f"{_NEEDS_SCRIPT}{{display:none!important}}{_EVERYTHING}{{display:block}}"
            f"@supports selector(:has(*)){{{_NOTHING}{''.join(rules)}}}"
            f"@media print{{{_PRINT}}}"
        )

    def _all_conditions(self) -> Iterator[Condition]:
        groups = (self.reasons, self.leads, self.sections, self.advice, self.services, self.here)
        for conditions in groups:
            yield from conditions.values()
        yield self.other_causes


_EVERYTHING = ".reperes-board [data-quand][hidden]"
_NOTHING = f"{_EVERYTHING}{{display:none}}"
# What needs board.js; until it is mounted, its space is reserved so that nothing moves.
_NEEDS_SCRIPT = ".reperes-board :is(.reperes-copier,.reperes-imprimer,.reperes-ouvert)"
# Nothing counts what shows, so nothing can choose what fits on one sheet: there may be two.
_PRINT = (
    ".reperes-page:has(.reperes-board),.reperes-page:has(.reperes-board) body"
    "{display:block;height:auto;overflow:visible}"
    ".reperes-page .reperes-resultat{display:block}.reperes-page .reperes-gestes{overflow:visible}"
    ".reperes-page .reperes-papier{min-height:60mm;break-inside:avoid}"
)
# What board.js otherwise announces and colours.
_URGENT = (
    f'.reperes-annonce::before{{content:"{SECTION_TITLES[Section.SAFETY]}."}}',
    ".reperes-annonce{position:static}",
    ".reperes-aller{border-color:var(--urgence);background:var(--urgence);color:var(--sur-urgence)}",
)


def _named(ids: Iterable[tuple[str, ...]]) -> dict[str, None]:
    return dict.fromkeys(chain.from_iterable(ids))


def _rule(id_: str, attribute: str, display: str) -> str:
    return f'{_where_ticked(id_)} [data-{attribute}~="{id_}"]{{display:{display}}}'


def _where_ticked(*ids: str) -> str:
    ticked = ",".join(f'[value="{id_}"]' for id_ in ids)
    return f".reperes-board:has(:is({ticked}):checked)"


def _any_of(conditions: Iterable[Condition]) -> Condition:
    """Return the condition of a section: one of its parts shows.

    What replaces an advice is in the same section, so `unless` need not be considered.
    """
    triggers: dict[str, None] = {}
    for condition in conditions:
        if condition.when is None:
            return Condition(None)
        triggers.update(dict.fromkeys(condition.when))
    return Condition(tuple(triggers))
