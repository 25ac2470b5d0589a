"""The call graph of a list: what triggers which entries, and which ticks are unused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from signs.model.entries import Triggered
    from signs.model.sign_list import SignList

    Link = Callable[[str], dict[str, Any]]


def call_graph(sign_list: SignList, link: Link) -> dict[str, Any]:
    """Return what each cause triggers, what triggers each advice and service, and unused ticks.

    Parameters
    ----------
    link
        Makes a link of an id, as the page shows it.
    """
    entries: tuple[Triggered, ...] = (*sign_list.advice, *sign_list.services)
    triggered = {
        id_: [e.id for e in entries if id_ in (e.triggers or ())]
        for id_ in (*sign_list.items, *sign_list.doors)
    }
    replaces = {advice.id: advice.replaces for advice in sign_list.advice}
    return {
        "calls": [{"from": link(id_), "to": [*map(link, to)]} for id_, to in triggered.items()],
        "called": [
            {
                "to": link(entry.id),
                "always": entry.triggers is None,
                "from": [link(id_) for id_ in entry.triggers or ()],
                "replaces": [link(id_) for id_ in replaces.get(entry.id, ())],
            }
            for entry in entries
        ],
        "idle": [link(id_) for id_ in sign_list.items if not triggered[id_]],
    }
