"""The sheets that a committee is given: every text, and where to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.text.typography import typography
from widgets.committee.sheets import LONGEST_CELL, Column, Sheet
from widgets.editor.forms.labels import KIND_WORDS

if TYPE_CHECKING:
    from signs.model.sign_list import SignList
    from widgets.committee.rows import TextRow

FIRST, SIGNATURES = "À lire d'abord", "Signatures"
ROLE_LABEL, DAY_LABEL = "Votre rôle, jamais un nom", "Jour de la lecture"
TEXT, OPINION, ROLE = "Texte", "Avis", "Rôle"
PROPOSED, REMARK, REFERENCE = "Texte proposé", "Remarque", "Référence, à ne pas changer"
READ, APPROVED, TO_MEND = "relu", "approuvé", "à corriger"
COLUMNS = (
    Column("Quoi", 14),
    Column(TEXT, 56),
    Column("Quand", 40),
    Column("Étape", 12),
    Column("Source", 24),
    Column("Mots d'avant", 30),
    Column("État", 11),
    Column(OPINION, 12, to_fill=True, choices=(READ, APPROVED, TO_MEND)),
    Column(ROLE, 16, to_fill=True),
    Column(PROPOSED, 50, to_fill=True),
    Column(REMARK, 34, to_fill=True),
    Column(REFERENCE, 12, technical=True),
)
_BLANK_LINES = 12
_HOW = (
    "Une feuille par sorte de texte, une ligne par texte.",
    "Avis : relu, approuvé, ou à corriger. Un avis vaut pour l'entrée entière, toutes ses lignes.",
    "Texte proposé : le texte entier, tel que vous le voulez. Les ** mettent en gras.",
    "Remarque : ce qui ne se dit pas par un autre texte (une étape, une condition, une source).",
    "Triez et filtrez comme vous voulez. Ne changez ni les titres des colonnes, ni la dernière.",
    "Rien n'est repris sans que quelqu'un l'accepte, texte par texte, dans l'éditeur.",
    "Pour deux personnes : une copie du fichier chacune, ou la colonne Rôle remplie.",
)


def book(sign_list: SignList, rows: dict[str, list[TextRow]]) -> list[Sheet]:
    """Return the sheets of a list: how to answer, one a kind, where to sign."""
    kinds = [_sheet(kind, rows[kind]) for kind in KIND_WORDS if kind in rows]
    return [_first(sign_list), *kinds, _signatures()]


def sheet_name(kind: str) -> str:
    """Return the name of the sheet of a kind."""
    return KIND_WORDS[kind].title


def _first(sign_list: SignList) -> Sheet:
    cells = [
        [f"Relecture de la liste « {sign_list.info.title} », version {sign_list.info.version}", ""],
        [ROLE_LABEL, ""],
        [DAY_LABEL, ""],
        *([line, ""] for line in _HOW),
    ]
    columns = (Column("", 90), Column("", 40, to_fill=True))
    filled = frozenset({1, 2})
    return Sheet(FIRST, columns, _set(cells), headed=False, wide=False, filled_rows=filled)


def _sheet(kind: str, rows: list[TextRow]) -> Sheet:
    cells = [
        [
            *(row.label, row.text, row.when, row.step, row.source, row.before, row.state),
            *("", "", "", "", str(row.reference)),
        ]
        for row in rows
    ]
    used = [at for at, its in enumerate(COLUMNS) if its.to_fill or any(row[at] for row in cells)]
    columns = tuple(COLUMNS[at] for at in used)
    return Sheet(
        sheet_name(kind), _titled(columns), _set([[row[at] for at in used] for row in cells])
    )


def _signatures() -> Sheet:
    widths = {ROLE: 34, "Jour": 18, "Signature": 40}
    columns = tuple(Column(title, width, to_fill=True) for title, width in widths.items())
    return Sheet(SIGNATURES, columns, [[""] * len(columns)] * _BLANK_LINES, wide=False)


def _titled(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(column._replace(title=typography(column.title)) for column in columns)


def _set(rows: list[list[str]]) -> list[list[str]]:
    return [[typography(cell)[:LONGEST_CELL] for cell in row] for row in rows]
