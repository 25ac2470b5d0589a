"""The registry of pages: name, notebook and route of each.

To add one, put its notebook in `notebooks/` and its line here: the web app serves it, the
exporter writes it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"
"""Beside this package, in the repository and in the wheel alike."""


class NotebookPage(NamedTuple):
    """A page rendered from a notebook."""

    name: str
    """Its name for `reperes exporter --page`, and that of its notebook."""
    route: str
    """Its path below the base address of the web app."""
    in_short: str
    """Its label in navigation links."""
    ticked: bool = False
    """Whether one ticks on it: links open beside it, so that Back never shows it."""

    @property
    def notebook(self) -> Path:
        """The path of its notebook."""
        return NOTEBOOKS / f"{self.name}.ipynb"

    @property
    def title(self) -> str:
        """The title, from the metadata of its notebook."""
        metadata = json.loads(self.notebook.read_text(encoding="utf-8"))["metadata"]
        return str(metadata.get("title", self.name)).removeprefix("Repères – ").capitalize()


FRONT = NotebookPage("reperer", "/", "Page d'aide", ticked=True)
"""What a teacher opens."""

RESOURCES = NotebookPage("ressources", "/ressources", "Ressources")

BOOKLET = NotebookPage("carnet-formateur", "/carnet-formateur", "Carnet pour animer")
"""What a trainer prints."""

PAGES = {
    page.name: page
    for page in (
        FRONT,
        NotebookPage("atelier", "/atelier", "Atelier", ticked=True),
        RESOURCES,
        BOOKLET,
    )
}
"""Every page, by name, in the order of the menu."""

EDITOR = NOTEBOOKS / "formateur.ipynb"
"""Where trainers change a list; its page is live, on their own machine."""
