"""Exceptions of ours have one base, which the command catches in one place."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import signs
import widgets
from signs.errors import ReperesError
from tests.conftest import Run

MODULES = [
    module.name
    for package in (signs, widgets)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


def test_every_exception_of_ours_has_the_one_base() -> None:
    defined = {
        thing
        for module in map(importlib.import_module, MODULES)
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, BaseException)
        and thing.__module__ == module.__name__
    }
    assert len(defined) > 10
    assert {each for each in defined if not issubclass(each, ReperesError)} == set()
    assert issubclass(signs.UnknownIdError, ValueError)


@pytest.mark.parametrize(
    ("arguments", "fails"),
    [
        (["orienter"], "signs.load"),
        (["exporter"], "widgets.export.writer.export_page"),
        (["nouvelle-liste", "x"], "signs.scaffold.start_list"),
    ],
)
def test_whatever_a_command_raises_of_ours_is_said_with_status_1(
    arguments: list[str],
    fails: str,
    monkeypatch: pytest.MonkeyPatch,
    command: Run,
) -> None:
    class OtherError(ReperesError):
        pass

    def fail(*_arguments: object, **_options: object) -> None:
        raise OtherError("Voilà ce qui manque.")

    monkeypatch.setattr(fails, fail)
    ran = command(*arguments)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "Voilà ce qui manque.\n")
