"""Kills a process that saves two files, at random moments, and says what they say each time.

Run as `python -m tests.signs.crash FILE TIMES`: prints `old` or `new` for each, or what it
found instead, once whoever reads the list next has completed the save. It goes on past TIMES
until it met both. One process imports everything once and forks the ones it kills.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from signs.files.save import OpenFile, complete_save, save_all

OLD, NEW = "ancien = 1\n" * 4000, "nouveau = 2\n" * 5000


def files_of(path: Path) -> list[Path]:
    """Return the files that are saved together."""
    return [path, path.with_name("conseils.toml")]


def _save_for_ever(path: Path) -> None:
    while True:
        for text in (NEW, OLD):
            opened = [OpenFile.open(each) for each in files_of(path)]
            for each in opened:
                each.text = text
            save_all(opened)


def main(path: Path, times: int) -> None:
    """Fork, kill, look; again, and as long as only one text was met: it was killed too early."""
    picker = random.Random(times)
    longest, met, count = 0.03, set[str](), 0
    while count < times or (len(met) < 2 and count < 20 * times):
        count += 1
        if count % 20 == 0 and len(met) < 2:  # a busy machine takes longer to begin
            longest = min(2 * longest, 1.0)
        child = os.fork()
        if not child:
            _save_for_ever(path)
        time.sleep(picker.uniform(0, longest))  # the moment is what is tried: nothing is waited for
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        complete_save(path.parent)
        texts = {each.read_text(encoding="utf-8") for each in files_of(path)}
        text = texts.pop() if len(texts) == 1 else "a file of each"
        met.add(text)
        print({OLD: "old", NEW: "new"}.get(text, repr(text[:60])), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
