"""Write the workshop as a SCORM 1.2 package, for learning platforms.

The platform is told that the workshop is done, when one says so: no score, no answer, no time. The
help page is never in a package: a platform keeps who opened what.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from signs.files.save import atomic_write
from widgets.export.writer import ExportError, check_file, export_page, writing
from widgets.page.csp import hashes
from widgets.page.registry import FRONT, PAGES
from widgets.render.assets import script, stylesheet
from widgets.render.html import render_template

if TYPE_CHECKING:
    from widgets.export.writer import Inputs

WORKSHOP = PAGES["atelier"]
"""The one page that may be in a package."""
_LAUNCH, _PAGE = "index.html", f"{WORKSHOP.name}.html"
_MANIFEST = "imsmanifest.xml"
_DAY = (1980, 1, 1, 0, 0, 0)
"""Of every file: the same inputs give the same bytes."""


def export_scorm(
    name: str, inputs: Inputs, output: Path | None = None, *, overwrite: bool = False
) -> Path:
    """Write a page as a SCORM 1.2 package, and return its path.

    Parameters
    ----------
    name
        That of the workshop: no other page may be in one.
    inputs
        The list and the day.
    output
        The file to write; by default `atelier.zip`, here.
    overwrite
        Whether an existing file may be replaced.

    Raises
    ------
    ExportError
        When it is another page, or the file exists or cannot be written.
    """
    if name != WORKSHOP.name:
        why = (
            "une plateforme note qui ouvre quoi, et personne ne doit savoir qui a ouvert la page "
            "d'aide."
            if name == FRONT.name
            else "c'est la seule page à suivre sur une plateforme."
        )
        raise ExportError(f"--scorm ne va qu'avec --page {WORKSHOP.name} : {why}")
    output = output or Path(f"{WORKSHOP.name}.zip")
    check_file(output, "zip", overwrite=overwrite)
    with tempfile.TemporaryDirectory() as folder:
        page = export_page(name, inputs, Path(folder) / _PAGE).read_bytes()
    files = {_LAUNCH: _launch().encode(), _PAGE: page}
    manifest = render_template(
        "export/imsmanifest.xml.j2",
        name=WORKSHOP.name,
        title=WORKSHOP.title,
        version=inputs.sign_list.info.version,
        files=[*files],
    )
    with writing(output):
        atomic_write(output, _zipped({_MANIFEST: manifest.encode(), **files}))
    return output


def _launch() -> str:
    """Return the page that the platform opens."""
    style, code = stylesheet("export"), script("export/launch.js")
    policy = (
        f"default-src 'none'; script-src {hashes([code])}; style-src {hashes([style])}; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'"
    )
    return render_template(
        "export/launch.html.j2",
        title=WORKSHOP.title,
        policy=policy,
        style=style,
        script=Markup(code),  # noqa: S704 (our own file)
        page=_PAGE,
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text, compresslevel=9)
    return content.getvalue()
