"""What a committee has read of a list, and what is left to read.

A reading holds for the words that were read, for when they are shown, and for their step: once
one of them changes, the entry is to be read again. Where an entry stands in its step, and the
document it comes from, are no words.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from signs.model.entries import Advice, Section
from signs.model.keys import Group, keys_of
from signs.model.readings import DIGEST_LENGTH
from signs.model.sign_list import KINDS, SignList, references_of
from signs.text.given import GivenError, UnknownIdError, id_given
from signs.text.names import explains_calls
from signs.text.normalize import as_read, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from signs.model.fields import Identified
    from signs.model.readings import Reading


class ReviewState(StrEnum):
    """What an entry is, for a committee."""

    TO_READ = "a_relire"
    READ = "relu"
    APPROVED = "approuve"


STATE_TITLES = {
    ReviewState.TO_READ: "à relire",
    ReviewState.READ: "relu",
    ReviewState.APPROVED: "approuvé",
}


@dataclass(frozen=True)
class Review:
    """What was said of the words that an entry has now."""

    readings: tuple[Reading, ...]
    """Those of its present words, one a role."""
    outdated: tuple[Reading, ...]
    """Those of the words it had before."""
    needed: int
    """How many roles have to read it."""

    @property
    def state(self) -> ReviewState:
        """To read, read, or approved."""
        if len(self.readings) < self.needed:
            return ReviewState.TO_READ
        approved = any(reading.opinion == "approuve" for reading in self.readings)
        return ReviewState.APPROVED if approved else ReviewState.READ

    @property
    def missing(self) -> int:
        """How many roles are still to read it."""
        return max(self.needed - len(self.readings), 0)


@lru_cache(maxsize=8192)  # the editor asks for that of every entry at each change
def digest_of(entry: Identified) -> str:
    """Return the digest of what one reads of an entry: its words, when it is shown, its step.

    Blanks, straight or curved apostrophes and the order of what calls it make no difference.

    Examples
    --------
    >>> import signs
    >>> advice = signs.load().advice[0]
    >>> digest_of(advice) == digest_of(advice.model_copy(update={"rank": 99}))
    True
    >>> digest_of(advice) == digest_of(advice.model_copy(update={"text": "Autre chose."}))
    False
    """
    words = json.dumps(dict(_read_values(entry)), sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:DIGEST_LENGTH]


def _read_values(entry: Identified) -> Iterator[tuple[str, object]]:
    keys = keys_of(type(entry))
    references = {reference.field for reference in references_of(type(entry))}
    for name, field in type(entry).model_fields.items():
        key = field.alias or name
        value = getattr(entry, name)
        if key == "etape" and isinstance(entry, Advice):
            value = entry.step
        if keys[key].group not in _READ or key in _UNREAD or value == field.default:
            continue
        if isinstance(value, tuple) and name in references:
            value = tuple(sorted(value))
        yield key, _plain(value)


_READ = {Group.READ, Group.REACH, Group.WHEN}
_UNREAD = {"id", "rang"}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return plain_words(value) if isinstance(value, str) else value


def plain_words(text: str) -> str:
    r"""Return a text as digests compare it: plain blanks, straight apostrophes.

    Examples
    --------
    >>> plain_words("l’élève :\n parle") == plain_words("l'élève : parle")
    True
    """
    return " ".join(as_read(text).replace("’", "'").split())


def reviewed_entries(sign_list: SignList) -> Iterator[tuple[str, Identified]]:
    """Yield the entries that a committee reads, each with its kind, in the order of the forms."""
    for name, kind in sorted(KINDS.items(), key=lambda each: each[1].order):
        if kind.has_form and name != "source":
            for entry in getattr(sign_list, kind.field):
                yield name, entry


@explains_calls('signs.review_of(signs.load(), "appeler-15")')
def review_of(sign_list: SignList, id_: str) -> Review:
    """Return what was said of an entry.

    Parameters
    ----------
    sign_list
        The list.
    id_
        The id of one of its entries.

    Returns
    -------
    Review
        Its state, the readings of its present words, those of its former words.

    Raises
    ------
    GivenError
        When the list is none, or the id is no id.
    UnknownIdError
        When the list has no entry of that id.

    Examples
    --------
    >>> import signs
    >>> review_of(signs.load(), "appeler-15").needed
    2
    """
    if not isinstance(sign_list, SignList):
        raise GivenError(sign_list, "une liste chargée", "signs.load()")
    reviews = reviews_of(sign_list)
    if id_given(id_, "l'identifiant d'une entrée", '"appeler-15"') not in reviews:
        raise UnknownIdError([id_], reviews)
    return reviews[id_]


def reviews_of(sign_list: SignList) -> dict[str, Review]:
    """Return what was said of each entry, by id."""
    said: dict[str, list[Reading]] = {}
    for reading in sign_list.readings:
        said.setdefault(reading.entry, []).append(reading)
    return {
        entry.id: _review(entry, said.get(entry.id, ()))
        for _kind, entry in reviewed_entries(sign_list)
    }


def _review(entry: Identified, readings: Iterable[Reading]) -> Review:
    digest = digest_of(entry) if readings else ""
    latest: list[Reading] = []
    outdated = []
    for reading in sorted(readings, key=lambda each: each.read_on):
        if reading.digest == digest:
            latest = [each for each in latest if not same_role(each.role, reading.role)]
            latest.append(reading)
        else:
            outdated.append(reading)
    return Review(tuple(latest), tuple(outdated), _needed(entry))


def same_role(role: str, other: str) -> bool:
    """Tell whether two roles are one, whatever their capitals, accents and hyphens.

    Examples
    --------
    >>> same_role("Infirmière", " infirmiere"), same_role("CPE", "Infirmière")
    (True, False)
    """
    return folded(role) == folded(other)


def _needed(entry: Identified) -> int:
    """Return how many roles read an entry: two, where a life may depend on it."""
    return 2 if isinstance(entry, Advice) and entry.section is Section.SAFETY else 1


def count_states(sign_list: SignList) -> dict[ReviewState, int]:
    """Return how many entries are in each state."""
    found = Counter(review.state for review in reviews_of(sign_list).values())
    return {state: found[state] for state in ReviewState}
