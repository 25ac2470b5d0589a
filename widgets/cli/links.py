"""The addresses of a list, asked what becomes of them: as remarks beside those of the verifier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.diagnostics.problem import LayerName, Problem, Subject
from signs.diagnostics.reporter import ACADEMY, CONTACT, PUBLISHER, SCHOOL, Assignment, Id
from signs.files.document import UnreadableError, open_document
from signs.loading.loader import SHIPPED, files_of, folder_of, own_files, own_outline
from signs.model.fields import is_address
from signs.model.outlines import OUTLINES
from signs.model.sign_list import HEAD, KINDS
from widgets.cli.link_check import OUT_OF_REACH, SECONDS, Answer, ask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from signs import Inspection, SignList
    from signs.diagnostics.problem import Key
    from signs.files.document import Document

_WHOLE = re.compile(r"https?://\S+")
_IN_A_TEXT = re.compile(r"\]\((https?://[^\s)]+)\)")
"""A link, in Markdown."""


class _Place(NamedTuple):
    """Where an address is written."""

    document: Document
    layer: LayerName
    key: Key
    """From the top of the file."""
    address: str


@dataclass(frozen=True)
class LinkReport:
    """What the addresses of a list answered."""

    inspection: Inspection
    """With a remark for each place where an address is to be looked at."""
    asked: int
    to_see: int
    offline: bool
    """Whether none answered: it says nothing of them then."""

    @property
    def json(self) -> dict[str, Any]:
        """The counts, as `reperes verifier --liens --json` prints them."""
        return {"demandees": self.asked, "a_regarder": self.to_see, "hors_ligne": self.offline}

    @property
    def sentence(self) -> str:
        """The counts in words, or what to do where nothing answered."""
        if self.offline:
            return (
                f"Aucune des {self.asked} adresses n'a pu être jointe : cet ordinateur n'a sans "
                "doute pas accès au web, ou pas directement. Réessayez d'un autre réseau, ou "
                "demandez au service informatique l'adresse à écrire dans la variable HTTPS_PROXY."
            )
        asked = f"{self.asked} adresse{'s' * (self.asked > 1)} demandée{'s' * (self.asked > 1)}"
        if not self.asked:
            return "Liens : aucune adresse à demander."
        if not self.to_see:
            return f"Liens : {asked}, rien à changer."
        return f"Liens : {asked}, {self.to_see} à regarder."


def check_links(
    inspection: Inspection,
    where: str | Path,
    own: Path | None,
    tell: Callable[[int, int, str], None],
    *,
    limit: float = SECONDS,
) -> LinkReport:
    """Ask the addresses of a valid list; return what it says of them.

    Parameters
    ----------
    inspection
        The list.
    where
        Its name or its folder.
    own
        The file of a school or of an académie over it, if any: who checks that can change nothing
        of a shipped list, whose addresses are not asked then.
    tell
        Told how many have answered, of how many.
    limit
        How many seconds one address has.
    """
    assert inspection.sign_list is not None  # noqa: S101 (checked by the command)
    places = [*_places(inspection.sign_list, folder_of(where), own)]
    answers = ask_all((place.address for place in places), tell, limit=limit)
    found = [each for each in answers.values() if each.finding is not None]
    offline = len(answers) > 1 and all(each.finding in OUT_OF_REACH for each in answers.values())
    problems = list(inspection.problems)
    if not offline:
        problems += filter(None, (_problem(p, answers[p.address], limit) for p in places))
    inspection = replace(inspection, problems=tuple(sorted(problems)))
    return LinkReport(inspection, len(answers), 0 if offline else len(found), offline)


def _places(sign_list: SignList, folder: Path, own: Path | None) -> Iterator[_Place]:
    """Yield each place where an address that the list shows is written."""
    served = {address for _, address in _addresses((), sign_list.model_dump())}
    academy = own_files(own).academy
    for path in files_of(folder, own):
        if own is not None and path.is_relative_to(SHIPPED):
            continue
        try:
            document = open_document(path, OUTLINES.get(path.name) or own_outline(path))
        except UnreadableError:  # not all are there; the others were read
            continue
        layer = LayerName.LIST
        if path in {own, academy}:
            layer = LayerName.ACADEMY if path == academy else LayerName.SCHOOL
        for key, address in _addresses((), document.content):
            if address in served:
                yield _Place(document, layer, key, address)


def _addresses(key: Key, value: object) -> Iterator[tuple[Key, str]]:
    """Yield every address of the web in a value, with its path."""
    match value:
        case str():
            found = [value] if _WHOLE.fullmatch(value) else _IN_A_TEXT.findall(value)
            yield from ((key, address) for address in found)
        case dict():
            for name, inner in value.items():
                yield from _addresses((*key, name), inner)
        case list() | tuple():
            for index, inner in enumerate(value):
                yield from _addresses((*key, index), inner)


def _problem(place: _Place, answer: Answer, limit: float) -> Problem | None:
    """Return what to say of an address where it is written."""
    if answer.finding is None:
        return None
    subject, key = _subject(place)
    whole = place.address == _at(place.document.content, place.key)
    line = whole and is_address(answer.target)
    number = f"{limit:g}".replace(".", ",")
    params = {
        "address": Id(place.address),
        "target": Id(answer.target),
        "line": line and Assignment(str(key[-1]), f'"{answer.target}"'),
        "status": answer.status,
        "removed": answer.status == _REMOVED,
        "seconds": f"{number} seconde{'s' * (limit >= _PLURAL)}",
        **({answer.certificate: True} if answer.certificate else {}),
    }
    return Problem(
        answer.finding.value,
        subject,
        key,
        params,
        file=str(place.document.path),
        range=place.document.range(*place.key),
        layer=place.layer,
    )


_REMOVED = 410
_PLURAL = 2


def _subject(place: _Place) -> tuple[Subject, Key]:
    """Return the entry that an address is in, and its key from there."""
    heading, *rest = place.key
    if heading in {*KINDS, CONTACT} and rest and isinstance(rest[0], int):
        raw = _at(place.document.content, (heading, rest[0]))
        named = raw.get("titre") or raw.get("role") if heading == CONTACT else raw.get("id")
        return Subject(str(heading), named, rest[0]), tuple(rest[1:])
    if heading == PUBLISHER:
        return Subject(PUBLISHER), tuple(rest)
    whole = {LayerName.LIST: HEAD, LayerName.ACADEMY: ACADEMY, LayerName.SCHOOL: SCHOOL}
    return Subject(whole[place.layer]), place.key


def _at(content: Any, key: Key) -> Any:  # noqa: ANN401 (whatever TOML has)
    for each in key:
        content = content[each]
    return content
