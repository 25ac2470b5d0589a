"""A list is read whole or objected to whole: every problem at once, in French, with its line."""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import signs
from signs.diagnostics.problem import Severity, render
from signs.files.file_names import conflicted_with, is_clutter
from signs.loading.loader import files_of, folder_of, shipped
from tests.conftest import stopped_on
from tests.started import started_list


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


@pytest.mark.parametrize("end", ["\r\n", "\r", "\r\r\n", "\u2028", "\u2029", "\u0085"], ids=ascii)
def test_line_ends_of_any_kind_and_a_byte_order_mark_change_nothing(
    list_folder: Path, end: str
) -> None:
    for file in filter(Path.exists, files_of(list_folder)):
        if end in "\r\r\n":  # else within a text of several lines it is a character of the text
            text = file.read_text("utf-8").replace("\n", end)
        else:
            parts = file.read_text("utf-8").split('"""')
            parts[::2] = [part.replace("\n", end) for part in parts[::2]]
            text = '"""'.join(parts)
        file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert signs.load(list_folder).signs == signs.load().signs
    assert signs.load(list_folder).advice == signs.load().advice


def test_a_list_that_is_not_where_it_was_said_to_be_is_found(tmp_path: Path) -> None:
    empty, taken_out, zipped = (tmp_path / name for name in ("vide", "sortie", "zip"))
    for folder in (empty, zipped, taken_out / "__MACOSX" / "ma-liste"):
        folder.mkdir(parents=True)
    (empty / ".DS_Store").touch()
    (zipped / "ma-liste.zip").touch()
    (taken_out / "__MACOSX" / "ma-liste" / "liste.toml").touch()
    started_list(taken_out / "dossier" / "ma-liste")
    for where, code, said in (
        (empty, "empty-folder", "vide"),
        (zipped, "empty-folder", "« ma-liste.zip »"),
        (zipped / "ma-liste.zip", "not-a-list", "Décompressez"),
        (taken_out, "nested-list", f"« {taken_out / 'dossier' / 'ma-liste'} »"),
    ):
        (problem,) = signs.inspect(where).problems
        assert problem.code == code
        assert said in _plain(problem.text)


@pytest.mark.parametrize("name", ["signes.toml", "liste.toml", "signes (1).toml"])
def test_a_list_s_own_file_is_given_instead_of_its_folder(list_folder: Path, name: str) -> None:
    (list_folder / name).touch()
    for inspection in (
        signs.inspect(school=list_folder / name),
        signs.inspect(list_folder / name),
    ):
        assert [p.code for p in inspection.problems] == ["list-file"]
        assert str(list_folder) in inspection.problems[0].text


@pytest.mark.parametrize("head", [None, "<<<<<<< HEAD\n", "titre = «x»\n"])
def test_where_the_head_cannot_be_read_nothing_is_said_of_what_depends_on_it(
    tmp_path: Path, head: str | None
) -> None:
    started_list(tmp_path / "liste")
    if head is None:
        (tmp_path / "liste" / "liste.toml").unlink()
    else:
        (tmp_path / "liste" / "liste.toml").write_text(head, "utf-8")
    (tmp_path / "liste" / "signes.toml").write_text("[[signe]\n", "utf-8")
    problems = signs.inspect(tmp_path / "liste").problems
    assert [Path(p.file).name for p in problems] == ["liste.toml", "signes.toml"]


@given(
    name=st.sampled_from(["signes.toml", "conseils.toml", "Notes.toml"]),
    made=st.sampled_from(
        ["._{}", ".~lock.{}#", "~${}", "{}~", ".{}.swp", "#{}#", ".#{}", ".syncthing.{}.tmp"]
    ),
)
def test_what_systems_and_editors_leave_is_no_file_of_a_person(name: str, made: str) -> None:
    assert is_clutter(made.format(name))
    assert not is_clutter(name)


@settings(max_examples=30, deadline=None)
@given(
    name=st.sampled_from(["signes", "conseils", "liste"]),
    made=st.sampled_from(
        [
            *("{} (Copie en conflit de {} 2026-11-28)", "{} (conflit copie de {})"),
            *("{} ({}'s conflicted copy 2026-11-28)", "{} (SFConflict {} 2026-11-28-10-11-12)"),
            *("{}.sync-conflict-20261128-101112-{}", "{}_conflict-20261128-{}"),
            *("{}-DESKTOP-{}", "{} (Conflit de {})", "{} (conflicted copy 2026-11-28 {})"),
        ]
    ),
    who=st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8),
)
def test_the_other_version_of_a_conflict_is_never_to_be_lost(
    name: str, made: str, who: str
) -> None:
    copy, original = f"{made.format(name, who)}.toml", f"{name}.toml"
    assert conflicted_with(copy, ["signes.toml", "conseils.toml", "liste.toml"]) == original
    with TemporaryDirectory() as folder:
        started_list(Path(folder) / "liste")
        for each in (original, copy):
            (Path(folder) / "liste" / each).open("a", encoding="utf-8").close()
        (report,) = [
            p.text
            for p in signs.inspect(Path(folder) / "liste").problems
            if p.code == "unread-file"
        ]
    assert "Comparez" in report
    assert not re.search(r"[Rr]etirez|[Rr]enommez|[Ee]ffacez", report)


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
