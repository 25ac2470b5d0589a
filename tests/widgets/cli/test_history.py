"""`reperes historique`: what each save changed, and the way back, as a trainer asks for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import time_machine

from signs.files.backups import MIN_SAVES
from signs.files.edit import Ref, add, ids, remove, set_value
from signs.files.save import OpenFile, save_all
from tests.conftest import Run
from widgets.editor import Editor


def _save(folder: Path, author: str = "", **texts: str) -> None:
    files = []
    for stem, text in texts.items():
        path = folder / f"{stem}.toml"
        file = OpenFile.open(path) if path.exists() else OpenFile(path, "", "", b"")
        file.text = text
        files.append(file)
    save_all(files, author=author)


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.toml")}


def test_versions_are_listed_compared_and_brought_back(command: Run, list_folder: Path) -> None:
    def said(*arguments: str) -> str:
        ran = command("historique", str(list_folder), *arguments)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.replace("\xa0", " ").replace("\u202f", " ")

    assert "Rien n" in said()
    original = _texts(list_folder)
    signs, terms = original["signes.toml"], original["lexique.toml"]
    reworded = set_value(signs, Ref("signe", "sommeil"), "libelle", "Dort en cours")
    _save(list_folder, signes=reworded, lexique=set_value(terms, Ref("terme", 0), "mot", "Mot"))
    second = _texts(list_folder)
    shorter = remove(reworded, Ref("signe", "isolement"))
    grown = add(shorter, "signe", {"id": "cantine", "libelle": "Ne mange plus"})
    _save(list_folder, " Vie\tscolaire\n", signes=grown)

    lines = said().splitlines()
    assert ", Vie scolaire : " in lines[0]
    assert [line.split(".")[0] for line in lines] == ["3", "2", "1"]
    assert "« Ne mange plus » (ajout)" in lines[0]
    assert "(retrait)" in lines[0]
    assert "« Dort en cours » (changement)" in lines[1]
    assert lines[1].count("(changement)") == 2  # two files of one save are one version

    since = said("--comparer", "1", "--avec", "2")
    assert "après : Dort en cours" in since
    assert "Ne mange plus" not in since
    assert "Ne mange plus" in said("--comparer", "1")

    told = said("--revenir", "1", "--entree", "reste à l'ECART")
    only = _texts(list_folder)["signes.toml"]
    assert '"isolement"' in only
    assert "Dort en cours" in only
    assert 'id = "cantine"' in only
    assert "--revenir 3" in told
    said("--revenir", "3")
    assert _texts(list_folder)["signes.toml"] == grown
    said("--revenir", "1", "--entree", "sommeil")
    assert "Dort en cours" not in _texts(list_folder)["signes.toml"]
    said("--revenir", "1", "--entree", "cantine")
    assert "cantine" not in _texts(list_folder)["signes.toml"]
    said("--revenir", "2")
    assert _texts(list_folder) == second
    said("--revenir", "1")
    assert _texts(list_folder) == original  # to the byte
    assert "rien n" in said("--revenir", "1")


def test_an_entry_put_back_is_named_again_and_a_file_made_since_is_emptied(
    command: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "ma liste"
    assert command("nouvelle-liste", str(folder)).returncode == 0
    first = _texts(folder)
    sign = ids(first["signes.toml"], "signe")[0]
    advice = f'[[conseil]]\nid = "ecouter"\ntexte = "Écouter."\nquand = ["confidence", "{sign}"]\n'
    _save(folder, conseils=advice)
    left = remove(first["signes.toml"], Ref("signe", str(sign)))
    gone = set_value(advice, Ref("conseil", "ecouter"), "quand", ["confidence"])
    _save(folder, signes=left, conseils=gone)

    back = command("historique", str(folder), "--revenir", "2", "--entree", "s'endort")
    assert back.returncode == 0, back.stderr
    assert f'"{folder}" --revenir 3' in back.stdout.replace("\xa0", " ")
    assert _texts(folder)["conseils.toml"].strip() == advice.strip()
    assert command("historique", str(folder), "--revenir", "1").returncode == 0
    assert _texts(folder) == first | {"conseils.toml": ""}
    refused = command("historique", str(folder), "--revenir", "3", "--entree", "e")
    assert refused.returncode == 1
    assert "Plusieurs entrées ont ces mots" in refused.stderr


def test_what_is_not_there_is_told_in_french(
    command: Run, list_folder: Path, tmp_path: Path
) -> None:
    for arguments, told in (
        ((str(tmp_path / "rien"),), "pas le dossier d'une liste"),
        ((str(list_folder), "--comparer", "7"), "pas de version 7"),
        ((str(list_folder), "--revenir", "1", "--entree", "sommeil"), "Aucune entrée"),
    ):
        ran = command("historique", *arguments)
        assert ran.returncode == 1
        assert told in ran.stderr.replace("’", "'").replace("\xa0", " ")


def test_a_version_that_no_program_of_today_can_read_is_left_behind(
    command: Run, list_folder: Path
) -> None:
    """Saved by Notepad in its own encoding, the list is not served: that is when one goes back."""
    file = list_folder / "signes.toml"
    before = file.read_text("utf-8")
    _save(list_folder, signes=set_value(before, Ref("signe", "sommeil"), "libelle", "Dort"))
    file.write_bytes(file.read_text("utf-8").encode("cp1252", "replace"))
    back = command("historique", str(list_folder), "--revenir", "1")
    assert back.returncode == 0, back.stderr
    assert file.read_text("utf-8") == before


def test_the_way_back_is_right_where_old_saves_have_just_gone(
    command: Run, list_folder: Path
) -> None:
    signs = (list_folder / "signes.toml").read_text("utf-8")
    with time_machine.travel("2020-03-01 08:00", tick=False):
        for number in range(MIN_SAVES + 5):
            _save(list_folder, signes=f"{signs}\n# {number}\n")
    present = _texts(list_folder)
    said = command("historique", str(list_folder), "--revenir", str(MIN_SAVES + 4)).stdout
    assert _texts(list_folder) != present
    number = re.findall(r"--revenir (\d+)", said)[0]
    assert command("historique", str(list_folder), "--revenir", number).returncode == 0
    assert _texts(list_folder) == present


def test_an_entry_that_goes_takes_its_readings_with_it(command: Run, list_folder: Path) -> None:
    signs = (list_folder / "signes.toml").read_text("utf-8")
    entry = {"id": "cantine", "libelle": "Ne mange plus"}
    reading = {"id": "lu", "entree": "cantine", "avis": "relu", "par": "CPE"}
    _save(list_folder, signes=add(signs, "signe", entry))
    _save(list_folder, relectures=add("", "relecture", reading))
    back = command("historique", str(list_folder), "--revenir", "1", "--entree", "ne mange plus")
    assert back.returncode == 0, back.stderr
    assert "cantine" not in "".join(_texts(list_folder).values())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--comparer", "1", "--revenir", "1"), "ne vont pas ensemble"),
        (("--avec", "1"), "--comparer"),
        (("--entree", "sommeil"), "--revenir"),
    ],
)
def test_what_would_be_left_unread_is_refused(
    command: Run, list_folder: Path, words: tuple[str, ...], said: str
) -> None:
    before = _texts(list_folder)
    ran = command("historique", str(list_folder), *words)
    assert ran.returncode
    assert said in ran.stderr
    assert _texts(list_folder) == before


@pytest.mark.parametrize("damage", [b"\xff\x00\x00", b'[[signe]]\nid = "somm'])
def test_a_version_that_was_damaged_is_told_and_never_brought_back(
    command: Run, list_folder: Path, damage: bytes
) -> None:
    signs = _texts(list_folder)["signes.toml"]
    _save(list_folder, signes=set_value(signs, Ref("signe", "sommeil"), "libelle", "Dort en cours"))
    (copy,) = (list_folder / "copies").glob("signes.*.toml")
    now = _texts(list_folder)
    copy.write_bytes(damage)
    for entry in ((), ("--entree", "sommeil")):
        ran = command("historique", str(list_folder), "--revenir", "1", *entry)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert "signes.toml ne s'y lit plus" in ran.stderr.replace("’", "'")
    editor = Editor(list_folder)
    answers: list[dict[str, Any]] = []
    editor.send = lambda content, *_: answers.append(content)  # type: ignore[method-assign]
    editor.receive(None, {"do": "panneau", "name": "versions", "n": 1, "de": "ici"}, None)
    (first,) = [key for key, said in answers[-1]["panel"]["data"]["versions"] if "avant" in said]
    editor.receive(None, {"do": "revenir", "version": first, "n": 2, "de": "ici"}, None)
    assert "signes.toml ne s'y lit plus" in answers[-1]["message"].replace("’", "'")
    assert not answers[-1]["changed"]
    assert _texts(list_folder) == now
