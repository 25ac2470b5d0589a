"""An orientation, said in a terminal: as JSON for programs, as text for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from signs.model.entries import LEADS, SECTION_TITLES, Section
from signs.model.freshness import is_overdue
from signs.text.typography import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs import Orientation, SignList

_URGENCIES = {"immediate": "immediate", "today": "aujourdhui", "none": "aucune"}
_STATES = {True: "répond maintenant", False: "fermé maintenant", None: ""}


def as_json(answer: Orientation) -> dict[str, Any]:
    """Return the answer as `reperes orienter --json` prints it, in the order to read it."""
    return {
        "urgence": _URGENCIES[answer.urgency],
        "conseils": [
            {
                "id": advice.id,
                "rubrique": advice.section.value,
                "texte": advice.text,
                "parce_que": list(answer.because(advice.id)),
                "source": advice.source,
            }
            for advice in answer.advice
        ],
        "services": [
            {
                "id": service.id,
                "nom": service.name,
                "telephone": service.phone,
                "sms": service.sms,
                "adresse": service.url,
                "pour": [who.value for who in service.audience],
                "ouvert": service.open,
                "verifie_le": service.checked_on,
            }
            for service in answer.services
        ],
        "contacts": [
            {
                "role": contact.role.value,
                "titre": contact.called,
                "nom": contact.name,
                "telephone": contact.phone,
                "lieu": contact.place,
                "presence": contact.present,
                "adresse": contact.url,
            }
            for contact in answer.contacts
        ],
    }


def as_text(answer: Orientation, sign_list: SignList) -> str:
    """Return the answer as a person reads it in a terminal."""
    return "\n".join(_lines(answer, sign_list)).lstrip("\n")


def _lines(answer: Orientation, sign_list: SignList) -> Iterator[str]:
    if lead := _lead(answer, sign_list):
        yield _plain(lead)
    section = None
    for advice in answer.advice:
        if advice.section is not section:
            section = advice.section
            yield f"\n{SECTION_TITLES[section].upper()}"
            if section is Section.TELL:
                yield from _contacts(answer)
        yield f"- {_plain(advice.text)}"
        if because := answer.because(advice.id):
            labels = " ; ".join(sign_list.items[id_].label for id_ in because)
            yield f"  (parce que : {labels})"
    yield "\nQUI APPELER"
    for service in answer.services:
        how = " · ".join(
            filter(
                None,
                (
                    service.phone,
                    service.sms and f"SMS au {service.sms}",
                    service.url,
                    _STATES[service.open],
                ),
            )
        )
        yield f"- {service.name}{f' : {how}' if how else ''}"
        limits = f" À savoir : {service.limits}" if service.limits else ""
        yield f"  {service.for_whom}. {service.purpose}{limits}"
        yield f"  (vérifié : {date_in_words(service.checked_on)})"
    review_before = sign_list.info.review_before
    if is_overdue(review_before, answer.at.date()):
        yield (
            f"\nCette liste était à revoir avant le {date_in_words(review_before)} : demandez une "
            "version plus récente."
        )


def _contacts(answer: Orientation) -> Iterator[str]:
    for contact in answer.contacts:
        where = filter(
            None, (contact.name, contact.phone, contact.place, contact.present, contact.url)
        )
        yield f"- {contact.called} : {', '.join(where)}"


def _lead(answer: Orientation, sign_list: SignList) -> str | None:
    if not answer.ticked:
        return LEADS["rien"]
    if answer.urgent:
        return f"{SECTION_TITLES[Section.SAFETY]}."
    if answer.urgency == "today":
        return LEADS["aujourdhui"]
    return LEADS["signes"] if any(s.id in answer.ticked for s in sign_list.signs) else None


def _plain(markdown: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", markdown)
    text = re.sub(r"\[(.+?)\]\((.+?)\)", r"\1 (\2)", text)
    return re.sub(r"\n+(?:- )?", " ", text.strip())
