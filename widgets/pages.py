"""The pages there are: what each is called, made of, and where it is served.

To add one, put its notebook in `notebooks/` and its line here: the web app serves it, the
exporter writes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
"""Beside this package, in the repository and in the wheel alike."""


class NotebookPage(NamedTuple):
    """A page made of a notebook."""

    name: str
    """What `reperes exporter --page` calls it; its notebook is called so too."""
    route: str
    """Its path below the base address of the web app."""

    @property
    def notebook(self) -> Path:
        """The notebook it is made of."""
        return NOTEBOOKS / f"{self.name}.ipynb"


FRONT = NotebookPage("reperer", "/")
"""What a teacher opens."""

PAGES = {page.name: page for page in (FRONT,)}
"""Every page, by name, in the order of the menu."""
