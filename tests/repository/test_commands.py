"""Every command that the documents give is run, or says where it is."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from signs.loading.loader import SHIPPED
from tests.conftest import REPERES, ROOT, Run, Served
from tests.started import filled
from widgets.cli.main import app
from widgets.workshop import Workshop

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ELSEWHERE = {
    "jupyter lab notebooks/reperer.ipynb": ("tests/browser/test_jupyterlab.py", '"jupyter", "lab"'),
    "jupyter nbconvert --config notebooks/nbconvert.json --to html notebooks/reperer.ipynb": (
        "tests/browser/test_converted.py",
        '"nbconvert", "--config", settings, "--to", "html"',
    ),
    "jupyter nbconvert --to reperes notebooks/reperer.ipynb": (
        "tests/widgets/page/test_exporter.py",
        '"nbconvert", "--to", "reperes"',
    ),
    "python -m http.server": ("tests/benchmarks/first_click.py", '"http.server"'),
    "reperes --ecole ecole.toml": ("tests/browser/test_print.py", '"--ecole", "ecole.toml"'),
    "reperes --ecoles DOSSIER": ("tests/widgets/server/test_schools.py", 'serving("--ecoles"'),
    "reperes --formateur": ("tests/browser/editor/driver.py", '"--formateur"'),
    "reperes --liste ma-liste": ("tests/widgets/server/test_cached_app.py", 'home("--liste"'),
    "reperes --liste sextorsion --liste ma-liste": (
        "tests/widgets/server/test_lists.py",
        'serving("--liste", "sextorsion", "--liste"',
    ),
    "reperes atelier": ("tests/browser/test_workshop_in_jupyterlab.py", '"atelier"'),
    "reperes exporter --page atelier": ("tests/conftest.py", '"reperes", "--tout"'),
    "reperes exporter --page atelier --scorm -o atelier.zip": (
        "tests/browser/test_scorm.py",
        '"--page", "atelier", "--scorm"',
    ),
    "reperes exporter --page carnet-formateur": ("tests/conftest.py", '"reperes", "--tout"'),
    "reperes exporter --tout": ("tests/conftest.py", '"reperes", "--tout"'),
    "reperes exporter --tout -o pages": ("tests/conftest.py", '"reperes", "--tout"'),
    "reperes exporter --tout -o reperes": ("tests/conftest.py", '"reperes", "--tout"'),
    "reperes exporter -o page.html": ("tests/conftest.py", '"page.html"'),
    "reperes formateur": ("tests/browser/editor/driver.py", '"formateur"'),
    "reperes nouvelle-ecole --annuaire annuaire.csv --departement 78 -o ecoles": (
        "tests/signs/files/test_directory.py",
        '"nouvelle-ecole", "--annuaire"',
    ),
    "reperes nouvelle-ecole --annuaire annuaire.csv --uai 0783774D": (
        "tests/signs/files/test_directory.py",
        '"--annuaire", "annuaire.csv", "--uai"',
    ),
    "voila notebooks/reperer.ipynb": ("tests/browser/test_plain_voila.py", '"voila",'),
}
"""Commands that a test of their own runs: which, with words that stand there."""
NOT_HERE = {
    ".ci/html": "a step of .ci/run, which downloads what it needs",
    ".ci/installed": "a step of .ci/run",
    ".ci/javascript": "a step of .ci/run, which downloads what it needs",
    ".ci/lint": "a step of .ci/run; what it starts that a document names is run by itself",
    ".ci/pin.py": "it asks for the newest versions and rewrites the pins; weekly",
    ".ci/run": "it runs the tests, this one among them",
    "pipx install uv": "it changes the machine",
    "podman build --format docker -f deploiement/Containerfile -t reperes .": "it downloads",
    (
        "podman run --rm --read-only --tmpfs /tmp:mode=1777,size=64m -p 127.0.0.1:8866:8866 reperes"
    ): "it needs that image",
    "python3 .ci/container.py": "minutes, as root, with buildah and debootstrap",
    "python -m tests.benchmarks.first_click": "minutes of measuring, on a quiet machine",
    "python -m tests.benchmarks.first_click --goals": "the same, of our page and a bare form",
    "python -m tests.benchmarks.fuzz 20000 1": "minutes of damage; a test does some",
    "python -m tests.benchmarks.freezing 60 1": "minutes of freezing; a test does some",
    "python -m tests.benchmarks.editor": "minutes of measuring, on a quiet machine",
    "python -m tests.benchmarks.jupyterlite": "it downloads, and takes minutes",
    "python -m tests.benchmarks.keystroke": "minutes of measuring, on a quiet machine",
    "python -m tests.benchmarks.lists": "minutes of damages and kills; a test runs some",
    "python -m tests.benchmarks.load": "minutes of measuring, on a quiet machine",
    "python -m tests.benchmarks.replicas": "minutes of measuring, on a quiet machine",
    "python -m tests.benchmarks.back": "minutes of two browsers",
    "python -m tests.benchmarks.traces --browser chromium --home served --end close": (
        "minutes of one browser; a test does some"
    ),
    "python -m tests.benchmarks.traces": "minutes of two browsers; a test does some",
    "python -m tests.benchmarks.schools": "minutes of measuring, on a quiet machine",
    "python -m tests.other_days --all": "every test, on every hard day; .ci/run runs one",
    "python -m tests.other_days 2028-02-29T12:00 Indian/Reunion": "the same, for one day",
    "python -m tests.captures": "it takes the pictures again; each machine's fonts differ",
    "uv build": "a step of .ci/installed",
    "uv tool install --constraints constraints.txt .": "it changes the machine; see .ci/installed",
}
"""Commands that no test runs: why."""
FOR_EXAMPLE = {
    "AVANT": "sextorsion",
    "APRÈS": "ma-liste",
    "CHEMIN": "autre-liste",
    "ID…": "sommeil",
    "[CHEMIN]": "ma-liste",
}
"""What somebody might write in place of what a document leaves open."""
PROGRAMS = {
    *("bash", "brew", "cd", "conda", "curl", "docker", "git", "haproxy", "jupyter", "kubectl"),
    *("make", "mypy", "nginx", "npm", "npx", "pip", "pipx", "podman", "py", "pytest", "python"),
    *("python3", "reperes", "ruff", "sh", "sudo", "systemctl", "uv", "uvx", "voila"),
}
"""What a command may begin with."""
SET_UP = "pip install uv"


def _without_uv(command: str) -> str:
    """Return a command as it is run here, where the project is set up already."""
    return re.sub(r"^((?:[A-Z_]+=\S+ )*)uv run ", r"\1", command)


def _in_blocks() -> Iterator[str]:
    """Yield each command that stands in a block to copy, each part of it by itself."""
    blocks = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
    for file in DOCUMENTS:
        for block in blocks.findall(file.read_text(encoding="utf-8")):
            for line in block.splitlines():
                command = re.sub(r"\s+#.*", "", line.removeprefix("$ ")).strip()
                yield from filter(None, command.split(" && "))


def _code_in_prose() -> Iterator[str]:
    """Yield what stands between ` and ` in sentences and tables."""
    for file in DOCUMENTS:
        prose = re.sub(r"^```.*?^```", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        yield from re.findall(r"`([^`\n]+)`", prose)


def _is_command(code: str) -> bool:
    """Tell a command from a name, a key or a path; a program named alone is none."""
    first, _, rest = re.sub(r"^(?:[A-Z_]+=\S+ )+", "", code).partition(" ")
    if first.startswith(".ci/"):
        return first != ".ci/"
    return first in PROGRAMS and bool(rest) and code != "uv run"


CODE = sorted({*_code_in_prose()})
COMMANDS = sorted({_without_uv(each) for each in [*_in_blocks(), *filter(_is_command, CODE)]})
RUN_HERE = [each for each in COMMANDS if each not in {SET_UP} | ELSEWHERE.keys() | NOT_HERE.keys()]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the documents say one has: a list of one's own."""
    folder = tmp_path_factory.mktemp("bureau")
    shutil.copytree(SHIPPED / "sextorsion", folder / "ma-liste")
    return folder


