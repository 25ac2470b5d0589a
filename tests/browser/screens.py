"""What axe says of a page, asked once in the same way by every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
"""The rules whose answer another theme or another width can change; the others read the tree."""

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}},
    "forced colours": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "dark, narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
}
"""What one page can be made to look like; only the first is asked more than `BY_LOOK`."""
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
"""What a browser has to begin with, for a context of its own."""

_RUN = """async ([within, only]) => {
    const root = within ? document.querySelector(within) : document.documentElement;
    const ending = root.getAnimations({ subtree: true }) // not the caret of somebody else's cell
        .filter((each) => each.playState === "running" // one that is paused never ends
            && Number.isFinite(each.effect.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((each) => each.finished)); // no colour on its way
    const { violations } = await axe.run(within ?? document, {
        runOnly: only, resultTypes: ["violations"],
    });
    return violations.map((each) => ({
        rule: each.id, help: each.help, where: each.nodes.map((node) => node.html.slice(0, 160)),
    }));
}"""


def looks(page: Page) -> Iterator[tuple[str, list[str] | None]]:
    """Give a page each look in turn, with the rules to ask of it; it is light again afterwards."""
    for name, look in LOOKS.items():
        _wear(page, look)
        yield name, None if name == "light" else BY_LOOK
    _wear(page, LOOKS["light"])


def _wear(page: Page, look: dict[str, Any]) -> None:
    page.set_viewport_size(look["viewport"])
    page.emulate_media(
        color_scheme=look.get("color_scheme", "light"),
        forced_colors=look.get("forced_colors", "none"),
    )


_PALE = """() => {
    const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const read = (colour) => {
        ink.clearRect(0, 0, 1, 1);
        ink.fillStyle = colour;
        ink.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = ink.getImageData(0, 0, 1, 1).data;
        return { rgb: [red, green, blue], alpha: alpha / 255 };
    };
    const over = ({ rgb, alpha }, under) => rgb.map((c, i) => c * alpha + under[i] * (1 - alpha));
    const behind = (e) => {
        const own = read(e ? getComputedStyle(e).backgroundColor : "Canvas");
        return own.alpha === 1 || !e ? own.rgb : over(own, behind(e.parentElement));
    };
    const light = (rgb) => rgb.map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (a, b) => {
        const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
        return (bright + 0.05) / (dark + 0.05);
    };
    const seen = (e) => !e.disabled && !e.closest(".reperes-lu, .reperes-evitement")
        && e.getClientRects().length && e.checkVisibility({ visibilityProperty: true });
    const found = [];
    const tell = (what, e, a, b) => {
        if (ratio(a, b) < 3) found.push(`${what} ${ratio(a, b).toFixed(2)} ${e.outerHTML}`);
    };
    const kinds = new Set();
    for (const e of document.querySelectorAll("a, button, input, select, summary, textarea")) {
        if (!seen(e)) continue;
        const style = getComputedStyle(e);
        const around = behind(e.parentElement);
        const border = read(style.borderTopColor);
        if (e.matches("[type=checkbox], [type=radio]")) {
            if (style.accentColor !== "auto") tell("tick", e, read(style.accentColor).rgb, around);
        } else if (e.matches("input, select, textarea") || (e.matches("button, .reperes-bouton")
                && parseFloat(style.borderTopWidth) && border.alpha)) {
            const edge = over(border, around);
            const best = ratio(edge, around) > ratio(behind(e), around) ? edge : behind(e);
            tell("edge", e, best, around);
        }
        const kind = [e.tagName, e.type, e.className, e.parentElement.className].join();
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        e.focus();
        const { outlineColor, outlineOffset } = getComputedStyle(e);
        const under = parseFloat(outlineOffset) < 0 ? behind(e) : around;
        tell("focus", e, read(outlineColor).rgb, under);
    }
    for (const e of document.querySelectorAll("svg"))
        if (seen(e)) tell("picture", e, read(getComputedStyle(e).color).rgb, behind(e));
    document.activeElement?.blur();
    return found.map((each) => each.slice(0, 160));
}"""


def pale(page: Page) -> list[str]:
    """Return what is no text and has a contrast below 3 (WCAG 1.4.11): axe does not look at it.

    The edges of fields and of framed buttons, ticks, the focus, pictures in one line.
    """
    found: list[str] = page.evaluate(_PALE)
    return found


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


def axe_whole(
    page: Page, within: str | None = None, *, rules: list[str] | None = None
) -> list[dict[str, Any]]:
    """Look at the page whole: a bar over a half-scrolled box says nothing of the box."""
    width = page.viewport_size["width"] if page.viewport_size else 1280
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, 16_000)})
    return axe(page, within, rules=rules)


def axe_finds_nothing(
    page: Page, within: str | None = None, *, rules: list[str] | None = None
) -> None:
    assert axe_whole(page, within, rules=rules) == []
