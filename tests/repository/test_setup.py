"""What sets the project up says the same thing everywhere."""

from __future__ import annotations

import os
import re
import tomllib
from itertools import chain
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
WITH_EXTRAS: list[str] = [
    *PROJECT["project"]["dependencies"],
    *chain.from_iterable(PROJECT["project"]["optional-dependencies"].values()),
]
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def parsed(lines: list[str]) -> dict[str, str]:
    requirements = [Requirement(line) for line in lines]
    names = [canonicalize_name(requirement.name) for requirement in requirements]
    assert len(names) == len(set(names)), "something stands twice"
    return {
        name: str(requirement.specifier)
        for name, requirement in zip(names, requirements, strict=True)
    }


def test_conda_and_binder_install_what_the_project_declares() -> None:
    conda = [line for line in ENVIRONMENT["dependencies"] if isinstance(line, str)]
    (from_pypi,) = (line["pip"] for line in ENVIRONMENT["dependencies"] if isinstance(line, dict))
    assert from_pypi[-1] == "-e ."
    given = parsed([*conda, *from_pypi[:-1]])
    assert given.pop("pip") == ""
    assert given.pop("python") == PROJECT["project"]["requires-python"]
    assert given == parsed(WITH_EXTRAS)


def test_uv_and_pip_get_the_same_exact_versions() -> None:
    assert PROJECT["tool"]["uv"]["constraint-dependencies"] == PINS


def test_every_dependency_has_one_exact_version() -> None:
    exact = {canonicalize_name(pin.name): pin for pin in map(Requirement, PINS)}
    assert all(
        [specifier.operator for specifier in pin.specifier] == ["=="] for pin in exact.values()
    )
    group = PROJECT["dependency-groups"]["dev"]
    for_tests = [line for line in group if not line.startswith("reperes[")]
    for requirement in map(Requirement, [*WITH_EXTRAS, *for_tests]):
        pin = exact[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(each.version) for each in pin.specifier)


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "environment.yml"])
def test_no_download_address_is_written_down(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


WORKFLOW: dict[Any, Any] = yaml.safe_load(
    (ROOT / ".github" / "workflows" / "verifier.yml").read_text(encoding="utf-8")
)
STEPS: list[dict[str, Any]] = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
COMMANDS = "\n".join(step.get("run", "") for step in STEPS)


def test_the_forge_tries_every_python_on_three_systems_and_weekly_on_the_newest_versions() -> None:
    for job in WORKFLOW["jobs"].values():
        pythons = job["strategy"]["matrix"]["python"]
        assert pythons == ["3.11", "3.12", "3.13", "3.14"]
        assert PROJECT["project"]["requires-python"] == f">={pythons[0]}"
        said = "Programming Language :: Python :: "
        told = [c.removeprefix(said) for c in PROJECT["project"]["classifiers"] if said in c]
        assert told == ["3 :: Only", *pythons]
    systems = WORKFLOW["jobs"]["systems"]["strategy"]["matrix"]["system"]
    assert [name.partition("-")[0] for name in systems] == ["ubuntu", "macos", "windows"]
    triggers = WORKFLOW[True]  # `on` is a yes in YAML
    ((_minute, _hour, day, month, week_day),) = (t["cron"].split() for t in triggers["schedule"])
    assert (day, month, week_day) == ("*", "*", "1")
    assert "uv run .ci/pin.py" in COMMANDS


def test_the_forge_runs_our_own_scripts_and_holds_no_secret() -> None:
    called = set(re.findall(r"\.ci/[\w.]+", COMMANDS))
    assert {".ci/run", ".ci/installed"} <= called
    assert all((ROOT / script).exists() for script in called)
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "secrets" not in (ROOT / ".github" / "workflows" / "verifier.yml").read_text("utf-8")


def test_the_forge_uses_exact_versions_of_what_others_wrote() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name) for name in used)


def test_every_script_of_the_checks_is_called_and_can_be() -> None:
    scripts = {file for file in (ROOT / ".ci").iterdir() if file.suffix == ""}
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for script in scripts - {ROOT / ".ci" / "run"}:
        assert f".ci/{script.name}\n" in run
    assert all(os.access(script, os.X_OK) for script in scripts)


def test_what_a_run_of_all_leaves_out_takes_place_before_a_change_lands() -> None:
    steps = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert steps[-3:] == [
        "uv run pytest",
        "uv run pytest -m extended # in other places, and at length",
        "uv run python -m tests.other_days # the same, without a browser, on another day",
    ]
