"""What the verifier says of a file, said of the form: its labels, its entries, what one does there.

A trainer who edits in the form sees no line, no identifier and no quotation mark of the files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.model.entries import SECTION_TITLES
from signs.model.nouns import NOUNS
from signs.text.grammar import with_a, with_de
from signs.text.typography import typography
from widgets.editor.forms.fields import Control, fields_of, label_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from signs.diagnostics.problem import Problem
    from widgets.editor.forms.fields import Field
    from widgets.editor.views.problem_location import Spot


def in_form(problem: Problem, spot: Spot, titles: Mapping[str, str]) -> str:
    """Return what a problem says, with the words of the form.

    Parameters
    ----------
    problem
        As the verifier told it, of a file.
    spot
        Where in the form it is told.
    titles
        What each entry of the list is recognized by, by id.
    """
    fields = fields_of(spot.kind) if spot.kind else ()
    field = next((each for each in fields if each.key == spot.key), None)
    message, remedy = problem.message, problem.remedy
    if field is not None:
        message = _WHOSE.sub(r"\g<field>", message)
        message = re.sub(r" ni guillemets|, sans guillemets", "", message)
        if f"{field.key} = " in remedy or "crochets" in remedy:
            remedy = _remedy(field, remedy)
        if field.control in _TICKED and " est une liste vide ; " in message:
            message = f"« {field.key} » : rien n'est coché."
        if field.control is Control.CHOICE and message.startswith("Il manque"):
            remedy = "Choisissez dans la liste."
    return typography(_said(f"{message} {remedy}".strip(), spot.kind, titles))


_NAMES = "|".join(
    re.escape(before(noun))
    for noun in (*NOUNS.values(), "la liste")
    for before in (with_de, with_a)
)
# The form is open on the entry: whose field it is goes without saying.
_WHOSE = re.compile(rf"(?P<field>« \w+ ») (?:{_NAMES})(?: (?:« [^»]* »|n° \d+))?")
_TICKED = {Control.TICKS, Control.WHEN}
_DONE = {
    Control.DATE: "Écrivez par exemple 31/03/2026 ; si le jour ou le mois n'est pas connu, "
    "03/2026 ou 2026.",
    Control.TICKS: "Cochez au moins une case.",
    Control.WHEN: "Cochez « Toujours », ou au moins un signe ou une situation.",
    Control.CHOICE: "Choisissez dans la liste.",
    Control.LINES: "Écrivez-en au moins une, chacune sur sa ligne.",
}


def _remedy(field: Field, remedy: str) -> str:
    """Return what to do in the form, for what one is to write in the file."""
    if done := _DONE.get(field.control):
        return done
    values = remedy.replace(f"{field.key} = ", "")
    if field.control is Control.HOURS:
        return values  # a notation, to be typed as it is
    return "Écrivez un texte." if "…" in values else re.sub(r'\["|"\]|"', "", values)


def _said(text: str, kind: str, titles: Mapping[str, str]) -> str:
    """Return a text with labels in place of keys, and words in place of identifiers."""
    for section, title in SECTION_TITLES.items():
        text = text.replace(f"rubrique « {section.value} »", f"rubrique « {title} »")
    text = re.sub(r"([Ll]a ligne )?« ([\w-]+) »", lambda found: _named(found, kind, titles), text)
    return text[:1].upper() + text[1:]


def _named(found: re.Match[str], kind: str, titles: Mapping[str, str]) -> str:
    line, name = found[1], found[2]
    label = label_of(kind, name)
    keys = {field.key for field in fields_of(kind)} if kind else set()
    if label and (line or name in keys):
        return f"« {label} »"
    return f"{line or ''}« {titles[name]} »" if name in titles else found[0]
