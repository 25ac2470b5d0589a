"""The locked-down Voila: kept pages, an explicit list of routes, nothing else answers.

Voila executes the notebooks with its own kernel manager and renders them through its own
template machinery; what it would otherwise offer (files, kernels, websockets, tree,
overrides) is never routed. See :mod:`widgets.keeper` for when a page is made.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
import signal
import webbrowser
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import tornado.httpserver
import tornado.ioloop
import tornado.netutil
import tornado.web
from jupyter_core.utils import ensure_async
from traitlets import Any as AnyTrait
from traitlets.config import Config
from voila.app import Voila
from voila.notebook_renderer import NotebookRenderer

from signs.loading import Choice
from signs.wording import typography
from widgets.board.board import variables
from widgets.html import WIDGETS
from widgets.keeper import Page, PageKeeper, PageUnavailableError, Snapshot
from widgets.kernels import SILENT, OneKernelSpecManager, private_room
from widgets.page.shell import render_error
from widgets.pages import FRONT, PAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


_TAKES_GZIP = re.compile(r"(?i)(?<![\w-])gzip\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:$|,)))")


class PortError(Exception):
    """The address cannot be listened on; its message is a French sentence."""


class Server(Voila):  # type: ignore[misc] # voila publishes no types
    """Voila, serving kept pages and nothing else."""

    choice = AnyTrait(help="The list and the school's file that the pages show.")
    room = AnyTrait(help="A private folder, gone when the server stops.")
    say = AnyTrait(help="Prints a French sentence for whoever started the server.")

    def setup_template_dirs(self) -> None:
        """Use our template from the package; nothing under `share/jupyter`."""
        self.template_paths = [str(WIDGETS / "page" / "voila")]
        self.static_paths: list[str] = []

    def init_handlers(self) -> list[Any]:
        """Return every route there is."""
        self.keepers = {
            page.route: PageKeeper(page.notebook, self.choice, self.render, self.room, self.say)
            for page in PAGES.values()
        }
        return [
            *(
                (re.escape(route), PageHandler, {"keeper": keeper})
                for route, keeper in self.keepers.items()
            ),
            (r"/.*", NotFoundHandler),
        ]

    async def render(self, snapshot: Snapshot) -> str:
        """Execute a notebook in a kernel of its own and return its page.

        The kernel is gone when this returns, whatever happened.
        """
        renderer = NotebookRenderer(
            voila_configuration=self.voila_configuration,
            traitlet_config=self.config,
            notebook_path=str(snapshot.notebook.relative_to(self.root_dir)),
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config={},
        )
        await renderer.initialize()
        kernel_id = await ensure_async(
            self.kernel_manager.start_kernel(
                kernel_name=renderer.notebook.metadata.kernelspec.name,
                path=renderer.cwd,
                env={**os.environ, **variables(snapshot.choice)},
                **SILENT,
            )
        )
        try:
            kernel = self.kernel_manager.get_kernel(kernel_id)
            page: str = await renderer.generate_content_str(kernel_id, kernel)
        finally:
            with suppress(Exception):  # it may have died by itself
                await ensure_async(self.kernel_manager.shutdown_kernel(kernel_id, now=True))
        return page

    def listen(self) -> None:
        """Listen, say where in French, and serve until told to stop."""
        self.ioloop = tornado.ioloop.IOLoop.current()
        try:
            sockets = tornado.netutil.bind_sockets(self.port, self.ip)
        except UnicodeError as error:  # no name of a machine at all
            raise PortError(_why_not(self.ip, self.port, OSError())) from error
        except OSError as error:
            raise PortError(_why_not(self.ip, self.port, error)) from error
        server = tornado.httpserver.HTTPServer(self.app)
        server.add_sockets(sockets)
        address = f"http://{self.ip}:{self.port}/"
        # Not as an exception, which would strike whatever runs at that moment.
        for stop in _STOPS:
            signal.signal(stop, lambda *_: self.ioloop.add_callback_from_signal(self.ioloop.stop))
        try:
            self.say(f"Repères est ouvert à l'adresse {address}\nPour arrêter : Ctrl+C.")
            self.ioloop.add_callback(self._prepare)
            if self.open_browser:
                Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            self.ioloop.start()
        finally:
            for stop in _STOPS:  # asked again, it still leaves nothing
                signal.signal(stop, signal.SIG_IGN)
            self.say("Repères s'arrête.")
            server.stop()
            self.ioloop.run_sync(self._leave_nothing)

    async def _leave_nothing(self) -> None:
        """End what is under way, so that no kernel outlives the server."""
        await asyncio.gather(*(keeper.close() for keeper in self.keepers.values()))
        await ensure_async(self.kernel_manager.shutdown_all(now=True))

    async def _prepare(self) -> None:
        """Make every page before anybody asks, one by one; what went wrong was already said."""
        for keeper in self.keepers.values():
            with suppress(PageUnavailableError):
                await keeper.page()


class _Handler(tornado.web.RequestHandler):
    """What every answer has: our headers, no cookie, and French pages for errors."""

    _etag: str | None = None

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def send_page(self, page: Page) -> None:
        """Send a page, compressed where the browser takes it, or say that it has it already."""
        gzipped = bool(_TAKES_GZIP.search(self.request.headers.get("Accept-Encoding", "")))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", f"{page.policy}; frame-ancestors 'none'")
        self.set_header("Vary", "Accept-Encoding")
        self._etag = f'"{page.digest}{"-gzip" if gzipped else ""}"'
        if gzipped:
            self.set_header("Content-Encoding", "gzip")
        self.finish(page.gzipped if gzipped else page.html)

    def compute_etag(self) -> str | None:
        """Give the one that was computed when the page was made."""
        return self._etag

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401, ARG002 (tornado's)
        """Answer with a page of ours; never with what went wrong inside."""
        title, message = _ERRORS.get(status_code, _ERRORS[500])
        self.send_page(Page.of(render_error(title, message)))

    def log_exception(self, *_args: object) -> None:
        """Leave no trace of who asked for what."""


class PageHandler(_Handler):
    """Gives the kept page."""

    def initialize(self, keeper: PageKeeper) -> None:
        """Remember where the page is kept."""
        self.keeper = keeper

    async def get(self) -> None:
        """Send the page; our own error page where there is none."""
        try:
            page = await self.keeper.page()
        except PageUnavailableError as error:
            raise tornado.web.HTTPError(503) from error
        self.send_page(page)

    head = get


class NotFoundHandler(_Handler):
    """Answers for every address there is not."""

    def prepare(self) -> None:
        """Answer before any method is looked at."""
        raise tornado.web.HTTPError(404)


_STILL_THERE = "En cas de danger, les numéros ci-dessus répondent jour et nuit."
_ERRORS = {
    404: (
        "Cette page n'existe pas",
        f"L'adresse est peut-être incomplète. {_STILL_THERE}",
    ),
    405: (
        "Cette demande n'est pas acceptée",
        "Repères se lit seulement : rien ne peut y être envoyé.",
    ),
    503: (
        "La page se prépare",
        f"Elle n'est pas encore prête. Réessayez dans un instant. {_STILL_THERE}",
    ),
    500: (
        "Quelque chose n'a pas marché",
        f"Réessayez dans un instant. {_STILL_THERE}",
    ),
}


def serve(
    choice: Choice, *, host: str, port: int, open_browser: bool, say: Callable[[str], None]
) -> None:
    """Serve until told to stop (Ctrl-C or SIGTERM).

    Parameters
    ----------
    choice
        The list and the school's file that the pages show.
    host, port
        Where to listen.
    open_browser
        Whether to open the page for whoever started this.
    say
        Prints a French sentence.

    Raises
    ------
    PortError
        When the address cannot be listened on.
    """
    with private_room() as room:
        pages = room / "pages"
        pages.mkdir()
        server = Server(
            choice=Choice(choice.folder.resolve(), choice.school and choice.school.resolve()),
            room=pages,
            say=lambda text: say(typography(text)),
            root_dir=str(pages),
            notebook_path=str(FRONT.notebook),
            config=_configuration(host, port, room, open_browser=open_browser),
        )
        server.initialize([])
        server.start()


def _configuration(host: str, port: int, room: Path, *, open_browser: bool) -> Config:
    quiet = {"log_level": 50}  # what there is to say is said in French, by us
    return Config(
        {
            "Application": quiet,
            "Voila": {
                **quiet,
                "config_file_paths": [],  # a stray voila.json must not unlock anything
                "ip": host,
                "port": port,
                "open_browser": open_browser,
                "connection_dir_root": str(room),
                "tornado_settings": {
                    "log_function": lambda _handler: None,
                    # For what no route can match, such as the address of another site.
                    "default_handler_class": NotFoundHandler,
                },
            },
            "VoilaConfiguration": {
                "template": "reperes",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "file_allowlist": [],
                "show_tracebacks": False,
                "kernel_spec_manager_class": OneKernelSpecManager,
            },
            "VoilaExporter": {"filters": {"reperes_page": "widgets.page.shell.render_page"}},
            "KernelManager": {"transport": _transport(room)},
            "NotebookNotary": {"db_file": ":memory:"},
        }
    )


def _transport(room: Path) -> str:
    """Return how to speak to kernels: where it can be, without opening a port.

    A socket's path below the room has some seventy characters more, and a hundred at most.
    """
    return "ipc" if os.name == "posix" and len(str(room)) < _LONGEST_ROOM else "tcp"


_LONGEST_ROOM = 36


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
        return (
            f"Repères ne peut pas s'ouvrir à l'adresse {host} : cet ordinateur n'a pas cette "
            "adresse. Retirez --host, ou écrivez : --host 127.0.0.1"
        )
    other = port + 1 if port < _LAST_PORT else port - 1
    return (
        f"Repères ne peut pas s'ouvrir à l'adresse {host}, port {port} : ce port est déjà pris, "
        f"ou interdit. Fermez l'autre programme, ou choisissez un autre port : "
        f"reperes --port {other}"
    )


_LAST_PORT = 65535
