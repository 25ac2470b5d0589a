"""Two people change one list: all that each did stands in the end, or is a question."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signs.files import edit
from signs.files.edit import Ref
from signs.files.merge import WHOLE, merge
from signs.scaffold import STANDALONE

BASE = {
    name: (STANDALONE / name).read_text(encoding="utf-8")
    for name in ("conseils.toml", "services.toml", "liste.toml")
}
ADVICE = edit.ids(BASE["conseils.toml"], "conseil")
KEYS = ("texte", "section", "rang")


def _entries(texts: dict[str, str], kind: str = "conseil") -> dict[str, dict[str, object]]:
    return {raw["id"]: raw for raw in tomllib.loads(texts[f"{kind}s.toml"])[kind]}


def _changed(texts: dict[str, str], id_: str, key: str, value: object) -> dict[str, str]:
    text = edit.set_value(texts["conseils.toml"], Ref("conseil", id_), key, value)  # type: ignore[arg-type]
    return {**texts, "conseils.toml": text}


CHANGES = st.dictionaries(
    st.tuples(st.sampled_from(ADVICE), st.sampled_from(KEYS)),
    st.integers(100, 999),
    max_size=8,
)


@given(mine=CHANGES, theirs=CHANGES)
def test_what_either_changed_stands_and_only_one_key_of_both_is_a_question(
    mine: dict[tuple[str, str], int], theirs: dict[tuple[str, str], int]
) -> None:
    def value(key: str, number: int) -> object:
        return number if key == "rang" else f"Écrit {number} fois, « {number} »."

    ours: list[dict[str, str]] = []
    for changes in (mine, theirs):
        texts = BASE
        for (id_, key), number in changes.items():
            texts = _changed(texts, id_, key, value(key, number))
        ours.append(texts)
    merged = merge(BASE, *ours)
    both = {place for place in mine.keys() & theirs.keys() if mine[place] != theirs[place]}
    assert {(c.id, c.key) for c in merged.clashes} == {p for p in both if p[1] != "rang"}
    found = _entries(merged.texts)
    for (id_, key), number in {**theirs, **mine}.items():
        assert found[id_][key] == value(key, number)
    taken = merge(BASE, *ours, {clash.place: False for clash in merged.clashes})
    assert taken.clashes == []
    for id_, key in both:
        kept = mine if key == "rang" else theirs
        assert _entries(taken.texts)[id_][key] == value(key, kept[id_, key])


def test_entries_added_removed_and_moved_by_either() -> None:
    file = "conseils.toml"
    mine = {**BASE, file: edit.remove(BASE[file], Ref("conseil", "ecouter"))}
    mine[file] = edit.add(mine[file], "conseil", {"id": "le-mien", "texte": "Le mien."})
    mine[file] = edit.move(mine[file], Ref("conseil", "en-parler"), before="appeler-15")
    theirs = {**BASE, file: edit.add(BASE[file], "conseil", {"id": "le-leur", "texte": "Le leur."})}
    theirs["services.toml"] = edit.remove(BASE["services.toml"], Ref("service", "samu"))
    merged = merge(BASE, mine, theirs)
    assert merged.clashes == []
    ids = list(_entries(merged.texts))
    assert {"le-mien", "le-leur"} <= set(ids)
    assert "ecouter" not in ids
    assert ids.index("en-parler") < ids.index("appeler-15")
    assert "samu" not in _entries(merged.texts, "service")
    assert ("conseil", "le-leur") in merged.theirs
    assert ("conseil", "le-mien") not in merged.theirs


@pytest.mark.parametrize("mine_is_kept", [True, False])
def test_what_one_removed_and_the_other_changed_is_a_question(*, mine_is_kept: bool) -> None:
    removed = {
        **BASE,
        "conseils.toml": edit.remove(BASE["conseils.toml"], Ref("conseil", "ecouter")),
    }
    changed = _changed(BASE, "ecouter", "texte", "Écoutez.")
    (clash,) = merge(BASE, removed, changed).clashes
    assert (clash.place, clash.mine) == (("conseil", "ecouter", WHOLE), None)
    merged = merge(BASE, removed, changed, {clash.place: mine_is_kept})
    assert ("ecouter" in _entries(merged.texts)) is not mine_is_kept
    back = merge(BASE, changed, removed, {clash.place: mine_is_kept})
    assert ("ecouter" in _entries(back.texts)) is mine_is_kept


def test_a_file_that_cannot_be_read_is_one_question_and_one_that_is_gone_is_none() -> None:
    mine = _changed(BASE, "ecouter", "texte", "Écoutez.")
    broken = {**BASE, "conseils.toml": "[[conseil]]\nid = «"}
    (clash,) = merge(BASE, mine, broken).clashes
    assert clash.place == ("conseils.toml", "", WHOLE)
    assert merge(BASE, BASE, broken).clashes == []
    gone = {name: text for name, text in BASE.items() if name != "conseils.toml"}
    assert merge(BASE, mine, gone).texts == mine
