"""Just enough of WebDriver BiDi to use a page in a real Firefox the way a person does.

Firefox opens the port by itself (`--remote-debugging-port`); no driver and no library is needed.
https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import itertools
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.servers import PATIENCE, launched

_LISTENING = r"WebDriver BiDi listening on (ws://\S+)"
SPACE, TAB, ENTER, ESCAPE = " ", "\ue004", "\ue007", "\ue00c"
"""Keys, as WebDriver writes them."""


def executable() -> str | None:
    """Return the Firefox of this machine."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class BidiError(Exception):
    """Firefox refused a command, or the page raised."""


class Firefox:
    """One tab of a Firefox."""

    def __init__(self, socket: ClientConnection, process: Popen[str]) -> None:
        self._socket = socket
        self.process = process
        self._ids = itertools.count(1)
        self.send("session.new", capabilities={})
        # A tab of its own: the one that Firefox starts with never gets the keyboard.
        self._tab = str(self.send("browsingContext.create", type="tab")["context"])
        self.context = self._tab

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 (JSON)
        """Send one command and return its result; events are left aside."""
        id_ = next(self._ids)
        self._socket.send(json.dumps({"id": id_, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") == id_:
                break
        if answer["type"] != "success":
            raise BidiError(f"{method}: {answer}")
        return dict(answer["result"])

    def open(self, url: str) -> None:
        """Go to an address, wait until the page is loaded, and give it the keyboard."""
        self.context = self._tab  # all of it goes there, not a frame
        self.send("browsingContext.navigate", context=self.context, url=url, wait="complete")
        self.send("browsingContext.activate", context=self.context)

    def resize(self, width: int, height: int) -> None:
        """Give the page a screen of some size."""
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.context, viewport=size)

    def evaluate(self, script: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what a script says, by way of JSON."""
        answer = self.send(
            "script.evaluate",
            expression=f"Promise.resolve({script}).then((said) => JSON.stringify(said ?? null))",
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise BidiError(str(answer["exceptionDetails"]["text"]))
        return json.loads(answer["result"]["value"])

    def wait_until(self, condition: str) -> None:
        """Wait until a script says true; a page that is being left cannot be asked."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(BidiError):
                if self.evaluate(condition):
                    return
            time.sleep(0.05)
        raise AssertionError(condition)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        actions = [{"type": what, "value": key} for key in keys for what in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": actions})

    def type(self, keys: Sequence[tuple[str, int]]) -> None:
        """Press keys one after the other, each with the pause after it, in milliseconds."""
        actions: list[dict[str, Any]] = []
        for key, pause in keys:
            actions += [{"type": what, "value": key} for what in ("keyDown", "keyUp")]
            actions.append({"type": "pause", "duration": pause})
        self._perform({"type": "key", "id": "keys", "actions": actions})

    def click(self, selector: str) -> None:
        """Bring an element into sight and press it in its middle."""
        x, y = self.evaluate(
            f"""(() => {{
                const element = document.querySelector({json.dumps(selector)});
                element.scrollIntoView({{ block: "center", behavior: "instant" }});
                const {{ x, y, width, height }} = element.getBoundingClientRect();
                return [Math.round(x + width / 2), Math.round(y + height / 2)];
            }})()"""
        )
        actions = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "mouse", "actions": actions})

    def locate(self, selector: str) -> list[str]:
        """Return the elements of the page, even one whose scripts are off."""
        found = self.send(
            "browsingContext.locateNodes",
            context=self.context,
            locator={"type": "css", "value": selector},
        )
        return [str(node["sharedId"]) for node in found["nodes"]]

    def wait_for(self, selector: str, count: int | None = None) -> None:
        """Wait until there are elements, or a number of them: none in a frame that went."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                found = len(self.locate(selector))
            except BidiError as error:  # one page goes, another comes
                done = count == 0 and "no such frame" in str(error)
            else:
                done = found > 0 if count is None else found == count
            if done:
                return
            time.sleep(0.05)
        raise AssertionError(selector)

    def point(self, selector: str) -> None:
        """Press an element in sight in its middle, even in a page whose scripts are off."""
        self.wait_for(selector)
        middle = {"type": "element", "element": {"sharedId": self.locate(selector)[0]}}
        actions = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": middle},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "mouse", "actions": actions})

    def enter_frame(self) -> None:
        """Turn to the frame in the page."""
        tree = self.send("browsingContext.getTree", root=self.context)
        self.context = str(tree["contexts"][0]["children"][0]["context"])

    def back(self) -> None:
        """Go back as the arrow does."""
        self.send("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def turn_to(self, url: str) -> None:
        """Turn to the tab that shows an address."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for each in self.send("browsingContext.getTree")["contexts"]:
                if each["url"] == url:
                    self.context = self._tab = str(each["context"])
                    self.send("browsingContext.activate", context=self.context)
                    return
            time.sleep(0.1)
        raise AssertionError(url)

    def until_written(self) -> None:
        """Wait until what a browser restores was written: nothing says so."""
        time.sleep(4)

    def of_window(self, script: str) -> Any:  # noqa: ANN401 (JSON)
        """Return what a script of the browser's window says, not of the page."""
        tree = self.send("browsingContext.getTree", **{"moz:scope": "chrome"})
        windows = (each for each in tree["contexts"] if each["url"].endswith("/browser.xhtml"))
        answer = self.send(
            "script.evaluate",
            expression=script,
            target={"context": next(windows)["context"]},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise BidiError(str(answer["exceptionDetails"]["text"]))
        return answer["result"].get("value")

    def print(self) -> str:
        """Return the page as a PDF, in base 64."""
        page = {"width": 21.0, "height": 29.7}
        margin = {"top": 0.8, "bottom": 0.8, "left": 1.1, "right": 1.1}
        answer = self.send("browsingContext.print", context=self.context, page=page, margin=margin)
        return str(answer["data"])

    def print_and_cancel(self) -> None:
        """Open the print dialog, see the sheet, and close it."""
        self.of_window("PrintUtils.startPrintWindow(gBrowser.selectedBrowser.browsingContext), 0")
        end = time.monotonic() + PATIENCE
        while not self.of_window("!!document.querySelector('.printPreviewBrowser[sheet-count]')"):
            assert time.monotonic() < end
            time.sleep(0.1)
        self.of_window("gBrowser.getTabDialogBox(gBrowser.selectedBrowser).abortAllDialogs(), 0")

    def save(self, folder: Path) -> None:
        """Save the page as « Enregistrer sous » does, without its dialog."""
        before = set(folder.rglob("*.html"))
        self.of_window("saveBrowser(gBrowser.selectedBrowser, true), 0")
        end = time.monotonic() + PATIENCE
        while not any(_is_whole(each) for each in set(folder.rglob("*.html")) - before):
            assert time.monotonic() < end, "no page is saved"
            time.sleep(0.1)

    def offer_translation(self) -> None:
        """Open the panel that offers a translation."""
        self.of_window("FullPageTranslationsPanel.open(new CustomEvent('command')).then(() => 0)")

    def close(self) -> None:
        """Close the browser as its last window does, and wait until it has written all."""
        with suppress(ConnectionClosed, EOFError, OSError):
            self.send("browser.close")
        self.process.wait(PATIENCE)

    def _perform(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self.context, actions=[source])


def _is_whole(page: Path) -> bool:
    """Tell whether a page is all written: its name is there before its content."""
    return page.read_bytes().rstrip().endswith(b"</html>")


@contextmanager
def firefox(
    profile: Path,
    settings: Mapping[str, bool | int | str] | None = None,
    *flags: str,
    env: Mapping[str, str] | None = None,
) -> Iterator[Firefox]:
    """Start a Firefox with an empty profile; it is gone afterwards.

    Parameters
    ----------
    profile
        An empty folder.
    settings
        What else is set in it.
    flags
        What else it is told.
    env
        What changes in its environment.
    """
    quiet = {
        "app.normandy.enabled": False,
        "app.update.enabled": False,
        "browser.safebrowsing.downloads.enabled": False,
        "browser.safebrowsing.malware.enabled": False,
        "browser.safebrowsing.phishing.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "focusmanager.testmode": True,  # no window manager gives a headless window the keyboard
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "services.settings.server": "data:,",
        "toolkit.telemetry.enabled": False,
        **(settings or {}),
    }
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in quiet.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [str(executable()), "--headless", "--no-remote", "--profile", str(profile)]
    with (
        launched([*command, *flags, "--remote-debugging-port", "0"], _LISTENING, env=env) as (
            process,
            listening,
        ),
        connect(f"{listening[1]}/session", max_size=None) as socket,
    ):
        yield Firefox(socket, process)
