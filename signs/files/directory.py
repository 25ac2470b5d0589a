"""Read schools from the Annuaire de l'éducation, the CSV file that a deployer has downloaded.

What is public about a school is read: its kind, where it is, what it belongs to. No phone number
(it is the front desk's), no mail, and no name of a person.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from signs.errors import ReperesError
from signs.model.identity import TERRITORY_OF, department_of, uai_of
from signs.text.encodings import decode_one_byte
from signs.text.grammar import enumeration
from signs.text.normalize import as_read, suggestion, without_accents
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from signs.model.school import SchoolKind, SchoolStatus

DIRECTORY = "Annuaire de l'éducation"
_COLUMNS = {
    "uai": ("identifiant_de_l_etablissement", "numero_uai", "code_uai", "uai"),
    "name": ("nom_etablissement", "appellation_officielle"),
    "type": ("type_etablissement",),
    "nature": ("libelle_nature",),
    "status": ("statut_public_prive",),
    "contract": ("type_contrat_prive",),
    "contract_code": ("code_type_contrat_prive",),
    "state": ("etat", "etat_etablissement"),
    "nursery": ("ecole_maternelle",),
    "primary": ("ecole_elementaire",),
    "general": ("voie_generale",),
    "technological": ("voie_technologique",),
    "vocational": ("voie_professionnelle",),
    "boarding": ("hebergement",),
    "town": ("nom_commune", "libelle_commune", "commune"),
    "postcode": ("code_postal",),
    "town_code": ("code_commune",),
    "department": ("code_departement",),
    "department_name": ("libelle_departement",),
    "academy": ("libelle_academie",),
    "academy_code": ("code_academie",),
    "constituency": ("nom_circonscription",),
}
"""For what is read of a line, the columns that have it, whatever their capitals and accents."""
_NEEDED = ("uai", "name", "type")
_WANTED = {
    "status": "statut",
    "boarding": "internat",
    "town": "commune",
    "academy": "academie",
    "constituency": "circonscription",
}
"""What a school's file says of a column: without the column, the line stays to be written."""
_SEPARATORS = ";,\t|"
_LARGEST = 500_000_000
_TYPES: dict[str, SchoolKind] = {
    "ecole": "ecole",
    "college": "college",
    "lycee": "lycee",
    "erea": "erea",
    "medicosocial": "medico-social",
}
_NO_SCHOOL = ("serviceadministratif", "informationetorientation")
_OPEN, _CLOSED = ("ouvert", "aouvrir", "afermer"), ("ferme", "fermee")
_YES, _NO = ("1", "10", "oui", "true", "vrai"), ("0", "00", "non", "false", "faux")
_WITHOUT_CONTRACT = "10"
_UNDER_CONTRACT = ("20", "21", "30", "31", "40", "41")


