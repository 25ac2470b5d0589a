"""Base widget: HTML rendered in Python, interactive where scripts run, static elsewhere."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import traitlets

from signs.text.names import UnknownOptionError
from signs.text.typography import typography
from widgets.render.notebook_widget import NotebookWidget

if TYPE_CHECKING:
    from signs.model.sign_list import SignList


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


class StaticWidget(NotebookWidget):
    """A widget whose module inserts `html` in the cell and adds behaviour to it.

    Its output also carries that HTML as `text/html`, and in the metadata which widget it is:
    from both, :mod:`widgets.page.shell` makes a page.

    Parameters
    ----------
    html
        What it shows.
    **options
        What every widget has, such as `layout`.

    Raises
    ------
    UnknownOptionError
        When it has no such option.
    """

    _css: str
    html = traitlets.Unicode().tag(sync=True)
    sign_list: SignList

    def __init__(self, html: str = "", **options: Any) -> None:  # noqa: ANN401 (any trait)
        for name in options:
            if not self.has_trait(name):
                named = [
                    each for each in inspect.signature(type(self)).parameters if each != "options"
                ]
                raise UnknownOptionError(name, type(self).__name__, [*named, "layout"])
        super().__init__(html=html, **options)

    def __repr__(self) -> str:
        """Return in short what is shown, and how."""
        return typography(f"« {self.sign_list.info.title} » ({type(self).__name__})")

    def static_view(self) -> StaticView:
        """Return the static fallback."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        """Add the static HTML to the widget's output."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        name, title, html, css, leave = self.static_view()
        exit_ = {"exit": leave} if leave else {}
        return (
            {**data, "text/plain": title, "text/html": _alone(html, f"{self._css}{css}")},
            {**metadata, "reperes": {"widget": name, "css": css, **exit_}},
        )


_WAITS = (("<noscript>", "<reperes-suite>"), ("</noscript>", "</reperes-suite>"))
"""What waits as text on a page until its script runs; in a cell, no script of ours may."""
_STYLE = re.compile(r"<style data-reperes>.*?</style>\n", re.DOTALL)


def _alone(html: str, css: str) -> str:
    """Return HTML that shows whole, and as it should look, in a page that nothing else is from."""
    for waits, stands in _WAITS:
        html = html.replace(waits, stands)
    return f"<style data-reperes>{css}</style>\n{html}"


def for_page(html: str) -> str:
    """Return the HTML of a cell as a page of ours has it, which brings styles and scripts."""
    html = _STYLE.sub("", html, count=1)
    for waits, stands in _WAITS:
        html = html.replace(stands, waits)
    return html
