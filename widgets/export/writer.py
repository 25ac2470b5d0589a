"""Write pages to files: atomically, and overwriting only on request.

The output is reproducible: the same inputs give the same bytes.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

import signs
from signs.errors import ReperesError
from signs.files.file_names import is_clutter
from signs.files.save import atomic_write
from signs.model.freshness import is_overdue
from signs.text.normalize import suggestion
from widgets.export.notebook import notebook_of
from widgets.export.outage import OUTAGE, OutagePage, render_outage
from widgets.export.pdf import find_browser, print_to_pdf
from widgets.page.navigation import INDEX, Navigation, in_folder
from widgets.page.registry import BOOKLET, FRONT, PAGES, NotebookPage
from widgets.page.shell import Head, reason, render_html_page
from widgets.printables import Sheet, render_sheet, sheets_of
from widgets.printables.printables import For
from widgets.publication.publication import (
    PUBLICATION_NAMES,
    Hosting,
    PublicationPage,
    publication_pages,
    render_publication,
    weight,
)
from widgets.render.html import render_template
from widgets.runtime.build_date import DATE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from signs import SignList
    from signs.loading.loader import Choice


class ExportError(ReperesError):
    """The page cannot be written; its message is a French sentence."""


@dataclass(frozen=True)
class Inputs:
    """The inputs of an export, besides this package."""

    choice: Choice
    """The list, and the school's own file."""
    on: date
    """The day to build for: opening hours are computed for a year from it."""
    address: str | None = None
    """The address of the school's page, for sheets to bear; by default as its file says."""

    @property
    def sign_list(self) -> SignList:
        """The list with the school's file, loaded now."""
        return signs.load(*self.choice)


def export_page(
    name: str,
    inputs: Inputs,
    output: Path | None = None,
    *,
    overwrite: bool = False,
    as_notebook: bool = False,
    as_pdf: bool = False,
) -> Path:
    """Write a page or a sheet as one offline file, and return its path.

    Parameters
    ----------
    name
        One of :func:`exportable`.
    inputs
        The list and the day.
    output
        The file to write; its folder must exist. By default named after the page, here.
    overwrite
        Whether an existing file may be replaced.
    as_notebook
        Whether to write, instead of HTML, a notebook that shows the page in any kernel.
    as_pdf
        Whether to write, instead of HTML, what a browser of this machine prints of it.

    Raises
    ------
    ExportError
        When there is no such page, or none as a notebook, the file exists or cannot be written,
        or the notebook fails.
    PdfError
        When no browser prints it.
    """
    browser = find_browser() if as_pdf else None
    sign_list = inputs.sign_list
    pages = exportable(sign_list, inputs.address)
    if name in PUBLICATION_NAMES and name not in pages:
        raise ExportError(
            f"La page « {name} » dit qui publie, et rien ne le dit encore. Ajoutez un bloc "
            "[editeur], avec nom et contact, dans academie.toml ou dans le fichier de "
            "l'établissement, puis donnez ce fichier avec --ecole."
        )
    if name not in pages:
        raise ExportError(
            f"Aucune page ne s'appelle « {name} ».{suggestion(name, pages)} "
            f"Les pages sont : {', '.join(pages)}."
        )
    page = pages[name]
    if as_notebook and not isinstance(page, NotebookPage):
        raise ExportError(
            f"« {name} » n'existe pas en carnet. Les pages à l'écran sont : {', '.join(PAGES)}."
        )
    ending = "ipynb" if as_notebook else "pdf" if as_pdf else "html"
    output = output or Path(f"{name}.{ending}")
    check_file(output, ending, overwrite=overwrite)
    made = _made(page, sign_list, inputs)
    if as_notebook:
        made = notebook_of(page.title, made)
    with writing(output):
        if browser:
            atomic_write(output, print_to_pdf(made, output.parent, inputs.on, browser))
        else:
            atomic_write(output, made.encode())
    return output


def export_all(
    inputs: Inputs,
    folder: Path,
    *,
    overwrite: bool = False,
    with_pdf: bool = False,
    tell: Callable[[int, int, str], None] | None = None,
) -> int:
    """Write every page and every sheet into a folder, and return how many files.

    They are linked from `index.html`, by relative links: the folder works from a disk, a USB
    stick or any static host. It is replaced atomically.

    Parameters
    ----------
    inputs
        The list and the day.
    folder
        The folder to create; its parent must exist.
    overwrite
        Whether an existing folder that holds only our pages may be replaced.
    with_pdf
        Whether what is made for paper is written as PDF too.
    tell
        Progress callback: pages done, total, name of the next one.

    Raises
    ------
    ExportError
        When the folder holds anything else or cannot be written, or a notebook fails.
    PdfError
        When no browser prints them.
    """
    browser = find_browser() if with_pdf else None
    with writing(folder):
        recover(folder)
    _check_folder(folder, overwrite=overwrite)
    sign_list = inputs.sign_list
    pages = exportable(sign_list, inputs.address)
    printed = {name for name, page in pages.items() if browser and _is_for_paper(page)}
    with writing(folder), _staging_beside(folder) as staging:
        weights: dict[str, int] = {}
        for done, (name, page) in enumerate(pages.items()):
            if tell:
                tell(done, len(pages), name)
            html = _made(page, sign_list, inputs, in_folder(name), weights)
            if isinstance(page, NotebookPage):
                weights[page.title] = weight(html)
            (staging / f"{name}.html").write_bytes(html.encode())
            if browser and name in printed:
                alone = _made(page, sign_list, inputs)  # a print leads to no file beside it
                pdf = print_to_pdf(alone, staging, inputs.on, browser)
                (staging / f"{name}.pdf").write_bytes(pdf)
        index = _index(pages, sign_list, inputs.on, printed)
        (staging / f"{INDEX}.html").write_bytes(index.encode())
        swap_in(staging, folder)
    if tell:
        tell(len(pages), len(pages), "")
    return len(pages) + len(printed) + 1


