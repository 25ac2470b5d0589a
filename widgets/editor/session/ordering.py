"""The order entries are displayed in, and the changes that swap two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.files.edit import Ref, set_value
from signs.model.entries import AdviceStep, Section, step_of
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
    """Return the indexes of a kind's entries in the order they are read in."""

    def key(index: int) -> tuple[int, int, int, str]:
        raw = blocks[index]
        step, section = 0, 0
        if kind == "conseil":
            step = list(AdviceStep).index(step_in(raw))
            section = 0 if raw.get("etape") else 1 + list(Section).index(_section(raw))
        return step, section, _rank(raw), str(raw.get("id"))

    return sorted(range(len(blocks)), key=key) if ranked(kind) else list(range(len(blocks)))


def peers(kind: str, blocks: Blocks, index: int) -> list[int]:
    """Return the indexes of the entries that are read together with one, in order."""
    heading = _heading(kind, blocks[index])
    return [
        each
        for each in reading_order(kind, blocks)
        if heading is None or _heading(kind, blocks[each]) == heading
    ]


def step_in(raw: Mapping[str, Any]) -> AdviceStep:
    """Return the step of an advice as its file has it, whether or not it is valid."""
    given = raw.get("etape")
    return step_of(AdviceStep(given) if given in list(AdviceStep) else None, _section(raw))


def _section(raw: Mapping[str, Any]) -> Section:
    section = raw.get("rubrique")
    return Section(section) if section in list(Section) else Section.SAFETY


def _heading(kind: str, raw: Mapping[str, Any]) -> object:
    if kind == "conseil":
        return step_in(raw)
    heading = heading_of(KINDS[kind].entry)
    return raw.get(heading) if heading else None


def swapped_ranks(blocks: Blocks, order: Sequence[int], one: int, other: int) -> dict[int, int]:
    """Return the new ranks, by index, that exchange two entries of an order.

    Others only change where two ranks were equal.
    """
    ranks = [_rank(blocks[index]) for index in order]
    for i in range(1, len(ranks)):
        ranks[i] = max(ranks[i], ranks[i - 1] + 1)
    wanted = [*order]
    wanted[one], wanted[other] = wanted[other], wanted[one]
    new = dict(zip(wanted, ranks, strict=True))
    return {index: rank for index, rank in new.items() if _rank(blocks[index]) != rank}


def with_ranks(text: str, kind: str, ranks: Mapping[int, int]) -> str:
    """Return the text of a file with these ranks, by index."""
    for index, rank in ranks.items():
        text = set_value(text, Ref(kind, index), "rang", rank)
    return text


def _rank(raw: dict[str, Any]) -> int:
    rank = raw.get("rang")
    return rank if isinstance(rank, int) else 0
