"""Writing a page to a file: whole or not at all, never over another without being told."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from widgets.board.board import variables
from widgets.kernels import private_room
from widgets.page.exporter import PageExporter
from widgets.page.shell import reason
from widgets.pages import FRONT, NotebookPage

if TYPE_CHECKING:
    from signs.loading import Choice


class ExportError(Exception):
    """The page cannot be written; its message is a French sentence."""


def export_page(
    choice: Choice, output: Path, *, page: NotebookPage = FRONT, overwrite: bool = False
) -> None:
    """Write a page as one offline HTML file.

    Parameters
    ----------
    choice
        The list and the school's file it shows.
    output
        The file to write; its folder must exist.
    page
        Which one; by default what a teacher opens.
    overwrite
        Whether a file already there may be replaced.

    Raises
    ------
    ExportError
        When the file exists, cannot be written, or the notebook makes no page.
    """
    if output.is_dir():
        raise ExportError(f"{output} est un dossier. Donnez un nom de fichier avec -o.")
    if os.path.lexists(output) and not (output.is_file() and not output.is_symlink()):
        raise ExportError(
            f"{output} n'est pas un fichier ordinaire : Repères n'y touche pas. Donnez un autre "
            "nom avec -o."
        )
    if output.exists() and not overwrite:
        raise ExportError(
            f"{output} existe déjà. Pour l'écraser, ajoutez --remplacer ; sinon, donnez un autre "
            "nom avec -o."
        )
    if not output.absolute().parent.is_dir():
        raise ExportError(f"Le dossier {output.parent} n'existe pas. Créez-le d'abord.")
    html = _render(choice, page.notebook)
    try:
        _write_whole(output, html)
    except OSError as error:
        raise ExportError(
            f"{output} ne peut pas être écrit : vérifiez la place et vos droits."
        ) from error


def _render(choice: Choice, notebook: Path) -> str:
    shown = variables(choice)
    before = {name: os.environ.get(name) for name in shown}
    with private_room():
        os.environ.update(shown)
        try:
            exporter = PageExporter()  # type: ignore[no-untyped-call] # nbconvert's constructor
            page, _resources = exporter.from_filename(str(notebook))
        except Exception as error:  # whatever the notebook raised, or its kernel when told to end
            raise ExportError(
                f"Le carnet ne s'exécute pas jusqu'au bout : {reason(error)}"
            ) from error
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value
    return str(page)


def _write_whole(output: Path, page: str) -> None:
    """Write beside the file, then put it in its place in one step."""
    handle, name = tempfile.mkstemp(dir=output.absolute().parent, prefix=".reperes-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(page.encode())
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
