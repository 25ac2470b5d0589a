"""A live page for the trainer: one notebook and its kernel, local and for one person.

Its addresses all begin with a secret drawn at each start, so that no other user of the machine
and no other site in the browser can reach the kernel; no cookie and no login are needed. It is
printed for whoever starts the server, and is on no command line, which every user could read.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import tornado.web
from jupyter_core.utils import ensure_async
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.paths import collect_static_paths
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from signs.text.typography import typography
from widgets.page.browser import leading_to
from widgets.page.shell import live_shell, page_cells
from widgets.render.html import notebook_markdown
from widgets.runtime.selection import variables
from widgets.runtime.workdir import kernel_folders, private_workdir
from widgets.server.base_app import LockedVoila
from widgets.server.handlers import BaseHandler, NotFoundHandler
from widgets.server.settings import ServingError, Settings, configuration

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from signs.loading.loader import Choice


_KERNEL_ID = r"(?P<kernel_id>\w+(?:-\w+){4})"
"""A kernel in an address: a UUID."""


class AnonymousIdentity(IdentityProvider):
    """Grants access to anyone with the secret address, without identity or cookie."""

    def get_user(self, handler: Any) -> User:  # noqa: ANN401, ARG002 (jupyter's)
        """Return the only user."""
        return User("personne")

    def get_handlers(self) -> list[Any]:
        """Return no login or logout handler."""
        return []


class AliveKernelHandler(KernelHandler):
    """Describes a running kernel; 404 for a dead one."""

    async def get(self, kernel_id: str) -> None:
        """Send the kernel's model."""
        if not await ensure_async(self.kernel_manager.is_alive(kernel_id)):
            raise tornado.web.HTTPError(404)
        await ensure_async(super().get(kernel_id))


def _hardened(
    handler: type[tornado.web.RequestHandler], *, page: bool = False
) -> type[tornado.web.RequestHandler]:
    """Return a subclass of a handler with our headers and without internal error messages.

    Parameters
    ----------
    handler
        A handler of Voila or Jupyter.
    page
        Whether its errors are pages for people.
    """

    def set_default_headers(self: tornado.web.RequestHandler) -> None:
        handler.set_default_headers(self)
        self.clear_header("Server")
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def write_nothing(self: tornado.web.RequestHandler, _status: int, **_kwargs: object) -> None:
        tornado.web.RequestHandler.finish(self)

    changed = {
        "set_default_headers": set_default_headers,
        "write_error": BaseHandler.write_error if page else write_nothing,
        "send_page": BaseHandler.send_page,
        "log_exception": BaseHandler.log_exception,
    }
    return type(handler.__name__, (handler,), changed)


class LiveServer(LockedVoila):
    """Voila serving one notebook with its kernel, and the assets of its front end."""

    template_folder = "live"

    def init_settings(self) -> dict[str, Any]:
        """Return Voila's settings, with our headers on its own answers too."""
        origin = f"ws://{self.serving.authority}"
        policy = f"{live_shell().policy(origin)}; {self.serving.frame_ancestors}"
        return {
            **super().init_settings(),
            "headers": {
                **self.serving.headers(),
                "Content-Security-Policy": policy,
                "Cache-Control": "no-store",
            },
            # The page's « I am closed » cannot carry what this checks; the secret is enough.
            "disable_check_xsrf": True,
        }

    def init_handlers(self) -> list[Any]:
        """Return every route."""
        base = self.serving.base_url
        kernel = f"{base}api/kernels/{_KERNEL_ID}"
        statics = collect_static_paths(["voila"], "base")
        notebook = {
            "notebook_path": os.path.basename(self.notebook_path),  # noqa: PTH119 (Voila's)
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [
            (base, _hardened(TornadoVoilaHandler, page=True), notebook),
            (kernel, _hardened(AliveKernelHandler)),
            (f"{kernel}/channels", _hardened(VoilaKernelWebsocketHandler)),
            (f"{base}voila/api/shutdown/(.*)", _hardened(VoilaShutdownKernelHandler)),
            (f"{base}voila/static/(.*)", _hardened(MultiStaticFileHandler), {"paths": statics}),
            (
                f"{base}voila/labextensions/(.*)",
                _hardened(FileFindHandler),
                {"path": self.labextensions_path, "no_cache_paths": ["/"]},
            ),
            (r".*", NotFoundHandler),
        ]


def serve_live(
    notebook: Path, choice: Choice, settings: Settings, say: Callable[[str], None]
) -> None:
    """Serve one notebook with its kernel until stopped (Ctrl-C or SIGTERM).

    Parameters
    ----------
    notebook
        The path of the notebook.
    choice
        The list and the school's file that it is given.
    settings
        Where and how; only on this very machine, and below a secret address.
    say
        Prints a French sentence.

    Raises
    ------
    ServingError
        When the address cannot be listened on, or others could reach it.
    """
    if not _is_this_machine(settings.host) or settings.framed_by or settings.proxies:
        raise ServingError(
            "La page du formateur change des fichiers : elle ne s'ouvre que sur cet ordinateur. "
            "Retirez --host, --cadre et --proxy."
        )
    secret = f"{settings.base_url}{secrets.token_urlsafe(24)}/"
    settings = replace(settings, base_url=secret)
    with private_workdir() as workdir, leading_to(settings.address) as opened:
        environment = {**variables(choice), **kernel_folders(workdir)}
        server = LiveServer(
            serving=settings,
            opened=opened,
            say=lambda text: say(typography(text)),
            root_dir=str(notebook.parent),
            notebook_path=str(notebook),
            config=configuration(settings, workdir, _configuration(environment)),
        )
        server.initialize([])
        server.start()


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _configuration(environment: dict[str, str]) -> dict[str, object]:
    return {
        "ServedKernel": {"environment": environment},
        "Voila": {"identity_provider_class": AnonymousIdentity},
        "VoilaConfiguration": {
            # What it sends meanwhile, for proxies, is a script that our policy refuses.
            "http_keep_alive_timeout": 600,
            "extension_allowlist": [
                "@jupyter-widgets/jupyterlab-manager",
                "@voila-dashboards/widgets-manager8",
                "anywidget",
            ],
        },
        "VoilaExporter": {
            "filters": {
                "reperes_cells": page_cells,
                "reperes_live": live_shell,
                "reperes_markdown": notebook_markdown,
            }
        },
        "MappingKernelManager": {
            "root_dir": os.getcwd(),  # noqa: PTH109 (as text): where the trainer is
            "allow_tracebacks": False,
            # A page that was closed says so; one that could not say it is noticed.
            "cull_idle_timeout": 120,
            "cull_interval": 30,
            "buffer_offline_messages": False,
        },
        "KernelRestarter": {"restart_limit": 0},  # a kernel anew would not know the page
    }
