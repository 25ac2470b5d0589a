"""The page that an exported notebook shows in a frame, used as a person does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from signs.loading.loader import SHIPPED, Choice
from tests.browser.conftest import ANSWERS, Answer, unfold
from tests.browser.test_answer import assert_agree, selections
from tests.conftest import DAY
from widgets.export.writer import Inputs, export_page
from widgets.runtime.build_date import day_for

FRAME = "iframe[srcdoc]"
ALIVE = {
    "reperer": ".reperes-board[data-vivant]",
    "atelier": ".atelier[data-vivant]",
    "ressources": ".ressources[data-vivant]",
}
"""The pages that can be a notebook, and what each shows once its script runs."""


def export_notebook(page: str, file: Path) -> Path:
    """Write a page as a notebook; return the file."""
    inputs = Inputs(Choice(SHIPPED / "sextorsion"), day_for(DAY))
    return export_page(page, inputs, file, as_notebook=True)


def frame_of(page: Page, name: str = "reperer") -> Frame:
    """Return the frame in a notebook, or in what shows its cells, once its page lives."""
    expect(page.frame_locator(FRAME).locator(ALIVE[name])).to_be_visible()
    frame = page.locator(FRAME).element_handle().content_frame()
    assert frame
    return frame


def assert_it_works(page: Page, *, agree_on: int = 12) -> None:
    """Tick, copy, print, cover and erase in the frame of the help page."""
    frame = frame_of(page)
    assert frame.evaluate("self.origin") == "null", "it reaches nothing of what is around it"
    unfold(frame.locator("[data-moment=parole] > details"))
    frame.locator(".reperes-copier:visible").first.click()
    expect(frame.get_by_text("Phrase copiée.")).to_be_attached()
    unfold(frame.locator("[data-moment=danger] > details"))
    urgent = frame.locator("input[value=danger-suicide]")
    unfold(frame.locator(".reperes-cocher", has=urgent))  # where the frame is narrow
    urgent.check()
    expect(frame.get_by_role("heading", name="Agissez maintenant")).to_be_visible()
    frame.get_by_role("link", name="Aller au contenu").press("Enter")
    expect(frame.locator("#contenu")).to_be_focused()

    frame.evaluate("addEventListener('beforeprint', () => { window.printed = true; })")
    frame.locator(".reperes-imprimer").click()
    assert frame.evaluate("window.printed") is True
    frame.locator(".page-masquer").click()
    expect(urgent).to_be_hidden()
    frame.get_by_role("button", name="Revenir").click()
    expect(urgent).to_be_checked()
    frame.get_by_role("link", name="Effacer").click()
    expect(frame.locator("input:checked")).to_have_count(0)
    expect(frame.get_by_role("heading", name="Agissez maintenant")).to_be_hidden()

    def answers(asked: list[list[str]]) -> list[Answer]:
        return [Answer(*each) for each in frame.evaluate(ANSWERS, asked)]

    assert_agree(answers, selections(agree_on))
