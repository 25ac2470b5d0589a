"""Personas: what a change of the list changes for given ticks, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import signs
from signs.model.entries import STEP_TITLES
from signs.model.fields import URGENCY_TITLES, by_id
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from signs import Advice, Orientation, Service, SignList


def changes_for(ticks: Collection[str], before: SignList, after: SignList) -> list[str]:
    """Return what changes for some ticks from one list to another, a sentence each.

    Ticks unknown to a list are ignored in it.
    """
    old, new = (
        signs.orient(each, [id_ for id_ in ticks if id_ in each.items]) for each in (before, after)
    )
    return [typography(each) for each in _changes(old, new)]


def _changes(old: Orientation, new: Orientation) -> Iterator[str]:
    if old.urgency != new.urgency:
        yield f"Urgence : {URGENCY_TITLES[old.urgency]} devient {URGENCY_TITLES[new.urgency]}."
    yield from _advice(old, new)
    yield from _services(old, new)


def _advice(old: Orientation, new: Orientation) -> Iterator[str]:
    before, after = (by_id(each.advice) for each in (old, new))
    for id_, advice in after.items():
        if id_ not in before:
            yield f"Conseil ajouté, {_where(advice)} : {_short(advice.text)}"
        elif before[id_].text != advice.text:
            change = f"{_short(before[id_].text)} devient {_short(advice.text)}"
            yield f"Conseil dit autrement : {change}"
        elif before[id_].step is not advice.step:
            yield f"Conseil déplacé, {_where(advice)} : {_short(advice.text)}"
    for id_, advice in before.items():
        if id_ not in after:
            yield f"Conseil retiré : {_short(advice.text)}"
    remaining = [
        [id_ for id_ in each if id_ in before and id_ in after] for each in (before, after)
    ]
    if remaining[0] != remaining[1]:
        yield "Les conseils se lisent dans un autre ordre."


def _services(old: Orientation, new: Orientation) -> Iterator[str]:
    before, after = (by_id(each.services) for each in (old, new))
    for id_, service in after.items():
        if id_ not in before:
            yield f"Service ajouté : {service.name}."
        elif _content(before[id_]) != _content(service):
            yield f"Service changé : {service.name}."
    for id_, service in before.items():
        if id_ not in after:
            yield f"Service retiré : {service.name}."


def _content(service: Service) -> dict[str, object]:
    return service.model_dump(exclude={"open", "unfolded", "when", "rank"})


def _where(advice: Advice) -> str:
    return f"dans « {STEP_TITLES[advice.step]} »"


def _short(text: str) -> str:
    text = re.sub(r"\s+", " ", text.replace("**", "")).strip()
    return f"« {text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + '…'} »"


_LONG = 160
