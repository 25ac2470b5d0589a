"""Every command that the documents give is run, or says where it is."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import typer

from signs.loading import SHIPPED
from tests.conftest import REPERES, ROOT, lacking, serving
from widgets.cli import app

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ELSEWHERE = {
    "uv run jupyter lab notebooks/reperer.ipynb": "tests/browser/test_jupyterlab.py",
    "uv run voila notebooks/reperer.ipynb": "tests/browser/test_plain_voila.py",
}
"""Commands that a test of their own runs."""
NOT_HERE = {
    ".ci/run": "it runs the tests, this one among them",
    ".ci/javascript": "a step of .ci/run, which downloads what it needs",
    "uv run .ci/pin.py": "it asks for the newest versions and rewrites the pins; weekly",
    "uv run python -m tests.benchmarks.first_click": "minutes of measuring, on a quiet machine",
    "uv run python -m tests.benchmarks.lists": "minutes of damages and kills; a test runs some",
    "uv run python -m tests.benchmarks.fuzz 20000 1": "minutes of damage; a test does some",
    "uv run python -m tests.benchmarks.keystroke": "minutes of measuring, on a quiet machine",
    "uv run python -m tests.benchmarks.load": "minutes of measuring, on a quiet machine",
    "uv run python -m tests.benchmarks.replicas": "minutes of measuring, on a quiet machine",
    "podman build -f deploiement/Containerfile -t reperes .": "it downloads an image",
    (
        "podman run --rm --read-only --tmpfs /tmp:mode=1777,size=64m -p 127.0.0.1:8866:8866 reperes"
    ): "it needs that image",
}
"""Commands that no test runs: why."""


def _commands() -> Iterator[str]:
    """Yield each command that stands in a block to copy."""
    blocks = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
    for file in DOCUMENTS:
        for block in blocks.findall(file.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if command := re.sub(r"\s+#.*", "", line.removeprefix("$ ")).strip():
                    yield command


COMMANDS = list(dict.fromkeys(_commands()))


def _mentions() -> Iterator[str]:
    """Yield each command that stands in a sentence or a table."""
    for file in DOCUMENTS:
        prose = re.sub(r"^```.*?^```", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for code in re.findall(r"`([^`\n]+)`", prose):
            if code.startswith(("reperes ", "uv run ", "jupyter ", "voila ")):
                yield code


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the documents say one has: a list of one's own."""
    folder = tmp_path_factory.mktemp("bureau")
    shutil.copytree(SHIPPED / "sextorsion", folder / "ma-liste")
    return folder


def _words(command: str) -> list[str]:
    """Return a command as it is run here, where the project is set up already."""
    words = shlex.split(command)
    words = words[2:] if words[:2] == ["uv", "run"] else words
    return [_program(words[0]) or words[0], *words[1:]]


def _program(name: str) -> str | None:
    """Return a command of the environment that runs the tests, whatever a system adds to names."""
    return str(REPERES) if name == "reperes" else shutil.which(name, path=str(REPERES.parent))


SET_UP = "pip install uv && "


@cache
def _served_by(words: tuple[str, ...], desk: Path) -> str:
    """Return the page that such a server shows; the same one, said twice, is started once."""
    with serving(*words, cwd=desk) as server:
        return server.page()


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in ELSEWHERE | NOT_HERE])
def test_a_command_to_copy_does_what_it_says(command: str, desk: Path) -> None:
    for part in command.removeprefix(SET_UP).split(" && "):
        words = _words(part)
        if words[0] == str(REPERES) and _subcommands().isdisjoint(words):
            given = tuple(word for word in words[1:] if word != "--sans-navigateur")
            assert "reperes-board" in _served_by(given, desk)
            continue
        if Path(words[0]).name == "pytest":  # this very run is one
            _check_tests(words[1:])
            continue
        if words[1:2] == ["format"]:
            words.append("--check")  # a test rewrites nothing
        if not shutil.which(words[0]):
            lacking(words[0], "voir le README")
        where = desk if words[0] == str(REPERES) else ROOT
        ran = subprocess.run(words, cwd=where, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]


def _check_tests(words: list[str]) -> None:
    """See that pytest would find what it is asked for: files that are there, known markers."""
    files = [word for word in words if word.startswith("tests/")]
    assert all((ROOT / file).exists() for file in files)
    options = [word for word in words if word not in files]
    assert options in ([], ["-m", "not browser"]), "a new option: see that pytest knows it"
    markers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    assert [line.partition(":")[0] for line in markers["ini_options"]["markers"]] == ["browser"]


def test_uv_is_all_one_installs_by_hand() -> None:
    assert [command for command in COMMANDS if "pip " in command] == [f"{SET_UP}uv run reperes"]


@pytest.mark.parametrize("command", ELSEWHERE | NOT_HERE)
def test_no_excuse_outlives_its_command(command: str) -> None:
    assert command in COMMANDS or command in _mentions()
    if (place := ELSEWHERE.get(command)) is not None:
        assert (ROOT / place).exists()


def _subcommands() -> set[str]:
    return {str(command.name) for command in app.registered_commands}


@pytest.mark.parametrize("mention", sorted({*_mentions()}))
def test_what_a_sentence_names_exists(mention: str) -> None:
    words = mention.removeprefix("uv run ").split()
    if words[0] != "reperes":
        assert (ROOT / words[0]).exists() or _program(words[0])
        return
    group = typer.main.get_command(app)
    command = group
    if len(words) > 1 and words[1][0].isalpha():
        command = group.get_command(None, words[1])  # type: ignore[attr-defined, arg-type]
        assert command is not None, f"no such command: {words[1]}"
    known = set(chain.from_iterable(parameter.opts for parameter in command.params))
    options = {word for word in words[1:] if re.fullmatch(r"--?[a-z][a-z-]*", word)}
    assert options <= known | {"--help"}
