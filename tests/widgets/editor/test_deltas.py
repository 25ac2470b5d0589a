"""What is sent of a text that changed makes the new one, and is no longer than what changed."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from widgets.editor.views.deltas import Delta, SentTexts, delta_of

TEXTS = st.text(st.sampled_from("abé'’😀🙂"), max_size=12)


def changed_by(delta: Delta, old: str) -> str:
    """Return what JavaScript makes of an old text, in its UTF-16 units."""
    start, end, text = delta
    units = old.encode("utf-16-le")
    assert start + end <= len(units) // 2
    kept = units[: 2 * start], units[len(units) - 2 * end :]
    return (kept[0] + text.encode("utf-16-le") + kept[1]).decode("utf-16-le")


@given(TEXTS, TEXTS, TEXTS, TEXTS)
@example("", "😀", "🙂", "")
@example("a", "", "a", "a")
def test_a_delta_makes_the_new_text_and_says_no_more_than_what_changed(
    before: str, old: str, new: str, after: str
) -> None:
    old, new = before + old + after, before + new + after
    delta = delta_of(old, new)
    assert changed_by(delta, old) == new
    assert len(delta.text) <= len(new) - len(before) - len(after)


def test_a_page_is_sent_once_what_it_holds_and_all_of_it_once_opened_anew() -> None:
    sent = SentTexts()
    page = "<p>Dort</p>" * 1000
    assert sent.changes(html=page, entries=[]) == {"html": (0, 0, page), "entries": (0, 0, "[]")}
    assert sent.changes(html=page, entries=[]) == {}
    changed = sent.changes(html=page.replace("Dort", "Mange", 1))
    assert changed == {"html": (3, len(page) - 7, "Mange")}
    sent.forget()
    assert sent.changes(html=page) == {"html": (0, 0, page)}
