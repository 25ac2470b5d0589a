"""The contacts that are to be checked: who to call, what to ask, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.model.entries import AUDIENCE_TITLES, Audience
from signs.model.fields import EMERGENCY, EMERGENCY_SMS, FIRE_BRIGADE
from signs.model.freshness import first_day, is_stale
from signs.text import opening_hours
from signs.text.typography import date_in_words, typography
from widgets.editor.forms.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from widgets.editor.session.session import EditingSession


def due_contacts(
    session: EditingSession, today: date, later: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return the list's own contacts that were not checked for a year, as JSON values.

    Parameters
    ----------
    session, today
        The list being edited, and the day.
    later
        The ids of those that were put off, in the order to come back to them: they come last.
    """
    order = {id_: number for number, id_ in enumerate(later, start=1)}
    saved = {raw.get("id"): raw for raw in session.blocks("service", saved=True)}
    found = []
    for index, raw in enumerate(session.blocks("service")):
        checked = _checked(raw, today)
        if checked and raw.get("id") not in session.hidden:
            contact = _contact(raw, index, saved.get(raw.get("id")))
            found.append((order.get(contact["id"], 0), checked, contact))
    return [contact for _, _, contact in sorted(found, key=lambda each: (each[0], each[1]))]


def _checked(raw: dict[str, Any], today: date) -> str:
    """Return when a contact was last checked, where it is due; nothing where it is not."""
    checked = str(raw.get("verifie_le", ""))
    try:
        first_day(checked)
    except ValueError:  # its form says so
        return ""
    return checked if not raw.get("permanent") and is_stale(checked, today) else ""


def _contact(raw: dict[str, Any], index: int, saved: dict[str, Any] | None) -> dict[str, Any]:
    site = str(raw.get("adresse") or "")
    by, note = _way(raw, site)
    return {
        "kind": "service",
        "place": index,
        "id": str(raw.get("id", "")),
        "title": typography(title_of("service", raw)),
        "phone": typography(str(raw.get("telephone") or "")),
        "sms": typography(str(raw.get("sms") or "")),
        "site": site if site.startswith(("https://", "http://")) else "",
        "by": by,
        "note": typography(note),
        "checked": typography(date_in_words(str(raw["verifie_le"]))),
        "corrected": saved is not None and saved != raw,
        "questions": [typography(each) for each in _questions(raw)],
    }


def _way(raw: dict[str, Any], site: str) -> tuple[str, str]:
    """Return how to check a contact; or else nothing, and why."""
    numbers = {str(raw.get(key, "")).replace(" ", "") for key in ("telephone", "sms")}
    if numbers & {*EMERGENCY, *EMERGENCY_SMS, FIRE_BRIGADE}:
        return "", "Un numéro d'urgence ne s'appelle pas pour vérifier : lisez un document récent."
    if raw.get("telephone"):
        return "appel", ""
    if site.startswith(("https://", "http://")):
        return "site", ""
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
