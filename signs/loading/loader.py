"""Load a checked list from a folder of TOML files, or report all its problems at once."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from signs.diagnostics.problem import ListError, Problem, Severity
from signs.diagnostics.reporter import Ids, Near
from signs.files.document import LARGEST_FILE, mode_of
from signs.files.file_names import conflicted_with, copied_from, visible
from signs.files.save import complete_save
from signs.loading.assembler import ListAssembler, OwnFiles
from signs.model.outlines import ACADEMY_OUTLINE, SCHOOL_OUTLINE
from signs.model.sign_list import HEAD, KINDS, SignList
from signs.text.given import path_given
from signs.text.names import FrenchNames, explains_calls
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.outlines import Outline

SHIPPED = Path(__file__).parent.parent / "lists"
"""Folder of the lists that come with the package."""
DEFAULT = "sextorsion"
ACADEMY_FILE = "academie.toml"
"""File of an académie: in the folder of a school's file, or in the folder above."""
COPIED_BASE = ".base"
"""In a copy made by :func:`take_snapshot`, the folder of the base list."""
_NAMES = tuple(dict.fromkeys((HEAD, *(kind.file for kind in KINDS.values()))))


class Choice(NamedTuple):
    """What to show: a list, and a school's own file that overrides it."""

    folder: Path
    """Folder of the list; see :func:`folder_of`."""
    school: Path | None = None
    """The file of a school, or of an académie: `academie.toml`."""


def own_files(given: Path | None) -> OwnFiles:
    """Return the files that override a list where a person gives one of them.

    A school's file brings its académie's, if there is one.
    """
    if given is None:
        return OwnFiles()
    if given.name == ACADEMY_FILE:
        return OwnFiles(academy=given)
    return OwnFiles(academy_of(given.parent), given)


def own_outline(file: Path) -> Outline:
    """Return what such a file may hold: a school's, or an académie's by its name."""
    return ACADEMY_OUTLINE if file.name == ACADEMY_FILE else SCHOOL_OUTLINE


def academy_of(folder: Path) -> Path | None:
    """Return the académie's file of the schools of a folder, if there is one."""
    found = (path for path in academies_of(folder) if mode_of(path) or path.is_symlink())
    return next(found, None)


def academies_of(folder: Path) -> tuple[Path, Path]:
    """Return where the académie's file of a folder of schools may be: in it first, then above."""
    above = folder / ".." if folder.name in ("", "..") else folder.parent
    return folder / ACADEMY_FILE, above / ACADEMY_FILE


@dataclass(frozen=True)
class Inspection(FrenchNames):
    """Result of reading a list: the list, or why there is none.

    Examples
    --------
    >>> import signs
    >>> signs.inspect("sextorsion").sign_list.id
    'sextorsion'
    >>> signs.inspect("pas-une-liste").sign_list is None
    True
    """

    sign_list: SignList | None
    """`None` when something is wrong."""
    problems: tuple[Problem, ...]
    """Errors and remarks, sorted by file and line."""

    def __repr__(self) -> str:
        """Return in short what was read, and how much there is to say of it."""
        read = "Aucune liste" if self.sign_list is None else repr(self.sign_list)
        errors = sum(problem.severity is Severity.ERROR for problem in self.problems)
        remarks = len(self.problems) - errors
        return typography(f"{read} ; erreurs : {errors}, remarques : {remarks}")


@explains_calls('signs.load("sextorsion")')
def load(where: str | Path = DEFAULT, school: str | Path | None = None) -> SignList:
    """Read a list and check it.

    Parameters
    ----------
    where
        The name of a shipped list, or the path of a folder that holds one.
    school
        The path of a school's own file, which overrides the list.

    Returns
    -------
    SignList
        The list, merged with its base and the school's file.

    Raises
    ------
    ListError
        With every problem found, each with its file and line. Remarks do not raise.

    Examples
    --------
    >>> import signs
    >>> signs.load().info.title
    'Sextorsion : remarquer, parler, prévenir'
    >>> try:
    ...     signs.load("sextorsions")
    ... except signs.ListError as error:
    ...     [problem.line for problem in error.problems]
    [1]
    """
    inspection = _read(where, school, thorough=False)
    if inspection.sign_list is None:
        raise ListError(inspection.problems)
    return inspection.sign_list


