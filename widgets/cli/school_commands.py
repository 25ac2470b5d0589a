"""The command that writes schools' own files from the official directory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from widgets.cli.output import CommandError, say, warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from signs.files.directory import Directory, Notice
    from signs.scaffold import StartedSchools


def new_school(
    directory: Annotated[
        Path,
        typer.Option(
            "--annuaire",
            metavar="FICHIER",
            help="L'Annuaire de l'éducation, en CSV, que vous avez téléchargé.",
        ),
    ],
    *,
    uai: Annotated[
        str | None,
        typer.Option("--uai", metavar="UAI", help="L'établissement, comme 0783774D."),
    ] = None,
    academy: Annotated[
        str | None,
        typer.Option("--academie", metavar="NOM", help="Ou tous ceux d'une académie."),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option("--departement", metavar="CODE", help="Ou tous ceux d'un département."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--sortie",
            metavar="DOSSIER",
            help="Où écrire, un fichier par établissement ; ce qui s'y trouve n'est pas changé. "
            "Par défaut, « ecoles » ; avec --uai, ici.",
        ),
    ] = None,
) -> None:
    """Écrit le fichier d'un établissement, ou de beaucoup, d'après l'annuaire officiel.

    Rien n'est téléchargé. Ce que l'annuaire ne dit pas reste à remplir.
    """
    from signs.files.directory import read_directory
    from signs.scaffold import start_schools

    if sum(each is not None for each in (uai, academy, department)) != 1:
        raise CommandError("Donnez --uai, ou --academie, ou --departement : un des trois.")
    read = read_directory(directory)
    if uai is not None:
        schools = [read.school(uai)]
    elif academy is not None:
        schools = read.of_academy(academy)
    else:
        schools = read.of_department(department or "")
    folder = output or Path("." if uai is not None else "ecoles")
    started = start_schools(schools, folder, directory, alone=uai is not None)
    _tell(directory, sorted([*read.notices, *started.notices]))
    _tell_gone(read, folder)
    _tell_written(started, folder)


def _tell(directory: Path, notices: Iterable[Notice]) -> None:
    for notice in notices:
        warn(f"{directory}:{notice.line} : {notice.text}")


def _tell_gone(read: Directory, folder: Path) -> None:
    """Name the files of schools that the directory says closed, or has no more."""
    from signs.model.identity import is_uai

    closed, known = read.closed(), read.known
    for path in sorted(folder.glob("*.toml")):
        uai = path.stem.upper()
        if uai in closed:
            warn(f"{path} : l'annuaire dit cet établissement fermé (ligne {closed[uai]}).")
        elif is_uai(uai) and uai not in known:
            warn(f"{path} : cet établissement n'est pas dans l'annuaire.")


def _tell_written(started: StartedSchools, folder: Path) -> None:
    if started.academy:
        say(
            f"Ce que tous ont en commun s'écrit une fois, dans {started.academy} : la CRIP et la "
            "DSDEN de chaque département."
        )
    for code in started.unlisted:
        warn(
            f"Le fichier de l'académie ne nomme pas le département {code}. Ajoutez-le à sa ligne "
            "« departements », avec sa CRIP et sa DSDEN."
        )
    count = len(started.written)
    if started.present:
        kept = "fichier était déjà là et n'est pas changé"
        if started.present > 1:
            kept = "fichiers étaient déjà là et ne sont pas changés"
        say(f"{started.present} {kept}.")
    if count == 1:
        file = started.written[0]
        say(
            f"Le fichier est écrit : {file}. Complétez ce que l'annuaire ne dit pas, puis lancez : "
            f"reperes verifier --ecole {file}"
        )
    elif count:
        say(f"{count} fichiers sont écrits dans {folder}. Complétez ce que l'annuaire ne dit pas.")
    elif not started.present:
        say("Aucun fichier n'est écrit.")
