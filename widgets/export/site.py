"""Write the pages of many schools as a site of files, built beside its place.

The notebooks are executed once, for the list; each school's page is drawn without a kernel.
After a kill, the next export goes on from there; the site is put in place at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from signs.files.file_names import is_clutter
from signs.loading.loader import academy_of, files_of
from signs.loading.schools import SchoolFile, schools_in, summary_of
from signs.text.grammar import enumeration
from widgets.board.board import markup
from widgets.export.compressed import digest, has_brotli, write
from widgets.export.school_pages import Plan, draw_all, noon
from widgets.export.staging import Journal, Written, staging_of
from widgets.export.writer import (
    ExportError,
    Inputs,
    check_parent,
    executed_page,
    is_ours,
    recover,
    swap_in,
    writing,
)
from widgets.page.navigation import INDEX, among_schools
from widgets.page.registry import FRONT, PAGES
from widgets.page.shell import (
    Cell,
    Head,
    Linked,
    render_linked_page,
    shared_script,
    shared_style,
    without_script_style,
)
from widgets.publication.publication import (
    PUBLICATION_NAMES,
    Hosting,
    publication_pages,
    render_publication,
    weight,
)
from widgets.schools.chooser import SCRIPT, STYLE, TITLE, render_chooser
from widgets.schools.light import WITHOUT_SCRIPT, SharedTexts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from signs.loading.schools import SchoolSummary

SHARED = "communs"
"""The folder of the files that pages share."""
_WHOLE = f"{FRONT.name}.html"
_NAMES = (INDEX, *PAGES, *PUBLICATION_NAMES)
_TAKEN = (SHARED, *_NAMES, *(f"{name}.html" for name in _NAMES))
"""What no school's folder may be called."""


@dataclass
class Site:
    """What was written."""

    schools: int
    resumed: int = 0
    """Of these, what an export that was stopped had written already."""
    refused: dict[str, str] = field(default_factory=dict)
    """For each file that has no page, why: a French text."""
    broken: dict[str, str] = field(default_factory=dict)
    """For each file whose contacts are on no page, why."""
    outdated: dict[str, str] = field(default_factory=dict)
    """For each file whose last good page stays, why."""
    twins: dict[str, str] = field(default_factory=dict)
    """For each UAI that several files say, these: a French text."""


def export_site(
    schools: Path,
    inputs: Inputs,
    site: Path,
    *,
    overwrite: bool = False,
    tell: Callable[[int, int, str], None] | None = None,
) -> Site:
    """Write a chooser, the list's pages, and one page a school.

    Parameters
    ----------
    schools
        The folder of the schools' files.
    inputs
        The list, without a school, and the day.
    site
        The folder to create; its parent must exist.
    overwrite
        Whether an existing site of ours may be replaced.
    tell
        Progress callback: pages done, total, name of the last one.

    Raises
    ------
    ExportError
        When the folder holds anything else or cannot be written, or a notebook fails.
    """
    check_parent(site)
    with writing(site):
        recover(site)
        _check(site, overwrite=overwrite)
    found = schools_in(schools, _TAKEN)
    inputs = replace(inputs, choice=inputs.choice._replace(school=academy_of(schools)))
    result = Site(len(found.schools), refused=dict(found.refused))
    with writing(site), staging_of(site) as staging:
        journal = Journal(staging, _key(inputs, next(iter(found.schools.values()))))
        plan = _plan(staging, site, inputs)
        total = len(found.schools) + len(PAGES)
        waiting = [s for s in found.schools.values() if not _is_done(s, journal.done.get(s.name))]
        done = result.resumed = len(found.schools) - len(waiting)
        for drawn in draw_all(plan, waiting):
            file = found.schools[drawn.written.name].path.name
            if drawn.problem:  # not noted: it is drawn again
                (result.outdated if drawn.kept else result.broken)[file] = drawn.problem
            else:
                journal.note(drawn.written)
            done += 1
            if tell:
                tell(done, total, drawn.written.name)
        for page in PAGES.values():
            if page.name not in journal.done:
                path = staging / f"{page.name}.html"
                html = executed_page(page, inputs, among_schools(page.name, suffix=".html"))
                journal.note(Written(page.name, path.name, "", write(path, html)))
            done += 1
            if tell:
                tell(done, total, page.name)
        summaries = [summary_of(school) for school in found.schools.values()]
        result.twins = _twins(summaries, found.schools)
        _write_chooser(staging, summaries, _write_publication(staging, inputs))
        _remove_unknown(staging, found.schools)
        journal.close()
        swap_in(staging, site)
    return result


