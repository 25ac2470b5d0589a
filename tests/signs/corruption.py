"""Realistic damages to a list (bytes, lines, keys, types, ids, encodings); checks of the report.

Used by the suite with some, by `tests/benchmarks/lists.py` with thousands.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import signs
from signs.diagnostics.problem import Severity
from tests.signs.schools import SCHOOL

ENCODINGS = ("cp1252", "utf-16", "utf-16-le", "utf-32", "latin-1", "mac-roman")


def _bytes(raw: bytes, picker: random.Random) -> bytes:
    at = picker.randrange(len(raw))
    how = picker.randrange(3)
    if how == 0:
        return raw[:at] + bytes([picker.randrange(256)]) + raw[at + 1 :]
    if how == 1:
        return raw[:at] + raw[at + picker.randint(1, 40) :]
    return raw[:at] + picker.randbytes(picker.randint(1, 5)) + raw[at:]


def _lines(raw: bytes, picker: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at, other = picker.randrange(len(lines)), picker.randrange(len(lines))
    how = picker.randrange(4)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(at, lines[other])
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
    else:
        del lines[at : at + picker.randint(1, 30)]
    return b"\n".join(lines)


def _replaced(raw: bytes, picker: random.Random, pattern: bytes, by: Callable[..., bytes]) -> bytes:
    found = list(re.finditer(pattern, raw, re.MULTILINE))
    if not found:
        return raw
    one = picker.choice(found)
    return raw[: one.start(1)] + by(one[1]) + raw[one.end(1) :]


def _keys(raw: bytes, picker: random.Random) -> bytes:
    return _replaced(raw, picker, rb"^([a-z_]+) =", lambda key: key[:-1] or b"x")


def _types(raw: bytes, picker: random.Random) -> bytes:
    values = (b"12", b"true", b"[]", b'""', b"{ a = 1 }", b"2026-01-01", b'["x"]', b"oui", b"nan")
    return _replaced(raw, picker, rb"^[a-z_]+ = (.+)$", lambda _: picker.choice(values))


def _ids(raw: bytes, picker: random.Random) -> bytes:
    return _replaced(raw, picker, rb'"([a-z0-9]+(?:-[a-z0-9]+)+)"', lambda id_: id_[::-1] + b"-x")


def _encoding(raw: bytes, picker: random.Random) -> bytes:
    text = raw.decode("utf-8")
    return text.encode(picker.choice(ENCODINGS), errors="replace")


DAMAGES = {
    "bytes": _bytes,
    "lines": _lines,
    "keys": _keys,
    "types": _types,
    "ids": _ids,
    "encodings": _encoding,
}


def with_school(folder: Path) -> Path:
    """Write a school's file below a list's folder, to be damaged too."""
    (folder / "ecole").mkdir()
    school = folder / "ecole" / "ecole.toml"
    school.write_text(SCHOOL, encoding="utf-8")
    return school


def damage(folder: Path, picker: random.Random) -> tuple[str, Path, bytes]:
    """Damage one file of a list or of its school; return how, which and its previous content."""
    file = picker.choice(sorted(folder.rglob("*.toml")))
    raw = file.read_bytes()
    how = picker.choice(sorted(DAMAGES))
    file.write_bytes(DAMAGES[how](raw, picker))
    return how, file, raw


def objection_to(folder: Path, inspection: signs.Inspection) -> str | None:
    """Return an objection to the report on a damaged list, or `None`."""
    errors = [p for p in inspection.problems if p.severity is Severity.ERROR]
    if (inspection.sign_list is None) is not bool(errors):
        return "valid with errors, or refused without one"
    for problem in inspection.problems:
        path = Path(problem.file)
        if not path.is_relative_to(folder):
            return f"a problem elsewhere: {problem.file}"
        length = path.read_bytes().count(b"\n") + 1 if path.exists() else 1
        if not 1 <= problem.line <= length:
            return f"no such line: {path.name}:{problem.line}"
        if not problem.text.endswith((".", "?", "…")):
            return f"no sentence: {problem.text}"
    if inspection.sign_list is not None:
        return _not_sound(inspection.sign_list)
    return None


def _not_sound(sign_list: signs.SignList) -> str | None:
    """Check the invariants of a list reported as valid, without the verifier's own rules."""
    for item in (None, *sign_list.items):
        answer = signs.orient(sign_list, [item] if item else [])
        sections = {advice.section.value for advice in answer.advice}
        if not {"parler", "prevenir", "eviter"} <= sections:
            return f"no way out with {item}"
        if not any("vous" in s.audience and s.open and (s.phone or s.sms) for s in answer.services):
            return f"nobody answers with {item}"
        if answer.urgent and not any(s.phone in {"15", "17", "112"} for s in answer.services):
            return f"no help with {item}"
    return None
