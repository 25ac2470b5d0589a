"""From a problem of the verifier, which names a file and a line, to the field it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from signs.files.document import UnreadableError, parse
from signs.files.source_map import SourceMap
from signs.model.sign_list import HEAD, KINDS
from widgets.editor.forms.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.diagnostics.problem import Problem


class Spot(NamedTuple):
    """Where in the form a problem is told."""

    kind: str
    """Empty where no entry is meant."""
    place: int
    key: str
    """Empty where the whole entry is meant."""


NOWHERE = Spot("", 0, "")
_NAMED = re.compile(r"« (\w+) »")


def locate(problem: Problem, file: str, text: str) -> Spot:
    """Return the field that a problem is about.

    Parameters
    ----------
    file
        The name of its file.
    text
        What the file says.
    """
    lines, spots = _map(file, text)
    at = bisect_right(lines, problem.line) - 1
    spot = spots[at] if at >= 0 else Spot(HEAD, 0, "") if file == HEAD else NOWHERE
    if spot.kind and not spot.key:
        # A key that is missing has no line: the message names it.
        keys = {field.key for field in fields_of(spot.kind)}
        named = next((key for key in _NAMED.findall(problem.message) if key in keys), "")
        return spot._replace(key=named)
    return spot


@lru_cache(maxsize=32)
def _map(file: str, text: str) -> tuple[list[int], list[Spot]]:
    """Return, for a file, the lines where something begins, and what begins there."""
    try:
        found = sorted(_beginnings(file, text))
    except UnreadableError:
        found = []
    return [line for line, _ in found], [spot for _, spot in found]


def _beginnings(file: str, text: str) -> Iterator[tuple[int, Spot]]:
    content, positions = parse(text), SourceMap(text)
    if file == HEAD:
        for key in content:
            yield positions.line(key), Spot(HEAD, 0, key)
        return
    for kind in (name for name, each in KINDS.items() if each.file == file):
        blocks = content.get(kind)
        for place, raw in enumerate(blocks if isinstance(blocks, list) else ()):
            yield positions.line(kind, place), Spot(kind, place, "")
            for key in raw if isinstance(raw, dict) else ():
                yield positions.line(kind, place, key), Spot(kind, place, key)