def _check(site: Path, *, overwrite: bool) -> None:
    if not os.path.lexists(site) or (site.is_dir() and not any(site.iterdir())):
        return
    ours = not site.is_symlink() and (site / SHARED).is_dir() and (site / _WHOLE).is_file()
    if not ours:
        raise ExportError(
            f"{site} existe et n'est pas un site de Repères : Repères n'y touche pas. Donnez un "
            "autre nom avec -o."
        )
    if foreign := _foreign(site):
        raise ExportError(
            f"Le dossier {site} contient autre chose que des pages de Repères : {foreign}. Le "
            "remplacer l'effacerait : rangez-le ailleurs, ou donnez un autre nom avec -o."
        )
    if not overwrite:
        raise ExportError(
            f"Le dossier {site} existe déjà. Pour remplacer ses pages, ajoutez --remplacer ; "
            "sinon, donnez un autre nom avec -o."
        )


def _foreign(site: Path) -> str | None:
    """Return what somebody put in a site beside our pages, such as `robots.txt`, if anything."""
    for path in sorted(site.iterdir()):
        page = path.with_name(path.name.removesuffix(".gz").removesuffix(".br"))
        if path.is_dir() and not path.is_symlink():
            ours = path.name == SHARED or is_ours(path / f"{INDEX}.html")
        else:
            ours = page.name in _TAKEN or is_ours(page)
        if not ours and not is_clutter(path.name):
            return path.name
    return None


def _key(inputs: Inputs, school: SchoolFile) -> str:
    """Return what a school's page depends on besides its own file."""
    known = hashlib.sha256(f"{version('reperes')} {inputs.on} {has_brotli()}".encode())
    for file in files_of(inputs.choice.folder, school.path):
        if file != school.path:
            known.update(file.read_bytes() if file.is_file() else b"\0")
    for code in sorted(Path(__file__).parent.parent.rglob("*")):
        if code.suffix in {".py", ".j2", ".js", ".css"}:
            known.update(code.read_bytes())
    return known.hexdigest()


def _is_done(school: SchoolFile, written: Written | None) -> bool:
    with suppress(OSError):
        return written is not None and digest(school.path.read_bytes()) == written.source
    return False


def _plan(staging: Path, site: Path, inputs: Inputs) -> Plan:
    (staging / SHARED).mkdir(exist_ok=True)
    view = markup(inputs.sign_list, at=noon(inputs.on))
    style = _share(staging, "pages.css", shared_style("board", STYLE))
    without = _share(staging, "sans-script.css", without_script_style(WITHOUT_SCRIPT))
    texts = _share(staging, "textes.js", SharedTexts(view.html).script())
    script = _share(
        staging, "pages.js", shared_script("page/page.js", "schools/assemble.js", "board/page.js")
    )
    linked = Linked((f"../{style}",), (f"../{texts}", f"../{script}"), f"../{without}")
    return Plan(
        staging=staging,
        published=site.absolute(),
        folder=inputs.choice.folder,
        academy=inputs.choice.school,
        on=inputs.on,
        linked=linked,
        whole=f"../{_WHOLE}",
        navigation=among_schools("", "../", ".html"),
    )


def _write_publication(staging: Path, inputs: Inputs) -> dict[str, str]:
    """Write the pages that a public site has; return the title of each, by its address."""
    sign_list = inputs.sign_list
    whole = {
        page.title: weight((staging / f"{page.name}.html").read_text(encoding="utf-8"))
        for page in PAGES.values()
    }
    pages = publication_pages(sign_list)
    for name, page in pages.items():
        links = among_schools(name, suffix=".html")
        html = render_publication(
            page, sign_list, inputs.on, Hosting(whole, by_school=True), navigation=links
        )
        write(staging / f"{name}.html", html)
    return {f"{name}.html": page.title for name, page in pages.items()}


def _twins(summaries: Iterable[SchoolSummary], schools: Mapping[str, SchoolFile]) -> dict[str, str]:
    """Return the files that say the UAI of another: a copy, or one school twice."""
    files: dict[str, list[str]] = {}
    for each in summaries:
        if each.uai:
            files.setdefault(each.uai, []).append(f"« {schools[each.name].path.name} »")
    return {uai: enumeration(same, "et") for uai, same in files.items() if len(same) > 1}


def _write_chooser(
    staging: Path, schools: Iterable[SchoolSummary], about: Mapping[str, str]
) -> None:
    style = _share(staging, "pages.css", shared_style("board", STYLE))
    script = _share(staging, "choisir.js", shared_script("page/page.js", SCRIPT))
    without = _share(staging, "choisir-sans-script.css", without_script_style())
    chooser = render_chooser(schools, _WHOLE, about)
    linked = Linked((style,), (script,), without)
    page = render_linked_page(Head(TITLE), [Cell("code", chooser)], linked)
    write(staging / f"{INDEX}.html", page)


def _share(staging: Path, name: str, text: str) -> str:
    """Write a shared file under a name that changes with its content; return its address."""
    stem, _, suffix = name.rpartition(".")
    address = f"{SHARED}/{stem}-{digest(text.encode())[:16]}.{suffix}"
    write(staging / address, text)
    return address


def _remove_unknown(staging: Path, known: Mapping[str, SchoolFile]) -> None:
    """Remove the pages of schools whose file went away since the export was stopped."""
    for inside in staging.iterdir():
        if inside.is_dir() and inside.name != SHARED and inside.name not in known:
            shutil.rmtree(inside)
