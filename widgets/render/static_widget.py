"""Base widget: HTML rendered in Python, interactive where scripts run, static elsewhere."""

from __future__ import annotations

from typing import Any, NamedTuple

import anywidget
import traitlets


class StaticView(NamedTuple):
    """Static fallback of a widget's output, for front ends without widget support."""

    widget: str
    """The folder of the widget, with its styles and script."""
    title: str
    """Plain text, where even HTML cannot be shown."""
    html: str
    css: str = ""
    """Styles of this HTML for browsers without JavaScript."""
    exit: str = ""
    """Where the school wants its pages to be left for, if it says so."""


class StaticWidget(anywidget.AnyWidget):
    """A widget whose module inserts `html` in the cell and adds behaviour to it.

    Its output also carries that HTML as `text/html`, and in the metadata which widget it is:
    from both, :mod:`widgets.page.shell` makes a page.
    """

    html = traitlets.Unicode().tag(sync=True)

    def static_view(self) -> StaticView:
        """Return the static fallback."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        """Add the static HTML to the widget's output."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        name, title, html, css, leave = self.static_view()
        exit_ = {"exit": leave} if leave else {}
        return (
            {**data, "text/plain": title, "text/html": html},
            {**metadata, "reperes": {"widget": name, "css": css, **exit_}},
        )
