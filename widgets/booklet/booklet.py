"""The trainer's booklet: static HTML made for paper, and its widget for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from signs.model.freshness import is_overdue
from signs.text.names import explains_calls
from widgets.render.assets import cell_style, script, stylesheet
from widgets.render.html import render_template
from widgets.render.static_widget import StaticView, StaticWidget
from widgets.runtime.build_date import today
from widgets.runtime.selection import list_to_show
from widgets.workshop.workshop import chosen, content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from signs import SignList
    from signs.model.training import Vignette


class Booklet(StaticWidget):
    """The booklet in a notebook: what the trainer holds while the workshop is projected.

    Parameters
    ----------
    vignettes
        Ids of the stories it has, in this order; by default all there are.
    sign_list
        What to show; by default what the environment names, as for the board.
    **options
        What every widget has, such as `layout`.

    Raises
    ------
    UnknownVignetteError
        When the list has no such story.
    UnusableListError
        When the list has errors.
    UnknownOptionError
        When there is no such option.

    Examples
    --------
    >>> from widgets import Booklet
    >>> Booklet().static_view().title
    'Carnet de la personne qui anime'
    """

    _esm = script("booklet/widget.js")
    _css = f"{cell_style('workshop')}\n{stylesheet('booklet')}"

    vignettes: tuple[Vignette, ...]

    @explains_calls('Booklet(["vignette-rumeur"])')
    def __init__(
        self,
        vignettes: Iterable[str] | None = None,
        *,
        sign_list: SignList | None = None,
        **options: Any,  # noqa: ANN401 (any trait)
    ) -> None:
        self.sign_list = list_to_show(sign_list)
        self.vignettes = chosen(self.sign_list, vignettes, "Booklet")
        html = render_template(
            "booklet/booklet.html.j2",
            **content(self.sign_list, self.vignettes),
            overdue=is_overdue(self.sign_list.info.review_before, today()),
        )
        super().__init__(html=html, **options)

    def static_view(self) -> StaticView:
        """Return the same HTML."""
        return StaticView(
            "booklet", "Carnet de la personne qui anime", self.html, exit=self.sign_list.exit
        )
