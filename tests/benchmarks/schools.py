"""How long, how large and how regular the site of many schools is.

    uv run python -m tests.benchmarks.schools [10 100 1000 10000]

Prints a table; every figure is of this run, on this machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import REPERES

SCHOOL = """\
format = 1
etablissement = "{kind} numéro {number}"
commune = "Ville {town}"
genre = "{genre}"
statut = "{status}"

[[contact]]
role = "direction"
telephone = "01 99 00 {high:02} {low:02}"

[[contact]]
role = "infirmerie"
lieu = "Bâtiment {town}"

[[contact]]
role = "crip"
telephone = "01 99 00 56 78"
"""
KINDS = (("École", "ecole"), ("Collège", "college"), ("Lycée", "lycee"))


def write_schools(folder: Path, count: int) -> None:
    """Write the files of made-up schools."""
    folder.mkdir()
    for number in range(count):
        kind, genre = KINDS[number % 3]
        text = SCHOOL.format(
            kind=kind,
            genre=genre,
            status="prive" if number % 5 == 0 else "public",
            number=number,
            town=number % 400,
            high=number // 100 % 100,
            low=number % 100,
        )
        (folder / f"075{number:04}A.toml").write_text(text, encoding="utf-8")


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """Measure and print."""
    counts = [int(each) for each in sys.argv[1:]] or [10, 100, 1_000, 10_000]
    print("| schools | time | size of the site |")
    print("| ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as temp:
            folder, site = Path(temp) / "ecoles", Path(temp) / "site"
            write_schools(folder, count)
            began = time.monotonic()
            subprocess.run(
                [REPERES, "exporter", "--ecoles", folder, "-o", site],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            took = time.monotonic() - began
            print(f"| {count:,} | {took:.1f} s | {size_of(site) / 1e6:.1f} MB |", flush=True)


if __name__ == "__main__":
    main()
