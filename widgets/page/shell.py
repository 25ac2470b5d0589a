"""Render an executed notebook as one self-contained page, with a policy by hashes."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from widgets.page.csp import content_policy, hashes
from widgets.page.errors import PageError
from widgets.render.assets import WIDGETS, script, stylesheet
from widgets.render.html import notebook_markdown, render_template
from widgets.render.static_widget import for_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nbformat import NotebookNode

    from widgets.page.navigation import Navigation, NavLink

_PAGE_STYLE = stylesheet("page")


WITH = {"workshop": ("board",), "resources": ("board",), "booklet": ("workshop",)}
"""For a widget, the other widgets whose styles it needs."""


NO_PAGE = "about:blank"
"""Where « Quitter » leads unless the school says where."""
_WITHOUT_COVER = ".page-masquer{display:none}"
_WITHOUT_EXIT = ".page-quitter{display:none}"
"""Without JavaScript, nothing erases what is ticked as one leaves: a button that does is there."""

ABOUT = (
    "Repères aide les adultes d'un établissement scolaire quand un élève les inquiète : quoi "
    "faire, à qui le dire, qui appeler."
)
"""The description of a page that has none of its own."""

NOTEBOOK_ONLY = "carnet"
"""The tag of cells that are for the open notebook only, not for the page."""


def reason(error: Exception) -> str:
    """Return in one line why a notebook failed: no traceback reaches a user."""
    message = getattr(error, "evalue", "") or str(error)
    return (message.strip().splitlines() or [type(error).__name__])[0]


class Head(NamedTuple):
    """What a page says of itself to browsers and search engines."""

    title: str
    """Of the window."""
    description: str = ABOUT


class Cell(NamedTuple):
    """The contribution of one cell to the page."""

    kind: str
    html: Markup


def render_page(
    notebook: NotebookNode,
    *,
    navigation: Navigation | None = None,
    lists: str = "",
    about: Sequence[NavLink] = (),
) -> str:
    """Return an executed notebook as one HTML page that needs nothing else.

    The web app (once Voila has executed the notebook) and the exporter (once nbconvert has) both
    call it, so that the same bytes are served and exported. Scripts and styles come from this
    package (and from the metadata of a widget's output, for its style without scripts), never
    from a cell's HTML: the policy lets nothing else run.

    Parameters
    ----------
    notebook
        The notebook, with the outputs of its cells.
    navigation
        Links to the sibling pages, if any.
    lists
        The address of the page to choose a list, if there is more than one.
    about
        Links to the pages that say who publishes it, if any.

    Raises
    ------
    PageError
        When a cell did not run or raised, or when the notebook shows no widget of ours.
    """
    cells = list(_cells(notebook.cells))
    widgets = [
        output.metadata["reperes"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "reperes" in output.get("metadata", {})
    ]
    if not widgets:
        raise PageError(
            "Le carnet n’affiche aucune page de Repères : ni tableau, ni atelier, ni ressources. "
            "L’éditeur ne se convertit pas."
        )
    names = dict.fromkeys(widget["widget"] for widget in widgets)
    folders = dict.fromkeys(folder for name in names for folder in (*WITH.get(name, ()), name))
    # The board of the workshop is not on its paper.
    unprinted = {"board"} if "workshop" in names and "board" not in names else set()
    styles = [
        _PAGE_STYLE,
        *(stylesheet(folder, paper=folder not in unprinted) for folder in folders),
    ]
    scripts = [_script("page/page.js"), *filter(None, map(_script_of, names))]
    without_scripts = "".join(dict.fromkeys(widget.get("css", "") for widget in widgets))
    exits = (widget.get("exit") for widget in widgets)
    inlined = _Inlined(styles, scripts, without_scripts)
    return _page(
        _head(notebook.metadata),
        cells,
        inlined,
        Links(navigation, lists, next(filter(None, exits), ""), about),
    )


def render_html_page(
    head: Head,
    html: Markup,
    style: str = "",
    *,
    navigation: Navigation | None = None,
    leave: str = "",
) -> str:
    """Return a page that is not from a notebook, such as a sheet to print.

    Parameters
    ----------
    head
        Its title and its description.
    html
        The content, rendered by one of our templates.
    style
        Extra styles of this page.
    navigation
        Links to the sibling pages, if any.
    leave
        Where « Quitter » leads; to a blank page by default.
    """
    styles = [each for each in (_PAGE_STYLE, stylesheet("printables"), style) if each]
    scripts = [_script("page/page.js"), _script("printables/printables.js")]
    links = Links(navigation, leave=leave)
    return _page(head, [Cell("code", html)], _Inlined(styles, scripts), links)


def introduction(notebook: Path) -> tuple[Head, list[Cell]]:
    """Return what a notebook's page says of itself, and its words, without executing it."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    words = [
        Cell("markdown", notebook_markdown("".join(cell["source"])))
        for cell in page_cells(content["cells"])
        if cell["cell_type"] == "markdown"
    ]
    return _head(content["metadata"]), words


