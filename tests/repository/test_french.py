"""Every text somebody may read is spelled and set as French is, wherever it is written."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from signs.text.typography import typography
from tests.conftest import ROOT, lacking
from tests.repository.texts import FILES, texts, words

SPELLING = ROOT / "tests" / "repository" / "orthographe.txt"
DICTIONARIES = (
    Path("/usr/share/hunspell/fr.dic"),
    Path("/usr/share/hunspell/fr_FR.dic"),
    Path("/usr/share/myspell/dicts/fr_FR.dic"),
    Path("/opt/homebrew/share/hunspell/fr.dic"),
)


@pytest.fixture(scope="module")
def dictionary() -> Any:  # noqa: ANN401 (spylls publishes no types)
    found = next((path for path in DICTIONARIES if path.exists()), None)
    if found is None:
        lacking("dictionnaire français", "sous Debian : apt-get install hunspell-fr")
    from spylls.hunspell import Dictionary  # noqa: PLC0415 (slow, and not needed without one)

    return Dictionary.from_files(str(found.with_suffix("")))


@cache
def allowed() -> tuple[str, ...]:
    """Return the words and phrases of our own list."""
    lines = SPELLING.read_text(encoding="utf-8").splitlines()
    entries = [line.partition(" : ") for line in lines if not line.startswith("#")]
    assert all(reason for _word, _, reason in entries), "each word has its reason"
    return tuple(word for word, _, _reason in entries)


def _is_known(word: str, dictionary: Any) -> bool:  # noqa: ANN401 (see above)
    """Look a word up; « l'id » is known where « id » is, and « dites-le » where « dites » is."""
    *elided, last = word.split("'")
    if elided and elided[0].lower() in _ELIDED and _is_known(last, dictionary):
        return True
    verb, _, pronoun = word.rpartition("-")
    if verb and pronoun in _PRONOUNS and _is_known(verb, dictionary):
        return True
    known = {word, word[0].lower() + word[1:]}
    return not known.isdisjoint(allowed()) or _in_dictionary(word, dictionary)


@cache
def _in_dictionary(word: str, dictionary: Any) -> bool:  # noqa: ANN401 (see above)
    """Look a word up once, small letter first: it is slow, and kinds of files share words."""
    small = word[0].lower() + word[1:]
    return bool(dictionary.lookup(small)) or (small != word and bool(dictionary.lookup(word)))


_ELIDED = {"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
_PRONOUNS = {"elle", "ils", "je", "la", "le", "les", "leur", "lui", "moi", "nous", "vous", "ce"}


@cache
def _found_in(kind: str) -> dict[str, str]:
    """Return each word of a kind of files, and one place where it stands."""
    phrases = re.compile("|".join(re.escape(entry) for entry in allowed() if " " in entry))
    return {
        word: f"{where} : « {text.strip()[:70]} »"
        for where, text in texts(kind)
        for word in words(phrases.sub(" ", text))
    }


@pytest.mark.parametrize("kind", FILES)
def test_every_word_is_in_the_dictionary_or_in_our_list(kind: str, dictionary: Any) -> None:  # noqa: ANN401
    assert FILES[kind]
    assert {
        word: place for word, place in _found_in(kind).items() if not _is_known(word, dictionary)
    } == {}


def test_our_list_is_in_order_and_holds_nothing_idle(dictionary: Any) -> None:  # noqa: ANN401
    assert list(allowed()) == sorted(set(allowed()), key=str.lower)
    found = {part for kind in FILES for word in _found_in(kind) for part in (word, word[2:])}
    used = found | {word[0].lower() + word[1:] for word in found if word}
    read = "\n".join(text for kind in FILES for _where, text in texts(kind))
    for entry in allowed():
        assert entry in (read if " " in entry else used), f"nobody writes « {entry} »"
        assert " " in entry or not dictionary.lookup(entry), f"« {entry} » is in the dictionary"


@pytest.mark.parametrize("wrong", ["evitement", "apeler", "sextortion", "L'eleve", "rendez-vou"])
def test_a_misspelled_word_is_seen(wrong: str, dictionary: Any) -> None:  # noqa: ANN401
    assert not any(
        _is_known(word, dictionary) for word in words(f"Il faut {wrong}.") if word in wrong
    )


@pytest.mark.parametrize("kind", FILES)
def test_no_word_is_written_twice_in_a_row(kind: str) -> None:
    twice = re.compile(r"\b(?!nous nous|vous vous)([^\W\d]{2,}) \1\b", re.IGNORECASE)
    assert [found for found in texts(kind) if twice.search(found.text)] == []


@pytest.mark.parametrize("kind", ["notebooks", "scripts", "styles"])
def test_what_no_code_of_ours_sets_is_written_as_it_is_to_be_read(kind: str) -> None:
    """JupyterLab draws a notebook's Markdown, and the browser a script's words, as they are."""
    assert [(where, text) for where, text in texts(kind) if typography(text) != text] == []
