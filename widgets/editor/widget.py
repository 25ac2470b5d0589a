"""The editor as a widget: what the browser asks, and what it is answered.

Each question gets one answer, in order. What is said to be shown is worked out from the
working texts each time: nothing is kept twice.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget

from signs.files.document import UnreadableError
from signs.files.edit import EditError
from signs.files.save import SaveError
from signs.loading.loader import DEFAULT, SHIPPED, folder_of
from signs.model.sign_list import HEAD, SignList
from signs.scaffold import PLACE, PlaceError, ensure_copy
from signs.text.typography import typography
from widgets.board.board import markup
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import fields_of
from widgets.editor.session.draft import DRAFTS
from widgets.editor.session.ordering import reading_order
from widgets.editor.session.session import ConflictsError, EditingSession, errors_in
from widgets.editor.views.preview import preview_entry
from widgets.editor.views.state import StateView, forms
from widgets.render.assets import cell_style, script, stylesheet
from widgets.runtime.selection import LIST_VARIABLE, UnusableListError

if TYPE_CHECKING:
    from collections.abc import Callable

_REMEMBERED = "formateur.json"
"""In the folder of the drafts: the people one tries, and whether the tour was seen."""


_ASKERS = 8
"""How many views of one editor have their last answer kept."""


class Editor(anywidget.AnyWidget):
    """The trainers' editor in a notebook.

    Parameters
    ----------
    folder
        The folder of the list to change; by default the one that `REPERES_LISTE` names, or
        `ma-liste` in the current folder where that is a shipped list. The shipped list is
        copied there where there is none.

    Raises
    ------
    UnusableListError
        When that folder cannot hold a trainer's list, or a file of it cannot be read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from widgets import Editor
    >>> with TemporaryDirectory() as folder:
    ...     editor = Editor(Path(folder) / "ma-liste")
    ...     (Path(folder) / "ma-liste" / "signes.toml").exists()
    True
    """

    _esm = script("editor/static/widget.js")
    _css = f"{cell_style('board')}\n{stylesheet('editor/static')}"

    def __init__(self, folder: str | Path | None = None) -> None:
        place = _place(folder)
        try:
            ensure_copy(place)
            self.bench = EditingSession(place)
        except PlaceError as error:
            raise UnusableListError(str(error)) from None
        except UnreadableError as error:
            raise UnusableListError(error.problem.text) from None
        self._memory = _recall(place)
        self._inspection = self.bench.inspection()
        self._sound: SignList | None = self._inspection.sign_list or self.bench.saved_list
        self._panel = "page"
        self._sent: dict[str, str] = {}
        self._answered: dict[str, tuple[object, dict[str, Any]]] = {}
        self._conflict: list[dict[str, str]] | None = None
        super().__init__()
        self.on_msg(self.receive)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live or ({}, {})
        said = "L’éditeur a besoin de Python : ouvrez ce carnet dans JupyterLab."
        return {**data, "text/plain": said}, metadata

    # --- Questions and answers ------------------------------------------------------------------

    def receive(self, _widget: object, question: dict[str, Any], _buffers: object) -> None:
        """Answer, whatever happens: the page waits for it, and no traceback reaches it.

        A question that is asked again, since the line may have lost its answer, is given the
        same answer; one that is older than another has been answered.
        """
        who, number = str(question.get("de")), question.get("n")
        last, said = self._answered.get(who, (None, {}))
        if isinstance(number, int) and isinstance(last, int) and number <= last:
            if number == last:
                self.send(said)
            return
        answer: dict[str, Any]
        try:
            answer = self._answer(question)
        except (EditError, SaveError) as error:
            answer = self._state(str(error))
        except Exception:
            answer = self._state(
                typography("Cela n'a pas pu se faire. Ce que vous aviez écrit est toujours là.")
            )
        answer |= {"n": number, "de": question.get("de")}
        self._answered.pop(who, None)
        self._answered[who] = (number, answer)
        if len(self._answered) > _ASKERS:
            del self._answered[next(iter(self._answered))]
        self.send(answer)

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        do = question.get("do")
        if do == "pouls":
            return {}
        if do == "apercu":
            return self._glance(question)
        if do == "bonjour":
            self._sent.clear()
            self._panel = question.get("panel", "page")
            return {"kinds": forms(), **self._state()}
        act: Callable[..., str | None] = getattr(self, f"_do_{str(do).replace('-', '_')}")
        said = act(question)
        return self._state(typography(said or ""))

    def _glance(self, question: dict[str, Any]) -> dict[str, Any]:
        """Show what is being typed, before it is written and checked whole."""
        where = _where(question)
        field = next(each for each in fields_of(where.kind) if each.key == question["key"])
        raw = dict(self.bench.block(where))
        value = field.written(question["value"])
        if value is None:
            raw.pop(field.key, None)
        else:
            raw[field.key] = value
        seen = self._sound and preview_entry(self._sound, where.kind, raw)
        return self._html(seen) if seen else {}

    def _html(self, sign_list: SignList | None) -> dict[str, str]:
        """Return the page, where it is not what was sent already."""
        if sign_list is None:
            return {}
        return self._if_new("html", markup(sign_list, in_notebook=True).html)

    def _if_new(self, name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 (what is sent as JSON)
        written = value if isinstance(value, str) else json.dumps(value)
        if self._sent.get(name) == written:
            return {}
        self._sent[name] = written
        return {name: value}

    # --- What one can do ------------------------------------------------------------------------

    def _do_choisir(self, question: dict[str, Any]) -> None:
        where = _where(question)
        if where.kind != self.bench.where.kind and where.place == 0 and where.kind != HEAD:
            where = where._replace(
                place=next(iter(reading_order(where.kind, self.bench.blocks(where.kind))), 0)
            )
        self.bench.where = where

    def _do_panneau(self, question: dict[str, Any]) -> None:
        self._panel = question["name"]

    def _do_ecrire(self, question: dict[str, Any]) -> None:
        self.bench.set_value(_where(question), question["key"], question["value"])

    def _do_ajouter(self, question: dict[str, Any]) -> str:
        self.bench.add(question["kind"], question["title"])
        return "C'est ajouté. Complétez le formulaire."

    def _do_dupliquer(self, question: dict[str, Any]) -> str:
        self.bench.duplicate(_where(question))
        return "C'est copié. Changez les mots de la copie."

    def _do_masquer(self, question: dict[str, Any]) -> str:
        self.bench.hide(_where(question), hidden=True)
        if self.bench.inspection().sign_list is None:
            return "La page attend que les erreurs soient corrigées."
        return "C'est masqué : la page ne le montre plus. « Montrer » le remet."

    def _do_montrer(self, question: dict[str, Any]) -> str:
        self.bench.hide(_where(question), hidden=False)
        return "La page le montre de nouveau."

    def _do_retirer(self, question: dict[str, Any]) -> str:
        named = self.bench.remove(_where(question))
        also = (
            f" Son identifiant est aussi retiré de {named} entrée{'s' * (named > 1)}."
            if named
            else ""
        )
        return f"C'est retiré.{also} « Annuler » le remet."

    def _do_monter(self, question: dict[str, Any]) -> str:
        self.bench.move(_where(question), -1)
        return "C'est un cran plus haut."

    def _do_descendre(self, question: dict[str, Any]) -> str:
        self.bench.move(_where(question), 1)
        return "C'est un cran plus bas."

    def _do_annuler(self, _question: dict[str, Any]) -> str:
        return (
            f"Annulé : {self.bench.undo()}." if self.bench.history.undoable else "Rien à annuler."
        )

    def _do_retablir(self, _question: dict[str, Any]) -> str:
        return (
            f"Rétabli : {self.bench.redo()}." if self.bench.history.redoable else "Rien à rétablir."
        )

    def _do_enregistrer(self, _question: dict[str, Any]) -> str:
        return self._save()

    def _do_conflit(self, question: dict[str, Any]) -> str:
        self._conflict = None
        if question["keep"] == "mine":
            return self._save(over_theirs=True)
        self.bench.take_theirs()
        return "L'autre texte est repris. « Annuler » remet le vôtre."

    def _do_brouillon(self, question: dict[str, Any]) -> str:
        if question["resume"]:
            self.bench.resume()
            return "Le brouillon est repris. Il reste à enregistrer."
        self.bench.forget_left()
        return "Le brouillon est laissé de côté."

    def _do_personne_garder(self, question: dict[str, Any]) -> str:
        people = self._memory.setdefault("people", [])
        name = str(question["name"]).strip() or f"Personne {len(people) + 1}"
        people.append([name, [str(id_) for id_ in question["ids"]]])
        self._remember()
        return f"« {name} » est gardée."

    def _do_personne_retirer(self, question: dict[str, Any]) -> str:
        name, _ids = self._memory["people"].pop(int(question["at"]))
        self._remember()
        return f"« {name} » est retirée."

    def _do_visite_faite(self, _question: dict[str, Any]) -> None:
        self._memory["toured"] = True
        self._remember()

    def _save(self, *, over_theirs: bool = False) -> str:
        bench = self.bench
        if bench.saved_list is not None and errors_in(self._inspection):
            return (
                "Rien n'est enregistré : corrigez d'abord ce qui est marqué « À corriger ». "
                "Votre brouillon est gardé."
            )
        try:
            copies = bench.save(over_theirs=over_theirs)
        except ConflictsError as error:
            self._conflict = [
                {"file": each.path.name, "mine": each.text, "theirs": each.theirs}
                for each in error.conflicts
            ]
            return str(error)
        kept = f" La version d'avant est gardée : {copies[-1].name}." if copies else ""
        return f"C'est enregistré.{kept} La page servie la montrera au prochain chargement."

    def _remember(self) -> None:
        place = self.bench.folder / DRAFTS
        with suppress(OSError):  # a read-only folder: the tour is offered again, no more
            place.mkdir(exist_ok=True)
            (place / _REMEMBERED).write_text(json.dumps(self._memory), encoding="utf-8")

    # --- What is shown --------------------------------------------------------------------------

    def _state(self, message: str = "") -> dict[str, Any]:
        bench = self.bench
        self._inspection = inspection = bench.inspection()
        self._sound = inspection.sign_list or self._sound
        showing = StateView(bench, inspection, self._sound)
        where, raw = bench.where, bench.block(bench.where)
        panels: dict[str, Callable[[], Any]] = {
            "carte": showing.map,
            "personnes": lambda: showing.people(self._memory.get("people", [])),
            "changements": showing.differences,
            "toml": lambda: showing.toml(where),
        }
        panel = panels.get(self._panel)
        return {
            **self._html(inspection.sign_list),
            **self._if_new("entries", showing.entries()),
            **self._if_new("choices", showing.choices()),
            "sound": inspection.sign_list is not None,
            "title": showing.title,
            "folder": str(bench.folder),
            "chosen": where._asdict(),
            "chosenId": str(raw.get("id", "")),
            "values": {field.key: field.shown(raw) for field in fields_of(where.kind)},
            "problems": showing.problems,
            "undo": _capital(bench.history.undoable),
            "redo": _capital(bench.history.redoable),
            "changed": bench.changed(),
            "draft": f"{bench.left.date:%d/%m/%Y à %H:%M}" if bench.left else "",
            "notice": "" if bench.draft.beside else _DRAFT_ELSEWHERE,
            "conflict": self._conflict,
            "toured": bool(self._memory.get("toured")),
            "panel": {"name": self._panel, "data": panel()} if panel else None,
            "message": message,
        }


_DRAFT_ELSEWHERE = typography(
    "Ce dossier est en lecture seule : le brouillon est gardé ailleurs sur cet ordinateur."
)


def _place(folder: str | Path | None) -> Path:
    """Return the trainer's folder: what was asked for; never, unasked, that of a shipped list."""
    if folder is not None:
        return Path(folder).absolute()
    named = folder_of(os.environ.get(LIST_VARIABLE) or DEFAULT)
    return Path(PLACE if named.is_relative_to(SHIPPED) else named).absolute()


def _where(question: dict[str, Any]) -> EntryRef:
    return EntryRef(str(question["kind"]), int(question["place"]))


def _capital(text: str) -> str:
    return typography(text[:1].upper() + text[1:])


def _recall(folder: Path) -> dict[str, Any]:
    try:
        memory = json.loads((folder / DRAFTS / _REMEMBERED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return memory if isinstance(memory, dict) else {}
