"""A private folder to work in: where there is place, gone afterwards, swept if its owner died."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from signs.errors import ReperesError

try:
    import fcntl
except ImportError:  # no such locks on Windows: nothing is swept there
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PREFIX = "reperes-"
_DRAWN = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
"""How `tempfile` names a folder by that prefix."""
_MARK = "en-cours"
"""A file that says that a folder is one of ours, for as long as its owner locks it."""
_JUPYTER = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
"""Where Jupyter and IPython read and write, in this process (see `_temporary_environ`)."""
_KERNEL = ("MPLCONFIGDIR",)
"""Where what a notebook imports writes."""
_ENOUGH = 1_000_000
"""Bytes that a room must be able to hold."""


class NoWorkdirError(ReperesError):
    """There is nowhere to work; its message is a French sentence."""


@contextmanager
def private_workdir() -> Iterator[Path]:
    """Give a folder that goes away, and have Jupyter and IPython write there and only there.

    It is in memory where the disk is full or may not be written to. What an earlier process
    left there when it was killed goes away too.

    Raises
    ------
    NoWorkdirError
        When no folder can be written to.
    """
    with own_room() as room, _temporary_environ(_folders(_JUPYTER, room)):
        yield room


def kernel_folders(workdir: Path) -> dict[str, str]:
    """Return variables for a kernel's environment: what it imports writes in the folder only."""
    return _folders(_KERNEL, workdir)


def _folders(variables: Iterable[str], workdir: Path) -> dict[str, str]:
    """Make a folder for each variable, and return their paths."""
    folders = {variable: workdir / variable.lower() for variable in variables}
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    return {variable: str(folder) for variable, folder in folders.items()}


@contextmanager
def _temporary_environ(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process; afterwards, what was there before.

    Lent, not passed: jupyter_core reads its folders in `os.environ` whenever it needs one, and
    takes them as no parameter; it reads IPython's too, for a configuration to migrate.
    """
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def own_room(*first: Path) -> Iterator[Path]:
    """Give a folder that this user alone can read, and that goes away.

    Parameters
    ----------
    first
        Where to try before the temporary folders.

    Raises
    ------
    NoWorkdirError
        When no folder can be written to.
    """
    room, lock = _new_room(*first)
    try:
        yield room
    finally:
        _leave(room, lock)


def _new_room(*first: Path) -> tuple[Path, int | None]:
    for place in (*first, *_places()):
        sweep(place)
        try:
            room, lock = _held_room(place)
        except OSError:
            continue
        try:
            (room / "place").write_bytes(bytes(_ENOUGH))
            (room / "place").unlink()
        except OSError:  # no place left
            _leave(room, lock)
            continue
        return room, lock
    raise NoWorkdirError(
        "Repères n'a nulle part où préparer ses pages : aucun dossier temporaire ne peut être "
        "écrit. Libérez de la place, ou donnez un autre dossier dans la variable TMPDIR."
    )


def _places() -> list[Path]:
    with suppress(OSError):
        return list(dict.fromkeys((Path(tempfile.gettempdir()), _MEMORY)))
    return [_MEMORY]


_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)


def _held_room(place: Path) -> tuple[Path, int | None]:
    """Make a folder, lock it for as long as this process lives, then mark it as one of ours.

    Another process may take it for a dead one's before it is locked: it is still empty then, and
    another is made. (systemd also leaves a locked folder of the temporary directory alone.)
    """
    while True:
        room = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        if fcntl is None:
            return room, None
        lock = None
        try:
            lock = os.open(room, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            (room / _MARK).touch()
        except FileNotFoundError:
            if lock is not None:
                os.close(lock)
            continue
        except OSError:
            _leave(room, lock)
            raise
        return room, lock


def _leave(room: Path, lock: int | None) -> None:
    _remove(room)
    if lock is not None:
        os.close(lock)


def sweep(place: Path) -> None:
    """Remove the rooms of ours in `place` whose process is dead; nothing else.

    A room is ours when it is a folder of this very user's, named and marked as we do, or named
    so and empty: its process died before it could mark it. A process is dead when nobody holds
    the lock of its room, which the system releases however one dies.
    """
    if fcntl is None:
        return
    with suppress(OSError):
        for room in place.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                _remove_if_dead(room)


def _remove_if_dead(room: Path) -> None:
    status = room.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        return
    lock = os.open(room, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where its process lives
        if _is_marked(room):
            _remove(room)
        elif _DRAWN.fullmatch(room.name):
            room.rmdir()  # raises where anything is in it
    finally:
        os.close(lock)


def _is_marked(room: Path) -> bool:
    try:
        return stat.S_ISREG((room / _MARK).lstat().st_mode)
    except FileNotFoundError:
        return False


def _remove(room: Path) -> None:
    """Remove a room, its mark last: killed on the way, what is left is still known as ours."""
    with suppress(OSError):
        for inside in list(room.iterdir()):
            if inside.is_dir() and not inside.is_symlink():
                shutil.rmtree(inside, ignore_errors=True)
            elif inside.name != _MARK:
                inside.unlink(missing_ok=True)
    shutil.rmtree(room, ignore_errors=True)
