"""Dates: what cannot be, what is due for a check, and what this machine takes to be to come.

A clock may be wrong by years: what only depends on it is a remark, and never stops a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from signs.diagnostics.problem import Severity
from signs.files.tables import Objection
from signs.model.entries import Advice, ListInfo, Service, Source
from signs.model.freshness import is_overdue, is_stale
from signs.model.nouns import with_article
from signs.model.sign_list import HEAD, SignList
from signs.text import opening_hours
from signs.text.clock import TOLERANCE
from signs.text.grammar import with_de
from signs.text.typography import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.diagnostics.problem import Key
    from signs.files.tables import Tables
    from signs.model.school import School


def date_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield dates that cannot be, whatever day it is: one before what it comes after."""
    sources = {source.id: source for source in sign_list.sources}
    for place, service in tables["service"].placed(Service):
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
    if info.review_before <= info.reviewed_on:
        yield Objection(
            HEAD,
            0,
            ("a_revoir_avant",),
            "La date de « a_revoir_avant » doit venir après celle de « relu_le ».",
            "Écrivez la date de la prochaine relecture.",
        )


_READ = "la date du document lu"
_REVIEWED = "le jour de la relecture"


def future_remarks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield dates to come.

    Where the list itself was read in the future, the clock is what is wrong: that is said once,
    and no entry is blamed that is not younger than its list.
    """
    latest = max(_tomorrow(), sign_list.info.reviewed_on)
    if latest != _tomorrow():
        yield Objection(
            HEAD, 0, ("relu_le",), *_future("de la liste", "relu_le", _REVIEWED), Severity.REMARK
        )
    dated = (
        *(("source", at, "date", x.id, x.dated) for at, x in tables["source"].placed(Source)),
        *(
            ("conseil", at, "relu_le", x.id, x.reviewed_on)
            for at, x in tables["conseil"].placed(Advice)
        ),
        *(
            ("service", at, "verifie_le", x.id, x.checked_on)
            for at, x in tables["service"].placed(Service)
        ),
    )
    for kind, place, key, id_, day in dated:
        if day and day > latest:
            what = _REVIEWED if kind == "conseil" else _READ
            said = _future(with_de(with_article(kind, id_)), key, what)
            yield Objection(kind, place, (key,), *said, Severity.REMARK)


def _tomorrow() -> str:
    return (opening_hours.today() + TOLERANCE).isoformat()


def _future(of_what: str, key: str, to_write: str) -> tuple[str, str]:
    """Return what is said of a date to come, and what to do."""
    today = date_in_words(opening_hours.today().isoformat())
    return (
        f"« {key} » {of_what} est dans le futur : cet ordinateur se croit le {today}.",
        f"S'il est à l'heure, écrivez {to_write} ; sinon, mettez-le à l'heure.",
    )


def due_remarks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what was last looked at too long ago: shown, and marked, but somebody should call."""
    today = opening_hours.today()
    if is_overdue(sign_list.info.review_before, today):
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


def school_dates(school: School, info: ListInfo) -> Iterator[Said]:
    """Yield the same of a school's contacts."""
    today, latest = opening_hours.today(), max(_tomorrow(), info.reviewed_on)
    for place, contact in enumerate(school.contacts):
        checked, path = contact.checked_on, ("contact", place, "verifie_le")
        if checked and checked > latest:
            said = _future(
                f"du contact « {contact.label} »",
                "verifie_le",
                "le jour où ce contact a été vérifié",
            )
            yield Said(path, *said, Severity.REMARK)
        elif checked and is_stale(checked, today):
            yield Said(
                path,
                f"Le contact « {contact.label} » n'a pas été revérifié depuis plus d'un an "
                f"({date_in_words(checked)}).",
                "Vérifiez-le, puis changez « verifie_le ».",
                Severity.REMARK,
            )
