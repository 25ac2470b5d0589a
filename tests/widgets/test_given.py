"""What somebody wrote in a cell, of the wrong kind: a French sentence with an example, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import signs
from signs.errors import ReperesError
from widgets import Board, Booklet, Editor, Workshop


@pytest.mark.parametrize(
    "given",
    [
        lambda whole: signs.orient(whole, None),
        lambda whole: signs.orient(whole, [["sommeil"]]),
        lambda whole: signs.orient({"sommeil"}, whole),
        lambda whole: signs.orient(whole, {"sommeil"}, at=date(2026, 11, 25)),
        lambda _whole: signs.load(None),
        lambda _whole: signs.inspect(3),
        lambda whole: Board(whole, at="demain"),
        Workshop,
        lambda _whole: Booklet(["vignette-rumeur", 3]),
        Editor,
    ],
)
def test_it_is_told_in_one_sentence(
    given: Callable[[object], object], sign_list: signs.SignList
) -> None:
    with pytest.raises(ReperesError) as refused:
        given(sign_list)
    (line,) = refused.value._render_traceback_()
    assert "Écrivez par exemple" in line


def test_what_was_read_is_said_in_short(sign_list: signs.SignList) -> None:
    assert repr(signs.inspect("pas-la")).startswith("Aucune liste")
    assert repr(signs.Inspection(sign_list, ())).endswith("erreurs\u00a0: 0, remarques\u00a0: 0")
