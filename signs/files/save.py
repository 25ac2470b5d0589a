"""Saving a file so that nothing is lost: whole or not at all, never over somebody else's work.

The new text is written beside the file and put in its place in one step, so that whoever
reads, or whatever stops the machine, finds the old file or the new one, never a part. What
the file said before is kept as a dated copy.
"""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signs.errors import ReperesError
from signs.files.document import UnreadableError, read
from signs.text import clock
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

BACKUPS = "copies"
"""The folder, beside a file, of what it said before."""
KEPT = 30
"""How many dated copies of one file are kept; the oldest go first."""
_TEMPORARY = ".reperes-"
_FORGOTTEN = 3600  # seconds after which what a killed save left is swept
_MARK = b"\xef\xbb\xbf"


class SaveError(ReperesError):
    """The file was not saved; its message is a French sentence, and no text is lost.

    Attributes
    ----------
    text : str
        What was to be saved.
    """

    def __init__(self, message: str, text: str) -> None:
        self.text = text
        super().__init__(typography(message))


class ConflictError(SaveError):
    """The file was changed by somebody else meanwhile.

    Attributes
    ----------
    text : str
        What was to be saved.
    theirs : str
        What the file says now; empty where it is gone or cannot be read any more.
    """

    def __init__(self, path: Path, text: str, theirs: str) -> None:
        self.path, self.theirs = path, theirs
        gone = "" if path.exists() else " : il n'est plus là"
        super().__init__(
            f"Le fichier {path.name} a été changé depuis que vous l'avez ouvert{gone}. Rien n'est "
            "enregistré. Comparez les deux textes, puis enregistrez celui que vous gardez.",
            text,
        )


@dataclass
class OpenFile:
    r"""A text file, as it was read and as it is being changed.

    Attributes
    ----------
    path : Path
        Where it stands; a link is followed.
    text : str
        What it will say, with ``\n`` at the end of lines whatever the file uses. Change it
        freely; :func:`save` writes it.
    saved : str
        What it says on disk, as far as we know.
    """

    path: Path
    text: str
    saved: str
    _bytes: bytes

    @classmethod
    def open(cls, path: Path) -> OpenFile:
        """Open a file to change it.

        Raises
        ------
        UnreadableError
            When it is missing, or not in UTF-8.
        """
        path = path.resolve()
        text = read(path).replace("\r\n", "\n")
        return cls(path, text, text, path.read_bytes())

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.text != self.saved

    def save(self, *, over_theirs: bool = False) -> Path | None:
        """Write the text, whole or not at all.

        Parameters
        ----------
        over_theirs
            Whether to save over what somebody else wrote meanwhile; their text becomes a
            dated copy like any other.

        Returns
        -------
        Path or None
            The dated copy of what the file said before; none where nothing changed.

        Raises
        ------
        ConflictError
            When the file changed since it was opened or saved; it is left as it is.
        SaveError
            When it cannot be written: no room, no right. It is left as it is.
        """
        try:
            with _alone(self.path.parent):
                return self._save(over_theirs=over_theirs)
        except OSError as error:
            raise SaveError(_why_not(error, self.path), self.text) from error

    def _save(self, *, over_theirs: bool) -> Path | None:
        now = self.path.read_bytes() if self.path.exists() else b""
        if now != self._bytes and not over_theirs:
            raise ConflictError(self.path, self.text, _readable(self.path))
        content = self._encoded()
        if content == now:
            self.saved, self._bytes = self.text, now
            return None
        if self.path.exists() and not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, "read-only", str(self.path))
        copy = backup(self.path, now) if now else None
        atomic_write(self.path, content)
        self.saved, self._bytes = self.text, content
        return copy

    def _encoded(self) -> bytes:
        """Return the text as the file writes it: the same ends of lines, the same mark or none."""
        text = self.text.replace("\r\n", "\n")
        if b"\r\n" in self._bytes:
            text = text.replace("\n", "\r\n")
        mark = _MARK if self._bytes.startswith(_MARK) else b""
        return mark + text.encode()


def atomic_write(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place in one step.

    A new file can be read by all, an old one keeps its rights.

    Raises
    ------
    OSError
        When it cannot be written; what was there is left as it was.
    """
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def backups_of(path: Path) -> list[Path]:
    """Return the dated copies of a file, the newest first."""
    found = (path.parent / BACKUPS).glob(f"{path.stem}.*{path.suffix}")
    return sorted(found, reverse=True)


def backup(path: Path, content: bytes) -> Path:
    """Keep what a file said as a dated copy, and no more copies than there is use for."""
    folder = path.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    when = clock.now().strftime("%Y-%m-%d-%H%M%S-%f")
    copy = folder / f"{path.stem}.{when}{path.suffix}"
    atomic_write(copy, content)
    for old in backups_of(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy


def _readable(path: Path) -> str:
    try:
        return read(path).replace("\r\n", "\n")
    except UnreadableError:
        return ""


def _sweep(folder: Path) -> None:
    """Remove what a save that was killed left long ago."""
    for left in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            if left.is_file() and clock.now().timestamp() - left.stat().st_mtime > _FORGOTTEN:
                left.unlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Have one of our processes save in a folder at a time, where the system can say so."""
    try:
        import fcntl  # noqa: PLC0415 (not on Windows)
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Have the folder's own change survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


def _why_not(error: OSError, path: Path) -> str:
    kept = "Le fichier reste comme il était, et votre texte n'est pas perdu."
    if error.errno in _NO_ROOM:
        return f"Il n'y a plus de place pour enregistrer {path.name}. {kept} Libérez de la place."
    if error.errno in _NO_RIGHT:
        return (
            f"{path.name} ne peut pas être enregistré : le fichier ou son dossier est en lecture "
            f"seule. {kept} Demandez le droit d'y écrire, ou travaillez sur une copie."
        )
    if not path.parent.is_dir():
        return f"Le dossier de {path.name} n'est plus là. {kept} Remettez-le."
    return f"{path.name} ne peut pas être enregistré. {kept} Réessayez."
