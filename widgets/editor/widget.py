"""The editor as an anywidget: its message handlers.

Each message gets one answer, in order. The state to show is computed from the working texts
each time: nothing is stored twice.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import signs
from signs.diagnostics.reporter import CONTACT
from signs.errors import ReperesError
from signs.files.document import UnreadableError
from signs.files.edit import EditError
from signs.files.save import ConflictError, reason
from signs.loading.loader import DEFAULT, SHIPPED, folder_of, own_files, school_given
from signs.model.readings import Reading
from signs.model.reviews import digest_of, reviewed_entries
from signs.model.sign_list import HEAD, SignList
from signs.rules.readings import names_somebody
from signs.scaffold import DEFAULT_FOLDER, ListFolderError, ensure_copy, has_own_list
from signs.text import opening_hours
from signs.text.given import path_given
from signs.text.names import explains_calls
from signs.text.typography import typography
from widgets.board.board import markup
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import fields_of
from widgets.editor.session import links
from widgets.editor.session.author import author, set_author
from widgets.editor.session.draft import DRAFTS
from widgets.editor.session.ordering import reading_order
from widgets.editor.session.own_contacts import check_contact
from widgets.editor.session.proposals import TAKEN, decide, proposals_in
from widgets.editor.session.session import ClashesError, EditingSession, errors_in
from widgets.editor.views.clashes import clash_views
from widgets.editor.views.committee import CommitteeView
from widgets.editor.views.deltas import SentTexts
from widgets.editor.views.due import due_contacts
from widgets.editor.views.entry_texts import all_texts, find_sentence
from widgets.editor.views.marks import FILTERS
from widgets.editor.views.preview import preview_entry
from widgets.editor.views.sights import (
    LIVE,
    Shape,
    Sight,
    document_of,
    sight_of,
    sight_titles,
)
from widgets.editor.views.state import StateView, forms
from widgets.editor.views.versions import VersionsView
from widgets.render.assets import cell_style, script, stylesheet
from widgets.render.notebook_widget import NotebookWidget
from widgets.runtime.build_date import day_of
from widgets.runtime.selection import LIST_VARIABLE, SCHOOL_VARIABLE, UnusableListError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from signs.files.merge import Clash, Decisions
    from widgets.editor.session.draft import Draft
    from widgets.editor.views.entry_texts import Texts

_MEMORY_FILE = "formateur.json"
"""In the drafts' folder: the saved personas, and whether the tour was seen."""


_MAX_VIEWS = 8
"""For how many views of one editor the last answer is cached."""


