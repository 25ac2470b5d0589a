"""What answers: the kept pages, the health of the app, and a French page for everything else."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import tornado.web

from widgets.page.shell import render_error
from widgets.server.page_cache import Page, PageUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.server.page_cache import PageCache

_TAKES_GZIP = re.compile(r"(?i)(?<![\w-])gzip\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:$|,)))")
_HSTS = "max-age=31536000"  # a year, as is usual


class BaseHandler(tornado.web.RequestHandler):
    """What every answer has: our headers, no cookie, and French pages for errors.

    The application's settings give `reperes_headers` (what every answer carries) and
    `reperes_frames` (who may show it in a frame, as a directive of the policy); where anybody
    may know the address of the first page, `reperes_home` is it.
    """

    _etag: str | None = None

    def set_default_headers(self) -> None:
        """Set what every answer carries, errors and « not modified » included."""
        self.clear_header("Server")
        for name, value in self.settings["reperes_headers"].items():
            self.set_header(name, value)
        # Whoever answers with a page says what may run in it; nothing does otherwise.
        self.set_header(
            "Content-Security-Policy", f"default-src 'none'; {self.settings['reperes_frames']}"
        )
        self.set_header("Cache-Control", "no-store")
        if (
            self.request.remote_ip in self.settings["reperes_proxies"]
            and self.request.headers.get("X-Forwarded-Proto") == "https"
        ):
            self.set_header("Strict-Transport-Security", _HSTS)

    def send_page(self, page: Page) -> None:
        """Send a page, compressed where the browser takes it, or say that it has it already."""
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

    def compute_etag(self) -> str | None:
        """Give the one that was computed when the page was made."""
        return self._etag

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Answer with a page of ours; never with what went wrong inside."""
        if status_code == METHOD_NOT_ALLOWED:
            self.set_header("Allow", "GET, HEAD")
        if status_code == UNAVAILABLE:
            self.set_header("Retry-After", "2")
        self.send_page(error_page(status_code, self.settings.get("reperes_home")))

    def log_exception(self, *_args: object) -> None:
        """Leave no trace of who asked for what."""


class PageHandler(BaseHandler):
    """Gives the kept page."""

    def initialize(self, keeper: PageCache) -> None:
        """Remember where the page is kept."""
        self.keeper = keeper

    async def get(self) -> None:
        """Send the page; our own error page where there is none."""
        try:
            page = await self.keeper.page()
        except PageUnavailableError as error:
            raise tornado.web.HTTPError(UNAVAILABLE) from error
        # A browser may keep it, and asks each time whether it is still the one.
        self.set_header("Cache-Control", "no-cache")
        self.send_page(page)

    head = get


class HealthHandler(BaseHandler):
    """Tells a probe whether the pages are there and of which list; never a path of the machine."""

    def initialize(self, health: Callable[[], tuple[bool, dict[str, Any]]]) -> None:
        """Remember whom to ask."""
        self.health = health

    def get(self) -> None:
        """Answer 200 when visitors can be sent here, 503 while they cannot."""
        ready, told = self.health()
        self.set_status(200 if ready else UNAVAILABLE)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(told, ensure_ascii=False, indent=2) + "\n")

    head = get


class NotFoundHandler(BaseHandler):
    """Answers for every address there is not."""

    def prepare(self) -> None:
        """Answer before any method is looked at."""
        raise tornado.web.HTTPError(NOT_FOUND)


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
    """Return our page for an error; drawn once for all, so that asking for it costs nothing.

    Parameters
    ----------
    status_code
        Of the answer.
    home
        The address of the first page, for whoever has lost it.
    """
    lost = status_code == NOT_FOUND
    return _error_page(status_code if status_code in _ERRORS else 500, home if lost else None)


@lru_cache(maxsize=2 * len(_ERRORS))
def _error_page(status_code: int, home: str | None) -> Page:
    return Page.of(render_error(*_ERRORS[status_code], home=home))
