"""What entries are called in sentences."""

from __future__ import annotations

from signs.model.nouns import NOUNS, bare, with_article, with_indefinite
from signs.model.sign_list import KINDS
from signs.text.grammar import definite, with_a, with_de, without_article


def test_every_kind_has_a_noun_and_each_noun_an_article() -> None:
    assert NOUNS.keys() >= KINDS.keys()
    assert all(noun.startswith(("le ", "la ", "l'")) for noun in NOUNS.values())


def test_a_noun_takes_its_definite_article() -> None:
    assert [
        definite(f"un{each}") for each in ("e histoire", " écart", " mot", "e idée", "e clé")
    ] == [
        "l'histoire",
        "l'écart",
        "le mot",
        "l'idée",
        "la clé",
    ]
    assert without_article("un identifiant retiré") == "identifiant retiré"


def test_an_entry_is_named_with_its_article_and_its_id_or_its_number() -> None:
    assert with_article("signe", "isolement") == "le signe « isolement »"
    assert with_article("etape", 0) == "l'étape n° 1"
    assert [with_indefinite(kind) for kind in ("signe", "fiche", "affiche", "ecart")] == [
        "un signe",
        "une fiche",
        "une affiche",
        "un écart",
    ]


def test_a_name_follows_de_and_a_as_french_has_it() -> None:
    names = ("le signe", "la fiche", "l'étape", "la liste", bare("affiche"), bare("signe"))
    assert [with_de(name) for name in names] == [
        "du signe",
        "de la fiche",
        "de l'étape",
        "de la liste",
        "d'affiche",
        "de signe",
    ]
    assert [with_a(name) for name in names[:3]] == ["au signe", "à la fiche", "à l'étape"]
