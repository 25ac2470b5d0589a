"""A page cache with a fake renderer that tests control."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from signs.loading.loader import SHIPPED, Choice
from signs.model.sign_list import SignList
from widgets.page.registry import NOTEBOOKS
from widgets.server.page_cache import PageCache
from widgets.server.reports import Reports
from widgets.server.sources import Snapshot, Sources

META = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'


class CacheHarness:
    """A page cache over a list of its own; its renderer records calls and can fail on demand."""

    def __init__(self, folder: Path) -> None:
        self.list_folder = Path(shutil.copytree(SHIPPED / "sextorsion", folder / "liste"))
        self.notebook = Path(shutil.copy(NOTEBOOKS / "reperer.ipynb", folder))
        self.workdir = folder / "workdir"
        self.workdir.mkdir()
        self.snapshots: list[Snapshot] = []
        self.failures = 0
        self.working = asyncio.Event()
        self.working.set()
        self.reported: list[str] = []
        sources = Sources(self.notebook, Choice(self.list_folder), self.workdir)
        self.reports = Reports(self.reported.append)
        self.cache = PageCache(sources, self.render, self.reports.tell)

    async def render(self, snapshot: Snapshot, _sign_list: SignList) -> str:
        self.snapshots.append(snapshot)
        names = ("liste.toml", "signes.toml")
        read = "".join((snapshot.choice.folder / name).read_text("utf-8") for name in names)
        await asyncio.sleep(0)  # others get their turn while a kernel would be working
        await self.working.wait()
        if self.failures:
            self.failures -= 1
            raise RuntimeError("kernel died\nTraceback (most recent call last)")
        return META + read

    def change(self, name: str, before: str, after: str) -> None:
        file = self.list_folder / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def harness(tmp_path: Path) -> CacheHarness:
    return CacheHarness(tmp_path)