@explains_calls('signs.inspect("ma-liste")')
def inspect(where: str | Path = DEFAULT, school: str | Path | None = None) -> Inspection:
    """Read a list and report all its problems; raises for what is no path, never for what it reads.

    Looks at more than :func:`load` does (words, readability, contacts that grow old), which takes
    longer.

    Parameters
    ----------
    where
        The name of a shipped list, or the path of a folder that holds one.
    school
        The path of a school's own file, which overrides the list.

    Returns
    -------
    Inspection
        The list, `None` when something is wrong; and its errors and remarks, by file and line.

    Examples
    --------
    >>> import signs
    >>> inspection = signs.inspect("pas-une-liste")
    >>> [(problem.severity.name, problem.line) for problem in inspection.problems]
    [('ERROR', 1)]
    """
    return _read(where, school, thorough=True)


def _read(where: str | Path, school: str | Path | None, *, thorough: bool) -> Inspection:
    if not isinstance(where, str):  # of a text, it is said which lists there are
        path_given(where, _WHERE, _LOAD)
    if school is not None:
        school_given(school)
    folder = folder_of(where)
    try:
        if not S_ISDIR(mode_of(folder)):
            return Inspection(None, (_no_such_list(where, folder),))
        if not mode_of(folder / HEAD) and (elsewhere := _elsewhere(where, folder)):
            return Inspection(None, (elsewhere,))
        if school is not None and (list_file := _list_file(school)):
            return Inspection(None, (list_file,))
        complete_save(folder)
    except OSError:  # too long for a path, or a folder without permission
        return Inspection(None, (_cannot_be_read(where),))
    reader = ListAssembler(base_of, shipped=shipped(), thorough=thorough)
    sign_list = reader.read(folder, own_files(None if school is None else Path(school)))
    return Inspection(sign_list, tuple(sorted(reader.problems)))


_WHERE, _LOAD = "le nom ou le dossier d'une liste", 'signs.load("sextorsion")'


def school_given(school: object) -> str:
    """Return the path of a school's own file, which somebody gave.

    Raises
    ------
    GivenError
        When it is none.
    """
    return path_given(school, "le fichier d'un établissement", 'school="ecole.toml"')


def folder_of(where: str | Path) -> Path:
    """Return the folder of a list: a shipped list by its name, any other by its path."""
    return SHIPPED / where if isinstance(where, str) and where in shipped() else Path(where)


def shipped() -> list[str]:
    """Return the names of the lists that come with the package."""
    return sorted(head.parent.name for head in SHIPPED.glob(f"*/{HEAD}"))


def base_of(folder: Path, base: str) -> Path:
    """Return the folder of the base list of the one in `folder`.

    A shipped list by its name; any other by its path, relative to that folder.
    """
    copied = folder / COPIED_BASE
    if copied.is_dir():
        return copied
    return SHIPPED / base if base in shipped() else folder / base


def files_of(folder: Path, school: Path | None = None) -> list[Path]:
    """Return every file that a list may be made of, existing or not.

    Those of its base lists come after its own, then the académie's file and the school's.
    """
    files = [each / name for each in _chain(folder) for name in _NAMES]
    if school is None:
        return files
    academies = () if school.name == ACADEMY_FILE else academies_of(school.parent)
    return [*files, *academies, school]


@dataclass(frozen=True)
class Copy:
    """A snapshot of a list, an académie's file and a school's, in a separate folder."""

    choice: Choice
    known_as: dict[Path, Path]
    """For each folder or file of the copy, the one it was copied from."""
    own: frozenset[Path]
    """The files among them: those of a school and of an académie."""

    def as_known(self, text: str) -> str:
        """Return `text` with the paths that the reader knows, not those of the copy."""
        return self._renamed(text, {copied: str(path) for copied, path in self.known_as.items()})

    def in_short(self, text: str) -> str:
        """Return `text` with the last folder and the file of those paths, for whoever may ask."""
        names = {
            copied: str(Path(path.parent.name, path.name) if copied in self.own else path.name)
            for copied, path in self.known_as.items()
        }
        return self._renamed(text, names)

    @staticmethod
    def _renamed(text: str, names: dict[Path, str]) -> str:
        for copied, name in sorted(names.items(), reverse=True):
            text = text.replace(str(copied), name or ".")
        return text


