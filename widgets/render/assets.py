"""Our styles and scripts, as a page or a notebook cell carries them: joined, without comments."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDGETS = Path(__file__).parent.parent
"""This package: every template, style and script stands below it."""


@lru_cache(maxsize=16)
def stylesheet(folder: str) -> Markup:
    """Return the styles of a folder of this package: every `.css` file, one concern each.

    The file named after the widget comes first (`board/board.css`), what paper changes
    (`print.css`) last. The page's own are `page`.

    Raises
    ------
    FileNotFoundError
        When there are none.
    """
    main = folder.partition("/")[0]
    files = sorted(
        (WIDGETS / folder).glob("*.css"),
        key=lambda file: (file.stem == "print", file.stem != main, file.name),
    )
    if not files:
        raise FileNotFoundError(WIDGETS / folder)
    return _joined(files)


def cell_style(folder: str) -> str:
    """Return the style of a widget in a notebook cell: its own, after what all widgets share."""
    return f"{_joined([WIDGETS / 'page' / 'common.css'])}\n{stylesheet(folder)}"


def script(name: str) -> str:
    """Return a script of this package, such as `board/board.js`, with what it imports.

    Each file is a module, so that whoever reads it, and each tool, sees what it takes from where.
    Joined, they share one scope and import nothing: no two of them give the same name.
    """
    joined = "\n".join(file.read_text(encoding="utf-8") for file in modules(name))
    return _read_by_browsers(_EXPORT.sub("", _IMPORT.sub("", joined)))


def modules(name: str) -> tuple[Path, ...]:
    """Return the files of a script, in the order they run: what is imported comes first."""
    return tuple(dict.fromkeys(_imported_first(WIDGETS / name)))


def _imported_first(file: Path) -> Iterator[Path]:
    for name in _IMPORT.findall(file.read_text(encoding="utf-8")):
        yield from _imported_first((file.parent / name).resolve())
    yield file


_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)


def _joined(files: Iterable[Path]) -> Markup:
    texts = (_read_by_browsers(file.read_text(encoding="utf-8")) for file in files)
    return Markup("\n".join(texts))  # noqa: S704 (our own)


def _read_by_browsers(text: str) -> str:
    """Return a style or a script of ours without its indentation and its comments.

    A page carries them whole, and whoever reads them reads them here. Only what begins a line
    is taken for a comment: none of ours stands elsewhere, and no string is mistaken for one.
    """
    return _BETWEEN_LINES.sub("\n", _COMMENT.sub("", text)).strip()


_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/[ \t]*|//[^\n]*)$", re.MULTILINE)
_BETWEEN_LINES = re.compile(r"[ \t]*\n[ \t\n]*")
