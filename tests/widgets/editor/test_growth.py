"""What the editor does for a letter grows no faster than the list; nothing here reads a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from tests.benchmarks.editor import answered


def _calls(call: Callable[[], Any]) -> float:
    """Return how many functions are called meanwhile, ours and Python's."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count


def test_every_answer_grows_with_the_list_and_no_faster() -> None:
    """Where every added sign names one that is edited; and what is saved is not checked again."""
    few, more, most = (answered(count, 2, _calls) for count in (35, 70, 140))
    for name, costs in few.items():
        if name != "bonjour":  # the first one reads templates and words
            first, then = more[name][-1] - costs[-1], most[name][-1] - more[name][-1]
            assert then < 2.3 * first, f"{name}: {first} calls for 35 signs, {then} for 70 more"
    assert most["enregistrer"][-1] < most["ecrire"][-1] / 2
