"""What a poster promises a pupil: numbers that ring, codes that lead, somebody at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.entries import Audience
from signs.model.handouts import Poster, PosterHelp
from signs.text import opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.entries import Service
    from signs.model.sign_list import SignList


def poster_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what would leave a pupil in front of a poster without help."""
    services = {service.id: service for service in sign_list.services}
    for place, help_ in tables["aide"].placed(PosterHelp):
        service = services[help_.service]
        if Audience.PUPIL not in service.audience:
            yield Objection(
                "aide",
                place,
                ("service",),
                f"L'aide « {help_.id} » propose aux élèves le service « {service.id} », qui n'est "
                "pas "
                "pour eux.",
                'Nommez un service dont la ligne « pour » contient "eleve".',
            )
        if help_.code and not service.url:
            yield Objection(
                "aide",
                place,
                ("code",),
                f"L'aide « {help_.id} » est un code à scanner, mais le service « {service.id} » "
                "n'a pas "
                "d'adresse où mener.",
                "Ajoutez une ligne « adresse » à ce service, ou retirez la ligne « code ».",
            )
        if not help_.code and not (service.phone or service.sms):
            yield Objection(
                "aide",
                place,
                ("service",),
                f"L'aide « {help_.id} » est un numéro à appeler, mais le service « {service.id} » "
                "n'en a "
                "pas.",
                "Ajoutez une ligne « telephone » à ce service ; ou, à l'aide, une ligne code = "
                "true.",
            )
    for place, poster in tables["affiche"].placed(Poster):
        numbers = [
            services[help_.service]
            for help_ in sign_list.poster_helps
            if poster.id in help_.posters and not help_.code
        ]
        if not any(_answers_at_night(service) for service in numbers):
            yield Objection(
                "affiche",
                place,
                ("id",),
                f"L'affiche « {poster.id} » ne donne aucun numéro qui réponde jour et nuit.",
                "Ajoutez une entrée [[aide]] pour le 119 ou le 17, qui nomme l'affiche dans « "
                "affiches ».",
            )


def _answers_at_night(service: Service) -> bool:
    return bool(service.phone) and opening_hours.always_open(service.hours)
