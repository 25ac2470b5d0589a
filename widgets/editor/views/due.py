"""The contacts that are to be checked: who to call, what to ask, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.diagnostics.reporter import CONTACT
from signs.files.document import UnreadableError, open_document
from signs.loading.assembler import NO_FILES
from signs.model.entries import AUDIENCE_TITLES, Audience
from signs.model.fields import EMERGENCY, EMERGENCY_SMS, FIRE_BRIGADE
from signs.model.freshness import first_day, is_stale
from signs.model.outlines import SCHOOL_OUTLINE
from signs.model.school import Role
from signs.text import opening_hours
from signs.text.phone_numbers import in_full
from signs.text.typography import date_in_words, typography
from widgets.editor.forms.titles import title_of
from widgets.editor.session.own_contacts import own_contacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path

    from signs.loading.assembler import OwnFiles
    from widgets.editor.session.own_contacts import OwnContact
    from widgets.editor.session.session import EditingSession


def due_contacts(
    session: EditingSession,
    today: date,
    later: Collection[str] = (),
    own: OwnFiles = NO_FILES,
) -> dict[str, Any]:
    """Return the contacts that were not checked for a year, as JSON values.

    Parameters
    ----------
    session, today
        The list being edited, and the day.
    later
        The ids of those that were put off, in the order to come back to them: they come last.
    own
        The files of a school and of its académie, whose contacts are among them.

    Returns
    -------
    dict
        `contacts`, the one that was checked longest ago first; and `unread`, what to say of a file
        that cannot be read.
    """
    order = {id_: number for number, id_ in enumerate(later, start=1)}
    found = [*_services(session, today)]
    unread = []
    department = None
    for file, whose in ((own.school, "l'établissement"), (own.academy, "l'académie")):
        if file is None:
            continue
        try:
            if file == own.school:
                department = open_document(file, SCHOOL_OUTLINE).content.get("departement")
            found += _of_file(file, whose, today, department)
        except UnreadableError as error:
            line = f"ligne {error.problem.line}"
            unread.append(typography(f"Fichier de {whose} ({file}, {line}) : {error.problem.text}"))
    found.sort(key=lambda each: (order.get(each[1]["id"], 0), each[0]))
    return {"contacts": [contact for _, contact in found], "unread": unread}


Due = tuple[str, dict[str, Any]]
"""When a contact was last checked, in ISO form, and what is shown of it."""


def _services(session: EditingSession, today: date) -> Iterator[Due]:
    saved = {raw.get("id"): raw for raw in session.blocks("service", saved=True)}
    for index, raw in enumerate(session.blocks("service")):
        checked = _checked(raw, today)
        if checked and not raw.get("permanent") and raw.get("id") not in session.hidden:
            yield checked, _service(raw, index, saved.get(raw.get("id")))


def _of_file(file: Path, whose: str, today: date, department: object) -> Iterator[Due]:
    """Yield the contacts of a file; of an académie's, not those of another département."""
    for contact in own_contacts(file):
        if department and contact.raw.get("departement") not in {None, department}:
            continue
        never = "verifie_le" not in contact.raw
        if never or _checked(contact.raw, today):
            yield "" if never else str(contact.raw["verifie_le"]), _own(contact, whose)


def _checked(raw: dict[str, Any], today: date) -> str:
    """Return when a contact was last checked, where it is due; nothing where it is not."""
    checked = str(raw.get("verifie_le", ""))
    try:
        first_day(checked)
    except ValueError:  # its form says so
        return ""
    return checked if is_stale(checked, today) else ""


def _service(raw: dict[str, Any], index: int, saved: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "kind": "service",
        "place": index,
        "id": str(raw.get("id", "")),
        "title": typography(title_of("service", raw)),
        **_ways(raw),
        "of": "",
        "corrected": saved is not None and saved != raw,
        "questions": [typography(each) for each in _questions(raw)],
    }


