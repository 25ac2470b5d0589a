"""Rule on placeholders: what a starting file asks for is an error until it is replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import CONTACT, SCHOOL
from signs.files.document import texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ASKED = re.compile(
    r"\W*(?:[ée]crivez ici\b.*|nom de l.[ée]tablissement\W*)", re.IGNORECASE | re.DOTALL
)


def placeholder_problems(content: Mapping[str, object], whole: str) -> Iterator[Problem]:
    """Yield what the head of a list, or a school's file, still asks for.

    Parameters
    ----------
    content
        The file as it is read.
    whole
        The kind of subject that the file is as a whole.
    """
    for key, text in texts_in(content):
        if not _ASKED.fullmatch(text):
            continue
        subject, inside = Subject(whole), key
        if key[0] == CONTACT and len(key) > _IN_CONTACT and isinstance(key[1], int):
            subject, inside = Subject(CONTACT, None, key[1]), key[2:]
        yield Problem(
            "unfilled-placeholder", subject, inside, {"found": text, "optional": whole == SCHOOL}
        )


_IN_CONTACT = 2
