"""`orient()`: pure, ordered, and saying why."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

import signs
from signs.model.entries import Section

NOON = datetime(2026, 11, 18, 12)


def test_the_same_ticks_at_the_same_moment_give_the_same_answer(
    sign_list: signs.SignList,
) -> None:
    ticks = ["sommeil", "confidence", "auteur-parent"]
    assert signs.orient(sign_list, ticks, NOON) == signs.orient(sign_list, ticks[::-1], NOON)


def test_the_order_is_section_then_rank_then_id(sign_list: signs.SignList) -> None:
    answer = signs.orient(sign_list, sign_list.items, NOON)
    sections = list(Section)
    order = [(sections.index(a.section), a.rank, a.id) for a in answer.advice]
    assert order == sorted(order)
    services = [(s.rank, s.id) for s in answer.services]
    assert services == sorted(services)


def test_because_names_the_ticks_that_call_an_advice_in_the_order_of_the_list(
    sign_list: signs.SignList,
) -> None:
    answer = signs.orient(sign_list, {"isolement", "sommeil", "danger-suicide"}, NOON)
    assert answer.because("noter-ce-qui-change") == ("sommeil", "isolement")
    assert answer.because("appeler-15") == ("danger-suicide",)
    assert answer.because("samu") == ("danger-suicide",)


def test_what_is_always_shown_is_because_of_nothing(sign_list: signs.SignList) -> None:
    answer = signs.orient(sign_list, {"sommeil"}, NOON)
    assert answer.because("ne-pas-enqueter") == ()


def test_every_advice_shown_is_always_shown_or_has_a_reason(sign_list: signs.SignList) -> None:
    picker = random.Random(1)
    for _ in range(200):
        ticks = picker.sample(list(sign_list.items), picker.randint(0, 12))
        answer = signs.orient(sign_list, ticks, NOON)
        for entry in (*answer.advice, *answer.services):
            assert entry.when == "toujours" or answer.because(entry.id)


def test_because_of_something_not_shown_is_an_error_in_french(sign_list: signs.SignList) -> None:
    answer = signs.orient(sign_list, (), NOON)
    with pytest.raises(signs.UnknownIdError, match="est inconnu"):
        answer.because("appeler-15")


def test_an_unknown_tick_is_named_with_the_nearest_known(sign_list: signs.SignList) -> None:
    with pytest.raises(
        signs.UnknownIdError, match=r"isolemnt.*Vouliez-vous dire.*isolement"
    ) as caught:
        signs.orient(sign_list, {"isolemnt", "sommeil"}, NOON)
    assert caught.value.unknown == ("isolemnt",)


def test_one_id_alone_is_not_read_letter_by_letter(sign_list: signs.SignList) -> None:
    alone = signs.orient(sign_list, "scarifications", NOON)
    assert alone == signs.orient(sign_list, {"scarifications"}, NOON)


def test_an_advice_id_is_not_a_tick(sign_list: signs.SignList) -> None:
    with pytest.raises(signs.UnknownIdError):
        signs.orient(sign_list, {"appeler-15"}, NOON)


def test_what_stands_for_another_also_stands_for_what_that_one_stands_for() -> None:
    chain = _list_of(
        ("premier", ["a"], []), ("second", ["b"], ["premier"]), ("tiers", ["c"], ["second"])
    )
    shown = {a.id for a in signs.orient(chain, {"a", "c"}, NOON).advice}
    assert shown == {"tiers"}


def test_a_hidden_advice_comes_back_with_its_replacement_gone(sign_list: signs.SignList) -> None:
    def shown(*ticks: str) -> set[str]:
        return {a.id for a in signs.orient(sign_list, ticks, NOON).advice}

    assert "expliquer-a-la-famille" in shown("isolement")
    assert "expliquer-a-la-famille" not in shown("isolement", "auteur-parent")
    assert "ne-pas-appeler-la-famille" in shown("isolement", "auteur-parent")


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (datetime(2026, 11, 18, 22, 59), True),
        (datetime(2026, 11, 18, 23, 0), False),
        (datetime(2026, 11, 18, 8, 59), False),
        (datetime(2026, 11, 11, 10, 0), True),  # a public holiday
        (datetime(2026, 7, 1, 22, 30, tzinfo=timezone(timedelta(hours=2))), True),
        (datetime(2026, 7, 1, 21, 30, tzinfo=UTC), False),  # 23:30 in Paris
    ],
)
def test_a_service_is_open_by_paris_time(
    sign_list: signs.SignList, at: datetime, open_: bool
) -> None:
    services = {s.id: s for s in signs.orient(sign_list, (), at).services}
    assert services["violences-numeriques-3018"].open is open_


def test_hours_that_nobody_confirmed_are_not_claimed(sign_list: signs.SignList) -> None:
    services = {s.id: s for s in signs.orient(sign_list, {"confidence"}, NOON).services}
    assert services["france-victimes"].open is None
    holiday = signs.orient(sign_list, {"argent-exige"}, datetime(2026, 11, 11, 10))
    assert {s.id: s.open for s in holiday.services}["info-escroqueries"] is None


def _list_of(*advice: tuple[str, list[str], list[str]]) -> signs.SignList:
    """Return a list of nothing but three signs and these advices (id, quand, remplace)."""
    source = {"source": "s", "section": "x"}
    return signs.SignList.model_validate(
        {
            "id": "essai",
            "info": {
                "format": 1,
                "titre": "Essai",
                "version": "1",
                "responsable": "Nous",
                "relu_le": "2026",
                "a_revoir_avant": "2027",
            },
            "sources": [{"id": "s", "titre": "S", "editeur": "E"}],
            "families": [{"id": "f", "titre": "F"}],
            "signs": [
                {"id": id_, "famille": "f", "libelle": id_, "autres_causes": "x", **source}
                for id_ in "abc"
            ],
            "moments": [],
            "situations": [],
            "advice": [
                {
                    "id": id_,
                    "rubrique": "parler",
                    "texte": id_,
                    "quand": when,
                    "remplace": replaces,
                    "rang": 1,
                    **source,
                }
                for id_, when, replaces in advice
            ],
            "services": [],
        }
    )
