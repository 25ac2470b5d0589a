"""What entries are called in sentences."""

from __future__ import annotations

from signs.model.sign_list import KINDS
from signs.text.grammar import NOUNS, bare, with_a, with_article, with_de, with_indefinite


def test_every_kind_has_a_noun_and_each_noun_an_article() -> None:
    assert NOUNS.keys() >= KINDS.keys()
    assert all(noun.startswith(("le ", "la ", "l'")) for noun in NOUNS.values())


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
