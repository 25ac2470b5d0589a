"""Texts: words that harm, HTML that would be shown as it is, what is too long for a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Severity
from signs.files.tables import Objection
from signs.model.fields import Identified
from signs.model.keys import keys_of
from signs.model.sign_list import HEAD, KINDS
from signs.rules import vocabulary
from signs.text.readability import LONGEST_SENTENCE, longest_sentence, opening_of_longest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.entries import ListInfo
    from signs.model.fields import Entry


def wording_objections(tables: Tables, info: ListInfo | None) -> Iterator[Objection]:
    """Yield the words that harm, in every text of every kind; see `signs.rules.vocabulary`."""
    for kind, place, entry in _entries(tables, info):
        for finding in vocabulary.findings(entry):
            yield Objection(
                kind,
                place,
                finding.path,
                f"« {finding.found} » : {finding.genre.name}. {finding.words.why}",
                f"Écrivez plutôt {finding.words.instead}.",
                finding.genre.severity,
            )


def markup_remarks(tables: Tables, info: ListInfo | None) -> Iterator[Objection]:
    """Yield what would be shown as it is typed, or does not fit: HTML, images, links, lengths."""
    for kind, place, entry in _entries(tables, info):
        for path, text in vocabulary.texts(entry):
            for message, remedy in _in(text):
                yield Objection(kind, place, path, message, remedy, Severity.REMARK)
            longest = LONGEST.get((kind, str(path[-1])))
            if longest and len(text) > longest:
                yield Objection(
                    kind,
                    place,
                    path,
                    f"« {path[-1]} » a {len(text)} caractères ; sur la page, il y a de la place "
                    f"pour {longest}.",
                    "Raccourcissez ce texte, ou faites-en deux entrées.",
                    Severity.REMARK,
                )
            count = longest_sentence(text)
            if count > LONGEST_SENTENCE:
                yield Objection(
                    kind,
                    place,
                    path,
                    f"La phrase « {opening_of_longest(text)}… » a {count} mots : elle se lit mal "
                    "dans "
                    "l'urgence.",
                    f"Coupez-la en deux : pas plus de {LONGEST_SENTENCE} mots par phrase.",
                    Severity.REMARK,
                )


def _entries(tables: Tables, info: ListInfo | None) -> Iterator[tuple[str, int, Entry]]:
    if info is not None:
        yield HEAD, 0, info
    for kind, table in tables.items():
        for place, entry in table.placed(Identified):
            yield kind, place, entry


LONGEST = {
    (kind, name): key.max_length
    for kind, each in KINDS.items()
    for name, key in keys_of(each.entry).items()
    if key.max_length
}
"""How many characters of a text a person still reads on a card, in a bad minute."""

_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)\s>]*)")
_ALLOWED = ("https://", "tel:", "sms:", "mailto:")
_AS_TYPED: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), message, remedy)
    for pattern, message, remedy in (
        (
            r"</?[A-Za-z][^<>\n]*>|<!--",
            "du code de page web (HTML), que la page montre tel quel",
            "Retirez-le ; le gras s'écrit **ainsi**, et un lien [ainsi](https://…).",
        ),
        (
            r"&(?:[a-zA-Z]+|#\d+);",
            "un code de page web (HTML), que la page montre tel quel",
            "Écrivez le caractère lui-même.",
        ),
        (
            r"!\[[^\]\n]*\]\([^)\n]*\)?",
            "une image ; une liste n'en contient pas",
            "Décrivez-la avec des mots.",
        ),
        (
            r"^ {0,3}#{1,6} .*$",
            "un titre, que la page montre tel quel",
            "Retirez le signe # ; pour du gras, écrivez **ainsi**.",
        ),
        (
            r"`[^`\n]+`|^~~~.*$|^\|.*\|$",
            "une mise en forme que la page ne connaît pas",
            "Gardez des paragraphes, des listes à tirets, du **gras** et des liens.",
        ),
        (
            r"\w{0,20}(?:Ã[\u0080-\u00bf\u0192\u2018-\u2122]|â€[\u0080-\u00ff\u2122œ™˜])\w{0,20}",
            "des accents abîmés quand le fichier a été enregistré",
            "Retapez ce mot, puis enregistrez en UTF-8.",
        ),
        (
            r"\S{0,20}[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
            r"\S{0,20}",
            "un caractère invisible s'y cache",
            "Effacez ces mots, puis retapez-les.",
        ),
    )
)


# One of these stands in whatever the rules above find, and in few other texts.
_ODD = re.compile(r"[^\n\w ,.;:!?'’«»()%€*/+\u00a0\u202f…·–-]|Ã|â€|\ufffd")


def _in(text: str) -> Iterator[tuple[str, str]]:
    if not _ODD.search(text):
        return
    for pattern, what, remedy in _AS_TYPED:
        if found := pattern.search(text):
            yield f"{_typed(found[0])} : {what}.", remedy
    for link in _LINK.finditer(text):
        if link[0].startswith("!") or link[1].lower().startswith(_ALLOWED):
            continue
        yield (
            f"{_typed(link[1])} : cette adresse ne fait pas un lien.",
            "Écrivez une adresse entière, qui commence par https://.",
        )


def _typed(text: str) -> str:
    """Return what stands in a text, between straight quotes so that it is left as it is."""
    shown = "".join(letter for letter in text if letter.isprintable()).replace('"', "'")
    return f'"{shown}"' if len(shown) <= _SHOWN else f'"{shown[:_SHOWN]}…"'


_SHOWN = 40
