"""French text without UTF-8 is read in the encoding of the system it was written on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import signs
from signs.text.encodings import decode_one_byte

LABELS = [each.label for each in signs.load().items.values() if not each.label.isascii()]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=4))
def test_what_the_list_says_is_read_back(encoding: str, labels: list[str]) -> None:
    text = "\n".join(labels)
    assert decode_one_byte(text.encode(encoding)) == text


@given(st.binary())
def test_any_bytes_are_read(raw: bytes) -> None:
    assert isinstance(decode_one_byte(raw), str)
