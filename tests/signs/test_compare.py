"""Two lists compared: every change is reported in words, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import signs
from signs.compare import compare
from signs.files.document import parse
from signs.files.edit import Ref, Value, add, remove, set_value
from signs.model.sign_list import KINDS
from tests.conftest import Run


def _edit(file: Path, kind: str, id_: str, key: str, value: Value) -> None:
    file.write_text(set_value(file.read_text("utf-8"), Ref(kind, id_), key, value), "utf-8")


def test_a_list_is_like_itself(sign_list: signs.SignList) -> None:
    assert compare(sign_list, sign_list) == []


def test_added_removed_reworded_and_re_routed_are_each_said_once(
    list_folder: Path, sign_list: signs.SignList
) -> None:
    signes, conseils = list_folder / "signes.toml", list_folder / "conseils.toml"
    _edit(signes, "signe", "sommeil", "libelle", "Dort en classe")
    _edit(conseils, "conseil", "croiser-les-regards", "quand", ["sommeil", "vols"])
    values = {"comme": "vols", "famille": "physique", "autres_causes": "x", "source": "guide"}
    values["section"] = "x"
    signes.write_text(
        add(
            signes.read_text("utf-8"),
            "signe",
            {"id": "casque", "libelle": "Casque", "comme": "vols", **values},
        ),
        "utf-8",
    )
    services = list_folder / "services.toml"
    services.write_text(remove(services.read_text("utf-8"), Ref("service", "stopncii")), "utf-8")
    affiche = list_folder / "affiche.toml"
    affiche.unlink()
    changes = compare(sign_list, signs.load(list_folder))
    texts = {(c.what, c.id): re.sub("[\u00a0\u202f]", " ", c.text) for c in changes}
    assert texts["ajout", "casque"] == "Ajout : signe « casque »."
    assert texts["retrait", "stopncii"] == "Retrait : service « stopncii »."
    assert "devient « Dort en classe » (c’était" in texts["mots", "sommeil"]
    assert "« quand »" in texts["appel", "croiser-les-regards"]
    assert (
        "gagne" in texts["appel", "croiser-les-regards"]
        or "perd" in texts["appel", "croiser-les-regards"]
    )


def _as_written(sign_list: signs.SignList, folder: Path) -> signs.SignList:
    """Return a list with the advice, situations and moments of a folder, checked one by one."""
    for kind in ("conseil", "situation", "moment"):
        raws = parse((folder / KINDS[kind].file).read_text("utf-8"))[kind]
        written = {raw["id"]: KINDS[kind].entry.model_validate(raw) for raw in raws}
        field = KINDS[kind].field
        entries = tuple(written[entry.id] for entry in getattr(sign_list, field))
        sign_list = sign_list.model_copy(update={field: entries})
    return sign_list


def test_what_an_answer_promises_is_said_when_it_changes(
    list_folder: Path, sign_list: signs.SignList
) -> None:
    before = _as_written(sign_list, list_folder)
    advice, ticks = list_folder / "conseils.toml", list_folder / "situations.toml"
    _edit(advice, "conseil", "garder-les-preuves", "etape", "aujourdhui")
    _edit(advice, "conseil", "garder-les-preuves", "protege", True)
    _edit(advice, "conseil", "relancer", "role", None)
    _edit(ticks, "situation", "danger-suicide", "appeler_d_abord", "112")
    _edit(ticks, "moment", "signes", "urgence", "immediate")
    after = _as_written(sign_list, list_folder)
    told = {re.sub("[\u00a0\u202f]", " ", change.text) for change in compare(before, after)}
    assert told == {
        "Conseil « garder-les-preuves » : « etape » devient « aujourdhui » (c’était « ensuite »).",
        "Conseil « garder-les-preuves » : « protege » devient oui (c’était non).",
        "Conseil « relancer » : « role » est retiré (c’était « prevenir »).",
        "Situation « danger-suicide » : « appeler_d_abord » devient « 112 » (c’était « 15 »).",
        "Moment « signes » : « urgence » est ajouté : « immediate ».",
    }


def test_reperes_comparer_says_it_in_a_terminal(command: Run, list_folder: Path) -> None:
    assert "la même chose" in command("comparer", "sextorsion", str(list_folder)).stdout
    _edit(list_folder / "signes.toml", "signe", "sommeil", "libelle", "Dort en classe")
    ran = command("comparer", "sextorsion", str(list_folder))
    assert ran.returncode == 0
    assert "Dort en classe" in ran.stdout
    assert command("comparer", "sextorsion", "/nulle/part").returncode == 1
