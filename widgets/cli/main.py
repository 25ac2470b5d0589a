"""The command `reperes`: a thin French shell around what the other modules do.

Heavy imports wait until the command that needs them runs.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import warnings
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

import signs
from signs.errors import ReperesError
from signs.loading.loader import DEFAULT, Choice, folder_of, own_files
from signs.scaffold import DEFAULT_FOLDER
from signs.text import opening_hours
from signs.text.given import GivenError
from signs.text.typography import PLAIN
from widgets.cli.french import FrenchCommand, FrenchGroup, explain
from widgets.cli.list_commands import COMMANDS
from widgets.cli.output import CommandError, print_json, say, warn
from widgets.cli.reporters import answer_json, answer_text
from widgets.runtime import extras
from widgets.runtime.build_date import DATE_VARIABLE, EPOCH_VARIABLE, day_for
from widgets.runtime.extras import require
from widgets.runtime.selection import LIST_VARIABLE, SCHOOL_VARIABLE

app = typer.Typer(
    cls=FrenchGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ListOption = Annotated[
    str,
    typer.Option(
        "--liste",
        metavar="LISTE",
        envvar=LIST_VARIABLE,
        show_envvar=False,
        help="Le nom d'une liste fournie, ou le chemin d'un dossier (variable : REPERES_LISTE).",
    ),
]
SchoolOption = Annotated[
    Path | None,
    typer.Option(
        "--ecole",
        metavar="FICHIER",
        envvar=SCHOOL_VARIABLE,
        show_envvar=False,
        help="Le fichier de l'établissement, comme ecole.toml (variable : REPERES_ECOLE).",
    ),
]
SchoolsOption = Annotated[
    Path | None,
    typer.Option(
        "--ecoles",
        metavar="DOSSIER",
        help="Un dossier d'établissements : une page par fichier, et une page pour choisir.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Répond en JSON, pour un programme.")]
PortOption = Annotated[
    int,
    typer.Option(
        "--port", metavar="N", min=1, max=65535, help="Le numéro de port, à changer s'il est pris."
    ),
]
QuietOption = Annotated[bool, typer.Option("--sans-navigateur", help="N'ouvre pas le navigateur.")]


def main() -> None:
    """Run the command; any error is a French sentence and an exit status."""
    sys.stdout, sys.stderr = (each or io.StringIO() for each in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)  # for terminals without Unicode
    _leave_python_as_it_comes()
    # On SIGTERM, raise SystemExit, so that every context manager cleans up.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    if hasattr(signal, "SIGHUP"):  # the terminal was closed
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as error:
        warn(explain(error))
        status = 2
    except ReperesError as error:
        warn(str(error))
        status = 1
    except (typer.Abort, KeyboardInterrupt):
        status = 130
    except OSError as error:
        status = _unwritten(error)
    sys.exit(status or 0)


def _leave_python_as_it_comes() -> None:
    """Undo what the machine's settings make of Python, where that would stop the libraries.

    Warnings that are errors are for programs under test; without docstrings, Jupyter is no module.
    """
    os.environ.pop("PYTHONWARNINGS", None)
    warnings.simplefilter("ignore")
    if sys.flags.optimize > 1:
        warn(
            "Python est réglé, sur cet ordinateur, pour ôter les textes dont Jupyter a besoin. "
            "Retirez la variable PYTHONOPTIMIZE, puis recommencez."
        )
        sys.exit(1)


def _unwritten(error: OSError) -> int:
    """Report that the output could not be written; a closed pipe is not an error to report."""
    # The rest of the buffer would be flushed again on exit.
    sys.stdout = io.StringIO()
    if not isinstance(error, BrokenPipeError):
        warn("Le résultat ne peut pas être écrit : vérifiez la place et le droit d'y écrire.")
    return 1


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        say(f"Repères {version('reperes')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    *,
    port: PortOption = 8866,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADRESSE", help="L'adresse où servir ; 127.0.0.1 : cet ordinateur seul."
        ),
    ] = "127.0.0.1",
    without_browser: QuietOption = False,
    base_url: Annotated[
        str,
        typer.Option("--base-url", metavar="CHEMIN", help="Le chemin où servir, comme /reperes/."),
    ] = "/",
    framed_by: Annotated[
        list[str] | None,
        typer.Option(
            "--cadre",
            metavar="SITE",
            help="Un site qui peut montrer la page dans un cadre, comme "
            "https://ent.example.fr (sinon aucun ; peut se répéter).",
        ),
    ] = None,
    proxies: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy",
            metavar="IP",
            help="Un serveur intermédiaire que l'on croit quand il dit « https » "
            "(sinon aucun ; peut se répéter).",
        ),
    ] = None,
    trainer: Annotated[
        bool,
        typer.Option("--formateur", help="Ouvre l'éditeur de listes, sur cet ordinateur seul."),
    ] = False,
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--liste",
            metavar="LISTE",
            help="Le nom d'une liste fournie, ou le chemin d'un dossier (variable : "
            "REPERES_LISTE) ; peut se répéter, chaque liste a alors son adresse.",
        ),
    ] = None,
    school: SchoolOption = None,
    schools: SchoolsOption = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Affiche la version."
        ),
    ] = False,
) -> None:
    """Ouvre Repères dans le navigateur. Rien de ce qui est coché ne quitte la page."""
    if context.invoked_subcommand is not None:
        return
    lists = lists or [os.environ.get(LIST_VARIABLE) or DEFAULT]
    if schools is not None and (trainer or school is not None or len(lists) > 1):
        raise CommandError(
            "--ecoles sert un dossier d'établissements avec une seule liste. Retirez --ecole, "
            "--formateur, ou les --liste en trop."
        )
    if not trainer:
        for each in lists:
            signs.load(each, school)  # report a broken list now, not in the browser
    elif len(lists) > 1:
        raise CommandError("L'éditeur ouvre une liste à la fois. Gardez un seul --liste.")
    if trainer:
        require(extras.EDITOR, "L'éditeur", "reperes --formateur")
    from widgets.page.registry import EDITOR
    from widgets.server import Settings, serve_live, serve_schools
    from widgets.server import serve as serve_pages

    choices = [Choice(folder_of(each), school) for each in lists]
    settings = Settings(
        host=host,
        port=port,
        base_url=base_url,
        framed_by=tuple(framed_by or ()),
        proxies=tuple(proxies or ()),
        open_browser=not without_browser,
    )
    if trainer:
        serve_live(EDITOR, choices[0], settings, say)
    elif schools is not None:
        serve_schools(schools, choices[0], settings, say)
    else:
        serve_pages(choices, settings, say)


@app.command("orienter", cls=FrenchCommand, short_help="Dit quoi faire et qui appeler.")
def orient(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]", help="Ce qui a été coché ; rien, c'est possible aussi."),
    ] = None,
    *,
    json_: JsonOption = False,
    moment: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="La porte d'entrée ouverte, comme « parole » ; aucune par défaut.",
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--a", metavar="DATE", help="La date et l'heure, à Paris, comme 2026-01-31T23:30."
        ),
    ] = None,
    list_: ListOption = DEFAULT,
    school: SchoolOption = None,
) -> None:
    """Dit quoi faire et qui appeler, pour ces signes, ces situations et cette porte d'entrée."""
    sign_list = signs.load(list_, school)
    answer = signs.orient(sign_list, ids or (), _time(at), moment)
    if json_:
        print_json(answer_json(answer))
    else:
        say(answer_text(answer, sign_list))


