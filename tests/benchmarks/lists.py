"""How fast lists are verified and read, and that nothing done to a file is lost or unsaid.

    uv run python -m tests.benchmarks.lists [--dommages 5000] [--coups 300]

Prints a table; every figure is of this run, on this machine.
"""

from __future__ import annotations

import argparse
import collections
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import signs
from signs.loading.loader import SHIPPED
from tests.conftest import REPERES, ROOT
from tests.signs.corruption import damage, objection_to, with_school
from tests.signs.crash import OLD, files_of

SIGN = """
[[signe]]
id = "signe-{n}"
famille = "physique"
libelle = "Ce que l'on remarque, numéro {n}"
autres_causes = "Une fatigue, un souci, un bruit."
source = "guide"
section = "x"
comme = "sommeil"
"""


def verifying(times: int = 15) -> None:
    """Print how long `reperes verifier` takes, start included."""
    for name, arguments in (("verifier", ["verifier"]), ("orienter", ["orienter", "confidence"])):
        took = []
        for _ in range(times):
            start = time.perf_counter()
            subprocess.run([REPERES, *arguments], stdout=subprocess.DEVNULL, check=True)
            took.append(time.perf_counter() - start)
        print(f"reperes {name}: median {statistics.median(took):.3f} s, best {min(took):.3f} s")


def loading() -> None:
    """Print how load time grows with the number of signs."""
    for count in (100, 1_000, 10_000):
        with tempfile.TemporaryDirectory() as temp:
            folder = Path(shutil.copytree(SHIPPED / "sextorsion", Path(temp) / "liste"))
            with (folder / "signes.toml").open("a", encoding="utf-8") as file:
                file.writelines(SIGN.format(n=n) for n in range(count))
            took = []
            for again in range(3):
                with (folder / "signes.toml").open("a", encoding="utf-8") as file:
                    file.write(f"# {again}\n")  # what was read before would not be read again
                start = time.perf_counter()
                signs.load(folder)
                took.append(time.perf_counter() - start)
            best = min(took)
            print(f"{count:6} more signs: {best:.3f} s ({best / count * 1e6:.0f} µs a sign)")


def damaging(times: int) -> None:
    """Damage a list again and again; print what the verifier made of it."""
    picker = random.Random(times)
    counts: collections.Counter[str] = collections.Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(shutil.copytree(SHIPPED / "sextorsion", Path(temp) / "liste"))
        school = with_school(folder)
        for _ in range(times):
            how, file, before = damage(folder, picker)
            start = time.perf_counter()
            try:
                inspection = signs.inspect(folder, school)
                wrong = objection_to(folder, inspection)
                counts["refused" if inspection.sign_list is None else "valid"] += 1
            except Exception as error:
                wrong = f"traceback: {error!r}"
            slowest = max(slowest, time.perf_counter() - start)
            if wrong:
                counts["WRONG"] += 1
                print(f"{how} in {file.name}: {wrong}")
            file.write_bytes(before)
    print(f"{times} damages: {dict(counts)}; slowest {slowest:.2f} s; wrong: {counts['WRONG']}")


def killing(times: int) -> None:
    """Kill a save at random moments; print what the file said then."""
    with tempfile.TemporaryDirectory() as temp:
        file = Path(temp) / "signes.toml"
        for each in files_of(file):
            each.write_text(OLD, encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-m", "tests.signs.crash", file, str(times)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    found = dict(collections.Counter(ran.stdout.splitlines()))
    print(f"killed {times} times while saving two files: {found}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--dommages", type=int, default=5_000)
    parser.add_argument("--coups", type=int, default=300)
    asked = parser.parse_args()
    verifying()
    loading()
    killing(asked.coups)
    damaging(asked.dommages)
