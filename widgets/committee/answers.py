"""What a committee wrote in the sheets: readings, other words, remarks; and what cannot be read.

Nothing is guessed. A row says by its reference what it is about; what does not go together is
told with its cell, and left.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from signs.files.document import LONGEST_TEXT
from signs.model.readings import READING, Opinion, Reading
from signs.model.reviews import digest_of, reviewed_entries, same_role
from signs.rules.readings import names_somebody
from signs.text import opening_hours
from signs.text.hours_in_french import suggest_notation
from signs.text.normalize import folded
from signs.text.typography import typography
from widgets.committee import book
from widgets.committee.rows import Reference, raw_values, text_digest
from widgets.committee.sheets import ReadSheet, SheetError
from widgets.editor.forms.fields import Control, Field, fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.texts import is_text, plain_text, shown_text
from widgets.editor.session.proposals import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model.fields import Identified
    from signs.model.sign_list import SignList


@dataclass
class Answers:
    """What was read from the sheets."""

    readings: list[Reading] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """What was not read, each with its cell."""


class _Columns(NamedTuple):
    """Where the columns of a sheet are by now."""

    head: int
    """The row of the titles: below others where it was sorted with them."""
    text: int
    opinion: int
    role: int
    proposed: int
    remark: int
    reference: int

    def to_read(self, sheet: ReadSheet) -> list[int]:
        """Return the rows that may answer: above the titles, only those with a reference."""
        return [
            row
            for row in range(len(sheet.rows))
            if row > self.head or Reference.of(sheet.cell(row, self.reference))
        ]


@dataclass(frozen=True)
class _Answer:
    """A row that somebody answered."""

    sheet: ReadSheet
    row: int
    columns: _Columns
    reference: Reference
    text: str
    opinion: Opinion | None
    mend: bool
    """Whether they say that it is to be mended."""
    role: str
    proposed: str
    remark: str


_OPINIONS: dict[str, Opinion | None] = {
    **dict.fromkeys(("relu", "relue", "lu", "lue", "vu", "vue", "x", "ok"), "relu"),
    **dict.fromkeys(
        ("approuve", "approuvee", "valide", "validee", "accord", "d-accord", "oui"), "approuve"
    ),
    **dict.fromkeys(("a-corriger", "corriger", "a-revoir", "non"), None),
}
_ERROR = re.compile(r"#[A-ZÉ0-9/]+[!?]?|Err:\d+")
_SHOWN = 40


def read_answers(sheets: list[ReadSheet], sign_list: SignList) -> Answers:
    """Return what was answered in sheets, about a list as it is by now.

    Raises
    ------
    SheetError
        When they are not those of a review, or a column is missing: nothing is read then.
    """
    return _Reader(sheets, sign_list).answers()


class _Reader:
    def __init__(self, sheets: list[ReadSheet], sign_list: SignList) -> None:
        self._sheets = sheets
        self._entries = {(kind, entry.id): entry for kind, entry in reviewed_entries(sign_list)}
        self._today = opening_hours.today().isoformat()
        self._readings = sign_list.readings
        self._found = Answers()
        self._role = self._day = ""

    def answers(self) -> Answers:
        columns = self._all_columns()
        self._first_sheet()
        shown = {
            reference.text_digest
            for sheet, its in columns
            for row in range(len(sheet.rows))
            if (reference := Reference.of(sheet.cell(row, its.reference)))
        }
        self._comments_astray({sheet.name: its for sheet, its in columns})
        answers = [
            answer
            for sheet, its in columns
            for row in its.to_read(sheet)
            if (answer := self._row(sheet, its, row, shown))
        ]
        self._twice(answers)
        for answer in answers:
            self._propose(answer)
        self._found.readings = [*self._taken(answers)]
        return self._found

    def _tell(self, where: str, what: str) -> None:
        self._found.troubles.append(typography(f"{where} : {what}"))

    # --- Sheets and columns ------------------------------------------------------------------

    def _all_columns(self) -> list[tuple[ReadSheet, _Columns]]:
        """Return the sheets to read, with their columns; raise where one is missing."""
        found: list[tuple[ReadSheet, _Columns]] = []
        wrong: list[str] = []
        ours = {folded(book.sheet_name(kind)) for kind in KIND_WORDS}
        aside = {folded(book.FIRST), folded(book.SIGNATURES)}
        for sheet in self._sheets:
            reference = _reference_column(sheet)
            if reference is not None:
                columns = _columns(sheet, reference, wrong)
                if columns is not None:
                    found.append((sheet, columns))
            elif folded(sheet.name) in ours:
                wrong.append(
                    f"feuille « {sheet.name} » : la colonne « {book.REFERENCE} » n'y est plus. "
                    "Sans elle, rien ne dit de quel texte il s'agit"
                )
            elif folded(sheet.name) not in aside and any(map(any, sheet.rows)):
                self._tell(
                    f"feuille « {sheet.name} »", "elle n'est pas de Repères, elle n'est pas lue."
                )
        if wrong:
            raise SheetError(
                f"Rien n'est repris. {' ; '.join(wrong)[:1].upper()}{' ; '.join(wrong)[1:]}. "
                "Remettez-la comme elle était, ou annulez dans votre tableur, puis recommencez."
            )
        if not found:
            raise SheetError(
                "Ce fichier n'est pas une relecture de Repères : aucune de ses lignes n'a de "
                "référence. Donnez celui que « reperes relecture » a écrit, rempli."
            )
        return found

    def _first_sheet(self) -> None:
        """Read whose the file is, and of which day."""
        self._day = self._today
        labels = {folded(book.ROLE_LABEL): "_role", folded(book.DAY_LABEL): "_day"}
        for sheet in self._sheets:
            if folded(sheet.name) != folded(book.FIRST):
                continue
            for row in range(len(sheet.rows)):
                name = labels.get(folded(sheet.cell(row, 0)))
                value = plain_text(sheet.cell(row, 1))
                if not name or not value:
                    continue
                if name == "_role":
                    self._role = self._nobody(value, sheet.place(row, 1))
                else:
                    self._day = self._dated(value, sheet.place(row, 1))

    def _dated(self, text: str, place: str) -> str:
        day = next(each for each in fields_of(READING) if each.key == "le")
        written = str(day.written(text))
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", written) or written > self._today:
            self._tell(
                place, f"« {_short(text)} » n'est pas un jour passé. Le jour est aujourd'hui."
            )
            return self._today
        return written

    def _nobody(self, role: str, place: str) -> str:
        """Return a role, unless it is somebody's name."""
        if not names_somebody(role):
            return role
        self._tell(
            place,
            f"« {_short(role)} » paraît être un nom. Écrivez un métier ou un rôle, comme "
            "« infirmière scolaire » ; rien n'en est gardé.",
        )
        return ""

    def _comments_astray(self, columns: dict[str, _Columns]) -> None:
        """Tell which comments are beside no text, as those that are beside one are remarks."""
        for sheet in self._sheets:
            its = columns.get(sheet.name)
            for row, at in sorted(sheet.comments):
                if its is None or Reference.of(sheet.cell(row, its.reference)) is None:
                    self._tell(
                        sheet.place(row, at),
                        f"le commentaire « {_short(sheet.comments[row, at])} » n'est à côté "
                        f"d'aucun texte. Il n'est pas lu.",
                    )

    # --- Rows ----------------------------------------------------------------------------------

    def _row(
        self, sheet: ReadSheet, columns: _Columns, row: int, shown: set[str]
    ) -> _Answer | None:
        """Return what a row answers; `None` where it says nothing, or cannot be read."""
        text, opinion, role, proposed, remark = (
            plain_text(sheet.cell(row, at)) for at in columns[1:6]
        )
        reference = Reference.of(sheet.cell(row, columns.reference))
        remark = "\n".join(filter(None, (remark, *map(plain_text, sheet.hung_on(row)))))
        if reference is None:
            if opinion or proposed or remark or text:
                self._tell(
                    sheet.place(row, columns.reference),
                    "la référence est effacée ou changée. Cette ligne n'est pas lue.",
                )
            return None
        same = text_digest(text) == reference.text_digest
        if not (opinion or proposed or remark) and same:
            return None
        if (reference.kind, reference.id) not in self._entries:
            self._tell(
                sheet.place(row, columns.reference),
                f"« {_short(text)} » n'est plus dans la liste. Cette ligne n'est pas lue.",
            )
            return None
        if not same and text_digest(text) in shown:
            self._tell(
                sheet.place(row, columns.text),
                "le texte et la référence ne vont plus ensemble : des colonnes ont été triées sans "
                "les autres. Cette ligne n'est pas lue.",
            )
            return None
        if not same:
            proposed = self._written_over(sheet, columns, row, (text, proposed))
        said, mend = self._opinion(opinion, sheet.place(row, columns.opinion))
        role = self._nobody(role, sheet.place(row, columns.role)) if role else self._role
        return _Answer(
            *(sheet, row, columns, reference, text if same else ""),
            *(said, mend, role),
            *(self._usable(proposed, sheet.place(row, columns.proposed)), remark),
        )

    def _written_over(
        self, sheet: ReadSheet, columns: _Columns, row: int, texts: tuple[str, str]
    ) -> str:
        """Return what is proposed where somebody wrote over the text itself."""
        text, proposed = texts
        if proposed and text and text != proposed:
            self._tell(
                sheet.place(row, columns.text),
                "ce texte a été changé, et un autre est proposé. Seul « Texte proposé » est lu.",
            )
        if not text and not proposed:
            self._tell(
                sheet.place(row, columns.text),
                "le texte est effacé. Pour proposer de le retirer, dites-le en remarque.",
            )
        return proposed or text

    def _opinion(self, text: str, place: str) -> tuple[Opinion | None, bool]:
        if not text:
            return None, False
        if folded(text) not in _OPINIONS:
            self._tell(
                place,
                f"« {_short(text)} » n'est pas un avis. Écrivez « {book.READ} », "
                f"« {book.APPROVED} » ou « {book.TO_MEND} ».",
            )
            return None, False
        opinion = _OPINIONS[folded(text)]
        return opinion, opinion is None

    def _usable(self, proposed: str, place: str) -> str:
        if _ERROR.fullmatch(proposed):
            self._tell(place, f"une formule y donne l'erreur « {proposed} ». Tapez le texte.")
            return ""
        if len(proposed) > LONGEST_TEXT:
            self._tell(place, f"ce texte a plus de {LONGEST_TEXT} caractères. Il n'est pas lu.")
            return ""
        return proposed

    def _twice(self, answers: list[_Answer]) -> None:
        rows = Counter(str(answer.reference) for answer in answers)
        for answer in answers:
            if rows[str(answer.reference)] > 1:
                rows[str(answer.reference)] = 0
                self._tell(
                    answer.sheet.place(answer.row, answer.columns.reference),
                    "cette ligne est là plusieurs fois. Toutes ses réponses sont lues.",
                )

    # --- What they say -----------------------------------------------------------------------

    def _propose(self, answer: _Answer) -> None:
        reference = answer.reference
        entry = self._entries[reference.kind, reference.id]
        its = next((each for each in fields_of(reference.kind) if each.key == reference.key), None)
        if its is None or not is_text(its):
            self._tell(
                answer.sheet.place(answer.row, answer.columns.reference),
                "cette sorte de texte n'est plus dans la liste. Cette ligne n'est pas lue.",
            )
            return
        now = plain_text(shown_text(its, raw_values(entry)))
        text = "" if answer.proposed in {answer.text, now} else _as_written(its, answer.proposed)
        remark = answer.remark or (book.TO_MEND if answer.mend and not text else "")
        if text or remark:
            read = answer.text or (now if text_digest(now) == reference.text_digest else "")
            self._found.proposals.append(
                Proposal(*reference[:3], text, answer.role, remark, self._day, read)
            )

    def _taken(self, answers: list[_Answer]) -> Iterator[Reading]:
        """Yield one reading an entry and a role, bound to the words that stood in the sheet."""
        said: dict[tuple[str, str, str], list[_Answer]] = {}
        for answer in answers:
            if answer.opinion and not answer.role:
                self._tell(
                    answer.sheet.place(answer.row, answer.columns.role),
                    "il manque le rôle de qui a lu : l'avis n'est pas repris. Écrivez-le ici, ou "
                    f"dans la feuille « {book.FIRST} ».",
                )
            elif answer.opinion or answer.mend:
                key = (answer.reference.kind, answer.reference.id, folded(answer.role))
                said.setdefault(key, []).append(answer)
        for (kind, id_, _role), its in said.items():
            if all(answer.opinion for answer in its):
                yield from self._reading(self._entries[kind, id_], its)

    def _reading(self, entry: Identified, answers: list[_Answer]) -> Iterator[Reading]:
        first = answers[0]
        opinions = {answer.opinion for answer in answers}
        digest = first.reference.entry_digest
        known = next(
            (
                each
                for each in self._readings
                if each.entry == entry.id and same_role(each.role, first.role)
            ),
            None,
        )
        if digest != digest_of(entry):
            self._tell(
                first.sheet.place(first.row, first.columns.opinion),
                "la liste a changé depuis cette feuille : ce texte reste à relire.",
            )
            if known is not None:
                return
        reading = Reading(
            id=f"lu-{entry.id}",
            entree=entry.id,
            avis="relu" if "relu" in opinions else "approuve",
            par=first.role,
            le=self._day,
            empreinte=digest,
        )
        if (
            known
            and known.digest == digest
            and (known.opinion == reading.opinion or known.read_on > self._day)
        ):
            return
        yield reading


