"""Titles and ids of entries."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from signs.model.sign_list import HEAD, KINDS
from signs.text.normalize import folded

if TYPE_CHECKING:
    from collections.abc import Collection


def label_key(kind: str) -> str:
    """Return the key that an entry of a kind is recognized by."""
    return "titre" if kind == HEAD else KINDS[kind].label


def title_of(kind: str, raw: dict[str, Any]) -> str:
    """Return the words an entry is recognized by, on one line."""
    return _on_one_line(str(raw.get(label_key(kind)) or raw.get("id") or "sans nom"))


@lru_cache(maxsize=32_768)  # all titles of a long list are told again at each change
def _on_one_line(text: str) -> str:
    text = re.sub(r"\s+", " ", text.replace("**", "")).strip()
    return (
        text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1].rstrip(' .,;:(')}…"
    )


_LONGEST_TITLE = 80


def id_of(words: str, taken: Collection[str]) -> str:
    """Return an unused id made of these words."""
    base = "-".join(folded(words).split("-")[:6])[:40].strip("-") or "entree"
    others = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return base if base not in taken else next(id_ for id_ in others if id_ not in taken)
