"""What a committee proposes to change: kept beside the drafts until somebody decides.

One file in the folder of the drafts. A proposal is about one text of one entry; it changes
nothing by itself.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from signs.files.save import atomic_write
from widgets.editor.session.draft import DRAFTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE = "propositions.json"
TAKEN, LEFT = "prise", "laissee"


@dataclass(frozen=True)
class Proposal:
    """Other words for one text, or a remark on it."""

    kind: str
    id: str
    key: str
    text: str
    """As lists write it; nothing where there is only a remark."""
    role: str
    """Whose, if it was said."""
    remark: str
    day: str
    read: str
    """The text that was read, as lists write it."""
    decided: str = ""
    """`TAKEN` or `LEFT`; nothing yet."""

    def same(self, other: Proposal) -> bool:
        """Tell whether another says the same of the same text."""
        mine, its = (
            (each.kind, each.id, each.key, each.text, each.role, each.remark)
            for each in (self, other)
        )
        return mine == its


def proposals_in(folder: Path) -> list[Proposal]:
    """Return the proposals about a list, those that were decided included."""
    try:
        raws = json.loads((folder / DRAFTS / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = {field.name for field in fields(Proposal)}
    return [
        Proposal(**raw)
        for raw in (raws if isinstance(raws, list) else [])
        if isinstance(raw, dict)
        and names - {"decided"} <= raw.keys() <= names
        and all(isinstance(value, str) for value in raw.values())
    ]


def add_proposals(folder: Path, new: Iterable[Proposal]) -> list[Proposal]:
    """Keep new proposals beside a list; return those that were not there yet.

    Raises
    ------
    OSError
        When they cannot be written.
    """
    known = proposals_in(folder)
    added: list[Proposal] = []
    for proposal in new:
        if not any(proposal.same(each) for each in (*known, *added)):
            added.append(proposal)
    if added:
        _write(folder, [*known, *added])
    return added


def decide(folder: Path, proposal: Proposal, decided: str) -> None:
    """Take note of what is done with a proposal.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    _write(
        folder,
        [
            replace(each, decided=decided) if proposal.same(each) else each
            for each in proposals_in(folder)
        ],
    )


def _write(folder: Path, proposals: list[Proposal]) -> None:
    (folder / DRAFTS).mkdir(exist_ok=True)
    content = json.dumps([asdict(each) for each in proposals], ensure_ascii=False, indent=1)
    atomic_write(folder / DRAFTS / FILE, content.encode())
