"""A widget's script mounts nothing until it is told to, and can be unmounted and mounted again."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from widgets.render.assets import script


class Mounted(NamedTuple):
    """A widget's script, and something it does."""

    page: str
    script: str
    mount: str
    root: str
    act: str
    seen: str
    """What `act` changes where the widget is mounted."""


WIDGETS = {
    "board": Mounted(
        "reperer",
        "board/board.js",
        "mountBoard",
        ".reperes-board",
        "document.querySelector('.reperes-tout').click()",
        "document.querySelector('.reperes-board').hasAttribute('data-reponse')",
    ),
    "resources": Mounted(
        "ressources",
        "resources/resources.js",
        "mountResources",
        ".ressources",
        "(() => { const field = document.querySelector('[name=mots]');"
        " field.value = field.value ? '' : 'zzzz';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()",
        "document.querySelectorAll('[data-entree][hidden]').length",
    ),
    "workshop": Mounted(
        "atelier",
        "workshop/workshop.js",
        "mountWorkshop",
        ".atelier",
        "document.querySelector(document.querySelector('.atelier-suivant').disabled"
        " ? '.atelier-precedent' : '.atelier-suivant').click()",
        "[...document.querySelectorAll('[data-etape]')].map((step) => step.hidden).join()",
    ),
}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_answers_only_while_it_is_mounted(
    name: str, chromium: Browser, exported_folder: Path
) -> None:
    widget = WIDGETS[name]
    html = (exported_folder / f"{widget.page}.html").read_text(encoding="utf-8")
    page = chromium.new_page()
    page.set_content(html.replace("<script>", '<script type="text/plain">'))

    def acts() -> bool:
        before = page.evaluate(widget.seen)
        page.evaluate(widget.act)
        return bool(page.evaluate(widget.seen) != before)

    page.evaluate(f"() => {{ {script(widget.script)}\nwindow.mount = {widget.mount}; }}")
    alive = page.locator("[data-vivant]")
    assert alive.count() == 0
    assert not acts()
    for _ in range(2):
        page.evaluate(f"() => {{ unmount = mount(document.querySelector('{widget.root}')); }}")
        assert alive.count() > 0
        assert acts()
        page.evaluate("unmount()")
        assert alive.count() == 0
        assert not acts()
    page.close()
