"""What every test can ask for: the shipped list, a copy to damage, the real command."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import pytest
import time_machine
from filelock import FileLock
from hypothesis import settings

import signs
from signs.loading.loader import SHIPPED
from signs.text import opening_hours
from tests.servers import PATIENCE, REPERES, Served, serving
from widgets.cli.main import main
from widgets.runtime.build_date import DATE_VARIABLE

# The tests start our command some hundred times: it is compiled once, not each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

DAY = opening_hours.today().isoformat() if "REPERES_TESTS_SHIFT" in os.environ else "2026-11-25"
"""The day that the pages of the tests are made for: a Wednesday, or see `tests/other_days.py`."""

# Whatever the tests start is told it: no test depends on the day it runs.
os.environ[DATE_VARIABLE] = DAY

# What properties say does not depend on how busy the machine is.
settings.register_profile("reperes", deadline=None)
settings.load_profile("reperes")

ROOT = Path(__file__).parent.parent


_LACKING = "IL MANQUE "


def lacking(what: str, remedy: str) -> NoReturn:
    """Skip a test for want of a program; fail it where a run may lack nothing.

    Every program that was lacking is told at the end of the run, in capitals.
    """
    if os.environ.get("REPERES_NAVIGATEUR") == "obligatoire":
        pytest.fail(f"no {what}, and this run may lack nothing: {remedy}")
    skip_loudly(what, remedy)


def skip_loudly(what: str, remedy: str) -> NoReturn:
    """Skip a test for want of what not every machine can have; the end of the run says so."""
    pytest.skip(f"{_LACKING}{what.upper()} : {remedy}")


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Use a process more than there are cores: one of them always waits for a server."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Leave out of a run of all what is `extended`, unless something is asked for by name."""
    of_all = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if of_all and not (config.option.markexpr or config.option.keyword):
        config.option.markexpr = "not extended"


SLOWEST_FIRST = ("tests/browser", "tests/widgets", "tests/repository")
"""What drives a browser or starts servers comes first, so that no process is left with it alone."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the slowest files, which are given to the processes one by one."""

    def priority(item: pytest.Item) -> int:
        folder = item.path.relative_to(ROOT).as_posix()
        matches = (i for i, start in enumerate(SLOWEST_FIRST) if folder.startswith(start))
        return next(matches, len(SLOWEST_FIRST))

    items.sort(key=priority)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was lacking, and that its tests did not take place."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
    for reason in sorted(reason for reason in reasons if reason.startswith(_LACKING)):
        what, _, remedy = reason.partition(" : ")
        terminalreporter.section(f"{what} : SES TESTS N'ONT PAS EU LIEU", red=True)
        terminalreporter.line(remedy)


def stopped_on(day: date | str, zone: str = "Europe/Paris") -> time_machine.travel:
    """Stop the clock of this process at the noon of a day: a context manager."""
    noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(zone))
    return time_machine.travel(noon, tick=False)


@pytest.fixture(scope="session")
def sign_list() -> signs.SignList:
    return signs.load()


@pytest.fixture
def list_folder(tmp_path: Path) -> Path:
    """Return a trainer's own copy of the shipped list."""
    return Path(shutil.copytree(SHIPPED / "sextorsion", tmp_path / "ma-liste"))


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def reperes(tmp_path: Path) -> Run:
    """Return the real command, run from an empty directory."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [REPERES, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    return run


_CLOSED = getattr(signal, "SIGHUP", signal.SIGTERM)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the command, run in this very process, from an empty directory unless one is given.

    For what a process of its own would prove nothing more of: it starts at once.
    """

    def run(
        *arguments: str, encoding: str = "utf-8", cwd: Path = tmp_path
    ) -> subprocess.CompletedProcess[str]:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding, write_through=True) for _ in range(2)]
        stops = {each: signal.getsignal(each) for each in (signal.SIGTERM, _CLOSED)}
        try:
            with monkeypatch.context() as patch:
                patch.chdir(cwd)
                patch.setattr(sys, "argv", [str(REPERES), *arguments])
                for name, stream in zip(("stdout", "stderr"), streams, strict=True):
                    patch.setattr(sys, name, stream)
                with pytest.raises(SystemExit) as end:
                    main()
        finally:
            for each, before in stops.items():
                signal.signal(each, before)
        out, err = (stream.buffer.getvalue().decode(encoding) for stream in streams)  # type: ignore[attr-defined] # of bytes
        return subprocess.CompletedProcess([*arguments], int(end.value.code or 0), out, err)

    return run


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of the shipped list, for every test that changes nothing in it."""
    with serving(cwd=tmp_path_factory.mktemp("vide")) as server:
        yield server


def _exported_once(tmp_path_factory: pytest.TempPathFactory, name: str, *options: str) -> Path:
    """Export for every process of this run: the first that asks does it, the others wait."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    written = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not written.exists():
            command = [REPERES, "exporter", *options, "-o", written]
            subprocess.run(command, check=True, capture_output=True)
    return written


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page as `reperes exporter` writes it."""
    return _exported_once(tmp_path_factory, "page.html")


@pytest.fixture(scope="session")
def exported_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return every page and sheet as `reperes exporter --tout` writes them, for one day."""
    return _exported_once(tmp_path_factory, "reperes", "--tout")


def run_async(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a loop of its own, whatever loop this thread has."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(coroutine)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]