class DirectoryError(ReperesError):
    """The file cannot be used, or has no such school; its message is a French sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


class Notice(NamedTuple):
    """Something of the file that a person should know, with its line."""

    line: int
    text: str
    """A French sentence; what was done about it is said too."""


@dataclass(frozen=True)
class DirectorySchool:
    """What the directory says of a school; `None` or empty where it does not say."""

    uai: str
    lines: tuple[int, ...]
    """Of the file, from 1."""
    name: str = ""
    kind: SchoolKind | None = None
    status: SchoolStatus | None = None
    boarding: bool | None = None
    town: str = ""
    department: str = ""
    academy: str = ""
    constituency: str = ""

    @property
    def territory(self) -> str | None:
        """Where it stands, overseas; `None` elsewhere."""
        return TERRITORY_OF.get(self.department)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    uai: str
    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def department(self) -> str:
        """The code of its département: said, or else of its commune."""
        return (
            department_of(self["department"])
            or _department_of_place(self["town_code"])
            or _department_of_place(self["postcode"])
        )


@dataclass
class Directory:
    """The lines of a directory, and what there is to know of them."""

    rows: list[_Row]
    notices: list[Notice] = field(default_factory=list)
    """In the order they were found; those about schools come once these are asked for."""

    def school(self, uai: str) -> DirectorySchool:
        """Return one school.

        Raises
        ------
        DirectoryError
            When the directory has no such school, or it is closed, or is none.
        """
        wanted = uai_of(uai)
        if not wanted:
            raise DirectoryError(
                f"« {uai} » n'est pas un UAI : il faut sept chiffres et la bonne lettre, comme "
                "0783774D. Recopiez-le depuis l'annuaire."
            )
        rows = [row for row in self.rows if row.uai == wanted]
        if not rows:
            raise DirectoryError(
                f"{wanted} n'est pas dans ce fichier. Vérifiez l'UAI, ou téléchargez l'annuaire "
                "entier et récent."
            )
        before = len(self.notices)
        schools = self._schools(rows)
        if not schools:
            why = (f"Ligne {notice.line} : {notice.text}" for notice in self.notices[before:])
            raise DirectoryError("\n".join(why))
        return schools[0]

    def of_academy(self, name: str) -> list[DirectorySchool]:
        """Return the schools of an académie, given by its name or its code, by UAI."""
        return self._of("academy", "academy_code", name, "d'aucune académie")

    def of_department(self, name: str) -> list[DirectorySchool]:
        """Return the schools of a département, given by its code or its name, by UAI."""
        if code := department_of(name):
            rows = [row for row in self.rows if row.department == code]
            if rows:
                return self._schools(rows)
        return self._of("department_name", "department", name, "d'aucun département")

    def _of(self, column: str, code: str, name: str, none: str) -> list[DirectorySchool]:
        wanted, number = _folded(name), name.strip().lstrip("0")
        rows = [
            row
            for row in self.rows
            if (wanted and _folded(row[column]) == wanted)
            or (number and row[code].lstrip("0") == number)
        ]
        if rows:
            return self._schools(rows)
        known = sorted({row[column] for row in self.rows} - {""})
        if not known:
            raise DirectoryError(f"Ce fichier ne dit le nom {none}. Donnez plutôt un code.")
        raise DirectoryError(
            f"Aucun établissement de ce fichier n'est dans « {name} »."
            f"{suggestion(name, known)} Il connaît : {enumeration(known, 'et')}."
        )

    def closed(self) -> dict[str, int]:
        """Return the UAI of the schools that are closed, each with its line."""
        of_each: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in self.rows:
            of_each[row.uai].append(row)
        return {
            uai: rows[0].line
            for uai, rows in of_each.items()
            if all(_folded(row["state"]) in _CLOSED for row in rows)
        }

    @property
    def known(self) -> set[str]:
        """The UAI of every line."""
        return {row.uai for row in self.rows}

    def _schools(self, rows: Iterable[_Row]) -> list[DirectorySchool]:
        of_each: dict[str, list[_Row]] = {}
        for row in rows:
            of_each.setdefault(row.uai, []).append(row)
        found = (self._school(uai, of_each[uai]) for uai in sorted(of_each))
        return [school for school in found if school is not None]

    def _school(self, uai: str, rows: list[_Row]) -> DirectorySchool | None:
        rows = self._open(uai, rows)
        if not rows or (kind := self._kind(uai, rows)) is None:
            return None
        return DirectorySchool(
            uai=uai,
            lines=tuple(row.line for row in rows),
            name=_ACCENT.sub("É", self._one(uai, rows, "name", "noms")),
            kind=kind,
            status=self._status(uai, rows),
            boarding=self._boarding(uai, rows),
            town=self._one(uai, rows, "town", "communes"),
            department=self._department(uai, rows),
            academy=self._one(uai, rows, "academy", "académies"),
            constituency=self._one(uai, rows, "constituency", "circonscriptions"),
        )

    def _open(self, uai: str, rows: list[_Row]) -> list[_Row]:
        """Return the lines of a school that are not closed; tell where that is not plain."""
        remaining = []
        for row in rows:
            state = _folded(row["state"])
            if state in _CLOSED:
                continue
            if state and state not in _OPEN:
                self._tell(row, f"{uai} : l'état « {row['state']} » n'est pas connu, vérifiez-le.")
            elif state in _OPEN[1:]:
                when = "n'est pas encore ouvert" if state == "aouvrir" else "va fermer"
                self._tell(row, f"{uai} {when} : vérifiez qu'il lui faut une page.")
            remaining.append(row)
        if not remaining:
            self._tell(rows[0], f"{uai} ({rows[0]['name']}) est fermé : laissé de côté.")
        return remaining

    def _kind(self, uai: str, rows: list[_Row]) -> SchoolKind | None:
        kinds: set[SchoolKind] = set()
        for row in rows:
            type_ = _folded(row["type"])
            if type_ in _NO_SCHOOL:
                self._tell(row, f"{uai} est un service (« {row['type']} ») : laissé de côté.")
            elif type_ not in _TYPES:
                stated = f"le type « {row['type']} » n'est pas connu" if type_ else "sans type"
                self._tell(row, f"{uai} ({row['name']}) : {stated}, laissé de côté.")
            else:
                kinds.add(_kind_of(row, _TYPES[type_]))
        if len(kinds) <= 1:
            return next(iter(kinds), None)
        if kinds <= {"ecole", "maternelle", "elementaire"}:
            return "ecole"
        if kinds <= {"lycee", "lycee-professionnel"}:
            return "lycee"
        if kinds <= {"college", "lycee", "lycee-professionnel"}:
            return "cite-scolaire"
        words = enumeration([f"« {kind} »" for kind in sorted(kinds)], "et")
        self._tell(rows[-1], f"{uai} est à la fois {words} : laissé de côté, à écrire à la main.")
        return None

    def _status(self, uai: str, rows: list[_Row]) -> SchoolStatus | None:
        """Return whether it is public, or private and under contract."""
        stated = {_folded(row["status"]) for row in rows} & {"public", "prive"}
        if len(stated) > 1:
            self._tell(rows[-1], f"{uai} est dit public et privé : « statut » reste à écrire.")
            return None
        if stated == {"public"}:
            return "public"
        if not stated:
            if self._says_status:
                self._tell(rows[0], f"{uai} : ni public ni privé, « statut » reste à écrire.")
            return None
        contracts = {_contract(row) for row in rows}
        if True in contracts:
            return "prive"
        what = "hors contrat" if False in contracts else "privé, sans contrat connu"
        self._tell(
            rows[0],
            f"{uai} est {what}, et « prive » veut dire sous contrat : « statut » reste à écrire, "
            "la page pose la question.",
        )
        return None

    @cached_property
    def _says_status(self) -> bool:
        """Whether any line says it; where none does, the column is missing, as was told."""
        return any(row["status"] for row in self.rows)

    def _boarding(self, uai: str, rows: list[_Row]) -> bool | None:
        found = set()
        for row in rows:
            value = _folded(row["boarding"])
            if value in (*_YES, *_NO):
                found.add(value in _YES)
            elif value:
                self._tell(row, f"{uai} : « {row['boarding']} » ne dit pas s'il y a un internat.")
        return any(found) if found else None

    def _department(self, uai: str, rows: list[_Row]) -> str:
        for row in rows:
            if row["department"] and not department_of(row["department"]):
                self._tell(
                    row,
                    f"{uai} : « {row['department']} » n'est pas le code d'un département"
                    + (f", le code postal dit {row.department}." if row.department else "."),
                )
        codes = list(dict.fromkeys(row.department for row in rows if row.department))
        if len(codes) > 1:
            self._tell(
                rows[-1],
                f"{uai} est dans plusieurs départements ({enumeration(codes, 'et')}) : "
                f"{codes[0]} est gardé.",
            )
        return codes[0] if codes else ""

    def _one(self, uai: str, rows: list[_Row], name: str, several: str) -> str:
        """Return the first value of the lines of a school; tell where they differ."""
        values = {_folded(row[name]): row[name] for row in reversed(rows) if row[name]}
        found = next((row[name] for row in rows if row[name]), "")
        if len(values) > 1:
            all_ = enumeration([f"« {value} »" for value in reversed(values.values())], "et")
            lines = enumeration([str(row.line) for row in rows], "et")
            self._tell(
                rows[-1],
                f"{uai} a plusieurs {several} aux lignes {lines} : {all_}. Le premier est gardé."
                if several == "noms"
                else f"{uai} a plusieurs {several} aux lignes {lines} : {all_}. La première est "
                "gardée.",
            )
        return found

    def _tell(self, row: _Row, text: str) -> None:
        self.notices.append(Notice(row.line, typography(text)))


def read_directory(path: Path) -> Directory:
    """Read the file of a directory; a line that cannot be used is told, and left out.

    Raises
    ------
    DirectoryError
        When the file cannot be read, or is no such directory.
    """
    text = _text_of(path)
    header, separator, before = _header(path, text)
    columns = {_folded(each): index for index, each in reversed([*enumerate(header)])}
    found = {
        name: next((columns[_folded(each)] for each in names if _folded(each) in columns), None)
        for name, names in _COLUMNS.items()
    }
    missing = [name for name in _NEEDED if found[name] is None]
    if missing:
        names = enumeration([f"« {_COLUMNS[name][0]} »" for name in missing], "et")
        raise DirectoryError(
            f"{path} n'a pas de colonne {names}. Téléchargez l'{DIRECTORY} entier, en CSV, sur "
            "data.education.gouv.fr."
        )
    notices = [
        Notice(1, typography(f"Pas de colonne « {_COLUMNS[name][0]} » : « {key} » reste à écrire."))
        for name, key in _WANTED.items()
        if found[name] is None
    ]
    places = {name: index for name, index in found.items() if index is not None}
    rows = []
    for line, cells in _records(path, text, separator, before):
        if len(cells) != len(header):
            counted = f"{len(cells)} colonnes au lieu de {len(header)}"
            notices.append(Notice(line, typography(f"{counted} : ligne laissée de côté.")))
            continue
        uai = uai_of(cells[places["uai"]])
        if not uai:
            written = _cell(cells[places["uai"]])
            stated = f"« {written} » n'est pas un UAI" if written else "Pas d'UAI"
            notices.append(Notice(line, typography(f"{stated} : ligne laissée de côté.")))
            continue
        values = {name: _cell(cells[index]) for name, index in places.items() if cells[index]}
        rows.append(_Row(line, uai, values))
    if not rows:
        raise DirectoryError(
            f"{path} ne contient aucun établissement. Téléchargez l'annuaire entier."
        )
    return Directory(rows, notices)


def _text_of(path: Path) -> str:
    """Return the text of the file, in whichever of the usual encodings it is."""
    try:
        if path.stat().st_size > _LARGEST:
            raise DirectoryError(f"{path} est trop gros pour être l'{DIRECTORY}.")
        content = path.read_bytes()
    except OSError as error:
        raise DirectoryError(
            f"{path} ne peut pas être lu. Donnez le fichier CSV de l'{DIRECTORY}, téléchargé sur "
            "data.education.gouv.fr."
        ) from error
    if not content.strip():
        raise DirectoryError(
            f"{path} est vide. Téléchargez de nouveau l'{DIRECTORY}, en CSV, sur "
            "data.education.gouv.fr."
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"{", b"[")):
        raise DirectoryError(
            f"{path} n'est pas un fichier CSV. Téléchargez l'annuaire au format CSV ; s'il est "
            "dans une archive, sortez-le d'abord."
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode_one_byte(content)
    if "Ã©" in text:
        raise DirectoryError(
            f"Les accents de {path} sont abîmés (« Ã© » au lieu de « é ») : le fichier a été "
            "enregistré de nouveau. Reprenez celui qui a été téléchargé."
        )
    return text


def _header(path: Path, text: str) -> tuple[list[str], str, int]:
    """Return the names of the columns, what separates them, and how many lines are before them."""
    known = {_folded(each) for names in _COLUMNS.values() for each in names}
    readers = {each: _parsed(path, text, each) for each in _SEPARATORS}
    for before in range(_BEFORE):
        readings = [(next(reader, (1, []))[1], each) for each, reader in readers.items()]
        header, separator = max(
            readings, key=lambda reading: sum(_folded(each) in known for each in reading[0])
        )
        if known.intersection(map(_folded, header)):
            return header, separator, before
    raise DirectoryError(
        f"La première ligne de {path} ne nomme aucune colonne de l'{DIRECTORY}. Téléchargez-le "
        "en CSV, sans en changer les titres."
    )


_BEFORE = 10
"""Lines that may stand before the titles: a blank one, a name, what a spreadsheet notes there."""


def _records(path: Path, text: str, separator: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record after the header, with the line that it starts on."""
    records = islice(_parsed(path, text, separator), before + 1, None)
    yield from ((line, cells) for line, cells in records if any(cells))


