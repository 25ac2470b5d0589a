"""Problems reported in the words of the form: its labels, its entries, its remedies.

A trainer who edits in the form sees no line, no identifier and no quotation mark of the files.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from signs.diagnostics.reporter import Assignment, KeyName, Reportable, Reporter
from signs.model.entries import (
    PROMISE_TITLES,
    SECTION_TITLES,
    STEP_TITLES,
    AdviceStep,
    Promise,
    Section,
)
from signs.model.fields import ALWAYS
from signs.model.sign_list import HEAD, KINDS
from signs.text.typography import typography
from signs.text.weekly_hours import ALWAYS_OPEN
from widgets.editor.forms.fields import Control, fields_of, label_of
from widgets.editor.forms.labels import CHOICES, KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from signs.diagnostics.problem import Problem
    from widgets.editor.session.session import EditingSession


class Spot(NamedTuple):
    """Where in the form a problem is reported."""

    kind: str
    """Empty where no entry is meant."""
    place: int
    key: str
    """Empty where the entry itself is meant."""


NOWHERE = Spot("", 0, "")


def locate(problem: Problem, session: EditingSession) -> Spot:
    """Return the field that a problem is about."""
    file, entry = Path(problem.file), problem.entry
    if file.parent != session.draft.folder or file.name not in session.texts:
        return NOWHERE  # a list that this one starts from
    key = str(problem.key[0]) if problem.key else ""
    if problem.weakens:
        return Spot(HEAD, 0, "")
    if entry is None:
        return NOWHERE
    if entry.kind not in KINDS:
        return Spot(HEAD, 0, key if entry.kind == HEAD else entry.kind)
    if not KINDS[entry.kind].has_form:
        return NOWHERE
    exists = entry.index < len(session.blocks(entry.kind))
    return Spot(entry.kind, entry.index, key) if exists else NOWHERE


def in_form(problem: Problem, spot: Spot, titles: Mapping[str, str], remedy: str = "") -> str:
    """Return the message and remedy of a problem, in the words of the form.

    Parameters
    ----------
    problem
        As the verifier found it.
    spot
        Where in the form it is reported.
    titles
        The title of each entry of the list, by id.
    remedy
        What to do there, where that is not what the catalogue says.
    """
    reporter = FormReporter(problem, spot, titles)
    return typography(f"{reporter.message()} {remedy or reporter.remedy()}".strip())


class FormReporter(Reporter):
    """Reports one problem in the words of a form.

    Parameters
    ----------
    problem
        As the verifier found it.
    spot
        Where in the form it is reported.
    titles
        The title of each entry of the list, by id.
    """

    def __init__(self, problem: Reportable, spot: Spot, titles: Mapping[str, str]) -> None:
        super().__init__(problem)
        fields = fields_of(spot.kind) if spot.kind else ()
        self._kind, self._titles = spot.kind, titles
        self._keys = {field.key for field in fields}
        self._field = next((each for each in fields if each.key == spot.key), None)

    def message(self) -> str:
        """Return what was found and what was expected."""
        if self.problem.code == "empty-list" and self._control in _TICKED:
            return self.fill("{key} : rien n'est coché.")
        if self._control is Control.HOURS and self.problem.code in _NO_HOURS:
            return _NO_HOURS[self.problem.code]
        said = _FOUND.get(self.problem.code)
        return self.fill(said) if said else super().message()

    def remedy(self) -> str:
        """Return what to do in the form."""
        if self._control is Control.HOURS and self.problem.code in _NO_HOURS:
            return "Si elles ne sont pas connues, choisissez « Pas d'horaires confirmés »."
        if done := _TO_DO.get(self.problem.code):
            return done
        if self._field is None or not self._is_field_assignment():
            return super().remedy()
        if done := _DONE.get(self._field.control):
            return done
        remedy = super().remedy()
        return "Écrivez un texte." if "…" in remedy else remedy

    def _is_field_assignment(self) -> bool:
        """Tell whether the remedy is a line to write in a file."""
        named = [name or "" for _, name, _, _ in self.parse(self.chosen("remedy"))]
        return any(self._assigns_this_field(self.params.get(name)) for name in named)

    def _assigns_this_field(self, value: Any) -> bool:  # noqa: ANN401
        return (
            isinstance(value, Assignment)
            and self._field is not None
            and value.key == self._field.key
        )

    @property
    def _control(self) -> Control | None:
        return self._field.control if self._field else None

    def fill(self, template: str) -> str:
        """Return a template filled, in the words of the form where it has those of files."""
        text = super().fill(_HEADING.sub(_kind_named, template))
        return _LINE.sub(self._told, text)

    def _told(self, line: re.Match[str]) -> str:
        """Return a line of a file as what to choose or to type in the form."""
        label = self._label(line[1])
        if not label:
            return line[0]
        word = line[2].strip('[]"')
        value = CHOICES.get(f"{line[1]}.{word}") or CHOICES.get(word) or _WORDS.get(word)
        return f"« {label} » : {value or word}"

    # --- Formatting ------------------------------------------------------------------------

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401
        """Return a value in words; nothing is put between quotation marks in a form."""
        text = super().format_field(value, format_spec)
        return text if self._field is None else _OF_FILES.sub("", text)

    def quote(self, name: str) -> str:
        """Return what an entry is recognized by."""
        known = self._titles.get(name) if re.fullmatch(r"[\w-]+", name) else None
        return super().quote(known or name)

    def choice(self, choice: Section | AdviceStep | Promise) -> str:
        """Return a value by its label in the form."""
        match choice:
            case Section():
                return f"« {SECTION_TITLES[choice]} »"
            case AdviceStep():
                return f"« {STEP_TITLES[choice]} »"
            case Promise():
                return f"« {PROMISE_TITLES[choice]} »"

    def assignment(self, line: Assignment) -> str:
        """Return what to type."""
        if not self._assigns_this_field(line):
            label, word = self._label(line.key), line.toml.strip('"')
            value = {"true": "oui"}.get(word) or CHOICES.get(f"{line.key}.{word}")
            return f"« {label} » : {value}" if label and value else super().assignment(line)
        typed = line.toml.replace(f"{line.key} = ", "")
        if self._control is Control.HOURS:
            return typed  # a notation, to be typed as it is
        return re.sub(r'\["|"\]|"', "", typed)

    def key_name(self, name: KeyName, spec: str) -> str:
        """Return the label of a field: the form is open on its entry, which goes without saying."""
        bare = spec.removesuffix("-of").removesuffix("-to").removesuffix("of")
        return super().key_name(name, bare if self._field else spec)

    def line(self, key: str) -> str:
        """Return the label of a field, whatever entry it is of."""
        label = self._label(key)
        return f"« {label} »" if label else super().line(key)

    def bare_key(self, name: KeyName) -> str:
        """Return the label of a field of this entry."""
        label = self._label(name.key) if name.key in self._keys else None
        return f"« {label} »" if label else super().bare_key(name)

    def _label(self, key: str) -> str | None:
        return label_of(self._kind, key)


_NO_HOURS = {
    "empty-text": "Aucune heure n'est encore écrite.",
    "invalid-hours": "Ces heures ne sont pas complètes, ou ne peuvent pas être lues.",
}
_FOUND = {
    "unknown-reference": "{key} nomme ce qui n'est plus dans la liste.",
    "retired-reference": "{key} nomme ce qui n'est plus dans la liste, et qui est laissé de côté.",
    "stale-reference": "{key} nomme ce qui n'est plus dans la liste, et qui est laissé de côté.",
    "duplicate-id": "Deux entrées de la liste se confondent : celle-ci et une autre.",
}
"""What is found, where the files have an id to name."""
_TO_DO = {
    "tick-without-effect": "Dites plus bas ce qu'il affiche : un conseil ou un service.",
    "retired-reference": "Décochez-le, ou choisissez autre chose.",
    "stale-reference": "Décochez-le, ou choisissez autre chose.",
    "duplicate-id": "Dupliquez celle-ci, puis retirez-la : la copie ne se confond avec aucune.",
    "missing-implicated": "Retirez-le, et ajoutez une situation, qui dit qui est mis en cause.",
    "poster-without-night-number": "Ajoutez une aide pour le 119 ou le 17 ; cochez cette affiche.",
    "empty-step": "Donnez à cette étape un conseil qui s'affiche toujours.",
}
"""What to do in the form, where the files have lines to write."""
_LINE = re.compile(r'(?<![«\w.-])(?<!« )\b([a-z_]+) = (\["[\w-]+"\]|"[^"]*"|[\w-]+)')
_HEADING = re.compile(r"(?:aucune |une |l'|des )?(?:entrées? |en-tête )\[\[(\w+)\]\]")
_WORDS = {"true": "oui", "false": "non", ALWAYS: "toujours", ALWAYS_OPEN: "jour et nuit"}


def _kind_named(heading: re.Match[str]) -> str:
    return f"« {KIND_WORDS[heading[1]].title} »" if heading[1] in KIND_WORDS else heading[0]


_TICKED = {Control.TICKS, Control.WHEN}
_DONE = {
    Control.DATE: "Écrivez par exemple 31/03/2026 ; si le jour ou le mois n'est pas connu, "
    "03/2026 ou 2026.",
    Control.TICKS: "Cochez au moins une case.",
    Control.WHEN: "Cochez « Toujours », ou au moins un signe, une situation ou une porte.",
    Control.CHOICE: "Choisissez dans la liste.",
    Control.LINES: "Écrivez-en au moins une, chacune sur sa ligne.",
}
_OF_FILES = re.compile(r" ni guillemets|, sans guillemets")
"""Parts of an expected value that are only about files."""