class Editor(NotebookWidget):
    """The trainers' editor in a notebook.

    Parameters
    ----------
    folder
        The folder of the list to change; by default the one that `REPERES_LISTE` names, or
        `ma-liste` in the current folder where that is a shipped list. The shipped list is
        copied there where there is none: at once where the folder is named, else when a page
        shows the editor, so that a notebook that is only run leaves nothing behind.
    school
        The file of a school or of an académie, whose contacts are to be checked as well; by
        default the one that `REPERES_ECOLE` names, if any.

    Raises
    ------
    UnusableListError
        When that folder cannot hold a trainer's list, or a file of it cannot be read.
    GivenError
        When what was given is no path.

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

    session: EditingSession

    @explains_calls('Editor("ma-liste")')
    def __init__(self, folder: str | Path | None = None, school: str | Path | None = None) -> None:
        self._folder, named = _list_folder(folder)
        school = os.environ.get(SCHOOL_VARIABLE) if school is None else school_given(school)
        self._own = own_files(Path(school).absolute() if school else None)
        try:
            self._ready = named or has_own_list(self._folder)
        except ListFolderError as error:
            raise UnusableListError(str(error)) from None
        if self._ready:
            self._begin()
        super().__init__()
        self.on_msg(self.receive)

    def _begin(self) -> None:
        """Open the list, copied first where there is none."""
        folder = self._folder
        try:
            ensure_copy(folder)
            self.session = EditingSession(folder)
        except ListFolderError as error:
            raise UnusableListError(str(error)) from None
        except UnreadableError as error:
            raise UnusableListError(error.problem.text) from None
        self._memory = _load_memory(folder)
        self._inspection = self.session.inspection()
        self._valid_list: SignList | None = self._inspection.sign_list or self.session.saved_list
        self._panel = "page"
        self._sight, self._sight_chosen, self._seen_key = LIVE, False, ""
        self._seen = self.session.where
        self._versions = VersionsView(folder)
        self._later: dict[str, None] = {}
        self._author, self._author_asked = author(), False
        self._sent = SentTexts()
        self._texts_sent: dict[str, Texts] = {}
        self._sent_to: dict[str, SentTexts] = {}
        self._texts_sent_to: dict[str, dict[str, Texts]] = {}
        self._drawn: tuple[date, SignList, str] | None = None
        self._answers: dict[str, tuple[object, dict[str, Any]]] = {}
        self._views: set[str] = set()
        self._question: _Question | None = None
        self._removing: EntryRef | None = None
        self._ready = True

    def __repr__(self) -> str:
        """Return in short which list is changed."""
        return typography(f"« {self._folder.name} » (Editor)")

    @property
    def sign_list(self) -> SignList:
        """The list as it is saved; as long as there is no copy of one's own, the shipped one.

        Raises
        ------
        signs.ListError
            When what was saved has errors.
        """
        saved = (self._folder / HEAD).is_file()
        return signs.load(self._folder if saved else DEFAULT)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:  # noqa: ANN401
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live or ({}, {})
        text = "L’éditeur a besoin de Python : ouvrez ce carnet dans JupyterLab."
        return {**data, "text/plain": text}, metadata

    # --- Messages ------------------------------------------------------------------------------

    def receive(self, _widget: object, question: dict[str, Any], _buffers: object) -> None:
        """Handle a message; always answer, as the page waits for it, and never with a traceback.

        A message sent again, since the connection may have lost its answer, gets the same
        answer; one older than the last has been answered already.
        """
        who, number = str(question.get("de")), question.get("n")
        if not self._ready:
            try:
                self._begin()
            except UnusableListError as error:
                self.send({"n": number, "de": question.get("de"), "unopened": str(error)})
                return
        if question.get("do") == "au-revoir":
            self._leave(who)
            return
        self._views.add(who)
        self._sent = self._sent_to.setdefault(who, SentTexts())
        self._texts_sent = self._texts_sent_to.setdefault(who, {})
        last, answer = self._answers.get(who, (None, {}))
        if isinstance(number, int) and isinstance(last, int) and number <= last:
            if number == last:
                self.send(answer)
            return
        try:
            answer = self._answer(question)
        except ReperesError as error:
            answer = self._refusal(question, str(error))
        except Exception:
            answer = self._failure(question)
        answer |= {"n": number, "de": question.get("de")}
        self._answers.pop(who, None)
        self._answers[who] = (number, answer)
        if len(self._answers) > _MAX_VIEWS:
            del self._answers[next(iter(self._answers))]
        self.send(answer)

    def _leave(self, who: str) -> None:
        """Take note that a view is closed: the draft is offered once none is left."""
        self._views.discard(who)
        self._sent_to.pop(who, None)
        self._texts_sent_to.pop(who, None)
        if not self._views:
            self.session.draft.release()

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        do = question.get("do")
        if do == "apercu":
            return self._preview(question)
        self.session.draft.beat()
        if do == "pouls":
            return self._news()
        if do == "bonjour":
            self._sent.forget()
            self._texts_sent.clear()
            self._panel = question.get("panel", "page")
            return {"kinds": forms(), "filters": list(FILTERS.items()), **self._state()}
        if do in {"ouvrir", "lier"}:
            return {"ouvrir": self._open, "lier": self._do_lier}[str(do)](question)
        self._removing = None
        act: Callable[..., str | None] = getattr(self, f"_do_{str(do).replace('-', '_')}")
        message = act(question)
        return self._state(typography(message or ""))

    def _failure(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answer that a question failed in a way that nobody foresaw."""
        why = typography("Cela n'a pas pu se faire. Ce que vous aviez écrit est toujours là.")
        try:
            return self._refusal(question, why)
        except Exception:
            self._panel = "page"  # what cannot be told is told no more
        with suppress(Exception):
            return self._refusal(question, why)
        return {"message": why, "failed": True, "fix": None}

    def _refusal(self, question: dict[str, Any], why: str) -> dict[str, Any]:
        """Answer that a question changed nothing; what was typed is refused at its field."""
        if question.get("do") == "ecrire":
            return self._state() | {"refused": {"key": str(question.get("key")), "text": why}}
        return self._state(why) | {"failed": True, "fix": self._first_error()}

    def _news(self) -> dict[str, Any]:
        """Return what happened elsewhere: what others saved, and the drafts they left."""
        asked = self._question
        try:
            message = self._take_in({})
        except OSError:  # the folder does not answer: it is told when one saves
            return {}
        except ClashesError as error:
            if self._question == asked:
                return {}
            return self._state(str(error)) | {"failed": True}
        if message or asked != self._question:
            return self._state(message)
        changed = self._sent.changes(drafts=self._drafts())
        return {"deltas": changed} if changed else {}

    def _first_error(self) -> dict[str, Any] | None:
        """Return the first entry to correct, to go to."""
        problems = StateView(self.session, self._inspection, self._valid_list).problems
        for each in problems:
            if each["severe"] and each["kind"]:
                return {**each, "id": "", "title": "Y aller"}
        return None

    def _preview(self, question: dict[str, Any]) -> dict[str, Any]:
        """Render what is being typed, before it is written and the complete list is checked."""
        where = self._where(question)
        field = next(each for each in fields_of(where.kind) if each.key == question["key"])
        raw = dict(self.session.block(where))
        value = field.written(question["value"])
        if value is None:
            raw.pop(field.key, None)
        else:
            raw[field.key] = value
        changed = self._valid_list and preview_entry(self._valid_list, where.kind, raw)
        return {"deltas": self._sent.changes(**self._seen_html(changed))} if changed else {}

    def _seen_html(self, sign_list: SignList | None) -> dict[str, str]:
        """Return the HTML of what is seen beside the form, by where it is shown."""
        if self._sight != LIVE:
            shown = sign_list or self._valid_list
            return {"frame": "" if shown is None else document_of(self._sight, shown)}
        if sign_list is None and not self._sent.holds("html"):
            sign_list = self._valid_list  # what the page waits with, once opened anew
        if sign_list is None:
            return {}
        drawn = (day_of(None), sign_list)
        if self._drawn is None or self._drawn[:2] != drawn:
            self._drawn = (*drawn, markup(sign_list, in_notebook=True).html)
        return {"html": self._drawn[2]}

    def _look(self) -> None:
        """Look at where the entry in the form is read, unless a person chose otherwise."""
        where = self.session.where
        if where != self._seen:
            self._seen_key = ""
            self._sight_chosen = self._sight_chosen and where.kind == self._seen.kind
        self._seen = where
        if not self._sight_chosen:
            raw = self.session.block(where)
            self._sight = sight_of(self._valid_list, where.kind, raw, self._seen_key)

    def _changed_texts(self) -> dict[str, Any]:
        """Return what entries say now, where the page does not know it; `None` for one gone."""
        now, sent = all_texts(self.session), self._texts_sent
        changed: dict[str, Texts | None] = {
            each: texts for each, texts in now.items() if sent.get(each) != texts
        }
        changed.update(dict.fromkeys(sent.keys() - now.keys()))
        sent.clear()
        sent.update(now)
        return {"texts": changed} if changed else {}

    def _where(self, question: dict[str, Any]) -> EntryRef:
        """Return the entry that a question is about: by its id, wherever it is by now."""
        where = EntryRef(str(question["kind"]), int(question["place"]))
        id_ = question.get("id")
        if not id_ or self.session.block(where).get("id") == id_:
            return where
        ids = [str(raw.get("id")) for raw in self.session.blocks(where.kind)]
        if id_ not in ids:
            raise EditError("Cette entrée n'est plus dans la liste.")
        return where._replace(place=ids.index(id_))

    # --- Actions --------------------------------------------------------------------------------

    def _do_choisir(self, question: dict[str, Any]) -> None:
        where = self._where(question)
        if where.kind != self.session.where.kind and where.place == 0 and where.kind != HEAD:
            where = where._replace(
                place=next(iter(reading_order(where.kind, self.session.blocks(where.kind))), 0)
            )
        self.session.where = where

    def _open(self, question: dict[str, Any]) -> dict[str, Any]:
        """Look at the field that says a sentence of the page."""
        found = find_sentence(self.session, str(question["words"]), question["ids"])
        if found is None:
            return self._state(typography(_NOT_OF_THE_LIST)) | {"failed": True}
        self.session.where, key = found
        return self._state() | {"open": key}

    def _do_voir(self, question: dict[str, Any]) -> None:
        """Look at something else, at another size, or where a field is read."""
        name = str(question.get("name") or "")
        if "key" in question:
            self._seen_key = str(question["key"])
            self._seen = self.session.where
            return
        known = dict(sight_titles(self._valid_list))
        self._sight_chosen = name in known
        if self._sight_chosen:
            self._sight = Sight(name, Shape(str(question.get("shape") or Shape.HERE)))

    def _do_panneau(self, question: dict[str, Any]) -> None:
        self._panel = question["name"]

    def _do_ecrire(self, question: dict[str, Any]) -> None:
        self.session.set_value(self._where(question), question["key"], question["value"])

    def _do_ajouter(self, question: dict[str, Any]) -> str:
        self.session.add(question["kind"], question["title"])
        return "C'est ajouté. Complétez le formulaire."

    def _do_dupliquer(self, question: dict[str, Any]) -> str:
        self.session.duplicate(self._where(question))
        return "C'est copié. Changez les mots de la copie."

    def _do_masquer(self, question: dict[str, Any]) -> str:
        self.session.hide(self._where(question), hidden=True)
        if self.session.inspection().sign_list is None:
            return "La page attend que les erreurs soient corrigées."
        return "C'est masqué : la page ne le montre plus. « Montrer » le remet."

    def _do_montrer(self, question: dict[str, Any]) -> str:
        self.session.hide(self._where(question), hidden=False)
        return "La page le montre de nouveau."

    def _do_retirer(self, question: dict[str, Any]) -> str:
        """Remove an entry; where others use it, only once one has read which."""
        where = self._where(question)
        if self.session.uses(where) and not question.get("sure"):
            self._removing = where
            return (
                "D'autres entrées s'en servent : lisez ce qu'elles deviennent, sous le formulaire."
            )
        named = self.session.remove(where, str(question.get("instead") or ""))
        entries = f"{named} entrées ne le nomment" if named > 1 else "Une entrée ne le nomme"
        also = f" {entries} plus." if named else ""
        return f"C'est retiré.{also} « Annuler » le remet."

    def _do_garder(self, _question: dict[str, Any]) -> str:
        return "Rien n'est retiré."

    def _do_lier(self, question: dict[str, Any]) -> dict[str, Any]:
        """Add an entry on the spot, linked to the one in the form."""
        title = str(question["title"])
        added = self.session.add_linked(self._where(question), str(question["key"]), title)
        said = typography(f"« {title} » est ajouté, et lié. Il reste à le compléter.")
        return self._state(said) | {"fix": {**added._asdict(), "id": "", "title": "Y aller"}}

    def _do_monter(self, question: dict[str, Any]) -> str:
        self.session.move(self._where(question), -1)
        return "C'est un cran plus haut."

    def _do_descendre(self, question: dict[str, Any]) -> str:
        self.session.move(self._where(question), 1)
        return "C'est un cran plus bas."

    def _do_annuler(self, _question: dict[str, Any]) -> str:
        return (
            f"Annulé : {self.session.undo()}."
            if self.session.undo_stack.undoable
            else "Rien à annuler."
        )

    def _do_retablir(self, _question: dict[str, Any]) -> str:
        return (
            f"Rétabli : {self.session.redo()}."
            if self.session.undo_stack.redoable
            else "Rien à rétablir."
        )

    def _do_enregistrer(self, _question: dict[str, Any]) -> str:
        return self._save()

    def _do_trancher(self, question: dict[str, Any]) -> str | None:
        """Take the decisions on what two people changed, and go on."""
        asked = self._question
        if asked is None:
            return None
        decided = {(kind, id_, key): bool(mine) for (kind, id_, key), mine in question["decided"]}
        if asked.draft:
            return self._resume(asked.draft, decided)
        return f"{self._take_in(decided)} Il reste à enregistrer.".strip()

    def _do_brouillon(self, question: dict[str, Any]) -> str:
        if question["resume"]:
            return self._resume(question["name"], {})
        draft = self._draft(question["name"])
        draft.leave_aside()
        return "Le brouillon est gardé plus bas, dans « Brouillons laissés de côté »."

    def _draft(self, name: str) -> Draft:
        for draft in self.session.left():
            if draft.root.name == name:
                return draft
        raise EditError("Ce brouillon n'est plus là : quelqu'un l'a repris.")

    def _resume(self, name: str, decided: Decisions) -> str:
        self._question = None
        draft = self._draft(name)
        try:
            self.session.resume(draft, decided)
        except ClashesError as error:
            self._question = _Question(tuple(error.clashes), name)
            raise
        return "Le brouillon est repris. Il reste à enregistrer. « Annuler » le retire."

    def _take_in(self, decided: Decisions) -> str:
        """Take in what others saved meanwhile; return it in words."""
        try:
            changed = self.session.sync(decided)
        except ClashesError as error:
            self._question = _Question(tuple(error.clashes))
            raise
        if self._question is not None and not self._question.draft:
            self._question = None
        if not changed:
            return ""
        titles = [self.session.title_of(kind, id_) for kind, id_ in changed]
        what = ", ".join(titles[:_MOST_NAMED])
        more = len(titles) - _MOST_NAMED
        rest = f" et {more} autre{'s' * (more > 1)}" if more > 0 else ""
        return f"Repris ici, car enregistré par ailleurs : {what}{rest}."

    def _do_personne_garder(self, question: dict[str, Any]) -> str:
        people = self._memory.setdefault("people", [])
        name = str(question["name"]).strip() or f"Personne {len(people) + 1}"
        people.append([name, [str(id_) for id_ in question["ids"]]])
        self._save_memory()
        return f"« {name} » est gardée."

    def _do_personne_retirer(self, question: dict[str, Any]) -> str:
        name, _ids = self._memory["people"].pop(int(question["at"]))
        self._save_memory()
        return f"« {name} » est retirée."

    def _do_avis(self, question: dict[str, Any]) -> str:
        """Take note that a role read the entry in the form, as it is now."""
        role, sign_list = str(question["role"]).strip(), self.session.inspection().sign_list
        if not role:
            raise EditError("Écrivez d'abord le rôle de qui a lu, comme « infirmière ».")
        if names_somebody(role):
            raise EditError("Écrivez un métier ou un rôle, jamais un nom.")
        if sign_list is None:
            raise EditError("Corrigez d'abord les erreurs de la liste.")
        id_ = str(self.session.block(self._where(question)).get("id"))
        entry = next((each for _kind, each in reviewed_entries(sign_list) if each.id == id_), None)
        if entry is None:
            raise EditError("Cette entrée ne se relit pas.")
        self._memory["role"] = role
        self._save_memory()
        self.session.add_reading(
            Reading(
                id=f"lu-{id_}",
                entree=id_,
                avis=question["avis"],
                par=role,
                le=opening_hours.today().isoformat(),
                empreinte=digest_of(entry),
            )
        )
        return "C'est noté. Il reste à enregistrer."

    def _do_proposition(self, question: dict[str, Any]) -> str:
        """Take what a committee proposed, leave it, or have it wait again."""
        known = proposals_in(self.session.folder)
        at, decided = int(question["at"]), str(question["decided"])
        if not 0 <= at < len(known) or known[at].id != question["id"]:
            raise EditError("Ces propositions ont changé. Relisez-les.")
        proposal = known[at]
        if decided == TAKEN:
            self.session.propose(proposal.kind, proposal.id, proposal.key, proposal.text)
        try:
            decide(self.session.folder, proposal, decided)
        except OSError as error:
            raise EditError(f"Ce choix n'est pas gardé : {reason(error)}") from error
        if decided == TAKEN:
            return "C'est pris. Il reste à enregistrer. « Annuler » le remet."
        return "C'est laissé, plus bas." if decided else "La proposition attend de nouveau."

    def _do_visite_faite(self, _question: dict[str, Any]) -> None:
        self._memory["toured"] = True
        self._save_memory()

    def _do_verifier(self, question: dict[str, Any]) -> str:
        """Take note that a contact was called, or its site opened, today."""
        if question["kind"] == CONTACT:
            return self._check_own(str(question["id"]))
        where, by = self._where(question), str(question["by"])
        self.session.check(where, by, opening_hours.today())
        self._later.pop(str(question["id"]), None)
        how = "appelé" if by == "appel" else "site ouvert"
        return (
            f"C'est noté : {self.session.title(where)}, {how} aujourd'hui. Il reste à enregistrer."
        )

    def _check_own(self, id_: str) -> str:
        files = [file for file in self._own if file is not None]
        contact = check_contact(files, id_, opening_hours.today(), self._author or "")
        self._later.pop(id_, None)
        return (
            f"C'est noté et enregistré dans {contact.file.name}, ligne {contact.line} : vérifié "
            "aujourd'hui."
        )

    def _do_plus_tard(self, question: dict[str, Any]) -> None:
        id_ = str(question["id"])
        self._later.pop(id_, None)
        self._later[id_] = None

    def _do_comparer(self, question: dict[str, Any]) -> None:
        self._versions.compare(str(question["before"]), str(question["after"]))

    def _do_plus_de_versions(self, _question: dict[str, Any]) -> None:
        self._versions.show_more()

    def _do_revenir(self, question: dict[str, Any]) -> str:
        """Have the list, or one entry, as in an earlier version."""
        try:
            then, called = self._versions.texts(str(question["version"]), self.session.texts)
        except (KeyError, OSError):
            raise EditError("Cette version ne peut plus être lue.") from None
        entry = question.get("entry")
        when = f"à la version « {called} »"
        if not self.session.bring_back(then, when, (entry[0], entry[1]) if entry else None):
            return "C'est déjà ainsi : rien n'est changé."
        what = "L'entrée est" if entry else "La liste est"
        return f"{what} comme dans cette version. Il reste à enregistrer. « Annuler » y renonce."

    def _do_signer(self, question: dict[str, Any]) -> str:
        self._author, self._author_asked = set_author(str(question["name"])), False
        if not self._author:
            return "Les enregistrements ne diront pas qui."
        return f"Les prochains enregistrements diront « {self._author} »."

    def _save(self) -> str:
        session = self.session
        taken = self._take_in({})
        self._inspection = session.inspection()
        if session.saved_list is not None and errors_in(self._inspection):
            raise EditError("Rien n'est enregistré : corrigez d'abord ce qui ne va pas.")
        try:
            copies = session.save(self._author or "")
        except ConflictError:  # somebody saved at this very moment
            return self._save()
        self._author_asked = self._author is None
        before = " La version d'avant reste dans « Versions »." if copies else ""
        done = f"C'est enregistré.{before} Vos collègues la verront en rechargeant leur page."
        return f"{done} {taken}".strip()

    def _drafts(self) -> list[dict[str, Any]]:
        """Return the drafts that were left, newest first."""
        return [
            {
                "name": draft.root.name,
                "date": typography(f"{draft.date:%d/%m/%Y à %H:%M}"),
                "aside": draft.aside,
                "titles": [typography(title) for title in self.session.titles_in(draft)],
            }
            for draft in self.session.left()
        ]

    def _save_memory(self) -> None:
        drafts = self.session.folder / DRAFTS
        with suppress(OSError):  # a read-only folder: the tour is offered again, no more
            drafts.mkdir(exist_ok=True)
            (drafts / _MEMORY_FILE).write_text(json.dumps(self._memory), encoding="utf-8")

    # --- State ---------------------------------------------------------------------------------

    def _state(self, message: str = "") -> dict[str, Any]:
        session = self.session
        self._inspection = inspection = session.inspection()
        self._valid_list = inspection.sign_list or self._valid_list
        self._look()
        view = StateView(session, inspection, self._valid_list)
        where, raw = session.where, session.block(session.where)
        panels: dict[str, Callable[[], Any]] = {
            "carte": view.map,
            "comite": CommitteeView(
                session, self._valid_list, str(self._memory.get("role", ""))
            ).data,
            "personnes": lambda: view.people(self._memory.get("people", [])),
            "changements": view.differences,
            "contacts": lambda: due_contacts(
                session, opening_hours.today(), self._later, self._own
            ),
            "versions": lambda: self._versions.data(session.texts, view.titles),
            "details": lambda: view.details(where),
        }
        panel = panels.get(self._panel)
        told = {"name": self._panel, "data": panel()} if panel else None
        long = {
            **self._seen_html(inspection.sign_list),
            "sights": sight_titles(self._valid_list),
            "entries": view.entries(),
            "choices": view.choices,
            "uses": view.uses(where),
            "drafts": self._drafts(),
        }
        short = {
            "sight": {**self._sight._asdict(), "chosen": self._sight_chosen},
            "sound": inspection.sign_list is not None,
            "title": view.title,
            "folder": str(session.folder),
            "chosen": where._asdict(),
            "chosenId": str(raw.get("id", "")),
            "values": {field.key: field.shown(raw) for field in fields_of(where.kind)}
            | links.shown(session.blocks, where, str(raw.get("id", ""))),
            "removing": self._removing == where,
            "problems": view.problems,
            "undo": _capitalized(session.undo_stack.undoable),
            "redo": _capitalized(session.undo_stack.redoable),
            "changed": session.changed(),
            "notice": "" if session.draft.beside else _DRAFT_ELSEWHERE,
            "question": self._question_view(view),
            "author": {"name": self._author or "", "ask": self._author_asked},
            "toured": bool(self._memory.get("toured")),
            "panel": told,
            "message": message,
            "failed": False,
            "fix": None,
            "unkept": typography(session.unkept),
            "refused": None,
            "open": "",
        }
        # Last, once nothing fails any more: what is sent here is not sent again.
        return {"deltas": self._sent.changes(**long), **self._changed_texts(), **short}

    def _question_view(self, view: StateView) -> dict[str, Any] | None:
        asked = self._question
        if asked is None:
            return None
        mine, theirs = _SIDES[bool(asked.draft)]
        return {
            "mine": typography(mine),
            "theirs": typography(theirs),
            "clashes": clash_views(asked.clashes, view.titles),
        }


