"""How long visitors wait while kernels are killed and frozen at any moment, and lists saved.

Run it with `uv run python -m tests.benchmarks.freezing 60 1` (how many times, and the seed); it
prints what visitors saw, and asserts nothing.
"""

from __future__ import annotations

import statistics
import sys
import time

from tests.widgets.server.freezing import bad_time, freezable


def main() -> None:
    """Give a server of our own a bad time."""
    times, seed = (int(each) for each in (*sys.argv[1:], *("60", "1")[len(sys.argv) - 1 :]))
    with freezable() as it:  # as patient as it is for everybody
        began = time.monotonic()
        seen = bad_time(it, times, seed)
        took = time.monotonic() - began
    print(
        f"{times} kernels killed or frozen in {took:.0f} s (seed {seed}), "
        f"{len(seen.waits)} visits: "
        f"median {statistics.median(seen.waits):.3f} s, longest {max(seen.waits):.2f} s, "
        f"answers {sorted(seen.statuses)}; the last list is shown"
    )


if __name__ == "__main__":
    main()
