"""Locate values in a TOML file, so that a problem can give its line and its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tree_sitter_toml
from tree_sitter import Language, Node, Parser, Point

from signs.diagnostics.problem import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.diagnostics.problem import Key

_PARSER = Parser(Language(tree_sitter_toml.language()))


class SourceMap:
    """The ranges of every key and array element of a valid TOML file."""

    def __init__(self, text: str) -> None:
        self._rows = text.encode().split(b"\n")
        self._nodes: dict[Key, Node | None] = {(): None}
        counts: dict[Key, int] = {}
        for node in _PARSER.parse(text.encode()).root_node.named_children:
            if node.type == "table_array_element":
                name = _key(node.named_children[0])
                index = counts[name] = counts.get(name, -1) + 1
                self._nodes.setdefault(name, node)
                self._read((*name, index), node)
            elif node.type == "table":
                self._read(_key(node.named_children[0]), node)
            elif node.type == "pair":
                self._read_pair((), node)

    def line(self, *key: str | int) -> int:
        """Return the 1-based line of a value, or of the nearest block that should hold it."""
        return self.range(*key).line

    def range(self, *key: str | int) -> Range:
        """Return the range of a value and its key, or of the nearest block that should hold it."""
        while key not in self._nodes:
            key = key[:-1]
        node = self._nodes[key]
        if node is None:
            return Range()
        return Range(*self._at(node.start_point), *self._at(node.end_point))

    def _at(self, point: Point) -> tuple[int, int]:
        """Convert a position in bytes to a line and a column in characters, both from 1."""
        before = self._rows[point.row][: point.column]
        return point.row + 1, len(before.decode(errors="replace")) + 1

    def _read(self, path: Key, node: Node) -> None:
        self._nodes[path] = node
        for pair in _pairs(node):
            self._read_pair(path, pair)

    def _read_pair(self, path: Key, pair: Node) -> None:
        key, value = (child for child in pair.named_children if child.type != "comment")
        path = (*path, *_key(key))
        self._nodes[path] = pair
        if value.type == "array":
            elements = (child for child in value.named_children if child.type != "comment")
            for index, element in enumerate(elements):
                self._nodes[*path, index] = element
        elif value.type == "inline_table":
            self._read(path, value)


def _pairs(node: Node) -> Iterator[Node]:
    return (child for child in node.named_children if child.type == "pair")


def _key(node: Node) -> Key:
    """Return the parts of a bare, quoted or dotted key."""
    if node.type == "dotted_key":
        return tuple(part for child in node.named_children for part in _key(child))
    return ((node.text or b"").decode().strip("\"'"),)
