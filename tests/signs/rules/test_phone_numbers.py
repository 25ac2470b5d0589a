"""Phone numbers: the shortcut without the library gives the same answers as the library."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from phonenumbers.shortnumberinfo import is_possible_short_number_for_region

import signs
from signs.rules import phone_numbers
from signs.rules.phone_numbers import rings

SHORT = [n for n in map(str, range(10_000)) if phone_numbers.SURELY.fullmatch(n)]


def _long(picker: random.Random) -> str:
    start = picker.choice(["01", "03", "09", "080", *(f"04{n}" for n in range(1, 10))])
    return start + "".join(str(picker.randrange(10)) for _ in range(10 - len(start)))


def test_what_is_said_to_ring_at_once_rings_for_the_library() -> None:
    assert {"15", "17", "18", "112", "114", "119", "3018", "3114"} <= set(SHORT)
    for number in (*SHORT, "116000", "116006"):
        assert is_possible_short_number_for_region(phonenumbers.parse(number, "FR"), "FR"), number
    picker = random.Random(1)
    for number in (_long(picker) for _ in range(2_000)):
        assert phone_numbers.SURELY.fullmatch(number), number
        assert phonenumbers.is_valid_number(phonenumbers.parse(number, "FR")), number


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *(("06 12 34 56 78", True), ("0262 41 00 00", True), ("0594 29 00 00", True)),
        ("07 00 00 00 00", False),
    ],
)
def test_other_numbers_are_looked_for_in_the_plan(number: str, *, expected: bool) -> None:
    assert rings(number) is expected


def test_numbers_of_the_shipped_list_need_no_library(sign_list: signs.SignList) -> None:
    for service in sign_list.services:
        for number in filter(None, (service.phone, service.sms)):
            assert phone_numbers.SURELY.fullmatch(number.replace(" ", "")), number
