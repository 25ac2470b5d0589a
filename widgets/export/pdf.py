"""Pages as PDF files, printed by a browser that is on the machine.

A browser is what the sheets are designed for, embeds its fonts and tags what it prints; a library
that renders HTML would be a second engine to please. What the browser writes of the moment (two
dates) is replaced by the day of the pages: the same inputs give the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from signs.errors import ReperesError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

BROWSER_VARIABLE = "REPERES_CHROMIUM"
"""Names the browser to print with, where it is not found."""
PATIENCE = 120
"""Seconds for one page; a browser takes two or three."""

_COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "microsoft-edge-stable", "chrome", "msedge", "brave-browser"),
)
_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
"""As macOS names them."""
_PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
"""As Windows names them, below its folders of programs."""
_FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
)


class PdfError(ReperesError):
    """No PDF can be written; its message is a French sentence."""


def find_browser() -> Path:
    """Return a browser that prints to PDF.

    Raises
    ------
    PdfError
        When there is none.
    """
    if stated := os.environ.get(BROWSER_VARIABLE):
        found = shutil.which(stated)
        if not found:
            raise PdfError(f"{BROWSER_VARIABLE} nomme « {stated} », qui n'est pas un programme.")
        return Path(found)
    browser = next(_browsers(), None)
    if browser is None:
        raise PdfError(
            "Pour écrire un PDF, Repères se sert d'un navigateur : Chrome, Chromium ou Edge. Il "
            f"n'en trouve pas ici. Installez-en un, donnez son chemin dans {BROWSER_VARIABLE}, ou "
            "exportez la page sans --pdf, ouvrez-la et imprimez-la en PDF."
        )
    return browser


def _browsers() -> Iterator[Path]:
    yield from map(Path, filter(None, map(shutil.which, _COMMANDS)))
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        for name in _APPLICATIONS:
            yield from _there(folder / f"{name}.app" / "Contents" / "MacOS" / name)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder_name := os.environ.get(variable):
            for name in _PROGRAMS:
                yield from _there(Path(folder_name, name))
    # What Playwright installed, the newest first.
    cache = user_cache_path("ms-playwright", appauthor=False, opinion=False)
    for executable in ("chrome", "chrome.exe", "Chromium"):
        yield from sorted(cache.glob(f"chromium-*/**/{executable}"), reverse=True)


def _there(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path


def print_to_pdf(html: str, folder: Path, on: date, browser: Path) -> bytes:
    """Return a page as a PDF: on the paper it names, tagged, its fonts embedded.

    Parameters
    ----------
    html
        The page.
    folder
        Where the PDF goes: the browser works beside it, not among temporary files, since a
        confined one reads its user's files only.
    on
        The day of the page, which the file bears as its own.
    browser
        One of :func:`find_browser`.

    Raises
    ------
    PdfError
        When the browser writes none.
    """
    with tempfile.TemporaryDirectory(
        dir=folder, prefix="reperes-", ignore_cleanup_errors=True
    ) as name:
        work = Path(name).absolute()
        page, written = work / "page.html", work / "page.pdf"
        page.write_bytes(html.encode())
        command = [
            *(str(browser), *_FLAGS, *_as_root()),
            *(f"--user-data-dir={work / 'profil'}", f"--print-to-pdf={written}"),
            page.as_uri(),
        ]
        try:
            subprocess.run(  # noqa: S603 (a browser that the person has or names)
                command, check=True, capture_output=True, timeout=PATIENCE
            )
            pdf = written.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PdfError(
                f"{browser.stem} n'a pas pu écrire de PDF. Exportez la page sans --pdf, ouvrez-la "
                "et imprimez-la en PDF."
            ) from error
    return _dated(pdf, on)


def _as_root() -> tuple[str, ...]:
    """Return what a browser asks of root, as in a container: it reads one page of ours."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ("--no-sandbox",) if is_root else ()


_DATE = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}[^)]*(?=\))")


def _dated(pdf: bytes, on: date) -> bytes:
    """Return a PDF with the dates of a day, as long as those that it had: nothing moves in it."""

    def dated(found: re.Match[bytes]) -> bytes:
        day = f"{on:%Y%m%d}000000+00'00'".encode()
        room = len(found[0]) - len(found[1])
        return found[1] + day[:room].ljust(room)

    return _DATE.sub(dated, pdf)
