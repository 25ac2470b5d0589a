"""In each usual frame of an ENT, what is pressed works, or the page says in French what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from tests.browser.conftest import unfold
from tests.browser.test_leaving import ENT, HELP, framed, sites
from tests.conftest import PATIENCE

SCRIPTS = "allow-scripts"
SAME = "allow-scripts allow-same-origin"
FRAMES = [None, SCRIPTS, SAME, f"{SAME} allow-popups", f"{SCRIPTS} allow-modals"]
"""`sandbox` of each frame; `None` is a frame without that attribute."""
SCHOOL = (
    "</main>",
    '<p><a href="tel:0199000001">01 99</a> <a href="mailto:cpe@exemple.fr">CPE</a></p></main>',
)
"""What a school's page has too."""
CALLS = {
    "tel:1": "Si rien ne se passe, composez sur un téléphone le 15.",
    "tel:0": "Si rien ne se passe, composez sur un téléphone le 01 99 00 00 01.".replace(
        " 99 00 00 01", "\u00a099\u00a000\u00a000\u00a001"
    ),
    "sms": "Si rien ne se passe, envoyez un SMS au 114.",
    "mailto": "Si rien ne se passe, écrivez à cpe@exemple.fr.",
}
"""What is said where a frame, or a computer, may not know how to call."""
PRINTED = "addEventListener('beforeprint', () => document.body.dataset.printed = 'yes')"


def _press_print(frame: Frame) -> bool:
    frame.evaluate(PRINTED)
    frame.locator(".reperes-imprimer").click()
    return frame.locator("body[data-printed]").count() > 0


def _assert_it_is_said_how_to_call(frame: Frame) -> None:
    for start, told in CALLS.items():
        call = frame.locator(f"a[href^='{start}']:visible").first
        call.click()
        advice = frame.locator(".page-avis").last
        expect(advice).to_have_text(told)
        advice.click(click_count=3)
        assert told in frame.evaluate("getSelection().toString()"), "one can copy the number"


@pytest.mark.parametrize("sandbox", FRAMES)
def test_what_is_pressed_in_a_frame_works_or_it_is_said_what_to_do(
    sandbox: str | None, context: BrowserContext, exported: Path
) -> None:
    asked = sites(context, exported.read_text("utf-8").replace(*SCHOOL), sandbox)
    page = context.new_page()
    page.goto(ENT)
    frame = framed(page)
    advice = frame.locator(".page-avis")

    unfold(frame.locator("[data-moment=parole] > details"))
    frame.locator(".reperes-copier:visible").first.click()
    expect(frame.locator(".reperes-annonce")).to_have_text("Phrase copiée.")

    free = sandbox is None
    prints, opens = (free or what in str(sandbox) for what in ("modals", "popups"))
    assert _press_print(frame) is prints
    if prints:
        expect(advice).to_have_count(0)
    else:
        expect(advice).to_have_text(
            f"Rien ne s’imprime\u202f? Ouvrez cette page seule, dans un onglet\u00a0: {HELP}"
        )

    frame.locator(".reperes-pourquoi").click()
    link = frame.locator("a[target=_blank]:visible").last
    address = link.evaluate("link => link.href")
    if opens:
        context.route(address, lambda route: route.fulfill(body="Le service"))
        with context.expect_page() as opened:
            link.click()
        opened.value.wait_for_url(address)
        assert opened.value.evaluate("[opener, document.referrer]") == [None, ""]
        expect(advice).to_have_count(0 if prints else 1)
        opened.value.close()
    else:
        link.click()
        expect(advice).to_have_text(
            f"Ce cadre bloque les liens. Ouvrez dans un onglet\u00a0: {address}"
        )
        assert address not in asked

    if not opens:  # elsewhere the browser asks whether to call
        _assert_it_is_said_how_to_call(frame)
    way_out = frame.locator(".page-quitter")
    way_out.click()
    if free:
        page.wait_for_url("about:blank", timeout=PATIENCE * 1000)
    else:
        expect(way_out).to_have_text("Effacer")
        expect(frame.locator("details[open]")).to_have_count(0)


def test_in_a_frame_without_scripts_it_says_what_to_do(
    context: BrowserContext, exported: Path
) -> None:
    sites(context, exported.read_text("utf-8"), "")
    page = context.new_page()
    page.goto(ENT)
    frame = framed(page)
    expect(frame.locator(".page-effacer")).to_be_visible()
    advice = frame.locator(".page-pied noscript p")  # the engine of roles sees nothing in there
    expect(advice).to_be_visible()
    expect(advice).to_contain_text("ouvrez-la seule, dans un onglet")
    expect(frame.locator(".page-bandeau a[href='tel:112']")).to_be_visible()
