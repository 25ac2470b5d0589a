"""Assemble a list from layers of files: read, merge, validate; every problem is collected.

A list may start from another (`base`); an académie's file may override it, and a school's own
file both. Each is a *layer*: its entries change those of the layer below that have the same id, or
are added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from signs import rules
from signs.diagnostics.problem import LayerName, Problem, Subject
from signs.diagnostics.reporter import ACADEMY, PUBLISHER, SCHOOL, Kinds, Near
from signs.diagnostics.validation_messages import heading_of, unknown_heading
from signs.files.file_names import conflicted_with, copied_from, meant_for, near_name, visible
from signs.files.tables import Layer, Origin, Row, Tables, no_tables
from signs.loading import overlay
from signs.loading.collector import ProblemCollector
from signs.loading.protected import protected_changes
from signs.loading.school_answers import apply_answers
from signs.loading.stale_references import drop_stale_references
from signs.model.academy import Academy, AcademyContact
from signs.model.entries import Advice, ListInfo, Retired
from signs.model.fields import FORMAT
from signs.model.keys import keys_of
from signs.model.outlines import ACADEMY_OUTLINE, OUTLINES, SCHOOL_OUTLINE
from signs.model.publisher import Publisher
from signs.model.school import Contact, School
from signs.model.sign_list import HEAD, KINDS, SignList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from signs.files.document import Document
    from signs.model.outlines import Outline


OwnT = TypeVar("OwnT", Academy, School)


class OwnFiles(NamedTuple):
    """The files that override a list."""

    academy: Path | None = None
    school: Path | None = None


NO_FILES = OwnFiles()


class Below(NamedTuple):
    """What a school's file overrides."""

    tables: Tables
    sign_list: SignList | None
    """`None` where there is an error."""
    academy: Academy | None = None

    def copy(self) -> Below:
        """Return it with tables of its own: a school's file changes them."""
        tables = {
            kind: replace(table, rows=[replace(row) for row in table.rows])
            for kind, table in self.tables.items()
        }
        return self._replace(tables=tables)


