"""Request handlers: cached pages, health check, and a French error page for the rest."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import tornado.web

from widgets.page.shell import render_error
from widgets.server.addresses import relative, spelled
from widgets.server.page_cache import Page, PageUnavailableError
from widgets.server.settings import HSTS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_TAKES_GZIP = re.compile(r"(?i)(?<![\w-])gzip\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:$|,)))")
_DEEPEST = 8
"""How many slashes an address has where there is a way back."""


class BaseHandler(tornado.web.RequestHandler):
    """Base handler: our headers, no cookie, French error pages.

    The application's settings give `reperes_headers` (what every answer carries) and
    `reperes_frames` (who may show it in a frame, as a directive of the policy); where anybody
    may know the address of the first page, `reperes_home` is it, and `reperes_address` finds
    that of a page in any spelling of it.
    """

    _etag: str | None = None

    def set_default_headers(self) -> None:
        """Set the headers of every response, errors and « not modified » included."""
        self.clear_header("Server")
        for name, value in self.settings["reperes_headers"].items():
            self.set_header(name, value)
        # A handler that sends a page sets what may run in it; by default nothing does.
        self.set_header(
            "Content-Security-Policy", f"default-src 'none'; {self.settings['reperes_frames']}"
        )
        self.set_header("Cache-Control", "no-store")
        if (
            self.request.remote_ip in self.settings["reperes_proxies"]
            and self.request.headers.get("X-Forwarded-Proto") == "https"
        ):
            self.set_header("Strict-Transport-Security", HSTS)

    def send_page(self, page: Page) -> None:
        """Send a page, gzipped if the browser accepts it, or « not modified »."""
        gzipped = bool(_TAKES_GZIP.search(self.request.headers.get("Accept-Encoding", "")))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header(
            "Content-Security-Policy", f"{page.policy}; {self.settings['reperes_frames']}"
        )
        self.set_header("Vary", "Accept-Encoding")
        self._etag = f'"{page.digest}{"-gzip" if gzipped else ""}"'
        if gzipped:
            self.set_header("Content-Encoding", "gzip")
        self.finish(page.gzipped if gzipped else page.html)

    def send_on(self) -> None:
        """Send another spelling of an address on to it; else there is no such page."""
        find = self.settings.get("reperes_address")
        path = self.request.path
        address = find(spelled(path)) if find and self.request.method in {"GET", "HEAD"} else None
        if address is None or address == path:
            raise tornado.web.HTTPError(NOT_FOUND)
        self.redirect(relative(address, path))

    def compute_etag(self) -> str | None:
        """Return the one computed when the page was rendered."""
        return self._etag

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Send our error page; never the internal error."""
        if status_code == METHOD_NOT_ALLOWED:
            self.set_header("Allow", "GET, HEAD")
        if status_code == UNAVAILABLE:
            self.set_header("Retry-After", "2")
        self.send_page(error_page(status_code, self._home()))

    def _home(self) -> str | None:
        """Return the address of the front page, as a link from the one asked for."""
        home = self.settings.get("reperes_home")
        far = self.request.path.count("/") > _DEEPEST
        return None if home is None or far else relative(home, self.request.path)

    def log_exception(self, *_args: object) -> None:
        """Log nothing: no trace of who requested what."""


class Kept(Protocol):
    """What keeps a page."""

    async def page(self) -> Page:
        """Return the page; raise `PageUnavailableError` when there is none."""


class KeptHandler(BaseHandler):
    """Sends pages that are kept."""

    async def send_kept(self, page: Awaitable[Page]) -> None:
        """Send a page once it is there, or our error page if there is none."""
        try:
            kept = await page
        except PageUnavailableError as error:
            raise tornado.web.HTTPError(UNAVAILABLE) from error
        # A browser may cache it, and revalidates it each time.
        self.set_header("Cache-Control", "no-cache")
        self.send_page(kept)


class PageHandler(KeptHandler):
    """Serves a page that is kept."""

    def initialize(self, cache: Kept) -> None:
        """Set what keeps the page."""
        self.cache = cache

    async def get(self) -> None:
        """Send the page."""
        await self.send_kept(self.cache.page())

    head = get


class HealthHandler(BaseHandler):
    """Health check: whether the pages are ready, and of which list; no path of the machine."""

    def initialize(self, health: Callable[[], tuple[bool, dict[str, Any]]]) -> None:
        """Set the function that reports the health."""
        self.health = health

    def get(self) -> None:
        """Respond 200 when ready for visitors, 503 until then."""
        ready, state = self.health()
        self.set_status(200 if ready else UNAVAILABLE)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(state, ensure_ascii=False, indent=2) + "\n")

    head = get


class RobotsHandler(BaseHandler):
    """Tells search engines that they may read everything; whoever publishes may say otherwise."""

    def get(self) -> None:
        """Send the text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("User-agent: *\nDisallow:\n")

    head = get


class NotFoundHandler(BaseHandler):
    """Sends another spelling of an address on to it; responds to those that do not exist."""

    def prepare(self) -> None:
        """Respond before the method is checked."""
        self.send_on()


NOT_FOUND = 404
METHOD_NOT_ALLOWED = 405
UNAVAILABLE = 503
_STILL_THERE = "En cas de danger, les numéros ci-dessus répondent jour et nuit."
_ERRORS = {
    400: (
        "Cette demande n'est pas comprise",
        f"L'adresse est peut-être incomplète. {_STILL_THERE}",
    ),
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


def error_page(status_code: int, home: str | None = None) -> Page:
    """Return our page for an error; rendered once, so that requesting it is cheap.

    Parameters
    ----------
    status_code
        Of the response.
    home
        The address of the front page, linked to where the page does not exist.
    """
    lost = status_code == NOT_FOUND
    return _error_page(status_code if status_code in _ERRORS else 500, home if lost else None)


@lru_cache(maxsize=2 * len(_ERRORS))
def _error_page(status_code: int, home: str | None) -> Page:
    return Page.of(render_error(*_ERRORS[status_code], home=home))