@pytest.mark.parametrize("written", RUN_HERE)
def test_a_command_does_what_it_says(
    written: str, desk: Path, served: Served, command: Run
) -> None:
    asked, _, to = written.partition(" > ")
    name, *words = [FOR_EXAMPLE.get(word, word) for word in shlex.split(asked)]
    while "=" in name:  # a variable: read by what follows
        name, *words = words
    if name == "pytest":  # this very run is one
        _check_tests(words)
    elif name != "reperes":
        if words[:1] == ["format"]:
            words.append("--check")  # a test rewrites nothing
        program = shutil.which(name, path=str(REPERES.parent))
        assert program, f"{name} is not of this environment: say above why nobody runs it here"
        ran = subprocess.run([program, *words], cwd=ROOT, capture_output=True, check=False)
        assert ran.returncode == 0, (ran.stdout + ran.stderr).decode(errors="replace")[-2000:]
    elif words in ([], ["--sans-navigateur"]):  # which is how the tests serve
        assert "reperes-board" in served.page()
    else:
        if words[0] == "nouvelle-liste":
            shutil.rmtree(desk / words[-1], ignore_errors=True)
        if words[-2:-1] == ["-o"]:  # written by another document already
            (desk / words[-1]).unlink(missing_ok=True)
        said = command(*words, cwd=desk)
        assert said.returncode == 0, said.stdout[-2000:] + said.stderr[-2000:]
        if words[0] == "nouvelle-liste":
            filled(*(desk / words[-1]).glob("*.toml"))
        if to:
            assert json.loads(said.stdout) == json.loads((ROOT / to).read_text("utf-8"))


