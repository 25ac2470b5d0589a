"""The file that the browser is opened on, in a real one: it leads to the page by itself."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.conftest import Served
from widgets.page.browser import leading_to


def test_the_file_leads_to_the_page_and_says_nothing_of_where_one_comes_from(
    chromium: Browser, served: Served
) -> None:
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    with leading_to(f"{served.url}?a=1&b=2") as leading:
        page.goto(leading)
        page.wait_for_url(f"{served.url}?a=1&b=2")
    expect(page.locator(".reperes-board")).to_be_visible()
    assert page.evaluate("document.referrer") == ""
    context.close()
