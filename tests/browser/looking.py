"""What axe says of a page, asked once in the same way by every test."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
"""The rules whose answer another theme or another width can change; the others read the tree."""

_RUN = """async ([within, only]) => {
    const { violations } = await axe.run(within ?? document, {
        runOnly: only, resultTypes: ["violations"],
    });
    return violations.map((each) => ({
        rule: each.id, help: each.help, where: each.nodes.map((node) => node.html.slice(0, 160)),
    }));
}"""


def axe(
    page: Page, within: str | None = None, *, rules: list[str] | None = None
) -> list[dict[str, Any]]:
    """Return what axe finds wrong: WCAG 2.2 A and AA and its best practices, or some rules.

    `within` is a selector of what to look at; the whole page otherwise.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    found: list[dict[str, Any]] = page.evaluate(_RUN, [within, only])
    return found


def axe_finds_nothing(
    page: Page, within: str | None = None, *, rules: list[str] | None = None
) -> None:
    """Look at the page whole: a bar over a half-scrolled box says nothing of the box."""
    width = page.viewport_size["width"] if page.viewport_size else 1280
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, 16_000)})
    assert axe(page, within, rules=rules) == []
