"""The workshop: its HTML, readable without JavaScript, and its widget for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from signs.model.fields import by_id
from signs.model.training import Path
from signs.orientation import orient
from signs.rules import vocabulary
from signs.text.given import UnknownIdError, ids_given
from signs.text.names import explains_calls
from widgets.board import markup as board_markup
from widgets.render.assets import cell_style, script
from widgets.render.html import render_template
from widgets.render.static_widget import StaticView, StaticWidget
from widgets.runtime.selection import list_to_show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from signs import Advice, SignList
    from signs.model.training import Vignette
    from widgets.board.board import BoardMarkup


class UnknownVignetteError(UnknownIdError):
    """A vignette that the list does not have."""


class Workshop(StaticWidget):
    """The workshop in a notebook.

    Nothing that is ticked, chosen or timed leaves the browser, and nothing is stored.

    Parameters
    ----------
    vignettes
        Ids of the stories to practise on, in this order; by default all there are, some of them
        chosen for each path.
    sign_list
        What to show; by default what the environment names, as for the board.
    at
        The day the board's opening hours start from, as any moment of it; today, in Paris, by
        default.
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
    >>> import signs
    >>> from widgets import Workshop
    >>> first, second, *_ = [vignette.id for vignette in signs.load().vignettes]
    >>> workshop = Workshop([second, first])
    >>> [vignette.id for vignette in workshop.vignettes] == [second, first]
    True
    """

    _esm = script("workshop/widget.js")
    _css = f"{cell_style('board')}\n{cell_style('workshop')}"

    vignettes: tuple[Vignette, ...]

    @explains_calls('Workshop(["vignette-rumeur"])')
    def __init__(
        self,
        vignettes: Iterable[str] | None = None,
        *,
        sign_list: SignList | None = None,
        at: datetime | None = None,
        **options: Any,  # noqa: ANN401 (any trait)
    ) -> None:
        self.sign_list = list_to_show(sign_list)
        self.vignettes = chosen(self.sign_list, vignettes, "Workshop")
        self._at = at
        self._all_chosen = vignettes is not None
        super().__init__(html=self._markup(in_notebook=True).html, **options)

    def static_view(self) -> StaticView:
        """Return the HTML without what speaks to an open notebook."""
        view = self._markup()
        return StaticView("workshop", "Atelier Repères", view.html, view.css, self.sign_list.exit)

    def _markup(self, *, in_notebook: bool = False) -> BoardMarkup:
        board = board_markup(self.sign_list, at=self._at)
        html = render_template(
            "workshop/workshop.html.j2",
            **content(self.sign_list, self.vignettes),
            all_chosen=self._all_chosen,
            board=board.html,
            in_notebook=in_notebook,
        )
        return board._replace(html=html)


def chosen(sign_list: SignList, ids: Iterable[str] | None, widget: str) -> tuple[Vignette, ...]:
    """Return the stories with these ids, in this order; all of the list's by default.

    Parameters
    ----------
    sign_list
        The list that has them.
    ids
        Their ids.
    widget
        What they are chosen for.

    Raises
    ------
    UnknownVignetteError
        When the list has no such story.
    GivenError
        When what was given is no id.
    """
    if ids is None:
        return sign_list.vignettes
    known = by_id(sign_list.vignettes)
    wanted = ids_given(
        ids, "l'identifiant d'une vignette", f'{widget}(["{next(iter(known), "")}"])'
    )
    if unknown := [id_ for id_ in wanted if id_ not in known]:
        raise UnknownVignetteError(unknown, known)
    return tuple(known[id_] for id_ in wanted)


def content(sign_list: SignList, vignettes: Sequence[Vignette]) -> dict[str, Any]:
    """Return what the templates of the workshop and of the trainer's booklet show."""
    return {
        "list": sign_list,
        "steps": sign_list.steps,
        "vignettes": vignettes,
        "leads_to": {vignette.id: leads_to(sign_list, vignette) for vignette in vignettes},
        "total": {path: minutes(sign_list, vignettes, path) for path in get_args(Path)},
        "vocabulary": vocabulary.vocabulary(),
        "sources": by_id(sign_list.sources),
    }


def minutes(sign_list: SignList, vignettes: Iterable[Vignette], path: str) -> int:
    """Return how many minutes a path takes, with the stories chosen for it."""
    steps = (s.short_minutes or 0 if path == "court" else s.minutes for s in sign_list.steps)
    return sum(steps) + sum(v.minutes for v in vignettes if path in v.paths)


def leads_to(sign_list: SignList, vignette: Vignette) -> tuple[Advice, ...]:
    """Return the advice a story leads to, in the order of the answer.

    What a school's file has settled or hidden is neither asked nor shown.
    """
    ticks = [tick for tick in vignette.ticks if tick in sign_list.items]
    answer = orient(sign_list, ticks)
    return tuple(advice for advice in answer.advice if advice.id in vignette.leads_to)
