"""Whatever happens to a file: no traceback, no invalid list accepted, a line for each problem."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import signs
from tests.signs.corruption import damage, objection_to, with_school


@pytest.mark.parametrize("seed", range(3))
def test_random_damages_are_told_or_harm_nothing(list_folder: Path, seed: int) -> None:
    school = with_school(list_folder)
    picker = random.Random(seed)
    for number in range(25):
        how, file, before = damage(list_folder, picker)
        objection = objection_to(list_folder, signs.inspect(list_folder, school))
        assert objection is None, (
            f"{how} in {file.name} (seed {seed}, number {number}): {objection}"
        )
        file.write_bytes(before)
