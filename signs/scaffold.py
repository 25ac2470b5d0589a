"""A list to start from: small, commented, and sound from the first minute."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from signs.copying import SCHEMA
from signs.files.json_schema import PARTIAL_SCHEMA, as_text
from signs.model.entries import HEAD
from signs.text import opening_hours
from signs.text.typography import typography

if TYPE_CHECKING:
    from datetime import date

STARTS = Path(__file__).parent / "templates"
DERIVED, WHOLE = STARTS / "layered", STARTS / "standalone"
"""A list that starts from the shipped one, and one that stands alone."""
SCHOOL = STARTS / "ecole.toml"
"""A school's own file.

Beside each, its JSON Schema is written: `#:schema` at the head of the files names it.
"""


class StartError(Exception):
    """The list cannot be written there; its message is a French sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


def start_list(target: Path, *, whole: bool = False, today: date | None = None) -> list[Path]:
    """Write a list to start from.

    Parameters
    ----------
    target
        A folder that is not there yet, or is empty.
    whole
        Whether it stands alone; by default it starts from the shipped list and says only
        what it changes.
    today
        The day it counts as read on.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    StartError
        When something is there already, or nothing can be written.
    """
    try:
        if target.is_dir() and any(target.iterdir()):
            raise StartError(
                f"Le dossier {target} n'est pas vide : rien n'y est écrit. Donnez un autre nom."
            )
        if target.exists() and not target.is_dir():
            raise StartError(f"{target} est un fichier. Donnez le nom d'un dossier à créer.")
        target.mkdir(parents=True, exist_ok=True)
        written = [
            Path(shutil.copy(file, target / file.name))
            for file in sorted((WHOLE if whole else DERIVED).glob("*.toml"))
        ]
        _date(target / HEAD, today or opening_hours.today())
        name = SCHEMA if whole else PARTIAL_SCHEMA
        (target / name).write_text(as_text(partial=not whole), "utf-8", newline="\n")
    except OSError as error:
        raise StartError(
            f"La liste ne peut pas être écrite dans {target} : vérifiez la place et le droit "
            "d'y écrire."
        ) from error
    return written


def _date(head: Path, today: date) -> None:
    """Have the list be read today, and be read again in a year."""
    text = head.read_text(encoding="utf-8")
    again = (today.replace(day=1) if (today.month, today.day) == (2, 29) else today).replace(
        year=today.year + 1
    )
    text = re.sub(r"(?m)^relu_le = .*$", f"relu_le = {today}", text)
    text = re.sub(r"(?m)^a_revoir_avant = .*$", f"a_revoir_avant = {again}", text)
    head.write_text(text, "utf-8", newline="\n")


def start_school(target: Path) -> Path:
    """Write a school's file to start from; see :func:`start_list` for what is raised."""
    if target.exists():
        raise StartError(f"{target} existe déjà : rien n'y est écrit. Donnez un autre nom.")
    try:
        (target.parent / PARTIAL_SCHEMA).write_text(as_text(partial=True), "utf-8", newline="\n")
        return Path(shutil.copy(SCHOOL, target))
    except OSError as error:
        raise StartError(
            f"{target} ne peut pas être écrit : vérifiez le dossier, la place et le droit d'y "
            "écrire."
        ) from error
