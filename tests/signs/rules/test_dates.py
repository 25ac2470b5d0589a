"""Dates and a clock that may be wrong: remarks, never a refusal, and one day for everybody."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import Severity
from signs.model.freshness import first_day, is_overdue
from tests.conftest import stopped_on

FUTURE = "est dans le futur"


def _matching(inspection: signs.Inspection, words: str) -> list[signs.Problem]:
    return [problem for problem in inspection.problems if words in problem.message]


@pytest.mark.parametrize("day", ["1970-01-02", "2009-06-01", "2020-01-01", "2026-11-18"])
def test_a_clock_that_is_late_stops_nothing_and_is_told_once(
    day: str, school_of_today: Path
) -> None:
    with stopped_on(day):
        inspection = signs.inspect(school=school_of_today)
        (remark,) = _matching(inspection, FUTURE)
        assert signs.orient(signs.load(school=school_of_today), {"danger-suicide"}).urgent
    assert inspection.sign_list is not None
    assert remark.severity is Severity.REMARK
    assert Path(remark.file).name == "liste.toml"
    assert "mettez-le à l’heure" in remark.text


@pytest.fixture
def school_of_today(tmp_path: Path) -> Path:
    """Return a school's file whose contacts were checked when the list was read again."""
    file = tmp_path / "ecole.toml"
    file.write_text(
        f'format = 1\n\n[[contact]]\nrole = "direction"\nlieu = "bureau 12"\n'
        f'verifie_le = "{signs.load().info.reviewed_on}"\n',
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 0), (2, 1), (400, 1)])
def test_a_day_that_has_begun_somewhere_is_not_to_come(
    list_folder: Path, days: int, count: int
) -> None:
    """In Nouméa, or on Kiribati, it is tomorrow already."""
    today = date(2027, 2, 28)
    _replace(list_folder / "liste.toml", "relu_le", today + timedelta(days=days))
    _replace(list_folder / "liste.toml", "a_revoir_avant", "2029-01-01")
    with stopped_on(today):
        assert len(_matching(signs.inspect(list_folder), FUTURE)) == count


def test_what_is_to_come_is_told_where_it_is_written(list_folder: Path, tmp_path: Path) -> None:
    """Of a source, of a reading, of a contact: each separately, where the list is not younger."""
    sources = list_folder / "sources.toml"
    later = re.sub(r'date = "\d{4}', 'date = "2051', sources.read_text("utf-8"), count=1)
    sources.write_text(later, encoding="utf-8")
    advice = list_folder / "conseils.toml"
    review = 'rang = 10\nrelu_par = "une infirmière"\nrelu_le = "2050-10"\n'
    advice.write_text(advice.read_text("utf-8").replace("rang = 10\n", review, 1), "utf-8")
    school = tmp_path / "ecole.toml"
    contact = 'role = "direction"\nlieu = "bureau 12"\nverifie_le = "2050-01-02"\n'
    school.write_text(f"format = 1\n[[contact]]\n{contact}", encoding="utf-8")
    with stopped_on("2026-12-01"):
        inspection = signs.inspect(list_folder, school)
    assert inspection.sign_list is not None
    files = {Path(problem.file).name for problem in _matching(inspection, FUTURE)}
    assert files == {"sources.toml", "conseils.toml", "ecole.toml"}


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 4_000])
def test_everybody_says_on_the_same_day_that_a_list_is_to_be_read_again(
    list_folder: Path, days: int, tmp_path: Path
) -> None:
    """It is reported to the maintainer, who can fix it, and no school is blamed for its list."""
    school = tmp_path / "ecole.toml"
    school.write_text("format = 1\n", encoding="utf-8")
    for written in ("2028-02-29", "2028-03"):
        _replace(list_folder / "liste.toml", "a_revoir_avant", f'"{written}"')
        due = first_day(written)
        with stopped_on(due + timedelta(days=days)):
            problems = _matching(signs.inspect(list_folder, school), "était à revoir avant")
        assert [Path(problem.file).name for problem in problems] == ["liste.toml"] * (days >= 0)
        assert is_overdue(written, due + timedelta(days=days)) is (days >= 0)


def _replace(file: Path, key: str, value: object) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", text), encoding="utf-8")
