"""The Content-Security-Policy of a page, with hashes of its scripts and styles."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from typing import TYPE_CHECKING

from widgets.page.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def content_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the Content-Security-Policy that lets exactly these scripts and styles run."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes(scripts)}",
            f"style-src {hashes(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def policy_of(page: str) -> str:
    """Return the policy in the `meta` element of a page, to send as a header too."""
    match = _POLICY.search(page)
    if match is None:
        raise PageError("La page n’a pas de politique de sécurité.")
    return unescape(match[1])


_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def hashes(texts: Iterable[str]) -> str:
    """Return the hashes of scripts or styles, as a policy directive lists them."""
    digests = (hashlib.sha256(text.encode()).digest() for text in texts if text)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
