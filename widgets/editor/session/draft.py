"""The draft beside a list: the working files as they are at each moment, on disk.

The folder is a list of its own, which the verifier reads like any other, so that what is
checked is what would be found after a crash. Each editing session has its own; those that
were left with something unsaved are offered back.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from signs.files.file_names import is_clutter
from signs.files.save import OpenFile, atomic_write
from signs.loading.loader import Choice, files_of, take_snapshot
from signs.text import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAFTS = ".brouillons"
"""The folder of the drafts, in that of their list."""
ELSEWHERE = "reperes-brouillon-"
"""Prefix of the temporary folder of a draft, where the list's folder is read-only."""
_WORKING, _ORIGIN = "texte", "origine"
_LIST_FILE = "liste"
"""In a draft in a temporary folder: the file that names its list."""
_DATE_FORMAT = "%Y-%m-%d-%H%M%S-%f"
_MAX_SESSION = timedelta(days=1)
"""How long an unchanged draft stays, where a running session cannot be detected."""


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
        name = f"{clock.now().strftime(_DATE_FORMAT)}-{os.getpid()}"
        root, beside = folder / DRAFTS / name, True
        try:
            root.mkdir(parents=True)
        except OSError:
            root, beside = Path(tempfile.mkdtemp(prefix=ELSEWHERE), name), False
            root.mkdir()
            (root / _LIST_FILE).write_text(str(folder.resolve()), encoding="utf-8")
        for part in (_WORKING, _ORIGIN):
            take_snapshot(Choice(folder), root / part)
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

    def texts(self) -> dict[str, str]:
        """Return what the working files say, by name."""
        return _texts(self.folder)

    def pending(self) -> bool:
        """Tell whether the draft has unsaved changes."""
        return self.texts() != self._origin_texts()

    def opened(self, folder: Path) -> dict[str, OpenFile]:
        """Return the files being edited, with their original and their current text.

        Saving one detects whether the list was changed by somebody else in between.
        """
        files = {}
        origin = _only_folder(self.root / _ORIGIN)
        for name, text in self.texts().items():
            file = OpenFile.open(origin / name)
            file.path, file.text = (folder / name).resolve(), text
            files[name] = file
        return files

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

    def _origin_texts(self) -> dict[str, str]:
        return _texts(_only_folder(self.root / _ORIGIN))


def _only_folder(parent: Path) -> Path:
    """Return the folder inside another, where a system may leave files of its own beside it."""
    return next(path for path in parent.iterdir() if path.is_dir() and not is_clutter(path.name))


def left_in(folder: Path, mine: Draft) -> Draft | None:
    """Return the newest draft with unsaved changes of another session, if any.

    Unchanged drafts of ended sessions are deleted; in temporary folders, those of any list.
    """
    left = [draft for draft in _drafts(folder) if draft.root != mine.root and _has_changes(draft)]
    return max(left, key=lambda draft: draft.root.name, default=None)


def _has_changes(draft: Draft) -> bool:
    """Tell whether a draft has unsaved changes; delete it if not and its session has ended."""
    try:
        pending = draft.pending()
    except (FileNotFoundError, StopIteration):  # its copies were still being made
        pending = False
    except (OSError, UnicodeDecodeError):
        return False
    if not pending and not _running(draft):
        draft.drop()
    return pending


def _drafts(folder: Path) -> Iterator[Draft]:
    """Yield the drafts of a list, complete or not; clean up temporary ones of other lists."""
    yield from (Draft(root) for root in _draft_folders(folder / DRAFTS))
    for parent in Path(tempfile.gettempdir()).glob(f"{ELSEWHERE}*"):
        for root in _draft_folders(parent) if _is_own_folder(parent) else ():
            draft = Draft(root, beside=False)
            if draft.list_folder() == folder.resolve():
                yield draft
            else:
                _has_changes(draft)


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


def _running(draft: Draft) -> bool:
    if os.name != "posix":  # where signal 0 is no question: on Windows it is Ctrl-C
        return clock.now() - draft.date < _MAX_SESSION
    try:
        os.kill(int(draft.root.name.rpartition("-")[2]), 0)
    except (ValueError, ProcessLookupError):
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
