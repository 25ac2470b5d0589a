"""A list as one starts it, with what it asks for filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from signs.scaffold import start_list

_ANSWERS = {
    "titre": "Ma liste",
    "responsable": "Le test",
}


def filled(*files: Path) -> None:
    """Replace what files ask for, as a trainer does."""
    for file in files:
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r'(?m)^(\w+) = "Écrivez ici.*?"', _answer, text), "utf-8")


def _answer(line: re.Match[str]) -> str:
    return f'{line[1]} = "{_ANSWERS[line[1]]}"'


def started_list(folder: Path, *, standalone: bool = False, today: date | None = None) -> Path:
    """Start a list, and fill it in."""
    filled(*start_list(folder, standalone=standalone, today=today))
    return folder