class Links(NamedTuple):
    """Where one can go from a page."""

    navigation: Navigation | None = None
    """Links to the sibling pages."""
    lists: str = ""
    """The address of the page to choose a list."""
    leave: str = ""
    """Where « Quitter » leads; to a blank page by default."""
    about: Sequence[NavLink] = ()
    """Links to the pages that say who publishes it."""


class Own(NamedTuple):
    """What of this package a page without a notebook holds."""

    styles: Sequence[str]
    """The folders of its styles."""
    scripts: Sequence[str]
    without_scripts: str = ""
    """The style that replaces scripts in browsers without JavaScript."""


def render_own_page(head: Head, cells: Sequence[Cell], own: Own, links: Links | None = None) -> str:
    """Return a page that needs nothing else, and was made without a notebook.

    Parameters
    ----------
    head
        Its title and its description.
    cells
        The content, rendered by our templates.
    own
        Its styles and scripts.
    links
        Where one can go from it.
    """
    styles = [_PAGE_STYLE, *map(stylesheet, own.styles)]
    scripts = [_script("page/page.js"), *map(_script, own.scripts)]
    return _page(head, cells, _Inlined(styles, scripts, own.without_scripts), links)


class Linked(NamedTuple):
    """Files of a site that a page asks for as it opens, as relative addresses."""

    styles: Sequence[str]
    scripts: Sequence[str]
    without_scripts: str = ""
    """The style sheet for browsers without JavaScript."""
    data: str = ""
    """JSON of this page for the scripts; it ends no script."""


def render_linked_page(
    head: Head,
    cells: Sequence[Cell],
    linked: Linked,
    *,
    navigation: Navigation | None = None,
    leave: str = "",
) -> str:
    """Return a page whose styles and scripts are files of its site, shared with other pages.

    Parameters
    ----------
    head
        Its title and its description.
    cells
        The content, rendered by our templates.
    linked
        The files.
    navigation
        Links to the sibling pages, if any.
    leave
        Where « Quitter » leads; to a blank page by default.
    """
    return render_template(
        "page/linked.html.j2",
        title=head.title,
        description=head.description,
        policy=LINKED_POLICY,
        icon=_icon(),
        logo=_asset("page/logo.svg"),
        styles=(),
        without_scripts="",
        scripts=(),
        linked=linked,
        data=Markup(linked.data),  # noqa: S704 (JSON of ours)
        cells=cells,
        navigation=navigation,
        lists="",
        about=(),
        exit=leave or NO_PAGE,
        ticks=False,
    )


def shared_script(*names: str) -> str:
    """Return scripts of this package in one file, each in a scope of its own."""
    return "\n".join(map(_script, names))


def shared_style(*folders: str) -> str:
    """Return the styles of a page and of these folders in one file."""
    return "\n".join((_PAGE_STYLE, *map(stylesheet, folders)))


def without_script_style(style: str = "") -> str:
    """Return the style of a linked page for browsers without JavaScript."""
    return f"{_WITHOUT_COVER}{style}"


def render_error(title: str, message: str, *, home: str | None = None) -> str:
    """Return an error page, in French, with the emergency numbers.

    `home`, if given, is the address of the front page.
    """
    html = Markup("<p>{}</p>").format(message)
    if home:
        html += Markup('<p><a href="{}">{}</a></p>').format(home, "Aller à la page d'aide")
    return render_plain(title, html)


