"""Just enough of the DevTools protocol to use a page in a Chromium that nobody set up for tests.

Playwright's own keeps no page for Back, translates nothing and saves where it wants. This is the
one that people have, and nothing is asked of the page, whose scripts may be off.
https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen
from typing import Any, TypeVar

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import FLAGS, executable
from tests.servers import PATIENCE, launched

_LISTENING = r"DevTools listening on (ws://\S+)"
_NO_SCRIPTS = {"profile": {"default_content_setting_values": {"javascript": 2}}}


class DevToolsError(Exception):
    """Chromium refused a command, or the page raised."""


class Chromium:
    """One tab of a Chromium."""

    def __init__(self, socket: ClientConnection, process: Popen[str]) -> None:
        self._socket = socket
        self.process = process
        self._ids = itertools.count(1)
        self._session: str | None = None
        self._in_frame = False
        targets = self.send("Target.getTargets")["targetInfos"]
        tab = next(each["targetId"] for each in targets if each["type"] == "page")
        self._attach(tab)

    def _attach(self, tab: str) -> None:
        attached = self.send("Target.attachToTarget", targetId=tab, flatten=True)
        self._session = str(attached["sessionId"])

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 (JSON)
        """Send one command and return its result; events are left aside."""
        id_ = next(self._ids)
        command = {"id": id_, "method": method, "params": parameters}
        if self._session and not method.startswith(("Browser.", "Target.")):
            command["sessionId"] = self._session
        self._socket.send(json.dumps(command))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") == id_:
                break
        if "error" in answer:
            raise DevToolsError(f"{method}: {answer['error']}")
        return dict(answer["result"])

    def open(self, url: str) -> None:
        """Go to an address, and wait until the page is there."""
        self._in_frame = False
        self.send("Page.navigate", url=url)
        self.wait_for("body *")
        self.send("Page.bringToFront")

    def enter_frame(self) -> None:
        """Turn to the frame in the page."""
        self._in_frame = True

    def back(self) -> None:
        """Go back as the arrow does."""
        history = self.send("Page.getNavigationHistory")
        entry = history["entries"][history["currentIndex"] - 1]
        self.send("Page.navigateToHistoryEntry", entryId=entry["id"])

    def turn_to(self, url: str) -> None:
        """Turn to the tab that shows an address."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for each in self.send("Target.getTargets")["targetInfos"]:
                if each["type"] == "page" and each["url"] == url:
                    self._attach(str(each["targetId"]))
                    return
            time.sleep(0.1)
        raise AssertionError(url)

    def until_written(self) -> None:
        """Wait until what a browser restores was written: nothing says so."""
        time.sleep(14)

    def locate(self, selector: str) -> list[int]:
        """Return the elements of the page, or of the frame in it."""
        root = self.send("DOM.getDocument", depth=-1, pierce=True)["root"]
        document = next(_framed(root), {}) if self._in_frame else root
        if not document:
            return []
        found = self.send("DOM.querySelectorAll", nodeId=document["nodeId"], selector=selector)
        return list(found["nodeIds"])

    def wait_for(self, selector: str, count: int | None = None) -> int:
        """Wait until there are elements, or a number of them; return the first."""
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(DevToolsError):  # one page goes, another comes
                found = self.locate(selector)
                if found if count is None else len(found) == count:
                    return found[0] if found else 0
            assert time.monotonic() < end, f"{selector}: {len(found)}"
            time.sleep(0.05)

    def point(self, selector: str) -> None:
        """Bring an element into sight and press it in its middle."""
        self.wait_for(selector)
        middle, before = self._middle(selector), None
        while middle is None or middle != before:  # it still moves, or the page changes
            time.sleep(0.05)
            before, middle = middle, self._middle(selector)
        for what, pressed in (("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)):
            self.send(
                "Input.dispatchMouseEvent",
                type=what,
                x=middle[0],
                y=middle[1],
                button="left" if what != "mouseMoved" else "none",
                buttons=pressed,
                clickCount=1,
            )

    def _middle(self, selector: str) -> tuple[float, float] | None:
        with suppress(DevToolsError, IndexError):
            node = self.locate(selector)[0]
            self.send("DOM.scrollIntoViewIfNeeded", nodeId=node)
            x1, y1, _, _, x2, y2, _, _ = self.send("DOM.getContentQuads", nodeId=node)["quads"][0]
            return (x1 + x2) / 2, (y1 + y2) / 2
        return None

    def press(self, key: str, code: int) -> None:
        """Press one key."""
        for what in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent",
                type=what,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
            )

    def evaluate(self, script: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what a script says."""
        answer = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise DevToolsError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def close(self) -> None:
        """Close the browser as its last window does, and wait until it has written all."""
        with suppress(ConnectionClosed):
            self.send("Browser.close")
        self.process.wait(PATIENCE)


def _framed(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "contentDocument" in node:
        yield node["contentDocument"]
    for child in node.get("children", ()):
        yield from _framed(child)


Tab = TypeVar("Tab", bound=Chromium)


@contextmanager
def chromium(
    profile: Path,
    *flags: str,
    scripts: bool = True,
    settings: Mapping[str, Any] | None = None,
    env: Mapping[str, str] | None = None,
    kind: type[Tab] = Chromium,
) -> Iterator[Tab]:
    """Start a Chromium on a profile; it is gone afterwards.

    Parameters
    ----------
    flags
        `--headless`, unless a screen is there.
    scripts
        Whether pages may run them, as a person sets it.
    settings
        What else is set in a profile that is new.
    env
        What changes in its environment.
    kind
        What drives it.
    """
    wanted = {**(settings or {}), **({} if scripts else _NO_SCRIPTS)}
    kept = profile / "Default" / "Preferences"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(wanted), encoding="utf-8")
    command: Sequence[str] = (
        *(executable() or "chromium", *FLAGS, "--password-store=basic", *flags),
        *(f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"),
    )
    with (
        launched(command, _LISTENING, env=env) as (process, listening),
        connect(listening[1], max_size=None) as socket,
    ):
        yield kind(socket, process)
