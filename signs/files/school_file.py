"""Text of a school's own file, from what the directory says of the school.

What no directory knows stays in comments, to be filled in: nothing of it reaches a page before.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from typing import TYPE_CHECKING

from signs.files.json_schema import PARTIAL_SCHEMA
from signs.model.fields import FORMAT
from signs.model.school import Role
from signs.text.grammar import enumeration
from signs.text.normalize import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from signs.files.directory import DirectorySchool

_ANYWHERE = (Role.NURSE, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST)
_FIRST_DEGREE = ("ecole", "maternelle", "elementaire")
_OUTSIDE = (Role.CRIP, Role.DSDEN)


def school_text(school: DirectorySchool, directory: Path, *, under_academy: bool = False) -> str:
    """Return the file of a school, to be completed by hand.

    Parameters
    ----------
    directory
        The file that the school was read from; its name is said.
    under_academy
        Whether an académie's file says whom its schools tell outside.
    """
    roles = _roles(school)
    if under_academy:
        roles = [role for role in roles if role.inside]
    plural = "s" if len(school.lines) > 1 else ""
    lines = enumeration([str(line) for line in school.lines], "et")
    known = known_keys(school)
    unknown = [key for key in ("statut", "internat", "departement") if key not in known]
    return "\n".join(
        [
            f"#:schema ./{PARTIAL_SCHEMA}",
            "",
            f"# D'après {directory.name}, ligne{plural} {lines}. Relisez, complétez, puis lancez :",
            f"# reperes verifier --ecole {school.uai}.toml",
            "",
            f"format = {FORMAT}",
            *(f"{key} = {_literal(value)}" for key, value in known.items()),
            *(f"# {key} = {_EXAMPLES[key]}" for key in unknown),
            "",
            "# Ce qu'aucun annuaire ne dit. Retirez les « # » des lignes que vous remplissez ; ce "
            "qui reste",
            "# derrière un « # » n'est sur aucune page. Jamais le nom d'un élève.",
            *(line for role in roles for line in _blank(role)),
            "",
        ]
    )


def academy_text(template: str, schools: Iterable[DirectorySchool]) -> str:
    """Return the file of the académie of some schools, to be completed by hand.

    Parameters
    ----------
    template
        The text of such a file, with what is open between braces.
    """
    found = [*schools]
    names = Counter(school.academy for school in found if school.academy)
    departments = sorted({school.department for school in found if school.department})
    blanks = (
        line for code in departments for role in _OUTSIDE for line in _blank(role, department=code)
    )
    name = names.most_common(1)[0][0] if names else "Écrivez ici le nom de l'académie"
    values = {
        '"{academy}"': _literal(name),
        '"{departments}"': ", ".join(map(_literal, departments)),
        "# {contacts}": "\n".join(blanks),
    }
    for written, value in values.items():
        template = template.replace(written, value)
    return template


def known_keys(school: DirectorySchool) -> dict[str, str | bool]:
    """Return what the directory says of a school, by the keys of its file."""
    keys: dict[str, str | bool | None] = {
        "uai": school.uai,
        "etablissement": school.name,
        "commune": school.town,
        "departement": school.department,
        "academie": school.academy,
        "circonscription": school.constituency,
        "genre": school.kind,
        "statut": school.status,
        "internat": school.boarding,
        "territoire": school.territory,
    }
    return {key: value for key, value in keys.items() if value not in (None, "")}


def differences(school: DirectorySchool, file: Path) -> list[str]:
    """Return the lines of the directory that a school's file says otherwise, as the file has them.

    Capitals and accents aside: people write those that the directory leaves out.

    Raises
    ------
    OSError, ValueError
        When the file cannot be read.
    """
    content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    return [
        f"{key} = {_literal(value)}"
        for key, value in known_keys(school).items()
        if key in content and _alike(content[key]) != _alike(value)
    ]


def _alike(value: object) -> object:
    return without_accents(value).casefold() if isinstance(value, str) else value


def unlisted_departments(schools: Sequence[DirectorySchool], academy: Path) -> list[str]:
    """Return the départements of schools that the file of their académie does not name.

    Raises
    ------
    OSError, ValueError
        When the file cannot be read.
    """
    known = tomllib.loads(academy.read_text(encoding="utf-8-sig")).get("departements")
    codes = sorted({school.department for school in schools} - {""})
    return [code for code in codes if code not in known] if isinstance(known, list) else []


def _roles(school: DirectorySchool) -> list[Role]:
    """Return the roles that such a school has to tell, in reading order."""
    first_degree = school.kind in _FIRST_DEGREE
    roles = {Role.HEAD, *_ANYWHERE, *_OUTSIDE}
    roles |= {Role.INSPECTOR} if first_degree else {Role.CPE}
    roles |= {Role.ON_CALL} if school.boarding else set()
    return [role for role in Role if role in roles]


def _blank(role: Role, *, department: str = "") -> list[str]:
    return [
        "",
        f"# {role.words}" + (f" {department}" if department else ""),
        "# [[contact]]",
        f'# role = "{role.value}"',
        *((f'# departement = "{department}"',) if department else ()),
        *(f'# {key} = ""' for key in (("lieu", "presence") if role.inside else ())),
        '# telephone = ""',
        *(("# verifie_le = AAAA-MM-JJ",) if not role.inside else ()),
    ]


def _literal(value: str | bool) -> str:
    return json.dumps(value, ensure_ascii=False)


_EXAMPLES = {
    "statut": '"public"      # ou "prive", qui veut dire : sous contrat',
    "internat": "true      # ou false",
    "departement": '"78"',
}
