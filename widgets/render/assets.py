"""Styles and scripts, bundled for a page or a notebook cell: joined, without comments."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDGETS = Path(__file__).parent.parent
"""The root of this package: every template, style and script is below it."""


@lru_cache(maxsize=16)
def stylesheet(folder: str, *, paper: bool = True) -> Markup:
    """Return the styles of a folder of this package: all its `.css` files, joined.

    The file named after the widget comes first (`board/board.css`), what paper changes
    (`print.css`) last, unless the paper shows nothing of it. The page's own are `page`.

    Raises
    ------
    FileNotFoundError
        When there are none.
    """
    main = folder.partition("/")[0]
    files = sorted(
        (file for file in (WIDGETS / folder).glob("*.css") if paper or file.stem != "print"),
        key=lambda file: (file.stem == "print", file.stem != main, file.name),
    )
    if not files:
        raise FileNotFoundError(WIDGETS / folder)
    return _joined(files)


def cell_style(folder: str) -> str:
    """Return the style of a widget in a notebook cell: the common one, then its own."""
    shared = (WIDGETS / "page" / "common.css", WIDGETS / "render" / "cell.css")
    return f"{_joined(shared)}\n{stylesheet(folder)}"


def script(name: str) -> str:
    """Return a script of this package, such as `board/board.js`, with what it imports.

    Each file is a module, so that readers and tools see what it imports. Joined, they share one
    scope: no two of them define the same name.
    """
    joined = "\n".join(file.read_text(encoding="utf-8") for file in modules(name))
    return _on_fewer_lines(_CAST.sub("", _minified(_EXPORT.sub("", _IMPORT.sub("", joined)))))


def modules(name: str) -> tuple[Path, ...]:
    """Return the files of a script in execution order: imports come first."""
    return tuple(dict.fromkeys(_imported_first(WIDGETS / name)))


def _imported_first(file: Path) -> Iterator[Path]:
    for name in _IMPORT.findall(file.read_text(encoding="utf-8")):
        yield from _imported_first((file.parent / name).resolve())
    yield file


_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"([^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)


def _joined(files: Iterable[Path]) -> Markup:
    texts = (_compact(_minified(file.read_text(encoding="utf-8"))) for file in files)
    return Markup("\n".join(texts))  # noqa: S704 (our own)


def _minified(text: str) -> str:
    """Return a style or a script of ours without indentation and comments.

    Pages inline them; the sources here are the ones to read. Only what begins a line is taken
    for a comment, so that no string is mistaken for one; casts within lines are `_CAST`.
    """
    return _BETWEEN_LINES.sub("\n", _COMMENT.sub("", text)).strip()


def _on_fewer_lines(code: str) -> str:
    """Return a script without remarks at the ends of lines, nor the breaks that say nothing."""
    return _OPEN_END.sub(r"\1", _REMARK.sub("", code))


_REMARK = re.compile(r"(?<=[;,{(\[]) // [^\n\"'`]*$", re.MULTILINE)
_OPEN_END = re.compile(r"^((?:(?!//).)*[;,{(\[])\n", re.MULTILINE)
"""A line that goes on, or ends as it says: after its last sign a break is not needed."""


def _compact(style: str) -> str:
    """Return a style without the spaces and remarks that only readers need; strings stay."""
    parts = _STRING.split(style)
    parts[::2] = [_SPACED.sub(_kept, part) for part in parts[::2]]
    return "".join(parts)


def _kept(spaced: re.Match[str]) -> str:
    """Return the sign that spaces stood around, if any."""
    return spaced[1] or spaced[2] or ""


# A space before a colon or a sign says something in selectors and in sums; after a colon, never.
# Nor do the last semicolon of a rule, the zero before a point, the spaces around a child's sign.
_SPACED = re.compile(
    r"\s*(?:;\s*(?=\}))?([{};])\s*(?:/\*[^*]*\*/\s*)?"
    r"|(?<=[:,])\s+|\s+(>)\s+|(?<![\d.])0(?=\.\d)"
)
_STRING = re.compile(r'("[^"\n]*")')
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/[ \t]*|//[^\n]*)$", re.MULTILINE)
_CAST = re.compile(r"/\*\* @type \{[^*]+\} \*/ ?")
"""What a type checker reads within a line."""
_BETWEEN_LINES = re.compile(r"[ \t]*\n[ \t\n]*")
