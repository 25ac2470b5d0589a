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

from signs.files.save import OpenFile, atomic_write
from signs.loading.loader import Choice, files_of, take_snapshot
from signs.text import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAFTS = ".brouillons"
"""The folder, in that of a list, where its drafts are."""
ELSEWHERE = "reperes-brouillon-"
"""How the name begins, among the temporary ones, of the folder of a draft that found no place."""
_WORKING, _ORIGIN = "texte", "origine"
_WHOSE = "liste"
"""The file that says, in a draft elsewhere, which list it is of."""
_DATED = "%Y-%m-%d-%H%M%S-%f"
_A_SESSION = timedelta(days=1)
"""How long a draft with nothing in it is left alone, where nobody can say who still edits."""


@dataclass(frozen=True)
class Draft:
    """A copy of a list's files, and of what they said when the copy was made."""

    room: Path
    """Its own folder, which holds the two copies."""
    beside: bool = True
    """Whether it stands beside the list; otherwise it goes with the machine's temporary files."""

    @classmethod
    def start(cls, folder: Path) -> Draft:
        """Copy a list to a draft of its own, beside it wherever that can be written."""
        name = f"{clock.now().strftime(_DATED)}-{os.getpid()}"
        room, beside = folder / DRAFTS / name, True
        try:
            room.mkdir(parents=True)
        except OSError:
            room, beside = Path(tempfile.mkdtemp(prefix=ELSEWHERE), name), False
            room.mkdir()
            (room / _WHOSE).write_text(str(folder.resolve()), encoding="utf-8")
        for part in (_WORKING, _ORIGIN):
            take_snapshot(Choice(folder), room / part)
        return cls(room, beside)

    @property
    def folder(self) -> Path:
        """The working files, as a list that can be read."""
        return next((self.room / _WORKING).iterdir())

    @property
    def date(self) -> datetime:
        """When it was begun."""
        return datetime.strptime(self.room.name.rpartition("-")[0], _DATED).astimezone()

    def write(self, name: str, text: str) -> None:
        """Put a file of the draft in place of what it said."""
        atomic_write(self.folder / name, text.encode())

    def texts(self) -> dict[str, str]:
        """Return what the working files say, by name."""
        return _texts(self.folder)

    def pending(self) -> bool:
        """Tell whether it holds something that was not saved."""
        return self.texts() != self._origin_texts()

    def opened(self, folder: Path) -> dict[str, OpenFile]:
        """Return the files as they were being edited: what they said at the start, and now.

        Saving one tells whether the list was changed by somebody else in between.
        """
        files = {}
        origin = next((self.room / _ORIGIN).iterdir())
        for name, text in self.texts().items():
            file = OpenFile.open(origin / name)
            file.path, file.text = (folder / name).resolve(), text
            files[name] = file
        return files

    def drop(self) -> None:
        """Take it away."""
        shutil.rmtree(self.room, ignore_errors=True)
        with suppress(OSError):
            self.room.parent.rmdir()  # once it is empty

    def whose(self) -> Path | None:
        """Return the list it is of, where it is elsewhere and says so."""
        try:
            return Path((self.room / _WHOSE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None

    def _origin_texts(self) -> dict[str, str]:
        return _texts(next((self.room / _ORIGIN).iterdir()))


def left_in(folder: Path, mine: Draft) -> Draft | None:
    """Return the newest draft that another session left with something unsaved, if any.

    Those that hold nothing, and whose session is over, are swept; elsewhere, whatever their list.
    """
    left = [draft for draft in _drafts(folder) if draft.room != mine.room and _holds(draft)]
    return max(left, key=lambda draft: draft.room.name, default=None)


def _holds(draft: Draft) -> bool:
    """Tell whether a draft holds something unsaved; one that does not, and is over, is swept."""
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
    """Yield the drafts of a list, whole or not, and sweep those that others left elsewhere."""
    yield from (Draft(room) for room in _inside(folder / DRAFTS))
    for place in Path(tempfile.gettempdir()).glob(f"{ELSEWHERE}*"):
        for room in _inside(place) if _is_ours(place) else ():
            draft = Draft(room, beside=False)
            if draft.whose() == folder.resolve():
                yield draft
            else:
                _holds(draft)


def _inside(place: Path) -> list[Path]:
    try:
        return [room for room in place.iterdir() if room.is_dir() and _NAME.fullmatch(room.name)]
    except OSError:
        return []


_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}-\d{6}-\d+")


def _is_ours(place: Path) -> bool:
    """Tell whether it is a folder of this very user's: others may make some by that name."""
    try:
        status = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and (os.name != "posix" or status.st_uid == os.getuid())


def _running(draft: Draft) -> bool:
    if os.name != "posix":  # where signal 0 is no question: on Windows it is Ctrl-C
        return clock.now() - draft.date < _A_SESSION
    try:
        os.kill(int(draft.room.name.rpartition("-")[2]), 0)
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
