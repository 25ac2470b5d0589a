"""Dates: nothing of tomorrow, no contact younger than its source, and what is due for a check."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from signs import hours
from signs.ageing import is_stale
from signs.model import HEAD, Advice, Service, SignList, Source
from signs.nouns import of, the
from signs.problems import Severity
from signs.tables import Objection
from signs.wording import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.positions import Key
    from signs.school import School
    from signs.tables import Tables


def date_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield dates that cannot be: of tomorrow, or after the source that was read."""
    today = hours.today().isoformat()
    sources = {source.id: source for source in sign_list.sources}
    for place, source in tables["source"].placed(Source):
        if source.dated and source.dated > today:
            yield _future("source", place, "date", source.id)
    for place, advice in tables["conseil"].placed(Advice):
        if advice.reviewed_on and advice.reviewed_on > today:
            yield _future("conseil", place, "relu_le", advice.id)
    for place, service in tables["service"].placed(Service):
        if service.checked_on > today:
            yield _future("service", place, "verifie_le", service.id)
            continue
        dated = sources[service.source].dated
        if dated and service.checked_on[: len(dated)] > dated[: len(service.checked_on)]:
            yield Objection(
                "service",
                place,
                ("verifie_le",),
                f"« verifie_le » du service « {service.id} » est plus récent que sa source "
                f"« {service.source} » ({date_in_words(dated)}).",
                "Écrivez la date de cette source ; si vous en avez lu une autre, nommez-la dans « "
                "source ».",
            )
    info = sign_list.info
    if info.reviewed_on > today:
        yield Objection(
            HEAD, 0, ("relu_le",), "« relu_le » de la liste est dans le futur.", _WHEN_READ
        )
    if info.review_before <= info.reviewed_on:
        yield Objection(
            HEAD,
            0,
            ("a_revoir_avant",),
            "La date de « a_revoir_avant » doit venir après celle de « relu_le ».",
            "Écrivez la date de la prochaine relecture.",
        )


_WHEN_READ = "Écrivez le jour de la dernière relecture."


def _future(kind: str, place: int, key: str, id_: str) -> Objection:
    return Objection(
        kind,
        place,
        (key,),
        f"« {key} » {of(the(kind, id_))} est dans le futur.",
        "Écrivez la date du document lu."
        if kind != "conseil"
        else "Écrivez le jour de la relecture.",
    )


def due_remarks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what was last looked at too long ago: shown, and marked, but somebody should call."""
    today = hours.today()
    if sign_list.info.review_before < today.isoformat():
        yield Objection(
            HEAD,
            0,
            ("a_revoir_avant",),
            f"La liste était à revoir avant le {date_in_words(sign_list.info.review_before)}.",
            "Relisez-la, puis changez « relu_le » et « a_revoir_avant ».",
            Severity.REMARK,
        )
    for place, service in tables["service"].placed(Service):
        if is_stale(service.checked_on, today):
            yield Objection(
                "service",
                place,
                ("verifie_le",),
                f"Le service « {service.name} » n'a pas été revérifié depuis plus d'un an "
                f"({date_in_words(service.checked_on)}).",
                "Vérifiez-le dans un document récent, puis changez « source » et « verifie_le ».",
                Severity.REMARK,
            )


class Said(NamedTuple):
    """What is wrong in a school's file: where, what, what to do, how bad."""

    key: Key
    message: str
    remedy: str
    severity: Severity


def school_dates(school: School) -> Iterator[Said]:
    """Yield the same of a school's contacts."""
    today = hours.today()
    for place, contact in enumerate(school.contacts):
        checked, path = contact.checked_on, ("contact", place, "verifie_le")
        if checked and checked > today.isoformat():
            yield Said(
                path,
                f"« verifie_le » du contact « {contact.called} » est dans le futur.",
                "Écrivez le jour où ce contact a été vérifié.",
                Severity.ERROR,
            )
        elif checked and is_stale(checked, today):
            yield Said(
                path,
                f"Le contact « {contact.called} » n'a pas été revérifié depuis plus d'un an "
                f"({date_in_words(checked)}).",
                "Vérifiez-le, puis changez « verifie_le ».",
                Severity.REMARK,
            )
