"""Base application of both servers: Voila, locked down, with a clean start and stop."""

from __future__ import annotations

import errno
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import tornado.ioloop
import tornado.netutil
from jupyter_core.utils import ensure_async
from traitlets import Any as AnyTrait
from voila.app import Voila

from widgets.page.browser import open_browser
from widgets.render.assets import WIDGETS
from widgets.runtime.kernels import STOPS, end_every_kernel, kill_every_kernel
from widgets.server.connections import BACKLOG, LimitedHTTPServer, connection_capacity
from widgets.server.handlers import NotFoundHandler
from widgets.server.settings import LAST_PORT, ServingError

if TYPE_CHECKING:
    from socket import socket

_END = 3.0
"""Seconds allowed to a clean shutdown; whatever still runs then is killed."""
_LOGGERS = ("tornado", "asyncio", "ServerApp", "traitlets")


class LockedVoila(Voila):  # type: ignore[misc] # voila publishes no types
    """Voila with our own template, headers, error pages and shutdown.

    Subclasses define every route (`init_handlers`).
    """

    serving = AnyTrait(help="How to serve: the `Settings`.")
    say = AnyTrait(help="Prints a French sentence to the terminal.")
    address_note = AnyTrait(
        "", help="More lines to print below the address, each with its line feed."
    )
    opened = AnyTrait(help="What to open in the browser, if not the address itself.")
    template_folder = "voila"
    """The folder of the template, below `page`."""

    def setup_template_dirs(self) -> None:
        """Use our template from the package; nothing under `share/jupyter`."""
        self.template_paths = [str(WIDGETS / "page" / self.template_folder), str(WIDGETS)]
        self.static_paths: list[str] = []

    def init_settings(self) -> dict[str, Any]:
        """Return Voila's settings and those that our handlers read."""
        return {
            **super().init_settings(),
            "log_function": lambda _handler: None,
            # For requests that no route can match, such as one for another host.
            "default_handler_class": NotFoundHandler,
            "reperes_headers": self.serving.headers(),
            "reperes_frames": self.serving.frame_ancestors,
            "reperes_proxies": frozenset(self.serving.proxies),
        }

    def listen(self) -> None:
        """Listen, print the address in French, and serve until stopped."""
        for name in _LOGGERS:  # they would log who requested what
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self.ioloop = tornado.ioloop.IOLoop.current()
        server = LimitedHTTPServer(
            self.app, most=connection_capacity(), headers=self.serving.headers()
        )
        server.add_sockets(self._bind())
        # Not as an exception, which could interrupt any code.
        for stop in STOPS:
            signal.signal(stop, lambda *_: self.ioloop.add_callback_from_signal(self.ioloop.stop))
        try:
            address, elsewhere = self.serving.address, self.serving.address_for_others
            others = f"Depuis un autre poste du réseau : {elsewhere}\n" if elsewhere else ""
            self.say(
                f"Repères est ouvert à l'adresse {address}\n{others}{self.address_note}"
                "Pour arrêter : Ctrl+C."
            )
            self.ioloop.add_callback(self.begin)
            if self.open_browser:
                open_browser(self.opened or address)
            self.ioloop.start()
        finally:
            for stop in STOPS:  # a second signal must not interrupt the cleanup
                signal.signal(stop, signal.SIG_IGN)
            self.say("Repères s'arrête.")
            server.stop()
            with suppress(TimeoutError):
                self.ioloop.run_sync(self.shut_down, timeout=_END)
            kill_every_kernel()

    async def begin(self) -> None:
        """Run in the background once the server listens."""

    async def shut_down(self) -> None:
        """End whatever is running, so that no kernel outlives the server."""
        with suppress(Exception):  # a kernel that is just starting cannot be shut down
            await ensure_async(self.kernel_manager.shutdown_all(now=True))
        await end_every_kernel()

    def _bind(self) -> list[socket]:
        try:
            return tornado.netutil.bind_sockets(self.port, self.ip, backlog=BACKLOG)
        except UnicodeError as error:  # not a host name at all
            raise ServingError(_why_not(self.ip, self.port, OSError())) from error
        except OSError as error:
            raise ServingError(_why_not(self.ip, self.port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
        return (
            f"Repères ne peut pas s'ouvrir à l'adresse {host} : cet ordinateur n'a pas cette "
            "adresse. Retirez --host, ou écrivez : --host 127.0.0.1"
        )
    other = port + 1 if port < LAST_PORT else port - 1
    return (
        f"Repères ne peut pas s'ouvrir à l'adresse {host}, port {port} : ce port est déjà pris, "
        f"ou interdit. Fermez l'autre programme, ou choisissez un autre port : "
        f"reperes --port {other}"
    )