def _parsed(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record, with the line that it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DirectoryError(
            f"{path}, ligne {line} : ce n'est pas du CSV. Téléchargez-le de nouveau."
        ) from error


def _cell(text: str) -> str:
    return " ".join(as_read(text).split())


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return what the spellings of a title or of a fixed word have in common."""
    return re.sub(r"[^a-z0-9]", "", without_accents(text).lower())


_ACCENT = re.compile(r"\bE(?=coles?\b|tablissements?\b)")
"""The directory leaves out the accent of most capitals: « Ecole primaire »."""


def _kind_of(row: _Row, kind: SchoolKind) -> SchoolKind:
    """Return the exact kind of an école or of a lycée."""
    nature = _folded(row["nature"])
    if kind == "ecole":
        nursery, primary = (_folded(row[name]) in _YES for name in ("nursery", "primary"))
        if nursery != primary:
            return "maternelle" if nursery else "elementaire"
        if not nursery and "maternelle" in nature:
            return "maternelle"
    if kind == "lycee":
        other = any(_folded(row[name]) in _YES for name in ("general", "technological"))
        vocational = _folded(row["vocational"]) in _YES
        if not other and (vocational or "lyceeprofessionnel" in nature):
            return "lycee-professionnel"
    return kind


def _contract(row: _Row) -> bool | None:
    """Tell whether a private school is under contract; `None` where the line does not say."""
    words = _folded(row["contract"]).replace("c0ntrat", "contrat")
    if words and words != "sansobjet":
        return None if "contrat" not in words else "horscontrat" not in words
    code = row["contract_code"]
    if code == _WITHOUT_CONTRACT:
        return False
    return True if code in _UNDER_CONTRACT else None


def _department_of_place(code: str) -> str:
    """Return the département of a commune's code or of a postcode."""
    code = re.sub(r"\s", "", code).upper()
    if len(code) == _POSTCODE - 1 and code.isdigit():  # a spreadsheet dropped the zero
        code = f"0{code}"
    if len(code) != _POSTCODE:
        return ""
    if code.startswith(("97", "98")):
        return _ISLANDS.get(code) or department_of(code[:3])
    if code[:3] in _CORSICA:
        return _CORSICA[code[:3]]
    return department_of(code[:2])


_POSTCODE = 5
_ISLANDS = {"97133": "977", "97150": "978"}
_CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