def _reference_column(sheet: ReadSheet) -> int | None:
    """Return the column of the references, wherever it is by now."""
    found = Counter(
        at for row in sheet.rows for at, cell in enumerate(row) if Reference.of(cell) is not None
    )
    return found.most_common(1)[0][0] if found else None


def _columns(sheet: ReadSheet, reference: int, wrong: list[str]) -> _Columns | None:
    """Return where the columns are; add what is missing to `wrong`."""
    needed = (book.TEXT, book.OPINION, book.ROLE, book.PROPOSED, book.REMARK)
    rows = {
        at: [folded(cell) for cell in row]
        for at, row in enumerate(sheet.rows)
        if Reference.of(sheet.cell(at, reference)) is None
    }
    heads = {at: sum(folded(title) in row for title in needed) for at, row in rows.items()}
    head = max(rows, key=heads.__getitem__, default=0)
    titles = rows.get(head, [])
    places = []
    for title in needed:
        if titles.count(folded(title)) == 1:
            places.append(titles.index(folded(title)))
            continue
        wrong.append(_missing(sheet, head, titles, title))
    if len(places) < len(needed):
        return None
    return _Columns._make((head, *places, reference))


def _missing(sheet: ReadSheet, head: int, titles: list[str], title: str) -> str:
    """Return where the title of a column is missing, or is twice, and what is read there."""
    if folded(title) in titles:
        last = len(titles) - 1 - titles[::-1].index(folded(title))
        return f"{sheet.place(head, last)} : le titre « {title} » est là deux fois"
    known = {folded(column.title) for column in book.COLUMNS}
    other = (at for at, there in enumerate(titles) if there and there not in known)
    if (at := next(other, None)) is None:
        return f"feuille « {sheet.name} », ligne {head + 1} : la colonne « {title} » n'y est plus"
    there = _short(sheet.cell(head, at))
    return f"{sheet.place(head, at)} : on y lit « {there} », et le titre « {title} » n'y est plus"


def _as_written(its: Field, proposed: str) -> str:
    """Return a proposed text as the form takes it: hours in the notation of files."""
    if its.control is Control.HOURS and proposed:
        return suggest_notation(proposed).strip('"') or proposed
    return proposed


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
