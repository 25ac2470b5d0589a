"""What sets the project up says the same thing everywhere."""

from __future__ import annotations

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
