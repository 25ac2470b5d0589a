"""What a committee answers in a spreadsheet comes back as it was written, and nothing else does."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

import signs
from signs.model.readings import READING
from signs.model.reviews import ReviewState, review_of
from signs.model.sign_list import KINDS, SignList
from tests.conftest import Run, skip_loudly
from widgets.committee.answers import read_answers
from widgets.committee.book import (
    APPROVED,
    COLUMNS,
    OPINION,
    PROPOSED,
    READ,
    REFERENCE,
    REMARK,
    ROLE,
    TO_MEND,
    book,
)
from widgets.committee.dossier import SIGNATURES, render_dossier
from widgets.committee.formats import WRITERS, as_bytes, read_sheets
from widgets.committee.rows import TextRow, text_rows
from widgets.committee.sheets import ReadSheet, Sheet, SheetError, writable
from widgets.editor.forms.texts import plain_text
from widgets.editor.session.proposals import proposals_in

Rows = dict[str, list[TextRow]]
BOTH = pytest.mark.parametrize("suffix", WRITERS)


@pytest.fixture(scope="module")
def rows(sign_list: SignList) -> Rows:
    return text_rows(sign_list)


@pytest.fixture(scope="module")
def few(rows: Rows) -> Rows:
    return {"signe": rows["signe"][:9], "conseil": rows["conseil"][:6]}


def _fill(sheet: Sheet, row: int, **cells: str) -> None:
    titles = [column.title for column in sheet.columns]
    names = {"avis": OPINION, "role": ROLE, "propose": PROPOSED, "remarque": REMARK}
    for name, text in cells.items():
        sheet.rows[row][titles.index(names[name])] = text


def _read(sheets: list[Sheet]) -> list[ReadSheet]:
    """Return sheets as they are read from a file."""
    return [
        ReadSheet(
            sheet.name, [[column.title for column in sheet.columns]] * sheet.headed + sheet.rows
        )
        for sheet in sheets
    ]


def _through(path: Path, sheets: list[Sheet]) -> list[ReadSheet]:
    path.write_bytes(as_bytes(path.suffix, sheets))
    return read_sheets(path)


# --- There and back ---------------------------------------------------------------------------


def _soffice() -> str:
    return shutil.which("soffice") or skip_loudly(
        "LibreOffice", "sous Debian : apt-get install libreoffice-calc-nogui"
    )


def _saved_by_libreoffice(suffix: str, *files: Path) -> Iterator[Path]:
    """Yield the files as LibreOffice saves them, in a format."""
    folder = files[0].parent
    command = [
        *(_soffice(), f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"),
        *("--convert-to", suffix.removeprefix("."), "--outdir", str(folder / "rendu"), *files),
    ]
    subprocess.run(command, check=True, capture_output=True)
    yield from (folder / "rendu" / f"{file.stem}{suffix}" for file in files)


def test_libreoffice_in_between_changes_nothing_and_forty_answers_change_just_these(
    sign_list: SignList, rows: Rows, tmp_path: Path
) -> None:
    blank, filled = tmp_path / "vide.ods", tmp_path / "rempli.xlsx"
    blank.write_bytes(as_bytes(".ods", book(sign_list, rows)))
    sheets = book(sign_list, rows)
    sheets[0].rows[1][1] = "Comité académique"
    answered = sheets[1:-1]
    expected = {}
    for number in range(40):
        sheet = answered[number % len(answered)]
        row = (number // len(answered)) * 7 % len(sheet.rows)
        text = f"=SOMME({number}) <b>l’autre</b> texte,\n\n- une liste\n- et @elle"
        cells = [{"propose": text}, {"remarque": f"+{number} ?"}, {"avis": READ, "role": "IEN"}]
        _fill(sheet, row, **cells[number % 3])
        expected[sheet.rows[row][-1]] = number % 3
    filled.write_bytes(as_bytes(".xlsx", sheets))
    commented = tmp_path / "commente.ods"
    commented.write_bytes(_commented())
    back, talked = _saved_by_libreoffice(".xlsx", blank, commented)
    assert _formats_to_fill(back) == {"@"}  # text: what is typed is no date, number or formula
    assert _remarks(talked, sign_list) == [("eczema", "remarque", "Trop long.\nEt flou.")]
    nothing = read_answers(read_sheets(back), sign_list)
    assert (nothing.proposals, nothing.readings, nothing.troubles) == ([], [], [])
    (back,) = _saved_by_libreoffice(".ods", filled)
    answers = read_answers(read_sheets(back), sign_list)
    assert not answers.troubles
    assert len(expected) == 40
    found = {(each.kind, each.id, each.key): each for each in answers.proposals}
    for reference, what in expected.items():
        place = tuple(reference.split("/")[:3])
        if what == 2:
            assert [each.role for each in answers.readings if each.entry == place[1]] == ["IEN"]
            continue
        proposal = found.pop(place)  # type: ignore[arg-type] # a kind, an id and a key
        assert proposal.role == "Comité académique"
        assert re.fullmatch(
            r"=SOMME\(\d+\) <b>l'autre</b> texte,\n\n- une liste\n- et @elle|", proposal.text
        )
        assert bool(proposal.text) != bool(re.fullmatch(r"\+\d+ \?", proposal.remark))
    assert not found
    assert len(answers.readings) == len({r for r, what in expected.items() if what == 2})


@BOTH
@settings(max_examples=25)
@given(
    texts=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cn"))), max_size=6
    )
)
def test_whatever_is_written_is_proposed_as_it_was_and_is_no_formula(
    sign_list: SignList,
    few: Rows,
    tmp_path_factory: pytest.TempPathFactory,
    suffix: str,
    texts: list[str],
) -> None:
    sheets = book(sign_list, few)
    starts = ("", "=1+1;", "+", "-", "@", "<script>")
    written = [start + text for start, text in zip(starts, texts, strict=False)]
    for row, text in enumerate(written):
        _fill(sheets[1], row, propose=text)
    file = tmp_path_factory.mktemp("feuille") / f"a{suffix}"
    answers = read_answers(_through(file, sheets), sign_list)
    expected = [said for text in written if (said := plain_text(writable(text)))]
    assert [each.text for each in answers.proposals] == expected
    with zipfile.ZipFile(file) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert not re.search(rb"<f[ >]|table:formula|<script", parts)


@BOTH
def test_rows_and_columns_in_another_order_say_the_same(
    sign_list: SignList, few: Rows, tmp_path: Path, suffix: str
) -> None:
    sheets = book(sign_list, few)
    _fill(sheets[1], 2, avis=APPROVED, role="CPE", propose="Autre chose.")
    asked = read_answers(_read(sheets), sign_list)
    sheets[1].rows.reverse()
    turned = Sheet(sheets[1].name, sheets[1].columns[::-1], [row[::-1] for row in sheets[1].rows])
    again = read_answers(_through(tmp_path / f"a{suffix}", [turned, *sheets[2:]]), sign_list)
    assert again == asked
    assert len(again.proposals) == len(again.readings) == 1


def _remarks(file: Path, sign_list: SignList) -> list[tuple[str, str, str]]:
    answers = read_answers(read_sheets(file), sign_list)
    assert not answers.troubles
    return [(each.id, each.key, each.remark) for each in answers.proposals]


_COMMENT = (
    "<office:annotation><dc:creator>Zoé Durand</dc:creator><text:p>{}</text:p></office:annotation>"
)


def _commented(suffix: str = ".ods") -> bytes:
    """Return our file as programs write it once two comments hang on cells of its third row."""
    first, second = _sheets()[1].rows[1][1], _sheets()[1].rows[1][-1]
    if suffix == ".ods":
        content = _changed(
            suffix,
            "content.xml",
            f"<text:p>{escape(first)}",
            f"{_COMMENT.format('Trop long.')}<text:p>{escape(first)}",
        )
        return _with(
            content,
            "content.xml",
            f"<text:p>{second}",
            f"{_COMMENT.format('Et flou.')}<text:p>{second}",
        )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='a' Type='{kind}/comments' Target='../comments1.xml'/>"
        "<Relationship Id='b' Type='http://schemas.microsoft.com/office/2017/10/relationships/"
        "threadedComment' Target='/xl/threadedComments/t.xml'/></Relationships>"
    )
    notes = (
        "<comments xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><authors>"
        "<author>Zoé Durand</author></authors><commentList><comment ref='A3' authorId='0'><text>"
        "<r><t>Zoé Durand:</t></r><r><t>\nTrop long.</t></r></text></comment><comment ref='J3' "
        "authorId='0'><text><t>[Votre version ne lit pas les fils]</t></text></comment>"
        "</commentList></comments>"
    )
    threads = (
        "<ThreadedComments xmlns='http://schemas.microsoft.com/office/spreadsheetml/2018/"
        "threadedcomments'><threadedComment ref='J3' id='1'><text>Et flou.</text>"
        "</threadedComment></ThreadedComments>"
    )
    with zipfile.ZipFile(io.BytesIO(as_bytes(suffix, _sheets()))) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return _zip(
        *parts,
        ("xl/worksheets/_rels/sheet2.xml.rels", links.encode()),
        ("xl/comments1.xml", notes.encode()),
        ("xl/threadedComments/t.xml", threads.encode()),
    )


def _formats_to_fill(file: Path) -> set[str]:
    """Return the formats of the cells where one answers, in a file of Excel's."""
    with zipfile.ZipFile(file) as archive:
        styles = archive.read("xl/styles.xml").decode()
        cells = archive.read("xl/worksheets/sheet2.xml").decode()
    codes = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]+)"', styles))
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    return {codes[formats[int(at)]] for at in re.findall(r'<c r="[FGHI]2" s="(\d+)"', cells)}