def take_snapshot(choice: Choice, target: Path) -> Copy:
    """Copy every file of a list into `target`, where it loads the same.

    Parameters
    ----------
    choice
        The list, with its base lists, and the school's file.
    target
        A private folder; created if needed.

    Raises
    ------
    OSError
        When a file that is there cannot be read.
    """
    known_as: dict[Path, Path] = {}
    copied = target / (choice.folder.name or "liste")
    for each in _chain(choice.folder):
        into = copied.joinpath(*[COPIED_BASE] * len(known_as))
        known_as[into] = each
        into.mkdir(parents=True, exist_ok=True)
        for name in _NAMES:
            if S_ISREG(mode_of(each / name)):
                shutil.copyfile(each / name, into / name)
    own = {target / "ecole" / file.name: file for file in own_files(choice.school) if file}
    for copied_file, file in own.items():
        copied_file.parent.mkdir(parents=True, exist_ok=True)
        if S_ISREG(mode_of(file)):
            shutil.copyfile(file, copied_file)
    given = choice.school and target / "ecole" / choice.school.name
    return Copy(Choice(copied, given), known_as | own, frozenset(own))


def _chain(folder: Path) -> Iterator[Path]:
    """Yield a list's folder, then those of its base lists, as far as they can be read."""
    seen: set[Path] = set()
    while folder.resolve() not in seen:
        seen.add(folder.resolve())
        yield folder
        try:
            if (folder / HEAD).stat().st_size > LARGEST_FILE:
                return
            base = tomllib.loads((folder / HEAD).read_text(encoding="utf-8-sig")).get("base")
        except (OSError, ValueError, RecursionError):  # reported when the list is read
            return
        if not isinstance(base, str):
            return
        folder = base_of(folder, base)


def _list_file(path: str | Path) -> Problem | None:
    """Return the problem with a list's own file that is given instead of its folder, if it is."""
    file = Path(path)
    is_head = file.name == HEAD
    beside = is_head or conflicted_with(file.name, _NAMES) or copied_from(file.name, _NAMES)
    if not beside or not (is_head or mode_of(file.with_name(HEAD))):
        return None
    params = {"folder": str(file.parent if file.parent.name else file.absolute().parent)}
    return Problem("list-file", params=params, file=str(path))


def _elsewhere(where: str | Path, folder: Path) -> Problem | None:
    """Return where the list of a folder without a head probably is; `None` where it is there."""
    inside = visible(folder)
    if nested := _nested_list(folder):
        params = {"inside": str(Path(where) / nested.relative_to(folder))}
        return Problem("nested-list", params=params, file=str(where))
    archives = [path.name for path in inside if path.suffix.lower() in _ARCHIVES]
    if len(archives) == len(inside):
        params = {"archive": next(iter(archives), ""), "head": HEAD}
        return Problem("empty-folder", params=params, file=str(where))
    return None


def _nested_list(folder: Path) -> Path | None:
    """Return the nearest folder inside another that holds a list, as an archive taken out makes."""
    level = [folder]
    for _depth in range(_DEEPEST):
        level = [path for each in level for path in visible(each) if S_ISDIR(mode_of(path))]
        for path in level[:_MOST]:
            if mode_of(path / HEAD):
                return path
        level = level[:_MOST]
    return None


_DEEPEST, _MOST = 3, 50
"""How deep, and how many folders a level: somebody may give their home folder."""
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")


def _no_such_list(where: str | Path, folder: Path) -> Problem:
    if list_file := _list_file(where):
        return list_file
    if folder.exists():
        params = {"head": HEAD, "archive": folder.suffix.lower() in _ARCHIVES}
        return Problem("not-a-list", params=params, file=str(where))
    params = {
        "near": Near.to(str(where), shipped()),
        "shipped": Ids(shipped()),
    }
    return Problem("unknown-list", params=params, file=str(where))


def _cannot_be_read(where: str | Path) -> Problem:
    shown = str(where) if len(str(where)) <= _LONGEST_SHOWN else f"{str(where)[:_LONGEST_SHOWN]}…"
    return Problem("unreadable-folder", file=shown)


_LONGEST_SHOWN = 200
