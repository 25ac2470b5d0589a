"""What somebody wrote wrong in a cell: one French sentence with the remedy, no more."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import ipywidgets
import pytest

import signs
import widgets
from signs.errors import ReperesError
from widgets import Board, Booklet, Editor, Resources, Workshop

REMEDY = re.compile(
    r"Écrivez|Vouliez-vous dire|Les plus proches|Il y a : |help\(|Donnez|Vérifiez|Les portes"
)


def told(do: Callable[[], object]) -> str:
    """Return what a cell shows of a refusal: one sentence, or two, with what to do."""
    with pytest.raises(ReperesError) as refused:
        do()
    (line,) = refused.value._render_traceback_()
    assert REMEDY.search(line.replace("\u00a0", " ")), line
    return line


@pytest.fixture
def whole(
    sign_list: signs.SignList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[signs.SignList]:
    """Return the list, in an empty folder, as an editor makes one."""
    monkeypatch.chdir(tmp_path)
    yield sign_list


WRONG = (
    *(None, 3, 2.5, True, b"sommeil", "", "pas-la", "a\0b", object(), print, Board),
    *([3], [["sommeil"]], {"pas-la": 1}, {"pas-la"}, iter([None])),
    *(date(2026, 11, 25), datetime.min, datetime.max),
)


def _callables(whole: signs.SignList) -> dict[str, Callable[..., object]]:
    """Return what one calls in a notebook."""
    answer = signs.orient(whole, ())
    functions = {name: vars(signs)[name] for name in signs.__all__ if name.islower()}
    shown = {name: getattr(widgets, name) for name in widgets.__all__}
    return {**functions, **shown, "because": answer.because, "observe": Board(whole).observe}


def test_what_is_of_the_wrong_kind_is_told_by_everything_that_one_calls(
    whole: signs.SignList,
) -> None:
    right = {"sign_list": whole, "ticks": (), "id_": "appeler-15", "handler": print}
    refused = set()
    for name, function in _callables(whole).items():
        parameters = inspect.signature(function).parameters.values()
        taken = [each for each in parameters if each.kind is not each.VAR_KEYWORD]
        needed = {each.name: right[each.name] for each in taken if each.default is each.empty}
        for parameter in taken:
            if name == "observe" and parameter.name == "type":
                continue  # any value is one, for traitlets
            for wrong in WRONG:
                given = {**needed, parameter.name: wrong}
                try:
                    function(**given)
                except ReperesError as error:
                    assert REMEDY.search(str(error).replace("\u00a0", " ")), (name, given, error)
                    refused.add((name, parameter.name))
    assert len(refused) > 20


def test_other_arguments_than_its_own_are_told_by_everything_that_one_calls(
    whole: signs.SignList,
) -> None:
    for function in _callables(whole).values():
        told(lambda: function(*range(9)))  # noqa: B023 (called at once)
        assert "« quand »" in told(lambda: function(quand=3)).replace("\u00a0", " ")  # noqa: B023
    assert "« ticks »" in told(lambda: signs.orient(whole)).replace("\u00a0", " ")
    assert "Board(shared=True)" in told(
        lambda: Board(whole, at=None, shared=False, sign_list=whole)
    )


def test_a_name_that_nothing_has_is_told_with_the_nearest(whole: signs.SignList) -> None:
    values = (signs, widgets, whole, whole.signs[0], whole.advice[0], whole.services[0])
    made = (signs.orient(whole, ()), signs.inspect("pas-la"), Board(whole), Workshop(), Editor())
    for value in (*values, *made):
        told(lambda: value.pas_la)  # noqa: B023 (called at once)
        assert not hasattr(value, "_pas_la")
    for value, typed, meant in (
        *((signs, "orienter", "orient"), (widgets, "Boards", "Board")),
        *((whole, "conseils", "advice"), (whole, "signe", "signs")),
        *((whole.signs[0], "libelle", "label"), (whole.advice[0], "texte", "text")),
        *((made[0], "urgence", "urgency"), (made[2], "selecton", "selection")),
    ):
        sentence = told(lambda: getattr(value, typed))  # noqa: B023 (called at once)
        assert re.search(rf"Vouliez-vous dire «.{meant}.»", sentence), sentence


def test_an_id_that_a_list_does_not_have_is_told_with_the_nearest(whole: signs.SignList) -> None:
    assert "« sommeil »" in told(lambda: whole.items["Someil"]).replace("\u00a0", " ")
    assert "Les plus proches" in told(lambda: whole.items["zzz"])
    assert "« danger »" in told(lambda: whole.doors["dangers"]).replace("\u00a0", " ")
    assert "« parole »" in told(lambda: whole.causes["Parole "]).replace("\u00a0", " ")
    told(lambda: whole.items[3])
    told(lambda: signs.review_of(whole, "appeler-16"))
    assert (whole.items.get("zzz"), "zzz" in whole.items) == (None, False)
    with pytest.raises(KeyError):
        whole.items["zzz"]
    assert copy.deepcopy(whole.items) == whole.items


@pytest.mark.parametrize("widget", [Board, Booklet, Editor, Resources, Workshop])
def test_a_widget_is_one_and_keeps_to_its_names(
    widget: Callable[[], Board], whole: signs.SignList
) -> None:
    del whole
    shown = widget()
    for do in (copy.copy, copy.deepcopy, pickle.dumps, lambda it: copy.deepcopy({"a": [it]})):
        assert "ne se copie pas" in told(lambda: do(shown))  # noqa: B023 (called at once)
    told(lambda: setattr(shown, "titre", "x"))
    told(lambda: setattr(shown, "layout", 3))
    told(lambda: shown.observe(print, ["layout", "titre"]))
    shown.layout = {"width": "300px"}
    shown.observe(print, "layout")


def test_a_selection_follows_python_alone(whole: signs.SignList) -> None:
    board, other = Board(whole, shared=True), Board(whole, shared=True)
    for link in (ipywidgets.jslink, ipywidgets.jsdlink):
        assert "ipywidgets.link" in told(
            lambda: link((board, "selection"), (other, "selection"))  # noqa: B023 (called at once)
        )
    ipywidgets.link((board, "selection"), (other, "selection"))
    board.selection = ["sommeil", "isolement", "confidence"]
    board.selection -= {"sommeil"}
    board.selection = board.selection - ["confidence"]
    assert other.selection == ["isolement"]
    told(lambda: board.selection.discard("isolement"))
    told(lambda: board.selection - 3)
    told(lambda: setattr(board, "sign_list", whole))
    told(lambda: delattr(board, "selection"))


def test_what_is_read_does_not_change(whole: signs.SignList) -> None:
    for value, name in ((whole, "id"), (whole.signs[0], "label"), (whole, "pas_la")):
        with pytest.raises(ReperesError, match="reperes formateur"):
            setattr(value, name, "x")


def test_what_was_read_is_said_in_short(whole: signs.SignList) -> None:
    assert repr(signs.inspect("pas-la")).startswith("Aucune liste")
    assert repr(signs.Inspection(whole, ())).endswith("erreurs\u00a0: 0, remarques\u00a0: 0")
    for entries in dict(whole).values():
        for entry in entries if isinstance(entries, tuple) else ():
            assert repr(entry)
