"""The draft beside a list: the working files as they are at each moment, on disk.

The folder is a list of its own, which the verifier reads like any other, so that what is
checked is what would be found after a crash. Each editing session has its own, and says that
it lives while somebody looks at it; those that were left with something unsaved are offered
back. A draft with something unsaved is never deleted: it is taken up, or left aside.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from signs.files.file_names import is_clutter
from signs.files.save import atomic_write
from signs.loading.loader import Choice, files_of, take_snapshot
from signs.text import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DRAFTS = ".brouillons"
"""The folder of the drafts, in that of their list."""
ELSEWHERE = "reperes-brouillon-"
"""Prefix of the folder of a draft, where the list's folder is read-only."""
_WORKING, _ORIGIN = "texte", "origine"
_LIST_FILE = "liste"
"""In a draft that is not beside its list: the file that names its list."""
_ALIVE, _ASIDE = "vivant", "de-cote"
"""In a draft: the file that its session touches while somebody looks at it, and names its machine
and its process; and the one that says that the draft was left aside."""
_DATE_FORMAT = "%Y-%m-%d-%H%M%S-%f"
_DAY = 24 * 60 * 60
SILENCE = 150
"""Seconds after which a session that says nothing is over: a browser that hides a tab lets it
speak once a minute."""


@dataclass(frozen=True)
class Draft:
    """A working copy of a list's files, and their original text."""

    root: Path
    """Its own folder, which holds the two copies."""
    beside: bool = True
    """Whether it is in the list's folder; otherwise it is among the temporary files."""

    @classmethod
    def start(cls, folder: Path) -> Draft:
        """Copy a list to a draft of its own, beside it wherever that can be written."""
        draft = cls._made(folder)
        for part in (_WORKING, _ORIGIN):
            take_snapshot(Choice(folder), draft.root / part)
        draft.beat()
        return draft

    @classmethod
    def rescue(cls, folder: Path, texts: Mapping[str, str], origins: Mapping[str, str]) -> Draft:
        """Make a draft again of what is still known of it, its folder being gone."""
        draft = cls._made(folder)
        for part, contents in ((_WORKING, texts), (_ORIGIN, origins)):
            into = draft.root / part / folder.name
            into.mkdir(parents=True)
            for name, text in contents.items():
                (into / name).write_text(text, encoding="utf-8", newline="\n")
        draft.beat()
        return draft

    @classmethod
    def _made(cls, folder: Path) -> Draft:
        name = f"{clock.now().strftime(_DATE_FORMAT)}-{os.getpid()}"
        root, beside = folder / DRAFTS / name, True
        try:
            if not folder.is_dir():  # it was moved: its folder is not made again under its feet
                raise FileNotFoundError(folder)
            root.mkdir(parents=True)
        except OSError:
            root, beside = Path(tempfile.mkdtemp(prefix=ELSEWHERE, dir=_own_folder()), name), False
            root.mkdir()
            (root / _LIST_FILE).write_text(str(folder.resolve()), encoding="utf-8")
        return cls(root, beside)

    @property
    def folder(self) -> Path:
        """The working files, as a list that can be read."""
        return _only_folder(self.root / _WORKING)

    @property
    def date(self) -> datetime:
        """When the draft was started."""
        return datetime.strptime(self.root.name.rpartition("-")[0], _DATE_FORMAT).astimezone()

    def write(self, name: str, text: str) -> None:
        """Write one working file, atomically."""
        atomic_write(self.folder / name, text.encode())

    def whole(self) -> bool:
        """Tell whether its folder is still there."""
        return (self.root / _WORKING).is_dir() and any((self.root / _WORKING).iterdir())

    def rebase(self, name: str, text: str) -> None:
        """Have a file's original be what somebody else saved meanwhile."""
        atomic_write(next((self.root / _ORIGIN).iterdir()) / name, text.encode())

    def beat(self) -> float:
        """Say that somebody looks at it; return what a file that is written now is dated."""
        mark = self.root / _ALIVE
        try:
            mark.write_text(f"{platform.node()}\n{os.getpid()}", encoding="utf-8")
            return mark.stat().st_mtime
        except OSError:
            return clock.now().timestamp()

    def release(self) -> None:
        """Say that nobody looks at it any more."""
        with suppress(OSError):
            (self.root / _ALIVE).unlink()

    def lives(self, now: float) -> bool:
        """Tell whether somebody is working on it, here or on another machine.

        Parameters
        ----------
        now
            What a file that is written now is dated, where the drafts are: not every machine
            that shares a folder has the same clock.
        """
        mark = self.root / _ALIVE
        try:
            machine, process = mark.read_text(encoding="utf-8").split("\n")
            silent = now - mark.stat().st_mtime
        except (OSError, ValueError):
            return False
        if machine == platform.node() and not _running(process):
            return False
        return abs(silent) < SILENCE  # nobody lives for ever for a clock that jumped

    @property
    def aside(self) -> bool:
        """Whether it was left aside."""
        return (self.root / _ASIDE).exists()

    def leave_aside(self) -> None:
        """Keep it, without offering it first any more."""
        (self.root / _ASIDE).touch()

    def texts(self) -> dict[str, str]:
        """Return what the working files say, by name."""
        return _texts(self.folder)

    def pending(self) -> bool:
        """Tell whether the draft has unsaved changes."""
        return self.texts() != self.origin_texts()

    def drop(self) -> None:
        """Delete the draft."""
        shutil.rmtree(self.root, ignore_errors=True)
        with suppress(OSError):
            self.root.parent.rmdir()  # once it is empty

    def list_folder(self) -> Path | None:
        """Return the folder of its list, for a draft in a temporary folder that names it."""
        try:
            return Path((self.root / _LIST_FILE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    def origin_texts(self) -> dict[str, str]:
        """Return what the files said when the draft was started."""
        return _texts(_only_folder(self.root / _ORIGIN))


def _only_folder(parent: Path) -> Path:
    """Return the folder inside another, where a system may leave files of its own beside it."""
    return next(path for path in parent.iterdir() if path.is_dir() and not is_clutter(path.name))


def left_in(folder: Path, mine: Draft) -> list[Draft]:
    """Return the drafts with unsaved changes of sessions that are over, newest first.

    Unchanged drafts of such sessions are deleted; those not beside their list, of any list.
    """
    now = mine.beat()
    left = [
        draft for draft in _drafts(folder, now) if draft.root != mine.root and _is_left(draft, now)
    ]
    return sorted(left, key=lambda draft: draft.root.name, reverse=True)


def _is_left(draft: Draft, now: float) -> bool:
    """Tell whether a draft that nobody works on has changes; delete it if it has none."""
    if draft.lives(now):
        return False
    try:
        pending = draft.pending()
    except (FileNotFoundError, StopIteration):  # its copies were still being made
        pending = False
    except (OSError, UnicodeDecodeError):
        return False
    if not pending:
        draft.drop()
    return pending


def _drafts(folder: Path, now: float) -> Iterator[Draft]:
    """Yield the drafts of a list, complete or not; clean up temporary ones of other lists."""
    yield from (Draft(root) for root in _draft_folders(folder / DRAFTS))
    own = {_own_folder(), Path(tempfile.gettempdir())}
    for parent in (each for place in own for each in place.glob(f"{ELSEWHERE}*")):
        if not _is_own_folder(parent):
            continue
        _drop_if_empty(parent)
        for root in _draft_folders(parent):
            draft = Draft(root, beside=False)
            if draft.list_folder() == folder.resolve():
                yield draft
            else:
                _is_left(draft, now)


def _drop_if_empty(parent: Path) -> None:
    """Remove the temporary folder of a draft that was never begun, a day later."""
    with suppress(OSError):
        if clock.now().timestamp() - parent.stat().st_mtime > _DAY:
            parent.rmdir()  # raises where anything is in it


def _draft_folders(folder: Path) -> list[Path]:
    try:
        return [root for root in folder.iterdir() if root.is_dir() and _NAME.fullmatch(root.name)]
    except OSError:
        return []


_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}-\d{6}-\d+")


def _is_own_folder(folder: Path) -> bool:
    """Tell whether this user owns the folder: others may create one by that name."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and (os.name != "posix" or status.st_uid == os.getuid())


def _own_folder() -> Path:
    """Return where this user's programs keep what is to outlive a restart of the computer."""
    folder = platformdirs.user_state_path("reperes")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder if os.access(folder, os.W_OK) else Path(tempfile.gettempdir())


def _running(process: str) -> bool:
    """Tell whether a process of this machine runs, as far as one can ask."""
    if os.name != "posix":  # where signal 0 is no question: on Windows it is Ctrl-C
        return True
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is there, and somebody else's
        return True
    return True


def _texts(folder: Path) -> dict[str, str]:
    return {
        file.name: file.read_text(encoding="utf-8-sig")
        for file in files_of(folder)
        if file.parent == folder and file.is_file()
    }
