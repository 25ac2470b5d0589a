"""The pages there are: what each is called, made of, and where it is served.

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
    """A page made of a notebook."""

    name: str
    """What `reperes exporter --page` calls it; its notebook is called so too."""
    route: str
    """Its path below the base address of the web app."""
    in_short: str
    """What it is called where pages lead to each other."""

    @property
    def notebook(self) -> Path:
        """The notebook it is made of."""
        return NOTEBOOKS / f"{self.name}.ipynb"

    @property
    def title(self) -> str:
        """What the page is called, as its notebook says."""
        metadata = json.loads(self.notebook.read_text(encoding="utf-8"))["metadata"]
        return str(metadata.get("title", self.name)).removeprefix("Repères – ").capitalize()


FRONT = NotebookPage("reperer", "/", "Page d'aide")
"""What a teacher opens."""

RESOURCES = NotebookPage("ressources", "/ressources", "Ressources")

PAGES = {
    page.name: page
    for page in (
        FRONT,
        NotebookPage("atelier", "/atelier", "Atelier"),
        RESOURCES,
        NotebookPage("carnet-formateur", "/carnet-formateur", "Carnet pour animer"),
    )
}
"""Every page, by name, in the order of the menu."""

EDITOR = NOTEBOOKS / "formateur.ipynb"
"""Where trainers change a list; its page is live, on their own machine."""
