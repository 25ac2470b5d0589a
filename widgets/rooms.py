"""A private folder to work in: where there is place, gone afterwards, swept if its owner died."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # no such locks on Windows: nothing is swept there
    fcntl = None  # type: ignore[assignment]

from widgets.environment import set_for_a_while

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "reperes-"
_MARK = "en-cours"
"""A file that says that a folder is one of ours, for as long as its owner locks it."""
_TRACES = (
    *("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"),
    "MPLCONFIGDIR",
)
_ENOUGH = 1_000_000
"""Bytes that a room must be able to hold."""


class NoRoomError(Exception):
    """There is nowhere to work; its message is a French sentence."""


@contextmanager
def private_room() -> Iterator[Path]:
    """Give a folder that goes away, and have Jupyter and IPython write there and only there.

    It is in memory where the disk is full or may not be written to. What an earlier process
    left there when it was killed goes away too.

    Raises
    ------
    NoRoomError
        When no folder can be written to.
    """
    with own_room() as room:
        folders = {variable: room / variable.lower() for variable in _TRACES}
        for folder in folders.values():
            folder.mkdir()
        temporary, tempfile.tempdir = tempfile.tempdir, str(room)  # for connection files
        try:
            with set_for_a_while({variable: str(folder) for variable, folder in folders.items()}):
                yield room
        finally:
            tempfile.tempdir = temporary


@contextmanager
def own_room(*first: Path) -> Iterator[Path]:
    """Give a folder that this user alone can read, and that goes away.

    Parameters
    ----------
    first
        Where to try before the temporary folders.

    Raises
    ------
    NoRoomError
        When no folder can be written to.
    """
    room, lock = _new_room(*first)
    try:
        yield room
    finally:
        _remove(room)
        if lock is not None:
            os.close(lock)


def _new_room(*first: Path) -> tuple[Path, int | None]:
    for place in (*first, *_places()):
        sweep(place)
        try:
            room = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        except OSError:
            continue
        try:
            (room / "place").write_bytes(bytes(_ENOUGH))
            (room / "place").unlink()
            return room, _hold(room)
        except OSError:  # no place left; or a disk of the network, which knows no such locks
            shutil.rmtree(room, ignore_errors=True)
    raise NoRoomError(
        "Repères n'a nulle part où préparer ses pages : aucun dossier temporaire ne peut être "
        "écrit. Libérez de la place, ou donnez un autre dossier dans la variable TMPDIR."
    )


def _places() -> list[Path]:
    with suppress(OSError):
        return list(dict.fromkeys((Path(tempfile.gettempdir()), _MEMORY)))
    return [_MEMORY]


_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)


def _hold(room: Path) -> int | None:
    """Lock the folder for as long as this process lives, then mark it as one of ours.

    (systemd also leaves a locked folder of the temporary directory alone.)
    """
    if fcntl is None:
        return None
    lock = os.open(room, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (room / _MARK).touch()
    return lock


def sweep(place: Path) -> None:
    """Remove the rooms of ours in `place` whose process is dead; nothing else.

    A room is ours when it is a folder of this very user's, named and marked as we do; its
    process is dead when nobody holds its lock, which the system releases however one dies.
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
    if not stat.S_ISREG((room / _MARK).lstat().st_mode):
        return
    lock = os.open(room, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where its process lives
        _remove(room)
    finally:
        os.close(lock)


def _remove(room: Path) -> None:
    """Remove a room, its mark last: killed on the way, what is left is still known as ours."""
    with suppress(OSError):
        for inside in list(room.iterdir()):
            if inside.is_dir() and not inside.is_symlink():
                shutil.rmtree(inside, ignore_errors=True)
            elif inside.name != _MARK:
                inside.unlink(missing_ok=True)
    shutil.rmtree(room, ignore_errors=True)
