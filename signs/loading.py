"""From a folder of TOML files to a checked list, or to every problem it has, at once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from signs import rules
from signs.explaining import explain_value
from signs.model import FORMAT, HEAD, KINDS, Entry, ListInfo, SignList
from signs.positions import Positions
from signs.problems import ListError, Problem, Severity, suggestion
from signs.reading import UnreadableError, parse, read

if TYPE_CHECKING:
    from collections.abc import Iterable

E = TypeVar("E", bound=Entry)

SHIPPED = Path(__file__).parent / "lists"
"""Where the lists that come with the package stand."""
DEFAULT = "sextorsion"


@dataclass(frozen=True)
class Inspection:
    """What reading a list gave."""

    sign_list: SignList | None
    """`None` when something is wrong."""
    problems: tuple[Problem, ...]
    """Errors and remarks, sorted by file and line."""


def load(where: str | Path = DEFAULT) -> SignList:
    """Read a list.

    Parameters
    ----------
    where
        The name of a shipped list, or the path of a folder that holds one.

    Raises
    ------
    ListError
        With every problem found, each with its file and line.
    """
    inspection = inspect(where)
    if inspection.sign_list is None:
        raise ListError(inspection.problems)
    return inspection.sign_list


def inspect(where: str | Path = DEFAULT) -> Inspection:
    """Read a list and tell everything that is wrong with it; never raises for what it reads."""
    folder = folder_of(where)
    try:
        if not folder.is_dir():
            return Inspection(None, (_no_such_list(where, folder),))
    except OSError:  # too long for a path, or a folder nobody may enter
        return Inspection(None, (_cannot_be_read(where),))
    reading = _Reading(folder)
    sign_list = reading.sign_list()
    return Inspection(sign_list, tuple(sorted(reading.problems)))


def folder_of(where: str | Path) -> Path:
    """Return the folder a list stands in: a shipped list by its name, any other by its path."""
    return SHIPPED / where if isinstance(where, str) and where in shipped() else Path(where)


def shipped() -> list[str]:
    """Return the names of the lists that come with the package."""
    return sorted(head.parent.name for head in SHIPPED.glob(f"*/{HEAD}"))


def files_of(folder: Path) -> list[Path]:
    """Return every file that a list in this folder is made of, whether it is there or not."""
    names = dict.fromkeys((HEAD, *(kind.file for kind in KINDS.values())))
    return [folder / name for name in names]


def _no_such_list(where: str | Path, folder: Path) -> Problem:
    if folder.exists():
        message = "Ce n'est pas un dossier de liste."
        remedy = f"Donnez le dossier qui contient {HEAD}."
    else:
        names = ", ".join(f"« {name} »" for name in shipped())
        message = f"Aucune liste ne s'appelle ainsi.{suggestion(str(where), shipped())}"
        remedy = f"Donnez le chemin d'un dossier, ou le nom d'une liste fournie : {names}."
    return Problem(str(where), 1, message, remedy)


def _cannot_be_read(where: str | Path) -> Problem:
    shown = str(where) if len(str(where)) <= _LONGEST_SHOWN else f"{str(where)[:_LONGEST_SHOWN]}…"
    return Problem(
        shown,
        1,
        "Ce dossier ne peut pas être ouvert.",
        "Vérifiez le chemin, et que vous avez le droit de le lire.",
    )


_LONGEST_SHOWN = 200


@dataclass
class _Reading:
    """One folder being read: its files, and the problems met on the way."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _positions: dict[str, Positions] = field(default_factory=dict)

    def sign_list(self) -> SignList | None:
        """Read everything; `None` once there is an error."""
        info = self._head()
        tables = self._tables()
        self._object_all(rules.identity_objections(tables))
        sound = not self._failed
        self._object_all(rules.wording_objections(tables, info))
        if not sound or info is None:
            return None
        sign_list = SignList(
            id=self.folder.name,
            info=info,
            **{kind.field: tuple(tables[name].entries) for name, kind in KINDS.items()},
        )
        self._object_all(rules.safety_objections(sign_list, tables))
        return None if self._failed else sign_list

    @property
    def _failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def _head(self) -> ListInfo | None:
        content = self._content(HEAD)
        if content is None:
            return None
        info = self._entry(HEAD, 0, ListInfo, content)
        if info and info.format > FORMAT:
            self._object(
                HEAD,
                self._line(HEAD, "format"),
                f"Cette liste a le format {info.format} ; cette version lit le format {FORMAT}.",
                "Mettez Repères à jour.",
            )
        return info

    def _tables(self) -> rules.Tables:
        tables = {kind: rules.Table() for kind in KINDS}
        kinds_of: dict[str, list[str]] = {}
        for name, kind in KINDS.items():
            kinds_of.setdefault(kind.file, []).append(name)
        for file, kinds in kinds_of.items():
            content = self._content(file, needed=any(KINDS[name].needed for name in kinds))
            if content is None:
                continue
            # What others name may stand under a heading nobody knows: that is told, not them.
            all_known = content.keys() <= set(kinds)
            for name in kinds:
                needed = KINDS[name].needed
                tables[name].readable = all_known and (name in content or not needed)
                if all_known and needed and name not in content:
                    self._object(
                        file,
                        1,
                        f"Ce fichier n'a aucune entrée [[{name}]].",
                        "Remettez-y celles qui manquent.",
                    )
            for name, raw_entries in content.items():
                if name not in kinds:
                    self._object(
                        file,
                        self._line(file, name),
                        f"« {name} » n'a pas sa place ici.{suggestion(name, kinds)}",
                        "Chaque entrée commence par "
                        f"{' ou '.join(f'[[{kind}]]' for kind in kinds)}.",
                    )
                elif not isinstance(raw_entries, list):
                    self._object(
                        file,
                        self._line(file, name),
                        f"« {name} » n'est pas une suite d'entrées.",
                        f"Écrivez l'en-tête avec deux crochets : [[{name}]].",
                    )
                else:
                    self._fill(tables[name], name, raw_entries)
        return tables

    def _fill(self, table: rules.Table, kind: str, raw_entries: list[object]) -> None:
        for place, raw in enumerate(raw_entries):
            table.entries.append(self._entry(kind, place, KINDS[kind].entry, raw))
            id_ = raw.get("id") if isinstance(raw, dict) else None
            table.ids.append(id_ if isinstance(id_, str) else None)

    def _content(self, file: str, *, needed: bool = True) -> dict[str, Any] | None:
        """Return a file's tables; `None`, and a problem, when it cannot be read."""
        if not needed and not os.path.lexists(self.folder / file):
            return {}
        try:
            text = read(self.folder / file)
            content = parse(text)
        except UnreadableError as error:
            self._object(file, error.line, error.message, error.remedy)
            return None
        self._texts[file] = text
        return content

    def _entry(self, kind: str, place: int, model: type[E], raw: object) -> E | None:
        """Return a sound entry; `None`, and all its problems, otherwise."""
        try:
            return model.model_validate(raw)
        except ValidationError as invalid:
            name = "la liste" if kind == HEAD else _name(kind, place, raw)
            for error in invalid.errors(include_url=False):
                file, path = _path(kind, place, error["loc"])
                self._object(file, self._line(file, *path), *explain_value(error, model, name))
            return None

    def _object_all(self, objections: Iterable[rules.Objection]) -> None:
        for objection in objections:
            file, path = _path(objection.kind, objection.place, objection.key)
            remedy = objection.remedy
            if objection.see:
                other, other_path = _path(*objection.see, ("id",))
                remedy += f" L'autre est dans {other}, ligne {self._line(other, *other_path)}."
            self._object(
                file, self._line(file, *path), objection.message, remedy, objection.severity
            )

    def _object(
        self,
        file: str,
        line: int,
        message: str,
        remedy: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.problems.append(Problem(str(self.folder / file), line, message, remedy, severity))

    def _line(self, file: str, *path: str | int) -> int:
        """Look a line up; a file is only searched once something in it is wrong."""
        if file not in self._texts:
            return 1
        if file not in self._positions:
            self._positions[file] = Positions(self._texts[file])
        return self._positions[file].line(*path)


def _path(kind: str, place: int, key: tuple[str | int, ...]) -> tuple[str, tuple[str | int, ...]]:
    """Return the file of an entry and where in it one of its values stands."""
    return (HEAD, key) if kind == HEAD else (KINDS[kind].file, (kind, place, *key))


def _name(kind: str, place: int, raw: object) -> str:
    """Return how to call an entry that may have no id."""
    id_ = raw.get("id") if isinstance(raw, dict) else None
    return f"{kind} « {id_} »" if isinstance(id_, str) and id_ else f"{kind} n° {place + 1}"
