"""A change in a list's file changes that and nothing else, however the file was written."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import signs
from signs.files.document import UnreadableError
from signs.files.edit import (
    EditError,
    Ref,
    Value,
    add,
    duplicate,
    ids,
    move,
    remove,
    set_value,
    toml_of,
    values,
    written,
)
from signs.loading.loader import SHIPPED
from signs.model.sign_list import KINDS
from signs.text.normalize import as_read

FILES = {
    kind: (SHIPPED / "sextorsion" / KINDS[kind].file).read_text(encoding="utf-8")
    for kind in KINDS
    if (SHIPPED / "sextorsion" / KINDS[kind].file).exists()
}
ENTRIES = [(kind, id_) for kind, text in FILES.items() for id_ in ids(text, kind) if id_]
LAST = ["source", "section"]
HAND = """\
# Le fichier de quelqu'un.

# --- Première partie ---

# à propos de a
[[signe]]
id = "a"   # ne pas changer
libelle = 'Un'
quand = [
    "x", # pourquoi x
    "y",
]
# sous quand

# --- Deuxième partie ---

[[signe]]
id = "b"
"libelle" = "Deux" # deux


[[signe]]
id = "c"
libelle = \"\"\"
Trois [[signe]] \\
et fin.
\"\"\"
"""

prose = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1).filter(
    lambda text: text.strip() and text == text.strip()
)


@given(st.sampled_from(ENTRIES), prose)
@settings(deadline=None, max_examples=25)
def test_any_text_can_be_written_anywhere_and_all_else_is_as_it_was(
    entry: tuple[str, str], value: str
) -> None:
    kind, id_ = entry
    text, ref = FILES[kind], Ref(kind, id_)
    key = next(k for k, v in values(text, ref).items() if k != "id" and isinstance(v, str))
    changed = set_value(text, ref, key, value)
    assert values(changed, ref)[key].strip() == as_read(value).strip()
    before, after = tomllib.loads(text), tomllib.loads(changed)
    index = ids(text, kind).index(id_)
    after[kind][index][key] = before[kind][index][key]
    assert after == before
    untouched = [line for line in text.split("\n") if line.startswith("#")]
    assert [line for line in changed.split("\n") if line in untouched] == untouched
    assert set_value(changed, ref, key, values(text, ref)[key]).count("\n") >= 1


@given(prose)
@settings(deadline=None)
def test_what_is_written_is_read_again(value: str) -> None:
    for indent in (0, 60):
        assert tomllib.loads(f"x = {written(value, indent)}")["x"].strip() == value


@given(st.lists(prose, max_size=12))
@settings(deadline=None)
def test_a_list_is_read_again(value: list[str]) -> None:
    assert tomllib.loads(f"x = {written(value, 4)}")["x"] == value


def test_long_texts_and_lists_are_written_as_the_shipped_lists_are() -> None:
    long = written("mot " * 40, 8)
    assert long.startswith('"""\n')
    assert " \\\n" in long
    assert all(len(line) <= 100 for line in long.split("\n"))
    array = written([f"identifiant-{n}" for n in range(20)], 8)
    assert array.startswith("[\n    ")
    assert all(len(line) <= 100 for line in array.split("\n"))
    assert written(["a", "b"]) == '["a", "b"]'
    assert written(date(2026, 3, 31)) == "2026-03-31"
    assert written(value=True) == "true"


def test_one_value_changes_one_line() -> None:
    changed = set_value(HAND, Ref("signe", "b"), "libelle", "Nouveau")
    assert changed == HAND.replace('"libelle" = "Deux" # deux', '"libelle" = "Nouveau" # deux')
    assert set_value(changed, Ref("signe", "b"), "libelle", "Deux") == HAND


def test_a_new_key_stands_where_the_model_has_it_and_goes_without_a_trace() -> None:
    text = FILES["signe"]
    ref = Ref("signe", "memoire")
    changed = set_value(text, ref, "remarque", "Une remarque.")
    lines = toml_of(changed, ref).split("\n")
    keys = [line.split(" =")[0] for line in lines]
    assert keys.index("remarque") < keys.index("autres_causes")
    assert set_value(changed, ref, "remarque", None) == text


def test_the_head_of_a_file_is_changed_too() -> None:
    text = (SHIPPED / "sextorsion" / "liste.toml").read_text(encoding="utf-8")
    changed = set_value(text, None, "titre", "Un autre titre")
    assert values(changed, None)["titre"] == "Un autre titre"
    assert tomllib.loads(set_value(changed, None, "cacher", ["a"]))["cacher"] == ["a"]
    school = set_value('# école\n\n[[contact]]\nrole = "cpe"\n', None, "genre", "lycee")
    assert tomllib.loads(school) == {"genre": "lycee", "contact": [{"role": "cpe"}]}


