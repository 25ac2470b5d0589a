"""Ask addresses of the web what becomes of them: the one module that asks the web, when told.

Politely: it says who asks, reads no page, asks each address once, those of one host one after the
other and a few hosts at a time.
"""

from __future__ import annotations

import http.client
import ssl
import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http.cookiejar import CookieJar
from queue import Empty, SimpleQueue
from socket import gaierror
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPCookieProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SECONDS = 10.0
"""How long one address has to answer, redirects included."""
_AT_A_TIME = 4
"""Hosts."""
_MOST_REDIRECTS = 10
_PERMANENT = {301, 308}
_TEMPORARY = {302, 303, 307}
_HEADERS = {"User-Agent": "reperes (verifier --liens)", "Accept": "*/*"}
_EXPIRED, _OTHER_NAME = 10, 62
"""Among the codes by which OpenSSL says why it does not trust a certificate."""


class Finding(StrEnum):
    """What is to be said of an address; the values are codes of the catalogue of problems."""

    MOVED = "moved-link"
    HOME = "home-link"
    UNENCRYPTED = "unencrypted-link"
    MISSING = "missing-link"
    GUARDED = "guarded-link"
    FAILING = "failing-link"
    UNKNOWN_HOST = "unknown-host"
    UNREACHABLE = "unreachable-link"
    SLOW = "slow-link"
    UNTRUSTED = "untrusted-link"
    ENDLESS = "endless-link"
    UNREADABLE = "unreadable-answer"


OUT_OF_REACH = {Finding.UNKNOWN_HOST, Finding.UNREACHABLE, Finding.SLOW, Finding.UNTRUSTED}
"""What a machine without the web, or behind a proxy, finds of every address."""


@dataclass(frozen=True)
class Answer:
    """What an address answered."""

    finding: Finding | None = None
    """`None` where there is nothing to say."""
    target: str = ""
    """Where it leads, if elsewhere."""
    status: int = 0
    """In HTTP."""
    certificate: str = ""
    """Why it is not trusted, where one knows: `expired` or `other_name`."""


