"""Drafts of lists that cannot be written beside: no word lost, and nothing left for ever."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.draft import DRAFTS, ELSEWHERE
from widgets.editor.session.session import EditingSession

NOBODY_S = 999_999_999
"""A process that there is not."""


@pytest.fixture
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is kept for this user's programs, empty."""
    home = tmp_path_factory.mktemp("maison")
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    return home / "reperes"


def _read_only(folder: Path) -> Path:
    (folder / DRAFTS).write_text("", encoding="utf-8")  # no folder can be made there
    return folder


def _killed(session: EditingSession) -> Path:
    """Have a session be over, with nothing put away; return what it leaves."""
    session.draft.release()
    root = session.draft.root
    return root.rename(root.with_name(root.name.replace(str(os.getpid()), str(NOBODY_S))))


def test_a_draft_elsewhere_is_swept_by_the_editor_of_any_list(
    temporary: Path, list_folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(list_folder, tmp_path / "autre-liste"))
    sessions = [EditingSession(_read_only(list_folder)) for _ in range(2)]
    left, cut = map(_killed, sessions)
    shutil.rmtree(cut / "origine")  # it was killed while the copies were being made
    assert left.exists()
    alive = EditingSession(list_folder)
    EditingSession(other).left()
    assert {each.name for each in temporary.iterdir()} == {alive.draft.root.parent.name}
    assert alive.draft.root.exists()


def test_words_that_a_draft_elsewhere_holds_are_offered_back_to_their_list_only(
    temporary: Path, list_folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(list_folder, tmp_path / "autre-liste"))
    first = EditingSession(_read_only(list_folder))
    first.set_value(EntryRef("signe", 0), "libelle", "Tapé, jamais enregistré")
    left = _killed(first)
    assert EditingSession(other).left() == []
    again = EditingSession(list_folder)
    (offered,) = again.left()
    assert offered.root == left
    again.resume(offered)
    assert again.block(EntryRef("signe", 0))["libelle"] == "Tapé, jamais enregistré"
    assert [each.name for each in temporary.iterdir()] == [again.draft.root.parent.name]
    again.draft.drop()
    assert list(temporary.iterdir()) == []


def test_what_belongs_to_others_is_left_alone(temporary: Path, list_folder: Path) -> None:
    (temporary / f"{ELSEWHERE}these" / "brouillon").mkdir(parents=True)
    (temporary / f"{ELSEWHERE}fichier").touch()
    away = temporary / "ailleurs"
    shutil.move(_killed(EditingSession(_read_only(list_folder))).parent, away)
    (temporary / f"{ELSEWHERE}lien").symlink_to(away)
    before = {str(path) for path in temporary.rglob("*")}
    EditingSession(list_folder).draft.drop()
    assert {str(path) for path in temporary.rglob("*")} == before
