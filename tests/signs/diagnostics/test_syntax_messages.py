"""What is proposed for a line that is no TOML: once written, the verifier takes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import Problem
from signs.model.keys import keys_of
from signs.model.sign_list import KINDS
from tests.started import started_list

KEYS = [(kind, key) for kind, its in KINDS.items() for key in keys_of(its.entry)]
WAYS = (
    "{key} = dix",
    "{key} = sommeil",
    "{key} = mars 2026",
    "{key}: peut-être",
    "{key} : 10",
    "{key} = “10”",
    "{key} = « sommeil »",
    "{key} = @",
    "{key} lundi",
    "{key} = www.exemple.fr",
)
"""How people write a value without its quotation marks, whatever the key wants."""
SAID = ("Écrivez : ", "Écrivez par exemple : ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small list."""
    folder = tmp_path / "liste"
    started_list(folder, standalone=True)
    return folder


def _problem(file: Path, before: str, kind: str, line: str) -> Problem | None:
    """Return the first problem of the last line of a file, in an entry of its own."""
    file.write_text(f"{before}\n[[{kind}]]\n{line}\n", encoding="utf-8")
    last = file.read_text("utf-8").count("\n")
    found = signs.inspect(file.parent).problems
    return next(
        (each for each in found if each.line == last and Path(each.file).name == file.name), None
    )


def _proposed(remedy: str) -> str:
    """Return the line that a remedy proposes; empty where it proposes none."""
    after = next((remedy.partition(said)[2] for said in SAID if said in remedy), "")
    several = r",? ou " if "[" in after else r",? ou |(?<=\"), (?=\")"
    return re.split(several, after.removesuffix("."))[0]


@pytest.mark.parametrize(("kind", "key"), KEYS)
def test_what_is_proposed_for_a_value_without_quotes_is_not_refused_next(
    folder: Path, kind: str, key: str
) -> None:
    file = folder / KINDS[kind].file
    before = file.read_text("utf-8") if file.is_file() else ""
    for way in WAYS:
        line = way.format(key=key)
        first = _problem(file, before, kind, line)
        assert first, line
        proposed = _proposed(first.remedy)
        assert proposed.startswith(f"{key} = "), (line, first.message, first.remedy)
        next_one = _problem(file, before, kind, proposed)
        assert next_one is None or next_one.code in LEFT, (line, proposed, next_one.message)


LEFT = {"unknown-reference", "duplicate-id", "placeholder"}
"""Codes of what no line by itself can tell."""
