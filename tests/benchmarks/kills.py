"""How often a save that is killed leaves a list half old and half new: never, is the goal.

Run it with `uv run python -m tests.benchmarks.kills`; it kills 300 saves of two files at random
moments, and prints how often the old texts, the new ones or anything else was found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT
from tests.signs.crash import OLD, files_of

KILLS = 300


def main() -> None:
    """Kill, count, print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signes.toml"
        for each in files_of(path):
            each.write_text(OLD, encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-m", "tests.signs.crash", path, str(KILLS)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    for what, times in Counter(ran.stdout.splitlines()).most_common():
        print(f"{times:4} {what}")


if __name__ == "__main__":
    main()