def test_an_entry_goes_with_its_own_comments_and_no_other() -> None:
    without = remove(HAND, Ref("signe", "a"))
    assert "à propos de a" not in without
    assert "# --- Première partie ---" in without
    assert "# --- Deuxième partie ---" in without
    assert "# Le fichier de quelqu'un." in without
    assert ids(without, "signe") == ["b", "c"]
    assert ids(remove(without, Ref("signe", "c")), "signe") == ["b"]


def test_an_entry_moves_with_its_comments() -> None:
    moved = move(HAND, Ref("signe", "a"), after="c")
    assert ids(moved, "signe") == ["b", "c", "a"]
    assert moved.index("Trois") < moved.index("à propos de a") < moved.index('id = "a"')
    assert ids(move(HAND, Ref("signe", "c"), before="a"), "signe") == ["c", "a", "b"]
    for id_ in "abc":
        assert move(HAND, Ref("signe", id_), before=id_) == HAND


@pytest.mark.parametrize(("kind", "id_"), ENTRIES[::7])
def test_an_entry_is_copied_whole_and_the_copy_can_be_removed_again(kind: str, id_: str) -> None:
    text = FILES[kind]
    copied = duplicate(text, Ref(kind, id_), "copie-neuve")
    index = ids(text, kind).index(id_)
    assert ids(copied, kind)[index : index + 2] == [id_, "copie-neuve"]
    assert values(copied, Ref(kind, "copie-neuve")) == {
        **values(text, Ref(kind, id_)),
        "id": "copie-neuve",
    }
    assert remove(copied, Ref(kind, "copie-neuve")) == text


@pytest.mark.parametrize("after", [None, "sommeil"])
def test_a_new_entry_makes_a_list_that_is_read(list_folder: Path, after: str | None) -> None:
    file = list_folder / "signes.toml"
    new: dict[str, Value] = {
        "section": "x",
        "id": "casque",
        "comme": "isolement",
        "famille": "physique",
        "libelle": 'Un « casque » \\ "toujours"',
        "autres_causes": "Le bruit.",
        "remarque": None,
        "source": "guide",
    }
    file.write_text(add(file.read_text("utf-8"), "signe", new, after=after), "utf-8")
    sign = signs.load(list_folder).items["casque"]
    assert sign.label == new["libelle"]
    keys = [
        line.split(" =")[0]
        for line in toml_of(file.read_text("utf-8"), Ref("signe", "casque")).split("\n")
    ]
    assert keys == ["[[signe]]", "id", "famille", "libelle", "comme", "autres_causes", *LAST]


def test_a_first_entry_can_be_added_to_an_empty_file() -> None:
    assert ids(add("", "signe", {"id": "a"}), "signe") == ["a"]
    assert add("# rien\n", "signe", {"id": "a"}) == '# rien\n\n[[signe]]\nid = "a"\n'


MISTAKES = {
    "Vouliez-vous dire « sommeil »": lambda: set_value(
        FILES["signe"], Ref("signe", "someil"), "libelle", "x"
    ),
    "sert déjà": lambda: duplicate(FILES["signe"], Ref("signe", "sommeil"), "isolement"),
    "L’identifiant « sommeil » sert déjà": lambda: add(FILES["signe"], "signe", {"id": "sommeil"}),
    "n° 100": lambda: remove(FILES["signe"], Ref("signe", 99)),
}


@pytest.mark.parametrize("message", MISTAKES)
def test_a_change_that_cannot_be_made_is_a_french_sentence(message: str) -> None:
    with pytest.raises(EditError) as caught:
        MISTAKES[message]()
    assert message in str(caught.value).replace("\u00a0", " ")


def test_what_is_not_sound_toml_is_not_edited() -> None:
    with pytest.raises(UnreadableError):
        set_value("[[signe]\n", Ref("signe", "a"), "libelle", "x")


@given(
    st.lists(st.sampled_from(["set", "add", "remove", "move", "duplicate"]), max_size=8),
    st.randoms(),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_run_of_changes_leaves_sound_toml_and_every_section_comment(
    steps: list[str], picker: object
) -> None:
    text = HAND
    for new, step in enumerate(steps):
        present = [id_ for id_ in ids(text, "signe") if id_]
        if not present:
            break
        one, other = picker.choice(present), picker.choice(present)  # type: ignore[attr-defined]
        if step == "set":
            text = set_value(text, Ref("signe", one), "libelle", f"Texte {new} " * 20)
        elif step == "add":
            text = add(text, "signe", {"id": f"n{new}", "libelle": "x"}, after=one)
        elif step == "remove":
            text = remove(text, Ref("signe", one))
        elif step == "move":
            text = move(text, Ref("signe", one), before=other)
        else:
            text = duplicate(text, Ref("signe", one), f"d{new}")
        tomllib.loads(text)
        assert "# --- Première partie ---" in text
        assert "# --- Deuxième partie ---" in text
