"""The contacts in the files of a school and of its académie: to check, not to edit.

They are no part of the list that is edited: the date of a check is written to their file at once,
and what it said before is kept beside it like what any save replaces.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.diagnostics.reporter import CONTACT
from signs.files import edit
from signs.files.document import UnreadableError, open_document
from signs.files.edit import EditError, Ref
from signs.files.save import OpenFile
from signs.loading.loader import own_outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path


class OwnContact(NamedTuple):
    """A contact as its file has it."""

    file: Path
    place: int
    line: int
    raw: dict[str, Any]

    @property
    def id(self) -> str:
        """What it is recognized by: contacts have no id, and others may move it meanwhile."""
        said = json.dumps(self.raw, sort_keys=True, default=str)
        return hashlib.sha256(f"{self.file}\n{said}".encode()).hexdigest()[:16]


def own_contacts(file: Path) -> Iterator[OwnContact]:
    """Yield the contacts of a file.

    Raises
    ------
    UnreadableError
        When it cannot be read.
    """
    document = open_document(file, own_outline(file))
    blocks = document.content.get(CONTACT)
    for index, raw in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(raw, dict):
            yield OwnContact(file, index, document.line(CONTACT, index), raw)


def check_contact(files: Iterable[Path], id_: str, day: date, author: str) -> OwnContact:
    """Write in its file that a contact was checked, on a day; return it.

    Raises
    ------
    EditError
        When no contact is as it was shown.
    SaveError
        When the file cannot be written.
    """
    for file in files:
        try:
            found = next((each for each in own_contacts(file) if each.id == id_), None)
        except UnreadableError:
            continue
        if found is not None:
            opened = OpenFile.open(file)
            ref = Ref(CONTACT, found.place)
            opened.text = edit.set_value(opened.text, ref, "verifie_le", day)
            opened.save(author=author)
            return found
    raise EditError("Ce contact a changé dans son fichier. Relisez-le, puis recommencez.")
