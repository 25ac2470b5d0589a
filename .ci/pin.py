"""Pin every dependency: resolve afresh, then write constraints.txt and pyproject.toml alike.

Run it with `uv run .ci/pin.py` when dependencies are to be brought up to date. It writes no
address and keeps no lock file; `tests/repository/test_setup.py` holds the two copies equal.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import tomlkit

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Resolve for all systems, all extras and all groups, and write what came out."""
    project = ROOT / "pyproject.toml"
    write_constraints(project, [])
    uv("lock", "--upgrade")
    pins = uv(
        "export",
        *("--frozen", "--all-extras", "--all-groups", "--no-emit-project"),
        *("--no-hashes", "--no-annotate", "--no-header"),
    ).splitlines()
    (ROOT / "constraints.txt").write_text("\n".join(pins) + "\n", encoding="utf-8")
    write_constraints(project, pins)


def write_constraints(project: Path, pins: list[str]) -> None:
    """Replace `[tool.uv] constraint-dependencies`, and touch nothing else."""
    document = tomlkit.parse(project.read_text(encoding="utf-8"))
    array = tomlkit.array()
    array.extend(pins)
    document["tool"]["uv"]["constraint-dependencies"] = array.multiline(multiline=True)  # type: ignore[index]
    project.write_text(tomlkit.dumps(document), encoding="utf-8")


def uv(*arguments: str) -> str:
    """Run uv here and return what it printed."""
    return subprocess.run(
        ["uv", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


if __name__ == "__main__":
    main()
