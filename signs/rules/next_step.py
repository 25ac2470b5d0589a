"""The way out: whatever is ticked, nothing included, and the moment asked for before all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.entries import Audience, Section
from signs.model.fields import ALWAYS
from signs.model.ticks import Moment
from signs.text import opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.entries import Service
    from signs.model.sign_list import SignList


def way_out_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what would leave somebody without a next step."""
    yield from _always_shown(sign_list)
    yield from _moments(sign_list, tables)
    if not any(_always_answers_staff(service) for service in sign_list.services):
        yield Objection(
            "service",
            0,
            (),
            "Il manque un service que les adultes peuvent appeler jour et nuit, quoi que l'on "
            "coche.",
            f'Donnez à l\'un d\'eux quand = "{ALWAYS}", horaires = "24/7", pour = ["vous"] et un '
            "numéro.",
        )


_AIMS = {
    Section.TALK: "aider à parler avec l'élève",
    Section.TELL: "dire à qui en parler",
    Section.AVOID: "dire ce qui pourrait nuire à l'élève",
}


def _always_shown(sign_list: SignList) -> Iterator[Objection]:
    """Look for a conversation, somebody to tell, and what not to do, whatever is ticked."""
    for section, aim in _AIMS.items():
        if not any(a.section is section and a.when == ALWAYS for a in sign_list.advice):
            yield Objection(
                "conseil",
                0,
                (),
                f"Aucun conseil de la rubrique « {section.value} » n'est toujours montré : "
                f"quoi que l'on coche, la page doit {aim}.",
                f"Écrivez quand = \"{ALWAYS}\" dans l'un d'eux.",
            )


def _moments(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Look whether the moment is asked for first, danger before all, and the signs once."""
    asked = {situation.moment for situation in sign_list.situations}
    urgent = {s.moment for s in sign_list.situations if s.urgency == "immediate"}
    doors = [(p, moment) for p, moment in tables["moment"].placed(Moment) if moment.entry_point]
    if not doors:
        yield Objection(
            "moment",
            0,
            (),
            "Aucun moment n'est une porte d'entrée, alors que la page commence par là.",
            "Retirez la ligne porte = false du moment par lequel on doit pouvoir entrer.",
        )
    elif doors[0][1].id not in urgent:
        yield Objection(
            "moment",
            doors[0][0],
            ("id",),
            f"« {doors[0][1].id} » est la première porte d'entrée, mais rien d'urgent ne s'y "
            "coche, "
            "alors que le danger passe avant tout.",
            "Mettez en premier, dans le fichier, le moment du danger, qui a les urgences "
            "immédiates.",
        )
    if not any(moment.pupil_spoke for _place, moment in doors):
        yield Objection(
            "moment",
            0,
            (),
            "Aucun moment n'est celui où l'élève a parlé, alors que sa parole passe avant toute "
            "case.",
            "Ajoutez la ligne eleve_a_parle = true au moment où l'élève a parlé.",
        )
    # The moment without a situation is the one that shows the signs: there is one.
    without = [(p, m) for p, m in tables["moment"].placed(Moment) if m.id not in asked]
    for place, moment in without[1:]:
        yield Objection(
            "moment",
            place,
            ("id",),
            f"Les moments « {moment.id} » et « {without[0][1].id} » n'ont aucune situation, et "
            "les signes seraient montrés deux fois.",
            f"Donnez une situation à l'un des deux, ou retirez « {moment.id} ».",
        )
    if not without:
        yield Objection(
            "moment",
            0,
            (),
            "Chaque moment a des situations : il n'en reste aucun pour montrer les signes.",
            "Ajoutez un moment sans situation, comme « J'ai remarqué des signes ».",
        )


def _always_answers_staff(service: Service) -> bool:
    return (
        service.when == ALWAYS
        and Audience.STAFF in service.audience
        and opening_hours.always_open(service.hours)
        and bool(service.phone or service.sms)
    )
