"""A list being edited: its working texts, undo, problems and saving.

The texts are the single source of truth: forms, problems, the page and the changes are all
computed from them.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import signs
from signs.diagnostics.problem import Severity
from signs.errors import ReperesError
from signs.files import edit
from signs.files.document import UnreadableError, parse_or_empty
from signs.files.edit import EditError, Ref
from signs.files.mentions import without_mentions
from signs.files.merge import ALL_MINE, merge
from signs.files.readings import with_reading
from signs.files.restore import restore_entry
from signs.files.save import OpenFile, reason, save_all
from signs.files.versions import as_it_was, damaged_in
from signs.loading.loader import Inspection, files_of
from signs.model.keys import keys_of
from signs.model.readings import READING
from signs.model.sign_list import HEAD, KINDS, file_of
from signs.text.typography import typography
from widgets.editor.forms.entry_ref import EntryRef
from widgets.editor.forms.fields import Control, extension_of, fields_of
from widgets.editor.forms.texts import control_value
from widgets.editor.forms.titles import id_of, label_key, title_of
from widgets.editor.session import links, ordering
from widgets.editor.session.draft import Draft, left_in
from widgets.editor.session.undo import Undoable, UndoStack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from signs.files.merge import Clash, Decisions
    from signs.model.readings import Reading


class ClashesError(ReperesError):
    """Two people changed the same words: nothing is saved before it is decided which stand."""

    def __init__(self, clashes: list[Clash]) -> None:
        self.clashes = clashes
        super().__init__(
            typography("Les mêmes mots ont été changés deux fois. Choisissez ceux qui restent.")
        )


@dataclass
class EditingSession:
    """A list being edited.

    Parameters
    ----------
    folder
        The list's own folder: a trainer's copy, never that of the package.
    """

    folder: Path
    files: dict[str, OpenFile] = field(init=False)
    draft: Draft = field(init=False)
    where: EntryRef = field(init=False)
    undo_stack: UndoStack = field(default_factory=UndoStack)
    unkept: str = ""
    """Why the draft cannot be written now; nothing where it is."""
    _unwritten: set[str] = field(default_factory=set)
    """The files whose text is not in the draft yet."""
    _inspected: tuple[dict[str, str], Inspection] | None = None

    def __post_init__(self) -> None:
        self.draft = Draft.start(self.folder)
        self.files = self._open_files()
        self.saved_list = signs.inspect(self.folder).sign_list
        self.where = next(self._refs(), EntryRef(HEAD, 0))

    def _open_files(self) -> dict[str, OpenFile]:
        own = (file for file in files_of(self.folder) if file.parent == self.folder)
        return {file.name: OpenFile.open(file) for file in own if file.is_file()}

    # --- Content ------------------------------------------------------------------------------

    @property
    def texts(self) -> dict[str, str]:
        """The current text of each file, by name."""
        return {name: file.text for name, file in self.files.items()}

    def blocks(self, kind: str, *, saved: bool = False) -> list[dict[str, Any]]:
        """Return the entries of a kind as they are written, in the order of the file."""
        return _blocks(self._saved_texts() if saved else self.texts, kind)

    def block(self, where: EntryRef) -> dict[str, Any]:
        """Return one entry as it is written; empty where there is none."""
        blocks = self.blocks(where.kind)
        return blocks[where.place] if where.place < len(blocks) else {}

    @property
    def hidden(self) -> list[str]:
        """The ids that the list hides."""
        ids = self.block(EntryRef(HEAD, 0)).get("cacher")
        return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else []

    def inspection(self) -> Inspection:
        """Return the result of checking the working texts."""
        texts = self.texts
        if not self.draft.whole():
            self._rescue()
        if self._inspected is None or self._inspected[0] != texts:
            self._inspected = (texts, signs.inspect(self.draft.folder))
        return self._inspected[1]

    def _refs(self) -> Iterator[EntryRef]:
        for kind in ("signe", *KINDS):
            yield from (EntryRef(kind, index) for index in range(len(self.blocks(kind))))

    def changed(self) -> int:
        """Return how many entries differ from what is saved."""
        if all(not file.changed for file in self.files.values()):
            return 0
        count = 0
        for kind in (HEAD, *KINDS):
            before, now = self.blocks(kind, saved=True), self.blocks(kind)
            old = {str(raw.get("id")): raw for raw in before}
            new = {str(raw.get("id")): raw for raw in now}
            count += sum(_differ(old.get(id_), new.get(id_)) for id_ in {*old, *new})
        return count or 1  # only the order, then

    # --- Changes ---------------------------------------------------------------------------------

    def set_value(self, where: EntryRef, key: str, value: Any) -> None:  # noqa: ANN401
        """Set a field to the value of its control.

        Raises
        ------
        EditError
            When it cannot be written; nothing has changed then.
        """
        if key.startswith(links.MARK):
            id_ = str(self.block(where)["id"])
            texts = links.relinked(self.texts, self.blocks, id_, key, [str(each) for each in value])
            self._apply(f"les liens de {self.title(where)}", where, texts)
            return
        form = next(each for each in fields_of(where.kind) if each.key == key)
        written = form.written(value)
        if form.control is Control.PHONE and (said := extension_of(str(value))):
            self._set_extension(where, said)
        if _bare(written) == _bare(self.block(where).get(key)):
            return
        ref = None if where.kind == HEAD else Ref(where.kind, where.place)
        self._change(
            f"« {form.wording.label} » de {self.title(where)}",
            where,
            lambda text: edit.set_value(text, ref, key, written),
            key,
        )

    def _set_extension(self, where: EntryRef, said: str) -> None:
        """Write the extension of a service; in its limits, the key to press."""
        what, _, digits = said.partition(" ")
        if what == "Poste":
            self._change(
                f"le poste de {self.title(where)}",
                where,
                lambda text: edit.set_value(text, Ref(*where), "poste", digits),
                "poste",
            )
            return
        limits = str(self.block(where).get(_LIMITS, "")).strip()
        kept = re.sub(r"\s*Touche \d+\.$", "", limits)
        self._change(
            f"la touche de {self.title(where)}",
            where,
            lambda text: edit.set_value(text, Ref(*where), _LIMITS, f"{kept} {said}.".strip()),
            _LIMITS,
        )

    def check(self, where: EntryRef, by: str, day: date) -> None:
        """Take note that a contact was checked, on a day, by a call or on its site."""

        def checked(text: str) -> str:
            text = edit.set_value(text, Ref(*where), "verifie_le", day)
            return edit.set_value(text, Ref(*where), "verifie_par", by)

        self._change(f"la vérification de {self.title(where)}", where, checked)

    def add(self, kind: str, title: str) -> None:
        """Add an entry after the others, recognized by these words, and look at it."""
        values = self._new(kind, title)
        self._change(
            f"l'ajout de « {title} »",
            self.where,
            lambda text: edit.add(text, kind, values),
            of=kind,
        )
        self.where = EntryRef(kind, len(self.blocks(kind)) - 1)

    def _new(self, kind: str, title: str) -> dict[str, Any]:
        """Return the values of a new entry, recognized by these words."""
        keys = keys_of(KINDS[kind].entry)
        values: dict[str, Any] = {"id": self.free_id(title), label_key(kind): title}
        if self.where.kind == kind:
            # It takes the heading of its neighbours; its text and its source are new.
            values |= {
                k: v
                for k, v in self.block(self.where).items()
                if k == "rubrique" or (k in keys and keys[k].heading)
            }
        if "rang" in keys:
            ranks = [raw.get("rang") for raw in self.blocks(kind)]
            values["rang"] = max((rank for rank in ranks if isinstance(rank, int)), default=0) + 10
        if "pour" in keys:
            values["pour"] = ["vous"]
        return values

    def add_linked(self, where: EntryRef, key: str, title: str) -> EntryRef:
        """Add an entry that one names by a key, or that names it by a link; return where it is."""
        texts, id_ = self.texts, str(self.block(where).get("id", ""))
        if key.startswith(links.MARK):
            kind, _, name = key.removeprefix(links.MARK).partition(".")
            new = self._new(kind, title) | {name: [id_]}
        else:
            field = next(each for each in fields_of(where.kind) if each.key == key)
            (kind,) = field.kinds
            new = self._new(kind, title)
            named = field.shown(self.block(where))
            now = [*named, new["id"]] if isinstance(named, list) else new["id"]
            of = file_of(where.kind)
            ref = None if where.kind == HEAD else Ref(where.kind, where.place)
            texts[of] = edit.set_value(texts[of], ref, key, now)
        file = file_of(kind)
        texts[file] = edit.add(texts.get(file, ""), kind, new)
        self._apply(f"l'ajout de « {title} »", where, texts)
        return EntryRef(kind, len(self.blocks(kind)) - 1)

    def add_reading(self, reading: Reading) -> None:
        """Take note that a role read an entry; what it said of it before is replaced."""
        file = KINDS[READING].file
        text = self.texts.get(file, "")
        texts = {**self.texts, file: with_reading(text, reading)}
        self._apply("une relecture", self.where, texts)

    def propose(self, kind: str, id_: str, key: str, text: str) -> None:
        """Have a text say what somebody proposed, in this list or laid over the one it starts from.

        Raises
        ------
        EditError
            When it cannot be written; nothing has changed then.
        """
        form = next(each for each in fields_of(kind) if each.key == key)
        value = control_value(form, text)
        ids = [raw.get("id") for raw in self.blocks(kind)]
        if id_ in ids:
            self.set_value(EntryRef(kind, ids.index(id_)), key, value)
            return
        written = {"id": id_, key: form.written(value)}
        done = f"« {form.wording.label} » proposé"
        self._change(done, self.where, lambda text: edit.add(text, kind, written), of=kind)

    def duplicate(self, where: EntryRef) -> None:
        """Copy an entry right after it, and look at the copy."""
        new = self.free_id(str(self.block(where).get("id", where.kind)))
        self._change(
            f"la copie de {self.title(where)}",
            where,
            lambda text: edit.duplicate(text, Ref(*where), new),
        )
        self.where = where._replace(place=where.place + 1)

    def hide(self, where: EntryRef, *, hidden: bool) -> None:
        """Hide an entry from the page, or show it again; it stays in its file."""
        id_ = str(self.block(where)["id"])
        ids = [each for each in self.hidden if each != id_] + [id_] * hidden
        title = self.title(where)
        self._change(
            f"le masquage de {title}" if hidden else f"le retour de {title}",
            where,
            lambda text: edit.set_value(text, None, "cacher", ids or None),
            of=HEAD,
        )
        self.where = where

    def uses(self, where: EntryRef) -> list[links.Use]:
        """Return every key that names an entry."""
        id_ = self.block(where).get("id")
        return [*links.uses_of(self.blocks, where, str(id_))] if id_ else []

    def remove(self, where: EntryRef, instead: str = "") -> int:
        """Remove an entry; return how many others named it.

        Parameters
        ----------
        where
            The entry.
        instead
            The id of what they name in its place; by default they name it no longer.
        """
        id_, uses = str(self.block(where).get("id")), self.uses(where)
        title, file = self.title(where), KINDS[where.kind].file
        texts = without_mentions(self.texts, where.kind, id_, instead)
        texts[file] = edit.remove(texts[file], Ref(*where))
        self._apply(f"le retrait de {title}", where, texts)
        last = len(self.blocks(where.kind)) - 1
        self.where = (
            EntryRef(where.kind, min(where.place, last)) if last >= 0 else EntryRef(HEAD, 0)
        )
        return len({use.where for use in uses})

    def move(self, where: EntryRef, by: int) -> None:
        """Have an entry read one step earlier (-1) or later (+1) among those it is read with."""
        kind, blocks = where.kind, self.blocks(where.kind)
        peers = ordering.peers(kind, blocks, where.place)
        at = peers.index(where.place)
        if not 0 <= at + by < len(peers):
            raise EditError("Cette entrée est déjà au bout.")
        done = f"le déplacement de {self.title(where)}"
        if ordering.ranked(kind):
            ranks = ordering.swapped_ranks(blocks, peers, at, at + by)
            self._change(done, where, lambda text: ordering.with_ranks(text, kind, ranks))
            self.where = where
            return
        ids = [str(raw.get("id")) for raw in blocks]
        target = {"before" if by < 0 else "after": ids[peers[at + by]]}
        self._change(done, where, lambda text: edit.move(text, Ref(*where), **target))
        moved = [str(raw.get("id")) for raw in self.blocks(kind)].index(ids[where.place])
        self.where = EntryRef(kind, moved)

    def undo(self) -> str:
        """Go back one step; return what was undone."""
        return self._restore(self.undo_stack.undo(self.texts))

    def redo(self) -> str:
        """Do again what was undone; return what it was."""
        return self._restore(self.undo_stack.redo(self.texts))

    def _restore(self, change: Undoable) -> str:
        self._write(as_it_was(self.texts, change.texts))
        self.where = change.where
        return change.done

    def _change(
        self, done: str, where: EntryRef, change: Callable[[str], str], key: str = "", of: str = ""
    ) -> None:
        kind = of or where.kind
        name = file_of(kind)
        text = self.files[name].text if name in self.files else ""
        self._apply(done, where, {**self.texts, name: change(text)}, key)

    def _apply(self, done: str, where: EntryRef, texts: dict[str, str], key: str = "") -> None:
        """Write texts, which can be undone; `done` says what was done, as in :class:`Undoable`."""
        self.undo_stack.add(Undoable(done, self.texts, where, key, time.monotonic()))
        self._write(texts)

    def _write(self, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            if name not in self.files:
                self.files[name] = OpenFile.new(self.folder / name)
            if self.files[name].text != text:
                self.files[name].text = text
                self._unwritten.add(name)
        self._keep()

    def _keep(self) -> None:
        """Write to the draft what is not there yet; take note of why where it cannot be."""
        try:
            for name in sorted(self._unwritten):
                self.draft.write(name, self.files[name].text)
                self._unwritten.discard(name)
        except OSError as error:
            self.unkept = f"Le brouillon n'est pas gardé : {reason(error)}"
        else:
            self.unkept = ""

    # --- Saving ---------------------------------------------------------------------------------

    def save(self, author: str = "") -> list[Path]:
        """Save every changed file, all or none; return the dated backups of their former text.

        Parameters
        ----------
        author
            Who saves, in their own words; it may stay empty.

        Raises
        ------
        ConflictError
            When somebody else saved since the last :meth:`sync`.
        SaveError
            When they cannot be written.
        """
        others = self._saved_elsewhere()
        for name, file in self.files.items():
            if file.outdated and name not in others:  # gone or unreadable: it is written again
                file.replace_theirs()
        changed = {name: file for name, file in self.files.items() if file.unsaved}
        copies = save_all([*changed.values()], author=author)
        for name, file in changed.items():
            with suppress(OSError):
                self.draft.rebase(name, file.text)
        # What was saved is what was checked, unless the draft that is checked could not be written.
        inspection = signs.inspect(self.folder) if self._unwritten else self.inspection()
        self.saved_list = inspection.sign_list
        return copies

    def sync(self, decided: Decisions | None = None) -> list[tuple[str, str]]:
        """Take in what others saved meanwhile, with what is changed here.

        Parameters
        ----------
        decided
            For what both changed, whether mine stays.

        Returns
        -------
        list
            The kind and the id of the entries that they changed.

        Raises
        ------
        ClashesError
            When they changed the same words: nothing is taken in before it is decided.
        """
        now = self._saved_elsewhere()
        if not now:
            return []
        before, saved = self.texts, self._saved_texts()
        theirs = {**saved, **{name: file.text for name, file in now.items()}}
        merged = merge(saved, before, theirs, decided)
        if merged.clashes:
            raise ClashesError(merged.clashes)
        self.undo_stack.rebase(lambda texts: merge(saved, texts, theirs, ALL_MINE).texts)
        if decided:
            mine = merge(saved, before, theirs, ALL_MINE).texts
            self.undo_stack.add(Undoable("le choix de l'autre texte", mine, self.where))
        where, id_ = self.where, self.block(self.where).get("id")
        for name, file in now.items():
            self.files[name].reload(file, self.files[name].text)
            with suppress(OSError):
                self.draft.rebase(name, file.text)
        self._write(merged.texts)
        self.saved_list = signs.inspect(self.folder).sign_list
        self.where = self._found(where, id_)
        return merged.theirs

    def _saved_elsewhere(self) -> dict[str, OpenFile]:
        """Return the files that somebody else saved; not those that are gone, or unreadable."""
        found = {}
        for name, file in self.files.items():
            if file.outdated:
                with suppress(UnreadableError):
                    found[name] = OpenFile.open(file.path)
        return found

    def _saved_texts(self) -> dict[str, str]:
        return {name: file.saved for name, file in self.files.items()}

    # --- Drafts ---------------------------------------------------------------------------------

    def left(self) -> list[Draft]:
        """Return the drafts that others, or this trainer, left unsaved: newest first."""
        return left_in(self.folder, self.draft)

    def titles_in(self, draft: Draft) -> list[str]:
        """Return the titles of the entries that a draft changed, in quotes."""
        origin, texts = draft.origin_texts(), draft.texts()
        titles = []
        for kind, id_ in merge(origin, origin, texts).theirs:
            blocks = _blocks(texts, kind) + _blocks(origin, kind)
            raw = next((raw for raw in blocks if str(raw.get("id", "")) == id_), {})
            titles.append(f"« {title_of(kind, raw)} »")
        return titles

    def resume(self, draft: Draft, decided: Decisions | None = None) -> None:
        """Take up a draft that was left, with what is changed here; it can be undone.

        Parameters
        ----------
        draft
            One of those that were left.
        decided
            For what both changed, whether what is changed here stays.

        Raises
        ------
        ClashesError
            When both changed the same words.
        """
        merged = merge(draft.origin_texts(), self.texts, draft.texts(), decided)
        if merged.clashes:
            raise ClashesError(merged.clashes)
        where, id_ = self.where, self.block(self.where).get("id")
        self._apply("la reprise d'un brouillon", where, merged.texts)
        if not self.unkept:  # what it holds is in this draft now
            draft.drop()
        self.where = self._found(where, id_)

    # --- Earlier versions -----------------------------------------------------------------------

    def bring_back(
        self, then: Mapping[str, str], when: str, entry: tuple[str, str] | None = None
    ) -> bool:
        """Have the list, or one of its entries, as it was; it can be undone, and is to be saved.

        Returns whether that changed anything.

        Raises
        ------
        EditError
            When a file of that version was damaged, and those being edited are not.

        Parameters
        ----------
        then
            What the files of that version say.
        when
            The version, in words.
        entry
            The kind and the id of the only entry to bring back.
        """
        where, id_ = self.where, self.block(self.where).get("id")
        if damaged := damaged_in(then, self.texts):
            raise EditError(
                f"Cette version est abîmée : {damaged} ne s'y lit plus. Rien n'est changé. "
                "Essayez une autre version."
            )
        if entry is None:
            done, texts = f"le retour de la liste {when}", as_it_was(self.texts, then)
        else:
            texts = restore_entry(self.texts, then, *entry)
            there = entry[1] in {str(raw.get("id", "")) for raw in _blocks(texts, entry[0])}
            named = title_in(texts if there else self.texts, *entry)
            done = f"le retour de {named} {when}"
            if there and (entry[0] == HEAD or KINDS[entry[0]].has_form):
                where, id_ = EntryRef(entry[0], 0), entry[1]
        if texts == self.texts:
            return False
        self._apply(done, self.where, texts)
        self.where = self._found(where, id_)
        return True

    def _found(self, where: EntryRef, id_: object) -> EntryRef:
        """Return where an entry is by now."""
        ids = [raw.get("id") for raw in self.blocks(where.kind)]
        return self._existing(where._replace(place=ids.index(id_)) if id_ in ids else where)

    def _rescue(self) -> None:
        """Keep the draft elsewhere, its folder having been moved or deleted."""
        with suppress(OSError):
            self.draft = Draft.rescue(self.folder, self.texts, self._saved_texts())
            self._unwritten.clear()
            self.unkept = ""

    def _existing(self, where: EntryRef) -> EntryRef:
        return where if self.block(where) else next(self._refs(), EntryRef(HEAD, 0))

    # --- Titles and ids ------------------------------------------------------------------------

    def title(self, where: EntryRef) -> str:
        """Return the title of an entry, in quotes."""
        return f"« {title_of(where.kind, self.block(where))} »"

    def title_of(self, kind: str, id_: str) -> str:
        """Return the title of an entry, in quotes, by its id; the id where it is gone."""
        return title_in(self.texts, kind, id_)

    def free_id(self, words: str) -> str:
        """Return an unused id made of these words."""
        return id_of(words, {str(raw.get("id")) for kind in KINDS for raw in self.blocks(kind)})


def title_in(texts: Mapping[str, str], kind: str, id_: str) -> str:
    """Return the title of an entry of some files, in quotes, by its id; the id where it is none."""
    raws = (raw for raw in _blocks(texts, kind) if str(raw.get("id", "")) == id_)
    return f"« {title_of(kind, next(raws, {'id': id_}))} »"


_LIMITS = "limites"


def _differ(raw: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    """Tell whether two entries say something else; the blanks around a text say nothing."""
    if raw is None or other is None:
        return raw is not other
    return raw != other and _without_blanks(raw) != _without_blanks(other)


def _without_blanks(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: _bare(each) for key, each in raw.items()}


def _bare(value: object) -> object:
    """Return a value as lists read it: the blanks around a text say nothing."""
    return value.strip() if isinstance(value, str) else value


def _blocks(texts: Mapping[str, str], kind: str) -> list[dict[str, Any]]:
    """Return the entries of a kind as these files have them, in their order."""
    return _entries(texts.get(file_of(kind), ""), kind)


@lru_cache(maxsize=64)
def _entries(text: str, kind: str) -> list[dict[str, Any]]:
    """Return the entries of a text; none where it is not valid TOML. Cached: do not change them."""
    content = parse_or_empty(text)
    entries = [content] if kind == HEAD else content.get(kind, [])
    return [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []


def errors_in(inspection: Inspection) -> int:
    """Count the problems that prevent a list from being served."""
    return sum(problem.severity is Severity.ERROR for problem in inspection.problems)
