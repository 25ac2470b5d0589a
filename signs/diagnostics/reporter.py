"""Word a problem in French: fill the templates of the catalogue, in the terms of files.

The type of a parameter selects its format: an :class:`Id` between quotes, a :class:`Day` in
words. Subclasses use other terms than those of files, such as those of a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from signs.diagnostics.catalog import OTHERWISE, Wording, catalog, phrases
from signs.model.entries import AdviceStep, Promise, Section
from signs.model.nouns import NOUNS, bare, with_article, with_indefinite
from signs.model.sign_list import HEAD, KINDS
from signs.text.grammar import enumeration, with_a, with_de
from signs.text.normalize import nearest
from signs.text.typography import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from signs.model.outlines import Heading

Key = tuple[str | int, ...]
"""Path of a value: `("signe", 3, "libelle")`: table, index in it, key, index in an array."""

SCHOOL = "etablissement"
"""The kind of a :class:`Subject` that is a school's file as a whole."""
ACADEMY = "academie"
"""The kind of one that is an académie's file as a whole."""
PUBLISHER = "editeur"
"""The kind of one that is the block of who publishes the pages."""
CONTACT = "contact"
"""The kind of one that is a contact of a school, or of its académie; its id is the label."""


@dataclass(frozen=True)
class Subject:
    """The entry that a problem is about."""

    kind: str
    """A heading such as `signe`; `HEAD` for the list as a whole, `SCHOOL` for a school's file,
    `ACADEMY` for an académie's."""
    id: str | None = None
    """`None` where it has none that can be read."""
    index: int = 0
    """Among those of its kind: in the list as a rule sees it, in its file once located."""


class Id(str):
    """The id of an entry."""

    __slots__ = ()


class Ids(tuple[str, ...]):
    """Ids of entries."""

    __slots__ = ()


class Choices(tuple[Section | AdviceStep | Promise, ...]):
    """Values that a key has a choice of."""

    __slots__ = ()


class Near(str):
    """The known name that is probably meant; empty where there is none."""

    __slots__ = ()

    @classmethod
    def to(cls, name: str, known: Iterable[str]) -> Near:
        """Return the known name nearest to one that is not known."""
        return cls(nearest(name, known) or "")


class NearKey(Near):
    """A key that is probably meant."""

    __slots__ = ()


class NearHeading(Near):
    """A heading that is probably meant, as it is written."""

    __slots__ = ()


class Headings(tuple["Heading", ...]):
    """The headings that a file may have."""

    __slots__ = ()


class Day(str):
    """A day, a month or a year, in ISO form."""

    __slots__ = ()


class Phrase(str):
    """The name of a part of a sentence, among the phrases of the catalogue."""

    __slots__ = ()


class Clause(NamedTuple):
    """A sentence among the phrases of the catalogue, filled with parameters of its own."""

    phrase: str
    params: Mapping[str, Any]


class Kinds(tuple[str, ...]):
    """Kinds of entries, by heading."""

    __slots__ = ()


class Value(NamedTuple):
    """The value after « = », of any type."""

    value: Any


class Assignment(NamedTuple):
    """A line to write: a key, and TOML after « = »."""

    key: str
    toml: str


class KeyName(NamedTuple):
    """A key to name, and whether « la ligne » goes before it."""

    key: str
    line: bool = False


