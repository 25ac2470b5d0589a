"""`orient()`: pure, ordered, and saying why."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

import signs
from signs.model.entries import AdviceStep

NOON = datetime(2026, 11, 18, 12)


def test_the_same_ticks_at_the_same_moment_give_the_same_answer(
    sign_list: signs.SignList,
) -> None:
    ticks = ["sommeil", "confidence", "auteur-parent"]
    assert signs.orient(sign_list, ticks, NOON) == signs.orient(sign_list, ticks[::-1], NOON)


def test_the_order_is_step_then_rank_then_id(sign_list: signs.SignList) -> None:
    answer = signs.orient(sign_list, sign_list.items, NOON)
    steps = list(AdviceStep)
    order = [(steps.index(a.step), a.rank, a.id) for a in answer.advice]
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


def test_a_door_calls_its_advice_and_is_the_last_reason(sign_list: signs.SignList) -> None:
    alone = signs.orient(sign_list, (), NOON, "parole")
    assert (alone.ticked, alone.moment, alone.urgency) == ((), "parole", "today")
    assert alone.because("dire-que-je-crois") == ("parole",)
    both = signs.orient(sign_list, {"confidence"}, NOON, "parole")
    assert both.because("dire-que-je-crois") == ("confidence", "parole")
    assert signs.orient(sign_list, {"danger-suicide"}, NOON, "parole").urgent


@pytest.mark.parametrize("moment", ["paroles", "faits", "confidence", ""])
def test_what_is_no_door_is_refused_with_the_doors_there_are(
    sign_list: signs.SignList, moment: str
) -> None:
    with pytest.raises(signs.UnknownIdError, match="n’est pas une porte d’entrée") as caught:
        signs.orient(sign_list, (), NOON, moment)
    assert caught.value.unknown == (moment,)
    for door in sign_list.doors:
        assert f"«\xa0{door}\xa0»" in str(caught.value)
    assert ("Vouliez-vous dire" in str(caught.value)) is (moment == "paroles")


@pytest.mark.parametrize(
    ("ticks", "moment", "number"),
    [
        ((), None, None),
        (("scarifications",), "parole", None),
        ((), "danger", "112"),
        (("danger-suicide",), None, "15"),
        (("danger-suicide",), "danger", "15"),  # a tick says more than a door
        (("sommeil",), "danger", "112"),
        (("danger-compte-a-rebours", "confidence"), "parole", "17"),
        (("danger-rendez-vous", "danger-disparition"), "danger", "17"),
        (("danger-blessure", "danger-menace-physique"), "danger", "112"),  # they differ
    ],
)
def test_the_number_to_call_first_is_that_of_the_ticks(
    sign_list: signs.SignList, ticks: tuple[str, ...], moment: str | None, number: str | None
) -> None:
    assert signs.orient(sign_list, ticks, NOON, moment).call_first == number


def _lines(step: str, *protects: bool) -> list[tuple[str, dict[str, object]]]:
    """Return as many lines of a step, in their order, some of which protect."""
    return [
        (f"{step}-{n}", {"etape": step, "rang": n, "protege": each})
        for n, each in enumerate(protects)
    ]


def test_three_lines_of_a_step_stand_open_and_every_line_that_protects() -> None:
    lines = [*_lines("ensuite", False, True, False, False, True), *_lines("jamais", False)]
    answer = signs.orient(_list_of(*lines), (), NOON)
    assert [(a.id, a.unfolded) for a in answer.advice] == [
        ("ensuite-0", True),
        ("ensuite-1", True),
        ("ensuite-2", True),
        ("ensuite-3", False),
        ("ensuite-4", True),
        ("jamais-0", True),
    ]


def test_in_danger_only_what_protects_stands_open_after_the_first_step() -> None:
    lines = [
        *_lines("maintenant", False, False, False, False),
        *_lines("aujourdhui", False, True),
        *_lines("jamais", False),
    ]
    answer = signs.orient(_list_of(*lines, urgent="a"), {"a"}, NOON)
    assert [a.id for a in answer.advice if a.unfolded] == [
        *("maintenant-0", "maintenant-1", "maintenant-2"),
        "aujourdhui-1",
    ]


def test_two_services_stand_open_besides_the_emergency_numbers_and_none_in_danger(
    sign_list: signs.SignList,
) -> None:
    calm = signs.orient(sign_list, {"sommeil", "confidence"}, NOON)
    assert [s.phone for s in calm.services if s.unfolded] == ["119", "3018"]
    danger = signs.orient(sign_list, {"danger-suicide"}, NOON)
    assert not any(service.unfolded for service in danger.services)


def test_advice_without_a_step_has_that_of_its_section_and_keeps_its_order() -> None:
    sections = ("apres", "eviter", "noter", "preserver", "prevenir", "parler", "securite")
    lines = [(name, {"rubrique": name, "rang": n}) for n, name in enumerate(sections)]
    answer = signs.orient(_list_of(*lines), (), NOON)
    assert [(a.id, a.step.value) for a in answer.advice] == [
        ("securite", "maintenant"),
        ("parler", "maintenant"),
        ("prevenir", "aujourdhui"),
        ("preserver", "ensuite"),
        ("noter", "ensuite"),
        ("apres", "ensuite"),
        ("eviter", "jamais"),
    ]


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
        ("premier", {"quand": ["a"]}),
        ("second", {"quand": ["b"], "remplace": ["premier"]}),
        ("tiers", {"quand": ["c"], "remplace": ["second"]}),
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


def _list_of(*advice: tuple[str, dict[str, object]], urgent: str = "") -> signs.SignList:
    """Return a list of nothing but three signs and these advices: id, and what it says."""
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
                | ({"urgence": "immediate"} if id_ == urgent else {})
                for id_ in "abc"
            ],
            "moments": [],
            "situations": [],
            "advice": [
                {"id": id_, "rubrique": "parler", "texte": id_, "quand": "toujours", "rang": 1}
                | source
                | said
                for id_, said in advice
            ],
            "services": [],
        }
    )
