"""The texts of an entry that people read and word otherwise, as they are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from signs.model.keys import Group
from signs.text.normalize import as_read
from signs.text.typography import typography
from widgets.editor.forms.fields import Control, Field

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ = {Group.READ, Group.REACH}
_TEXTS = {
    *(Control.LINE, Control.TEXT, Control.MARKDOWN, Control.LINES),
    *(Control.PHONE, Control.ADDRESS, Control.HOURS),
}


def is_text(field: Field) -> bool:
    """Tell whether a field is a text that a committee reads and may word otherwise."""
    return (
        field.wording.group in _READ
        and field.control in _TEXTS
        and not field.kinds
        and not field.options
    )


def shown_text(field: Field, raw: Mapping[str, Any]) -> str:
    """Return the text of a field as one reads it; nothing where it is none."""
    if not is_text(field):
        return ""
    shown = field.shown(raw)
    if isinstance(shown, dict):  # hours
        shown = shown["mots"] or shown["notation"]
    return typography(str(shown)).strip()


def control_value(field: Field, text: str) -> str | dict[str, str]:
    """Return a text as the control of its field has it."""
    if field.control is Control.HOURS:
        return {"mode": "notation" if text else "aucun", "notation": text}
    return text


def plain_text(text: str) -> str:
    r"""Return a text as lists write it: plain blanks, straight apostrophes, its lines kept.

    Examples
    --------
    >>> plain_text(" l’élève\u00a0:  parle \n\n\n- un\n")
    "l'élève : parle\n\n- un"
    """
    text = as_read(text.replace("\r\n", "\n").replace("\r", "\n")).replace("’", "'")
    lines = text.split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