def ask_all(
    addresses: Iterable[str],
    tell: Callable[[int, int, str], None] = lambda *_: None,
    *,
    limit: float = SECONDS,
) -> dict[str, Answer]:
    """Ask each address once; return what each answered.

    Parameters
    ----------
    addresses
        Whole addresses of the web.
    tell
        Told how many have answered, of how many, and the host that did last.
    limit
        How many seconds one address has.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        by_host[urlsplit(address).netloc.lower()].append(address)
    hosts: SimpleQueue[list[str]] = SimpleQueue()
    for its in by_host.values():
        hosts.put(its)
    answers: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    trust = ssl.create_default_context()
    for _ in range(min(_AT_A_TIME, len(by_host))):
        worker = threading.Thread(target=_work, args=(hosts, answers, trust, limit), daemon=True)
        worker.start()
    found: dict[str, Answer] = {}
    total = sum(map(len, by_host.values()))
    while len(found) < total:
        address, answer = answers.get()
        found[address] = answer
        tell(len(found), total, urlsplit(address).netloc)
    return found


def _work(
    hosts: SimpleQueue[list[str]],
    answers: SimpleQueue[tuple[str, Answer]],
    trust: ssl.SSLContext,
    limit: float,
) -> None:
    """Ask the addresses of one host after another, until none is left."""
    while True:
        try:
            addresses = hosts.get_nowait()
        except Empty:
            return
        for address in addresses:
            answers.put((address, _ask(address, trust, limit)))


def _ask(address: str, trust: ssl.SSLContext, limit: float) -> Answer:
    """Return what an address answers within a number of seconds.

    In a thread that is left behind once the time is over: nothing interrupts a name being looked
    up, nor a host that sends one letter at a time.
    """
    found: SimpleQueue[Answer] = SimpleQueue()
    visit = _Visit(address, trust, limit)
    threading.Thread(target=lambda: found.put(visit.answer()), daemon=True).start()
    try:
        return found.get(timeout=limit)
    except Empty:
        return Answer(Finding.SLOW)


class _Visit:
    """The requests that one address takes."""

    def __init__(self, address: str, trust: ssl.SSLContext, limit: float) -> None:
        self._address, self._limit = address, limit
        # No handler of redirects nor of errors: each answer is looked at here.
        self._opener = OpenerDirector()
        for handler in (
            ProxyHandler(),
            HTTPHandler(),
            HTTPSHandler(context=trust),
            HTTPCookieProcessor(CookieJar()),  # some redirect until they see theirs again
        ):
            self._opener.add_handler(handler)

    def answer(self) -> Answer:
        try:
            return self._followed()
        except (OSError, ValueError, http.client.HTTPException) as error:
            return _fault(error)

    def _followed(self) -> Answer:
        """Follow the redirects, and look at the last answer."""
        here = moved = self._address
        permanent = True
        for _ in range(_MOST_REDIRECTS):
            status, location = self._asked(here)
            if status not in _PERMANENT | _TEMPORARY or not location:
                return self._arrived(status, here, moved)
            here = _redirected(here, location)
            if urlsplit(here).scheme not in {"http", "https"}:
                return Answer(Finding.UNREADABLE, here)
            permanent = permanent and status in _PERMANENT
            if permanent:
                moved = here
        return Answer(Finding.ENDLESS)

    def _asked(self, address: str) -> tuple[int, str]:
        """Return the status of an address, and where it redirects; by HEAD, else by GET."""
        try:
            status, location = self._request("HEAD", address, self._limit / 2)
        except (http.client.HTTPException, ConnectionError, TimeoutError):
            status = 0  # it was reached: some answer nothing to HEAD
        if status in range(200, 400):
            return status, location
        return self._request("GET", address, self._limit)

    def _request(self, method: str, address: str, seconds: float) -> tuple[int, str]:
        request = Request(_in_ascii(address), headers=_HEADERS, method=method)  # noqa: S310 (checked)
        with self._opener.open(request, timeout=seconds) as response:
            return response.status, response.headers.get("Location", "")

    def _arrived(self, status: int, here: str, moved: str) -> Answer:
        """Return what to say of the last answer, got at `here`."""
        if status not in range(200, 300):
            return Answer(_refusal(status), status=status)
        if urlsplit(self._address).scheme == "https" != urlsplit(here).scheme:
            return Answer(Finding.UNENCRYPTED, here)
        if _is_home(here) and not _is_home(self._address):
            return Answer(Finding.HOME, here)
        if _in_ascii(moved) != _in_ascii(self._address):
            return Answer(Finding.MOVED, moved)
        return Answer()


def _refusal(status: int) -> Finding:
    if status in {404, 410}:
        return Finding.MISSING
    if status in range(400, 500):
        return Finding.GUARDED
    return Finding.FAILING if status in range(500, 600) else Finding.UNREADABLE


def _fault(error: BaseException) -> Answer:
    """Return what to say where no answer came."""
    if isinstance(error, URLError) and isinstance(error.reason, BaseException):
        error = error.reason
    match error:
        case ssl.SSLCertVerificationError():
            codes = {_EXPIRED: "expired", _OTHER_NAME: "other_name"}
            return Answer(Finding.UNTRUSTED, certificate=codes.get(error.verify_code, ""))
        case TimeoutError():
            return Answer(Finding.SLOW)
        case gaierror():
            return Answer(Finding.UNKNOWN_HOST)
        case ConnectionError():
            return Answer(Finding.UNREACHABLE)
        case ssl.SSLError() | http.client.HTTPException() | ValueError():
            return Answer(Finding.UNREADABLE)
    return Answer(Finding.UNREACHABLE)


def _redirected(here: str, location: str) -> str:
    """Return where an answer redirects; a part of the page stays the one that was asked for."""
    with suppress(UnicodeError):  # headers are read as Latin-1, and written in UTF-8
        location = location.encode("latin-1").decode()
    there, part = urldefrag(urljoin(here, location.strip()))
    part = part or urldefrag(here).fragment
    return f"{there}#{part}" if part else there


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def _in_ascii(address: str) -> str:
    """Return an address as it is asked for: accents encoded, without the part of the page."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe=_KEPT) for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, host, path, query, ""))


_KEPT = "%/:@!$&'()*+,;=~?"