def _check_tests(words: list[str]) -> None:
    """See that pytest would find what it is asked for: files that are there, known markers."""
    files = [word for word in words if word.startswith("tests/")]
    assert all((ROOT / file).exists() for file in files)
    options = [word for word in words if word not in files]
    asked = ([], ["-m", "not browser"], ["-m", "extended"], ["-n0", "-s"])
    assert options in asked, "see that pytest knows them"
    markers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    known = [line.partition(":")[0] for line in markers["ini_options"]["markers"]]
    assert known == ["browser", "extended"]


def test_uv_is_all_one_installs_by_hand() -> None:
    assert [each for each in COMMANDS if "pip" in each.split()[0]] == [SET_UP, "pipx install uv"]


def test_every_block_is_commands_or_a_drawing() -> None:
    """A block of another kind would be run by no test."""
    for file in DOCUMENTS:
        fences = re.findall(r"^\s*(?:```|~~~)(.*)$", file.read_text("utf-8"), re.MULTILINE)
        assert {*fences[::2]} <= {"console", "text"}, file.name
        assert {*fences[1::2]} <= {""}, file.name


@pytest.mark.parametrize("command", ELSEWHERE | NOT_HERE)
def test_no_excuse_outlives_its_command(command: str) -> None:
    assert command in COMMANDS
    file, words = ELSEWHERE.get(command, ("pyproject.toml", ""))
    assert words in (ROOT / file).read_text(encoding="utf-8")


def _subcommands() -> set[str]:
    return {str(command.name) for command in app.registered_commands}


def test_every_option_that_a_sentence_names_exists() -> None:
    group = typer.main.get_command(app)
    verbs = [group, *(group.get_command(None, name) for name in _subcommands())]  # type: ignore[attr-defined, arg-type]
    known = {option for verb in verbs for parameter in verb.params for option in parameter.opts}
    named = {code.split()[0] for code in CODE if code.startswith("--")}
    assert len(named) > 10
    assert named - known == {"--help"}


def test_what_a_sentence_writes_for_a_notebook_can_be_run() -> None:
    (written,) = (code for code in CODE if re.match(r"[A-Z]\w+\(", code))
    shown = eval(written, {"Workshop": Workshop})  # noqa: S307 (our own README)
    assert len(shown.vignettes) == len(re.findall("vignette-", written))
