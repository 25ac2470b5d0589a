"""Reporters: an orientation, or the problems of a list, as text and as JSON."""

from __future__ import annotations

import os
import re
import sys
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Severity
from signs.loading.loader import SHIPPED
from signs.model.entries import LEADS, STEP_TITLES, AdviceStep
from signs.model.fields import urgency_in_file
from signs.model.freshness import is_overdue
from signs.model.reviews import ReviewState, count_states
from signs.text.typography import date_in_words, typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from signs import Inspection, Orientation, Problem, SignList
    from signs.orientation import AdviceNow, ServiceNow

_STATES = {True: "répond maintenant", False: "fermé maintenant", None: ""}


def answer_json(answer: Orientation) -> dict[str, Any]:
    """Return the answer as `reperes orienter --json` prints it, in the order to read it."""
    return {
        "urgence": urgency_in_file(answer.urgency) or "aucune",
        "moment": answer.moment,
        "appeler_d_abord": answer.call_first,
        "conseils": [
            {
                "id": advice.id,
                "rubrique": advice.section.value,
                "etape": advice.step.value,
                "deplie": advice.unfolded,
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
                "poste": service.extension,
                "sms": service.sms,
                "adresse": service.url,
                "pour": [who.value for who in service.audience],
                "ouvert": service.open,
                "deplie": service.unfolded,
                "verifie_le": service.checked_on,
                "verifie_par": service.checked_by,
            }
            for service in answer.services
        ],
        "contacts": [
            {
                "role": contact.role.value,
                "titre": contact.label,
                "nom": contact.name,
                "telephone": contact.phone,
                "poste": contact.extension,
                "courriel": contact.mail,
                "lieu": contact.place,
                "presence": contact.present,
                "adresse_postale": contact.postal_address,
                "adresse": contact.url,
            }
            for contact in answer.contacts
        ],
    }


def answer_text(answer: Orientation, sign_list: SignList) -> str:
    """Return the answer as a person reads it in a terminal."""
    return "\n".join(_lines(answer, sign_list)).lstrip("\n")


def _lines(answer: Orientation, sign_list: SignList) -> Iterator[str]:
    if lead := _lead(answer, sign_list):
        yield _plain(lead)
    told = [advice for advice in answer.advice if advice != answer.last_word]
    for step, advice in groupby(told, attrgetter("step")):
        yield f"\n{STEP_TITLES[step].upper()}"
        if step is AdviceStep.TODAY:
            yield from _contacts(answer)
        yield from _step([*advice], answer, sign_list)
    yield "\nQUI APPELER"
    for service in answer.services:
        yield from _service(service)
    review_before = sign_list.info.review_before
    if is_overdue(review_before, answer.at.date()):
        yield (
            f"\nCette liste était à revoir avant le {date_in_words(review_before)} : demandez une "
            "version plus récente."
        )
    if answer.last_word is not None:
        yield f"\n{_plain(answer.last_word.text)}"


def _step(advice: list[AdviceNow], answer: Orientation, sign_list: SignList) -> Iterator[str]:
    """Yield the lines of a step: first those that stand open on the page, then the others."""
    unfolded, folded = ([a for a in advice if a.unfolded is open_] for open_ in (True, False))
    yield from _told(unfolded, answer, sign_list)
    if unfolded and folded:
        yield "Et aussi :"
    yield from _told(folded, answer, sign_list)


def _told(advice: list[AdviceNow], answer: Orientation, sign_list: SignList) -> Iterator[str]:
    for each in advice:
        yield f"- {_plain(each.text)}"
        if because := answer.because(each.id):
            labels = " ; ".join(sign_list.causes[id_].words for id_ in because)
            yield f"  (parce que : {labels})"


def _service(service: ServiceNow) -> Iterator[str]:
    sms = service.sms and f"SMS au {service.sms}"
    how = " · ".join(filter(None, (service.phone_in_full, sms, service.url, _STATES[service.open])))
    yield f"- {service.name}{f' : {how}' if how else ''}"
    limits = f" À savoir : {service.limits}" if service.limits else ""
    yield f"  {service.for_whom}. {service.purpose}{limits}"
    yield f"  (vérifié : {date_in_words(service.checked_on)}{service.checked_how})"


def _contacts(answer: Orientation) -> Iterator[str]:
    for contact in answer.contacts:
        where = (
            *(contact.name, contact.phone_in_full, contact.mail, contact.place, contact.present),
            *(contact.postal_address, contact.url),
        )
        yield f"- {contact.label} : {', '.join(filter(None, where))}"


def _lead(answer: Orientation, sign_list: SignList) -> str | None:
    if answer.call_first:
        return f"Agissez maintenant : appelez le {answer.call_first}."
    if answer.urgency == "today":
        return LEADS["aujourdhui"]
    if not answer.ticked and answer.moment is None:
        return LEADS["rien"]
    noticed = any(sign.id in answer.ticked for sign in sign_list.signs)
    its_door = answer.moment and all(s.moment != answer.moment for s in sign_list.situations)
    return LEADS["signes"] if noticed or its_door else None


