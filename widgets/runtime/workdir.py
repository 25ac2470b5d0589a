"""Private temporary folders: removed on exit, swept later if their process was killed."""

from __future__ import annotations

import errno
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
_TEMP_NAME = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
"""Folder names that `tempfile` makes with that prefix."""
_MARK = "en-cours"
"""A marker file in each of our folders; the owner holds a lock on the folder."""
_JUPYTER = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
"""Where Jupyter and IPython read and write, in this process (see `_temporary_environ`)."""
_KERNEL = ("MPLCONFIGDIR",)
"""Where libraries that a notebook imports write."""
_MIN_BYTES = 1_000_000
"""Free space required, in bytes."""


class NoWorkdirError(ReperesError):
    """No temporary folder is writable; its message is a French sentence."""


@contextmanager
def private_workdir() -> Iterator[Path]:
    """Context manager: a temporary directory to which Jupyter and IPython are redirected.

    It is removed on exit, and in memory if the disk is full or read-only. What a killed process
    left behind is removed too.

    Raises
    ------
    NoWorkdirError
        When no folder can be written to.
    """
    with temporary_workdir() as workdir, _temporary_environ(_folders(_JUPYTER, workdir)):
        yield workdir


def kernel_folders(workdir: Path) -> dict[str, str]:
    """Return environment variables that make a kernel's libraries write in the folder only."""
    return _folders(_KERNEL, workdir)


def _folders(variables: Iterable[str], workdir: Path) -> dict[str, str]:
    """Make a folder for each variable, and return their paths."""
    folders = {variable: workdir / variable.lower() for variable in variables}
    for folder in folders.values():
        restore_folder(folder)
    return {variable: str(folder) for variable, folder in folders.items()}


def restore_folder(folder: Path) -> None:
    """Make a folder of a workdir if something removed it meanwhile, the workdir, what it was in.

    What cleans temporary folders knows nothing of a server that runs for weeks.

    Raises
    ------
    OSError
        When that cannot be, or when somebody else made the workdir anew.
    """
    missing = [each for each in folder.parent.parents if not each.exists()]
    for each in (*reversed(missing), folder.parent, folder):
        with suppress(FileExistsError):
            each.mkdir(mode=stat.S_IRWXU)
        status = each.lstat()
        if not stat.S_ISDIR(status.st_mode) or (fcntl and status.st_uid != os.getuid()):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(each))


@contextmanager
def _temporary_environ(variables: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables of this process; restore them on exit.

    jupyter_core reads its folders from `os.environ` whenever it needs one, and has no parameter
    for them; it reads IPython's too, for a configuration to migrate.
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
def temporary_workdir(*first: Path) -> Iterator[Path]:
    """Context manager: a folder that only this user can read, removed on exit.

    Parameters
    ----------
    first
        Where to try before the temporary folders.

    Raises
    ------
    NoWorkdirError
        When no folder can be written to.
    """
    workdir, lock = _create_workdir(*first)
    try:
        yield workdir
    finally:
        _release(workdir, lock)


def _create_workdir(*first: Path) -> tuple[Path, int | None]:
    for parent in (*first, *_candidate_parents()):
        sweep(parent)
        try:
            workdir, lock = _create_locked(parent)
        except OSError:
            continue
        try:
            (workdir / "probe").write_bytes(bytes(_MIN_BYTES))
            (workdir / "probe").unlink()
        except OSError:  # no space left
            _release(workdir, lock)
            continue
        return workdir, lock
    raise NoWorkdirError(
        "Repères n'a nulle part où préparer ses pages : aucun dossier temporaire ne peut être "
        "écrit. Libérez de la place, ou donnez un autre dossier dans la variable TMPDIR."
    )


def _candidate_parents() -> list[Path]:
    with suppress(OSError):
        return list(dict.fromkeys((Path(tempfile.gettempdir()), _MEMORY)))
    return [_MEMORY]


_MEMORY = Path("/dev/shm")  # noqa: S108 (we create our own folder in it)


def _create_locked(parent: Path) -> tuple[Path, int | None]:
    """Create a folder, lock it for the life of this process, then add the marker file.

    Another process may sweep it before it is locked: it is still empty then, and another one is
    created. (systemd also leaves a locked folder of the temporary directory alone.)
    """
    while True:
        workdir = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        if fcntl is None:
            return workdir, None
        lock = None
        try:
            lock = os.open(workdir, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            (workdir / _MARK).touch()
        except FileNotFoundError:
            if lock is not None:
                os.close(lock)
            continue
        except OSError:
            _release(workdir, lock)
            raise
        return workdir, lock


def _release(workdir: Path, lock: int | None) -> None:
    _remove(workdir)
    if lock is not None:
        os.close(lock)


def sweep(parent: Path) -> None:
    """Remove our folders in `parent` whose process is dead; nothing else.

    A folder is ours if this user owns it and it has our name and marker, or our name and no
    content: its process died before it could add the marker. A process is dead if its folder is
    unlocked; the system releases the lock however a process dies.
    """
    if fcntl is None:
        return
    with suppress(OSError):
        for workdir in parent.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                _remove_if_dead(workdir)


def _remove_if_dead(workdir: Path) -> None:
    status = workdir.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        return
    lock = os.open(workdir, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises where its process lives
        if _is_marked(workdir):
            _remove(workdir)
        elif _TEMP_NAME.fullmatch(workdir.name):
            workdir.rmdir()  # raises where anything is in it
    finally:
        os.close(lock)


def _is_marked(workdir: Path) -> bool:
    try:
        return stat.S_ISREG((workdir / _MARK).lstat().st_mode)
    except FileNotFoundError:
        return False


def _remove(workdir: Path) -> None:
    """Remove a workdir, its marker last: if interrupted, the rest is still recognized as ours."""
    with suppress(OSError):
        for inside in list(workdir.iterdir()):
            if inside.is_dir() and not inside.is_symlink():
                shutil.rmtree(inside, ignore_errors=True)
            elif inside.name != _MARK:
                inside.unlink(missing_ok=True)
    shutil.rmtree(workdir, ignore_errors=True)
