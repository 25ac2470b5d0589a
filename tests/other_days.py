"""Run the tests that need no browser on another day, and in another time zone.

    uv run python -m tests.other_days                              # the day drawn for this commit
    uv run python -m tests.other_days 2028-02-29T12:00 Indian/Reunion
    uv run python -m tests.other_days --all                        # the hard ones, one by one

The day is drawn by the hash of the tree: the same tree always meets the same day. Whatever the
tests start is shifted with them; files keep the dates that the system gives them.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from signs.text import clock

WARNED = "pytest.PytestAssertRewriteWarning"  # time-machine is imported before pytest
ROOT = Path(__file__).parent.parent
SHIFTED = ROOT / "tests" / "shifted"
SHIFT = "REPERES_TESTS_SHIFT"
"""Environment variable: by how many seconds the clock is shifted."""


class Day(NamedTuple):
    """A moment, by the clocks of some place."""

    at: str
    zone: str

    @property
    def moment(self) -> datetime:
        """The same everywhere."""
        return datetime.fromisoformat(self.at).replace(tzinfo=ZoneInfo(self.zone))


HARD = (
    Day("2026-12-31T23:59:30", "Europe/Paris"),  # across midnight, into another year
    Day("2027-03-28T01:59:30", "Europe/Paris"),  # across the hour that summer time skips
    Day("2027-10-31T02:59:30", "Europe/Paris"),  # across the hour that comes twice
    Day("2027-06-01T12:00", "America/Martinique"),  # past the day the list was to be read again
    Day("2027-11-11T09:30", "Indian/Reunion"),  # a public holiday, a year from here
    Day("2028-02-29T12:00", "Indian/Mayotte"),
    Day("2027-09-02T00:30", "Pacific/Kiritimati"),  # UTC+14
    Day("2027-01-01T23:30", "Pacific/Niue"),  # UTC-11
    Day("2036-11-28T12:00", "Pacific/Noumea"),  # ten years ahead
    Day("2079-05-01T12:00", "UTC"),  # past the holidays that are known
    Day("2020-01-01T12:00", "Europe/Paris"),  # a dead battery
    Day("2009-01-01T00:00", "America/Cayenne"),
)


def drawn() -> Day:
    """Return the day that this tree meets: as often one of the hard ones as any."""
    tree = subprocess.run(
        ["git", "rev-parse", "HEAD^{tree}"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    chance = random.Random(tree)
    if chance.random() < 0.5:
        return chance.choice(HARD)
    at = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(20 * 365 * 24 * 60))
    return Day(f"{at:%Y-%m-%dT%H:%M}", chance.choice(sorted(available_timezones())))


def shifted(day: Day) -> dict[str, str]:
    """Return the environment in which every Python takes it to be that day, in that zone."""
    path = filter(None, (str(SHIFTED), os.environ.get("PYTHONPATH")))
    before = float(os.environ.get(SHIFT, "0"))
    return {
        "PYTHONPATH": os.pathsep.join(path),
        SHIFT: str(before + (day.moment - clock.now()).total_seconds()),
        "TZ": day.zone,
    }


def run(day: Day) -> int:
    """Run the tests on a day; return pytest's status."""
    print(f"== The tests without a browser, on {day.at} in {day.zone}", flush=True)
    command = [sys.executable, "-m", "pytest", "-m", "not browser", f"-Wignore::{WARNED}"]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **shifted(day)}, check=False
    ).returncode


def main() -> None:
    """Run on the day that is named, on the drawn one, or on every hard one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("at", nargs="?", help="such as 2028-02-29T12:00")
    parser.add_argument("zone", nargs="?", default="Europe/Paris", help="such as Indian/Reunion")
    parser.add_argument("--all", action="store_true", help="every hard day, one by one")
    asked = parser.parse_args()
    if asked.all:
        failed = [day for day in HARD if run(day)]
        print(*(f"failed: {day.at} {day.zone}" for day in failed), sep="\n")
        sys.exit(bool(failed))
    sys.exit(run(Day(asked.at, asked.zone) if asked.at else drawn()))


if __name__ == "__main__":
    main()
