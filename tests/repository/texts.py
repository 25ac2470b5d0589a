"""Every text somebody may read, wherever it is written; for the tests of the French."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from signs.model.fields import ID_PATTERN
from tests.conftest import ROOT

FILES = {
    "lists": sorted((ROOT / "signs").rglob("*.toml")),
    "notebooks": sorted(
        [*(ROOT / "notebooks").glob("*.ipynb"), ROOT / "widgets" / "export" / "carnet.ipynb"]
    ),
    "templates": sorted((ROOT / "widgets").rglob("*.j2")),
    "scripts": sorted((ROOT / "widgets").rglob("*.js")),
    "styles": sorted((ROOT / "widgets").rglob("*.css")),
    "code": sorted([*(ROOT / "signs").rglob("*.py"), *(ROOT / "widgets").rglob("*.py")]),
    "documents": sorted([*ROOT.glob("*.md"), *(ROOT / "signs").rglob("*.md")]),
    "verifier": sorted((ROOT / "tests" / "signs" / "invalid").rglob("attendu.txt")),
    "deployment": sorted((ROOT / "deploiement").iterdir()),
    "package": [ROOT / "pyproject.toml"],
}
"""What visible texts are written in, by kind."""


class Text(NamedTuple):
    """A text and where it stands."""

    where: str
    text: str


def texts(kind: str) -> list[Text]:
    """Return the visible texts of one kind of files."""
    read = _READERS[kind]
    return [
        Text(file.relative_to(ROOT).as_posix(), text)
        for file in FILES[kind]
        for text in read(file.read_text(encoding="utf-8"))
        if re.search(r"[^\W\d_]{2}", text)
    ]


def _of_list(content: str) -> Iterator[str]:
    """Values, whatever their keys, and the comments: trainers read both."""
    content = re.sub(r"\{[a-z][\w:.-]*\}", "…", content)  # what a message is filled with
    yield from _strings(tomllib.loads(content))
    yield from re.findall(r"^\s*#+(?!:schema)([^#\n]*)", content, re.MULTILINE)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not re.fullmatch(ID_PATTERN, value):
            yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            foreign = key == "titre" and value.get("langue", "fr") != "fr"
            if not foreign and key not in _NOT_PROSE:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


_NOT_PROSE = {
    *("adresse", "editeur", "formes", "groupes", "horaires", "mots_frequents", "petits_mots"),
    *("phrases", "sauf"),
}
"""Keys of the lists whose values are addresses, proper names, notations, forms of words."""


def _of_notebook(content: str) -> Iterator[str]:
    for cell in json.loads(content)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source
        else:
            yield from re.findall(r"#(.*)", source)


def _of_template(content: str) -> Iterator[str]:
    content = re.sub(r"\{#.*?#\}", "", content, flags=re.DOTALL)
    content = re.sub(r"%\} ?[a-z-]+\{%", "%}{%", content)  # an attribute, there or not
    for expression in re.findall(r"\{[{%].*?[%}]\}", content, re.DOTALL):
        yield from (text for text in re.findall(r'"([^"]*)"', expression) if _is_prose(text))
    content = re.sub(r"\{[{%].*?[%}]\}", " \x00 ", content, flags=re.DOTALL)
    for tag in re.findall(r"<[^>]*>", content):
        yield from re.findall(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"', tag)
    for run in re.split(r"<[^>]*>", content):
        yield from unescape(run).split("\x00")


_JS_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')


def _of_script(content: str) -> Iterator[str]:
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", content, flags=re.DOTALL)
    for found in _JS_STRING.finditer(code):
        text = re.sub(r"\$\{[^}]*\}", "\x00", found[1] or found[2] or "")
        if _is_prose(text):
            yield from text.split("\x00")


def _of_style(content: str) -> Iterator[str]:
    for text in re.findall(r'content:[^;"]*"([^"]*)"(?:\s*/\s*"[^"]*")?', content):
        yield text.replace(r"\00a0", "\u00a0")
    yield from re.findall(r'content:[^;]*/\s*"([^"]*)"', content)


def _of_code(content: str) -> Iterator[str]:
    """Return the strings of a module that are sentences or words for a person, not for Python."""
    lines = content.encode().splitlines()
    for_python: set[int] = set()
    constants: list[ast.Constant] = []
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Expr):  # docstrings
            for_python.add(id(node.value))
        elif isinstance(node, ast.Compare):  # what a library says is looked for
            for_python.update(map(id, (node.left, *node.comparators)))
        elif _is_for_python(node):
            for_python.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.append(node)
    for node in constants:
        start = lines[node.lineno - 1][node.col_offset :][:2].lower()
        pattern = start.startswith((b"r", b"fr"))
        name = re.fullmatch(r"[A-Z]?[a-z-]*[A-Z][A-Za-z-]*|[a-z-]+", str(node.value))
        if id(node) not in for_python and not pattern and not name and _is_prose(str(node.value)):
            yield str(node.value)


def _is_for_python(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) in _FOR_PYTHON
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in _NAMES


_FOR_PYTHON = {
    *("PydanticCustomError", "AnyTrait", "TypeVar"),
    *("self.set_header", "self.clear_header"),
}
"""Calls whose words nobody reads."""
_NAMES = {"__all__", "DAYS", "_UNITS"}
"""Lists of names, of marks of a notation, of what stands for a word."""


def _is_prose(text: str) -> bool:
    """Tell French from selectors, names, keys and patterns."""
    if "reperes-" in text:  # the classes of our pages
        return False
    if re.search(r"[\[\](){}\\^|=<>#*_@]|^[.:-]|--|[a-z]\.[a-z]", text):
        return bool(re.search(r"[a-zà-ÿ]{2,} (?:\S+ )*[a-zà-ÿ]{2,}[ .,:;’']", text))
    return bool(re.search(r"[À-ÿ’«»…]|^[A-Z][a-z]+|[a-z],? [a-z]", text))


def _of_document(content: str) -> Iterator[str]:
    """Prose only, and what is in French."""
    content = content.partition("\n## For developers")[0]
    content = re.sub(r"^```.*?^```", "", content, flags=re.DOTALL | re.MULTILINE)
    content = re.sub(r"^\*[^*]+\*$", "", content, flags=re.MULTILINE)  # the summary in English
    content = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>", " ", content)
    yield from content.split("\n\n")


def _of_verifier(content: str) -> Iterator[str]:
    """Return whole sentences, as the values that were put in their holes make them."""
    for line in content.splitlines():
        yield re.sub(r"\S*\ufffd\S*", "", line.split(" : ", 2)[2])


def _of_deployment(content: str) -> Iterator[str]:
    for comment in re.findall(r"^\s*#(.*)", content, re.MULTILINE):
        yield re.sub(r"\b(?:podman|haproxy -|kubectl|nginx -|bind|http2)\b.*|^\s+--.*", "", comment)


def _of_package(content: str) -> Iterator[str]:
    yield tomllib.loads(content)["project"]["description"]


_READERS = {
    "lists": _of_list,
    "notebooks": _of_notebook,
    "templates": _of_template,
    "scripts": _of_script,
    "styles": _of_style,
    "code": _of_code,
    "documents": _of_document,
    "verifier": _of_verifier,
    "deployment": _of_deployment,
    "package": _of_package,
}


def words(text: str) -> Iterator[str]:
    """Return the words of a text; no address, no file, no id, nothing that is to be typed."""
    text = re.sub(r'"[^"]*"|`[^`]*`|«.[a-z0-9-]+.»|\{\w+\}|[\w-]+ =(?!\w)', " ", text)
    text = re.sub(r"\[\[\w+\]\]|lignes possibles sont.: [\w, ]+", " ", text)
    text = re.sub(r"«.(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b[^»]*»", " ", text)  # a notation of hours
    text = re.sub(r"\w+://\S+|[\w.-]+@\S+|\S*[/\\_]\S*|\b[\w-]+\.[a-z]{2,}\b", " ", text)
    text = re.sub(r"(?<!\w)--?[a-z][a-z-]+|\breperes (?=[a-z-])", " ", text)  # to be typed
    text = re.sub(r"\b\w*\d\w*", " ", text)
    text = re.sub(r"·[^\W\d_]+", "", text)  # formateur·rice
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.replace("’", "'")):
        if len(word) > 1:
            yield word