class _Question(NamedTuple):
    """What two people changed, to be decided."""

    clashes: tuple[Clash, ...]
    draft: str = ""
    """The name of the draft to take up; nothing where it is what somebody saved."""


_SIDES = {
    False: ("Vos mots", "Les mots enregistrés par ailleurs"),
    True: ("Les mots d'ici", "Les mots du brouillon"),
}
"""By whether a draft is taken up: what is called mine, and theirs."""
_MOST_NAMED = 3
_NOT_OF_THE_LIST = "Ces mots ne sont pas de votre liste : ils ne se changent pas ici."
_DRAFT_ELSEWHERE = typography(
    "Ce dossier est en lecture seule : le brouillon est gardé ailleurs sur cet ordinateur."
)


def _list_folder(folder: str | Path | None) -> tuple[Path, bool]:
    """Return the folder to edit: the one asked for, else that of the current, unshipped list.

    And whether somebody named it.
    """
    if folder is not None:
        return Path(path_given(folder, "un dossier", 'Editor("ma-liste")')).absolute(), True
    named = folder_of(os.environ.get(LIST_VARIABLE) or DEFAULT)
    if named.is_relative_to(SHIPPED):
        return Path(DEFAULT_FOLDER).absolute(), False
    return named.absolute(), True


def _capitalized(text: str) -> str:
    return typography(text[:1].upper() + text[1:])


def _load_memory(folder: Path) -> dict[str, Any]:
    try:
        memory = json.loads((folder / DRAFTS / _MEMORY_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(memory, dict):
        return {}
    return memory | {"people": [each for each in _listed(memory.get("people")) if _is_person(each)]}


def _is_person(value: object) -> bool:
    """Tell whether a value that was read is a name, with the ids of what is ticked for it."""
    match value:
        case [str(), [*ids]]:
            return all(isinstance(id_, str) for id_ in ids)
    return False


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
