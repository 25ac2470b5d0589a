"""Save a file safely: atomic writes, conflict detection and timestamped backups.

The new text is written to a temporary file beside the target, which it then replaces in one
step: readers, and a machine that stops, find the old file or the new one, never a part. The
previous content is backed up.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signs.errors import ReperesError
from signs.files.backups import keep
from signs.files.document import UnreadableError, decoded, read, read_bytes
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TEMPORARY = ".reperes-"
_JOURNAL = ".enregistrement.json"
"""While several files are being replaced: which temporary file replaces which."""
_ABANDONED = 3600  # seconds after which the temporary file of a killed save is removed
_MARK = b"\xef\xbb\xbf"


class SaveError(ReperesError):
    """The file was not saved; its message is a French sentence, and no text is lost.

    Attributes
    ----------
    text : str
        The text to save.
    """

    def __init__(self, message: str, text: str) -> None:
        self.text = text
        super().__init__(typography(message))


class ConflictError(SaveError):
    """The file was changed by somebody else since it was opened.

    Attributes
    ----------
    text : str
        The text to save.
    theirs : str
        The content of the file now; empty if it was deleted or is unreadable.
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
    r"""A text file, as read and as being edited.

    Attributes
    ----------
    path : Path
        Its path; links are resolved.
    text : str
        The text being edited, with ``\n`` line endings whatever the file uses. Change it freely;
        :meth:`save` writes it.
    saved : str
        The text on disk, as last read or saved.
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
        raw = read_bytes(path)  # once: whoever writes it next is in conflict with this
        text = decoded(raw).replace("\r\n", "\n")
        return cls(path, text, text, raw)

    @classmethod
    def new(cls, path: Path) -> OpenFile:
        """Open a file that is not there yet."""
        return cls(path.resolve(), "", "", b"")

    @classmethod
    def to_replace(cls, path: Path) -> OpenFile:
        """Open a file whose whole text will be another's, whether it can be read or is there."""
        if not path.exists():
            return cls.new(path)
        try:
            return cls.open(path)
        except UnreadableError:
            return cls(path.resolve(), "", "", path.read_bytes())

    @property
    def changed(self) -> bool:
        """Whether there is something to save."""
        return self.text != self.saved

    def save(self, *, over_theirs: bool = False, author: str = "") -> Path | None:
        """Write the text atomically.

        Parameters
        ----------
        over_theirs
            Whether to overwrite what somebody else wrote meanwhile; their text is backed up like
            any other.
        author
            Who saves, in their own words; it may stay empty.

        Returns
        -------
        Path or None
            The backup of the previous content; `None` when nothing changed.

        Raises
        ------
        ConflictError
            When the file changed since it was opened or saved; it is left untouched.
        SaveError
            When it cannot be written: disk full, no permission. It is left untouched.
        """
        return next(iter(save_all([self], over_theirs=over_theirs, author=author)), None)

    def reload(self, theirs: OpenFile, text: str) -> None:
        """Go on from what somebody else saved, with a text that has both changes."""
        self.text, self.saved, self._bytes = text, theirs.saved, theirs._bytes

    def replace_theirs(self) -> None:
        """Have the next save replace what is on disk now, which is backed up like any other."""
        self._bytes = self.on_disk()

    @property
    def unsaved(self) -> bool:
        """Whether the file on disk says something else."""
        return self.encoded() != self.on_disk()

    @property
    def outdated(self) -> bool:
        """Whether the file on disk is no longer the one that was read or saved."""
        return self.on_disk() != self._bytes

    def on_disk(self) -> bytes:
        """Return what the file holds now; nothing where there is none."""
        return self.path.read_bytes() if self.path.exists() else b""

    def check(self, *, over_theirs: bool) -> None:
        """Raise unless this may be saved."""
        if self.outdated and not over_theirs:
            raise ConflictError(self.path, self.text, _readable(self.path))
        if self.path.exists() and not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, "read-only", str(self.path))

    def wrote(self) -> None:
        """Take note that the text is on disk."""
        self.saved, self._bytes = self.text, self.encoded()

    def encoded(self) -> bytes:
        """Return the encoded text, with the line endings and the byte-order mark of the file."""
        text = self.text.replace("\r\n", "\n")
        if b"\r\n" in self._bytes:
            text = text.replace("\n", "\r\n")
        mark = _MARK if self._bytes.startswith(_MARK) else b""
        return mark + text.encode()


