"""From files to a list: read, laid one over the other, checked; every problem is collected.

A list may start from another (`base`), and a school's own file may be laid over it. Each is
a *layer*: its entries change those of the layer below that have the same id, or are added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs import rules
from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import SCHOOL, Kinds, Near
from signs.files.document import Document
from signs.files.tables import Layer, Origin, Row, Tables, no_tables
from signs.loading import overlay
from signs.loading.collector import ProblemCollector
from signs.loading.protected import protected_changes
from signs.loading.school_answers import apply_answers
from signs.loading.stale_references import drop_stale_references
from signs.model.entries import Advice, ListInfo, Retired
from signs.model.fields import FORMAT
from signs.model.keys import keys_of
from signs.model.school import Contact, School
from signs.model.sign_list import HEAD, KINDS, SignList
from signs.text.normalize import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path


class ListAssembler:
    """Reads one list, and collects what is wrong with it.

    Parameters
    ----------
    base_of
        Tells, for a list's folder and what it says after `base`, where that other list stands.
    thorough
        Whether to look for what is worth a remark too; what is only to be shown needs none.
    """

    def __init__(self, base_of: Callable[[Path, str], Path], *, thorough: bool = True) -> None:
        self._found = ProblemCollector()
        self._thorough = thorough
        self._base_of = base_of

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with it, in the order it was found."""
        return self._found.problems

    def read(self, folder: Path, school: Path | None = None) -> SignList | None:
        """Return the list, a school's file laid over it; `None` once there is an error."""
        tables = no_tables()
        sign_list = self._list(folder, tables, ())
        if school is None:
            return sign_list
        return self._school(school, sign_list, tables)

    # --- Lists ----------------------------------------------------------------------------

    def _list(self, folder: Path, tables: Tables, above: tuple[Path, ...]) -> SignList | None:
        before = self._found.errors
        head = self._found.opened(folder / HEAD)
        below = None
        if head is not None and isinstance(base := head.content.get("base"), str):
            below = self._base(folder, head, base, tables, (*above, folder.resolve()))
            if below is None:
                self._head(head)
                return None
        info = None if head is None else self._head(head)
        layer = Layer(
            head or Document(folder / HEAD, "", {}),
            below=below,
            hidden=() if info is None else info.hidden,
        )
        self._files(folder, layer, tables)
        self._settle_rows(layer, tables)
        if info is None:
            self._found.add_all(rules.identity_problems(tables), layer, tables)
            self._found.add_all(rules.wording_problems(tables, None), layer, tables)
            return None
        if below is not None:
            info = info.model_copy(update={"retired": (*below.info.retired, *info.retired)})
        sign_list = self._whole(folder.name, info, None, layer, tables)
        return sign_list if self._found.errors == before else None

    def _base(
        self, folder: Path, head: Document, base: str, tables: Tables, above: tuple[Path, ...]
    ) -> SignList | None:
        """Read the list that this one starts from; its remarks are for whoever keeps it."""
        start = self._base_of(folder, base)
        if start.resolve() in above:
            self._found.add(head, Problem("circular-base", Subject(HEAD), ("base",)))
            return None
        if not (start / HEAD).is_file():
            self._found.add(head, Problem("missing-base", Subject(HEAD), ("base",), {"base": base}))
            return None
        reader = ListAssembler(self._base_of, thorough=False)
        below = reader._list(start, tables, above)
        self._found.merge_errors(reader._found)
        if below is None:
            self._found.add(head, Problem("invalid-base", Subject(HEAD), ("base",), {"base": base}))
        return below

    def _head(self, head: Document) -> ListInfo | None:
        own = {key: value for key, value in head.content.items() if key != "retire"}
        info = self._found.value(head, (), ListInfo, own, Subject(HEAD))
        retired = self._found.values(head, "retire", Retired)
        if info is None:
            return None
        self._format(head, Subject(HEAD), info.format)
        return info.model_copy(update={"retired": retired})

    def _format(self, document: Document, subject: Subject, written: int) -> None:
        known = {"known": FORMAT}
        if written > FORMAT:
            params = known | {"written": written}
            self._found.add(document, Problem("future-format", subject, ("format",), params))
        elif "format" not in document.content:
            self._found.add(document, Problem("missing-format", subject, (), known))

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
            document = self._found.opened(path)
            if document is None:
                continue
            layer.files[file] = document
            # What others name may stand under a heading nobody knows: that is told, not them.
            all_known = document.content.keys() <= set(kinds)
            for kind in kinds:
                missing = kind in needed and kind not in document.content
                tables[kind].readable = all_known and not missing
                if missing and all_known:
                    self._found.add(document, Problem("missing-entries", params={"kind": kind}))
            self._lay(document, kinds, document.content, layer, tables)
        if self._thorough:
            self._strangers(folder, kinds_of)

    def _strangers(self, folder: Path, known: Collection[str]) -> None:
        """Say which files of the folder nobody reads."""
        names, told = {HEAD, *known}, {problem.file for problem in self._found.problems}
        here = sorted(folder.iterdir())
        missing = names - {each.name for each in here}
        for path in here:
            if path.name in names or not path.name.lower().endswith((".toml", ".toml.txt")):
                continue
            near = nearest(path.name, names)
            if near in missing and (str(folder / near) in told or (folder / near).exists()):
                continue  # it was told, and this one named; or capitals make no difference here
            params = {
                "school": path.name == "ecole.toml",
                "rename": near if near in missing else None,
                "alike": near,
            }
            self._found.problems.append(Problem("unread-file", params=params, file=str(path)))

    # --- The school's file ------------------------------------------------------------------

    def _school(self, path: Path, below: SignList | None, tables: Tables) -> SignList | None:
        document = self._found.opened(path)
        if document is None:
            return None
        before = self._found.errors
        own = {k: v for k, v in document.content.items() if k not in {*KINDS, "contact"}}
        school = self._found.value(document, (), School, own, Subject(SCHOOL))
        contacts = self._found.values(document, "contact", Contact)
        if below is None or school is None:
            return None
        self._format(document, Subject(SCHOOL), school.format)
        school = school.model_copy(update={"contacts": contacts})
        layer = Layer(
            document,
            {kind.file: document for kind in KINDS.values()},
            below,
            school.hidden,
            words_only=True,
        )
        found = rules.school_problems(school, below.info, thorough=self._thorough)
        self._found.add_all(found, layer, tables)
        entries = {kind: raw for kind, raw in document.content.items() if kind in KINDS}
        self._lay(document, list(KINDS), entries, layer, tables)
        self._settle_rows(layer, tables)
        sign_list = self._whole(below.id, below.info, school, layer, tables)
        if sign_list is None or self._found.errors > before:
            return None
        return apply_answers(sign_list, school.answers)

    # --- What both have in common -----------------------------------------------------------

    def _lay(
        self,
        document: Document,
        kinds: list[str],
        content: Mapping[str, object],
        layer: Layer,
        tables: Tables,
    ) -> None:
        """Add what a file says to the tables, or change there what stands below it."""
        headless = _headless(kinds, content)
        headings = {"kinds": Kinds(kinds)}
        if headless:
            self._found.add(document, Problem("missing-heading", None, (headless[0],), headings))
        for kind, blocks in content.items():
            if kind in headless:
                continue
            if kind not in kinds:
                params = headings | {"near": Near.to(kind, kinds)}
                self._found.add(document, Problem("unknown-heading", None, (kind,), params))
            elif not isinstance(blocks, list):
                self._found.add(document, Problem("not-entries", None, (kind,), {"heading": kind}))
            else:
                self._lay_blocks(document, kind, blocks, layer, tables)

    def _lay_blocks(
        self, document: Document, kind: str, blocks: list[object], layer: Layer, tables: Tables
    ) -> None:
        table = tables[kind]
        standing = {row.id: place for place, row in enumerate(table.rows) if row.id is not None}
        laid: dict[str, int] = {}
        for place, raw in enumerate(blocks):
            said = raw if isinstance(raw, dict) else {}
            id_ = said.get("id")
            row = Row(
                id_ if isinstance(id_, str) else None,
                raw,
                (Origin(document, place, frozenset(said)),),
            )
            if layer.below is not None and row.id is not None:
                at = (kind, place, "id")
                if row.id in laid:
                    params = {"other_line": document.line(kind, laid[row.id], "id")}
                    subject = Subject(kind, row.id, place)
                    twice = Problem("entry-changed-twice", subject, ("id",), params)
                    self._found.add(document, twice, at)
                    continue
                laid[row.id] = place
                if row.id in standing:
                    lower = table.rows[standing[row.id]]
                    table.rows[standing[row.id]] = overlay.merge_rows(lower, row)
                    continue
                if left_aside := overlay.why_ignored(kind, row, layer.below, list(standing)):
                    self._found.add(document, left_aside, at)
                    continue
            table.rows.append(row)

    def _settle_rows(self, layer: Layer, tables: Tables) -> None:
        """Have the model look at every entry that this layer says something of."""
        documents = layer.documents
        if layer.below is not None:
            for problem, row in drop_stale_references(
                tables, layer.below, documents, forgiving=layer.words_only
            ):
                self._found.add_to(row, problem)
        for kind, table in tables.items():
            for row in table.rows:
                if row.document in documents and row.entry is None:
                    row.entry = self._found.entry(kind, row)

    def _whole(
        self, id_: str, info: ListInfo, school: School | None, layer: Layer, tables: Tables
    ) -> SignList | None:
        """Return what the tables make together; `None` once there is an error."""
        before = self._found.errors
        if layer.below is not None:
            self._hide(layer, info, layer.below.advice, tables)
        self._found.add_all(rules.identity_problems(tables), layer, tables)
        sound = not self._found.errors
        self._found.add_all(rules.wording_problems(tables, info), layer, tables)
        if self._thorough:
            self._found.add_all(rules.markup_remarks(tables, info), layer, tables)
        if not sound:
            return None
        overlay.expand_aliases(tables)
        if layer.below is None:  # its own entries are checked whole before they are hidden
            advice = [entry for _place, entry in tables["conseil"].placed(Advice)]
            self._hide(layer, info, advice, tables)
        sign_list = SignList.of_sound(
            id=id_,
            info=info,
            school=school,
            **{
                kind.field: tuple(row.entry for row in tables[name].rows)
                for name, kind in KINDS.items()
            },
        )
        if layer.below is not None:
            touched = protected_changes(
                layer.below, tables, layer.documents, words_only=layer.words_only
            )
            self._found.add_all(touched, layer, tables)
        if self._found.errors == before:  # what holds is told once, where it was touched
            self._found.add_all(rules.safety_problems(sign_list, tables), layer, tables)
        if self._found.errors == before and self._thorough:
            self._found.add_all(rules.remarks(sign_list, tables), layer, tables)
        return sign_list if self._found.errors == before else None

    def _hide(
        self, layer: Layer, info: ListInfo, advice: Collection[Advice], tables: Tables
    ) -> None:
        for problem in overlay.hide(layer.hidden, info.retired, advice, tables):
            self._found.add(layer.head, problem)


def _headless(kinds: list[str], content: Mapping[str, object]) -> list[str]:
    """Return the keys that stand before any heading, and that an entry would have."""
    keys = {key for kind in kinds for key in keys_of(KINDS[kind].entry)}
    return [key for key in content if key in keys and key not in kinds]
