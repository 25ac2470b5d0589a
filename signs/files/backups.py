"""What a save keeps of what it replaces: dated copies, and a word on who saved and when.

All that one save keeps has one date, which orders the saves: `signes.DATE.toml` is what that file
said before; `DATE.toml` says who saved, when, and which files the list had. They are plain files,
to be read without us. See :mod:`signs.files.versions`.
"""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from signs.text import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BACKUPS = "copies"
"""Name of the backup folder, beside the files."""
MIN_SAVES = 30
"""Number of saves whose backups are kept, however old."""
KEPT_FOR = timedelta(days=366)
"""How long every backup is kept: saving often must not delete what a file said before."""
DELETED_AT_ONCE = 2
"""Number of saves whose backups one save may delete: a clock years ahead must not take them all."""
_DATE = "%Y-%m-%d-%H%M%S-%f"
_NAME = re.compile(r"(?:(?P<stem>.+)\.)?(?P<date>\d{4}-\d\d-\d\d-\d{6}-\d{6})(?P<suffix>\.\w+)")
_LONGEST_AUTHOR = 60


class Save(NamedTuple):
    """What is kept of one save."""

    date: str
    """The order of the saves, and the name of this one."""
    at: datetime
    author: str
    files: frozenset[str] | None
    """The files that the list had before; `None` where nothing says it."""
    copies: dict[str, Path]
    """What each replaced file said before, by its name."""


def saves_in(folder: Path) -> list[Save]:
    """Return the saves that something is kept of, in a list's folder, oldest first."""
    copies: dict[str, dict[str, Path]] = {}
    records: dict[str, Path] = {}
    for path in (folder / BACKUPS).glob("*.*"):
        if match := _NAME.fullmatch(path.name):
            its = copies.setdefault(match["date"], {})
            if match["stem"]:
                its[match["stem"] + match["suffix"]] = path
            else:
                records[match["date"]] = path
    return [_save(date, copies[date], records.get(date)) for date in sorted(copies)]


def _save(date: str, copies: dict[str, Path], record: Path | None) -> Save:
    try:
        said = tomllib.loads(record.read_text(encoding="utf-8")) if record else {}
    except (OSError, ValueError):  # somebody edited it: what it said is no loss to the texts
        said = {}
    at, files = said.get("le"), said.get("fichiers")
    return Save(
        date,
        at if isinstance(at, datetime) and at.tzinfo else _moment(date).astimezone(),
        str(said.get("par", "")),
        frozenset(map(str, files)) if isinstance(files, list) else None,
        copies,
    )


def _moment(date: str) -> datetime:
    return datetime.strptime(date, _DATE)


def keep(
    folder: Path, before: Mapping[Path, bytes], author: str, write: Callable[[Path, bytes], None]
) -> list[Path]:
    """Keep what a save is about to replace; delete what the oldest saves kept, a year later.

    Parameters
    ----------
    folder
        Of the files.
    before
        What they say; without those that are not there yet.
    author
        Who saves; it may be empty.
    write
        Writes a file, whole or not at all.

    Returns
    -------
    list of Path
        The copies.
    """
    backups, now = folder / BACKUPS, clock.now()
    backups.mkdir(exist_ok=True)
    saves = saves_in(folder)
    date = now.strftime(_DATE)
    if saves and date <= saves[-1].date:  # another machine's clock, or the hour that comes twice
        date = (_moment(saves[-1].date) + timedelta(microseconds=1)).strftime(_DATE)
    copies = []
    for path, content in before.items():
        copies.append(backups / f"{path.stem}.{date}{path.suffix}")
        write(copies[-1], content)
    write(backups / f"{date}.toml", _record(now, author, folder).encode())
    old = [save for save in saves[: -MIN_SAVES + 1] if save.at < now - KEPT_FOR]
    for save in old[:DELETED_AT_ONCE]:
        for path in (*save.copies.values(), backups / f"{save.date}.toml"):
            with suppress(OSError):  # another program's: it is no reason not to save
                path.unlink(missing_ok=True)
    return copies


def _record(now: datetime, author: str, folder: Path) -> str:
    """Return who saves, when, and the files that the list has, as a text that people can read."""
    names = sorted(path.name for path in folder.glob("*.toml"))
    lines = [f"le = {now.isoformat(timespec='seconds')}"]
    if author := plain(author):
        lines.append(f"par = {json.dumps(author, ensure_ascii=False)}")
    lines += ["# La liste avait alors :", f"fichiers = {json.dumps(names, ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"


def plain(author: str) -> str:
    """Return somebody's word on who they are on one short line."""
    printable = "".join(each if each.isprintable() else " " for each in author)
    return " ".join(printable.split())[:_LONGEST_AUTHOR].strip()
