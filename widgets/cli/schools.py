"""The command that writes the site of many schools, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.cli.output import say, warn
from widgets.cli.progress import tell_progress

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from signs.loading.loader import Choice


def write_site(folder: Path, choice: Choice, on: date, site: Path, *, overwrite: bool) -> None:
    """Write the site; each file that is not on its page is named, and stops no other."""
    from widgets.export.site import export_site
    from widgets.export.writer import Inputs

    result = export_site(folder, Inputs(choice, on), site, overwrite=overwrite, tell=tell_progress)
    if result.resumed:
        say(f"Pages déjà écrites par une commande arrêtée : {result.resumed}.")
    say(
        f"Pages d'établissement : {result.schools}. Déposez le contenu du dossier {site} chez un "
        "hébergeur de fichiers ; DEPLOIEMENT.md dit comment."
    )
    for what, files in (
        ("sont sans adresse", result.refused),
        ("sont à corriger ; leur dernière bonne page reste", result.outdated),
        ("sont à corriger ; leur page est là, sans leurs contacts", result.broken),
    ):
        if files:
            reasons = "\n".join(f"{file} :\n{why}" for file, why in sorted(files.items()))
            warn(f"Ces fichiers {what} ({len(files)}) :\n{reasons}")
    for uai, same in sorted(result.twins.items()):
        warn(f"L'établissement {uai} a plusieurs pages, de {same}. Retirez la copie.")
