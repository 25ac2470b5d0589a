"""The line between the editor and Python: whatever is lost on it, nothing waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from widgets.render.assets import script

# A kernel that answers when told to.
KERNEL = """
globalThis.sent = [];
globalThis.reported = [];
const heard = {};
const model = {
    send: (question) => sent.push(question),
    on: (name, handler) => (heard[name] = handler),
    off: (name, handler) => heard[name] === handler && delete heard[name],
};
globalThis.answer = (question, more = {}) =>
    heard["msg:custom"]({ n: question.n, de: question.de, ...more });
globalThis.channel = openChannel(
    model,
    (answer) => {
        reported.push(answer.n);
        if (answer.broken) throw new Error("what draws it failed");
    },
    (alive) => reported.push(alive),
);
"""


@pytest.fixture
def line(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.clock.install()
    page.add_script_tag(content=f"{script('editor/static/channel.js')}\n{KERNEL}")
    yield page
    page.close()


def _do(page: Page, script: str) -> Any:  # noqa: ANN401
    return page.evaluate(f"() => {{ {script} }}")


def test_what_is_lost_is_asked_again_until_it_is_answered(line: Page) -> None:
    _do(line, "channel.ask({ do: 'choisir' }); channel.ask({ do: 'monter' })")
    assert _do(line, "return channel.isNavigating()")
    line.clock.run_for(12_000)
    first, *others = _do(line, "return sent")
    assert len(others) == 2
    assert others == [first] * 2
    assert _do(line, "return reported") == [False]
    assert not _do(line, "return channel.isNavigating()")  # one goes on typing; it will be copied
    _do(line, "sent.slice(0, 3).forEach((question) => answer(question))")
    assert _do(line, "return reported") == [False, True, 1]
    assert _do(line, "return sent.at(-1).do") == "monter"
    assert _do(line, "return channel.isNavigating()")
    _do(line, "answer(sent.at(-1))")
    assert not _do(line, "return channel.isNavigating()")


def test_an_answer_that_cannot_be_drawn_stops_nothing(line: Page) -> None:
    _do(line, "channel.ask({ do: 'ecrire' }); channel.ask({ do: 'choisir' })")
    broken = "try { answer(sent[0], { broken: true }) } catch { return 'thrown' }"
    assert _do(line, broken) == "thrown"
    assert _do(line, "return sent.map((question) => question.do)") == ["ecrire", "choisir"]
    _do(line, "answer(sent[1])")
    assert not _do(line, "return channel.isNavigating()")


def test_of_two_glances_the_last_is_asked_for_and_what_is_written_is_not_skipped(
    line: Page,
) -> None:
    _do(line, "for (const of of 'abc') channel.ask({ do: 'apercu', of })")
    _do(line, "channel.ask({ do: 'ecrire', key: 'nom' })")
    assert _do(line, "return channel.isWriting('nom')")
    assert not _do(line, "return channel.isNavigating()")
    for _ in range(3):
        _do(line, "answer(sent.at(-1))")
    assert _do(line, "return sent.map(({ do: what, of }) => of ?? what)") == ["a", "c", "ecrire"]
    assert not _do(line, "return channel.isWriting('nom')")
    line.clock.run_for(5_000)
    assert _do(line, "return sent.at(-1).do") == "pouls"


def test_a_view_that_is_closed_listens_to_nothing_and_asks_nothing(line: Page) -> None:
    """JupyterLab draws a cell anew as often as one moves it: the model outlives its views."""
    _do(line, "channel.close()")
    assert _do(line, "return Object.keys(heard)") == []
    before = _do(line, "return sent.length")
    line.clock.run_for(60_000)
    assert _do(line, "return sent.length") == before
