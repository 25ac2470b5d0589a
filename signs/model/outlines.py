"""What each file of a list, of a school or of an académie may hold: its lines and its headings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from signs.model.academy import Academy, AcademyContact
from signs.model.entries import ListInfo, Retired
from signs.model.keys import keys_of
from signs.model.publisher import Publisher
from signs.model.school import Contact, School
from signs.model.sign_list import HEAD, KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from signs.model.fields import Entry
    from signs.model.keys import Key


class Heading(NamedTuple):
    """A heading that stands alone on its line."""

    name: str
    block: bool = False
    """Whether it is written once, between single brackets, as `[editeur]`."""

    def __str__(self) -> str:
        """Return it as it is written."""
        return f"[{self.name}]" if self.block else f"[[{self.name}]]"


@dataclass(frozen=True, eq=False)
class Outline:
    """What one file may hold.

    Examples
    --------
    >>> [str(each) for each in OUTLINES["signes.toml"].headings]
    ['[[famille]]', '[[signe]]']
    >>> list(SCHOOL_OUTLINE.lines(""))[:3]
    ['format', 'etablissement', 'commune']
    """

    entries: Mapping[str, type[Entry]]
    """Models of what is written under headings in double brackets, as often as needed."""
    top: type[Entry] | None = None
    """Model of the lines above any heading; `None` where there may be none."""
    blocks: Mapping[str, type[Entry]] = field(default_factory=dict)
    """Models of what is written once, under a heading in single brackets."""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Every heading, in the order that a reader looks for them."""
        blocks = (Heading(name, block=True) for name in self.blocks)
        first, *others = map(Heading, self.entries)
        return (first, *blocks, *others)

    def heading(self, name: str) -> Heading:
        """Return a heading by its name, known or not."""
        return Heading(name, block=name in self.blocks)

    def heading_of(self, model: type[Entry]) -> Heading | None:
        """Return the heading that an entry stands under; `None` for the top of the file."""
        models = {**self.entries, **self.blocks}
        return next((self.heading(name) for name, each in models.items() if each is model), None)

    def model(self, heading: str) -> type[Entry] | None:
        """Return the model of what stands under a heading; under none, of the top of the file."""
        if not heading:
            return self.top
        return self.entries.get(heading) or self.blocks.get(heading)

    def lines(self, heading: str) -> dict[str, Key]:
        """Return the keys that are written under a heading, a line each."""
        model = self.model(heading)
        return {} if model is None else self.lines_of(model)

    def lines_of(self, model: type[Entry]) -> dict[str, Key]:
        """Return the keys of a model that are written as lines: the others are headings here."""
        headings = {*self.entries, *self.blocks} if model is self.top else set()
        return {name: key for name, key in keys_of(model).items() if name not in headings}


_ENTRIES = {name: kind.entry for name, kind in KINDS.items()}
OUTLINES = {
    HEAD: Outline({"retire": Retired}, ListInfo),
    **{
        file: Outline({name: kind.entry for name, kind in KINDS.items() if kind.file == file})
        for file in dict.fromkeys(kind.file for kind in KINDS.values())
    },
}
"""Of the files of a list, by their names."""
_BLOCKS = {"editeur": Publisher}
SCHOOL_OUTLINE = Outline({"contact": Contact, **_ENTRIES}, School, _BLOCKS)
ACADEMY_OUTLINE = Outline({"contact": AcademyContact, **_ENTRIES}, Academy, _BLOCKS)
ANY_OUTLINE = Outline({"retire": Retired, "contact": AcademyContact, **_ENTRIES}, None, _BLOCKS)
"""Of a text by itself: what some file or other may hold."""
