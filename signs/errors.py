"""The base of every exception of ours."""

from __future__ import annotations


class ReperesError(Exception):
    """Something that cannot be done; its message is a French sentence for whoever asked.

    The command prints it and ends with status 1.
    """

    def _render_traceback_(self) -> list[str]:
        """Return what an interactive Python shows of it: the sentence, and no traceback."""
        return str(self).splitlines()
