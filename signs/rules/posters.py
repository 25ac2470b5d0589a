"""Rules on what a poster promises a pupil: numbers, QR codes with an address, help at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.model.entries import Audience
from signs.model.handouts import Poster, PosterHelp
from signs.text import opening_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.entries import Service
    from signs.model.sign_list import SignList


def poster_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield posters and their helps that would leave a pupil without help."""
    services = {service.id: service for service in sign_list.services}
    for subject, help_ in tables["aide"].subjects("aide", PosterHelp):
        service = services[help_.service]
        params = {"service": Subject("service", service.id)}
        if Audience.PUPIL not in service.audience:
            yield Problem("poster-service-for-adults", subject, ("service",), params)
        if help_.code and not service.url:
            yield Problem("poster-code-without-address", subject, ("code",), params)
        if not help_.code and not (service.phone or service.sms):
            yield Problem("poster-number-without-phone", subject, ("service",), params)
    for subject, poster in tables["affiche"].subjects("affiche", Poster):
        service = services[poster.number]
        params = {"service": Subject("service", service.id)}
        if Audience.PUPIL not in service.audience:
            yield Problem("poster-service-for-adults", subject, ("number",), params)
        if not service.phone:
            yield Problem("poster-number-without-phone", subject, ("number",), params)
        numbers = [
            services[help_.service]
            for help_ in sign_list.poster_helps
            if poster.id in help_.posters and not help_.code
        ]
        if not any(_answers_at_night(service) for service in numbers):
            yield Problem("poster-without-night-number", subject, ("id",))


def _answers_at_night(service: Service) -> bool:
    return bool(service.phone) and opening_hours.always_open(service.hours)