@BOTH
def test_a_comment_on_a_cell_is_a_remark_without_the_name_of_who_wrote_it(
    sign_list: SignList, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(_commented(suffix))
    assert _remarks(file, sign_list) == [("eczema", "remarque", "Trop long.\nEt flou.")]


def test_titles_that_were_sorted_with_the_rows_are_found(sign_list: SignList) -> None:
    sheets = _read(_sheets())
    _set(2, _column(REMARK), "À voir")(sheets)
    sheets[1].rows.insert(5, sheets[1].rows.pop(0))
    answers = read_answers(sheets, sign_list)
    assert ([each.remark for each in answers.proposals], answers.troubles) == (["À voir"], [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('value-type="date" office:date-value="2026-10-03"><text:p>03/10/26', "03/10/2026"),
        ('value-type="date" office:date-value="2026-10-03"><text:p>10/03/26', "03/10/2026"),
        ('value-type="float" office:value="1.5"><text:p>2', "1,5"),
        ('value-type="boolean" office:boolean-value="true"><text:p>VRAI', "oui"),
        ('value-type="string"><text:p>Voir <text:a xlink:href="x">là</text:a>', "Voir là"),
        (
            'value-type="string"><text:p>un<text:s text:c="2"/><text:span>deux</text:span>',
            "un  deux",
        ),
        ('value-type="string"><text:p>un<text:line-break/>deux<text:tab/>', "un\ndeux\t"),
        ('value-type="percentage" office:value="0.5"><text:p>50 %', "50 %"),
    ],
)
def test_a_cell_that_was_given_another_format_says_its_value(
    tmp_path: Path, cell: str, text: str
) -> None:
    file = tmp_path / "a.ods"
    file.write_bytes(_changed(".ods", "content.xml", 'value-type="string"><text:p>Quoi', cell))
    assert read_sheets(file)[1].cell(0, 0) == text


# --- What cannot be read ----------------------------------------------------------------------

Damage = Callable[[list[ReadSheet]], object]


def _set(row: int, column: int, text: str) -> Damage:
    def damage(sheets: list[ReadSheet]) -> None:
        sheets[1].rows[row] = [*sheets[1].rows[row]]
        sheets[1].rows[row][column] = text

    return damage


def _column(title: str) -> int:
    titles = [column.title for column in COLUMNS]
    return [each for each in titles if each not in {"Étape", "Mots d'avant"}].index(title)


@cache
def _sheets() -> list[Sheet]:
    """Return small sheets; not to be changed."""
    sign_list = signs.load()
    return book(sign_list, {"signe": text_rows(sign_list)["signe"][:9]})


_REFERENCE = _column(REFERENCE)
_PLACE = "feuille « Signes », cellule "


def _without_column(column: int) -> Damage:
    def damage(sheets: list[ReadSheet]) -> None:
        sheets[1].rows[:] = [row[:column] + row[column + 1 :] for row in sheets[1].rows]

    return damage


def _sorted_alone(sheets: list[ReadSheet]) -> None:
    texts = [row[1] for row in sheets[1].rows[1:]]
    for row, text in zip(range(1, len(sheets[1].rows)), reversed(texts), strict=True):
        _set(row, 1, text)(sheets)
        _set(row, _column(REMARK), "Non.")(sheets)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_without_column(_REFERENCE), "la colonne « Référence, à ne pas changer » n'y est plus"),
        (_without_column(_column(PROPOSED)), "la colonne « Texte proposé » n'y est plus"),
        (_set(0, _column(REMARK), "Vos idées"), f"{_PLACE}I1 : on y lit « Vos idées », et"),
        (_set(0, _column(REMARK), ROLE), f"{_PLACE}I1 : le titre « Rôle » est là deux fois"),
    ],
)
def test_a_column_that_is_missing_is_told_and_nothing_is_read(
    sign_list: SignList, damage: Damage, told: str
) -> None:
    sheets = _read(_sheets())
    _set(3, _column(REMARK), "À voir")(sheets)
    damage(sheets)
    with pytest.raises(SheetError) as refused:
        read_answers(sheets, sign_list)
    assert plain_text(told).lower() in plain_text(str(refused.value)).lower()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ([_set(2, _REFERENCE, "")], f"{_PLACE}J3 : la référence est effacée ou changée."),
        (
            [_set(2, _REFERENCE, "signe/nul/libelle/0123456789abcdef/0123456789ab")],
            f"{_PLACE}J3 : « L'élève se gratte, sa peau est irritée. » n'est plus dans la liste.",
        ),
        ([_set(4, _column(OPINION), "bof")], f"{_PLACE}F5 : « bof » n'est pas un avis."),
        ([_set(4, _column(OPINION), "Lu")], f"{_PLACE}G5 : il manque le rôle de qui a lu"),
        (
            [_set(4, _column(OPINION), "lu"), _set(4, _column(ROLE), "Mme Zoé Durand")],
            f"{_PLACE}G5 : « Mme Zoé Durand » paraît être un nom.",
        ),
        ([_set(4, _column(PROPOSED), "#NAME?")], f"{_PLACE}H5 : une formule y donne l'erreur"),
        ([_set(4, _column(PROPOSED), "a" * 6000)], f"{_PLACE}H5 : ce texte a plus de 5000"),
        ([_set(4, 1, "")], f"{_PLACE}B5 : le texte est effacé."),
        ([_sorted_alone], f"{_PLACE}B2 : le texte et la référence ne vont plus ensemble"),
        (
            [lambda sheets: sheets[1].comments.update({(0, 1): "Tout est trop long"})],
            f"{_PLACE}B1 : le commentaire « Tout est trop long » n'est à côté d'aucun texte.",
        ),
        (
            [lambda sheets: sheets.append(ReadSheet("Brouillon", [["a"]]))],
            "feuille « Brouillon » : elle n'est pas de Repères",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_cell_and_nothing_is_made_of_it(
    sign_list: SignList, damage: list[Damage], told: str
) -> None:
    sheets = _read(_sheets())
    for each in damage:
        each(sheets)
    answers = read_answers(sheets, sign_list)
    assert any(plain_text(each).startswith(plain_text(told)) for each in answers.troubles)
    assert not [each for each in answers.proposals if each.text]
    assert not answers.readings


def test_a_row_that_is_there_twice_is_told_and_both_answers_are_read(sign_list: SignList) -> None:
    sheets = _read(_sheets())
    sheets[1].rows.append([*sheets[1].rows[5]])
    for row, text in ((5, "Une idée."), (len(sheets[1].rows) - 1, "Une autre.")):
        _set(row, _column(PROPOSED), text)(sheets)
    answers = read_answers(sheets, sign_list)
    assert [each.text for each in answers.proposals] == ["Une idée.", "Une autre."]
    assert [plain_text(each) for each in answers.troubles] == [
        plain_text(
            f"{_PLACE}J6 : cette ligne est là plusieurs fois. Toutes ses réponses sont lues."
        )
    ]


def test_a_text_that_is_written_over_is_a_proposal(sign_list: SignList) -> None:
    sheets = _read(_sheets())
    _set(1, 1, "Se gratte sans cesse")(sheets)
    (proposal,) = read_answers(sheets, sign_list).proposals
    assert (proposal.id, proposal.key, proposal.text) == (
        "eczema",
        "libelle",
        "Se gratte sans cesse",
    )


def _zip(*parts: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def _changed(suffix: str, part: str, old: str, new: str) -> bytes:
    """Return our own file with a part changed."""
    return _with(as_bytes(suffix, _sheets()), part, old, new)


def _with(file: bytes, part: str, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    assert any(name == part and old.encode() in content for name, content in parts)
    return _zip(
        *(
            (name, content.replace(old.encode(), new.encode(), 1) if name == part else content)
            for name, content in parts
        )
    )


def _moved() -> bytes:
    content = _changed(".xlsx", "xl/worksheets/sheet2.xml", 'r="A1"', 'r="XFD1048576"')
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return _zip(
        *(
            (name.replace("worksheets/sheet", "feuilles/s"), part.replace(b"worksheets/s", b"f/s"))
            for name, part in parts
        )
    )


def _broken() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("content.xml", b"<a/>" * 9999)
    content = bytearray(file.getvalue())
    content[60:90] = bytes(30)
    return bytes(content)


_HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "n'est pas une feuille de calcul"),
    "csv": (lambda: b"Quoi;Texte\n", "n'est pas une feuille de calcul"),
    "whole file encrypted": (
        lambda: _zip(
            ("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("encrypted-package", b"x")
        ),
        "protégé par un mot de passe",
    ),
    "comments with entities": (
        lambda: _with(
            _commented(".xlsx"), "xl/comments1.xml", "<comments", "<!DOCTYPE a><comments"
        ),
        "est abîmé",
    ),
    "docx": (lambda: _zip(("word/document.xml", b"<a/>")), "n'est pas une feuille de calcul"),
    "password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "sans mot de passe"),
    "cut": (lambda: as_bytes(".xlsx", _sheets())[:-900], "est abîmé"),
    "bomb": (
        lambda: _zip(("content.xml", b"<a/>"), ("x", bytes(90_000_000))),
        "bien plus grand qu'une relecture",
    ),
    "xml bomb": (
        lambda: _changed(".ods", "content.xml", "<office:document-content", "<!x><office:x"),
        "est abîmé",
    ),
    "far cell": (
        lambda: _changed(".xlsx", "xl/worksheets/sheet2.xml", 'r="A1"', 'r="XFD1048576"'),
        "bien plus grand qu'une relecture",
    ),
    "far row, spelled otherwise": (
        lambda: _changed(".xlsx", "xl/worksheets/sheet2.xml", '<row r="1"', "<row r = '1048576'"),
        "bien plus grand qu'une relecture",
    ),
    "row of five thousand digits": (
        lambda: _changed(".xlsx", "xl/worksheets/sheet2.xml", 'r="A1"', f'r="A{"9" * 5000}"'),
        "bien plus grand qu'une relecture",
    ),
    "far cell of a sheet elsewhere": (_moved, "bien plus grand qu'une relecture"),
    "packed otherwise, and broken": (_broken, "est abîmé"),
    "repeated cells": (
        lambda: _changed(
            ".ods",
            "content.xml",
            'office:value-type="string"',
            'office:value-type="string" table:number-columns-repeated="16384"',
        ),
        "bien plus grand qu'une relecture",
    ),
    "foreign sheet": (
        lambda: as_bytes(".xlsx", [Sheet("Notes", _sheets()[1].columns, [])]),
        "n'est pas une relecture de Repères",
    ),
}


@pytest.mark.parametrize("what", _HOSTILE)
def test_a_file_that_is_no_review_is_told_in_french(
    list_folder: Path, tmp_path: Path, command: Run, what: str
) -> None:
    make, told = _HOSTILE[what]
    (tmp_path / "reponse.xlsx").write_bytes(make())
    ran = command(
        "relecture", "--reprendre", str(tmp_path / "reponse.xlsx"), "--liste", list_folder
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert plain_text(told) in plain_text(ran.stderr)
    assert "Traceback" not in ran.stderr
    assert not (list_folder / KINDS[READING].file).exists()


# --- The command --------------------------------------------------------------------------------


def test_the_command_writes_the_sheet_and_takes_readings_and_proposals_once(
    list_folder: Path, tmp_path: Path, command: Run
) -> None:
    file = tmp_path / "relecture.ods"
    assert command("relecture", "-o", str(file), "--liste", str(list_folder)).returncode == 0
    assert "existe déjà" in command("relecture", "-o", str(file)).stderr
    sheets = read_sheets(file)
    assert {sheet.name for sheet in sheets} >= {"Signes", "Conseils", "Signatures"}
    titles = [plain_text(cell) for cell in sheets[1].rows[0]]
    answered = book(signs.load(list_folder), text_rows(signs.load(list_folder)))
    assert [plain_text(column.title) for column in answered[1].columns] == titles
    answered[0].rows[1][1], answered[0].rows[2][1] = "Infirmière", "03/10/2008"
    _fill(answered[1], 0, avis=READ, propose="Se gratte")
    _fill(answered[1], 3, avis=TO_MEND, remarque="Trop long.")
    file.write_bytes(as_bytes(".ods", answered))
    before = {f.name: f.read_bytes() for f in list_folder.glob("*.toml")}
    done = command("relecture", "--reprendre", str(file), "--liste", str(list_folder))
    assert plain_text(done.stdout).startswith("1 lecture est notée. 2 propositions sont à prendre")
    assert {
        f.name: f.read_bytes() for f in list_folder.glob("*.toml") if f.name in before
    } == before
    sign_list = signs.load(list_folder)
    assert [(r.role, r.read_on) for r in sign_list.readings] == [("Infirmière", "2008-10-03")]
    assert review_of(sign_list, "eczema").state is ReviewState.READ
    assert [(p.text, p.remark) for p in proposals_in(list_folder)] == [
        ("Se gratte", ""),
        ("", "Trop long."),
    ]
    again = command("relecture", "--reprendre", str(file), "--liste", str(list_folder))
    assert plain_text(again.stdout).startswith("Rien de nouveau dans ce fichier")


def test_a_reading_of_words_that_have_changed_is_told_and_does_not_count(
    sign_list: SignList,
) -> None:
    sheets = _read(_sheets())
    for column, text in ((OPINION, READ), (ROLE, "CPE")):
        _set(1, _column(column), text)(sheets)
    changed = tuple(
        each.model_copy(update={"label": "Autre chose"}) if each.id == "eczema" else each
        for each in sign_list.signs
    )
    now = sign_list.model_copy(update={"signs": changed})
    answers = read_answers(sheets, now)
    assert [plain_text(each) for each in answers.troubles] == [
        plain_text(
            f"{_PLACE}F2 : la liste a changé depuis cette feuille : ce texte reste à relire."
        )
    ]
    kept = now.model_copy(update={"readings": tuple(answers.readings)})
    assert review_of(kept, "eczema").state is ReviewState.TO_READ
    assert len(review_of(kept, "eczema").outdated) == 1


def test_the_dossier_to_print_has_every_text_and_where_to_answer_and_sign(
    sign_list: SignList, few: Rows
) -> None:
    marked = few["signe"][0]
    few = {**few, "signe": [replace(marked, text="<script>1</script>"), *few["signe"][1:]]}
    page = render_dossier(sign_list, few, date(2026, 11, 29))
    for row in few["signe"][1:]:
        assert escape(row.text) in page
    assert "<p>&lt;script&gt;1&lt;/script&gt;</p>" in page
    entries = {row.reference.id for rows in few.values() for row in rows}
    assert page.count("☐ approuvé") == len(entries)
    assert page.count("<tr><td></td>") == SIGNATURES


def test_the_shipped_list_is_never_written(tmp_path: Path, command: Run) -> None:
    file = tmp_path / "a.ods"
    file.write_bytes(as_bytes(".ods", _sheets()))
    ran = command("relecture", "--reprendre", str(file))
    assert ran.returncode == 1
    assert "ne se change pas" in ran.stderr