def save_all(
    files: Sequence[OpenFile], *, over_theirs: bool = False, author: str = ""
) -> list[Path]:
    """Write the texts of several files: all of them, or none.

    They are first written beside the files, then take their places in one go. What a killed
    process or a power cut leaves half in place is completed by :func:`complete_save`.

    Parameters
    ----------
    files
        Those of one folder.
    over_theirs
        As for :meth:`OpenFile.save`.
    author
        Who saves, in their own words; it may stay empty.

    Returns
    -------
    list of Path
        The backups of the previous contents.

    Raises
    ------
    ConflictError, SaveError
        As for :meth:`OpenFile.save`; every file is left untouched.
    """
    if not files:
        return []
    folder = files[0].path.parent
    current = files[0]
    replacements: dict[Path, Path] = {}
    try:
        with _exclusive(folder):
            _complete(folder)
            changed = [each for each in files if each.unsaved]
            for current in changed:
                current.check(over_theirs=over_theirs)
            for current in changed:
                replacements[_written_beside(current.path, current.encoded())] = current.path
            before = {each.path: now for each in changed if (now := each.on_disk())}
            copies = keep(folder, before, author, atomic_write) if changed else []
            _replace(folder, replacements)
    except OSError as error:
        raise SaveError(_why_not(error, current.path), current.text) from error
    finally:
        if not (folder / _JOURNAL).exists():
            for temporary in replacements:
                temporary.unlink(missing_ok=True)
    for each in files:
        each.wrote()
    return copies


def _replace(folder: Path, replacements: Mapping[Path, Path]) -> None:
    """Have temporary files take their places: from the journal on, it will be completed."""
    if len(replacements) > 1:
        names = {
            os.path.relpath(new, folder): os.path.relpath(old, folder)
            for new, old in replacements.items()
        }
        atomic_write(folder / _JOURNAL, json.dumps(names).encode())
    for temporary, path in replacements.items():
        with suppress(FileNotFoundError):  # completed by somebody who read the list
            temporary.replace(path)
    (folder / _JOURNAL).unlink(missing_ok=True)
    _sync(folder)


def complete_save(folder: Path) -> None:
    """Complete a save of several files that was killed midway, if there is one."""
    if (folder / _JOURNAL).exists():
        with suppress(OSError), _exclusive(folder):
            _complete(folder)


def _complete(folder: Path) -> None:
    journal = folder / _JOURNAL
    try:
        names = json.loads(journal.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for temporary, name in names.items():
        with suppress(FileNotFoundError):  # it is in its place already
            (folder / temporary).replace(folder / name)
    journal.unlink(missing_ok=True)
    _sync(folder)


def atomic_write(path: Path, content: bytes) -> None:
    """Write to a temporary file, then replace the target with it in one step.

    A new file is readable by all; an existing one keeps its permissions.

    Raises
    ------
    OSError
        When it cannot be written; the existing file is left untouched.
    """
    temporary = _written_beside(path, content)
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _written_beside(path: Path, content: bytes) -> Path:
    """Write a temporary file that is to replace another; return its path."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sweep(path.parent, temporary.stat().st_mtime)
    return temporary


def _readable(path: Path) -> str:
    try:
        return read(path).replace("\r\n", "\n")
    except UnreadableError:
        return ""


def _sweep(folder: Path, now: float) -> None:
    """Remove the temporary files of saves killed long ago, unless they are to be completed.

    What time it is, the folder says, by the date it gave a file just written: on a shared drive
    it has a clock of its own, and a save must not take its own files for old ones.
    """
    if (folder / _JOURNAL).exists():
        return
    for left in folder.glob(f"{_TEMPORARY}*"):
        with suppress(OSError):
            if left.is_file() and now - left.stat().st_mtime > _ABANDONED:
                left.unlink()


@contextmanager
def _exclusive(folder: Path) -> Iterator[None]:
    """Lock a folder against other processes of ours, where the system supports it."""
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
    """Flush the folder entry to disk, to survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS}


def reason(error: OSError) -> str:
    """Return why the system refused to write, and what to do, as the end of a sentence."""
    if error.errno in _DISK_FULL:
        return "il n'y a plus de place. Libérez de la place."
    if error.errno in _NO_PERMISSION:
        return "le dossier est en lecture seule. Demandez le droit d'y écrire."
    if error.errno == errno.ENOENT:
        return "le dossier n'est plus là. Remettez-le."
    return "l'ordinateur ne peut pas écrire. Réessayez."


def _why_not(error: OSError, path: Path) -> str:
    intact = "Le fichier reste comme il était, et votre texte n'est pas perdu."
    if error.errno in _DISK_FULL:
        return f"Il n'y a plus de place pour enregistrer {path.name}. {intact} Libérez de la place."
    if error.errno in _NO_PERMISSION:
        return (
            f"{path.name} ne peut pas être enregistré : le fichier ou son dossier est en lecture "
            f"seule. {intact} Demandez le droit d'y écrire, ou travaillez sur une copie."
        )
    if not path.parent.is_dir():
        return f"Le dossier de {path.name} n'est plus là. {intact} Remettez-le."
    return f"{path.name} ne peut pas être enregistré. {intact} Réessayez."