def _is_for_paper(page: _Exported) -> bool:
    return isinstance(page, Sheet) or page is BOOKLET


_Exported = NotebookPage | Sheet | OutagePage | PublicationPage


def exportable(sign_list: SignList, address: str | None = None) -> dict[str, _Exported]:
    """Return every page and sheet, by its name for `reperes exporter --page`."""
    return {
        **PAGES,
        **sheets_of(sign_list, address),
        OUTAGE.name: OUTAGE,
        **publication_pages(sign_list),
    }


class _Entry(NamedTuple):
    """A line of the index."""

    href: str
    title: str
    paper: str
    picture: str
    """Which small drawing shows what it is."""
    pdf: str | None


def _index(
    pages: dict[str, _Exported], sign_list: SignList, on: date, printed: Iterable[str]
) -> str:
    groups: dict[str, list[_Entry]] = {}
    for name, page in pages.items():
        audience = _audience(page)
        paper = page.paper.words if isinstance(page, Sheet) else ""
        pdf = f"{name}.pdf" if name in printed else None
        entry = _Entry(f"{name}.html", page.title, paper, _picture(page), pdf)
        groups.setdefault(audience, []).append(entry)
    html = render_template(
        "printables/index.html.j2",
        front=f"{FRONT.name}.html",
        groups=groups,
        list=sign_list,
        on=on.isoformat(),
        overdue=is_overdue(sign_list.info.review_before, on),
    )
    return render_html_page(Head("Repères, sans réseau"), Markup(html))  # noqa: S704


def _audience(page: _Exported) -> str:
    if isinstance(page, NotebookPage):
        return "À l'écran"
    return (For.PUBLIC if isinstance(page, PublicationPage) else page.audience).value


def _picture(page: _Exported) -> str:
    if isinstance(page, Sheet):
        return page.picture
    return "fiche" if page is BOOKLET else "ecran"


def _made(
    page: _Exported,
    sign_list: SignList,
    inputs: Inputs,
    navigation: Navigation | None = None,
    weights: dict[str, int] | None = None,
) -> str:
    if isinstance(page, OutagePage):
        return render_outage(page, sign_list, inputs.on)
    if isinstance(page, PublicationPage):
        return render_publication(
            page, sign_list, inputs.on, Hosting(weights or {}), navigation=navigation
        )
    if isinstance(page, Sheet):
        return render_sheet(page, sign_list, inputs.on, navigation=navigation)
    return executed_page(page, inputs, navigation)


def executed_page(page: NotebookPage, inputs: Inputs, navigation: Navigation | None) -> str:
    """Execute a notebook, and return its page."""
    from traitlets.config import Config

    import widgets.runtime.fast_import  # noqa: F401 (before nbconvert)
    from widgets.page.exporter import PageExporter
    from widgets.runtime.kernels import terminate_kernels_on_signal, transport_in
    from widgets.runtime.selection import variables
    from widgets.runtime.workdir import kernel_folders, private_workdir

    def execute(workdir: Path) -> str:
        # Set here: the path of a kernel's sockets is read before its connection file has a name.
        transport = transport_in(workdir)
        sockets = {"transport": "ipc", "ip": str(workdir / "k")} if transport == "ipc" else {}
        environment = {
            **variables(inputs.choice),
            DATE_VARIABLE: inputs.on.isoformat(),
            **kernel_folders(workdir),
        }
        kernel = {"environment": environment, "connection_file": str(workdir / "kernel.json")}
        config = Config({"OneKernelManager": {**kernel, **sockets}})
        exporter = PageExporter(navigation=navigation, config=config)  # type: ignore[no-untyped-call] # nbconvert's constructor
        html, _resources = exporter.from_filename(str(page.notebook))
        return str(html)

    with (
        private_workdir() as workdir,
        terminate_kernels_on_signal(),
        ThreadPoolExecutor(1) as worker,
    ):
        try:
            return worker.submit(execute, workdir).result()
        except Exception as error:  # from the notebook, or its kernel when terminated
            raise ExportError(
                f"Le carnet « {page.name} » ne s'exécute pas jusqu'au bout. Python dit : "
                f"{reason(error)}"
            ) from error


