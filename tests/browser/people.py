"""Using the page as people do: in the browsers they have, by presses, with scripts or without."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from shutil import which
from subprocess import Popen
from typing import Any, Protocol

import psutil

import signs
from tests.browser.devtools import Chromium, chromium
from tests.browser.firefox import firefox
from tests.servers import PATIENCE, free_port

_CONTROL_P, _CONTROL_S = "ctrl+p", "ctrl+s"
_TITLE_ON_SCREEN = """(() => {
    scrollTo(0, 0);
    const { x, y } = document.querySelector("h1").getBoundingClientRect();
    return [screenX + x + 9, screenY + outerHeight - innerHeight + y + 9].map(Math.round);
})()"""
_TALL = (1280, 5000)
"""A window where nothing has to be scrolled into sight."""


class Tab(Protocol):
    """A page that a person looks at."""

    process: Popen[str]

    def open(self, url: str) -> None:
        """Go to an address."""

    def wait_for(self, selector: str, count: int | None = None) -> object:
        """Wait until there are elements."""

    def locate(self, selector: str) -> list[Any]:
        """Return the elements there are."""

    def point(self, selector: str) -> None:
        """Press one."""

    def enter_frame(self) -> None:
        """Turn to the frame in the page."""

    def back(self) -> None:
        """Go back as the arrow does."""

    def turn_to(self, url: str) -> None:
        """Turn to the tab that shows an address."""

    def until_written(self) -> None:
        """Wait until what a browser restores was written."""

    def evaluate(self, script: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what a script says."""

    def close(self) -> None:
        """Close the browser, and wait until it has written all."""

    def print_and_cancel(self) -> None:
        """Open the print dialog, see the sheet, and close it."""

    def save(self, folder: Path) -> None:
        """Save the page as the browser does."""

    def offer_translation(self) -> None:
        """Ask for the page in another language."""


def tick(tab: Tab, *ids: str) -> None:
    """Tick boxes the way a person does, opening the doors and lists they stand behind."""
    sign_list = signs.load()
    moments = {each.id: each.moment for each in sign_list.situations}
    for count, id_ in enumerate(ids, start=1):
        tab.point(f"[data-moment={moments.get(id_, 'signes')}] > details > summary")
        box = f"[value={id_}]"
        tab.wait_for(box)
        rows = f".reperes-cocher:not([open]):has({box}) > summary"
        if tab.locate(rows):
            tab.point(rows)
        tab.point(box)
        tab.wait_for("input:checked", count)


def kill(process: Popen[str]) -> None:
    """Kill a browser that we started, and all its processes: as a lost battery does."""
    ours = psutil.Process(process.pid)
    for each in (*ours.children(recursive=True), ours):
        with suppress(psutil.Error):
            each.kill()
    process.wait(PATIENCE)


class _InWindow(Chromium):
    """Chromium in a window, whose own dialogs answer real keys."""

    display = ""

    def print_and_cancel(self) -> None:
        self._keys(_CONTROL_P)
        _until(lambda: self._dialogs("chrome://print"))
        time.sleep(2)  # the sheet is drawn
        self._keys("Escape")
        _until(lambda: not self._dialogs("chrome://print"))

    def save(self, folder: Path) -> None:
        self._keys(_CONTROL_S)
        _until(lambda: self._window("Save File"))
        self._keys("alt+s", self._window("Save File"))  # the button: Return is not taken
        _until(lambda: list(folder.rglob("Rep*.html")))

    def offer_translation(self) -> None:
        """Ask for English in the menu of the page: what comes back is that no network is there."""
        where = self.evaluate(_TITLE_ON_SCREEN)  # on a link, the menu is another
        self._do("mousemove", *map(str, where), "click", "3")
        time.sleep(1)
        self._do("key", "t")
        time.sleep(2)

    def _dialogs(self, url: str) -> list[str]:
        targets = self.send("Target.getTargets")["targetInfos"]
        return [each["url"] for each in targets if each["url"].startswith(url)]

    def _keys(self, keys: str, window: str = "") -> None:
        self._do("windowfocus", window or self._window("Chromium$"))
        self._do("key", keys)

    def _window(self, name: str) -> str:
        return (self._do("search", "--onlyvisible", "--name", name).split() or [""])[0]

    def _do(self, *words: str) -> str:
        command = [which("xdotool") or "xdotool", *words]
        display = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(command, env=display, capture_output=True, text=True, check=False)
        return done.stdout


def _until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.2)


@contextmanager
def screen() -> Iterator[str]:
    """Start a screen that nobody sees, and return its name."""
    number = free_port()
    command = [which("Xvfb") or "Xvfb", f":{number}", "-screen", "0", "1300x1000x24"]
    socket = Path(f"/tmp/.X11-unix/X{number}")  # noqa: S108 (where X has it)
    process = Popen([*command, "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
    try:
        _until(socket.exists)
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def in_chromium(
    folder: Path, *, scripts: bool = True, window: bool = False, restore: bool = False
) -> Iterator[Tab]:
    """Start a Chromium whose profile and home are in a folder; it may open what was left open."""
    home = {"HOME": str(folder), "LANG": "C.UTF-8", "LANGUAGE": "en"}
    flags = ["--lang=en-US", "--window-size=1280,1500"]
    flags += [] if window else ["--headless"]
    flags += ["--restore-last-session"] if restore else []
    with screen() if window else nullcontext("") as display:
        env = {**home, "DISPLAY": display}
        with chromium(folder / "profile", *flags, scripts=scripts, env=env, kind=_InWindow) as tab:
            tab.display = display
            yield tab


@contextmanager
def in_firefox(
    folder: Path, *, scripts: bool = True, window: bool = False, restore: bool = False
) -> Iterator[Tab]:
    """Start a Firefox whose profile and home are in a folder; it may open what was left open.

    It writes its sessions each second, where people's do each fifteenth: more is there to be found.
    """
    profile = folder / "profile"
    profile.mkdir(parents=True, exist_ok=True)
    settings: dict[str, bool | int | str] = {
        "remote.prefs.recommended": False,  # what tests turn off is on
        "javascript.enabled": scripts,
        "browser.sessionstore.interval": 1000,
        "intl.accept_languages": "en-US",
        "browser.startup.page": 3 if restore else 0,
        "browser.sessionstore.resume_from_crash": restore,
    }
    flags = ("--remote-allow-system-access",) if window else ()
    with firefox(profile, settings, *flags, env={"HOME": str(folder)}) as tab:
        tab.resize(*_TALL)
        yield tab
