"""Open the browser; if the address is secret, through a file that redirects to it.

Every user of the machine can read the arguments of a command, but not a file of mode 0600.
"""

from __future__ import annotations

import shutil
import sys
import webbrowser
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from widgets.render.html import render_template
from widgets.runtime.workdir import temporary_workdir

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_browser(address: str) -> None:
    """Open an address in the user's browser, in a thread: some browsers block until closed.

    Opens nothing where the only browser is one in text, which would cover our own lines in the
    terminal: they say the address.

    Parameters
    ----------
    address
        Not a secret.
    """
    with suppress(webbrowser.Error):  # there is no browser
        if not _is_in_text(webbrowser.get().name):
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()


_TEXT_BROWSERS = frozenset(
    ("www-browser", "links", "links2", "elinks", "lynx", "w3m", "w3m-img", "browsh", "carbonyl")
)


def _is_in_text(command: str) -> bool:
    found = Path(shutil.which(command) or command)
    return bool({found.name, found.resolve().name} & _TEXT_BROWSERS)


@contextmanager
def leading_to(address: str) -> Iterator[str]:
    """Context manager: the URL of a file that redirects to an address, removed on exit.

    Parameters
    ----------
    address
        A secret.

    Raises
    ------
    widgets.runtime.workdir.NoWorkdirError
        When no folder can be written to.
    """
    with temporary_workdir(*_where_browsers_read()) as workdir:
        file = workdir / "ouvrir.html"
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(render_template("page/opening.html.j2", address=address), encoding="utf-8")
        yield file.as_uri()


def _where_browsers_read() -> Iterator[Path]:
    """Yield folders that a confined browser can read; the temporary folder is not one.

    Ubuntu's Firefox and Chromium (snap) have their own temporary folder, and read only what is
    not hidden in the home folder.
    """
    if sys.platform == "linux":
        with suppress(RuntimeError):  # the user has no home folder
            yield Path.home()
