"""Command output: sentences for people, JSON for programs."""

from __future__ import annotations

import json
import sys

from signs.errors import ReperesError
from signs.text.typography import typography


class CommandError(ReperesError):
    """A command failed; its message is a French sentence."""


def print_json(value: object) -> None:
    """Print a value as JSON, in ASCII unless the output is UTF-8."""
    plain = (sys.stdout.encoding or "utf-8").lower() != "utf-8"
    sys.stdout.write(json.dumps(value, ensure_ascii=plain, indent=2) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Print a text, with French typography."""
    sys.stdout.write(typography(text) + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Print an error or a warning to standard error."""
    sys.stderr.write(typography(text) + "\n")
