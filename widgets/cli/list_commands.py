"""Commands on list files: compare two, create one, print the JSON schema."""

from __future__ import annotations

import re
from pathlib import Path  # noqa: TC003 (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

import signs
from widgets.cli.history import history
from widgets.cli.output import print_json, say
from widgets.cli.review import review
from widgets.cli.school_commands import new_school

if TYPE_CHECKING:
    from collections.abc import Callable


def compare(
    before: Annotated[
        str, typer.Argument(metavar="AVANT", help="Une liste : son dossier ou son nom.")
    ],
    after: Annotated[str, typer.Argument(metavar="APRÈS", help="L'autre, de même.")],
) -> None:
    """Dit en mots ce qui est ajouté, retiré, dit autrement ou appelé autrement."""
    from signs.compare import compare as changes

    differences = changes(signs.load(before), signs.load(after))
    same = "Les deux listes disent la même chose."
    say("\n".join(change.text for change in differences) or same)


def new_list(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="CHEMIN", help="Le dossier à créer ; ou un fichier, comme ecole.toml."
        ),
    ],
    *,
    standalone: Annotated[
        bool,
        typer.Option("--entiere", help="Une liste qui ne part d'aucune autre."),
    ] = False,
) -> None:
    """Écrit une petite liste commentée, à compléter ; ou le fichier d'un établissement."""
    from signs.scaffold import start_list, start_school

    if path.name.lower().endswith((".toml", ".toml.txt")):
        path = path.with_name(re.sub(r"(?i)\.toml(?:\.txt)?$", ".toml", path.name))
        start_school(path)
        say(f"Le fichier est écrit. Pour le relire : reperes verifier {path}")
    else:
        start_list(path, standalone=standalone)
        say(f"La liste est écrite. {_FIRST} Pour la relire : reperes verifier {path}")


_FIRST = "Remplacez d'abord ce qui y commence par « Écrivez ici »."


def schema(
    *,
    partial: Annotated[
        bool,
        typer.Option(
            "--changement",
            help="Celui d'une liste qui part d'une autre, ou du fichier d'un établissement.",
        ),
    ] = False,
) -> None:
    """Écrit le schéma JSON des listes, pour les éditeurs de texte qui complètent et soulignent."""
    from signs.files.json_schema import json_schema

    print_json(json_schema(partial=partial))


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "comparer": (compare, "Dit ce qui change d'une liste à l'autre."),
    "historique": (history, "Dit les versions d'une liste, et en remet une."),
    "nouvelle-ecole": (new_school, "Écrit le fichier d'établissements, d'après l'annuaire."),
    "nouvelle-liste": (new_list, "Écrit une liste à compléter."),
    "relecture": (review, "Fait relire une liste à plusieurs."),
    "schema": (schema, "Écrit le schéma JSON des fichiers."),
}
"""The commands by name, each with its short help."""
