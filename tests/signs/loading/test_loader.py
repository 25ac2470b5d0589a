"""A list is read whole or objected to whole: every problem at once, in French, with its line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import signs
from signs.diagnostics.problem import Severity, render
from signs.loading.loader import files_of, folder_of, shipped
from tests.conftest import stopped_on


def test_the_shipped_list_is_sound_and_only_its_contacts_are_due_for_a_check(
    sign_list: signs.SignList,
) -> None:
    with stopped_on(sign_list.info.reviewed_on):
        problems = signs.inspect().problems
    assert all(p.severity is Severity.REMARK for p in problems)
    assert [p.text for p in problems if "revérifié" not in p.message] == []
    assert shipped() == ["sextorsion"]


def test_a_list_is_read_from_its_name_or_from_any_path(list_folder: Path) -> None:
    assert signs.load("sextorsion").id == "sextorsion"
    assert signs.load(list_folder).id == "ma-liste"
    assert signs.load(str(list_folder)).signs == signs.load().signs


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(list_folder: Path) -> None:
    for file in files_of(list_folder):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert signs.load(list_folder).signs == signs.load().signs


def test_all_problems_are_told_at_once_sorted_by_file_and_line(list_folder: Path) -> None:
    for name, before, after in (
        ("signes.toml", 'id = "sommeil"', 'id = "sommeil"\nrigolo = 1'),
        ("signes.toml", 'famille = "psychosocial"', 'famille = "psycho"'),
        ("services.toml", 'telephone = "119"', "telephone = 119"),
        ("conseils.toml", "rang = 10", 'rang = "dix"'),
    ):
        file = list_folder / name
        file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    problems = signs.inspect(list_folder).problems
    assert len(problems) == 4
    assert list(problems) == sorted(problems)
    with pytest.raises(signs.ListError) as caught:
        signs.load(list_folder)
    assert caught.value.problems == problems
    assert str(caught.value).count("\n") == 3


def test_one_mistake_in_an_entry_is_not_told_again_by_those_who_name_it(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(
        file.read_text("utf-8").replace('id = "sommeil"', 'id = "sommeil"\nrigolo = 1', 1), "utf-8"
    )
    assert len(signs.inspect(list_folder).problems) == 1


def test_a_mistake_in_an_id_is_not_told_again_by_all_who_name_it(list_folder: Path) -> None:
    for name, before, after in (
        ("sources.toml", 'id = "guide"', 'id = "Guide"'),
        ("signes.toml", 'id = "sommeil"', 'id = "sommeil-troublé"'),
    ):
        file = list_folder / name
        file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    problems = signs.inspect(list_folder).problems
    assert [p.message.split(" vaut ")[0] for p in problems] == [
        "« id » du signe « sommeil-troublé »",
        "« id » de la source « Guide »",
    ]


@pytest.mark.parametrize("name", ["signes.toml", "situations.toml", "sources.toml"])
def test_an_empty_file_is_told_there_and_nowhere_else(list_folder: Path, name: str) -> None:
    (list_folder / name).write_text("", "utf-8")
    problems = signs.inspect(list_folder).problems
    assert {Path(p.file).name for p in problems} == {name}
    assert all("aucune entrée" in p.message for p in problems)


def test_a_list_without_a_single_sign_is_not_served(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(file.read_text("utf-8").split("[[signe]]")[0], "utf-8")
    assert "[[signe]]" in render(signs.inspect(list_folder).problems)
    assert signs.inspect(list_folder).sign_list is None


def test_without_emergency_services_a_list_is_not_served(list_folder: Path) -> None:
    file = list_folder / "services.toml"
    text = re.sub(
        r'\[\[service\]\]\nid = "(?:samu|police-secours|pompiers|urgence-11[24])".*?(?=\[\[)',
        "",
        file.read_text("utf-8"),
        flags=re.DOTALL,
    )
    file.write_text(text, "utf-8")
    (list_folder / "affiche.toml").unlink()  # it names them
    report = render(signs.inspect(list_folder).problems)
    assert "« danger-suicide » est une urgence immédiate, mais aucun service d'urgence" in _plain(
        report
    )


def test_an_emergency_must_lead_to_an_order_to_call(list_folder: Path) -> None:
    file = list_folder / "conseils.toml"
    file.write_text(
        file.read_text("utf-8").replace("**Appelez le 17 ou le 112 maintenant**", "Attendez"),
        "utf-8",
    )
    report = _plain(render(signs.inspect(list_folder).problems))
    assert "« danger-menace-physique » est une urgence immédiate, mais aucun conseil" in report


def test_hours_that_nobody_can_say_do_not_make_a_line_that_always_answers(
    list_folder: Path,
) -> None:
    file = list_folder / "services.toml"
    file.write_text(
        file.read_text("utf-8").replace('horaires = "24/7"', "horaires = '\"sur rendez-vous\"'"),
        "utf-8",
    )
    assert signs.inspect(list_folder).sign_list is None


def test_what_is_to_be_typed_is_told_as_it_is_typed(list_folder: Path) -> None:
    file = list_folder / "services.toml"
    text = file.read_text("utf-8").replace('horaires = "Mo-Su 09:00-23:00"', 'horaires = "?"', 1)
    file.write_text(text, "utf-8")
    (problem,) = signs.inspect(list_folder).problems
    examples = re.findall(r'"([^"]+)"', problem.remedy)
    assert len(examples) == 3
    for example in examples:
        file.write_text(text.replace('horaires = "?"', f'horaires = "{example}"', 1), "utf-8")
        assert signs.inspect(list_folder).sign_list is not None, example


def test_a_file_of_a_near_name_is_pointed_at(list_folder: Path) -> None:
    (list_folder / "signes.toml").rename(list_folder / "signe.toml")
    (problem,) = signs.inspect(list_folder).problems
    assert "« signe.toml » porte un nom proche" in _plain(problem.text)


@pytest.mark.parametrize("content", ["x = " + "[" * 5000, "x = " + "9" * 6000, "x = 1e\0"])
def test_what_the_parser_stumbles_over_is_still_a_french_sentence(
    list_folder: Path, content: str
) -> None:
    (list_folder / "signes.toml").write_text(content, "utf-8")
    (problem,) = signs.inspect(list_folder).problems
    _assert_french((problem,))


def test_a_folder_in_the_place_of_a_file_is_named(list_folder: Path) -> None:
    (list_folder / "signes.toml").unlink()
    (list_folder / "signes.toml").mkdir()
    (problem,) = signs.inspect(list_folder).problems
    assert "celui d'un dossier" in problem.message


def test_a_path_too_long_to_be_one_is_a_french_sentence() -> None:
    (problem,) = signs.inspect("a" * 5000).problems
    _assert_french((problem,))
    assert len(problem.file) < 300


@pytest.mark.skipif(os.name != "posix", reason="such rights")
def test_a_folder_one_may_not_enter_is_a_french_sentence(list_folder: Path) -> None:
    root = os.geteuid() == 0
    for folder in list_folder.parents[:-2] if root else ():
        folder.chmod(folder.stat().st_mode | 0o011)
    for rights in (0o444, 0o000):
        list_folder.chmod(rights)
        try:
            if root:
                os.seteuid(65534)
            (problem,) = signs.inspect(list_folder).problems
        finally:
            if root:
                os.seteuid(0)
            list_folder.chmod(0o755)
        assert "le droit de le lire" in problem.text


def test_an_unreadable_file_does_not_make_every_reference_unknown(list_folder: Path) -> None:
    (list_folder / "signes.toml").write_text("[[signe]\n", "utf-8")
    problems = signs.inspect(list_folder).problems
    assert [Path(p.file).name for p in problems] == ["signes.toml"]


@pytest.mark.parametrize("name", ["liste.toml", "sources.toml", "signes.toml", "services.toml"])
def test_a_missing_file_is_named(list_folder: Path, name: str) -> None:
    (list_folder / name).unlink()
    problems = signs.inspect(list_folder).problems
    assert any(Path(p.file).name == name and "manque" in p.message for p in problems)


def test_a_file_in_another_encoding_is_named_with_the_line(list_folder: Path) -> None:
    file = list_folder / "services.toml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252", errors="replace"))
    (problem,) = signs.inspect(list_folder).problems
    assert "UTF-8" in problem.remedy
    lines = file.read_bytes().decode("cp1252").splitlines()
    assert problem.line == 1 + [line.isascii() for line in lines].index(False)


def test_a_folder_that_is_none_is_a_french_sentence(tmp_path: Path) -> None:
    for path in ("sextortion", str(tmp_path / "rien"), __file__):
        (problem,) = signs.inspect(path).problems
        assert problem.line == 1
        assert "sextorsion" in problem.text or "liste.toml" in problem.text
    assert "Vouliez-vous dire" in signs.inspect("sextortion").problems[0].text
    assert folder_of("sextorsion").is_dir()


def test_an_orphan_is_a_remark_and_the_list_is_still_served(list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(
        file.read_text("utf-8")
        + '\n[[signe]]\nid = "orphelin"\nfamille = "physique"\nlibelle = "Un signe"\n'
        'autres_causes = "Tout."\nsource = "guide"\nsection = "x"\n',
        "utf-8",
    )
    inspection = signs.inspect(list_folder)
    assert inspection.sign_list is not None
    orphans = [p for p in inspection.problems if "orphelin" in p.text]
    assert [p.severity for p in orphans] == [Severity.REMARK]


def test_the_way_out_cannot_be_edited_away(list_folder: Path) -> None:
    conseils, services = list_folder / "conseils.toml", list_folder / "services.toml"
    conseils.write_text(
        conseils.read_text("utf-8").replace('quand = "toujours"', 'quand = ["sommeil"]'), "utf-8"
    )
    services.write_text(
        services.read_text("utf-8").replace('quand = "toujours"', 'quand = ["sommeil"]'), "utf-8"
    )
    report = render(signs.inspect(list_folder).problems)
    assert "aider à parler" in report
    assert "dire à qui en parler" in report
    assert "appeler jour et nuit" in report


def _plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("’", "'")


ENGLISH = re.compile(r"\b(?:Input|should|Field|required|Expected|at line|string|valid|Extra)\b")


def _assert_french(problems: tuple[signs.Problem, ...]) -> None:
    for problem in problems:
        assert not ENGLISH.search(problem.text), problem.text
        assert problem.line >= 1
        assert problem.text.endswith((".", "?", "…"))


def test_a_list_that_starts_from_nothing_hides_its_own_entries(list_folder: Path) -> None:
    file = list_folder / "liste.toml"
    text, whole = file.read_text(encoding="utf-8"), signs.load(list_folder)
    hidden = ("sommeil", "stopncii")
    file.write_text(text.replace("\ntitre", f"\ncacher = {list(hidden)}\ntitre", 1), "utf-8")
    sign_list = signs.load(list_folder)
    assert sign_list.info.hidden == hidden
    assert set(whole.items) - set(sign_list.items) == {"sommeil"}
    assert {s.id for s in whole.services} - {s.id for s in sign_list.services} == {"stopncii"}
    called = {id_ for e in (*sign_list.advice, *sign_list.services) for id_ in e.triggers or ()}
    assert "sommeil" not in called
    assert [a.id for a in sign_list.advice] == [a.id for a in whole.advice]
