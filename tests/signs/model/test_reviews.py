"""A reading holds for the words that were read, and for no others."""

from pathlib import Path
from typing import Any

import pytest

from signs.files import edit
from signs.files.merge import merge
from signs.model.entries import AdviceStep
from signs.model.readings import READING, Reading
from signs.model.reviews import ReviewState, count_states, digest_of, review_of, reviewed_entries
from signs.model.sign_list import KINDS, SignList
from widgets.cli.reporters import readings_left
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.session.session import EditingSession

READINGS = KINDS[READING].file
SAFETY, SIGN = "appeler-15", "isolement"


def _read(sign_list: SignList, *said: tuple[str, str, str]) -> SignList:
    """Have roles read entries, as they are now."""
    entries = {entry.id: entry for _kind, entry in reviewed_entries(sign_list)}
    readings = (
        Reading(
            id=f"lu-{number}",
            entree=id_,
            avis=opinion,  # type: ignore[arg-type] # one of them
            par=role,
            le="2026-10-02",
            empreinte=digest_of(entries[id_]),
        )
        for number, (id_, opinion, role) in enumerate(said, len(sign_list.readings))
    )
    return sign_list.model_copy(update={"readings": (*sign_list.readings, *readings)})


def _changed(sign_list: SignList, kind: str, id_: str, **values: Any) -> SignList:  # noqa: ANN401
    field = KINDS[kind].field
    entries = tuple(
        entry.model_copy(update=values) if entry.id == id_ else entry
        for entry in getattr(sign_list, field)
    )
    return sign_list.model_copy(update={field: entries})


def test_a_safety_advice_takes_two_roles_and_anything_else_one(sign_list: SignList) -> None:
    once = _read(sign_list, (SAFETY, "relu", "CPE"), (SIGN, "relu", "CPE"))
    again = _read(once, (SAFETY, "approuve", "cpe"))
    assert review_of(again, SAFETY).state is ReviewState.TO_READ  # one role, twice
    assert review_of(again, SIGN).state is ReviewState.READ
    both = _read(again, (SAFETY, "relu", "Médecin scolaire"), (SIGN, "approuve", "Infirmière"))
    assert review_of(both, SAFETY).state is ReviewState.APPROVED
    assert count_states(both)[ReviewState.APPROVED] == 2
    total = sum(count_states(both).values())
    left = f"Relecture : {total - 2} entrées à relire sur {total} ; 2 sont approuvées."
    assert " ".join(readings_left(both).split()) == left


@pytest.mark.parametrize(
    ("kind", "id_", "values"),
    [
        ("conseil", SAFETY, {"text": "Appelez le **15**, sans attendre."}),
        ("conseil", SAFETY, {"when": ("danger-suicide",)}),
        ("conseil", SAFETY, {"given_step": AdviceStep.THEN}),
        ("signe", SIGN, {"urgency": "today"}),
        ("service", "samu", {"phone": "112"}),
        ("service", "prevention-suicide-3114", {"hours": "Mo-Fr 09:00-18:00"}),
    ],
)
def test_once_text_condition_or_step_changes_it_is_to_read_again(
    sign_list: SignList, kind: str, id_: str, values: dict[str, Any]
) -> None:
    read = _read(sign_list, (id_, "relu", "CPE"), (id_, "relu", "Infirmière"))
    assert review_of(read, id_).state is ReviewState.READ
    review = review_of(_changed(read, kind, id_, **values), id_)
    assert (review.state, len(review.outdated)) == (ReviewState.TO_READ, 2)


def test_neither_its_place_nor_its_source_nor_how_it_is_typed_is_what_was_read(
    sign_list: SignList,
) -> None:
    read = _read(sign_list, (SAFETY, "relu", "CPE"), (SAFETY, "relu", "IEN"))
    advice = next(each for each in read.advice if each.id == SAFETY)
    typed = f"\n{advice.text.replace(chr(39), '’').replace(' ', chr(0xA0) + chr(10), 2)}\n"
    values: dict[str, Any] = {"rank": 7, "source_section": "Ailleurs", "text": typed}
    values |= {"when": tuple(reversed(advice.triggers or ()))}
    assert review_of(_changed(read, "conseil", SAFETY, **values), SAFETY).state is ReviewState.READ


def test_an_upgrade_of_the_program_takes_no_reading_back() -> None:
    def digest(**values: object) -> str:
        return digest_of(KINDS["signe"].entry.model_validate({"id": "a", "source": "s", **values}))

    words: dict[str, object] = {"famille": "corps", "libelle": "Pâlit", "autres_causes": "La faim."}
    assert digest(section="Ici", **words) == "92fe44311e087405"
    assert digest(section="Là", urgence="immediate", **words) == "e4a8d2367f5b5032"


def test_what_is_removed_takes_its_readings_along_and_undoing_brings_them_back(
    list_folder: Path, sign_list: SignList
) -> None:
    session = EditingSession(list_folder)
    read = _read(sign_list, (SIGN, "relu", "CPE"), (SAFETY, "relu", "CPE"))
    for reading in read.readings:
        session.add_reading(reading)
    at = [raw["id"] for raw in session.blocks("signe")].index(SIGN)
    before = session.texts
    session.remove(EntryRef("signe", at))
    assert [raw["entree"] for raw in session.blocks(READING)] == [SAFETY]
    session.undo()
    assert session.texts == before


def test_what_two_people_read_is_merged_entry_by_entry() -> None:
    digest = "0123456789abcdef"
    raw = {"id": "lu", "entree": SIGN, "avis": "relu", "par": "CPE", "empreinte": digest}
    base = edit.add("", READING, {**raw, "le": "2026-10-02"})
    mine, theirs = (edit.add(base, READING, {**raw, "id": id_}) for id_ in ("lu-a", "lu-b"))
    merged = merge({READINGS: base}, {READINGS: mine}, {READINGS: theirs})
    assert not merged.clashes
    assert {*edit.ids(merged.texts[READINGS], READING)} == {"lu", "lu-a", "lu-b"}
