"""The resources: their HTML, readable without JavaScript, and their widget for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from signs.model.entries import AUDIENCE_TITLES, NEED_TITLES
from signs.model.fields import by_id
from signs.model.freshness import is_overdue
from signs.rules import vocabulary
from signs.text.names import explains_calls
from widgets.board.board import ServiceCard, cards
from widgets.render.assets import cell_style, script
from widgets.render.html import render_template
from widgets.render.static_widget import StaticView, StaticWidget
from widgets.resources.charts import Chart, chart_of
from widgets.runtime.build_date import day_of
from widgets.runtime.selection import list_to_show

if TYPE_CHECKING:
    from datetime import datetime

    from signs import SignList
    from signs.model.training import Figure, FigureValue


class FigureCard(NamedTuple):
    """A figure with what each source says of it."""

    entry: Figure
    values: tuple[FigureValue, ...]
    chart: Chart | None
    """`None` where it is not drawn."""


class NeedGroup(NamedTuple):
    """The services that answer one need."""

    id: str
    title: str
    services: list[ServiceCard]


class Resources(StaticWidget):
    """Contacts, glossary, words and figures in a notebook.

    Parameters
    ----------
    sign_list
        What to show; by default what the environment names, as for the board.
    at
        The day the opening hours start from and contacts grow old by, as any moment of it; today,
        in Paris, by default.
    **options
        What every widget has, such as `layout`.

    Raises
    ------
    UnusableListError
        When the list has errors.
    UnknownOptionError
        When there is no such option.

    Examples
    --------
    >>> from datetime import datetime
    >>> from widgets import Resources
    >>> resources = Resources(at=datetime(2026, 11, 25))
    >>> 'href="tel:3018"' in resources.html
    True
    """

    _esm = script("resources/widget.js")
    _css = f"{cell_style('board')}\n{cell_style('resources')}"

    @explains_calls("Resources(signs.load())")
    def __init__(
        self,
        sign_list: SignList | None = None,
        *,
        at: datetime | None = None,
        **options: Any,  # noqa: ANN401 (any trait)
    ) -> None:
        self.sign_list = list_to_show(sign_list)
        super().__init__(html=markup(self.sign_list, at=at), **options)

    def static_view(self) -> StaticView:
        """Return the same HTML."""
        return StaticView("resources", "Ressources de Repères", self.html, exit=self.sign_list.exit)


def markup(sign_list: SignList, *, at: datetime | None = None) -> str:
    """Return the HTML of the resources.

    Parameters
    ----------
    sign_list
        What to show.
    at
        The day the opening hours start from and contacts grow old by; today by default.
    """
    day = day_of(at)
    sources = by_id(sign_list.sources)
    values: dict[str, list[FigureValue]] = {figure.id: [] for figure in sign_list.figures}
    for value in sign_list.figure_values:
        values[value.figure].append(value)
    return render_template(
        "resources/resources.html.j2",
        list=sign_list,
        sources=sources,
        audiences={who.value: title for who, title in AUDIENCE_TITLES.items()},
        needs=_by_need(cards(sign_list, day)),
        vocabulary=vocabulary.vocabulary(),
        overdue=is_overdue(sign_list.info.review_before, day),
        figures=[
            FigureCard(
                figure,
                tuple(values[figure.id]),
                chart_of(figure, values[figure.id]),
            )
            for figure in sign_list.figures
        ],
    )


def _by_need(services: list[ServiceCard]) -> list[NeedGroup]:
    groups = [
        NeedGroup(need.value, title, [card for card in services if card.entry.need is need])
        for need, title in NEED_TITLES.items()
    ]
    return [group for group in groups if group.services]
