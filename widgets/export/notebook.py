"""A page as a notebook that runs in any kernel: its one import is IPython's display."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

from markupsafe import Markup

from widgets.render.assets import script
from widgets.render.html import render_template

_TEMPLATE = Path(__file__).with_name("carnet.ipynb")
"""What the notebook says and does, with holes for the title and for the page."""
_TITLE, _FRAME = "TITRE", '"CADRE"'
_HEAD = "<head>"
_OWN_LINKS = '<base href="about:srcdoc">'
"""In a frame made of text, links to a part of the page would lead to the notebook around."""


def notebook_of(title: str, page: str) -> str:
    """Return the source of a notebook that shows a page, stored without outputs.

    The page is packed in a cell and unpacked by the browser, in a frame of its own: what is in
    it reaches neither the notebook around it nor the network.

    Parameters
    ----------
    title
        What the notebook and the frame are called.
    page
        A page that needs nothing else.
    """
    page = page.replace(_HEAD, f"{_HEAD}{_OWN_LINKS}", 1)
    frame = render_template(
        "export/frame.html.j2",
        title=title,
        packed=base64.b64encode(zlib.compress(page.encode(), 9)).decode(),
        script=Markup(script("export/unpack.js")),  # noqa: S704 (our own file)
    )
    cell = render_template("export/cell.html.j2", title=title, frame=frame)
    notebook = json.loads(_TEMPLATE.read_text(encoding="utf-8"))
    notebook["metadata"]["title"] = title
    for each in notebook["cells"]:
        each["source"] = [
            line.replace(_TITLE, title).replace(_FRAME, repr(cell)) for line in each["source"]
        ]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
