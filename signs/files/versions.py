"""The versions of a list, told from what each save keeps.

Before a save replaces files, it copies what they said (:mod:`signs.files.backups`). So the list
as it was before a save is, for each file, the copy of that save or the next later one; the
present file where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from signs.files.backups import Save, saves_in
from signs.files.document import UnreadableError, parse, parse_or_empty
from signs.model.sign_list import HEAD, KINDS, file_of
from signs.text.encodings import decode_one_byte

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NAMES = frozenset({HEAD, *(kind.file for kind in KINDS.values())})


class Change(NamedTuple):
    """An entry that differs from one version to another."""

    kind: str
    """As the files call it; the name of the head's file for the head."""
    id: str
    before: dict[str, Any] | None
    """`None` where it was added."""
    after: dict[str, Any] | None
    """`None` where it was removed."""


class Step(NamedTuple):
    """A save, and what the files said before and after it, by name."""

    save: Save
    before: dict[str, str]
    after: dict[str, str]


class Versions:
    """The versions of the list in a folder: version `n` is the list before the save `n`.

    The present list is the last one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.saves = saves_in(folder)
        """Oldest first."""

    def texts(self, index: int) -> dict[str, str]:
        """Return what the files of a version say, by name.

        Raises
        ------
        OSError
            When a copy, or a file, cannot be read.
        """
        paths = self._present()
        for save in reversed(self.saves[index:]):
            paths = _before(save, paths)
        return {name: _read(path) for name, path in sorted(paths.items())}

    def steps(self) -> Iterator[Step]:
        """Yield the saves that changed something, newest first; each file is read once.

        Raises
        ------
        OSError
            When a copy, or a file, cannot be read.
        """
        paths = self._present()
        after = {name: _read(path) for name, path in paths.items()}
        for save in reversed(self.saves):
            earlier = _before(save, paths)
            before = {
                name: after[name] if path == paths.get(name) else _read(path)
                for name, path in earlier.items()
            }
            if before != after:  # a save may have been killed once its copies were made
                yield Step(save, before, after)
            paths, after = earlier, before

    def _present(self) -> dict[str, Path]:
        return {path.name: path for path in self._folder.glob("*.toml") if path.name in _NAMES}


def _before(save: Save, paths: Mapping[str, Path]) -> dict[str, Path]:
    """Return where the files stand that the list had before a save, from those it had after."""
    files = paths if save.files is None else save.files
    known = {**paths, **save.copies}
    return {name: path for name, path in known.items() if name in {*files, *save.copies} & _NAMES}


def as_it_was(now: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Return the texts to write for a list to be as it was: files it had not are emptied."""
    return {name: then.get(name, "") for name in {**now, **then}}


def damaged_in(then: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    """Return the name of a file that cannot be read in a version, though it can be by now."""
    return next(
        (
            name
            for name, text in then.items()
            if not _is_readable(text) and _is_readable(now.get(name, ""))
        ),
        None,
    )


def _is_readable(text: str) -> bool:
    try:
        parse(text)
    except UnreadableError:
        return False
    return True


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Return the entries that differ between two versions, in the order of the files."""
    found = []
    for kind in (HEAD, *KINDS):
        name = file_of(kind)
        if before.get(name) == after.get(name):
            continue
        was, is_ = _differing(kind, before.get(name, ""), after.get(name, ""))
        found += [
            Change(kind, id_, was.get(id_), is_.get(id_))
            for id_ in {**was, **is_}
            if was.get(id_) != is_.get(id_)
        ]
    return found


def _differing(kind: str, before: str, after: str) -> list[dict[str, dict[str, Any]]]:
    """Return the entries of two texts, by id, without most of those that both have alike.

    Only the blocks from the first to the last line that differs are parsed: long lists have many
    versions. Where such a part cannot be read by itself, as when it begins inside a text, all is.
    """
    try:
        return [_entries(kind, parse(part)) for part in _middles(before, after)]
    except UnreadableError:
        return [_entries(kind, parse_or_empty(text)) for text in (before, after)]


def _middles(before: str, after: str) -> tuple[str, str]:
    """Cut the blocks that two texts begin and end with in common."""
    lines, others = before.splitlines(keepends=True), after.splitlines(keepends=True)
    shortest = min(len(lines), len(others))
    same = next((n for n in range(shortest) if lines[n] != others[n]), shortest)
    start = next((n for n in range(min(same, shortest - 1), -1, -1) if _opens(lines[n])), 0)
    if not (start < len(lines) and start < len(others) and _opens(others[start])):
        start = 0
    longest = shortest - start
    end = next((n for n in range(longest) if lines[-1 - n] != others[-1 - n]), longest)
    end = next((n for n in range(end, 0, -1) if _opens(lines[-n])), 0)
    return "".join(lines[start : len(lines) - end]), "".join(others[start : len(others) - end])


def _opens(line: str) -> bool:
    """Tell whether a line begins a block."""
    return line.startswith("[[")


def _entries(kind: str, content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    if kind == HEAD:
        return {"": {key: value for key, value in content.items() if key not in KINDS}}
    raws = content.get(kind, [])
    return {str(raw.get("id", "")): raw for raw in raws if isinstance(raw, dict)}


def _read(path: Path) -> str:
    """Return a text; one that was not in UTF-8, and so could not be served, as it was written."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode_one_byte(raw)
    return text.replace("\r\n", "\n")
