"""Made-up schools for the tests, and their site; one has a name of accents, one file is broken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import patch

from signs.loading.loader import Choice, folder_of
from tests.benchmarks.schools import write_schools
from tests.conftest import DAY
from widgets.export import site as exported
from widgets.export.writer import Inputs

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "0750003A.toml"
ACCENTED = "Lycée d'été"
PUBLISHER = """\
format = 1
academie = "Versailles"

[editeur]
nom = "Rectorat de l'exemple"
contact = "contact@ac-exemple.fr"
dpd = "dpd@ac-exemple.fr"
"""
"""The file of an académie that says who publishes."""


def school_folder(folder: Path, count: int) -> Path:
    """Write the files of so many schools, one of them broken, and one more; return the folder."""
    write_schools(folder, count)
    (folder / BROKEN).write_text("= 1\n", encoding="utf-8")
    (folder / f"{ACCENTED}.toml").write_text(
        'format = 1\netablissement = "Lycée Été"\ncommune = "Œuilly"\n'
        '[[contact]]\nrole = "cpe"\nlieu = "</script> & bureau"\n',
        encoding="utf-8",
    )
    return folder


def site_of(
    schools: Path, site: Path, whole: str = "<!doctype html>", *, overwrite: bool = False
) -> exported.Site:
    """Export the site of a folder of schools; no notebook is executed: `whole` stands for them."""
    inputs = Inputs(Choice(folder_of("sextorsion")), date.fromisoformat(DAY))
    with patch.object(exported, "executed_page", lambda *_: whole):
        return exported.export_site(schools, inputs, site, overwrite=overwrite)
