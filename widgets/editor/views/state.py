"""The state of the editor, computed from the working texts, as JSON values for the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from signs.compare import compare
from signs.diagnostics.problem import Severity
from signs.files.edit import Ref, toml_of
from signs.loading.protected import may_hide
from signs.model.entries import STEP_TITLES
from signs.model.fields import ALWAYS
from signs.model.keys import heading_of
from signs.model.reviews import ReviewState, reviews_of
from signs.model.sign_list import HEAD, KINDS, file_of
from signs.text.typography import typography
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import DOORS, Control, Field, fields_of
from widgets.editor.forms.labels import GROUPS, KIND_WORDS
from widgets.editor.forms.titles import title_of
from widgets.editor.session.links import backlinks_of, key_of
from widgets.editor.session.ordering import reading_order, step_in
from widgets.editor.views.call_graph import call_graph
from widgets.editor.views.changes import FormWords
from widgets.editor.views.form_reporter import Spot, in_form, locate
from widgets.editor.views.marks import Findings, marks_of
from widgets.editor.views.personas import changes_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from signs.loading.loader import Inspection
    from signs.model.sign_list import SignList
    from widgets.editor.session.links import Use
    from widgets.editor.session.session import EditingSession

_HEADING_KINDS = {
    kind: heading for kind, each in KINDS.items() if (heading := heading_of(each.entry)) in KINDS
}


class StateView:
    """A list being edited, at one moment, as values that go to the page.

    Parameters
    ----------
    session
        The list.
    inspection
        Its check result.
    valid_list
        The list when it was last valid; `None` where it never was.
    """

    def __init__(
        self, session: EditingSession, inspection: Inspection, valid_list: SignList | None
    ) -> None:
        self._session, self._inspection, self._valid_list = session, inspection, valid_list

    @property
    def title(self) -> str:
        """The title of the list."""
        head = self._session.block(EntryRef(HEAD, 0))
        return typography(str(head.get("titre", self._session.folder.name)))

    @cached_property
    def problems(self) -> list[dict[str, Any]]:
        """The problems of the list, each with the field it is about."""
        found = []
        for problem in self._inspection.problems:
            spot, remedy = locate(problem, self._session), ""
            if its := self._hidden(problem.params.get("hidden")):  # reported there, not in the head
                spot, remedy = its, "Faites « Montrer »."
            found.append(
                {
                    **spot._asdict(),
                    "text": in_form(problem, spot, self.titles, remedy),
                    "severe": problem.severity is Severity.ERROR,
                    "code": problem.code,
                    "where": f"{Path(problem.file).name}, ligne {problem.line}",
                }
            )
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each entry, by id."""
        return {each["id"]: each["title"] for some in self.choices.values() for each in some}

    def _hidden(self, id_: str | None) -> Spot | None:
        """Return the entry of this list with the id of one to hide."""
        for kind in KINDS if id_ else ():
            for index, raw in enumerate(self._session.blocks(kind)):
                if raw.get("id") == id_:
                    return Spot(kind, index, "")
        return None

    def entries(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries to choose from, by kind, in reading order."""
        codes: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        severe: Counter[tuple[str, int]] = Counter()
        for each in self.problems:
            spot = (each["kind"], each["place"])
            codes[spot].append(each["code"])
            severe[spot] += each["severe"]
        hidden, to_read = set(self._session.hidden), self._to_read()
        found: dict[str, list[dict[str, Any]]] = {}
        for kind in KIND_WORDS:
            blocks = self._session.blocks(kind)
            before = {raw.get("id"): raw for raw in self._session.blocks(kind, saved=True)}
            found[kind] = []
            for index in reading_order(kind, blocks) if kind != HEAD else range(len(blocks)):
                its = Findings(
                    codes[kind, index],
                    severe[kind, index],
                    _change_label(blocks[index], before),
                    blocks[index].get("id") in hidden,
                    blocks[index].get("id") in to_read,
                )
                found[kind].append(
                    {
                        **self._named(kind, blocks[index]),
                        "place": index,
                        "state": its.change,
                        "errors": its.errors,
                        "hidden": its.hidden,
                        "marks": marks_of(its),
                        "always": blocks[index].get("quand") == ALWAYS,
                    }
                )
        return found

    def _to_read(self) -> set[str]:
        """Return the ids of the entries that a committee has still to read."""
        if self._valid_list is None:
            return set()
        reviews = reviews_of(self._valid_list)
        return {id_ for id_, review in reviews.items() if review.state is ReviewState.TO_READ}

    @cached_property
    def choices(self) -> dict[str, list[dict[str, str]]]:
        """The entries to refer to, by kind: of this list and of its base."""
        found: dict[str, list[dict[str, str]]] = {}
        for kind, each in KINDS.items():
            raws = {str(raw.get("id")): raw for raw in self._session.blocks(kind)}
            if self._valid_list is not None and self._valid_list.info.base:
                for entry in getattr(self._valid_list, each.field):
                    raws.setdefault(entry.id, entry.model_dump(by_alias=True, mode="json"))
            found[kind] = [self._named(kind, raw) for raw in raws.values()]
            if kind == "moment":
                doors = [raw for raw in raws.values() if raw.get("porte", True) is True]
                title = typography("Portes d'entrée")
                found[DOORS] = [{**self._named(kind, raw), "group": title} for raw in doors]
        return found

    def uses(self, where: EntryRef) -> list[dict[str, Any]]:
        """Return what names an entry, and what becomes of each once it is removed."""
        return [
            {
                **self._named(use.where.kind, self._session.block(use.where)),
                **use.where._asdict(),
                "kind_title": typography(KIND_WORDS[use.where.kind].title),
                "becomes": typography(_becomes(use)),
                "boxes": use.field.control in {Control.TICKS, Control.WHEN},
            }
            for use in self._session.uses(where)
        ]

    def map(self) -> dict[str, Any] | None:
        """Return the call graph of the list when it was last valid."""
        if self._valid_list is None:
            return None
        links = {
            str(raw.get("id")): {**self._named(kind, raw), "kind": kind, "place": index}
            for kind in KINDS
            for index, raw in enumerate(self._session.blocks(kind))
        }
        return call_graph(
            self._valid_list,
            lambda id_: links.get(id_, {"kind": "", "place": 0, "id": id_, "title": id_}),
        )

    def people(self, personas: Iterable[tuple[str, list[str]]]) -> list[dict[str, Any]]:
        """Return what the changes since the last save change for each persona."""
        before, after = self._session.saved_list, self._inspection.sign_list
        items = self._valid_list.items if self._valid_list else {}
        return [
            {
                "name": name,
                "ids": ids,
                "ticks": [typography(items[id_].label) for id_ in ids if id_ in items],
                "lost": [id_ for id_ in ids if id_ not in items],
                "changes": changes_for(ids, before, after) if before and after else None,
            }
            for name, ids in personas
        ]

    def differences(self) -> list[str] | None:
        """Return, in words, the changes from the last save to the last valid list.

        `None` where it never was.
        """
        before, after = self._session.saved_list, self._valid_list
        if before is None or after is None:
            return None
        found = [change.text for change in compare(before, after, FormWords(before, after))]
        if not found and self._inspection.sign_list and self._session.changed():
            return [typography(_INVISIBLE_CHANGE)]
        return found

    def details(self, where: EntryRef) -> dict[str, Any]:
        """Return the TOML that the form writes, with its file, its line and its id."""
        file = file_of(where.kind)
        text = self._session.texts.get(file, "")
        if where.kind == HEAD:
            return {"file": file, "line": 1, "id": "", "text": text}
        block = toml_of(text, Ref(*where)) if self._session.block(where) else ""
        line = text[: text.find(block)].count("\n") + 1
        id_ = str(self._session.block(where).get("id", ""))
        return {"file": file, "line": line, "id": id_, "text": block}

    def _named(self, kind: str, raw: dict[str, Any]) -> dict[str, str]:
        return {
            "id": str(raw.get("id", "")),
            "title": typography(title_of(kind, raw)),
            "group": self._heading(kind, raw),
        }

    def _heading(self, kind: str, raw: dict[str, Any]) -> str:
        """Return the heading that an entry is listed under."""
        if kind == "conseil":
            return typography(STEP_TITLES[step_in(raw)])
        over = _HEADING_KINDS.get(kind)
        return self._headings[over].get(raw.get(over), "") if over else ""

    @cached_property
    def _headings(self) -> dict[str, dict[Any, str]]:
        """The title of each entry that others are listed under, by kind and id."""
        return {
            kind: {
                raw.get("id"): typography(title_of(kind, raw))
                for raw in reversed(self._session.blocks(kind))  # of two, the first
            }
            for kind in _HEADING_KINDS.values()
        }


def _becomes(use: Use) -> str:
    """Return, in words, what a key says once what it names is removed."""
    label = use.field.wording.label
    if use.field.control is Control.CHOICE:
        return f"« {label} » : à corriger" if use.field.needed else f"« {label} » : plus rien"
    return f"« {label} » : plus rien" if use.last else f"« {label} » : le reste demeure"


_INVISIBLE_CHANGE = "Rien de ce qui se lit ne change : seulement la façon dont c'est écrit."


_OF_FILES = {Control.NAME, Control.FIXED}
"""Controls of what only files need: it is told in the technical details."""


def forms() -> list[dict[str, Any]]:
    """Return the forms' definitions, as JSON values for the page."""
    kinds = []
    for kind in KIND_WORDS:
        fields = [each for each in fields_of(kind) if each.control not in _OF_FILES]
        words = KIND_WORDS[kind]
        used = {field.wording.group for field in fields}
        kinds.append(
            {
                "kind": kind,
                "title": typography(words.title),
                "one": words.one,
                "hides": kind != HEAD and may_hide(kind),
                "help": typography(words.help),
                "groups": [
                    *((group, typography(GROUPS[group])) for group in GROUPS if group in used),
                    (_LINKS, "Ce qui s’en sert"),
                ],
                "fields": [
                    *map(_field_info, fields),
                    *(_link_info(other, field) for other, field in backlinks_of(kind)),
                ],
            }
        )
    return kinds


def _field_info(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "control": field.control.value,
        "title": typography(field.wording.label),
        "help": typography(field.wording.help),
        "group": field.wording.group,
        "needed": field.needed,
        "kinds": field.kinds,
        "adds": _added(field.kinds[0]) if len(field.kinds) == 1 else "",
        "options": [(value, typography(label)) for value, label in field.options],
    }


def _link_info(kind: str, field: Field) -> dict[str, Any]:
    """Return a field for what names an entry: the other end of a field of another kind."""
    shows = field.control is Control.WHEN
    title = KIND_WORDS[kind].title
    label = "affichés quand on le coche" if shows else f"« {field.wording.label} »"
    always = "Ce qui s'affiche toujours n'y est pas." if shows else ""
    return {
        "key": key_of(kind, field),
        "control": Control.TICKS.value,
        "title": typography(f"{title} : {label}"),
        "help": typography(always),
        "group": _LINKS,
        "needed": False,
        "kinds": [f"{'appele' if shows else 'tout'}:{kind}"],
        "adds": _added(kind) if field.control is Control.WHEN else "",
        "options": [],
    }


_LINKS = "liens"


def _added(kind: str) -> str:
    """Return what one adds of a kind on the spot; nothing where that is only of its own form."""
    return KIND_WORDS[kind].one if kind in KIND_WORDS else ""


def _change_label(raw: dict[str, Any], before: dict[Any, dict[str, Any]]) -> str:
    if raw.get("id") not in before:
        return "nouvelle"
    return "" if before[raw.get("id")] == raw else "modifiée"