_ENDINGS = {".html": "html", ".htm": "html", ".pdf": "pdf", ".ipynb": "ipynb", ".zip": "zip"}


def check_file(output: Path, ending: str, *, overwrite: bool) -> None:
    """Raise unless a file of that kind may be written there, under a name of that kind."""
    if _ENDINGS.get(output.suffix.lower(), ending) != ending:
        raise ExportError(
            f"{output} serait un fichier .{ending}. Donnez par exemple -o "
            f"{output.with_suffix(f'.{ending}')}, ou retirez ce qui demande un fichier .{ending}."
            if ending != "html"
            else f"{output} serait une page .html. Donnez par exemple -o "
            f"{output.with_suffix('.html')}, ou ajoutez --pdf ou --carnet."
        )
    if output.is_dir():
        raise ExportError(f"{output} est un dossier. Donnez un nom de fichier avec -o.")
    if os.path.lexists(output) and not (output.is_file() and not output.is_symlink()):
        raise ExportError(
            f"{output} n'est pas un fichier ordinaire : Repères n'y touche pas. Donnez un autre "
            "nom avec -o."
        )
    if output.exists() and not overwrite:
        raise ExportError(
            f"{output} existe déjà. Pour l'écraser, ajoutez --remplacer ; sinon, donnez un autre "
            "nom avec -o."
        )
    check_parent(output)


def _check_folder(folder: Path, *, overwrite: bool) -> None:
    check_parent(folder)
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise ExportError(
            f"{folder} n'est pas un dossier ordinaire : Repères n'y touche pas. Donnez un autre "
            "nom avec -o."
        )
    with writing(folder):
        inside = sorted(folder.iterdir())
        foreign = [path.name for path in inside if not is_ours(path)]
    if foreign:
        raise ExportError(
            f"Le dossier {folder} contient autre chose que des pages de Repères : {foreign[0]}. "
            "Repères n'y touche pas. Donnez un autre nom avec -o."
        )
    if inside and not overwrite:
        raise ExportError(
            f"Le dossier {folder} existe déjà. Pour remplacer ses pages, ajoutez --remplacer ; "
            "sinon, donnez un autre nom avec -o."
        )


def check_parent(path: Path) -> None:
    """Raise unless the folder that is to hold a path exists."""
    if not path.absolute().parent.is_dir():
        raise ExportError(f"Le dossier {path.parent} n'existe pas. Créez-le d'abord.")


_OURS = b'class="reperes-page"'


def is_ours(path: Path) -> bool:
    """Tell whether a file is a page that was exported, or what systems leave beside it."""
    if is_clutter(path.name):
        return True
    if path.suffix == ".pdf":
        return is_ours(path.with_suffix(".html"))  # written beside its page
    if path.is_symlink() or not path.is_file() or path.suffix != ".html":
        return False
    with path.open("rb") as file:
        return _OURS in file.read(100)


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """Context manager: turn an error of the system into a sentence about the output."""
    try:
        yield
    except OSError as error:
        raise ExportError(
            f"{output} ne peut pas être écrit : vérifiez la place et le droit d'y écrire."
        ) from error


@contextmanager
def _staging_beside(folder: Path) -> Iterator[Path]:
    """Context manager: a staging folder beside another, removed on exit."""
    staging = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=_beside(folder)))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def swap_in(staging: Path, folder: Path) -> None:
    """Move staging to the folder; the old folder is removed last, or restored on failure."""
    staging.chmod(0o755)
    if not folder.exists():
        staging.rename(folder)
        return
    replaced = _replaced_path(folder)
    folder.rename(replaced)
    try:
        staging.rename(folder)
    except BaseException:
        with suppress(OSError):
            replaced.rename(folder)
        raise
    for left in replaced.iterdir():
        if left.is_dir() and is_clutter(left.name):  # a system's own, such as its trash
            with suppress(OSError):
                left.rename(folder / left.name)
    shutil.rmtree(replaced, ignore_errors=True)


def recover(folder: Path) -> None:
    """Restore the folder after a crash between those two renames."""
    replaced = _replaced_path(folder)
    if not replaced.is_dir() or replaced.is_symlink():
        return
    if os.path.lexists(folder):
        shutil.rmtree(replaced, ignore_errors=True)  # the new one is there
        return
    for staging in folder.absolute().parent.glob(f"{glob.escape(_beside(folder))}????????"):
        shutil.rmtree(staging, ignore_errors=True)
    replaced.rename(folder)


def _replaced_path(folder: Path) -> Path:
    """Return the temporary path of the folder that is being replaced."""
    return folder.absolute().with_name(f"{_beside(folder)}avant")


def _beside(folder: Path) -> str:
    """Return the name prefix of temporary folders beside a folder."""
    return f".reperes-{folder.absolute().name}-"