def render_plain(title: str, html: Markup) -> str:
    """Return a page that holds a title and a few lines, and the emergency numbers."""
    text = Markup("<h1>{}</h1>{}").format(title, html)
    return _page(
        Head(f"{title} – Repères"),
        [Cell("markdown", text)],
        _Inlined([_PAGE_STYLE], [_script("page/page.js")]),
    )


class _Inlined(NamedTuple):
    """Styles and scripts inlined in a page."""

    styles: Sequence[str]
    scripts: Sequence[str]
    without_scripts: str = ""
    """The style that replaces scripts in browsers without JavaScript."""


def _head(metadata: Mapping[str, str]) -> Head:
    return Head(metadata.get("title", "Repères"), metadata.get("description", ABOUT))


def _page(
    head: Head,
    cells: Sequence[Cell],
    inlined: _Inlined,
    links: Links | None = None,
) -> str:
    """Return the page template, rendered."""
    styles, scripts, without_scripts = inlined
    navigation, lists, leave, about = links or Links()
    ticks = bool(without_scripts)
    without_scripts = f"{_WITHOUT_COVER}{without_scripts}{_WITHOUT_EXIT if ticks else ''}"
    return render_template(
        "page/page.html.j2",
        title=head.title,
        description=head.description,
        policy=content_policy(scripts, [*styles, without_scripts]),
        icon=_icon(),
        logo=_asset("page/logo.svg"),
        styles=[Markup(style) for style in styles],  # noqa: S704 (our own files)
        without_scripts=Markup(without_scripts),  # noqa: S704 (made of ids the model checked)
        scripts=scripts,
        cells=cells,
        navigation=navigation,
        lists=lists,
        about=about,
        exit=leave or NO_PAGE,
        ticks=ticks,
    )


class LiveShell(NamedTuple):
    """The values of a live page's template, and the policy to send."""

    title: str
    description: str
    icon: str
    logo: Markup
    styles: tuple[Markup, ...]
    scripts: tuple[Markup, ...]
    version: str

    def policy(self, socket: str) -> str:
        """Return the policy that lets Voila's own front end run, from its server only.

        Voila and JupyterLab inject styles, and anywidget loads its modules from `blob:`.

        Parameters
        ----------
        socket
            The origin of the kernel's websocket, as `ws://127.0.0.1:8866`.
        """
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src 'self' blob: {hashes(self.scripts)}",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self' {socket}",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


def live_shell(notebook: NotebookNode | None = None) -> LiveShell:
    """Return the shell of a notebook's live page."""
    return LiveShell(
        *(Head("Repères") if notebook is None else _head(notebook.metadata)),
        _icon(),
        _asset("page/logo.svg"),
        (_PAGE_STYLE, stylesheet("page/live")),
        (_script("page/page.js"), _script("page/live/live.js")),
        version("reperes"),
    )


def page_cells(cells: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Return the cells that make a page: the others need not even run."""
    return [cell for cell in cells if NOTEBOOK_ONLY not in cell["metadata"].get("tags", ())]


def _cells(executed: Iterable[NotebookNode]) -> Iterator[Cell]:
    for cell in executed:
        if cell.cell_type == "markdown":
            yield Cell("markdown", notebook_markdown(cell.source))
        elif cell.cell_type == "code" and cell.get("execution_count") is None:
            raise PageError("Une cellule ne s’est pas exécutée.")
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                raise PageError(f"Une cellule a échoué ({output.ename}) : {output.evalue}")
            html = output.get("data", {}).get("text/html")
            if html is not None:
                # Rendered by an autoescaped template; the policy blocks any script in it.
                yield Cell("code", Markup(for_page(html)))  # noqa: S704


LINKED_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""The policy of a page whose styles and scripts are files of its site."""


@lru_cache(maxsize=16)
def _asset(name: str) -> Markup:
    return Markup((WIDGETS / name).read_text(encoding="utf-8"))  # noqa: S704 (our own file)


def _script(name: str) -> Markup:
    """Return a script in a scope of its own."""
    return Markup('(() => {{\n"use strict";\n{}}})();').format(Markup(script(name)))  # noqa: S704 (our own)


def _script_of(widget: str) -> Markup | None:
    """Return the script that mounts a widget in a page, if it has one."""
    name = f"{widget}/page.js"
    return _script(name) if (WIDGETS / name).exists() else None


def _icon() -> str:
    return f"data:image/svg+xml,{quote(_asset('page/logo.svg'))}"
