"""What libraries keep for themselves, we leave alone: any new version may change it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from enum import Enum

import pytest
from tornado import http1connection

import signs
import widgets
from widgets.server.connections import BARE_REFUSAL

MODULES = [
    importlib.import_module(module.name)
    for package in (signs, widgets)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
OURS = ("signs", "widgets")
PROTOCOLS = {"_repr_mimebundle_", "_render_traceback_", "_esm", "_css"}
"""Names that IPython's and anywidget's documentation ask for."""


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PROTOCOLS


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_private_name_of_a_library_is_imported(module: object) -> None:
    imported = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(inspect.getsource(module)))  # type: ignore[arg-type]
        if isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith(OURS)
        for alias in node.names
        if _is_private(alias.name) or any(map(_is_private, node.module.split(".")))
    ]
    assert imported == []


def test_no_private_method_of_a_library_is_overridden() -> None:
    """What the metaclass of an enumeration writes into each class is not ours."""
    overridden = [
        f"{each.__module__}.{each.__name__}.{name}"
        for module in MODULES
        for each in vars(module).values()
        if isinstance(each, type)
        and each.__module__ == module.__name__
        and not issubclass(each, Enum)
        for name, value in vars(each).items()
        if _is_private(name) and inspect.isfunction(value)
        for base in each.__mro__[1:]
        if not base.__module__.startswith(OURS) and name in vars(base)
    ]
    assert overridden == []


def test_tornado_still_refuses_what_is_not_http_with_the_bytes_that_we_replace() -> None:
    """No API says how: where this fails, see `widgets.server.connections._Connection`."""
    assert repr(BARE_REFUSAL)[2:-1] in inspect.getsource(http1connection)
