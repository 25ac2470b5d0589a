"""The comments in a file of Excel's: what hangs on its cells, and their reader skips."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from widgets.committee.archive import damaged, too_large

if TYPE_CHECKING:
    from widgets.committee.archive import Archive

Comments = dict[tuple[int, int], str]
"""What is hung on cells, by row and column."""

_LARGEST_PART = 4_000_000
"""Bytes: a tree takes some thirty times those of its text."""


class _Target(NamedTuple):
    kind: str
    part: str


def comments_of(archive: Archive) -> dict[str, Comments]:
    """Return the comments of each sheet, by the name of the sheet.

    Raises
    ------
    SheetError
        When they are damaged, or would fill the memory.
    """
    found = {}
    workbook = "xl/workbook.xml"
    parts = _targets(archive, workbook)
    for sheet in _tree(archive, workbook).findall(".//{*}sheet"):
        id_ = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        if id_ in parts and (its := _hung_on(archive, parts[id_].part)):
            found[sheet.get("name", "")] = its
    return found


def _hung_on(archive: Archive, sheet: str) -> Comments:
    """Return the comments of a sheet: conversations rather than the notes that stand for them."""
    notes: Comments = {}
    threads: dict[tuple[int, int], list[str]] = {}
    for target in _targets(archive, sheet).values():
        if target.kind == "comments":
            notes |= _notes(_tree(archive, target.part))
        elif target.kind == "threadedComment":
            for each in _tree(archive, target.part).findall(".//{*}threadedComment"):
                threads.setdefault(_place(each), []).append(each.findtext("{*}text", ""))
    return notes | {place: "\n".join(texts) for place, texts in threads.items()}


def _notes(tree: ElementTree.Element) -> Comments:
    """Return the notes of a sheet, without the name that Excel writes before each."""
    authors = [f"{author.text}:" for author in tree.findall(".//{*}author") if author.text]
    found = {}
    for each in tree.findall(".//{*}comment"):
        text = "".join(piece.text or "" for piece in each.findall(".//{*}t"))
        for author in authors:
            text = text.removeprefix(author)
        found[_place(each)] = text
    return found


def _place(comment: ElementTree.Element) -> tuple[int, int]:
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", comment.get("ref", ""))
    if match is None:
        raise damaged()
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _targets(archive: Archive, part: str) -> dict[str, _Target]:
    """Return the parts that a part refers to, by their id there."""
    folder, name = posixpath.split(part)
    links = f"{folder}/_rels/{name}.rels"
    if links not in archive.parts:
        return {}
    return {
        each.get("Id", ""): _Target(
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in _tree(archive, links)
    }


def _tree(archive: Archive, part: str) -> ElementTree.Element:
    content = archive.parts.get(part, b"")
    if len(content) > _LARGEST_PART:
        raise too_large()
    if b"<!" in content:  # entities, which no spreadsheet program writes
        raise damaged()
    try:
        return ElementTree.fromstring(content)  # noqa: S314 (without entities)
    except ElementTree.ParseError as error:
        raise damaged() from error
