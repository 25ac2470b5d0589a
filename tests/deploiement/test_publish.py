"""A fork publishes its own lists and files: the script that both forges run, run here."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from signs.loading.loader import SHIPPED
from tests.conftest import REPERES, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bash scripts")

# Reading lists takes place; what is written is told, and not done: other tests write pages.
UV = """#!/bin/sh
shift 2
[ "$1" = verifier ] && exec {reperes} "$@"
echo "reperes $*"
"""


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """Return a repository with the script alone, and a `uv` that runs our command."""
    (tmp_path / "deploiement").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "deploiement" / "publier", tmp_path / "deploiement")
    uv = tmp_path / "bin" / "uv"
    uv.write_text(UV.format(reperes=REPERES), encoding="utf-8")
    uv.chmod(0o755)
    return tmp_path


def _run(fork: Path) -> subprocess.CompletedProcess[str]:
    path = f"{fork / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [fork / "deploiement" / "publier", "site"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_in_the_folder_is_read_and_written(fork: Path) -> None:
    assert _run(fork).stdout.splitlines()[-1] == "reperes exporter --tout -o site --remplacer"
    own = fork / "publication"
    shutil.copytree(SHIPPED / "sextorsion", own / "liste")
    academy = own / "academie.toml"
    academy.write_text('format = 1\nacademie = "Versailles"\n', encoding="utf-8")
    done = _run(fork)
    assert done.returncode == 0
    assert "publication/academie.toml" in done.stdout
    assert done.stdout.splitlines()[-1] == (
        "reperes exporter --tout -o site --remplacer --liste=publication/liste "
        "--ecole publication/academie.toml"
    )
    (own / "ecoles").mkdir()
    academy.rename(own / "ecoles" / "academie.toml")
    assert _run(fork).stdout.splitlines()[-1] == (
        "reperes exporter --ecoles publication/ecoles -o site --remplacer --liste=publication/liste"
    )
    shutil.rmtree(own / "ecoles")
    (own / "ecole.toml").write_text('genre = "colege"\n', encoding="utf-8")
    broken = _run(fork)
    assert broken.returncode == 1
    assert "ecole.toml:1" in broken.stdout
    assert "exporter" not in broken.stdout


def test_the_lines_of_the_forge_go_through_where_pages_are_compressed_already(fork: Path) -> None:
    text = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    lines = re.findall(
        r"^    - (.+)$", text.partition("  script:\n")[2].partition("  art")[0], re.MULTILINE
    )
    assert lines[-2] == "deploiement/publier public"
    (fork / "public").mkdir()
    for name in ("index.html", "index.html.gz"):  # as the site of many schools has them
        (fork / "public" / name).write_text(name, encoding="utf-8")
    script = ["bash", "-eo", "pipefail", "-c", lines[-1]]
    done = subprocess.run(script, cwd=fork, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0
    compressed = (fork / "public" / "index.html.gz").read_bytes()
    assert gzip.decompress(compressed) == b"index.html"


@pytest.mark.parametrize("file", [".gitlab-ci.yml", ".github/workflows/publier.yml"])
def test_both_forges_run_that_script(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(r"^ +- (?:run: )?deploiement/publier public$", text, re.MULTILINE)
    assert "publication/" in text
