"""The emergency numbers stand once, in the model: every page writes those, and no other."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

import signs
from signs.model.fields import EMERGENCY, EMERGENCY_NUMBERS, EMERGENCY_SMS, EmergencyNumber
from widgets.board.board import markup
from widgets.printables import render_sheet, sheets_of
from widgets.render import html
from widgets.render.assets import WIDGETS

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = datetime(2026, 11, 21, 12)
NEW = (
    EmergencyNumber("196", "Mer", "secours en mer"),
    EmergencyNumber("117", "Signe", "par signes", scheme="sms"),
)


@pytest.fixture
def _two_more(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(html, "EMERGENCY_NUMBERS", (*EMERGENCY_NUMBERS, *NEW))
    html._templates.cache_clear()  # noqa: SLF001 (a template that was drawn keeps what it was given)
    yield
    html._templates.cache_clear()  # noqa: SLF001


@pytest.mark.usefixtures("_two_more")
def test_a_new_number_is_in_the_bar_and_on_the_sheets() -> None:
    sign_list = signs.load()
    board = markup(sign_list, at=AT, in_notebook=True).html
    for number, scheme in (("196", "tel"), ("117", "sms")):
        assert f'<a href="{scheme}:{number}"><strong>{number}</strong>' in board
    sheets = [render_sheet(sheet, sign_list, AT.date()) for sheet in sheets_of(sign_list).values()]
    lines = [sheet for sheet in sheets if "<strong>112</strong> <span>toute urgence" in sheet]
    assert lines
    assert all("<strong>196</strong> <span>secours en mer" in sheet for sheet in lines)


def test_no_template_writes_an_address_to_call_by_hand() -> None:
    templates = list(WIDGETS.rglob("*.j2"))
    assert templates
    assert [
        (file.name, found[0])
        for file in templates
        for found in re.finditer(r"(?:tel|sms):\d+", file.read_text(encoding="utf-8"))
    ] == []


def test_who_answers_in_writing_is_not_called() -> None:
    assert not set(EMERGENCY) & set(EMERGENCY_SMS)
    for number in EMERGENCY_SMS:
        assert f'href="sms:{number}"' in html.callable_numbers(f"Écrivez au {number}.")
    for number in EMERGENCY:
        assert f'href="tel:{number}"' in html.callable_numbers(f"Appelez le {number}.")
