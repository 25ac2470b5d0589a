"""The command `reperes relecture`: what a committee reads, and what it answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import signs
from signs.loading.loader import DEFAULT, SHIPPED, folder_of
from signs.model.sign_list import HEAD
from signs.scaffold import DEFAULT_FOLDER
from signs.text.typography import typography
from widgets.cli.output import CommandError, say, warn
from widgets.runtime.build_date import today
from widgets.runtime.extras import EDITOR, SHEETS, require
from widgets.runtime.selection import LIST_VARIABLE

if TYPE_CHECKING:
    from signs.model.readings import Reading
    from signs.model.sign_list import SignList


def review(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--sortie",
            metavar="FICHIER",
            help="Le fichier à écrire : .ods (LibreOffice), .xlsx (Excel) ou .html (un dossier à "
            "imprimer). Par défaut : relecture.ods",
        ),
    ] = None,
    *,
    answered: Annotated[
        Path | None,
        typer.Option(
            "--reprendre",
            metavar="FICHIER",
            help="Le fichier rempli : ses avis sont notés, et ses textes proposés dans l'éditeur.",
        ),
    ] = None,
    only_left: Annotated[
        bool, typer.Option("--a-relire", help="Seulement ce qui reste à relire.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--depuis",
            metavar="LISTE",
            help="Une autre liste, dont on montre les mots d'avant ; par défaut, celle de départ.",
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--remplacer", help="Remplace un fichier qui existe déjà.")
    ] = False,
    list_: Annotated[
        str | None,
        typer.Option(
            "--liste",
            metavar="LISTE",
            envvar=LIST_VARIABLE,
            show_envvar=False,
            help="La liste à relire ; par défaut, le dossier ma-liste s'il est là, sinon la liste "
            "fournie (variable : REPERES_LISTE).",
        ),
    ] = None,
) -> None:
    """Écrit tous les textes dans un tableau à relire à plusieurs, puis reprend les réponses."""
    require(SHEETS, "La relecture", "reperes relecture")
    chosen = list_ or (DEFAULT_FOLDER if (Path(DEFAULT_FOLDER) / HEAD).is_file() else DEFAULT)
    if answered is not None:
        if output is not None or only_left or since is not None or overwrite:
            raise CommandError("--reprendre lit un fichier rempli. Retirez les autres options.")
        _take_back(folder_of(chosen), answered)
    else:
        target = output or Path("relecture.ods")
        _write(target, chosen, since, only_left=only_left, overwrite=overwrite)


def _write(
    target: Path, chosen: str, since: str | None, *, only_left: bool, overwrite: bool
) -> None:
    from signs.files.save import atomic_write
    from widgets.committee.book import book
    from widgets.committee.dossier import render_dossier
    from widgets.committee.formats import WRITERS, as_bytes
    from widgets.committee.rows import text_rows

    suffix = target.suffix.lower()
    if suffix not in {*WRITERS, ".html"}:
        raise CommandError(
            f"« {target.name} » n'est pas le nom d'un tableau ni d'un dossier. Donnez un nom qui "
            "finit par .ods, .xlsx ou .html"
        )
    if target.exists() and not overwrite:
        raise CommandError(
            f"{target} existe déjà, et tient peut-être des réponses. Donnez un autre nom, ou "
            "ajoutez --remplacer"
        )
    sign_list = signs.load(chosen)
    rows = text_rows(sign_list, _former(sign_list, chosen, since), only_left=only_left)
    if not rows:
        say("Tout est relu : rien n'est à écrire.")
        return
    if suffix == ".html":
        content = render_dossier(sign_list, rows, today()).encode()
    else:
        content = as_bytes(suffix, book(sign_list, rows))
    try:
        atomic_write(target, content)
    except OSError as error:
        raise CommandError(
            f"{target} ne peut pas être écrit. Vérifiez son dossier, la place, et qu'il n'est pas "
            "ouvert ailleurs."
        ) from error
    count = sum(map(len, rows.values()))
    then = (
        "Ouvrez-le et imprimez-le."
        if suffix == ".html"
        else f"Une fois le tableau rempli : reperes relecture --reprendre {target}"
    )
    say(f"{count} textes sont écrits : {target}\n{then}")


def _former(sign_list: SignList, chosen: str, since: str | None) -> SignList | None:
    """Return the list whose words these replace: the one named, else the one it starts from.

    A copy of the shipped list starts from that.
    """
    folder = folder_of(chosen)
    if since is not None:
        return signs.load(since)
    if folder == SHIPPED / DEFAULT:
        return None
    if sign_list.info.base:
        from signs.loading.loader import base_of

        return signs.load(base_of(folder, sign_list.info.base))
    shipped = signs.load()
    copied = {each.id for each in sign_list.advice} & {each.id for each in shipped.advice}
    return shipped if copied else None


def _take_back(folder: Path, answered: Path) -> None:
    require(EDITOR, "La reprise", f"reperes relecture --reprendre {answered}")
    from widgets.committee.answers import read_answers
    from widgets.committee.formats import read_sheets
    from widgets.editor.session.proposals import add_proposals

    sheets = read_sheets(answered)
    if folder.resolve().is_relative_to(SHIPPED):
        raise CommandError(
            "La liste fournie ne se change pas. Donnez votre copie : --liste ma-liste. Pour en "
            "faire une : reperes --formateur"
        )
    answers = read_answers(sheets, signs.load(folder))
    for trouble in answers.troubles:
        warn(trouble)
    try:
        added = add_proposals(folder, answers.proposals)
    except OSError as error:
        raise CommandError(
            f"Les propositions ne peuvent pas être gardées dans {folder}. Vérifiez la place et le "
            "droit d'y écrire."
        ) from error
    if answers.readings:
        _note(folder, answers.readings)
    say(_summary(len(answers.readings), len(added), folder))


def _note(folder: Path, readings: list[Reading]) -> None:
    """Write readings in their file, which is new or as somebody else left it."""
    from signs.files.readings import with_reading
    from signs.files.save import OpenFile
    from signs.model.readings import READING
    from signs.model.sign_list import KINDS

    path = folder / KINDS[READING].file
    file = OpenFile.open(path) if path.exists() else OpenFile.new(path)
    for reading in readings:
        file.text = with_reading(file.text, reading)
    file.save()


def _summary(readings: int, proposals: int, folder: Path) -> str:
    if not readings and not proposals:
        return typography("Rien de nouveau dans ce fichier : rien n'est changé.")
    said = []
    if readings:
        said.append(
            "1 lecture est notée." if readings == 1 else f"{readings} lectures sont notées."
        )
    if proposals:
        many = "1 proposition est" if proposals == 1 else f"{proposals} propositions sont"
        said.append(
            f"{many} à prendre ou à laisser dans l'éditeur, onglet « Comité » : reperes "
            f"--formateur --liste {folder}"
        )
    return typography(" ".join(said))
