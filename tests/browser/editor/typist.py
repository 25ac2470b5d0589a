"""A person who types: real key events, at a human pace, on the clock of the page.

The editor stands alone in a page of its own, with its Python in this very process: no kernel,
no server. What Python answers comes back after a delay, as it does through a kernel; all of
this passes on the clock of the page, so that a minute of typing takes a moment.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Locator, Page

from widgets.editor import Editor
from widgets.render.assets import cell_style, script, stylesheet

# What anywidget gives, with a delay before each answer.
MODEL = """
const handlers = {};
globalThis.latency = 0;
const model = {
    send: (question) => python(question).then((answers) => setTimeout(
        () => JSON.parse(answers).forEach((answer) => handlers["msg:custom"]?.(answer)),
        globalThis.latency,
    )),
    on: (name, handler) => (handlers[name] = handler),
    off: (name) => delete handlers[name],
};
globalThis.close = mountEditor(model, document.querySelector("main"));
"""


class Key(NamedTuple):
    """A key, and the pause after it."""

    text: str
    pause: int
    """Milliseconds."""


class Answering:
    """An editor without a kernel: what it answers to a question, as its page gets it."""

    def __init__(self, folder: Path) -> None:
        self.editor = Editor(folder)
        self.editor.session.add("vignette", "Une histoire")
        self._answers: list[dict[str, Any]] = []
        self.editor.send = lambda content, *_: self._answers.append(content)  # type: ignore[method-assign]

    def __call__(self, question: dict[str, Any]) -> str:
        """Return the answers, as JSON."""
        self._answers.clear()
        self.editor.receive(None, question, None)
        return json.dumps(self._answers)


def _content() -> str:
    """Return the page that the editor is mounted in."""
    style = f"{cell_style('board')}\n{stylesheet('editor/static')}"
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style><main></main>'


def _script() -> str:
    """Return what mounts it there."""
    return f"{{ {script('editor/static/editor.js')}\n{MODEL} }}"


@contextmanager
def answering_at(answering: Answering) -> Iterator[str]:
    """Serve that page to a browser that no library drives, with its Python; yield the address."""
    bridge = """
        const python = async (question) => (await fetch("/python", {
            method: "POST", body: JSON.stringify(question),
        })).text();
    """
    page = f"{_content()}<script>{bridge}</script><script>{_script()}</script>"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(page)

        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            self._send(answering(json.loads(question)))

        def _send(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Desk:
    """The editor on screen, and who sits in front of it."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        answering = Answering(folder)
        self.editor = answering.editor
        self.session = self.editor.session
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.clock.install()
        self.page.expose_function("python", answering)
        self.page.set_content(_content())
        self.page.add_script_tag(content=_script())
        self.root = self.page.locator(".formateur")
        self.wait()

    def set_latency(self, milliseconds: int) -> None:
        """Have Python take its time."""
        self.page.evaluate(f"globalThis.latency = {milliseconds}")

    def wait(self) -> None:
        """Let time pass until all is written and answered."""
        self.page.wait_for_function("document.querySelector('.formateur')?.dataset.etat")
        for _ in range(40):
            self.page.clock.run_for(400)
            if self.root.get_attribute("data-etat") == "calme":
                return
        raise AssertionError("what was typed is never written")

    def choose(self, kind: str) -> None:
        """Look at the first entry of a kind."""
        self.root.get_by_label("Genre").select_option(kind)
        self.wait()
        self.root.evaluate("(e) => e.querySelectorAll('details').forEach((d) => (d.open = true))")

    def field(self, key: str) -> Locator:
        """Return the text control of a field."""
        return self.root.locator(f"[data-champ={key}] :is(input:not([type=radio]), textarea)").first

    def type(self, keys: Sequence[Key]) -> None:
        """Press keys one after the other, at their pace, in what has the focus."""
        for text, pause in keys:
            if text == "\n":
                self.page.keyboard.press("Enter")
            else:
                self.page.keyboard.type(text)
            self.page.clock.run_for(pause)
