"""A problem as a value: what is wrong, of which entry, at which characters of which file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import signs
from signs.diagnostics.catalog import catalog
from signs.diagnostics.problem import Problem, Severity, Subject
from signs.diagnostics.reporter import Id, Near

# By file: the line of one entry, what is put in its place, and what is wrong then.
MISTAKES = [
    ("services.toml", r"^telephone = .*", 'telephone = "0 12"', "invalid-phone", ("telephone",)),
    ("signes.toml", r"^libelle = .*", "libelle = 12", "invalid-text", ("libelle",)),
    ("conseils.toml", r"^rubrique = .*", 'rubrique = "é"', "invalid-choice", ("rubrique",)),
    ("signes.toml", r"^famille = .*", 'famille = "nulle-part"', "unknown-reference", ("famille",)),
    ("conseils.toml", r"^texte = ", "testament = ", "unknown-key", ("testament",)),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake[3])
def test_a_problem_says_which_value_of_which_entry_and_where(
    list_folder: Path, mistake: tuple[str, str, str, str, tuple[str]]
) -> None:
    file, line, written, code, key = mistake
    path = list_folder / file
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(line, text, re.MULTILINE))[2]
    text = text[: found.start()] + written + text[found.end() :]
    path.write_text(text, encoding="utf-8")
    (problem,) = (p for p in signs.inspect(list_folder).problems if p.code == code)
    kind, id_ = re.findall(r'\[\[(\w+)\]\]\s+id = "([^"]+)"', text[: found.start()])[-1]
    before = len(re.findall(rf"^\[\[{kind}\]\]", text[: found.start()], re.MULTILINE))
    assert problem.entry == Subject(kind, id_, before - 1)
    assert problem.key == key
    assert problem.file == str(path)
    begin, end = _offsets(text, problem)
    assert text[begin:end].startswith(f"{key[0]} = ")
    assert begin == found.start()
    if "texte" not in line:
        assert text[begin:end] == written


def _offsets(text: str, problem: Problem) -> tuple[int, int]:
    """Return where the range of a problem begins and ends in a text."""
    line, column, end_line, end_column = problem.range
    assert None not in problem.range
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return starts[line - 1] + (column or 0) - 1, starts[(end_line or 0) - 1] + (end_column or 0) - 1


def test_columns_are_counted_in_characters(list_folder: Path) -> None:
    head = list_folder / "liste.toml"
    text = head.read_text(encoding="utf-8")
    head.write_text(f'{text}\nretire = [{{ id = "éèà" }}, {{ id = "œuvre" }}]\n', encoding="utf-8")
    problems = [p for p in signs.inspect(list_folder).problems if p.code == "invalid-id"]
    assert [p.range.column for p in problems] == sorted({p.range.column for p in problems})


def test_how_bad_a_problem_is_is_what_the_catalogue_says_unless_it_says_so_itself() -> None:
    assert Problem("duplicate-label").severity is Severity.REMARK
    assert Problem("duplicate-id").severity is Severity.ERROR
    assert Problem("harmful-words", level=Severity.REMARK).severity is Severity.REMARK


def test_what_is_said_follows_what_is_known() -> None:
    entry = Subject("signe", "casque", 4)
    known = Problem("unknown-key", entry, ("libele",), {"near": Near("libelle"), "known": "id"})
    assert known.remedy == "Vouliez-vous dire « libelle » ?"
    unknown = Problem("unknown-key", entry, ("libele",), {"near": Near(), "known": "id, libelle"})
    assert unknown.remedy == "Les lignes possibles sont : id, libelle."
    nameless = Problem("unknown-key", Subject("etape", None, 2), ("a",), {"known": "id"})
    assert nameless.message == "La ligne « a » n'est pas prévue dans l'étape n° 3."
    weakens = Problem("self-replacement", Subject("conseil", "x"), weakens=True)
    assert weakens.message.endswith("toujours rester : le conseil « x » se remplace lui-même.")


def test_every_wording_can_be_chosen() -> None:
    for code, entry in catalog().items():
        for wording in (entry.message, entry.remedy):
            assert isinstance(wording, str) or "otherwise" in wording, code


def test_an_id_is_said_between_quotes_wherever_it_stands() -> None:
    problem = Problem("circular-replacement", Subject("conseil", "a"), (), {"replaced": Id("b")})
    assert problem.message == "Les conseils « a » et « b » se remplacent l'un l'autre."
