"""Addresses: another spelling of one is sent on to it, by a link that any base address keeps."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

_INDEX = "/index.html"


def spelled(address: str) -> str:
    """Return what all spellings of an address have in common.

    Such as `%c3%a9` or `%C3%A9`, an accent composed or not, with and without the last slash.
    """
    path = unicodedata.normalize("NFC", unquote(address.partition("?")[0]))
    return path.removesuffix(_INDEX).rstrip("/") or "/"


def relative(target: str, asked: str) -> str:
    """Return a link from one address to another, relative: a proxy may strip what they begin with.

    Parameters
    ----------
    target
        The path to go to.
    asked
        The path of the page the link is on.
    """
    here = asked.partition("?")[0].split("/")[1:-1]
    there = target.split("/")[1:]
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "../" * (len(here) - same) + "/".join(there[same:]) or "./"