def _own(contact: OwnContact, whose: str) -> dict[str, Any]:
    raw = contact.raw
    where = f"{contact.file.name}, ligne {contact.line}"
    return {
        "kind": CONTACT,
        "place": contact.place,
        "id": contact.id,
        "title": typography(_called(raw)),
        **_ways(raw),
        "of": typography(f"Contact de {whose}. Pour le corriger, ouvrez {where}."),
        "corrected": False,
        "questions": [typography(each) for each in _own_questions(raw)],
    }


def _called(raw: dict[str, Any]) -> str:
    """Return what a contact of a school is called."""
    roles = {role.value: role.words for role in Role}
    role = str(raw.get("role", ""))
    return str(raw.get("titre") or raw.get("nom") or roles.get(role, role))


def _ways(raw: dict[str, Any]) -> dict[str, str]:
    """Return how to reach a contact, how to check it, and when that was done last."""
    site = str(raw.get("adresse") or "")
    by, note = _way(raw, site)
    checked = raw.get("verifie_le")
    return {
        "phone": typography(in_full(_text(raw, "telephone"), _text(raw, "poste"))),
        "sms": typography(str(raw.get("sms") or "")),
        "site": site if site.startswith(("https://", "http://")) else "",
        "by": by,
        "note": typography(note),
        "checked": typography(date_in_words(str(checked))) if checked else "jamais",
    }


def _way(raw: dict[str, Any], site: str) -> tuple[str, str]:
    """Return how to check a contact; or else nothing, and why."""
    numbers = {str(raw.get(key, "")).replace(" ", "") for key in ("telephone", "sms")}
    if numbers & {*EMERGENCY, *EMERGENCY_SMS, FIRE_BRIGADE}:
        return "", "Un numéro d'urgence ne s'appelle pas pour vérifier : lisez un document récent."
    if raw.get("telephone") or raw.get("poste"):
        return "appel", ""
    if site.startswith(("https://", "http://")):
        return "site", ""
    if raw.get("courriel") or raw.get("lieu") or raw.get("adresse_postale"):
        return "place", ""
    return "", "Ni numéro ni adresse : cherchez un document récent, puis corrigez l'entrée."


def _questions(raw: dict[str, Any]) -> Iterator[str]:
    """Yield what to ask, from what the list says now."""
    yield f"Est-ce bien « {raw.get('nom', '')} » ?"
    if hours := str(raw.get("horaires") or ""):
        try:
            words = opening_hours.in_words(hours)
        except ValueError:
            words = ""
        if words:
            yield f"Les horaires sont-ils toujours ceux-ci : {words} ?"
    else:
        yield "À quelles heures ce service répond-il ?"
    known = {who.value: words for who, words in AUDIENCE_TITLES.items()}
    known[Audience.STAFF.value] = "pour les personnels de l'école"
    audience = [known[who] for who in raw.get("pour", ()) if who in known]
    if audience:
        alone = " Et un élève, seul ?" if Audience.PUPIL.value not in raw["pour"] else ""
        yield f"Est-ce toujours {', '.join(audience)} ?{alone}"
    ages = [raw.get(key) for key in ("age_min", "age_max")]
    if any(age is not None for age in ages):
        low, high = ages
        words = " ".join(
            [f"à partir de {low} ans"] * (low is not None)
            + [f"jusqu'à {high} ans"] * (high is not None)
        )
        yield f"Est-ce toujours {words} ?"


def _text(raw: dict[str, Any], key: str) -> str:
    return str(raw.get(key) or "")


def _own_questions(raw: dict[str, Any]) -> Iterator[str]:
    """Yield what to ask of a contact of a school, from what its file says now."""
    yield f"Est-ce bien « {_called(raw)} » ?"
    known = {key: raw[key] for key in _ASKED if isinstance(raw.get(key), str)}
    for key, value in known.items():
        yield f"{_ASKED[key]} : {value} ?"
    if "presence" not in known:
        yield "Quand peut-on l'y trouver ?"


_ASKED = {
    "nom": "Est-ce toujours la même personne",
    "lieu": "Est-ce toujours au même endroit",
    "presence": "Y est-elle toujours ainsi",
    "courriel": "Le courriel est-il toujours celui-ci",
    "adresse_postale": "L'adresse postale est-elle toujours celle-ci",
}
