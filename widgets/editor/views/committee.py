"""The work of a committee: what is left to read, and what it proposes, as values for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.model.reviews import (
    STATE_TITLES,
    ReviewState,
    count_states,
    reviewed_entries,
    reviews_of,
)
from signs.text.typography import date_in_words, typography
from widgets.editor.forms.fields import fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.texts import plain_text, shown_text
from widgets.editor.forms.titles import title_of
from widgets.editor.session.proposals import LEFT, TAKEN, Proposal, proposals_in
from widgets.editor.views.marked import marked

if TYPE_CHECKING:
    from signs.model.readings import Reading
    from signs.model.sign_list import SignList
    from widgets.editor.session.session import EditingSession


class CommitteeView:
    """What the tab of the committee shows.

    Parameters
    ----------
    session
        The list.
    valid_list
        The list when it was last valid; `None` where it never was.
    role
        The role that was typed last.
    """

    def __init__(self, session: EditingSession, valid_list: SignList | None, role: str) -> None:
        self._session, self._list, self._role = session, valid_list, role

    def data(self) -> dict[str, Any]:
        """Return all of it."""
        proposals = [
            (at, each, self._undecided(each))
            for at, each in enumerate(proposals_in(self._session.folder))
        ]
        return {
            "count": self._count(),
            "entry": self._entry(),
            "role": self._role,
            "proposals": [self._proposal(at, each) for at, each, open_ in proposals if open_],
            "decided": [self._decided(at, each) for at, each, open_ in proposals if not open_],
            "left": self._left(),
        }

    def _count(self) -> str:
        if self._list is None:
            return ""
        counts = count_states(self._list)
        words = {
            ReviewState.TO_READ: "à relire",
            ReviewState.READ: "relues",
            ReviewState.APPROVED: "approuvées",
        }
        said = ", ".join(f"{counts[state]} {word}" for state, word in words.items())
        return typography(f"{sum(counts.values())} entrées : {said}.")

    def _entry(self) -> dict[str, Any] | None:
        """Return what was said of the entry in the form."""
        id_ = str(self._session.block(self._session.where).get("id", ""))
        review = reviews_of(self._list).get(id_) if self._list else None
        if review is None:
            return None
        more = ""
        if review.state is ReviewState.TO_READ and review.needed > 1:
            more = f" par {review.missing} rôle{'s' * (review.missing > 1)}"
        return {
            "title": typography(self._session.title(self._session.where)),
            "state": typography(f"{STATE_TITLES[review.state].capitalize()}{more}"),
            "readings": [
                *(_said(each) for each in review.readings),
                *(f"{_said(each)}, avant le dernier changement" for each in review.outdated),
            ],
        }

    def _left(self) -> list[dict[str, Any]]:
        """Return what is left to read, by kind."""
        if self._list is None:
            return []
        reviews = reviews_of(self._list)
        places = {
            (kind, str(raw.get("id"))): place
            for kind in KIND_WORDS
            for place, raw in enumerate(self._session.blocks(kind))
        }
        found: dict[str, list[dict[str, Any]]] = {}
        for kind, entry in reviewed_entries(self._list):
            place = places.get((kind, entry.id))
            if place is not None and reviews[entry.id].state is ReviewState.TO_READ:
                raw = self._session.blocks(kind)[place]
                title = typography(title_of(kind, raw))
                link = {"kind": kind, "place": place, "id": entry.id, "title": title}
                found.setdefault(kind, []).append(link)
        return [
            {"title": typography(KIND_WORDS[kind].title), "links": links}
            for kind, links in found.items()
        ]

    # --- Proposals -----------------------------------------------------------------------------

    def _raw(self, proposal: Proposal) -> dict[str, Any]:
        """Return the entry that a proposal is about, as it is now; empty where it is gone."""
        for raw in self._session.blocks(proposal.kind):
            if raw.get("id") == proposal.id:
                return raw
        for kind, entry in reviewed_entries(self._list) if self._list else ():
            if (kind, entry.id) == (proposal.kind, proposal.id):
                return entry.model_dump(by_alias=True, mode="json")
        return {}

    def text_now(self, proposal: Proposal) -> str:
        """Return what the text that a proposal is about says now, as lists write it."""
        fields = fields_of(proposal.kind) if proposal.kind in KIND_WORDS else ()
        its = next((each for each in fields if each.key == proposal.key), None)
        return plain_text(shown_text(its, self._raw(proposal))) if its else ""

    def _undecided(self, proposal: Proposal) -> bool:
        """Tell whether a proposal waits: also one that was taken, and then undone."""
        if not self._raw(proposal) or proposal.decided == LEFT:
            return False
        if proposal.decided == TAKEN:
            return bool(proposal.read) and self.text_now(proposal) == proposal.read
        return not proposal.text or self.text_now(proposal) != proposal.text

    def _proposal(self, at: int, proposal: Proposal) -> dict[str, Any]:
        now = self.text_now(proposal)
        mine, theirs = marked(typography(now), typography(proposal.text))
        return {
            **self._decided(at, proposal),
            "mine": mine,
            "theirs": theirs if proposal.text else [],
            "remark": typography(proposal.remark),
            "moved": bool(proposal.text and proposal.read and now != proposal.read),
        }

    def _decided(self, at: int, proposal: Proposal) -> dict[str, Any]:
        raw = self._raw(proposal)
        fields = fields_of(proposal.kind) if proposal.kind in KIND_WORDS else ()
        label = next((each.wording.label for each in fields if each.key == proposal.key), "")
        blocks = self._session.blocks(proposal.kind)
        ids = [str(each.get("id")) for each in blocks]
        who = proposal.role or "sans rôle"
        return {
            "at": at,
            "kind": proposal.kind,
            "id": proposal.id,
            "key": proposal.key,
            "place": ids.index(proposal.id) if proposal.id in ids else -1,
            "title": typography(title_of(proposal.kind, raw) if raw else "Une entrée"),
            "label": typography(label),
            "by": typography(f"{who}, {date_in_words(proposal.day)}"),
            "left": proposal.decided == LEFT,
            "done": typography(
                _DONE.get(proposal.decided)
                or ("déjà dans la liste" if raw else "l'entrée n'y est plus")
            ),
        }


_DONE = {TAKEN: "prise", LEFT: "laissée"}


def _said(reading: Reading) -> str:
    word = STATE_TITLES[ReviewState(reading.opinion)].capitalize()
    return typography(f"{word} par {reading.role}, {date_in_words(reading.read_on)}")
