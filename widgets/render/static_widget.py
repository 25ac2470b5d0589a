"""What our widgets have in common: HTML drawn in Python, live where it can be, still elsewhere."""

from __future__ import annotations

from typing import Any, NamedTuple

import anywidget
import traitlets


class StaticView(NamedTuple):
    """What stands in a widget's output, for wherever no widget can live."""

    widget: str
    """The folder of the widget: whose styles and script the page takes."""
    title: str
    """The whole, where even HTML cannot be shown."""
    html: str
    css: str = ""
    """Styles of this very HTML, for browsers without JavaScript."""


class StaticWidget(anywidget.AnyWidget):
    """A widget whose module inserts `html` in the cell and makes it answer.

    Its output also carries that HTML as `text/html`, and in the metadata which widget it is:
    from both, :mod:`widgets.page.shell` makes a page.
    """

    html = traitlets.Unicode().tag(sync=True)

    def static_view(self) -> StaticView:
        """Return what stands in the output."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        """Add the HTML to the live view, for wherever a widget cannot live."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        name, title, html, css = self.static_view()
        return (
            {**data, "text/plain": title, "text/html": html},
            {**metadata, "reperes": {"widget": name, "css": css}},
        )
