"""The base of every exception of ours."""

from __future__ import annotations


class ReperesError(Exception):
    """Something that cannot be done; its message is a French sentence for whoever asked.

    The command prints it and ends with status 1.
    """
