"""The editor as a live page, unless a module asks for JupyterLab too; one for all its tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.editor.driver import Editing, Home, at_home


@pytest.fixture(scope="module")
def home(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Home]:
    name = getattr(request, "param", "live")
    with at_home(name, chromium, tmp_path_factory.mktemp(name)) as home:
        yield home


@pytest.fixture
def editing(home: Home) -> Iterator[Editing]:
    yield home.editing()
    assert home.complaints == []