class Reportable(Protocol):
    """What a message needs of a problem; see :class:`~signs.diagnostics.problem.Problem`."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def entry(self) -> Subject | None: ...  # noqa: D102
    @property
    def key(self) -> Key: ...  # noqa: D102
    @property
    def params(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def weakens(self) -> bool: ...  # noqa: D102


class Reporter(Formatter):
    """Words one problem as the reader of a file needs it."""

    def __init__(self, problem: Reportable) -> None:
        self.problem, self.params = problem, problem.params

    def message(self) -> str:
        """Return what was found and what was expected: whole sentences."""
        message = self.fill(self.chosen("message"))
        if self.problem.weakens:
            return f"{phrases()['weakened']} : {message[0].lower()}{message[1:]}"
        return message

    def remedy(self) -> str:
        """Return what to write instead, as a sentence."""
        return self.fill(self.chosen("remedy"))

    def chosen(self, part: Literal["message", "remedy"]) -> str:
        """Return the template that the catalogue has for this problem."""
        wording: Wording = getattr(catalog()[self.problem.code], part)
        if isinstance(wording, str):
            return wording
        selectors = (name for name in wording if self.params.get(name))
        return wording[next(selectors, OTHERWISE)]

    def fill(self, template: str) -> str:
        """Return a template filled, with a capital at its head."""
        text = self.vformat(template, (), self.params).strip()
        return f"{text[:1].upper()}{text[1:]}"

    # --- Fields of templates ----------------------------------------------------------------

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, str]:
        """Return what a template names between braces."""
        entry = self.problem.entry
        name, _, key = field_name.partition(".")
        if key:
            return KeyName(key, line=name == "lines"), name
        if name == "key":
            return KeyName(str(self.problem.key[0])), name
        if name == "entry":
            return entry, name
        if name == "id":
            return Id(entry.id if entry else ""), name
        return self.get_value(name, args, kwargs), name

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401, C901, PLR0911, PLR0912 (one a type)
        """Return a value in words, by its type."""
        match value:
            case KeyName():
                return self.key_name(value, format_spec)
            case Subject():
                return self.entry_name(value, format_spec)
            case Id():
                return self.quote(value)
            case Ids():
                return ", ".join(map(self.quote, value))
            case Choices():
                return enumeration([*map(self.choice, value)], "ou")
            case Near():
                return self.near(value)
            case Day():
                return date_in_words(value)
            case Phrase():
                return phrases()[value]
            case Clause():
                return self.vformat(phrases()[value.phrase], (), value.params)
            case Headings():
                return enumeration([*map(str, value)], "ou")
            case Kinds():
                return _KINDS[format_spec](value)
            case Section() | AdviceStep() | Promise():
                return self.choice(value)
            case Value():
                return self.value(value.value)
            case Assignment():
                return self.assignment(value)
        return str(value)

    # --- Formats of each type ---------------------------------------------------------------

    def quote(self, name: str) -> str:
        """Return an id, or a value that may be one, between quotes."""
        return f"« {name} »"

    def near(self, name: Near) -> str:
        """Return the question whether a name was meant, if any, with a space before."""
        if not name:
            return ""
        match name:
            case NearKey():
                named = self.bare_key(KeyName(name))
            case NearHeading():
                named = str(name)
            case _:
                named = self.quote(name)
        return f" Vouliez-vous dire {named} ?"

    def choice(self, choice: Section | AdviceStep | Promise) -> str:
        """Return one of the values that a key has a choice of."""
        return f"« {choice.value} »"

    def assignment(self, line: Assignment) -> str:
        """Return a line to write."""
        return f"{line.key} = {line.toml}"

    def key_name(self, name: KeyName, spec: str) -> str:
        """Return a key, with its entry where the template asks for it."""
        named = self.line(name.key) if name.line or spec.startswith("line") else self.bare_key(name)
        if spec in _WHOSE and self.problem.entry is not None:
            return f"{named} {_WHOSE[spec](self.entry_name(self.problem.entry))}"
        return named

    def line(self, key: str) -> str:
        """Return « la ligne » and its key."""
        return f"la ligne « {key} »"

    def bare_key(self, name: KeyName) -> str:
        """Return a key between quotes."""
        return f"« {name.key} »"

    def entry_name(self, entry: Subject, spec: str = "") -> str:
        """Return the name of an entry in a sentence."""
        if spec == "none":
            return f"{with_de(bare(entry.kind))} {self.quote(entry.id or '')}"
        if entry.kind in _FILE_NAMES:
            name = _FILE_NAMES[entry.kind]
        elif entry.id:
            name = f"{NOUNS[entry.kind]} {self.quote(entry.id)}"
        else:
            name = with_article(entry.kind, entry.index)
        return with_de(name) if spec == "of" else name

    def value(self, value: Any) -> str:  # noqa: ANN401 (whatever stands in the file)
        """Return « vaut » and a value as a trainer wrote it, shortened."""
        if value == "":
            return "est vide"
        if isinstance(value, dict):
            return "est un groupe entre accolades"
        if isinstance(value, list | tuple):
            words = ", ".join(map(self._word, value[:3]))
            return f"est la liste [{words}]" if value else "est une liste vide"
        return f"vaut {self._word(value)}"

    def _word(self, value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return self.quote(value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…")
        return "[…]" if isinstance(value, list | dict) else str(value)


_SHOWN = 40
_FILE_NAMES = {
    HEAD: "la liste",
    SCHOOL: "le fichier de l'établissement",
    ACADEMY: "le fichier de l'académie",
    PUBLISHER: "le bloc [editeur]",
}
_WHOSE = {"of": with_de, "line-of": with_de, "line-to": with_a}


def _headings(kinds: Kinds, last: str) -> str:
    return enumeration([f"[[{kind}]]" for kind in kinds], last)


_KINDS = {
    "or": lambda kinds: _headings(kinds, "ou"),
    "nor": lambda kinds: _headings(kinds, "ni"),
    "a": lambda kinds: enumeration([*map(with_indefinite, kinds)], "ou"),
    "files": lambda kinds: enumeration([*dict.fromkeys(KINDS[k].file for k in kinds)], "et"),
}
