"""On a machine whose clock is wrong by years, the real command still serves and answers."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from signs.text import opening_hours
from tests.conftest import REPERES, serving
from tests.other_days import Day, shifted

WRONG = (
    Day("2009-01-01T03:00", "America/Cayenne"),  # a battery that is dead
    # A week late: before the list was read.
    pytest.param(Day("2026-11-20T10:00", "Europe/Paris"), marks=pytest.mark.extended),
    pytest.param(Day("2044-02-29T23:30", "Pacific/Kiritimati"), marks=pytest.mark.extended),
)


def _there(day: Day) -> dict[str, str]:
    """Return the environment of a machine that takes it to be some other day."""
    return {**shifted(day), "REPERES_DATE": ""}


@pytest.mark.parametrize("day", WRONG, ids=lambda day: day.at)
def test_the_page_is_served_and_every_command_answers(day: Day, tmp_path: Path) -> None:
    """What is open is said for the days of that machine: a browser that is right knows better."""
    there = _there(day)
    with serving(cwd=tmp_path, env=there) as server:
        page = server.page()
    known = set(re.findall(r'data-ouvertures="(\d+),\d+\|', page))
    assert known == {str(opening_hours.midnight(opening_hours.local(day.moment).date()))}
    for asked in (["orienter", "danger-suicide"], ["verifier"], ["exporter", "-o", "page.html"]):
        ran = subprocess.run(
            [REPERES, *asked],
            cwd=tmp_path,
            env={**os.environ, **there},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, (asked, ran.stdout + ran.stderr)
        assert "erreur" not in ran.stdout


def test_a_machine_that_is_shifted_really_is() -> None:
    """Else nothing above would prove anything."""
    there = _there(WRONG[0])
    ran = subprocess.run(
        ["python", "-c", "import datetime; print(datetime.datetime.now().isoformat())"],
        env={**os.environ, **there, "PATH": f"{REPERES.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith("2009-01-01")
