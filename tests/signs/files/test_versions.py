"""The versions of a list, from the copies that each save keeps."""

from __future__ import annotations

import random
from pathlib import Path

import time_machine

from signs.files.backups import KEPT_FOR, MIN_SAVES
from signs.files.save import OpenFile, save_all
from signs.files.versions import Versions, changes_between

FILES = ("conseils.toml", "signes.toml", "lexique.toml")


def _save(folder: Path, texts: dict[str, str], author: str = "") -> None:
    files = []
    for name, text in texts.items():
        path = folder / name
        file = OpenFile.open(path) if path.exists() else OpenFile(path, "", "", b"")
        file.text = text
        files.append(file)
    save_all(files, author=author)


def _on_disk(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}


def test_each_version_says_what_the_list_said_whatever_the_clocks_say(tmp_path: Path) -> None:
    """Saves of some files, new files, files that are deleted; a clock that goes back and forth."""
    picker = random.Random(7)
    seen = [_on_disk(tmp_path)]
    hours = [0, 1, -1, 3, -2, 9000, -9000, 0.5]  # the hour that comes twice, and two machines
    with time_machine.travel("2026-10-25T02:30+02:00", tick=True) as clock_:
        for number in range(24):
            clock_.shift(3600 * picker.choice(hours))
            names = picker.sample(FILES, picker.randint(1, 3))
            _save(tmp_path, dict.fromkeys(names, f"version = {number}\n"), f"P{number}")
            seen.append(_on_disk(tmp_path))
    versions = Versions(tmp_path)
    assert [save.author for save in versions.saves] == [f"P{number}" for number in range(24)]
    assert [versions.texts(index) for index in range(25)] == seen
    steps = [*versions.steps()]
    assert [step.before for step in steps] == seen[-2::-1]
    assert [step.after for step in steps] == seen[:0:-1]


def test_what_is_left_of_old_saves_is_whole_versions(tmp_path: Path) -> None:
    """A year later the oldest go, each with all its files; those that stay say what they said."""
    seen = []
    with time_machine.travel("2026-01-15T12:00+01:00") as clock_:
        for number in range(MIN_SAVES + 6):
            seen.append(_on_disk(tmp_path))
            name = FILES[0] if number % 3 else FILES[1]
            _save(tmp_path, {name: f"version = {number}\n"})
            clock_.shift(60)
        assert len(Versions(tmp_path).saves) == MIN_SAVES + 6
        clock_.shift(KEPT_FOR)
        for number in range(6):
            seen.append(_on_disk(tmp_path))
            _save(tmp_path, {FILES[2]: f"version = {number}\n"})
            clock_.shift(60)
    versions = Versions(tmp_path)
    assert len(versions.saves) == MIN_SAVES
    assert [versions.texts(index) for index in range(MIN_SAVES)] == seen[-MIN_SAVES:]


def test_only_what_differs_is_read_and_all_of_it_is_found() -> None:
    """Entries changed, added, removed and moved anywhere, in texts that look like headings too."""
    picker = random.Random(11)
    words = ["Un mot", "[[signe]]\nid = 'faux'", "# rien", "", "[[famille]]", "=="]

    def written(entries: dict[str, str]) -> str:
        blocks = (
            f"# Avant.\n[[signe]]\nid = \"{id_}\"\nremarque = '''\n{text}\n'''\n"
            for id_, text in entries.items()
        )
        return "\n".join(blocks)

    for _ in range(400):
        before = {f"s{n}": picker.choice(words) for n in range(picker.randint(0, 6))}
        after = {id_: text for id_, text in before.items() if picker.random() < 0.8}
        for id_ in picker.sample([*after], len(after) // 3):
            after[id_] = picker.choice(words)
        if picker.random() < 0.5:
            after[f"n{picker.random()}"] = picker.choice(words)
        if picker.random() < 0.3:
            after = dict(picker.sample([*after.items()], len(after)))
        found = changes_between({"signes.toml": written(before)}, {"signes.toml": written(after)})
        expected = {id_ for id_ in {**before, **after} if before.get(id_) != after.get(id_)}
        assert {change.id for change in found} == expected