@app.command("verifier", cls=FrenchCommand, short_help="Relit une liste.")
def verify(
    path: Annotated[
        str,
        typer.Argument(
            metavar="[CHEMIN]",
            help="Le dossier d'une liste, ou son nom ; ou le fichier d'un établissement ou d'une "
            "académie.",
        ),
    ] = DEFAULT,
    *,
    school: SchoolOption = None,
    links: Annotated[
        bool,
        typer.Option(
            "--liens",
            help="Va aussi sur le web demander si chaque adresse répond encore ; sans cette "
            "option, rien n'y est demandé.",
        ),
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Relit une liste et dit tout ce qui ne va pas, avec le fichier et la ligne."""
    from widgets.cli.reporters import as_lines, in_colours, inspection_json, readings_left, summary

    alone = path.lower().endswith((".toml", ".toml.txt")) and school is None
    own = Path(path) if alone else school
    where = DEFAULT if alone else path
    inspection = signs.inspect(where, own)
    report = None
    if links and inspection.sign_list is not None:
        from widgets.cli.links import check_links
        from widgets.cli.progress import tell_progress

        report = check_links(inspection, where, own, tell_progress)
        inspection = report.inspection
    if json_:
        print_json(inspection_json(inspection) | ({"liens": report.json} if report else {}))
    else:
        own_school = path if alone else school
        if lines := as_lines(inspection, own_school, colours=in_colours()):
            say("\n".join(lines))
        if academy := own_files(own).academy:
            say(f"Relus : la liste, l'académie ({academy}){_school_too(own, academy)}.")
        (warn if inspection.sign_list is None else say)(summary(inspection, own_school))
        if inspection.sign_list is not None and not alone:
            say(readings_left(inspection.sign_list))
        if report and not report.offline:
            say(report.sentence)
        elif links and report is None:
            say("Liens : aucune adresse n'est demandée tant qu'il reste une erreur.")
    if report and report.offline:
        raise CommandError(report.sentence)
    if inspection.sign_list is None:
        raise typer.Exit(1)


def _school_too(own: Path | None, academy: Path) -> str:
    return "" if own == academy else f" et l'établissement ({own})"


for _name, (_command, _does) in COMMANDS.items():
    app.command(_name, cls=FrenchCommand, short_help=_does)(_command)


@app.command("exporter", cls=FrenchCommand, short_help="Écrit des pages dans des fichiers.")
def export(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--sortie",
            metavar="CHEMIN",
            help="Le fichier à écrire ; avec --tout, le dossier à créer.",
        ),
    ] = None,
    *,
    page: Annotated[
        str | None,
        typer.Option(
            "--page",
            metavar="NOM",
            help="La page, comme « atelier » ou « affiche-college » ; par défaut, « reperer ».",
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--tout", help="Toutes les pages et les fiches à imprimer, avec un sommaire."),
    ] = False,
    as_notebook: Annotated[
        bool,
        typer.Option(
            "--carnet",
            help="Écrit la page dans un carnet, qui la montre dans tout Jupyter sans rien "
            "installer.",
        ),
    ] = False,
    as_pdf: Annotated[
        bool,
        typer.Option(
            "--pdf",
            help="Écrit un PDF, par un navigateur de cette machine ; avec --tout, en plus.",
        ),
    ] = False,
    on: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="JOUR",
            help="Le jour des pages, comme 2026-01-31 ; par défaut, aujourd'hui.",
        ),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            "--adresse",
            metavar="URL",
            help="L'adresse de votre page, pour les fiches de l'équipe, avec un code à scanner.",
        ),
    ] = None,
    scorm: Annotated[
        bool,
        typer.Option(
            "--scorm",
            help="Avec --page atelier : un paquet SCORM 1.2 pour une plateforme de formation.",
        ),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--remplacer", help="Remplace ce qui existe déjà.")
    ] = False,
    list_: ListOption = DEFAULT,
    school: SchoolOption = None,
    schools: SchoolsOption = None,
) -> None:
    """Écrit une page, ou toutes, dans des fichiers qui marchent sans réseau."""
    if everything and page is not None:
        raise CommandError("--page et --tout ne vont pas ensemble. Retirez l'une des deux.")
    if everything and as_notebook:
        raise CommandError("--carnet et --tout ne vont pas ensemble. Retirez l'une des deux.")
    if as_pdf and as_notebook:
        raise CommandError("--carnet et --pdf ne vont pas ensemble. Retirez l'une des deux.")
    if scorm and (everything or as_pdf or as_notebook or schools is not None):
        raise CommandError(
            "--scorm écrit l'atelier seul. Retirez --tout, --pdf, --carnet et --ecoles."
        )
    if schools is not None:
        alone = (everything, as_notebook, as_pdf, page is not None, school is not None)
        if any(alone) or address is not None:
            raise CommandError(
                "--ecoles écrit toutes les pages. Retirez --tout, --carnet, --pdf, --page, --ecole "
                "et --adresse : chaque fichier d'établissement dit la sienne (« adresse_page »)."
            )
        from widgets.cli.schools import write_site

        choice = Choice(folder_of(list_))
        write_site(schools, choice, _day(on), output or Path("site"), overwrite=overwrite)
        return
    from signs.model.fields import is_page_address
    from widgets.cli.progress import tell_progress
    from widgets.export.writer import Inputs, export_all, export_page
    from widgets.page.registry import FRONT

    if address is not None and not is_page_address(address):
        raise CommandError(
            f"« {address} » n'est pas l'adresse d'une page que d'autres postes ouvrent. Écrivez-la "
            "entière, sans espace, par exemple : --adresse https://reperes.exemple.fr"
        )
    inputs = Inputs(Choice(folder_of(list_), school), _day(on), address)
    if scorm:
        from widgets.export.scorm import export_scorm

        package = export_scorm(page or FRONT.name, inputs, output, overwrite=overwrite)
        say(f"Le paquet est écrit : {package}")
    elif everything:
        folder = output or Path("reperes")
        count = export_all(inputs, folder, overwrite=overwrite, with_pdf=as_pdf, tell=tell_progress)
        what = "fichiers sont écrits" if as_pdf else "pages sont écrites"
        say(f"{count} {what}. Ouvrez {folder / 'index.html'}")
    else:
        plain = not as_notebook and not as_pdf
        default = Path("reperes.html") if page is None and plain else None
        written = export_page(
            page or FRONT.name,
            inputs,
            output or default,
            overwrite=overwrite,
            as_notebook=as_notebook,
            as_pdf=as_pdf,
        )
        what = "La page est écrite" if plain else f"Le {'PDF' if as_pdf else 'carnet'} est écrit"
        say(f"{what} : {written}")


def _day(text: str | None) -> date:
    try:
        return day_for(text)
    except ValueError as error:
        stated = text or os.environ.get(EPOCH_VARIABLE) or os.environ.get(DATE_VARIABLE)
        raise CommandError(
            f"« {stated} » n'est pas un jour. Écrivez par exemple : --date 2026-01-31"
        ) from error


@app.command("formateur", cls=FrenchCommand, short_help="Ouvre l'éditeur de listes.")
def edit(
    *,
    folder: Annotated[
        Path,
        typer.Option(
            "--liste",
            metavar="CHEMIN",
            help="Le dossier de votre liste ; s'il n'existe pas, la liste fournie y est copiée.",
        ),
    ] = Path(DEFAULT_FOLDER),
    port: PortOption = 8888,
    without_browser: QuietOption = False,
    school: SchoolOption = None,
) -> None:
    """Ouvre l'éditeur de listes dans JupyterLab, sur votre copie, avec la page à côté."""
    from widgets.cli.jupyterlab import open_lab

    status = open_lab(Choice(folder, school), port=port, open_browser=not without_browser, say=say)
    raise typer.Exit(status)


@app.command("atelier", cls=FrenchCommand, short_help="Ouvre l'atelier dans JupyterLab.")
def workshop(
    *,
    folder: Annotated[
        Path,
        typer.Option(
            "--dossier",
            metavar="CHEMIN",
            help="Où garder votre carnet ; l'original y est copié s'il n'y est pas.",
        ),
    ] = Path("mon-atelier"),
    port: PortOption = 8888,
    without_browser: QuietOption = False,
    list_: ListOption = DEFAULT,
    school: SchoolOption = None,
) -> None:
    """Ouvre l'atelier dans JupyterLab, sur une copie du carnet qui est à vous."""
    signs.load(list_, school)  # report a broken list now, not in the notebook
    from widgets.cli.jupyterlab import open_workshop

    status = open_workshop(
        folder,
        Choice(folder_of(list_), school),
        port=port,
        open_browser=not without_browser,
        say=say,
    )
    raise typer.Exit(status)


def _time(text: str | None) -> datetime | None:
    try:
        return None if text is None else opening_hours.local(datetime.fromisoformat(text))
    except (ValueError, GivenError) as error:
        raise CommandError(
            f"« {text} » n'est pas une date. Écrivez par exemple : --a 2026-01-31T23:30"
        ) from error
