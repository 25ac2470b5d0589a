r"""Edit a list's file, one value or one entry at a time; all other formatting is preserved.

Each function takes the text of a file and returns the modified text: comments, order, blank
lines and the formatting of other values are preserved, so undo only needs the previous text.
:mod:`signs.files.save` opens and saves. Needs tomlkit, which the `atelier` extra brings.

>>> text = '[[signe]]\nid = "a" # un\nlibelle = "Un"\n'
>>> print(set_value(text, Ref("signe", "a"), "libelle", "Deux"), end="")
[[signe]]
id = "a" # un
libelle = "Deux"
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from signs.errors import ReperesError
from signs.files.document import parse
from signs.model.entries import ListInfo
from signs.model.keys import in_writing_order
from signs.model.nouns import bare
from signs.model.school import Contact, School
from signs.model.sign_list import KINDS
from signs.text.grammar import with_de
from signs.text.normalize import as_read, suggestion
from signs.text.typography import typography

if TYPE_CHECKING:
    from collections.abc import Mapping


Value = str | int | bool | date | list[str] | tuple[str, ...] | None
"""Value of a key; `None` removes its line."""

WIDTH = 100
"""Line width, beyond which a long text or list is wrapped."""

_PARSER = Parser(Language(tree_sitter_toml.language()))


class Ref(NamedTuple):
    """Reference to an entry of a file: its kind and its id, or its index where it has no id."""

    kind: str
    id: str | int


class EditError(ReperesError):
    """A change that cannot be made; its message is a French sentence, the text is as it was."""

    def __init__(self, message: str) -> None:
        super().__init__(typography(message))


def ids(text: str, kind: str) -> list[str | None]:
    """Return the ids of the entries of a kind, in the order of the file.

    Raises
    ------
    UnreadableError
        When the text is not valid TOML.
    """
    blocks = parse(text).get(kind, [])
    return [block.get("id") if isinstance(block, dict) else None for block in blocks]


def values(text: str, ref: Ref | None) -> dict[str, Any]:
    """Return the values of an entry, by the keys of the file; those of the head for `None`.

    Raises
    ------
    UnreadableError
        When the text is not valid TOML.
    EditError
        When there is no such entry.
    """
    content = parse(text)
    if ref is None:
        return {key: value for key, value in content.items() if not _is_blocks(value)}
    entry: dict[str, Any] = content[ref.kind][_index(content, ref)]
    return entry


def toml_of(text: str, ref: Ref) -> str:
    """Return the source of an entry, with the comments right above it."""
    lines = text.split("\n")
    first, last = _lines_of(text, ref)
    return "\n".join(lines[first:last])


def set_value(text: str, ref: Ref | None, key: str, value: Value) -> str:
    """Return the text with one value changed, added or removed.

    Parameters
    ----------
    text
        The complete file; valid TOML.
    ref
        The entry; `None` for the head of `liste.toml` or `ecole.toml`.
    key
        As the file writes it, such as ``libelle``.
    value
        The new value, written as it is read; `None` removes its line.

    Raises
    ------
    UnreadableError
        When the text is not valid TOML.
    EditError
        When there is no such entry.
    """
    value = _as_read(value)
    before = parse(text)
    block = _head(text) if ref is None else _block(text, ref)
    pair = _pairs(block).get(key)
    raw = text.encode()
    if value is None:
        changed = text if pair is None else _without_lines(text, pair)
    elif pair is not None:
        _key, node = (child for child in pair.named_children if child.type != "comment")
        changed = _spliced(raw, node.start_byte, node.end_byte, written(value, len(key) + 3))
    else:
        line = f"{key} = {written(value, len(key) + 3)}"
        changed = _with_lines(text, _line_for(block, key, ref), [line])
    return _checked(before, changed, ref, key, value)


def add(text: str, kind: str, new: Mapping[str, Value], *, after: str | None = None) -> str:
    """Return the text with a new entry.

    Parameters
    ----------
    new
        Its values, by the keys of the file; written in the order of the model.
    after
        The id of the entry to insert it after; the last one of its kind by default.

    Raises
    ------
    EditError
        When its id already exists, or `after` does not.
    """
    new = {key: _as_read(value) for key, value in new.items()}
    content = parse(text)
    if new.get("id") is not None and new["id"] in ids(text, kind):
        raise EditError(f"L'identifiant « {new['id']} » sert déjà.")
    order = _order(Ref(kind, 0))
    keys = sorted(new, key=lambda key: order.index(key) if key in order else len(order))
    lines = [f"[[{kind}]]"]
    lines += [f"{k} = {written(new[k], len(k) + 3)}" for k in keys if new[k] is not None]
    existing = content.get(kind, [])
    if after is None and not existing:
        start = text.rstrip("\n")
        return (f"{start}\n\n" if start else "") + "\n".join(lines) + "\n"
    _first, last = _lines_of(text, Ref(kind, len(existing) - 1 if after is None else after))
    return _with_lines(text, last, ["", *lines])


def duplicate(text: str, ref: Ref, new_id: str) -> str:
    """Return the text with a copy of an entry right after it, under another id."""
    if new_id in ids(text, ref.kind):
        raise EditError(f"L'identifiant « {new_id} » sert déjà.")
    index = _index(parse(text), ref)
    _first, last = _lines_of(text, ref)
    copied = _with_lines(text, last, ["", *_own_lines(text, ref)])
    return set_value(copied, Ref(ref.kind, index + 1), "id", new_id)


def remove(text: str, ref: Ref) -> str:
    """Return the text without an entry and the comments right above it."""
    first, last = _lines_of(text, ref)
    lines = text.split("\n")
    rest = [*lines[:first], *lines[last:]]
    # Leave one blank line between its neighbours.
    if 0 < first < len(rest) and not rest[first].strip() and not rest[first - 1].strip():
        del rest[first]
    return "\n".join(rest).rstrip("\n") + "\n"


def move(text: str, ref: Ref, *, before: str | None = None, after: str | None = None) -> str:
    """Return the text with an entry moved before, or after, another of its kind.

    The comments right above it move with it.
    """
    target = before if before is not None else after
    if target is None or target == ref.id:
        return text
    block = toml_of(text, ref).split("\n")
    without = remove(text, ref)
    first, last = _lines_of(without, Ref(ref.kind, target))
    if before is not None:
        return _with_lines(without, first, [*block, ""])
    return _with_lines(without, last, ["", *block])


def written(value: Value, indent: int = 0) -> str:
    """Format a value as the lists do: long texts and lists are wrapped.

    Parameters
    ----------
    indent
        Number of characters before it on its line.
    """
    if isinstance(value, str):
        return _text(value, indent)
    if isinstance(value, list | tuple):
        return _array([str(tomlkit.item(element).as_string()) for element in value], indent)
    return str(tomlkit.item(value).as_string())


def _as_read(value: Value) -> Value:
    """Return a value without what a form may paste in it unseen."""
    if isinstance(value, str):
        return as_read(value)
    return [as_read(each) for each in value] if isinstance(value, list | tuple) else value


def _text(value: str, indent: int) -> str:
    one_line = str(tomlkit.string(value.strip()).as_string())
    if "\n" not in value.strip() and indent + len(one_line) <= WIDTH:
        return one_line
    escaped = one_line[1:-1].replace("\\n", "\n").replace('\\"', '"')
    lines: list[str] = []
    for paragraph in escaped.split("\n"):
        lines.extend(_wrapped(paragraph))
    long = '"""\n' + "\n".join(lines).replace('""', '"\\"') + '\n"""'
    read = tomllib.loads(f"x = {long}")["x"]
    return long if read.strip() == value.strip() else one_line


def _wrapped(paragraph: str) -> list[str]:
    """Wrap a paragraph on lines that end with a backslash, which TOML joins."""
    lines, line = list[str](), ""
    for word in re.findall(r"[^ ]+ *| +", paragraph):
        if line and len((line + word).rstrip()) > WIDTH - 2:
            lines.append(line.rstrip(" ") + " \\")
            line = ""
        line += word
    return [*lines, line]


def _array(elements: list[str], indent: int) -> str:
    one_line = f"[{', '.join(elements)}]"
    if indent + len(one_line) <= WIDTH:
        return one_line
    lines = [""]
    for element in elements:
        if len(lines[-1]) + len(element) + 6 > WIDTH:
            lines.append("")
        lines[-1] += f"{element}, "
    return "[\n" + "".join(f"    {line.rstrip()}\n" for line in lines) + "]"


def _block(text: str, ref: Ref) -> Node:
    """Return the syntax node of an entry."""
    index = _index(parse(text), ref)
    found = [
        node
        for node in _head(text).named_children
        if node.type == "table_array_element" and _name(node.named_children[0]) == ref.kind
    ]
    return found[index]


def _head(text: str) -> Node:
    """Return the syntax node of a whole file: its own keys are those of its head."""
    return _PARSER.parse(text.encode()).root_node


def _index(content: Mapping[str, Any], ref: Ref) -> int:
    blocks = content.get(ref.kind, [])
    if isinstance(ref.id, int):
        if 0 <= ref.id < len(blocks):
            return ref.id
        raise EditError(f"Il n'y a pas {with_de(bare(ref.kind))} n° {ref.id + 1}.")
    known = [block.get("id") for block in blocks if isinstance(block, dict)]
    if ref.id not in known:
        near = suggestion(ref.id, [id_ for id_ in known if isinstance(id_, str)])
        raise EditError(f"Aucune entrée [[{ref.kind}]] n'a l'identifiant « {ref.id} ».{near}")
    return known.index(ref.id)


def _pairs(block: Node) -> dict[str, Node]:
    pairs = (child for child in block.named_children if child.type == "pair")
    return {_name(pair.named_children[0]): pair for pair in pairs}


def _name(key: Node) -> str:
    return (key.text or b"").decode().strip("\"'")


def _end_line(node: Node) -> int:
    """Return the line after the last one of a node, counted from 0."""
    row, column = node.end_point
    return row + 1 if column else row


def _lines_of(text: str, ref: Ref) -> tuple[int, int]:
    """Return the first line of an entry, its comments included, and the line after its last."""
    block = _block(text, ref)
    lines = text.split("\n")
    first = block.start_point.row
    while first > 0 and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    if first == 0 or lines[first - 1].strip():
        # Comments at the very top belong to the file; those right below a value, to that value.
        first = block.start_point.row
    return first, _after(block)


def _own_lines(text: str, ref: Ref) -> list[str]:
    block = _block(text, ref)
    return text.split("\n")[block.start_point.row : _after(block)]


def _after(block: Node) -> int:
    """Return the line after the last value of a block: comments after it belong to the next."""
    pairs = [child for child in block.named_children if child.type == "pair"]
    return _end_line(pairs[-1]) if pairs else block.start_point.row + 1


def _order(ref: Ref | None) -> list[str]:
    """Return the keys of an entry in writing order."""
    if ref is None:
        return in_writing_order(ListInfo, School)
    if ref.kind == "contact":
        return in_writing_order(Contact)
    return in_writing_order(KINDS[ref.kind].entry) if ref.kind in KINDS else []


def _line_for(block: Node, key: str, ref: Ref | None) -> int:
    """Return the line to insert a new key at: after those that precede it in writing order."""
    order = _order(ref)
    earlier = order[: order.index(key)] if key in order else order
    pairs = _pairs(block)
    last = [pairs[each] for each in earlier if each in pairs] or (
        [] if key in order else list(pairs.values())
    )
    if last:
        return max(map(_end_line, last))
    if ref is not None:
        return block.start_point.row + 1
    first = next(iter(pairs.values()), None)
    return first.start_point.row if first else 0


def _with_lines(text: str, at: int, new: list[str]) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[:at], *new, *lines[at:]])


def _without_lines(text: str, pair: Node) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[: pair.start_point.row], *lines[_end_line(pair) :]])


def _spliced(raw: bytes, start: int, end: int, new: str) -> str:
    return (raw[:start] + new.encode() + raw[end:]).decode()


def _is_blocks(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(element, dict) for element in value)


def _checked(before: dict[str, Any], changed: str, ref: Ref | None, key: str, value: Value) -> str:
    """Return the changed text, once checked to differ by the requested value only."""
    index = 0 if ref is None else _index(before, ref)
    entry = before if ref is None else before[ref.kind][index]
    after = parse(changed)
    actual = after if ref is None else after[ref.kind][_index(after, _renamed(ref, key, value))]
    wanted = {name: each for name, each in entry.items() if name != key or value is not None}
    if value is not None:
        wanted[key] = list(value) if isinstance(value, tuple) else value
    if isinstance(value, str) and str(actual.get(key)).strip() == value.strip():
        wanted[key] = actual[key]
    if ref is not None:
        entries = before[ref.kind]
        wanted = {**before, ref.kind: [*entries[:index], wanted, *entries[index + 1 :]]}
    if after != wanted:
        raise EditError(f"« {key} » est écrit d'une façon que Repères ne sait pas changer.")
    return changed


def _renamed(ref: Ref, key: str, value: Value) -> Ref:
    return Ref(ref.kind, value) if key == "id" and isinstance(value, str) else ref
