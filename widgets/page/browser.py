"""Opening the browser; where an address is a secret, on a file that leads to it.

What a command is given, every user of the machine can read; a file of mode 0600 they cannot.
"""

from __future__ import annotations

import sys
import webbrowser
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from widgets.render.html import render_template
from widgets.runtime.workdir import own_room

if TYPE_CHECKING:
    from collections.abc import Iterator


def open_browser(address: str) -> None:
    """Open it in the user's browser, meanwhile: some commands return only once it is closed.

    Parameters
    ----------
    address
        Not a secret.
    """
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


@contextmanager
def leading_to(address: str) -> Iterator[str]:
    """Give the address of a file that leads there; it goes away.

    Parameters
    ----------
    address
        A secret.

    Raises
    ------
    widgets.runtime.workdir.NoWorkdirError
        When no folder can be written to.
    """
    with own_room(*_where_browsers_read()) as room:
        file = room / "ouvrir.html"
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(render_template("page/opening.html.j2", address=address), encoding="utf-8")
        yield file.as_uri()


def _where_browsers_read() -> Iterator[Path]:
    """Yield where a confined browser can read, and the temporary folder is none of these.

    Ubuntu's Firefox and Chromium (snap) have a temporary folder of their own, and of the
    user's folder read what is not hidden.
    """
    if sys.platform == "linux":
        with suppress(RuntimeError):  # whose user has no folder
            yield Path.home()
