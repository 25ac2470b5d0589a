"""The trainer's booklet: drawn once, made to be printed; nothing in it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from widgets.board.board import list_to_show
from widgets.html import draw
from widgets.workshop.workshop import chosen, content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from signs import SignList


class Booklet:
    """The booklet in a notebook: what the trainer holds while the workshop is projected.

    Parameters
    ----------
    vignettes
        Ids of the stories it has, in this order; by default all there are.
    sign_list
        What to show; by default what the environment names, as for the board.

    Raises
    ------
    UnknownVignetteError
        When the list has no such story.
    UnusableListError
        When the list has errors.
    """

    def __init__(
        self, vignettes: Iterable[str] | None = None, *, sign_list: SignList | None = None
    ) -> None:
        self.sign_list = sign_list or list_to_show()
        self.vignettes = chosen(self.sign_list, vignettes)

    def _repr_mimebundle_(self, **_kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        """Show the same HTML everywhere; the page brings its style."""
        html = draw("booklet/booklet.html.j2", **content(self.sign_list, self.vignettes))
        return (
            {"text/plain": "Carnet de la personne qui anime", "text/html": html},
            {"reperes": {"widget": "booklet"}},
        )
