"""In what order entries are read, and what it takes to exchange two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.files.edit import Ref, set_value
from signs.model.entries import Section
from signs.model.keys import heading_of
from signs.model.sign_list import KINDS
from widgets.editor.forms.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Blocks = Sequence[dict[str, Any]]


def ranked(kind: str) -> bool:
    """Tell whether entries of a kind are read by their rank, not as the file has them."""
    return "rang" in {field.key for field in fields_of(kind)}


def reading_order(kind: str, blocks: Blocks) -> list[int]:
    """Return the places of a kind's entries in the order they are read in."""
    sections = [section.value for section in Section]

    def key(place: int) -> tuple[int, int, str]:
        raw = blocks[place]
        section = raw.get("rubrique")
        known = sections.index(section) if section in sections else 0
        return known, _rank(raw), str(raw.get("id"))

    return sorted(range(len(blocks)), key=key) if ranked(kind) else list(range(len(blocks)))


def peers(kind: str, blocks: Blocks, place: int) -> list[int]:
    """Return the places of the entries that are read together with one, in order."""
    heading = heading_of(KINDS[kind].entry)
    return [
        each
        for each in reading_order(kind, blocks)
        if heading is None or blocks[each].get(heading) == blocks[place].get(heading)
    ]


def exchanged(blocks: Blocks, order: Sequence[int], one: int, other: int) -> dict[int, int]:
    """Return the new ranks, by place, that exchange two entries of an order.

    Others only change where two ranks were equal.
    """
    ranks = [_rank(blocks[place]) for place in order]
    for index in range(1, len(ranks)):
        ranks[index] = max(ranks[index], ranks[index - 1] + 1)
    wanted = [*order]
    wanted[one], wanted[other] = wanted[other], wanted[one]
    new = dict(zip(wanted, ranks, strict=True))
    return {place: rank for place, rank in new.items() if _rank(blocks[place]) != rank}


def with_ranks(text: str, kind: str, ranks: Mapping[int, int]) -> str:
    """Return the text of a file with these ranks, by place."""
    for place, rank in ranks.items():
        text = set_value(text, Ref(kind, place), "rang", rank)
    return text


def _rank(raw: dict[str, Any]) -> int:
    rank = raw.get("rang")
    return rank if isinstance(rank, int) else 0
