"""The cases in `cases.toml`: what cannot wait in each, for `orient()` and for the page."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """What is ticked, behind which door, and the gestures that it must lead to."""

    nom: str
    coche: list[str]
    premier: str
    """The advice read first."""
    porte: str | None = None
    deplie: list[str] = field(default_factory=list)
    """What else stands open; in danger, what comes after the first step may wait."""
    absent: list[str] = field(default_factory=list)
    """What is not shown at all."""

    def __str__(self) -> str:
        return self.nom


CASES = [
    Case(**case)
    for case in tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))[
        "cas"
    ]
]
