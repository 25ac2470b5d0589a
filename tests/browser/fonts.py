"""The fonts that people's own screens draw our texts with, asked of fontconfig by a browser alone.

Our styles name `system-ui, sans-serif`, which each machine draws as it likes: a height or a count
of lines says something only where the font is known. The policy of our pages lets no other style
in, so it is the browser that is started with another answer to what these two names mean.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.screens import LOOKS, PHONE
from tests.conftest import lacking

# What fontconfig says otherwise comes first: it gives a query without a name one of these two.
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {}
</fontconfig>
"""
_MATCH = """<match target="pattern">
    <test name="family" qual="any"><string>{name}</string></test>
    <edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit>
  </match>"""


@dataclass(frozen=True)
class Screen:
    """A screen that many people have, and what it draws texts with."""

    family: str
    package: str
    """Debian's package of that font."""
    context: dict[str, Any]
    """What a browser's context begins with."""


SCREENS = {
    "phone": Screen("Roboto", "fonts-roboto", PHONE),
    "wide": Screen("Open Sans", "fonts-open-sans", LOOKS["light"]),
}


@contextmanager
def browser_on(screen: Screen, launch: Callable[..., Browser], folder: Path) -> Iterator[Browser]:
    """Start a browser whose texts are drawn with the font of a screen; skip where it is lacking."""
    configuration = folder / f"{screen.package}.conf"
    matches = [
        _MATCH.format(name=name, family=screen.family) for name in ("system-ui", "sans-serif")
    ]
    configuration.write_text(_CONFIGURATION.format("\n  ".join(matches)), encoding="utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(configuration)}
    browser = launch(env=environment)
    try:
        page = browser.new_page()
        page.set_content("<p style='font-family: system-ui'>Repères</p>")
        drawn = families(page, "p")
        page.close()
        if drawn != {screen.family}:
            lacking(f"police {screen.family}", f"sous Debian : apt-get install {screen.package}")
        yield browser
    finally:
        browser.close()


def families(page: Page, selector: str) -> set[str]:
    """Return the families that truly drew the text of an element, by the browser's own account."""
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    document = client.send("DOM.getDocument")["root"]["nodeId"]
    found = client.send("DOM.querySelector", {"nodeId": document, "selector": selector})
    assert found["nodeId"], f"nothing is {selector}"
    used = client.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})
    client.detach()
    return {font["familyName"] for font in used["fonts"]}