class ListAssembler:
    """Reads one list and collects its problems.

    Parameters
    ----------
    base_of
        Returns the folder of a base list, given the derived list's folder and its `base` key.
    shipped
        The names of the lists that come with the package, for suggestions.
    thorough
        Whether to look for remarks too; displaying a list needs errors only.
    """

    def __init__(
        self,
        base_of: Callable[[Path, str], Path],
        *,
        shipped: Collection[str] = (),
        thorough: bool = True,
    ) -> None:
        self._shipped = shipped
        self._collector = ProblemCollector()
        self._thorough = thorough
        self._base_of = base_of

    @property
    def problems(self) -> list[Problem]:
        """The problems, in the order they were found."""
        return self._collector.problems

    def read(self, folder: Path, files: OwnFiles = NO_FILES) -> SignList | None:
        """Return the list, overridden by an académie's file and a school's, if any.

        `None` once there is an error.
        """
        below = self.read_below(folder, files.academy)
        if files.school is not None:
            return self.read_school(files.school, below)
        return below.sign_list

    def read_below(self, folder: Path, academy: Path | None = None) -> Below:
        """Return what schools' files override: the list, with an académie's file over it if any."""
        tables = no_tables()
        below = Below(tables, self._list(folder, tables, ()))
        return below if academy is None else self._academy(academy, below)

    def read_school(self, school: Path, below: Below) -> SignList | None:
        """Return a list overridden by a school's file; the tables below change."""
        self._collector.layer = LayerName.SCHOOL
        return self._school(school, below)

    # --- Lists ----------------------------------------------------------------------------

    def _list(self, folder: Path, tables: Tables, above: tuple[Path, ...]) -> SignList | None:
        before = self._collector.errors
        head = self._opened(folder / HEAD, OUTLINES[HEAD])
        if head is None:  # nobody knows what the other files lack
            self._read_only(folder)
            return None
        self._placeholders(head, HEAD)
        below = None
        if isinstance(base := head.content.get("base"), str):
            below = self._base(folder, head, base, tables, (*above, folder.resolve()))
            if below is None:
                self._head(head)
                return None
        info = self._head(head)
        layer = Layer(
            head,
            below=below,
            hidden=() if info is None else info.hidden,
        )
        self._files(folder, layer, tables)
        self._validate_rows(layer, tables)
        if info is None:
            self._collector.add_all(rules.identity_problems(tables), layer, tables)
            self._collector.add_all(rules.wording_problems(tables, None), layer, tables)
            return None
        if below is not None:
            info = info.model_copy(update={"retired": (*below.info.retired, *info.retired)})
        sign_list = self._build(folder.name, info, None, layer, tables)
        return sign_list if self._collector.errors == before else None

    def _read_only(self, folder: Path) -> None:
        """Read the files that are there, for what is wrong whatever the list is."""
        for name in dict.fromkeys(kind.file for kind in KINDS.values()):
            if (folder / name).is_file():
                self._collector.opened(folder / name, OUTLINES[name])

    def _base(
        self, folder: Path, head: Document, base: str, tables: Tables, above: tuple[Path, ...]
    ) -> SignList | None:
        """Read the base list; its remarks are for its own maintainer."""
        start = self._base_of(folder, base)
        if start.resolve() in above:
            self._collector.add(head, Problem("circular-base", Subject(HEAD), ("base",)))
            return None
        if not (start / HEAD).is_file():
            params = {"base": base, "near": Near.to(base, self._shipped)}
            self._collector.add(head, Problem("missing-base", Subject(HEAD), ("base",), params))
            return None
        reader = ListAssembler(self._base_of, shipped=self._shipped, thorough=False)
        below = reader._list(start, tables, above)
        self._collector.merge_errors(reader._collector)
        if below is None:
            self._collector.add(
                head, Problem("invalid-base", Subject(HEAD), ("base",), {"base": base})
            )
        return below

    def _head(self, head: Document) -> ListInfo | None:
        own = {key: value for key, value in head.content.items() if key != "retire"}
        info = self._collector.value(head, (), ListInfo, own, Subject(HEAD))
        retired = self._collector.values(head, "retire", Retired)
        if info is None:
            return None
        self._format(head, Subject(HEAD), info.format)
        return info.model_copy(update={"retired": retired})

    def _format(self, document: Document, subject: Subject, written: int) -> None:
        known = {"known": FORMAT}
        if written > FORMAT:
            params = known | {"written": written}
            self._collector.add(document, Problem("future-format", subject, ("format",), params))
        elif "format" not in document.content:
            self._collector.add(document, Problem("missing-format", subject, (), known))

    def _files(self, folder: Path, layer: Layer, tables: Tables) -> None:
        kinds_of: dict[str, list[str]] = {}
        for name, each in KINDS.items():
            kinds_of.setdefault(each.file, []).append(name)
        for file, kinds in kinds_of.items():
            path = folder / file
            needed = [kind for kind in kinds if KINDS[kind].needed and layer.below is None]
            if not needed and not path.is_symlink() and not path.exists():
                for kind in kinds:
                    tables[kind].readable = True
                continue
            document = self._opened(path, OUTLINES[file])
            if document is None:
                continue
            layer.files[file] = document
            # A named entry may be under an unknown heading: report the heading, not the references.
            all_known = document.content.keys() <= set(kinds)
            for kind in kinds:
                missing = kind in needed and kind not in document.content
                tables[kind].readable = all_known and not missing
                if missing and all_known:
                    self._collector.add(document, Problem("missing-entries", params={"kind": kind}))
            self._add_content(document, kinds, document.content, layer, tables)
        if self._thorough:
            self._report_unread_files(folder, kinds_of)

    def _opened(self, path: Path, outline: Outline) -> Document | None:
        document = self._collector.opened(path, outline)
        if document is not None and self._thorough:
            for problem in rules.hidden_remarks(document, outline.entries):
                key = problem.key
                if problem.entry is not None and problem.entry.kind != HEAD:
                    key = (problem.entry.kind, problem.entry.index, *key)
                self._collector.add(document, problem, key)
        return document

    def _placeholders(self, document: Document, whole: str) -> None:
        for problem in rules.placeholder_problems(document.content, whole):
            entry, key = problem.entry, problem.key
            at = (entry.kind, entry.index, *key) if entry and entry.kind != whole else key
            self._collector.settle(document, problem, at)

    def _report_unread_files(self, folder: Path, known: Collection[str]) -> None:
        """Report the files of the folder that people may believe are read."""
        names, reported = {HEAD, *known}, {problem.file for problem in self._collector.problems}
        paths = [path for path in visible(folder) if path.name not in names]
        missing = {name for name in names if not (folder / name).exists()}
        for path in paths:
            params = _unread(path.name, sorted(names), missing)
            if params is None or str(folder / str(params.get("rename"))) in reported:
                continue  # nothing of a list's; or reported as missing, naming this one
            unread = Problem("unread-file", params=params, file=str(path))
            self._collector.problems.append(unread)

    # --- The files of an académie and of a school ---------------------------------------------

    def _academy(self, path: Path, below: Below) -> Below:
        self._collector.layer = LayerName.ACADEMY
        document = self._opened(path, ACADEMY_OUTLINE)
        if document is None:
            return below._replace(sign_list=None)
        before = self._collector.errors
        academy = self._own(document, ACADEMY, Academy, AcademyContact)
        if below.sign_list is None or academy is None:
            return below._replace(sign_list=None)
        layer = self._words_layer(document, below.sign_list, academy.hidden)
        info = below.sign_list.info
        thorough = self._thorough and self._collector.errors == before  # no contact is left out
        problems = rules.academy_problems(academy, info, thorough=thorough)
        self._collector.add_all(problems, layer, below.tables)
        sign_list = self._overlaid(layer, academy.as_school(), below.tables)
        if self._collector.errors > before:
            sign_list = None
        return Below(below.tables, sign_list, academy)

    def _school(self, path: Path, below: Below) -> SignList | None:
        document = self._opened(path, SCHOOL_OUTLINE)
        if document is None:
            return None
        before = self._collector.errors
        if not document.text.strip():  # cut short as it was saved: its contacts are elsewhere
            self._collector.add(document, Problem("empty-file"))
            return None
        school = self._own(document, SCHOOL, School, Contact)
        if below.sign_list is None or school is None:
            return None
        layer = self._words_layer(document, below.sign_list, school.hidden)
        layer.hidden_above = below.academy.hidden if below.academy else ()
        info = below.sign_list.info
        problems = rules.school_problems(
            school, document.path, info, below.academy, thorough=self._thorough
        )
        self._collector.add_all(problems, layer, below.tables)
        if below.academy is not None:
            school = below.academy.under(school)
        sign_list = self._overlaid(layer, school, below.tables)
        if sign_list is None or self._collector.errors > before:
            return None
        return apply_answers(sign_list, school.answers)

    def _own(
        self, document: Document, what: str, model: type[OwnT], contact: type[Contact]
    ) -> OwnT | None:
        """Return what such a file says of itself, with its contacts and who publishes."""
        self._placeholders(document, what)
        own = self._collector.value(document, (), model, _own_keys(document), Subject(what))
        contacts = self._collector.values(document, "contact", contact)
        publisher = self._publisher(document)
        if own is None:
            return None
        self._format(document, Subject(what), own.format)
        return own.model_copy(update={"contacts": contacts, "publisher": publisher})

    def _publisher(self, document: Document) -> Publisher | None:
        raw = document.content.get(PUBLISHER)
        if raw is None:
            return None
        return self._collector.value(document, (PUBLISHER,), Publisher, raw, Subject(PUBLISHER))

    def _words_layer(self, document: Document, below: SignList, hidden: tuple[str, ...]) -> Layer:
        """Return the layer of a file that changes words of the list, and no rule."""
        files = {kind.file: document for kind in KINDS.values()}
        return Layer(document, files, below, hidden, words_only=True)

    def _overlaid(self, layer: Layer, school: School, tables: Tables) -> SignList | None:
        """Return the list below with the entries of such a file over it."""
        document, below = layer.head, cast("SignList", layer.below)
        entries = {kind: raw for kind, raw in document.content.items() if kind in KINDS}
        if not (entries or layer.hidden or self._thorough):  # the rules are those of below
            return below.of_school(school)
        self._add_content(document, list(KINDS), entries, layer, tables)
        self._validate_rows(layer, tables)
        return self._build(below.id, below.info, school, layer, tables)

    # --- Shared by both ---------------------------------------------------------------------

    def _add_content(
        self,
        document: Document,
        kinds: list[str],
        content: Mapping[str, object],
        layer: Layer,
        tables: Tables,
    ) -> None:
        """Merge the content of a file into the tables."""
        stray = _keys_before_headings(kinds, content)
        headings = {"kinds": Kinds(kinds)}
        if stray:
            self._collector.add(document, Problem("missing-heading", None, (stray[0],), headings))
        for kind, blocks in content.items():
            if kind in stray:
                continue
            if kind not in kinds:
                params = {"heading": heading_of(kind, blocks)}
                params |= unknown_heading(kind, document.outline)
                self._collector.add(document, Problem("unknown-heading", None, (kind,), params))
            elif not isinstance(blocks, list):
                self._collector.add(
                    document, Problem("not-entries", None, (kind,), {"heading": kind})
                )
            else:
                self._add_blocks(document, kind, blocks, layer, tables)

    def _add_blocks(
        self, document: Document, kind: str, blocks: list[object], layer: Layer, tables: Tables
    ) -> None:
        table = tables[kind]
        lower_indexes = {
            row.id: index for index, row in enumerate(table.rows) if row.id is not None
        }
        seen: dict[str, int] = {}
        for index, raw in enumerate(blocks):
            values = raw if isinstance(raw, dict) else {}
            id_ = values.get("id")
            row = Row(
                id_ if isinstance(id_, str) else None,
                raw,
                (Origin(document, index, frozenset(values)),),
            )
            if layer.below is not None and row.id is not None:
                at = (kind, index, "id")
                if row.id in seen:
                    params = {"other_line": document.line(kind, seen[row.id], "id")}
                    subject = Subject(kind, row.id, index)
                    twice = Problem("entry-changed-twice", subject, ("id",), params)
                    self._collector.add(document, twice, at)
                    continue
                seen[row.id] = index
                if row.id in lower_indexes:
                    lower_index = lower_indexes[row.id]
                    table.rows[lower_index] = overlay.merge_rows(table.rows[lower_index], row)
                    continue
                if ignored := overlay.why_ignored(
                    kind, row, layer, layer.below, list(lower_indexes)
                ):
                    self._collector.add(document, ignored, at)
                    continue
            table.rows.append(row)

    def _validate_rows(self, layer: Layer, tables: Tables) -> None:
        """Validate every entry that this layer adds or changes."""
        documents = layer.documents
        if layer.below is not None:
            for problem, row in drop_stale_references(
                tables, layer.below, documents, forgiving=layer.words_only
            ):
                self._collector.add_to(row, problem)
        for kind, table in tables.items():
            for row in table.rows:
                if row.document in documents and row.entry is None:
                    row.entry = self._collector.entry(kind, row)

    def _build(
        self, id_: str, info: ListInfo, school: School | None, layer: Layer, tables: Tables
    ) -> SignList | None:
        """Build the list from the tables and apply the rules; `None` once there is an error."""
        before = self._collector.errors
        if layer.below is not None:
            self._hide(layer, info, layer.below.advice, tables)
        self._collector.add_all(rules.identity_problems(tables), layer, tables)
        valid = not self._collector.errors
        self._collector.add_all(rules.wording_problems(tables, info), layer, tables)
        if self._thorough:
            self._collector.add_all(rules.markup_remarks(tables, info), layer, tables)
        if not valid:
            return None
        overlay.expand_aliases(tables)
        if layer.below is None:  # its own entries are all checked before any is hidden
            advice = [entry for _index, entry in tables["conseil"].valid_entries(Advice)]
            self._hide(layer, info, advice, tables)
        sign_list = SignList.of_valid(
            id=id_,
            info=info,
            school=school,
            **{
                kind.field: tuple(row.entry for row in tables[name].rows)
                for name, kind in KINDS.items()
            },
        )
        if layer.below is not None:
            changes = protected_changes(
                layer.below, tables, layer.documents, words_only=layer.words_only
            )
            self._collector.add_all(changes, layer, tables)
        if self._collector.errors == before:  # a protected change is reported once
            self._collector.add_all(rules.safety_problems(sign_list, tables), layer, tables)
        if self._collector.errors == before and self._thorough:
            self._collector.add_all(rules.remarks(sign_list, tables), layer, tables)
        return sign_list if self._collector.errors == before else None

    def _hide(
        self, layer: Layer, info: ListInfo, advice: Collection[Advice], tables: Tables
    ) -> None:
        for problem in overlay.hide(layer, info.retired, advice, tables):
            self._collector.add(layer.head, problem)


def _own_keys(document: Document) -> dict[str, object]:
    """Return what the file of a school or an académie says of itself, without its tables."""
    headings = {*document.outline.entries, *document.outline.blocks}
    return {key: value for key, value in document.content.items() if key not in headings}


def _unread(name: str, names: Collection[str], missing: Collection[str]) -> dict[str, Any] | None:
    """Return parameters for a file that is not read; `None` where nobody would believe it is.

    What may hold somebody's work is never to be thrown away, nor to take the place of a file.
    """
    if other := meant_for(name, names):
        return {"format": other}
    if not name.lower().endswith((".toml", ".toml.txt")):
        return None
    conflict = conflicted_with(name, names)
    near = conflict or copied_from(name, names) or near_name(name, names)
    if near in missing:
        return {"rename": near}
    return {"school": name == "ecole.toml", "conflict": conflict, "alike": near}


def _keys_before_headings(kinds: list[str], content: Mapping[str, object]) -> list[str]:
    """Return the keys before any heading that belong to an entry."""
    keys = {key for kind in kinds for key in keys_of(KINDS[kind].entry)}
    return [key for key in content if key in keys and key not in kinds]