def _plain(markdown: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", markdown)
    text = re.sub(r"\[(.+?)\]\((.+?)\)", r"\1 (\2)", text)
    return re.sub(r"\n+(?:- )?", " ", text.strip())


_COLOURS = {Severity.ERROR: "31", Severity.REMARK: "33"}


def inspection_json(inspection: Inspection) -> dict[str, Any]:
    """Return the problems as `reperes verifier --json` prints them."""
    return {
        "problemes": [
            {
                "code": problem.code,
                "fichier": problem.file,
                "ligne": problem.line,
                "gravite": problem.severity.value,
                "couche": problem.layer.value,
                "message": problem.text,
            }
            for problem in inspection.problems
        ],
        **({"relecture": readings_json(inspection.sign_list)} if inspection.sign_list else {}),
    }


def readings_json(sign_list: SignList) -> dict[str, int]:
    """Return how many entries are to read, read and approved."""
    return {state.value: count for state, count in count_states(sign_list).items()}


def readings_left(sign_list: SignList) -> str:
    """Return how many entries a committee has still to read, and how it does."""
    counts = count_states(sign_list)
    left, approved = counts[ReviewState.TO_READ], counts[ReviewState.APPROVED]
    total = sum(counts.values())
    if not left:
        return typography(f"Relecture : tout est relu, et {_approved(approved)} sur {total}.")
    sentence = f"Relecture : {_entries(left)} à relire sur {total}"
    if approved:
        sentence += f" ; {_approved(approved)}"
    return typography(f"{sentence}.")


def _entries(count: int) -> str:
    return f"{count} entrée{'s' * (count > 1)}"


def _approved(count: int) -> str:
    return f"{count} est approuvée" if count == 1 else f"{count} sont approuvées"


def as_lines(
    inspection: Inspection, school: str | Path | None = None, *, colours: bool
) -> list[str]:
    """Return one line a problem, by file and line; what is another's to mend, in one line.

    Parameters
    ----------
    inspection
        What was found.
    school
        The school's file, if any: who checks it can change nothing of a shipped list.
    colours
        Whether to colour the severity.
    """
    problems = sorted(inspection.problems)
    theirs = [each for each in problems if school is not None and _is_shipped(each)]
    due = [each for each in problems if each.code == _DUE and each not in theirs]
    due = due if len(due) > _MOST_DUE else []
    lines = [
        f"{problem.file}:{problem.line} : {_severity(problem, colours=colours)} : {problem.text}"
        for problem in problems
        if problem not in theirs and problem not in due
    ]
    if due:
        where = ", ".join(str(each.line) for each in due)
        count = f"{len(due)} services n'ont pas été revérifiés depuis plus d'un an"
        remedy = f"{due[0].remedy[0].lower()}{due[0].remedy[1:]}"
        text = typography(f"{count} : lignes {where}. Pour chacun : {remedy}")
        lines.append(f"{due[0].file}:{due[0].line} : {_severity(due[0], colours=colours)} : {text}")
    if theirs:
        count = f"{len(theirs)} remarque{'s' * (len(theirs) > 1)}"
        lines.append(typography(f"La liste elle-même a {count}, pour qui la tient à jour."))
    return lines


def _is_shipped(problem: Problem) -> bool:
    return problem.severity is Severity.REMARK and Path(problem.file).is_relative_to(SHIPPED)


_DUE = "stale-service"
_MOST_DUE = 3
"""More services than that to check again are told in one line: they drown what one wrote."""


def summary(inspection: Inspection, school: str | Path | None = None) -> str:
    """Return whether the list is ready, and how many problems of each kind there are to mend."""
    own = [p for p in inspection.problems if school is None or not _is_shipped(p)]
    remarks = _counted(own, Severity.REMARK, "remarque")
    if inspection.sign_list is not None:
        title = inspection.sign_list.info.title
        more = f" ({remarks} à regarder)" if remarks else ""
        return typography(f"La liste « {title} » est prête à servir{more}.")
    errors = _counted(inspection.problems, Severity.ERROR, "erreur")
    more = f", {remarks}" if remarks else ""
    return typography(f"{errors}{more}. La liste ne sert pas tant qu'il reste une erreur.")


def in_colours() -> bool:
    """Return whether to colour: only on a terminal, and unless NO_COLOR is set."""
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def _severity(problem: Problem, *, colours: bool) -> str:
    word = problem.severity.value
    return f"\033[{_COLOURS[problem.severity]}m{word}\033[0m" if colours else word


def _counted(problems: Sequence[Problem], severity: Severity, word: str) -> str:
    count = sum(problem.severity is severity for problem in problems)
    return f"{count} {word}{'s' if count > 1 else ''}" if count else ""
