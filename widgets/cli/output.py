"""What a command says: sentences for a person, JSON for a program."""

from __future__ import annotations

import json
import sys

from signs.errors import ReperesError
from signs.text.typography import typography


class CommandError(ReperesError):
    """What went wrong, as a French sentence for whoever typed the command."""


def print_json(value: object) -> None:
    """Print a value; in plain letters where the output cannot write others."""
    plain = (sys.stdout.encoding or "utf-8").lower() != "utf-8"
    sys.stdout.write(json.dumps(value, ensure_ascii=plain, indent=2) + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Print a text, with French typography."""
    sys.stdout.write(typography(text) + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Say what went wrong, where that is read."""
    sys.stderr.write(typography(text) + "\n")
