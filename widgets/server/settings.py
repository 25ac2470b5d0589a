"""Server settings, validated before anything starts."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from traitlets.config import Config

from signs.errors import ReperesError
from widgets.runtime.kernels import OneKernelSpecManager, transport_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOOPBACK = "127.0.0.1"
LAST_PORT = 65535


class ServingError(ReperesError):
    """The settings cannot be served; its message is a French sentence with a remedy."""


@dataclass(frozen=True)
class Settings:
    """Server settings.

    Raises
    ------
    ServingError
        When a value is invalid.
    """

    host: str = LOOPBACK
    port: int = 8866
    base_url: str = "/"
    """The base path of every page; it begins and ends with a slash."""
    framed_by: tuple[str, ...] = ()
    """The sites that may embed a page in a frame, as `https://ent.example.fr`."""
    proxies: tuple[str, ...] = ()
    """The addresses of the proxies whose `X-Forwarded-Proto` is trusted."""
    open_browser: bool = True

    def __post_init__(self) -> None:
        """Normalize the base path; refuse invalid values."""
        if not _BASE.fullmatch(self.base_url):
            raise ServingError(
                f"« {self.base_url} » n'est pas un chemin où servir les pages. Écrivez par "
                "exemple : --base-url /reperes/"
            )
        object.__setattr__(self, "base_url", f"/{self.base_url.strip('/')}/".replace("//", "/"))
        for site in self.framed_by:
            if not _SITE.fullmatch(site) or not _port_exists(site):
                raise ServingError(
                    f"« {site} » n'est pas l'adresse d'un site en https, sans chemin. Écrivez par "
                    "exemple : --cadre https://ent.example.fr"
                )
        for proxy in self.proxies:
            try:
                ipaddress.ip_address(proxy)
            except ValueError as error:
                raise ServingError(
                    f"« {proxy} » n'est pas l'adresse IP d'un serveur intermédiaire. Écrivez par "
                    "exemple : --proxy 127.0.0.1"
                ) from error

    @property
    def authority(self) -> str:
        """The host and the port, as in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """The URL of the front page on this machine; 0.0.0.0 is no address to go to."""
        if not self._is_everywhere:
            return f"http://{self.authority}{self.base_url}"
        here = LOOPBACK if ":" not in self.host else "[::1]"
        return f"http://{here}:{self.port}{self.base_url}"

    @property
    def address_for_others(self) -> str | None:
        """The URL of the front page by the name of this machine; `None` if only it is served."""
        if not self._is_everywhere:
            return None
        return f"http://{socket.gethostname().lower()}:{self.port}{self.base_url}"

    @property
    def _is_everywhere(self) -> bool:
        """Whether the host means every address of this machine."""
        try:
            return ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            return False

    @property
    def frame_ancestors(self) -> str:
        """The `frame-ancestors` directive of the policy."""
        return f"frame-ancestors {' '.join(self.framed_by) or NO_FRAME}"

    def headers(self) -> dict[str, str]:
        """Return the headers of every response."""
        headers = {
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": _NO_DEVICE,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        return headers if self.framed_by else {**headers, "X-Frame-Options": "DENY"}

    def headers_in_words(self) -> list[str]:
        """Return the headers of every page, each on a line, for those who answer for security."""
        headers = {**self.headers(), "Content-Security-Policy": self.frame_ancestors}
        if self.proxies:
            headers["Strict-Transport-Security"] = HSTS
        return sorted(f"{name}: {value}" for name, value in headers.items())


HSTS = "max-age=31536000"  # a year, as is usual
NO_FRAME = "'none'"
_NO_DEVICE = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
        *("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
    )
)
_BASE = re.compile(r"/?(?:[\w.~-]*[\w~-][\w.~-]*/)*(?:[\w.~-]*[\w~-][\w.~-]*)?", re.ASCII)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITE = re.compile(rf"https://(?:\*\.)?{_LABEL}(?:\.{_LABEL})+(?::(\d{{1,5}}))?", re.IGNORECASE)


def _port_exists(site: str) -> bool:
    match = _SITE.fullmatch(site)
    return match is not None and (match[1] is None or 0 < int(match[1]) <= LAST_PORT)


def configuration(
    settings: Settings, workdir: Path, more: Mapping[str, object] | None = None
) -> Config:
    """Return Voila's configuration: quiet, closed, and writing in `workdir` only.

    Parameters
    ----------
    settings
        How to serve.
    workdir
        A private folder.
    more
        What one kind of server configures besides, by class.
    """
    quiet = {"log_level": 50}  # what there is to say is said in French, by us
    config = Config(
        {
            "Application": quiet,
            "Voila": {
                **quiet,
                "config_file_paths": [],  # a stray voila.json must not unlock anything
                "ip": settings.host,
                "port": settings.port,
                "base_url": settings.base_url,
                "open_browser": settings.open_browser,
                "connection_dir_root": str(workdir),
            },
            "VoilaConfiguration": {
                "template": "reperes",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "file_allowlist": [],
                "show_tracebacks": False,
                "kernel_spec_manager_class": OneKernelSpecManager,
            },
            "MultiKernelManager": {"kernel_manager_class": "widgets.runtime.kernels.ServedKernel"},
            "KernelManager": {"transport": transport_in(workdir)},
            "NotebookNotary": {"db_file": ":memory:"},
        }
    )
    config.merge(Config(more or {}))
    return config
