"""What verifying said, for a terminal: each problem on its line, then how many there are."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from signs.diagnostics.problem import Severity
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from signs import Inspection, Problem

_COLOURS = {Severity.ERROR: "31", Severity.REMARK: "33"}


def as_json(inspection: Inspection) -> dict[str, Any]:
    """Return the problems as `reperes verifier --json` prints them."""
    return {
        "problemes": [
            {
                "fichier": problem.file,
                "ligne": problem.line,
                "gravite": problem.severity.value,
                "message": problem.text,
            }
            for problem in inspection.problems
        ]
    }


def as_lines(problems: Iterable[Problem], *, colours: bool) -> list[str]:
    """Return one line a problem, by file and line."""
    return [
        f"{problem.file}:{problem.line} : {_severity(problem, colours=colours)} : {problem.text}"
        for problem in sorted(problems)
    ]


def summary(inspection: Inspection) -> str:
    """Return whether the list is ready, and how many problems of each kind it has."""
    remarks = _counted(inspection.problems, Severity.REMARK, "remarque")
    if inspection.sign_list is not None:
        title = inspection.sign_list.info.title
        more = f" ({remarks} à regarder)" if remarks else ""
        return typography(f"La liste « {title} » est prête à servir{more}.")
    errors = _counted(inspection.problems, Severity.ERROR, "erreur")
    more = f", {remarks}" if remarks else ""
    return typography(f"{errors}{more}. La liste ne sert pas tant qu'il reste une erreur.")


def in_colours() -> bool:
    """Tell whether to colour: only on a terminal, and where nobody said not to."""
    return (
        sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def _severity(problem: Problem, *, colours: bool) -> str:
    word = problem.severity.value
    return f"\033[{_COLOURS[problem.severity]}m{word}\033[0m" if colours else word


def _counted(problems: Sequence[Problem], severity: Severity, word: str) -> str:
    count = sum(problem.severity is severity for problem in problems)
    return f"{count} {word}{'s' if count > 1 else ''}" if count else ""
